// The document checked field by field and handed on as items, oldest first.
#include "journal/import_json.h"

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

#include "journal/import_order.h"
#include "text/dates.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMaxBytes = 256u << 20;

constexpr std::size_t kMostText = 12u
                                  << 20;  // of one value: what is made of it takes many times that

std::string Text(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return {};
  const auto& text = found->get_ref<const std::string&>();
  if (text.size() > kMostText) throw ImportTrouble{0, "It is larger than 12 MB."};
  return text;
}

std::int64_t Number(const Json& object, const char* key, std::int64_t otherwise = 0) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>()
                                                             : otherwise;
}

// An id, written as a number or as text.
std::string IdOf(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return {};
  return found->is_number_integer() ? std::to_string(found->get<std::int64_t>())
                                    : Text(object, key);
}

const Json& ListOf(const Json& object, const char* key) {
  static const Json kNone = Json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kNone;
}

Seconds Moment(const Json& object, const char* key, const std::string& zone, Seconds otherwise) {
  const std::string value = Text(object, key);
  if (value.empty()) return otherwise;
  const auto date = text::ParseIsoDate(value);
  if (!date)
    throw ImportTrouble{
        0, std::string("Its “") + key + "” is “" + value.substr(0, 60) + "”, which is no date."};
  return date->offset_s ? text::FromOffset(date->local, *date->offset_s)
                        : text::FromLocal(date->local, zone);
}

template <typename Enum>
Enum OneOf(const Json& object, const char* key, Enum otherwise,
           std::initializer_list<std::pair<std::string_view, Enum>> words) {
  const std::string value = Text(object, key);
  if (value.empty()) return otherwise;
  for (const auto& [word, meaning] : words) {
    if (value == word) return meaning;
  }
  throw ImportTrouble{0, std::string("Its “") + key + "” is “" + value.substr(0, 60) +
                             "”, which has no meaning there."};
}

AnswerStatus StatusOf(const Json& answer) {
  return OneOf(answer, "status", AnswerStatus::kPublic,
               {{"public", AnswerStatus::kPublic},
                {"held", AnswerStatus::kHeld},
                {"spam", AnswerStatus::kSpam},
                {"trash", AnswerStatus::kTrash}});
}

std::string KeyOf(const Json& entry) {
  if (const std::string guid = Text(entry, "guid"); !guid.empty()) return guid;
  return Text(entry, "kind") + "/" + Text(entry, "path") + "/" + Text(entry, "slug") + "/" +
         Text(entry, "date");
}

