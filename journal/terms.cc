// Changes of categories and tags: see terms.h.
#include "journal/terms.h"

#include <algorithm>

#include "journal/counts.h"
#include "journal/edit.h"
#include "journal/edit_common.h"
#include "sql/queries/site.h"
#include "sql/queries/write_entry.h"
#include "sql/queries/write_site.h"
#include "sql/tx.h"
#include "text/slug.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr int kDeepest = 16;

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

// Entries with their own categories, taken out of the counts until they are hung again.
class Unhung {
 public:
  Unhung(sql::Tx& tx, Id category) : tx_(tx) {
    for (const Id entry : Ids(tx, query::kCategoryEntries, category)) {
      entries_.push_back({entry, Ids(tx, query::kEntryDraftCategories, entry)});
      Uncount(tx, entry);
    }
  }
  // In place of `from`; 0: nothing stands there.
  void Hang(Id from, Id to) {
    for (auto& [entry, direct] : entries_) {
      const bool has = std::find(direct.begin(), direct.end(), to) != direct.end();
      if (from != 0 && (to == 0 || has)) std::erase(direct, from);
      std::replace(direct.begin(), direct.end(), from, to);
      PutCategories(tx_, entry, tx_.Int(query::kEntryVisibleAt, entry).value_or(0), direct);
      Count(tx_, entry);
    }
  }

 private:
  struct Entry {
    Id id;
    std::vector<Id> direct;
  };
  sql::Tx& tx_;
  std::vector<Entry> entries_;
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

TermChange ChangeCategory(sql::Tx& tx, const Category& category) {
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
  std::optional<Unhung> entries;
  if (moves) entries.emplace(tx, category.id);
  tx.Exec(query::kSiteCategoryChange, category.id, Nullable(category.parent), slug, name,
          CleanText(category.description));
  if (moves) entries->Hang(0, 0);
  if (slug != before->slug) LeadOn(tx, "/category/", before->slug, slug);
  return TermChange::kDone;
}

bool RemoveCategory(sql::Tx& tx, Id id, Id heir) {
  const auto all = AllCategories(tx);
  const auto by_id = [&](Id wanted) {
    return std::find_if(all.begin(), all.end(), [&](const Category& c) { return c.id == wanted; });
  };
  const auto gone = by_id(id);
  if (gone == all.end() || heir == id || (heir != 0 && by_id(heir) == all.end())) return false;
  Unhung entries(tx, id);
  tx.Exec(query::kSiteCategoryLift, id, Nullable(gone->parent));
  tx.Exec(query::kSiteCategoryDrop, id);
  entries.Hang(id, heir);
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

bool RemoveTag(sql::Tx& tx, Id id, Id heir) {
  const Tag gone = TagById(tx, id);
  const Tag to = TagById(tx, heir);
  if (gone.id == 0 || heir == id || (heir != 0 && to.id == 0)) return false;
  const std::vector<Id> entries = Ids(tx, query::kSiteTagEntries, id);
  for (const Id entry : entries) Uncount(tx, entry);
  if (heir != 0) {
    tx.Exec(query::kSiteTagMove, id, heir);
    tx.Exec(query::kSiteTagMoveSubscribers, id, heir);
  }
  tx.Exec(query::kSiteTagDrop, id);
  for (const Id entry : entries) Count(tx, entry);
  LeadOn(tx, "/tag/", gone.slug, to.slug);
  return true;
}

}  // namespace daybook::journal
