// Changes of categories and tags: see terms.h.
#include "journal/terms.h"

#include <algorithm>
#include <map>

#include "journal/edit.h"
#include "journal/edit_common.h"
#include "journal/jobs.h"
#include "sql/queries/site.h"
#include "sql/queries/terms.h"
#include "sql/queries/write_entry.h"
#include "sql/queries/write_site.h"
#include "sql/tx.h"
#include "text/slug.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr int kDeepest = 16;
constexpr std::size_t kSome = 100;  // entries in one transaction: some 20 ms
constexpr Seconds kPatience = 60;   // until a worker does what should be done long before

template <typename Query, typename... Args>
std::vector<Id> Ids(sql::Tx& tx, const Query& query, const Args&... args) {
  std::vector<Id> ids;
  sql::Rows rows = tx.Query(query, args...);
  while (rows.Step()) ids.push_back(rows.Int(0));
  return ids;
}

void Walk(const std::vector<Category>& all, Id parent, int depth, std::vector<Category>& out) {
  if (depth > kDeepest) return;
  for (const Category& one : all) {
    if (one.parent != parent) continue;
    out.push_back(one);
    out.back().depth = depth;
    Walk(all, one.id, depth + 1, out);
  }
}

// Hangs entries below the categories that the tree has above their own now, and keeps the counts by
// the difference: the entries' own rows, with all their text, stay untouched.
class Hanger {
 public:
  explicit Hanger(sql::Tx& tx) : tx_(tx) {}
  // `to` in place of `from`; 0: nothing stands there.
  void Hang(Id entry, Id from, Id to) {
    std::vector<Id> direct = Ids(tx_, query::kEntryDraftCategories, entry);
    const bool has = std::find(direct.begin(), direct.end(), to) != direct.end();
    if (from != 0 && (to == 0 || has)) std::erase(direct, from);
    if (from != 0) std::replace(direct.begin(), direct.end(), from, to);
    Seconds visible_at = 0;
    bool counted = false;
    {
      sql::Rows row = tx_.Query(query::kTermEntry, entry);
      if (!row.Step()) return;
      visible_at = row.Int(0);
      counted = row.Bool(1);
    }
    Add(entry, counted ? -1 : 0);
    PutCategories(tx_, entry, visible_at, direct);
    Add(entry, counted ? 1 : 0);
  }
  void PutCounts() {
    for (const auto& [category, more] : more_)
      if (more != 0) tx_.Exec(query::kTermCategoryCountMore, category, more);
    more_.clear();
  }

 private:
  void Add(Id entry, int amount) {
    if (amount == 0) return;
    for (const Id category : Ids(tx_, query::kTermCategoriesOf, entry)) more_[category] += amount;
  }
  sql::Tx& tx_;
  std::map<Id, std::int64_t> more_;
};

bool IsBelow(sql::Tx& tx, Id category, Id above) {
  const std::vector<Id> line = Ids(tx, query::kCategoryLine, category);
  return std::find(line.begin(), line.end(), above) != line.end();
}

// A slug for a term: the one that was typed, or one made from the name that nobody has. Empty: the
// typed one is another's.
template <typename Taken>
std::string SlugOf(sql::Tx& tx, const Taken& taken, std::string_view typed, std::string_view name,
                   Id id, std::string_view kind) {
  const std::string made = TermSlug(typed, name, kind);
  if (!tx.Has(taken, made, id)) return made;
  if (!typed.empty()) return "";
  const auto slug = text::ParseSlug(made);
  for (unsigned n = 2; slug; ++n) {
    std::string numbered = text::WithSuffix(*slug, n).str();
    if (!tx.Has(taken, numbered, id)) return numbered;
  }
  return "";
}

