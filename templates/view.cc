// A View is an arena with the values of one page in it.
#include "templates/view.h"

#include <memory_resource>

#include "templates/templates.h"
#include "templates/values.h"

namespace daybook::templates {
namespace {

constexpr std::size_t kFirstBytes = 32 * 1024;  // an entry page with a dozen comments fits

}  // namespace

class View::Arena : public std::pmr::monotonic_buffer_resource {
 public:
  Arena() : monotonic_buffer_resource(kFirstBytes) {}
  std::size_t used() const { return used_; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    used_ += bytes;
    return monotonic_buffer_resource::do_allocate(bytes, alignment);
  }
  std::size_t used_ = 0;
};

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
    : Block(nullptr), templates_(templates), id_(id), arena_(std::make_unique<Arena>()) {
  values_ = new (arena_->allocate(sizeof(Values), alignof(Values))) Values(*arena_, nullptr);
}

View::~View() = default;

std::string View::Render() const {
  std::string out;
  // What a page is made of takes more room than the page, but for what all pages have in common. A
  // string that grew on the way would take three times its size.
  out.reserve(24 * 1024 + arena_->used() / 4 * 3);
  templates_.Expand(id_, *values_, out);
  return out;
}

text::SafeHtml View::RenderFragment() const { return text::SafeHtml::Vouch(Render()); }

}  // namespace daybook::templates