OldEntry ReadEntry(const Json& json, const std::string& zone) {
  OldEntry entry;
  EntryDraft& d = entry.draft;
  entry.key = KeyOf(json);
  entry.author = Text(json, "author");
  entry.old_type = Text(json, "kind");
  d.kind = OneOf(json, "kind", EntryKind::kEntry,
                 {{"entry", EntryKind::kEntry}, {"page", EntryKind::kPage}});
  d.status = OneOf(json, "status", EntryStatus::kPublished,
                   {{"published", EntryStatus::kPublished},
                    {"draft", EntryStatus::kDraft},
                    {"private", EntryStatus::kPrivate},
                    {"pending", EntryStatus::kPending},
                    {"trash", EntryStatus::kTrash}});
  d.format = OneOf(json, "format", Format::kMarkdown,
                   {{"markdown", Format::kMarkdown},
                    {"html", Format::kHtml},
                    {"paragraphs", Format::kParagraphs},
                    {"text", Format::kPlain}});
  d.comments = OneOf(json, "comments", Allow::kAsJournal,
                     {{"default", Allow::kAsJournal},
                      {"open", Allow::kOpen},
                      {"closed", Allow::kClosed},
                      {"none", Allow::kNone}});
  d.pings =
      OneOf(json, "pings", Allow::kAsJournal,
            {{"default", Allow::kAsJournal}, {"open", Allow::kOpen}, {"closed", Allow::kClosed}});
  if (const std::string where = Text(json, "zone"); text::ZoneKnown(where)) d.zone = where;
  entry.parent_key = Text(json, "parent");
  entry.featured_key = Text(json, "featured");
  d.path = Text(json, "path");
  d.slug = Text(json, "slug");
  d.title = Text(json, "title");
  d.body = Text(json, "body");
  d.more = Text(json, "more");
  d.excerpt = Text(json, "excerpt");
  d.language = Text(json, "lang");
  d.password = Text(json, "password");
  d.guid = Text(json, "guid");
  d.position = Number(json, "position");
  const auto pinned = json.find("pinned");
  d.pinned = pinned != json.end() && pinned->is_boolean() && pinned->get<bool>();
  const auto toc = json.find("toc");
  d.toc = toc != json.end() && toc->is_boolean() && toc->get<bool>();
  d.visible_at = Moment(json, "date", zone, static_cast<Seconds>(std::time(nullptr)));
  d.updated_at = Moment(json, "updated", zone, d.visible_at);
  d.expires_at = Moment(json, "expires", zone, kNever);
  for (const Json& slug : ListOf(json, "categories")) {
    if (slug.is_string())
      entry.categories.push_back({slug.get<std::string>(), slug.get<std::string>(), {}, {}, {}});
  }
  for (const Json& name : ListOf(json, "tags")) {
    if (name.is_string()) entry.tags.push_back({{}, name.get<std::string>(), {}, {}, {}});
  }
  for (const Json& update : ListOf(json, "updates")) {
    if (update.is_object())
      d.updates.push_back({Moment(update, "date", zone, d.updated_at), Text(update, "body")});
  }
  return entry;
}

OldAnswer ReadReply(const Json& json, const std::string& entry_key, const std::string& zone,
                    Seconds entry_at) {
  OldAnswer answer;
  answer.key = entry_key + "#" + IdOf(json, "id");
  if (const std::string parent = IdOf(json, "parent"); !parent.empty())
    answer.parent_key = entry_key + "#" + parent;
  NewComment& c = answer.comment;
  c.status = StatusOf(json);
  c.created_at = Moment(json, "date", zone, entry_at);
  c.author_name = Text(json, "author");
  c.author_email = Text(json, "email");
  if (const auto url = text::ParseWebUrl(Text(json, "url"))) c.author_url = url->str();
  c.mode = OneOf(json, "format", CommentMode::kLimitedHtml,
                 {{"limited", CommentMode::kLimitedHtml},
                  {"plain", CommentMode::kPlain},
                  {"markdown", CommentMode::kMarkdown}});
  c.body = Text(json, "body");
  if (c.author_name.empty()) c.author_name = "Anonymous";
  return answer;
}

OldAnswer ReadReference(const Json& json, const std::string& entry_key, const std::string& zone,
                        Seconds entry_at) {
  OldAnswer answer;
  answer.is_reference = true;
  NewReference& r = answer.reference;
  r.kind = OneOf(json, "kind", ReferenceKind::kResponse,
                 {{"source", ReferenceKind::kSource}, {"response", ReferenceKind::kResponse}});
  r.via = OneOf(json, "via",
                r.kind == ReferenceKind::kSource ? ReferenceVia::kAuthor : ReferenceVia::kReader,
                {{"author", ReferenceVia::kAuthor},
                 {"webmention", ReferenceVia::kWebmention},
                 {"trackback", ReferenceVia::kTrackback},
                 {"pingback", ReferenceVia::kPingback},
                 {"reader", ReferenceVia::kReader}});
  r.status = StatusOf(json);
  const auto url = text::ParseWebUrl(Text(json, "url"));
  if (!url) throw ImportTrouble{0, "It has no address to link to."};
  r.url = url->str();
  r.title = Text(json, "title");
  r.site_name = Text(json, "site_name");
  if (const auto site = text::ParseWebUrl(Text(json, "site_url"))) r.site_url = site->str();
  r.author = Text(json, "author");
  r.excerpt = Text(json, "excerpt");
  r.created_at = Moment(json, "date", zone, entry_at);
  if (r.title.empty()) r.title = r.url;
  answer.key = entry_key + "#ref:" + r.url + "#" + r.title.substr(0, 80);
  return answer;
}