// Of a term that has another slug now, or is gone (`to` empty): its page and its feeds.
void LeadOn(sql::Tx& tx, std::string_view family, std::string_view from, std::string_view to) {
  constexpr std::string_view kPages[] = {"", "/rss.xml", "/atom.xml", "/feed.json"};
  for (const std::string_view page : kPages) {
    const std::string old = std::string(family) + std::string(from) + std::string(page);
    const std::string now =
        to.empty() ? "" : std::string(family) + std::string(to) + std::string(page);
    if (now.empty()) {
      AddRedirect(tx, old, "", 410);
      continue;
    }
    tx.Exec(query::kSiteRedirectsFollow, old, now);
    tx.Exec(query::kRedirectDrop, now);
    AddRedirect(tx, old, now);
  }
}

}  // namespace

std::vector<Category> AllCategories(sql::Tx& tx) {
  std::vector<Category> all;
  sql::Rows rows = tx.Query(query::kSiteCategories);
  while (rows.Step()) {
    all.push_back({rows.Int(0), rows.OptionalInt(1).value_or(0), rows.String(2), rows.String(3),
                   rows.String(4), rows.Int(5), 0});
  }
  std::vector<Category> tree;
  Walk(all, 0, 0, tree);
  return tree;
}

TermChange ChangeCategory(sql::Tx& tx, const Category& category, Seconds now) {
  const std::string name = CleanLine(category.name);
  if (name.empty()) return TermChange::kNoName;
  const std::string slug =
      SlugOf(tx, query::kSiteCategorySlugTaken, category.slug, name, category.id, "category");
  if (slug.empty()) return TermChange::kSlugTaken;
  if (category.id == 0) {
    UpsertCategory(tx, {.slug = slug,
                        .name = name,
                        .parent_id = category.parent,
                        .description = category.description});
    tx.Exec(query::kRedirectDrop, "/category/" + slug);
    return TermChange::kDone;
  }
  const auto all = AllCategories(tx);
  const auto before =
      std::find_if(all.begin(), all.end(), [&](const Category& c) { return c.id == category.id; });
  if (before == all.end()) return TermChange::kGone;
  if (category.parent != 0 && IsBelow(tx, category.parent, category.id))
    return TermChange::kBelowItself;
  const bool moves = before->parent != category.parent;
  tx.Exec(query::kSiteCategoryChange, category.id, Nullable(category.parent), slug, name,
          CleanText(category.description));
  if (moves) Enqueue(tx, {JobKind::kHang, category.id, now + kPatience});
  if (slug != before->slug) LeadOn(tx, "/category/", before->slug, slug);
  return TermChange::kDone;
}

std::optional<HangCursor> HangSomeOfCategory(sql::Tx& tx, Id category, HangCursor after) {
  if (!tx.Has(query::kTermJobWaits, JobKind::kHang, category)) return std::nullopt;
  std::vector<HangCursor> some;
  {
    sql::Rows rows =
        tx.Query(query::kTermCategoryAfter, category, after.visible_at, after.entry, kSome);
    while (rows.Step()) some.push_back({rows.Int(0), rows.Int(1)});
  }
  Hanger hanger(tx);
  for (const HangCursor& one : some) hanger.Hang(one.entry, 0, 0);
  hanger.PutCounts();
  if (some.size() == kSome) return some.back();
  DropJob(tx, JobKind::kHang, category);
  return std::nullopt;
}

bool MoveSomeOfCategory(sql::Tx& tx, Id id, Id heir) {
  const auto all = AllCategories(tx);
  const auto has = [&](Id wanted) {
    return std::any_of(all.begin(), all.end(), [&](const Category& c) { return c.id == wanted; });
  };
  if (!has(id) || heir == id || (heir != 0 && !has(heir))) return false;
  const auto gone =
      std::find_if(all.begin(), all.end(), [&](const Category& c) { return c.id == id; });
  // What lies below goes first, so that nothing comes back while entries are hung anew.
  tx.Exec(query::kSiteCategoryLift, id, Nullable(gone->parent));
  Hanger hanger(tx);
  const std::vector<Id> some = Ids(tx, query::kTermCategorySome, id, kSome);
  for (const Id entry : some) hanger.Hang(entry, id, heir);
  hanger.PutCounts();
  return some.size() == kSome;
}

