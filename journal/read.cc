// Reading entries, their terms and answers. The frame around them (navigation, sidebar, archive) is
// in read_frame.cc.
#include "journal/read.h"

#include <algorithm>
#include <tuple>

#include "sql/queries/read.h"
#include "text/excerpt.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
using sql::Rows;
using text::SafeHtml;

// The html columns were written by render.h from the sanitiser's output, and by nothing else.
SafeHtml Kept(const Rows& rows, int column) { return SafeHtml::Vouch(rows.String(column)); }

// AddComment (edit.h) stores only what ParseWebUrl gave.
text::SafeUrl KeptUrl(const Rows& rows, int column) {
  return text::SafeUrl::Vouch(rows.String(column));
}

// What a note without a title is called in links: the beginning of its text.
std::string TitleOr(std::string_view title, std::string_view summary) {
  return title.empty() ? text::MakeExcerpt(summary, 60) : std::string(title);
}

Picture PictureAt(const Rows& rows, int column) {
  Picture picture;
  picture.path = rows.String(column);
  picture.width = rows.Int(column + 1);
  picture.height = rows.Int(column + 2);
  picture.alt = rows.String(column + 3);
  return picture;
}

std::optional<Entry> OneEntry(Rows rows) {
  if (!rows.Step()) return std::nullopt;
  Entry e;
  e.id = rows.Int(0);
  e.kind = rows.As<EntryKind>(1);
  e.status = rows.As<EntryStatus>(2);
  e.path = rows.String(3);
  e.slug = rows.String(4);
  e.title = rows.String(5);
  e.body = Kept(rows, 6);
  e.more = Kept(rows, 7);
  e.summary = rows.String(8);
  e.image = rows.String(9);
  e.language = rows.String(10);
  e.visible_at = rows.Int(11);
  e.zone = rows.String(12);
  e.updated_at = rows.Int(13);
  e.expires_at = rows.Int(14);
  e.password = rows.String(15);
  e.pinned = rows.Bool(16);
  e.comments = rows.As<Allow>(17);
  e.comments_close = rows.Int(18);
  e.pings = rows.As<Allow>(19);
  e.guid = rows.String(20);
  e.comment_count = rows.Int(21);
  e.reference_count = rows.Int(22);
  e.update_count = rows.Int(23);
  e.parent_id = rows.Int(24);
  e.author_id = rows.Int(25);
  e.author = rows.String(26);
  e.author_slug = rows.String(27);
  e.author_url = rows.String(28);
  e.featured = PictureAt(rows, 29);
  e.excerpt = rows.String(33);
  e.toc = Kept(rows, 34);
  e.related_count = rows.Int(35);
  return e;
}

Listed ListedAt(const Rows& rows) {
  Listed e;
  e.id = rows.Int(0);
  e.path = rows.String(1);
  e.title = rows.String(2);
  e.body = Kept(rows, 3);
  e.more = Kept(rows, 4);
  e.summary = rows.String(5);
  e.excerpt = rows.String(6);
  e.image = rows.String(7);
  e.language = rows.String(8);
  e.visible_at = rows.Int(9);
  e.zone = rows.String(10);
  e.updated_at = rows.Int(11);
  e.locked = !rows.Text(12).empty();
  e.pinned = rows.Bool(13);
  e.comments = rows.As<Allow>(14);
  e.comments_close = rows.Int(15);
  e.guid = rows.String(16);
  e.comment_count = rows.Int(17);
  e.update_count = rows.Int(18);
  e.author = rows.String(19);
  e.author_slug = rows.String(20);
  e.featured = PictureAt(rows, 22);
  return e;
}

