// Matches authors, categories and tags with those that are there, by slug and by name.
#include "journal/import_terms.h"

#include <algorithm>
#include <set>
#include <utility>

#include "journal/edit.h"
#include "journal/read.h"
#include "sql/queries/import.h"
#include "text/html_entities.h"
#include "text/slug.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

std::string Name(const std::string& s) {
  return text::DecodeHtml(s, text::References::kTerminated);
}

// The slug to ask for: the old one where it keeps our rule, else one like it that nothing else has.
template <typename Taken>
std::string FreeSlug(const std::string& old_slug, const std::string& name, const Taken& taken) {
  text::Slug slug = text::MakeSlug(old_slug.empty() ? name : old_slug);
  if (slug.empty()) slug = text::MakeSlug(name);
  if (slug.empty()) slug = text::MakeSlug("x");
  text::Slug free = slug;
  for (unsigned n = 1; taken(free.str()) && n < 1000; ++n) free = text::WithSuffix(slug, n);
  return free.str();
}

}  // namespace

ImportTerms::ImportTerms(const ImportBatches& batches, std::string source, Seconds now)
    : batches_(batches), source_(std::move(source)), now_(now) {
  batches_.db().Read([&](sql::Tx& tx) {
    first_author_ = tx.Int(query::kImportFirstAuthor).value_or(0);
    const auto load = [&](std::string_view kind, Ids& ids) {
      sql::Rows rows = tx.Query(query::kImportItemsOfKind, source_, kind);
      while (rows.Step()) ids[rows.String(0)] = rows.Int(1);
    };
    load("author", authors_);
    load("category", categories_);
    load("tag", tags_);
    for (const auto& [key, id] : categories_) {
      if (auto slug = tx.Text(query::kImportCategorySlug, id)) category_slugs_[key] = *slug;
    }
    for (const auto& [key, id] : tags_) {
      if (auto slug = tx.Text(query::kImportTagSlug, id)) tag_slugs_[key] = *slug;
    }
  });
}

Id ImportTerms::Author(const std::string& login) const {
  const Id id = Look(authors_, login);
  return id != 0 ? id : first_author_;
}

Id ImportTerms::KnownAuthor(const std::string& old_id) const { return Look(author_ids_, old_id); }

