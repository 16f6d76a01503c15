// What the owner's pages read and change of the site around the entries: sidebar, navigation,
// redirects, trash, and making all HTML again after the journal moved to another folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/config.h"
#include "journal/edit.h"
#include "journal/model.h"
#include "journal/permalink.h"

namespace daybook::sql {
class Db;
class Tx;
}  // namespace daybook::sql

namespace daybook::journal {

// --- the sidebar; what writes is public

struct Section {
  Id id = 0;
  SectionKind kind = SectionKind::kHtml;
  std::string caption, content;
  std::int64_t amount = 10;
  bool hidden = false;
};
[[nodiscard]] std::vector<Section> AllSections(sql::Tx& tx);  // in their order, hidden ones too
[[nodiscard]] std::vector<LinkDraft> LinksOfSection(sql::Tx& tx, Id section);
Id AddSection(sql::Tx& tx, SectionKind kind);  // at the end
bool ChangeSection(sql::Tx& tx, const Section& section, const std::vector<LinkDraft>& links);
bool HideSection(sql::Tx& tx, Id id, bool hidden);
bool RemoveSection(sql::Tx& tx, Id id);
// One place up (-1) or down (1); at an end it stays where it is.
bool MoveSection(sql::Tx& tx, Id id, int by);

// The address of a link as it is kept: a path of the journal, an anchor, a web or mail address;
// empty where it may not stand in a link.
[[nodiscard]] std::string LinkAddress(std::string_view typed);

// --- redirects

struct SiteRedirect {
  std::string path;
  int status = 301;
  std::string target;  // a path or address; with `entry_path`: what follows that
  std::string entry_path, entry_title;
};
[[nodiscard]] std::vector<SiteRedirect> SiteRedirects(sql::Tx& tx, std::string_view like,
                                                      std::int64_t limit, std::int64_t offset);
[[nodiscard]] std::int64_t CountSiteRedirects(sql::Tx& tx, std::string_view like);

enum class RedirectWrong { kNone, kFrom, kOwn, kLives, kTarget, kLoop };
struct CheckedRedirect {
  std::string from, target;  // as they are kept
  RedirectWrong wrong = RedirectWrong::kNone;
};
// `from`: a path as it stands in an address bar, or a whole address of the journal; `target` the
// same or any web address, empty for 410.
[[nodiscard]] CheckedRedirect CheckRedirect(sql::Tx& tx, std::string_view journal_url,
                                            std::string_view from, std::string_view target,
                                            int status);
bool RemoveRedirect(sql::Tx& tx, std::string_view from);

// --- the trash

struct Trashed {
  Id id = 0;
  EntryKind kind = EntryKind::kEntry;
  std::string title;
  std::optional<Seconds> at;
};
[[nodiscard]] std::vector<Trashed> Trash(sql::Tx& tx, std::int64_t limit, std::int64_t offset);
[[nodiscard]] std::int64_t CountTrash(sql::Tx& tx);
// Erases what lay there before `before`, a few; true if there may be more. Public where it erases.
[[nodiscard]] bool EmptyTrash(sql::Tx& tx, Seconds before, Seconds now);

// --- addresses

struct PermalinkOf {
  std::string title, path;
  PermalinkParts parts;
};
[[nodiscard]] std::vector<PermalinkOf> NewestPermalinks(sql::Tx& tx, std::int64_t limit);

// After SetResult::render_again: notes that it is to be done; RenderOn does a few, false when
// nothing is left. Whoever has the time calls it: the page that changed it, and the worker.
void WantRendering(sql::Tx& tx);
[[nodiscard]] bool RenderOn(sql::Db& db, const Config& config);

}  // namespace daybook::journal