Rows Start(sql::Tx& tx, const ListOf& of, Seconds now, std::int64_t limit, std::int64_t offset) {
  switch (of.kind) {
    case ListKind::kPinned:
      return tx.Query(query::kListPinned, now, limit);
    case ListKind::kYear:
      return tx.Query(query::kListYear, now, limit, offset, of.year);
    case ListKind::kMonth:
      return tx.Query(query::kListMonth, now, limit, offset, of.year, of.month);
    case ListKind::kDay:
      return tx.Query(query::kListDay, now, limit, offset, of.year, of.month, of.day);
    case ListKind::kCategory:
      return tx.Query(query::kListCategory, now, limit, offset, of.term);
    case ListKind::kTag:
      return tx.Query(query::kListTag, now, limit, offset, of.term);
    case ListKind::kAuthor:
      return tx.Query(query::kListAuthor, now, limit, offset, of.term);
    case ListKind::kAll:
    case ListKind::kUnpinned:
      break;
  }
  return tx.Query(query::kListNewest, now, limit, offset, of.kind == ListKind::kUnpinned);
}

// Gives up to twenty entries their categories and tags.
void AddTerms(sql::Tx& tx, Listed* first, std::size_t count) {
  std::array<Id, 20> ids{};
  for (std::size_t i = 0; i < count; ++i) ids[i] = first[i].id;
  Rows rows = std::apply([&](auto... id) { return tx.Query(query::kTermsOfEntries, id...); }, ids);
  while (rows.Step()) {
    Listed* const end = first + count;
    Listed* const entry =
        std::find_if(first, end, [&](const Listed& e) { return e.id == rows.Int(0); });
    if (entry == end) continue;
    auto& terms = rows.Int(1) == 0 ? entry->terms.categories : entry->terms.tags;
    terms.push_back({rows.String(2), rows.String(3)});
  }
}

std::optional<FoundTerm> OneTerm(Rows rows) {
  if (!rows.Step()) return std::nullopt;
  FoundTerm term{rows.Int(0), rows.String(1), rows.String(2), rows.String(3), rows.Int(4), {}};
  if (!rows.IsNull(5)) term.parent = Term{rows.String(5), rows.String(6)};
  return term;
}

std::vector<CommentInFeed> AllComments(Rows rows) {
  std::vector<CommentInFeed> all;
  while (rows.Step()) {
    all.push_back({rows.Int(0), rows.Int(1), rows.String(2), KeptUrl(rows, 3), Kept(rows, 4),
                   Link{rows.String(5), TitleOr(rows.Text(6), rows.Text(7))}, rows.String(8)});
  }
  return all;
}

}  // namespace

State ReadState(sql::Tx& tx, Seconds now) {
  Rows rows = tx.Query(query::kSiteState, now);
  State state;
  if (!rows.Step()) return state;
  state.rev = rows.Int(0);
  state.settled_at = rows.Int(1);
  state.entry_count = rows.Int(2);
  state.render = rows.Int(3);
  for (int column = 4; column < 8; ++column) state.due = std::max(state.due, rows.Int(column));
  return state;
}

Visibility VisibilityOf(const Entry& entry, Seconds now) {
  if (entry.status == EntryStatus::kTrash) return Visibility::kGone;
  if (entry.status != EntryStatus::kPublished || entry.visible_at > now) return Visibility::kHidden;
  return entry.expires_at > now ? Visibility::kVisible : Visibility::kGone;
}

std::optional<Entry> EntryByPath(sql::Tx& tx, std::string_view path) {
  return OneEntry(tx.Query(query::kEntryByPath, path));
}

std::optional<Entry> EntryById(sql::Tx& tx, Id id) {
  return OneEntry(tx.Query(query::kEntryById, id));
}

Neighbours NeighboursOf(sql::Tx& tx, const Entry& entry, Seconds now) {
  Neighbours neighbours;
  Rows rows = tx.Query(query::kEntryNeighbours, entry.visible_at, entry.id, now);
  while (rows.Step()) {
    auto& side = rows.Int(0) == 0 ? neighbours.newer : neighbours.older;
    side = Link{rows.String(1), TitleOr(rows.Text(2), rows.Text(3))};
  }
  return neighbours;
}

Terms TermsOf(sql::Tx& tx, Id entry) {
  Terms terms;
  Rows rows = tx.Query(query::kTermsOfEntry, entry);
  while (rows.Step())
    (rows.Int(0) == 0 ? terms.categories : terms.tags).push_back({rows.String(1), rows.String(2)});
  return terms;
}

