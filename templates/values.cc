// Short lists searched by name: a place has a dozen names at most, but for the page itself.
#include "templates/values.h"

#include <algorithm>
#include <new>

namespace daybook::templates {
namespace {

using ctemplate::TemplateString;

std::string_view View(const TemplateString& s) { return {s.data(), s.size()}; }

// ctemplate's name for a whole template, which is a section like any other to it.
bool IsWhole(std::string_view name) { return name.starts_with("__{{"); }

}  // namespace

class Values::Repetitions final : public Iterator {
 public:
  explicit Repetitions(const Values* first) : next_(first) {}
  bool HasNext() const override { return next_ != nullptr; }
  const TemplateDictionaryInterface& Next() override {
    const Values& now = *next_;
    next_ = now.next_;
    return now;
  }

 private:
  const Values* next_;
};

Values::Item* Values::Own(std::string_view name, bool section) const {
  // Names differ in length or in their last letter more often than not.
  const std::size_t size = name.size();
  for (Item* item = items_; item; item = item->next) {
    const std::string_view own = item->name;
    if (own.size() == size && size > 0 && own[size - 1] == name[size - 1] &&
        item->section == section && own == name)
      return item;
  }
  return nullptr;
}

const Values::Item* Values::Visible(const TemplateString& name, bool section) const {
  for (const Values* place = this; place; place = place->around_)
    if (const Item* item = place->Own(View(name), section)) return item;
  return nullptr;
}

Values::Item& Values::Put(std::string_view name, bool section) {
  if (Item* known = Own(name, section)) return *known;
  Item* const item = new (arena_.allocate(sizeof(Item), alignof(Item))) Item;
  item->name = name;
  item->section = section;
  item->next = items_;
  items_ = item;
  return *item;
}

void Values::Set(std::string_view name, std::string_view value) {
  char* const copy = static_cast<char*>(arena_.allocate(value.size() + 1, 1));
  std::copy(value.begin(), value.end(), copy);
  Put(name, false).value = {copy, value.size()};
}

void Values::Show(std::string_view section) { Put(section, true); }

Values& Values::Add(std::string_view section) {
  Item& item = Put(section, true);
  auto* const added = new (arena_.allocate(sizeof(Values), alignof(Values))) Values(arena_, this);
  (item.last ? item.last->next_ : item.first) = added;
  item.last = added;
  return *added;
}

TemplateString Values::GetValue(const TemplateString& name) const {
  if (const Item* item = Visible(name, false)) return {item->value.data(), item->value.size()};
  // The two names that ctemplate promises to every template.
  if (View(name) == "BI_SPACE") return " ";
  return View(name) == "BI_NEWLINE" ? "\n" : "";
}

bool Values::IsHiddenSection(const TemplateString& name) const { return !IsUnhiddenSection(name); }

bool Values::IsUnhiddenSection(const TemplateString& name) const {
  return Visible(name, true) != nullptr || IsWhole(View(name));
}

Values::Iterator* Values::CreateSectionIterator(const TemplateString& name) const {
  const Item* const item = Visible(name, true);
  return new Repetitions(item ? item->first : nullptr);
}

bool Values::IsHiddenTemplate(const TemplateString&) const { return true; }

const char* Values::GetIncludeTemplateName(const TemplateString&, int) const { return ""; }

Values::Iterator* Values::CreateTemplateIterator(const TemplateString&) const {
  return new Repetitions(nullptr);
}

void Values::DumpToString(std::string* out, int level) const {
  for (const Item* item = items_; item; item = item->next) {
    out->append(static_cast<std::size_t>(level * ctemplate::kIndent), ' ');
    out->append(item->name).append(item->section ? " (section)" : " = ").append(item->value);
    out->append("\n");
    for (const Values* below = item->first; below; below = below->next_)
      below->DumpToString(out, level + 1);
  }
}

}  // namespace daybook::templates
