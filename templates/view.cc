#include "templates/view.h"

#include <ctemplate/template.h>

#include "templates/templates.h"

namespace daybook::templates {
namespace {

ctemplate::TemplateString Ref(std::string_view s) { return {s.data(), s.size()}; }

}  // namespace

void Block::Set(TextKey key, std::string_view value) {
  dictionary_->SetValue(Ref(key.name), Ref(value));
}

void Block::Set(HtmlKey key, const text::SafeHtml& value) {
  dictionary_->SetValue(Ref(key.name), Ref(value.view()));
}

void Block::Set(UrlKey key, const text::SafeUrl& value) {
  dictionary_->SetValue(Ref(key.name), Ref(value.view()));
}

void Block::Show(SectionKey key, bool when) {
  if (when) dictionary_->ShowSection(Ref(key.name));
}

Block Block::Add(SectionKey key) { return Block(dictionary_->AddSectionDictionary(Ref(key.name))); }

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
