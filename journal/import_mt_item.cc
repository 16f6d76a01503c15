// One entry of a Movable Type file, taken apart into what was said of it and below it.
#include "journal/import_mt_item.h"
#include "journal/import_report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <initializer_list>
#include <utility>

#include "text/dates.h"
#include "text/html_escape.h"
#include "text/slug.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

std::string Trim(std::string_view s) {
  const std::size_t first = s.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1));
}

std::string Hash(std::initializer_list<std::string_view> parts) {
  std::uint64_t hash = 14695981039346656037u;
  for (std::string_view part : parts) {
    for (char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    hash = (hash ^ 0xFF) * 1099511628211u;
  }
  std::array<char, 20> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

// "a, "b c", d": the names between the commas.
std::vector<std::string> SplitTags(std::string_view list) {
  std::vector<std::string> tags;
  while (!list.empty()) {
    while (!list.empty() && (list.front() == ' ' || list.front() == ',' || list.front() == '\t'))
      list.remove_prefix(1);
    if (list.empty()) break;
    std::size_t end;
    std::string_view tag;
    if ((list.front() == '"' || list.front() == '\'') &&
        list.find(list.front(), 1) != std::string_view::npos) {
      end = list.find(list.front(), 1);
      tag = list.substr(1, end - 1);
      end = list.find(',', end);
    } else {
      end = list.find(',');
      tag = list.substr(0, end);
    }
    const std::string name = Trim(tag);
    if (!name.empty() && std::find(tags.begin(), tags.end(), name) == tags.end())
      tags.push_back(name);
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return tags;
}

void SetFormat(const std::string& breaks, OldEntry& entry) {
  if (breaks == "0" || breaks == "richtext" || breaks == "wysiwyg" || breaks == "blockeditor" ||
      breaks == "none") {
    entry.draft.format = Format::kHtml;
  } else if (breaks.starts_with("markdown")) {
    entry.draft.format = Format::kMarkdown;
  } else {
    entry.draft.format = Format::kParagraphs;
    if (breaks.starts_with("textile")) ++entry.dropped[Left("import.left.textile")];
  }
}

std::string OnlyLineFeeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

}  // namespace

std::string MtEntry::Field(std::string_view key) const {
  const auto found = fields.find(key);
  return found == fields.end() ? std::string() : found->second;
}

std::string MtEntry::Section(std::string_view key) const {
  const auto found = sections.find(key);
  return found == sections.end() ? std::string() : Trim(found->second);
}

void MtEntry::Header(const MtLine& line) {
  const auto field = SplitMtField(line.text);
  if (!field || !IsMtEntryKey(field->key)) return;
  if (field->key == "CATEGORY") {
    categories.emplace_back(field->value);
    fields["CATEGORY"] = "";
  } else {
    fields[std::string(field->key)] = field->value;
  }
  if (field->key == "DATE") date_line = line.line;
}

std::string MtEntry::Key() const {
  const std::string name = Field("BASENAME") + Field("TITLE");
  return Hash({Field("BASENAME"), Field("TITLE"), Field("DATE"),
               name.empty() ? Section("BODY").substr(0, 80) : std::string()});
}

MtEntry ReadMtEntry(std::string_view text, std::int64_t first_line) {
  MtEntry entry;
  std::string section;
  std::size_t kept = 0;
  MtLines lines([&](const MtLine& l) {
    if (l.event == MtEvent::kHeader) {
      entry.Header(l);
    } else if (l.event == MtEvent::kSection) {
      section = l.text;
    } else if (l.event == MtEvent::kText && section != "COMMENT" && section != "PING") {
      kept += l.text.size() + 1;
      if (kept <= kMtMost) entry.sections[section].append(l.text).append("\n");
    }
  });
  LineCutter cutter(lines, first_line);
  cutter.Feed(OnlyLineFeeds(text));
  cutter.Finish();
  if (kept > kMtMost) throw ImportTrouble{first_line, "It is larger than 12 MB."};
  return entry;
}

OldEntry EntryFromMt(const MtEntry& mt, std::int64_t line, const OldHosts& hosts,
                     const std::string& zone, Seconds now) {
  if (mt.fields.empty())
    throw ImportTrouble{line,
                        "No line of it is one that an entry begins with, such as TITLE: or DATE:."};
  OldEntry entry;
  EntryDraft& draft = entry.draft;
  entry.line = line;
  entry.key = mt.Key();
  entry.old_type = "entry";
  entry.author = mt.Field("AUTHOR");
  entry.no_entry = mt.Field("NO ENTRY") == "1";
  draft.title = text::PlainText(mt.Field("TITLE"));
  std::string slug = mt.Field("BASENAME");
  std::replace(slug.begin(), slug.end(), '_', '-');
  draft.slug = text::MakeSlug(slug).str();
  const std::string date = mt.Field("DATE");
  const auto local = text::ParseMovableTypeDate(date);
  if (local) {
    draft.visible_at = text::FromLocal(*local, zone);
  } else if (date.empty()) {
    draft.visible_at = now;
    entry.notes.push_back("It has no date, and got that of this import.");
  } else {
    throw ImportTrouble{mt.date_line, "Its date “" + date.substr(0, 60) +
                                          "” is not of the form MM/DD/YYYY hh:mm:ss AM."};
  }
  draft.updated_at = draft.visible_at;
  std::string status = mt.Field("STATUS");
  std::transform(status.begin(), status.end(), status.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  draft.status = status == "draft" || status.starts_with("unpublish") ? EntryStatus::kDraft
                 : status == "review"                                 ? EntryStatus::kPending
                                                                      : EntryStatus::kPublished;
  const std::string comments = mt.Field("ALLOW COMMENTS");
  draft.comments = comments == "0" || comments == "2" ? Allow::kClosed : Allow::kAsJournal;
  draft.pings = mt.Field("ALLOW PINGS") == "0" ? Allow::kClosed : Allow::kAsJournal;
  SetFormat(mt.Field("CONVERT BREAKS"), entry);
  draft.body = mt.Section("BODY");
  draft.more = mt.Section("EXTENDED BODY");
  draft.excerpt = text::PlainText(mt.Section("EXCERPT"));
  if (!mt.Section("KEYWORDS").empty()) ++entry.dropped[Left("import.left.keywords")];
  std::vector<std::string> names;
  if (!mt.Field("PRIMARY CATEGORY").empty()) names.push_back(mt.Field("PRIMARY CATEGORY"));
  names.insert(names.end(), mt.categories.begin(), mt.categories.end());
  for (const std::string& name : names) {
    const bool have = std::any_of(entry.categories.begin(), entry.categories.end(),
                                  [&](const OldTerm& t) { return t.name == name; });
    if (!name.empty() && !have) entry.categories.push_back({{}, name, {}, {}, {}});
  }
  for (std::string& name : SplitTags(mt.Field("TAGS")))
    entry.tags.push_back({{}, std::move(name), {}, {}, {}});
  if (const auto address = hosts.Find(mt.Field("UNIQUE URL"));
      address && address->query.empty() && address->path != "/") {
    if (draft.status == EntryStatus::kPublished) draft.path = address->path;
    draft.guid = mt.Field("UNIQUE URL");
  } else if (local && !mt.Field("BASENAME").empty() && draft.status == EntryStatus::kPublished) {
    // Where Movable Type put it unless its owner said otherwise.
    std::array<char, 24> month{};
    std::snprintf(month.data(), month.size(), "/%04d/%02d/", local->year, local->month);
    entry.redirects.push_back({month.data() + mt.Field("BASENAME") + ".html", {}});
    if (slug != mt.Field("BASENAME"))
      entry.redirects.push_back({month.data() + slug + ".html", {}});
  }
  return entry;
}

OldAnswer AnswerFromMt(std::string_view given, std::int64_t line, bool ping,
                       const std::string& entry_key, const std::string& zone, Seconds entry_at) {
  if (given.size() > kMtMost) throw ImportTrouble{line, "It is larger than 12 MB."};
  const std::string cleaned = OnlyLineFeeds(given);
  std::string_view text = cleaned;
  std::map<std::string, std::string, std::less<>> fields;
  std::int64_t at_line = line, date_line = line;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const auto field = SplitMtField(text.substr(0, end));
    if (!field || !IsMtAnswerKey(field->key) || fields.contains(field->key)) break;
    fields.emplace(field->key, field->value);
    if (field->key == "DATE") date_line = at_line;
    ++at_line;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  std::string body;
  for (char c : Trim(text)) {
    if (c != '\r') body += c;
  }
  OldAnswer answer;
  answer.line = line;
  answer.is_reference = ping;
  Seconds at = entry_at;
  if (!fields["DATE"].empty()) {
    const auto local = text::ParseMovableTypeDate(fields["DATE"]);
    if (!local)
      throw ImportTrouble{date_line, "Its date “" + fields["DATE"].substr(0, 60) +
                                         "” is not of the form MM/DD/YYYY hh:mm:ss AM."};
    at = text::FromLocal(*local, zone);
  }
  answer.key =
      Hash({entry_key, fields["AUTHOR"], fields["TITLE"], fields["URL"], fields["DATE"], body});
  const auto url = text::ParseWebUrl(fields["URL"]);
  if (ping) {
    NewReference& r = answer.reference;
    if (!url) throw ImportTrouble{line, "It has no address to link to."};
    r.via = ReferenceVia::kTrackback;
    r.status = AnswerStatus::kPublic;
    r.created_at = at;
    r.url = url->str();
    r.title = text::PlainText(fields["TITLE"]);
    r.site_name = text::PlainText(fields["BLOG NAME"]);
    if (r.title.empty()) r.title = r.site_name.empty() ? r.url : r.site_name;
    r.excerpt = text::PlainText(body);
    return answer;
  }
  NewComment& c = answer.comment;
  c.status = AnswerStatus::kPublic;
  c.created_at = at;
  c.author_name = text::PlainText(fields["AUTHOR"]);
  if (c.author_name.empty()) c.author_name = "Anonymous";
  c.author_email = fields["EMAIL"];
  if (url) c.author_url = url->str();
  c.mode = CommentMode::kLimitedHtml;
  c.body = std::move(body);
  return answer;
}

}  // namespace daybook::journal
