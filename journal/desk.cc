// Lists and choices for those who write.
#include "journal/desk.h"

#include <sodium.h>

#include <algorithm>
#include <unordered_map>

#include "journal/edit.h"
#include "journal/edit_address.h"
#include "journal/edit_common.h"
#include "sql/queries/desk.h"
#include "sql/tx.h"
#include "text/dates.h"
#include "text/html_clean.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

// A pattern for `like`: letters of A to Z in any case, its own signs taken as they are.
std::string PatternOf(std::string_view words) {
  const std::string typed = text::AsciiLower(text::TrimHtmlSpace(words));
  if (typed.empty()) return "";
  std::string pattern = "%";
  for (const char c : typed) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

}  // namespace

std::vector<DeskEntry> DeskEntries(sql::Tx& tx, const DeskFilter& filter, Seconds now,
                                   std::int64_t limit, std::int64_t offset) {
  std::vector<DeskEntry> entries;
  sql::Rows rows = tx.Query(query::kDeskEntries, filter.kind, filter.list, filter.author,
                            PatternOf(filter.words), now, limit, offset);
  while (rows.Step()) {
    DeskEntry entry;
    entry.id = rows.Int(0);
    entry.status = rows.As<EntryStatus>(1);
    entry.path = rows.String(2);
    entry.title = rows.String(3);
    entry.summary = rows.String(4);
    entry.author = rows.String(5);
    entry.zone = rows.String(6);
    entry.visible_at = rows.Int(7);
    entry.updated_at = rows.Int(8);
    entry.expires_at = rows.Int(9);
    entry.pinned = rows.Bool(10);
    entry.locked = rows.Bool(11);
    entry.comment_count = rows.Int(12);
    entries.push_back(std::move(entry));
  }
  return entries;
}

DeskCounts CountDesk(sql::Tx& tx, const DeskFilter& filter, Seconds now) {
  DeskCounts counts{};
  sql::Rows rows =
      tx.Query(query::kDeskCounts, filter.kind, filter.author, PatternOf(filter.words), now);
  if (!rows.Step()) return counts;
  for (int i = 0; i < kDeskLists; ++i) counts[static_cast<std::size_t>(i)] = rows.Int(i);
  return counts;
}

bool MayEdit(const Person& person, const EntryDraft& draft) {
  if (person.IsEditor()) return true;
  const bool unpublished = draft.status == EntryStatus::kDraft ||
                           draft.status == EntryStatus::kPending ||
                           (draft.status == EntryStatus::kTrash && draft.path.empty());
  return draft.author_id == person.id && (unpublished || person.may_publish);
}

std::string EditionOf(const EntryDraft& draft, std::string_view sources) {
  std::string all;
  const auto add = [&](std::string_view text) {
    all += std::to_string(text.size());
    all += ':';
    all += text;
  };
  const auto number = [&](std::int64_t n) { add(std::to_string(n)); };
  for (const std::string* text : {&draft.slug, &draft.title, &draft.body, &draft.more,
                                  &draft.excerpt, &draft.language, &draft.password, &draft.path})
    add(*text);
  for (const std::int64_t n :
       {static_cast<Id>(draft.kind), static_cast<Id>(draft.status), static_cast<Id>(draft.format),
        draft.visible_at, draft.expires_at, static_cast<Id>(draft.pinned),
        static_cast<Id>(draft.toc), static_cast<Id>(draft.comments), static_cast<Id>(draft.pings),
        draft.parent_id, draft.position, draft.featured_id, draft.author_id})
    number(n);
  for (const auto* ids : {&draft.categories, &draft.tags}) {
    number(static_cast<std::int64_t>(ids->size()));
    for (const Id id : *ids) number(id);
  }
  for (const NewUpdate& update : draft.updates) {
    number(update.at);
    add(update.body);
  }
  add(sources);
  std::array<unsigned char, 16> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(all.data()),
                     all.size(), nullptr, 0);
  std::string hex(17, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), 8);
  hex.pop_back();
  return hex;
}

bool SameText(const EntryDraft& a, const EntryDraft& b) {
  return a.title == b.title && a.body == b.body && a.more == b.more && a.excerpt == b.excerpt &&
         a.format == b.format;
}

