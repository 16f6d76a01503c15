// What is typed into the form of an entry, and what it means. entry_page.cc shows it, and the
// options are entry_options.cc.
#include "handlers/admin/entry_form.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

#include "handlers/admin/site.h"
#include "journal/edit_common.h"
#include "templates/admin_keys.h"
#include "text/dates.h"
#include "text/html_clean.h"
#include "text/markdown.h"
#include "text/slug.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace word = templates::word;
using journal::Allow;
using journal::EntryDraft;
using journal::EntryStatus;
using journal::Format;

namespace {

constexpr std::size_t kAny = 8 << 20;  // lengths are judged here, by what they are made of
constexpr fcgi::FormField kFields[] = {
    {"kind", 10},       {"guid", 100},      {"edition", 40},    {"title", kAny},
    {"body", kAny},     {"format", 20},     {"excerpt", kAny},  {"tags", kAny},
    {"language", kAny}, {"slug", kAny},     {"comments", 10},   {"pings", 10},
    {"password", kAny}, {"publish_at", 50}, {"expires_at", 50}, {"parent", 20},
    {"position", 20},   {"category", kAny}, {"categories", 20}, {"pinned", 10},
    {"private", 10},    {"action", 20},     {"token", 100},     {"tab", 40},
    {"sources", kAny},  {"updates", kAny},  {"update", kAny},   {"toc", 10},
};
constexpr std::size_t kTitleMost = 500, kExcerptMost = 2000, kNameMost = 100, kTagsMost = 50;
constexpr std::size_t kPasswordMost = 200;  // as much as the door of an entry takes
// Where the text is split in two, on a line of its own.
constexpr std::string_view kSplit = "<!--more-->";

std::string_view NameOf(Format format) {
  switch (format) {
    case Format::kMarkdown:
      return "markdown";
    case Format::kHtml:
      return "html";
    case Format::kParagraphs:
      return "paragraphs";
    case Format::kPlain:
      break;
  }
  return "plain";
}

Format FormatNamed(std::string_view name) {
  for (const Format format : {Format::kHtml, Format::kParagraphs, Format::kPlain})
    if (name == NameOf(format)) return format;
  return Format::kMarkdown;
}

std::int64_t NumberIn(std::string_view typed, std::int64_t otherwise = 0) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return error == std::errc() && end == typed.data() + typed.size() ? number : otherwise;
}

Allow AllowIn(std::string_view typed) {
  return static_cast<Allow>(std::clamp<std::int64_t>(NumberIn(typed), 0, 3));
}

std::string ZoneOf(const EntryDraft& draft, const journal::Settings& settings) {
  return draft.zone.empty() ? settings.zone : draft.zone;
}

// A draft's date is no more than when it was begun, unless its writer chose one.
bool HasChosenDate(const EntryDraft& draft) {
  return !draft.path.empty() || draft.visible_at != draft.created_at;
}

std::string WholeText(const EntryDraft& draft) {
  if (draft.more.empty()) return draft.body;
  return draft.body + "\n" + std::string(kSplit) + "\n" + draft.more;
}

void Split(std::string_view text, EntryDraft& draft) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (text.substr(at, end - at) == kSplit && end < text.size()) {
      draft.body = text.substr(0, at == 0 ? 0 : at - 1);
      draft.more = text.substr(end + 1);
      return;
    }
    at = end + 1;
  }
  draft.body = text;
  draft.more.clear();
}

// Names between commas; a name that holds one stands in quotes.
std::vector<std::string> TagsIn(std::string_view typed) {
  std::vector<std::string> tags;
  std::string name;
  bool quoted = false;
  const auto finish = [&] {
    name = journal::CleanLine(name);
    if (!name.empty() && std::find(tags.begin(), tags.end(), name) == tags.end())
      tags.push_back(name);
    name.clear();
  };
  for (const char c : typed) {
    if (c == '"') {
      quoted = !quoted;
    } else if ((c == ',' || c == '\n') && !quoted) {
      finish();
    } else {
      name += c;
    }
  }
  finish();
  return tags;
}

std::string TagText(const std::vector<std::string>& tags) {
  std::string text;
  for (const std::string& tag : tags) {
    if (!text.empty()) text += ", ";
    text += tag.find(',') == std::string::npos ? tag : "\"" + tag + "\"";
  }
  return text;
}

class Checker {
 public:
  Checker(const Frame& frame, const EntryValues& values, CheckedEntry& checked)
      : frame_(frame), values_(values), checked_(checked) {}

