// A View is an arena with the values of one page in it.
#include "templates/view.h"

#include "templates/templates.h"
#include "templates/values.h"

namespace daybook::templates {
namespace {

constexpr std::size_t kFirstBytes = 32 * 1024;  // an entry page with a dozen comments fits

}  // namespace

void Block::Set(TextKey key, std::string_view value) { values_->Set(key.name, value); }

void Block::Set(HtmlKey key, const text::SafeHtml& value) { values_->Set(key.name, value.view()); }

void Block::Set(UrlKey key, const text::SafeUrl& value) { values_->Set(key.name, value.view()); }

void Block::Show(SectionKey key, bool when) {
  if (when) values_->Show(key.name);
}

Block Block::Add(SectionKey key) { return Block(&values_->Add(key.name)); }

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
      arena_(std::make_unique<std::pmr::monotonic_buffer_resource>(kFirstBytes)) {
  values_ = new (arena_->allocate(sizeof(Values), alignof(Values))) Values(*arena_, nullptr);
}

View::~View() = default;

std::string View::Render() const {
  std::string out;
  out.reserve(24 * 1024);
  templates_.Expand(id_, *values_, out);
  return out;
}

text::SafeHtml View::RenderFragment() const { return text::SafeHtml::Vouch(Render()); }

}  // namespace daybook::templates