std::string FutureAddress(sql::Tx& tx, const Settings& settings, const EntryDraft& draft, Id id) {
  if (!draft.path.empty()) return draft.path;
  const std::string& zone = draft.zone.empty() ? settings.zone : draft.zone;
  return FreeAddress(tx, settings, draft, id, text::ToLocal(draft.visible_at, zone)).path;
}

Id EntryWithGuid(sql::Tx& tx, std::string_view guid) {
  return tx.Int(query::kEntryWithGuid, guid).value_or(0);
}

void KeepTyped(sql::Tx& tx, Id entry, Id author, const EntryDraft& typed, Seconds now) {
  tx.Exec(query::kRevisionAdd, entry, Nullable(author), now, 1, typed.title, typed.format,
          typed.body, typed.more, typed.excerpt);
}

std::vector<CategoryChoice> CategoryChoices(sql::Tx& tx) {
  std::unordered_map<Id, std::vector<CategoryChoice>> below;
  {
    sql::Rows rows = tx.Query(query::kCategoriesAll);
    while (rows.Step())
      below[rows.OptionalInt(1).value_or(0)].push_back({rows.Int(0), rows.String(2), 0});
  }
  std::vector<CategoryChoice> all, open(below[0].rbegin(), below[0].rend());
  while (!open.empty()) {
    CategoryChoice next = std::move(open.back());
    open.pop_back();
    auto& children = below[next.id];
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      child->depth = next.depth + 1;
      open.push_back(*child);
    }
    children.clear();  // whatever loop a broken database has, each is here once
    all.push_back(std::move(next));
  }
  return all;
}

std::vector<PageChoice> PageChoices(sql::Tx& tx) {
  std::vector<PageChoice> pages;
  sql::Rows rows = tx.Query(query::kPageChoices);
  while (rows.Step()) pages.push_back({rows.Int(0), rows.String(1)});
  return pages;
}

std::vector<std::string> TagNamesOf(sql::Tx& tx, Id entry) {
  std::vector<std::string> names;
  sql::Rows rows = tx.Query(query::kTagNamesOf, entry);
  while (rows.Step()) names.push_back(rows.String(0));
  return names;
}

std::vector<Id> TagsNamed(sql::Tx& tx, const std::vector<std::string>& names) {
  std::vector<Id> ids;
  for (const std::string& name : names) {
    // An imported tag's address may be another than its name would give.
    std::optional<Id> id = tx.Int(query::kTagNamed, name);
    if (!id) id = UpsertTag(tx, name);
    if (std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
  }
  return ids;
}

std::string SourcesText(sql::Tx& tx, Id entry) {
  std::string text;
  sql::Rows rows = tx.Query(query::kSourcesOf, entry);
  while (rows.Step()) {
    if (!text.empty()) text += '\n';
    text += rows.Text(1);
    if (rows.Text(2) != rows.Text(1)) text += " " + rows.String(2);
  }
  return text;
}

void ReplaceSources(sql::Tx& tx, Id entry, const std::vector<Source>& sources, Seconds now) {
  std::vector<Id> gone;
  std::vector<const Source*> fresh;
  for (const Source& source : sources) fresh.push_back(&source);
  {
    sql::Rows rows = tx.Query(query::kSourcesOf, entry);
    while (rows.Step()) {
      const auto stays = std::find_if(fresh.begin(), fresh.end(), [&](const Source* source) {
        return source->url == rows.Text(1) &&
               (source->title.empty() ? source->url : source->title) == rows.Text(2);
      });
      if (stays == fresh.end()) {
        gone.push_back(rows.Int(0));
      } else {
        fresh.erase(stays);
      }
    }
  }
  for (const Id id : gone) EraseReference(tx, id);
  for (const Source* source : fresh) {
    NewReference reference;
    reference.entry_id = entry;
    reference.kind = ReferenceKind::kSource;
    reference.via = ReferenceVia::kAuthor;
    reference.status = AnswerStatus::kPublic;
    reference.url = source->url;
    reference.title = source->title;
    reference.created_at = now;
    AddReference(tx, reference);
  }
}

}  // namespace daybook::journal