  void Wrong(std::string_view field, templates::WordKey label, templates::WordKey text) {
    Add(field, label, frame_.words().Get(text));
  }
  void Length(std::string_view field, templates::WordKey label, std::size_t have, std::size_t most,
              templates::WordKey text = word::kErrLong) {
    const auto number = [&](std::size_t n) {
      return frame_.words().Number(static_cast<std::int64_t>(n));
    };
    if (have > most)
      Add(field, label, frame_.words().Format(text, {{"n", number(have)}, {"max", number(most)}}));
  }
  // What stands in a field for a moment. Empty: `otherwise`; as it was shown: to the second as it
  // was.
  journal::Seconds Moment(std::string_view field, templates::WordKey label,
                          const std::string& typed, const std::string& zone, journal::Seconds shown,
                          journal::Seconds otherwise) {
    const std::string_view trimmed = text::TrimHtmlSpace(typed);
    if (trimmed.empty()) return otherwise;
    if (trimmed == MomentText(shown, zone)) return shown;
    const auto moment = MomentIn(trimmed, zone);
    if (!moment) Wrong(field, label, word::kAdminErrDate);
    return moment.value_or(otherwise);
  }

 private:
  void Add(std::string_view field, templates::WordKey label, std::string text) {
    checked_.errors.push_back({field, label, std::move(text)});
  }
  const Frame& frame_;
  const EntryValues& values_;
  CheckedEntry& checked_;
};

EntryStatus StatusAfter(const EntryDraft& base, const EntryValues& values, EntryAct act,
                        const journal::Person& person) {
  const EntryStatus shown = values.is_private ? EntryStatus::kPrivate : EntryStatus::kPublished;
  const bool is_shown =
      base.status == EntryStatus::kPublished || base.status == EntryStatus::kPrivate;
  switch (act) {
    case EntryAct::kPublish:
      return person.MayPublish() ? shown : EntryStatus::kPending;
    case EntryAct::kDraft:
      return EntryStatus::kDraft;
    case EntryAct::kSave:
      break;
  }
  return is_shown ? shown : base.status;
}

}  // namespace

fcgi::Form ReadEntryForm(const fcgi::Request& request) { return ReadForm(request, kFields); }

EntryAct ActOf(const fcgi::Form& form) {
  if (form["action"] == "publish") return EntryAct::kPublish;
  return form["action"] == "draft" ? EntryAct::kDraft : EntryAct::kSave;
}

EntryValues EntryValuesOf(const EntryDraft& draft, const std::vector<std::string>& tags,
                          const journal::Settings& settings, std::string sources) {
  EntryValues values;
  values.is_page = draft.kind == journal::EntryKind::kPage;
  values.guid = draft.guid;
  values.edition = journal::EditionOf(draft, sources);
  values.sources = std::move(sources);
  for (const journal::NewUpdate& update : draft.updates) values.updates.push_back(update.body);
  values.title = draft.title;
  values.body = WholeText(draft);
  values.format = NameOf(draft.format);
  values.excerpt = draft.excerpt;
  values.tags = TagText(tags);
  values.language = draft.language;
  values.slug = draft.slug;
  values.comments = std::to_string(static_cast<int>(draft.comments));
  values.pings = std::to_string(static_cast<int>(draft.pings));
  values.password = draft.password;
  if (HasChosenDate(draft))
    values.publish_at = MomentText(draft.visible_at, ZoneOf(draft, settings));
  if (draft.expires_at != journal::kNever)
    values.expires_at = MomentText(draft.expires_at, ZoneOf(draft, settings));
  values.parent = std::to_string(draft.parent_id);
  values.position = std::to_string(draft.position);
  for (const journal::Id id : draft.categories) values.categories.push_back(std::to_string(id));
  values.pinned = draft.pinned;
  values.toc = draft.toc;
  values.is_private = draft.status == EntryStatus::kPrivate;
  return values;
}

