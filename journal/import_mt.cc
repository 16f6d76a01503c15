// Header lines, texts, comments and pings of one entry made into items.
#include "journal/import_mt.h"

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

#include "journal/import_hosts.h"
#include "journal/import_mt_item.h"
#include "journal/import_mt_lines.h"
#include "journal/import_order.h"
#include "text/dates.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

constexpr std::uint32_t kMostRead = 24u << 20;  // of an entry with all that is said below it

// What an answer must know of its entry.
struct Owner {
  std::string key;
  Seconds at;
};

// What the first pass knows of an entry while it goes through it.
struct Outline {
  MtEntry mt;
  ItemPlace place;
  std::string section;
  ItemPlace answer;
  bool answer_open = false, ping = false;
  std::string answer_date;
  int header_lines = 0;
};

}  // namespace

bool LooksLikeMovableType(std::string_view head) {
  bool key = false;
  for (int lines = 0; !head.empty() && lines < 200; ++lines) {
    const std::size_t end = head.find('\n');
    const auto field = SplitMtField(head.substr(0, end));
    key =
        key || (field && (field->key == "AUTHOR" || field->key == "TITLE" || field->key == "DATE" ||
                          field->key == "BASENAME" || field->key == "STATUS"));
    if (key && head.starts_with("-----")) return true;
    if (end == std::string_view::npos) break;
    head.remove_prefix(end + 1);
  }
  return key;
}

OldJournal ScanMovableType(ImportBytes& bytes, const ScanOptions& options) {
  OldJournal journal;
  journal.format = "mt";
  const auto now = static_cast<Seconds>(std::time(nullptr));
  std::optional<Outline> entry;
  bool any_known = false;
  std::vector<std::string> keys;
  const auto moment = [&](const std::string& date, Seconds otherwise) {
    const auto local = text::ParseMovableTypeDate(date);
    return local ? text::FromLocal(*local, options.zone) : otherwise;
  };
  const auto end_answer = [&](std::uint64_t offset) {
    if (!entry->answer_open) return;
    entry->answer.length = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(offset - entry->answer.offset, 1u << 28));
    entry->answer.at = moment(entry->answer_date, moment(entry->mt.Field("DATE"), now));
    entry->answer.owner = static_cast<std::uint32_t>(journal.entries.size());
    entry->answer.kind = entry->ping ? 1 : 0;
    journal.answers.push_back(entry->answer);
    entry->answer_open = false;
  };
  MtLines lines([&](const MtLine& l) {
    switch (l.event) {
      case MtEvent::kEntry:
        entry.emplace();
        entry->place.offset = l.offset;
        entry->place.line = static_cast<std::uint32_t>(l.line);
        break;
      case MtEvent::kHeader:
        entry->mt.Header(l);
        break;
      case MtEvent::kSection:
        end_answer(l.part_end);
        entry->section = l.text;
        if (l.text == "COMMENT" || l.text == "PING") {
          entry->answer = {};
          entry->answer.offset = l.offset;
          entry->answer.line = static_cast<std::uint32_t>(l.line);
          entry->answer_open = true;
          entry->ping = l.text == "PING";
          entry->answer_date.clear();
          entry->header_lines = 0;
        }
        break;
      case MtEvent::kText:
        if (std::string& body = entry->mt.sections["BODY"];
            entry->section == "BODY" && body.size() < 256) {
          body.append(l.text).append("\n");
        }
        if (entry->answer_open && entry->header_lines++ < 8 && entry->answer_date.empty()) {
          const auto field = SplitMtField(l.text);
          if (field && field->key == "DATE") entry->answer_date = field->value;
        }
        break;
      case MtEvent::kEnd: {
        end_answer(l.part_end);
        entry->place.length = static_cast<std::uint32_t>(
            std::min<std::uint64_t>(l.offset - entry->place.offset, 1u << 28));
        entry->place.at = moment(entry->mt.Field("DATE"), now);
        any_known = any_known || !entry->mt.fields.empty();
        if (journal.home_url.empty()) {
          const std::string url = entry->mt.Field("UNIQUE URL");
          const text::UrlParts parts = text::SplitUrl(url);
          if (parts.scheme && parts.authority)
            journal.home_url = std::string(*parts.scheme) + "://" + std::string(*parts.authority);
        }
        journal.entries.push_back(entry->place);
        keys.push_back(entry->mt.Key());
        entry.reset();
        break;
      }
    }
  });
  LineCutter cutter(lines);
  for (std::string_view text = bytes.Next(); !text.empty(); text = bytes.Next()) {
    cutter.Feed(text);
    if (options.step) options.step(bytes.raw_position());
  }
  cutter.Finish();
  if (!lines.Finish()) {
    if (!any_known && !(entry && !entry->mt.fields.empty())) {
      throw ImportTrouble{
          1, "This is no Movable Type export: no line begins with TITLE:, AUTHOR: or DATE:."};
    }
    throw ImportTrouble{
        std::max<std::int64_t>(1, cutter.line() - 1),
        "The file ends here in the middle of an entry, so it was cut off: a line of eight hyphens "
        "must be the last. Export it again."};
  }
  if (!any_known)
    throw ImportTrouble{1, "This is no Movable Type export: there is no entry in it."};

  const OldHosts hosts(journal.home_url, "");
  journal.identity = "mt:" + hosts.host();
  const std::vector<std::uint32_t> from =
      SortOldestFirst(journal.entries, std::vector<ItemLink>(journal.entries.size()));
  std::vector<std::uint32_t> to(from.size());
  for (std::uint32_t i = 0; i < from.size(); ++i) to[from[i]] = i;
  for (ItemPlace& answer : journal.answers) answer.owner = to[answer.owner];
  (void)SortOldestFirst(journal.answers, std::vector<ItemLink>(journal.answers.size()));
  std::vector<Owner> owners;
  for (std::uint32_t i = 0; i < from.size(); ++i)
    owners.push_back({std::move(keys[from[i]]), journal.entries[i].at});

  journal.read_entry = [&bytes, hosts, zone = options.zone, now](const ItemPlace& place,
                                                                 const ImportClock&) {
    if (place.length > kMostRead) throw ImportTrouble{place.line, "It is larger than 24 MB."};
    return EntryFromMt(ReadMtEntry(bytes.Slice(place.offset, place.length), place.line), place.line,
                       hosts, zone, now);
  };
  journal.read_answer = [&bytes, zone = options.zone, owners = std::move(owners)](
                            const ItemPlace& place, const ImportClock&) {
    if (place.length > kMostRead) throw ImportTrouble{place.line, "It is larger than 24 MB."};
    const Owner& owner = owners[place.owner];
    return AnswerFromMt(bytes.Slice(place.offset, place.length), place.line, place.kind == 1,
                        owner.key, zone, owner.at);
  };
  return journal;
}

}  // namespace daybook::journal