void ReadSite(const Json& root, OldJournal& journal) {
  if (const auto settings = root.find("settings");
      settings != root.end() && settings->is_object()) {
    for (const auto& [name, value] : settings->items()) {
      journal.settings[name] = value.is_string()    ? value.get<std::string>()
                               : value.is_boolean() ? (value.get<bool>() ? "on" : "off")
                                                    : value.dump();
    }
    journal.title = Text(*settings, "title");
    journal.home_url = Text(*settings, "url");
  }
  for (const Json& a : ListOf(root, "authors")) {
    if (a.is_object())
      journal.authors.push_back({Text(a, "slug"),
                                 Text(a, "name"),
                                 Text(a, "email"),
                                 Text(a, "url"),
                                 Text(a, "about"),
                                 {}});
  }
  for (const Json& c : ListOf(root, "categories")) {
    if (c.is_object())
      journal.categories.push_back(
          {Text(c, "slug"), Text(c, "name"), Text(c, "parent"), Text(c, "description"), {}});
  }
  for (const Json& t : ListOf(root, "tags")) {
    if (t.is_object()) journal.tags.push_back({Text(t, "slug"), Text(t, "name"), {}, {}, {}});
  }
  constexpr std::string_view kKinds[] = {"html",       "subscribe", "newsletter", "links",
                                         "connect",    "search",    "comments",   "archive",
                                         "categories", "tags"};
  journal.has_sidebar = root.contains("sidebar");
  for (const Json& s : ListOf(root, "sidebar")) {
    if (!s.is_object()) continue;
    const std::string kind = Text(s, "kind");
    const auto known = std::find(std::begin(kKinds), std::end(kKinds), kind);
    if (known == std::end(kKinds)) {
      journal.notes.push_back({0, "A section of the sidebar is of the kind “" + kind.substr(0, 40) +
                                      "”, which there is not."});
      continue;
    }
    OldSection section{static_cast<SectionKind>(known - std::begin(kKinds)),
                       Text(s, "caption"),
                       Text(s, "content"),
                       {},
                       Number(s, "count", 10)};
    for (const Json& link : ListOf(s, "links")) {
      if (link.is_object()) section.links.emplace_back(Text(link, "title"), Text(link, "url"));
    }
    journal.sidebar.push_back(std::move(section));
  }
  for (const Json& link : ListOf(root, "navigation")) {
    if (link.is_object()) journal.navigation.emplace_back(Text(link, "title"), Text(link, "url"));
  }
  for (const Json& m : ListOf(root, "media")) {
    if (!m.is_object() || Text(m, "path").empty()) continue;
    OldFile file;
    file.key = file.url = Text(m, "path");
    file.alt = Text(m, "alt");
    file.title = Text(m, "title");
    file.caption = Text(m, "caption");
    file.kept_path = true;
    journal.files.push_back(std::move(file));
  }
  for (const Json& r : ListOf(root, "redirects")) {
    if (r.is_object())
      journal.redirects.push_back(
          {Text(r, "from"), {Text(r, "to"), static_cast<int>(Number(r, "status", 301))}});
  }
}

std::int64_t LineAt(std::string_view text, std::size_t at) {
  return 1 + std::count(text.begin(),
                        text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())),
                        '\n');
}

}  // namespace

bool LooksLikeJson(std::string_view head) {
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && head[first] == '{';
}

