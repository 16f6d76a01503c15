// Authors, categories and tags of edit.h.
#include "journal/counts.h"
#include "journal/edit.h"
#include "journal/edit_common.h"
#include "sql/queries/write_entry.h"
#include "sql/queries/write_site.h"
#include "text/email.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

// After a category moved: the rows for those above it, in every entry below it.
void HangAgain(sql::Tx& tx, Id category) {
  std::vector<Id> entries;
  {
    sql::Rows rows = tx.Query(query::kCategoryEntries, category);
    while (rows.Step()) entries.push_back(rows.Int(0));
  }
  for (Id entry : entries) {
    std::vector<Id> direct;
    {
      sql::Rows rows = tx.Query(query::kEntryDraftCategories, entry);
      while (rows.Step()) direct.push_back(rows.Int(0));
    }
    Uncount(tx, entry);
    PutCategories(tx, entry, tx.Int(query::kEntryVisibleAt, entry).value_or(0), direct);
    Count(tx, entry);
  }
}

bool LiesBelow(sql::Tx& tx, Id category, Id above) {
  sql::Rows rows = tx.Query(query::kCategoryLine, category);
  while (rows.Step()) {
    if (rows.Int(0) == above) return true;
  }
  return false;
}

}  // namespace

Id UpsertAuthor(sql::Tx& tx, const AuthorDraft& author, Seconds now) {
  std::optional<text::EmailAddress> email = text::ParseEmail(author.email);
  return tx.Insert(query::kAuthorUpsert, TermSlug(author.slug, author.name, "author"),
                   CleanLine(author.name), email ? email->view() : std::string_view(),
                   CleanAddress(author.url), CleanText(author.about), author.role,
                   author.may_publish, now);
}

bool SetPassword(sql::Tx& tx, Id author, std::string_view hash) {
  return tx.Exec(query::kAuthorSetPassword, author, hash) > 0;
}

Id UpsertCategory(sql::Tx& tx, const CategoryDraft& category) {
  std::string slug = TermSlug(category.slug, category.name, "category");
  Id id = 0, old_parent = 0;
  {
    sql::Rows found = tx.Query(query::kCategoryPlace, slug);
    if (found.Step()) {
      id = found.Int(0);
      old_parent = found.OptionalInt(1).value_or(0);
    }
  }
  std::string name = CleanLine(category.name);
  std::string description = CleanText(category.description);
  if (id == 0) {
    return tx.Insert(query::kCategoryInsert, Nullable(category.parent_id), slug,
                     name.empty() ? slug : name, description, category.position);
  }
  Id parent = category.parent_id == 0 || LiesBelow(tx, category.parent_id, id) ? old_parent
                                                                               : category.parent_id;
  tx.Exec(query::kCategoryChange, id, Nullable(parent), name, description, category.position);
  if (parent != old_parent) HangAgain(tx, id);
  return id;
}

Id UpsertTag(sql::Tx& tx, std::string_view name, std::string_view slug) {
  std::string made = TermSlug(slug, name, "tag");
  if (std::optional<Id> id = tx.Int(query::kTagPlace, made)) return *id;
  std::string line = CleanLine(name);
  return tx.Insert(query::kTagInsert, made, line.empty() ? made : line);
}

}  // namespace daybook::journal
