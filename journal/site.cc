// Sidebar, redirects, trash and addresses of site.h.
#include "journal/site.h"

#include <algorithm>

#include "journal/edit_common.h"
#include "journal/settings.h"
#include "sql/db.h"
#include "sql/queries/settings.h"
#include "sql/queries/site.h"
#include "sql/queries/write_entry.h"
#include "sql/queries/write_site.h"
#include "sql/tx.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
// The row of `setting` that says how far the HTML was made again: "e12" entries, "c3" comments.
constexpr std::string_view kRendering = "render.next";
constexpr int kRenderBatch = 20;
constexpr int kErasedAtOnce = 5;
constexpr int kRedirectSteps = 20;

// The part of an address that names a page here: without the journal's own address before it.
std::string_view WithoutOwn(std::string_view journal_url, std::string_view typed) {
  const auto is_own = [&](std::string_view own) {
    return !own.empty() && typed.starts_with(own) &&
           (typed.size() == own.size() ||
            std::string_view("/?#").find(typed[own.size()]) != std::string_view::npos);
  };
  if (is_own(journal_url)) {
    typed.remove_prefix(journal_url.size());
    return typed.empty() ? "/" : typed;
  }
  return typed;
}

// Decoded path and query as it stands; nothing if it is no path of a journal.
std::optional<std::string> OwnPath(std::string_view typed, bool with_fragment) {
  if (!typed.starts_with('/') || typed.starts_with("//") || typed.size() > text::kUrlMax ||
      typed.find_first_of("\\ \"<>") != std::string_view::npos)
    return std::nullopt;
  const std::size_t tail = std::min(typed.find_first_of("?#"), typed.size());
  const auto path = text::DecodePath(typed.substr(0, tail));
  if (!path || path->find("//") != std::string::npos) return std::nullopt;
  const std::string_view rest = typed.substr(tail);
  if (!with_fragment && rest.find('#') != std::string_view::npos) return std::nullopt;
  if (std::any_of(rest.begin(), rest.end(), [](char c) { return c <= 32 || c == 127; }))
    return std::nullopt;
  return *path + std::string(rest);
}

// Families of addresses in which those of another time may be, although they are the journal's.
bool MayBeOld(std::string_view path) {
  const std::string_view first = path.substr(1, path.find_first_of("/?", 1) - 1);
  constexpr std::string_view kFamilies[] = {"category",  "tag",  "author",     "feed",
                                            "index.php", "page", "index.html", "archive"};
  const bool family =
      std::find(std::begin(kFamilies), std::end(kFamilies), first) != std::end(kFamilies);
  const bool deeper = path.find_first_of("/?", 1) != std::string_view::npos;
  if (path.starts_with("/?")) return true;
  return (family && deeper) || !IsReservedPath(path.substr(0, path.find('?')));
}

bool EndsInLoop(sql::Tx& tx, const std::string& from, std::string at) {
  for (int i = 0; i < kRedirectSteps; ++i) {
    at = at.substr(0, at.find('#'));
    if (at == from) return true;
    sql::Rows row = tx.Query(query::kSiteRedirect, at);
    if (!row.Step() || row.Int(0) == 410 || !row.Text(2).empty()) return false;
    std::string next = row.String(1);
    if (!next.starts_with('/')) return false;
    at = std::move(next);
  }
  return true;
}

}  // namespace

std::vector<Section> AllSections(sql::Tx& tx) {
  std::vector<Section> all;
  sql::Rows rows = tx.Query(query::kSiteSections);
  while (rows.Step()) {
    all.push_back({rows.Int(0), rows.As<SectionKind>(1), rows.String(2), rows.String(3),
                   rows.Int(4), rows.Bool(5)});
  }
  return all;
}

std::vector<LinkDraft> LinksOfSection(sql::Tx& tx, Id section) {
  std::vector<LinkDraft> all;
  sql::Rows rows = tx.Query(query::kSiteSectionLinks, section);
  while (rows.Step()) all.push_back({rows.String(0), rows.String(1)});
  return all;
}

Id AddSection(sql::Tx& tx, SectionKind kind) { return tx.Insert(query::kSiteSectionInsert, kind); }

bool ChangeSection(sql::Tx& tx, const Section& section, const std::vector<LinkDraft>& links) {
  if (tx.Exec(query::kSiteSectionChange, section.id, CleanLine(section.caption),
              CleanText(section.content), section.amount) == 0)
    return false;
  tx.Exec(query::kSiteSectionDropLinks, section.id);
  for (std::size_t i = 0; i < links.size(); ++i)
    tx.Exec(query::kSidebarPutLink, section.id, i, CleanLine(links[i].title),
            LinkAddress(links[i].url));
  return true;
}

bool HideSection(sql::Tx& tx, Id id, bool hidden) {
  return tx.Exec(query::kSiteSectionHide, id, hidden) > 0;
}

bool RemoveSection(sql::Tx& tx, Id id) { return tx.Exec(query::kSiteSectionDrop, id) > 0; }

bool MoveSection(sql::Tx& tx, Id id, int by) {
  std::vector<Section> all = AllSections(tx);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Section& s) { return s.id == id; });
  if (found == all.end()) return false;
  if (by < 0 && found != all.begin()) std::iter_swap(found, found - 1);
  if (by > 0 && found + 1 != all.end()) std::iter_swap(found, found + 1);
  for (std::size_t i = 0; i < all.size(); ++i) tx.Exec(query::kSiteSectionPlace, all[i].id, i);
  return true;
}