std::optional<std::string> ImportTerms::CategorySlug(const std::string& key) const {
  const auto found = category_slugs_.find(key);
  if (found == category_slugs_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> ImportTerms::TagSlug(const std::string& key) const {
  const auto found = tag_slugs_.find(key);
  if (found == tag_slugs_.end()) return std::nullopt;
  return found->second;
}

void ImportTerms::TakeAuthors(const std::vector<OldAuthor>& all) {
  std::vector<Id> ids(all.size());
  batches_.Run(
      all.size(),
      [&](sql::Tx& tx, std::size_t i) {
        const OldAuthor& old = all[i];
        const std::string& key = old.login.empty() ? old.name : old.login;
        if ((ids[i] = Look(authors_, key)) == 0) {
          AuthorDraft draft;
          draft.slug = text::MakeSlug(key).str();
          const auto namesake = AuthorBySlug(tx, draft.slug);
          // Only a name in an entry, perhaps with a slip in it: it says nothing about whoever is
          // known by it.
          const bool only_named =
              old.old_id.empty() && old.email.empty() && (old.name.empty() || old.name == key);
          if (namesake && only_named) {
            ids[i] = namesake->id;
            tx.Exec(query::kImportPutItem, source_, "author", key, ids[i]);
            return;
          }
          if (namesake && std::find(ids.begin(), ids.end(), namesake->id) != ids.end())
            draft.slug = FreeSlug(key, key, [&](const std::string& slug) {
              return AuthorBySlug(tx, slug).has_value();
            });
          draft.name = Name(old.name.empty() ? old.login : old.name);
          draft.email = old.email;
          draft.url = old.url;
          draft.about = old.about;
          ids[i] = UpsertAuthor(tx, draft, now_);
          tx.Exec(query::kImportPutItem, source_, "author", key, ids[i]);
        }
        const std::string slug = tx.Text(query::kImportAuthorSlug, ids[i]).value_or("");
        if (!old.old_id.empty()) AddRedirect(tx, "/?author=" + old.old_id, "/author/" + slug);
      },
      [&](std::size_t i, const std::string* why) {
        if (why != nullptr) return;
        authors_[all[i].login.empty() ? all[i].name : all[i].login] = ids[i];
        if (!all[i].old_id.empty()) author_ids_[all[i].old_id] = ids[i];
      });
}

void ImportTerms::TakeCategories(std::vector<OldTerm> all) {
  // Parents first; a circle is broken where it is met.
  std::map<std::string, std::size_t> by_key;
  for (std::size_t i = 0; i < all.size(); ++i) by_key.emplace(Key(all[i]), i);
  std::vector<std::size_t> order;
  std::vector<char> seen(all.size(), 0);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<std::size_t> chain;
    for (std::size_t at = i; at < all.size() && seen[at] == 0;) {
      seen[at] = 1;
      chain.push_back(at);
      const auto parent = all[at].parent.empty() ? by_key.end() : by_key.find(all[at].parent);
      at = parent == by_key.end() ? all.size() : parent->second;
    }
    order.insert(order.end(), chain.rbegin(), chain.rend());
  }
  struct Made {
    Id id = 0;
    std::string slug;
  };
  std::vector<Made> made(all.size());
  batches_.Run(
      order.size(),
      [&](sql::Tx& tx, std::size_t n) {
        const OldTerm& old = all[order[n]];
        const std::string key = Key(old);
        Made& m = made[order[n]];
        if ((m.id = Look(categories_, key)) == 0) {
          CategoryDraft draft;
          draft.name = Name(old.name.empty() ? old.slug : old.name);
          draft.description = old.description;
          draft.position = static_cast<std::int64_t>(order[n]);
          if (const auto parent = by_key.find(old.parent);
              !old.parent.empty() && parent != by_key.end()) {
            draft.parent_id = made[parent->second].id;
          }
          if (draft.parent_id == 0) draft.parent_id = Look(categories_, old.parent);
          const text::Slug same = text::MakeSlug(old.slug.empty() ? old.name : old.slug);
          draft.slug = same.str();
          if (draft.slug.empty() || draft.slug != old.slug) {
            draft.slug = FreeSlug(old.slug, draft.name, [&](const std::string& slug) {
              return tx.Text(query::kImportCategoryName, slug).value_or(draft.name) != draft.name;
            });
          }
          m.id = UpsertCategory(tx, draft);
          tx.Exec(query::kImportPutItem, source_, "category", key, m.id);
        }
        m.slug = tx.Text(query::kImportCategorySlug, m.id).value_or("");
        const std::string to = "/category/" + m.slug;
        if (!old.old_id.empty()) AddRedirect(tx, "/?cat=" + old.old_id, to);
        if (!old.slug.empty() && old.slug != m.slug) {
          for (const char* end : {"", "/"}) AddRedirect(tx, "/category/" + old.slug + end, to);
        }
      },
      [&](std::size_t n, const std::string* why) {
        if (why != nullptr) return;
        const OldTerm& old = all[order[n]];
        categories_[Key(old)] = made[order[n]].id;
        category_slugs_[Key(old)] = made[order[n]].slug;
        if (!old.old_id.empty()) category_slugs_[old.old_id] = made[order[n]].slug;
      });
}

void ImportTerms::TakeTags(const std::vector<OldTerm>& all) {
  struct Made {
    Id id = 0;
    std::string slug;
  };
  std::vector<Made> made(all.size());
  batches_.Run(
      all.size(),
      [&](sql::Tx& tx, std::size_t i) {
        const OldTerm& old = all[i];
        const std::string key = Key(old);
        Made& m = made[i];
        if ((m.id = Look(tags_, key)) == 0) {
          const std::string name = Name(old.name.empty() ? old.slug : old.name);
          const text::Slug same = text::MakeSlug(old.slug.empty() ? name : old.slug);
          std::string slug = same.str();
          if (slug.empty() || slug != old.slug) {
            slug = FreeSlug(old.slug, name, [&](const std::string& s) {
              return tx.Text(query::kImportTagName, s).value_or(name) != name;
            });
          }
          m.id = UpsertTag(tx, name, slug);
          tx.Exec(query::kImportPutItem, source_, "tag", key, m.id);
        }
        m.slug = tx.Text(query::kImportTagSlug, m.id).value_or("");
        const std::string to = "/tag/" + m.slug;
        if (!old.slug.empty()) AddRedirect(tx, "/?tag=" + old.slug, to);
        if (!old.slug.empty() && old.slug != m.slug) {
          for (const char* end : {"", "/"}) AddRedirect(tx, "/tag/" + old.slug + end, to);
        }
      },
      [&](std::size_t i, const std::string* why) {
        if (why != nullptr) return;
        tags_[Key(all[i])] = made[i].id;
        tag_slugs_[Key(all[i])] = made[i].slug;
      });
}

void ImportTerms::Take(const OldJournal& journal) {
  TakeAuthors(journal.authors);
  TakeCategories(journal.categories);
  TakeTags(journal.tags);
}

void ImportTerms::TakeFrom(const std::vector<OldEntry>& entries) {
  std::vector<OldAuthor> authors;
  std::vector<OldTerm> categories, tags;
  std::set<std::string> seen;
  const auto missing = [&](const Ids& ids, const std::string& key, char kind) {
    return !key.empty() && !ids.contains(key) && seen.insert(kind + key).second;
  };
  for (const OldEntry& entry : entries) {
    if (missing(authors_, entry.author, 'a'))
      authors.push_back({entry.author, entry.author, {}, {}, {}, {}});
    for (const OldTerm& term : entry.categories) {
      if (missing(categories_, Key(term), 'c')) categories.push_back(term);
    }
    for (const OldTerm& term : entry.tags) {
      if (missing(tags_, Key(term), 't')) tags.push_back(term);
    }
  }
  TakeAuthors(authors);
  TakeCategories(std::move(categories));
  TakeTags(tags);
}

}  // namespace daybook::journal
