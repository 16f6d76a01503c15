// The fields of an entry's form one by one: as they are sent, and the options among them as one
// text and as lines to be compared.
#include <algorithm>
#include <charconv>

#include "handlers/admin/entry_form.h"
#include "journal/edit_common.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace word = templates::word;
using templates::WordKey;

namespace {

struct TextField {
  std::string_view name;
  std::string EntryValues::*value;
  const WordKey* label = nullptr;  // of an option, which goes along with a text not saved yet
};
constexpr TextField kTexts[] = {
    {"tab", &EntryValues::tab},
    {"guid", &EntryValues::guid},
    {"edition", &EntryValues::edition},
    {"title", &EntryValues::title},
    {"body", &EntryValues::body},
    {"format", &EntryValues::format},
    {"excerpt", &EntryValues::excerpt},
    {"tags", &EntryValues::tags, &word::kAdminFieldTags},
    {"language", &EntryValues::language, &word::kAdminFieldLanguage},
    {"slug", &EntryValues::slug, &word::kAdminFieldSlug},
    {"comments", &EntryValues::comments, &word::kAdminFieldComments},
    {"pings", &EntryValues::pings, &word::kAdminFieldPings},
    {"password", &EntryValues::password, &word::kAdminFieldPassword},
    {"publish_at", &EntryValues::publish_at, &word::kAdminFieldDate},
    {"expires_at", &EntryValues::expires_at, &word::kAdminFieldExpires},
    {"parent", &EntryValues::parent, &word::kAdminFieldParent},
    {"position", &EntryValues::position, &word::kAdminFieldPosition},
    {"category", &EntryValues::category, &word::kAdminFieldCategory},
    {"sources", &EntryValues::sources, &word::kAdminFieldSources},
    {"update", &EntryValues::update, &word::kAdminFieldUpdate},
};
struct SwitchField {
  std::string_view name;
  bool EntryValues::*value;
  const WordKey* label;
};
constexpr SwitchField kSwitches[] = {
    {"pinned", &EntryValues::pinned, &word::kAdminFieldPinned},
    {"private", &EntryValues::is_private, &word::kAdminFieldPrivate},
    {"toc", &EntryValues::toc, &word::kAdminFieldToc}};
struct ListField {
  std::string_view name;
  std::vector<std::string> EntryValues::*value;
  const WordKey* label;
};
constexpr ListField kLists[] = {
    {"categories", &EntryValues::categories, &word::kAdminFieldCategories},
    {"updates", &EntryValues::updates, &word::kAdminFieldUpdate}};

std::size_t SizeIn(std::string_view typed) {
  std::size_t size = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), size);
  return size;
}

// "Tags (optional)" -> "Tags": nothing is to be typed here.
std::string LabelOf(const templates::Words& words, const WordKey& label) {
  const std::string& text = words.Get(label);
  return text.substr(0, text.find(" ("));
}

std::string NameIn(const EntryChoices& choices, std::string_view id) {
  for (const journal::CategoryChoice& choice : choices.categories)
    if (std::to_string(choice.id) == id) return choice.name;
  for (const journal::PageChoice& choice : choices.pages)
    if (std::to_string(choice.id) == id) return choice.title;
  return std::string(id);
}

}  // namespace

EntryValues EntryValuesOf(const fcgi::Form& form) {
  EntryValues values;
  values.is_page = form["kind"] == "page";
  for (const TextField& field : kTexts) values.*field.value = form[field.name];
  for (const ListField& field : kLists)
    for (const std::string_view text : form.All(field.name))
      (values.*field.value).emplace_back(text);
  for (const SwitchField& field : kSwitches) values.*field.value = form.Has(field.name);
  return values;
}

// One after the other: name, length, text. What has no value is left out, and so is what a form
// sends for "as ever".
std::string OptionsText(const EntryValues& values) {
  std::string out;
  const auto put = [&](std::string_view name, std::string_view typed) {
    const std::string text = journal::CleanText(typed);
    if (text.empty() || text == "0") return;
    out.append(name).append(":").append(std::to_string(text.size())).append(":").append(text);
  };
  for (const TextField& field : kTexts)
    if (field.label != nullptr) put(field.name, values.*field.value);
  for (const SwitchField& field : kSwitches)
    if (values.*field.value) put(field.name, "on");
  for (const ListField& field : kLists) {
    std::vector<std::string> all = values.*field.value;
    if (field.name == "categories") std::sort(all.begin(), all.end());
    for (const std::string& text : all) put(field.name, text);
  }
  return out;
}

void PutOptions(std::string_view text, EntryValues& values) {
  for (const TextField& field : kTexts)
    if (field.label != nullptr) (values.*field.value).clear();
  for (const SwitchField& field : kSwitches) values.*field.value = false;
  for (const ListField& field : kLists) (values.*field.value).clear();
  while (!text.empty()) {
    const std::size_t name_end = text.find(':');
    const std::size_t size_end = text.find(':', name_end + 1);
    if (name_end == text.npos || size_end == text.npos) return;
    const std::string_view name = text.substr(0, name_end);
    const std::size_t size = SizeIn(text.substr(name_end + 1, size_end - name_end - 1));
    const std::string value(text.substr(size_end + 1, size));
    text.remove_prefix(std::min(size_end + 1 + size, text.size()));
    for (const TextField& field : kTexts)
      if (field.label != nullptr && field.name == name) values.*field.value = value;
    for (const SwitchField& field : kSwitches)
      if (field.name == name) values.*field.value = true;
    for (const ListField& field : kLists)
      if (field.name == name) (values.*field.value).push_back(value);
  }
}

std::vector<std::string> OptionLines(const templates::Words& words, const EntryValues& values,
                                     const EntryChoices& choices) {
  constexpr const WordKey* kAllow[] = {&word::kAdminAllowJournal, &word::kAdminAllowOpen,
                                       &word::kAdminAllowClosed, &word::kAdminAllowNone};
  std::vector<std::string> lines;
  const auto add = [&](const WordKey& label, const std::string& value) {
    if (!value.empty()) lines.push_back(LabelOf(words, label) + ": " + value);
  };
  for (const TextField& field : kTexts) {
    const std::string& value = values.*field.value;
    if (field.label == nullptr || value.empty() || value == "0") continue;
    if (field.name == "comments" || field.name == "pings")
      add(*field.label, words.Get(*kAllow[std::min<std::size_t>(SizeIn(value), 3)]));
    else
      add(*field.label, field.name == "parent" ? NameIn(choices, value) : value);
  }
  for (const SwitchField& field : kSwitches)
    if (values.*field.value) lines.push_back(LabelOf(words, *field.label));
  for (const ListField& field : kLists) {
    for (const std::string& text : values.*field.value)
      add(*field.label, field.name == "categories" ? NameIn(choices, text) : text);
  }
  return lines;
}

}  // namespace daybook::handlers::admin