bool RemoveCategory(sql::Tx& tx, Id id, Id heir) {
  const auto all = AllCategories(tx);
  const auto by_id = [&](Id wanted) {
    return std::find_if(all.begin(), all.end(), [&](const Category& c) { return c.id == wanted; });
  };
  const auto gone = by_id(id);
  if (gone == all.end() || heir == id || (heir != 0 && by_id(heir) == all.end())) return false;
  while (MoveSomeOfCategory(tx, id, heir)) {
  }
  tx.Exec(query::kSiteCategoryDrop, id);
  LeadOn(tx, "/category/", gone->slug, heir == 0 ? std::string() : by_id(heir)->slug);
  return true;
}

std::vector<Tag> Tags(sql::Tx& tx, std::string_view like, std::int64_t limit, std::int64_t offset) {
  std::vector<Tag> all;
  sql::Rows rows = tx.Query(query::kSiteTags, like, limit, offset);
  while (rows.Step()) all.push_back({rows.Int(0), rows.String(1), rows.String(2), rows.Int(3)});
  return all;
}

std::int64_t CountTags(sql::Tx& tx, std::string_view like) {
  return tx.Int(query::kSiteTagCount, like).value_or(0);
}

Tag TagById(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kSiteTag, id);
  return rows.Step() ? Tag{rows.Int(0), rows.String(1), rows.String(2), rows.Int(3)} : Tag{};
}

Id TagNamed(sql::Tx& tx, std::string_view typed) {
  const std::string name = CleanLine(typed);
  if (name.empty()) return 0;
  return tx.Int(query::kSiteTagNamed, text::MakeSlug(name).str(), name).value_or(0);
}

TermChange ChangeTag(sql::Tx& tx, const Tag& tag) {
  const std::string name = CleanLine(tag.name);
  if (name.empty()) return TermChange::kNoName;
  const Tag before = TagById(tx, tag.id);
  if (before.id == 0) return TermChange::kGone;
  const std::string slug = SlugOf(tx, query::kSiteTagSlugTaken, tag.slug, name, tag.id, "tag");
  if (slug.empty()) return TermChange::kSlugTaken;
  tx.Exec(query::kSiteTagChange, tag.id, slug, name);
  if (slug != before.slug) LeadOn(tx, "/tag/", before.slug, slug);
  return TermChange::kDone;
}

bool MoveSomeOfTag(sql::Tx& tx, Id id, Id heir) {
  struct Row {
    Id entry;
    Seconds visible_at;
    std::int64_t position;
    bool counted;
  };
  if (TagById(tx, id).id == 0 || heir == id || (heir != 0 && TagById(tx, heir).id == 0))
    return false;
  std::vector<Row> some;
  {
    sql::Rows rows = tx.Query(query::kTermTagSome, id, kSome);
    while (rows.Step()) some.push_back({rows.Int(0), rows.Int(1), rows.Int(2), rows.Bool(3)});
  }
  std::int64_t fewer = 0, more = 0;
  for (const Row& row : some) {
    fewer += row.counted;
    tx.Exec(query::kTermTagTake, id, row.visible_at, row.entry);
    if (heir != 0 &&
        tx.Exec(query::kEntryPutTag, heir, row.visible_at, row.entry, row.position) > 0)
      more += row.counted;
  }
  tx.Exec(query::kTermTagCountMore, id, -fewer);
  if (heir != 0) tx.Exec(query::kTermTagCountMore, heir, more);
  return some.size() == kSome;
}

bool RemoveTag(sql::Tx& tx, Id id, Id heir) {
  const Tag gone = TagById(tx, id);
  const Tag to = TagById(tx, heir);
  if (gone.id == 0 || heir == id || (heir != 0 && to.id == 0)) return false;
  while (MoveSomeOfTag(tx, id, heir)) {
  }
  if (heir != 0) tx.Exec(query::kSiteTagMoveSubscribers, id, heir);
  tx.Exec(query::kSiteTagDrop, id);
  LeadOn(tx, "/tag/", gone.slug, to.slug);
  return true;
}

}  // namespace daybook::journal
