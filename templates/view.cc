#include "templates/view.h"

#include <ctemplate/template.h>

#include <unordered_map>

#include "templates/templates.h"

namespace daybook::templates {
namespace {

ctemplate::TemplateString Ref(std::string_view s) { return {s.data(), s.size()}; }

// The name of a variable or section, which is a constant of keys.h: told apart by where it lies.
// ctemplate would hash it and enter it into a table at each use; a name that it knows as static
// costs a look-up here and nothing there.
ctemplate::TemplateString Name(std::string_view name) {
  static std::unordered_map<const char*, std::unique_ptr<ctemplate::StaticTemplateString>> known;
  std::unique_ptr<ctemplate::StaticTemplateString>& entry = known[name.data()];
  if (!entry) {
    entry = std::make_unique<ctemplate::StaticTemplateString>(
        ctemplate::StaticTemplateString{{name.data(), name.size(), 0}});
    ctemplate::StaticTemplateStringInitializer{entry.get()};
  }
  return ctemplate::TemplateString(*entry);
}

}  // namespace

void Block::Set(TextKey key, std::string_view value) {
  dictionary_->SetValue(Name(key.name), Ref(value));
}

void Block::Set(HtmlKey key, const text::SafeHtml& value) {
  dictionary_->SetValue(Name(key.name), Ref(value.view()));
}

void Block::Set(UrlKey key, const text::SafeUrl& value) {
  dictionary_->SetValue(Name(key.name), Ref(value.view()));
}

void Block::Show(SectionKey key, bool when) {
  if (when) dictionary_->ShowSection(Name(key.name));
}

Block Block::Add(SectionKey key) {
  return Block(dictionary_->AddSectionDictionary(Name(key.name)));
}

void Block::Show(SectionKey section, TextKey key, std::string_view value) {
  if (!value.empty()) Add(section).Set(key, value);
}

void Block::Show(SectionKey section, HtmlKey key, const text::SafeHtml& value) {
  if (!value.empty()) Add(section).Set(key, value);
}

void Block::Show(SectionKey section, UrlKey key, const text::SafeUrl& value) {
  if (!value.empty()) Add(section).Set(key, value);
}

View::View(const Templates& templates, TemplateId id)
    : Block(nullptr),
      templates_(templates),
      id_(id),
      owned_(std::make_unique<ctemplate::TemplateDictionary>(ctemplate::TemplateString("page"))) {
  dictionary_ = owned_.get();
}

View::~View() = default;

std::string View::Render() const {
  std::string out;
  out.reserve(24 * 1024);
  templates_.Expand(id_, *owned_, out);
  return out;
}

text::SafeHtml View::RenderFragment() const { return text::SafeHtml::Vouch(Render()); }

}  // namespace daybook::templates
