// What public pages read: entries, lists, terms, answers, the frame around them. Every function is
// one query unless it says more. Nothing here writes; searching is in search.h, moments that fall
// due in counts.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "sql/db.h"
#include "text/safe.h"

namespace daybook::journal {

struct State {
  std::int64_t rev = 0;
  Seconds settled_at = 0;
  std::int64_t entry_count = 0;  // that readers can see
  std::int64_t render = 0;
  Seconds due = 0;  // latest moment that has passed but is not settled; 0: none
};
State ReadState(sql::Tx& tx, Seconds now);

struct Picture {
  std::string path;  // below /media/; empty: none
  std::int64_t width = 0, height = 0;
  std::string alt;
};

// An entry or page with all that its own page shows of the row itself.
struct Entry {
  Id id = 0;
  EntryKind kind = EntryKind::kEntry;
  EntryStatus status = EntryStatus::kDraft;
  std::string path, slug, title;
  text::SafeHtml body, more;
  std::string summary, image, language;
  Seconds visible_at = 0;
  std::string zone;
  Seconds updated_at = 0, expires_at = kNever;
  std::string password;
  bool pinned = false;
  Allow comments = Allow::kAsJournal;
  Seconds comments_close = kNever;
  Allow pings = Allow::kAsJournal;
  std::string guid;
  std::int64_t comment_count = 0, reference_count = 0, update_count = 0;
  Id parent_id = 0;
  Id author_id = 0;
  std::string author, author_slug, author_url;
  Picture featured;
  std::string excerpt;             // the author's own
  text::SafeHtml toc;              // lists of links to its headings, or empty
  std::int64_t related_count = 0;  // 0 or less: RelatedTo (related.h) has none
};

enum class Visibility { kVisible, kHidden, kGone };  // gone: it was public once
Visibility VisibilityOf(const Entry& entry, Seconds now);

// By decoded path from the journal's root, whatever its status.
std::optional<Entry> EntryByPath(sql::Tx& tx, std::string_view path);
std::optional<Entry> EntryById(sql::Tx& tx, Id id);

struct Link {
  std::string path, title;  // title never empty: a note's is cut from its text
};
struct Neighbours {
  std::optional<Link> newer, older;
};
Neighbours NeighboursOf(sql::Tx& tx, const Entry& entry, Seconds now);

struct Term {
  std::string slug, name;
};
struct Terms {
  std::vector<Term> categories, tags;
};
Terms TermsOf(sql::Tx& tx, Id entry);

struct Comment {
  Id id = 0, parent_id = 0;
  Seconds created_at = 0;
  std::string author_name;
  text::SafeUrl author_url;  // empty: none
  bool by_owner = false;     // by one of the journal's own people
  text::SafeHtml body;
};
// Public ones, oldest first.
std::vector<Comment> CommentsOf(sql::Tx& tx, Id entry);

struct Reference {
  Id id = 0;
  ReferenceKind kind = ReferenceKind::kSource;
  ReferenceVia via = ReferenceVia::kAuthor;
  std::string title, url, site_name, site_url, author, excerpt;
  Seconds created_at = 0;
  MentionType type = MentionType::kMention;
};
std::vector<Reference> ReferencesOf(sql::Tx& tx, Id entry);  // public ones, sources first

struct Update {
  Seconds at = 0;
  text::SafeHtml body;
};
std::vector<Update> UpdatesOf(sql::Tx& tx, Id entry);
std::vector<Link> ChildrenOf(sql::Tx& tx, Id page, Seconds now);

// An entry as lists and feeds show it.
struct Listed {
  Id id = 0;
  std::string path, title;
  text::SafeHtml body, more;
  std::string summary, excerpt, image, language;
  Seconds visible_at = 0;
  std::string zone;
  Seconds updated_at = 0;
  bool locked = false;  // has a password
  bool pinned = false;
  Allow comments = Allow::kAsJournal;
  Seconds comments_close = kNever;
  std::string guid;
  std::int64_t comment_count = 0, update_count = 0;
  std::string author, author_slug;
  Picture featured;
  Terms terms;
};
enum class ListKind { kAll, kUnpinned, kPinned, kYear, kMonth, kDay, kCategory, kTag, kAuthor };
struct ListOf {
  ListKind kind = ListKind::kAll;
  std::int64_t year = 0, month = 0, day = 0;
  Id term = 0;  // category, tag or author
};
// `limit` entries from the `offset`-th, newest first, with their terms: 1 + limit/20 queries.
std::vector<Listed> List(sql::Tx& tx, const ListOf& of, Seconds now, std::int64_t limit,
                         std::int64_t offset);
// How many a list of this kind has in all; for a term pass the one that was found (it knows).
std::int64_t CountOf(sql::Tx& tx, const ListOf& of, Seconds now);

struct FoundTerm {
  Id id = 0;
  std::string slug, name, description;
  std::int64_t entry_count = 0;
  std::optional<Term> parent;
};
std::optional<FoundTerm> CategoryBySlug(sql::Tx& tx, std::string_view slug);
std::optional<FoundTerm> TagBySlug(sql::Tx& tx, std::string_view slug);
std::optional<FoundTerm> AuthorBySlug(sql::Tx& tx, std::string_view slug);

struct Month {
  std::int64_t year = 0, month = 0, entries = 0;
};
std::vector<Month> Months(sql::Tx& tx);  // newest first
struct CategoryNode {
  Term term;
  std::int64_t entries = 0;
  int depth = 0;
};
std::vector<CategoryNode> CategoryTree(
    sql::Tx& tx);  // depth first; branches without any entry left out
struct CountedTerm {
  Term term;
  std::int64_t entries = 0;
};
std::vector<CountedTerm> TopTags(sql::Tx& tx, std::int64_t limit);
std::vector<CountedTerm> Authors(sql::Tx& tx);

struct TitledUrl {
  std::string title, url;
};
std::vector<TitledUrl> Navigation(sql::Tx& tx);
struct SidebarSection {
  Id id = 0;
  bool at_start = false;
  SectionKind kind = SectionKind::kHtml;
  std::string caption, content;
  std::int64_t amount = 10;
  std::vector<TitledUrl> links;
};
std::vector<SidebarSection> Sidebar(sql::Tx& tx);  // two queries

struct CommentInFeed {
  Id id = 0;
  Seconds created_at = 0;
  std::string author_name;
  text::SafeUrl author_url;
  text::SafeHtml body;
  Link entry;
  std::string entry_guid;
};
std::vector<CommentInFeed> LatestComments(sql::Tx& tx, Seconds now, std::int64_t limit,
                                          std::int64_t offset = 0);
std::vector<CommentInFeed> LatestCommentsOf(sql::Tx& tx, Id entry, std::int64_t limit);

// Where an old address leads. `path` begins with '/' (then it is the journal's own) or is a whole
// address; empty with status 410.
struct Moved {
  int status = 301;
  std::string path;
};
std::optional<Moved> RedirectOf(sql::Tx& tx, std::string_view path, Seconds now);
// The visible entry or page at one of these addresses.
std::optional<Link> FirstAt(sql::Tx& tx, const std::array<std::string, 3>& paths, Seconds now);
std::optional<Link> WithSlug(sql::Tx& tx, std::string_view slug, Seconds now);
// Of that year, month and day; 0: of any.
std::optional<Link> WithSlugOn(sql::Tx& tx, std::string_view slug, const std::array<int, 3>& date,
                               Seconds now);
// Visible entries and pages whose slug begins like this one, five at most.
std::vector<Link> SlugsLike(sql::Tx& tx, std::string_view slug, Seconds now);

struct SitemapItem {
  Id id = 0;
  std::string path;
  Seconds updated_at = 0;
  std::string image;
};
std::vector<SitemapItem> Sitemap(sql::Tx& tx, Id after, std::int64_t limit, Seconds now);
Id LastEntryId(sql::Tx& tx);

// A fragment of HTML that several pages share, kept by whoever made it first (not a public change).
std::optional<text::SafeHtml> KeptFragment(sql::Tx& tx, std::string_view name, std::int64_t rev,
                                           std::string_view build);
void KeepFragment(sql::Tx& tx, std::string_view name, std::int64_t rev, std::string_view build,
                  const text::SafeHtml& html);

// The address below an entry's: SubAddress("/2007/3/19/x.html", "/print") is "/2007/3/19/x/print".
std::string SubAddress(std::string_view entry_path, std::string_view rest);

}  // namespace daybook::journal