std::vector<SiteRedirect> SiteRedirects(sql::Tx& tx, std::string_view like, std::int64_t limit,
                                        std::int64_t offset) {
  std::vector<SiteRedirect> all;
  sql::Rows rows = tx.Query(query::kSiteRedirects, like, limit, offset);
  while (rows.Step()) {
    all.push_back({rows.String(0), static_cast<int>(rows.Int(1)), rows.String(2), rows.String(3),
                   rows.String(4)});
  }
  return all;
}

std::int64_t CountSiteRedirects(sql::Tx& tx, std::string_view like) {
  return tx.Int(query::kSiteRedirectCount, like).value_or(0);
}

CheckedRedirect CheckRedirect(sql::Tx& tx, std::string_view journal_url, std::string_view from,
                              std::string_view target, int status) {
  CheckedRedirect checked;
  const std::string typed_from = CleanLine(from), typed_target = CleanLine(target);
  const auto path = OwnPath(WithoutOwn(journal_url, typed_from), false);
  const auto refuse = [&](RedirectWrong wrong) {
    checked.wrong = wrong;
    return checked;
  };
  if (!path) return refuse(RedirectWrong::kFrom);
  checked.from = *path;
  if (!MayBeOld(*path)) return refuse(RedirectWrong::kOwn);
  if (tx.Has(query::kPathIsEntry, *path)) return refuse(RedirectWrong::kLives);
  if (status == 410) return checked;
  const std::string_view own = WithoutOwn(journal_url, typed_target);
  if (const auto here = OwnPath(own, true)) {
    checked.target = *here;
    return EndsInLoop(tx, *path, *here) ? refuse(RedirectWrong::kLoop) : checked;
  }
  const auto url = own.starts_with('/') ? std::nullopt : text::ParseWebUrl(own);
  if (!url) return refuse(RedirectWrong::kTarget);
  checked.target = url->str();
  return checked;
}

bool RemoveRedirect(sql::Tx& tx, std::string_view from) {
  return tx.Exec(query::kRedirectDrop, from) > 0;
}

std::vector<Trashed> Trash(sql::Tx& tx, std::int64_t limit, std::int64_t offset) {
  std::vector<Trashed> all;
  sql::Rows rows = tx.Query(query::kSiteTrash, limit, offset);
  while (rows.Step()) {
    all.push_back({rows.Int(0), rows.As<EntryKind>(1), rows.String(rows.Text(2).empty() ? 3 : 2),
                   rows.OptionalInt(4)});
  }
  return all;
}

std::int64_t CountTrash(sql::Tx& tx) { return tx.Int(query::kSiteTrashCount).value_or(0); }

bool EmptyTrash(sql::Tx& tx, Seconds before, Seconds now) {
  // What an import put there, or an earlier edition: its time begins when it is first seen.
  tx.Exec(query::kSiteTrashDate, now);
  std::vector<Id> old;
  {
    sql::Rows rows = tx.Query(query::kSiteTrashOld, before, kErasedAtOnce);
    while (rows.Step()) old.push_back(rows.Int(0));
  }
  if (!old.empty()) tx.MarkPublic();
  for (const Id id : old) EraseEntry(tx, id, now);
  return !old.empty();
}

std::vector<PermalinkOf> NewestPermalinks(sql::Tx& tx, std::int64_t limit) {
  struct Row {
    PermalinkOf of;
    Id category = 0;
  };
  std::vector<Row> found;
  {
    sql::Rows rows = tx.Query(query::kSiteNewestEntries, limit);
    while (rows.Step()) {
      Row row;
      row.of = {rows.String(3), rows.String(1), {}};
      PermalinkParts& parts = row.of.parts;
      parts.date = text::ToLocal(rows.Int(7), rows.Text(8));
      parts.date.year = static_cast<int>(rows.Int(4));
      parts.date.month = static_cast<int>(rows.Int(5));
      parts.date.day = static_cast<int>(rows.Int(6));
      parts.slug = rows.String(2);
      parts.id = rows.Int(0);
      parts.author = rows.String(9);
      row.category = rows.OptionalInt(10).value_or(0);
      found.push_back(std::move(row));
    }
  }
  std::vector<PermalinkOf> all;
  for (Row& row : found) {
    if (row.category != 0) row.of.parts.category = CategoryPath(tx, row.category);
    all.push_back(std::move(row.of));
  }
  return all;
}

void WantRendering(sql::Tx& tx) { tx.Exec(query::kSettingPut, kRendering, "e0"); }

bool RenderOn(sql::Db& db, const Config& config) {
  const auto place = db.Read([&](sql::Tx& tx) { return tx.Text(query::kSettingGet, kRendering); });
  if (!place || place->empty()) return false;
  db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    const std::string at = tx.Text(query::kSettingGet, kRendering).value_or("");
    if (at.empty()) return;
    const Id after = std::strtoll(at.c_str() + 1, nullptr, 10);
    const bool entries = at[0] == 'e';
    const Id last = entries ? RenderEntriesAgain(tx, LoadSettings(tx, config), after, kRenderBatch)
                            : RenderCommentsAgain(tx, after, kRenderBatch * 10);
    if (last == 0 && !entries)
      tx.Exec(query::kSettingDrop, kRendering);
    else
      tx.Exec(query::kSettingPut, kRendering,
              last == 0 ? std::string("c0") : at.substr(0, 1) + std::to_string(last));
  });
  return true;
}

}  // namespace daybook::journal