std::vector<Comment> CommentsOf(sql::Tx& tx, Id entry) {
  std::vector<Comment> all;
  Rows rows = tx.Query(query::kCommentsOfEntry, entry);
  while (rows.Step()) {
    all.push_back({rows.Int(0), rows.Int(1), rows.Int(2), rows.String(3), KeptUrl(rows, 4),
                   !rows.IsNull(5), Kept(rows, 6)});
  }
  return all;
}

std::vector<Reference> ReferencesOf(sql::Tx& tx, Id entry) {
  std::vector<Reference> all;
  Rows rows = tx.Query(query::kReferencesOfEntry, entry);
  while (rows.Step()) {
    all.push_back({rows.Int(0), rows.As<ReferenceKind>(1), rows.As<ReferenceVia>(2), rows.String(3),
                   rows.String(4), rows.String(5), rows.String(6), rows.String(7), rows.String(8),
                   rows.Int(9), rows.As<MentionType>(10)});
  }
  return all;
}

std::vector<Update> UpdatesOf(sql::Tx& tx, Id entry) {
  std::vector<Update> all;
  Rows rows = tx.Query(query::kUpdatesOfEntry, entry);
  while (rows.Step()) all.push_back({rows.Int(0), Kept(rows, 1)});
  return all;
}

std::vector<Link> ChildrenOf(sql::Tx& tx, Id page, Seconds now) {
  std::vector<Link> all;
  Rows rows = tx.Query(query::kChildrenOfPage, page, now);
  while (rows.Step()) all.push_back({rows.String(0), rows.String(1)});
  return all;
}

std::vector<Listed> List(sql::Tx& tx, const ListOf& of, Seconds now, std::int64_t limit,
                         std::int64_t offset) {
  std::vector<Listed> all;
  {
    Rows rows = Start(tx, of, now, limit, offset);
    while (rows.Step()) all.push_back(ListedAt(rows));
  }
  for (std::size_t done = 0; done < all.size(); done += 20)
    AddTerms(tx, all.data() + done, std::min<std::size_t>(20, all.size() - done));
  return all;
}

std::int64_t CountOf(sql::Tx& tx, const ListOf& of, Seconds now) {
  switch (of.kind) {
    case ListKind::kYear:
      return tx.Int(query::kYearCount, of.year).value_or(0);
    case ListKind::kMonth:
      return tx.Int(query::kMonthCount, of.year, of.month).value_or(0);
    case ListKind::kDay:
      return tx.Int(query::kCountDay, now, of.year, of.month, of.day).value_or(0);
    case ListKind::kPinned:
      return tx.Int(query::kCountPinned, now).value_or(0);
    default:
      return ReadState(tx, now).entry_count;
  }
}

std::optional<FoundTerm> CategoryBySlug(sql::Tx& tx, std::string_view slug) {
  return OneTerm(tx.Query(query::kCategoryBySlug, slug));
}

std::optional<FoundTerm> TagBySlug(sql::Tx& tx, std::string_view slug) {
  return OneTerm(tx.Query(query::kTagBySlug, slug));
}

std::optional<FoundTerm> AuthorBySlug(sql::Tx& tx, std::string_view slug) {
  return OneTerm(tx.Query(query::kAuthorBySlug, slug));
}

std::vector<CommentInFeed> LatestComments(sql::Tx& tx, Seconds now, std::int64_t limit,
                                          std::int64_t offset) {
  return AllComments(tx.Query(query::kLatestComments, now, limit, offset));
}

std::vector<CommentInFeed> LatestCommentsOf(sql::Tx& tx, Id entry, std::int64_t limit) {
  return AllComments(tx.Query(query::kCommentsOfEntryNewest, entry, limit));
}

std::string SubAddress(std::string_view entry_path, std::string_view rest) {
  constexpr std::string_view kHtml = ".html";
  if (entry_path.ends_with(kHtml)) entry_path.remove_suffix(kHtml.size());
  while (entry_path.ends_with('/')) entry_path.remove_suffix(1);
  return std::string(entry_path).append(rest);
}

}  // namespace daybook::journal