CheckedEntry CheckEntry(const Frame& frame, const EntryValues& values, const EntryDraft& base,
                        EntryAct act, const journal::Person& person, journal::Seconds now) {
  CheckedEntry checked;
  Checker check(frame, values, checked);
  EntryDraft& draft = checked.draft = base;
  draft.kind = values.is_page ? journal::EntryKind::kPage : journal::EntryKind::kEntry;
  draft.status = StatusAfter(base, values, act, person);
  draft.title = journal::CleanLine(values.title);
  draft.format = FormatNamed(values.format);
  Split(values.body, draft);
  draft.excerpt = journal::CleanText(values.excerpt);
  draft.password = values.password;
  draft.pinned = values.pinned && !values.is_page;
  draft.toc = values.toc;
  draft.comments = AllowIn(values.comments);
  draft.pings = AllowIn(values.pings);
  draft.position = std::clamp<std::int64_t>(NumberIn(values.position), -9999, 9999);
  draft.parent_id = values.is_page ? NumberIn(values.parent) : 0;
  draft.updated_at = now;
  checked.tags = TagsIn(values.tags);
  checked.category = journal::CleanLine(values.category);

  const bool blank = draft.title.empty() && text::TrimHtmlSpace(values.body).empty();
  if (blank) check.Wrong("body", word::kAdminFieldBody, word::kAdminErrEmpty);
  check.Length("title", word::kAdminFieldTitle, text::CountCodePoints(draft.title), kTitleMost);
  check.Length("body", word::kAdminFieldBody, values.body.size(), text::kMarkdownMax,
               word::kErrLongBytes);
  check.Length("excerpt", word::kAdminFieldExcerpt, text::CountCodePoints(draft.excerpt),
               kExcerptMost);
  check.Length("password", word::kAdminFieldPassword, values.password.size(), kPasswordMost,
               word::kErrLongBytes);
  for (const std::string& tag : checked.tags)
    check.Length("tags", word::kAdminFieldTags, text::CountCodePoints(tag), kNameMost);
  if (checked.tags.size() > kTagsMost)
    check.Wrong("tags", word::kAdminFieldTags, word::kAdminErrTags);
  check.Length("category", word::kAdminFieldCategory, text::CountCodePoints(checked.category),
               kNameMost);

  const std::string typed_slug = journal::CleanLine(values.slug);
  if (typed_slug != base.slug) {
    draft.slug = text::MakeSlug(typed_slug).str();
    if (draft.slug.empty() && !typed_slug.empty())
      check.Wrong("slug", word::kAdminFieldSlug, word::kAdminErrSlug);
  }
  const std::string language = journal::CleanLine(values.language);
  draft.language.clear();
  if (!language.empty()) {
    const auto known = journal::CheckSetting(*journal::FindSetting("language"), language);
    if (known.problem.empty()) draft.language = known.value;
    if (!known.problem.empty())
      check.Wrong("language", word::kAdminFieldLanguage, word::kAdminErrLanguage);
  }

  draft.updates.clear();
  for (std::size_t i = 0; i < base.updates.size() && i < values.updates.size(); ++i)
    if (!text::TrimHtmlSpace(values.updates[i]).empty())
      draft.updates.push_back({base.updates[i].at, values.updates[i]});
  if (!text::TrimHtmlSpace(values.update).empty()) draft.updates.push_back({now, values.update});
  for (std::string_view rest = values.sources; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string line = journal::CleanLine(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty()) continue;
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string url = journal::CleanAddress(line.substr(0, blank));
    checked.sources.push_back({url, journal::CleanLine(line.substr(blank))});
    if (url.empty()) {
      check.Wrong("sources", word::kAdminFieldSources, word::kAdminErrSources);
      break;
    }
  }

  const std::string zone = ZoneOf(base, frame.site.settings);
  draft.zone = zone;
  if (draft.created_at == 0) draft.created_at = now;
  const bool shown =
      draft.status == EntryStatus::kPublished || draft.status == EntryStatus::kPrivate;
  const bool has_address = !base.path.empty();
  const journal::Seconds otherwise = has_address ? base.visible_at : shown ? now : draft.created_at;
  draft.visible_at = check.Moment("publish_at", word::kAdminFieldDate, values.publish_at, zone,
                                  base.visible_at, otherwise);
  draft.expires_at = check.Moment("expires_at", word::kAdminFieldExpires, values.expires_at, zone,
                                  base.expires_at, journal::kNever);
  if (draft.expires_at <= draft.visible_at)
    check.Wrong("expires_at", word::kAdminFieldExpires, word::kAdminErrExpires);

  // As they were ordered before, then the new ones.
  std::vector<journal::Id> wanted;
  for (const std::string& id : values.categories) wanted.push_back(NumberIn(id));
  draft.categories.clear();
  for (const std::vector<journal::Id>* ids : {&base.categories, &std::as_const(wanted)})
    for (const journal::Id id : *ids)
      if (std::find(wanted.begin(), wanted.end(), id) != wanted.end() &&
          std::find(draft.categories.begin(), draft.categories.end(), id) == draft.categories.end())
        draft.categories.push_back(id);
  return checked;
}

EntryChoices ChoicesFor(sql::Tx& tx, bool is_page) {
  if (is_page) return {{}, journal::PageChoices(tx)};
  return {journal::CategoryChoices(tx), {}};
}

void KeepOffered(const EntryChoices& choices, journal::Id own, EntryDraft& draft) {
  std::erase_if(draft.categories, [&](journal::Id id) {
    return std::none_of(choices.categories.begin(), choices.categories.end(),
                        [&](const journal::CategoryChoice& choice) { return choice.id == id; });
  });
  if (std::none_of(choices.pages.begin(), choices.pages.end(),
                   [&](const journal::PageChoice& page) {
                     return page.id == draft.parent_id && page.id != own;
                   }))
    draft.parent_id = 0;
}

}  // namespace daybook::handlers::admin