OldJournal ScanJson(ImportBytes& bytes, const ScanOptions& options) {
  if (bytes.size() > kMaxBytes)
    throw ImportTrouble{0, "The file is larger than 256 MB. Split it into several."};
  std::string all;
  for (std::string_view text = bytes.Next(); !text.empty(); text = bytes.Next()) {
    all += text;
    if (options.step) options.step(bytes.raw_position());
  }
  Json root;
  try {
    root = Json::parse(all);
  } catch (const Json::parse_error& error) {
    const std::size_t last = all.find_last_not_of(" \t\r\n");
    if (last == std::string::npos || error.byte > last + 1) {
      throw ImportTrouble{LineAt(all, all.size()),
                          "The file ends here in the middle, so it was cut off. Export it again."};
    }
    throw ImportTrouble{LineAt(all, error.byte == 0 ? 0 : error.byte - 1),
                        "The JSON is broken here. Export it again, or mend this line."};
  } catch (const Json::exception&) {
    throw ImportTrouble{
        0, "It holds a number that is too large for any use here. Export it again, or mend it."};
  }
  all.clear();
  all.shrink_to_fit();
  if (!root.is_object() || Number(root, "daybook") != 1) {
    throw ImportTrouble{1, "This is not Daybook's JSON: it has no “\"daybook\": 1”."};
  }
  OldJournal journal;
  journal.format = "json";
  ReadSite(root, journal);
  journal.identity = "json:" + journal.home_url + "#" + journal.title;
  const std::string zone =
      journal.settings.contains("zone") ? journal.settings["zone"] : options.zone;

  // Here a place's offset is a number in these lists.
  std::vector<Json> entries;
  struct Answer {
    Json json;
    bool reference;
    std::string entry_key;
    Seconds entry_at;
  };
  std::vector<Answer> answers;
  std::vector<ItemLink> links;
  const auto moment = [&](const Json& object, Seconds otherwise) {
    try {
      return Moment(object, "date", zone, otherwise);
    } catch (const ImportTrouble&) {
      return otherwise;
    }
  };
  if (const auto list = root.find("entries"); list != root.end() && list->is_array()) {
    for (Json& entry : *list) {
      if (!entry.is_object()) {
        journal.notes.push_back({0, "One of the entries is no object."});
        continue;
      }
      const auto number = static_cast<std::uint32_t>(entries.size());
      const std::string key = KeyOf(entry);
      const Seconds at = moment(entry, 0);
      const auto take = [&](const char* name, bool reference) {
        const auto found = entry.find(name);
        if (found == entry.end() || !found->is_array()) return;
        for (Json& answer : *found) {
          if (!answer.is_object()) continue;
          const std::string parent = reference ? "" : IdOf(answer, "parent");
          journal.answers.push_back(
              {moment(answer, at), answers.size(), 0, 0, number, reference ? 1u : 0u});
          links.push_back({reference ? 0 : LinkNumber(key + "#" + IdOf(answer, "id")),
                           parent.empty() ? 0 : LinkNumber(key + "#" + parent)});
          answers.push_back({std::move(answer), reference, key, at});
        }
        entry.erase(found);
      };
      take("replies", false);
      take("references", true);
      journal.entries.push_back({at, entries.size(), 0, 0, 0, 0});
      entries.push_back(std::move(entry));
    }
  }
  const std::vector<std::uint32_t> from =
      SortOldestFirst(journal.entries, std::vector<ItemLink>(entries.size()));
  std::vector<std::uint32_t> to(from.size());
  for (std::uint32_t i = 0; i < from.size(); ++i) to[from[i]] = i;
  for (ItemPlace& answer : journal.answers) answer.owner = to[answer.owner];
  (void)SortOldestFirst(journal.answers, links);
  journal.read_entry = [entries = std::move(entries), zone](const ItemPlace& place,
                                                            const ImportClock&) {
    return ReadEntry(entries[place.offset], zone);
  };
  journal.read_answer = [answers = std::move(answers), zone](const ItemPlace& place,
                                                             const ImportClock&) {
    const Answer& a = answers[place.offset];
    return a.reference ? ReadReference(a.json, a.entry_key, zone, a.entry_at)
                       : ReadReply(a.json, a.entry_key, zone, a.entry_at);
  };
  return journal;
}

}  // namespace daybook::journal
