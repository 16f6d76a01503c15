// People, categories and tags of an old journal and which of ours they became.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/import_batch.h"
#include "journal/import_items.h"
#include "journal/model.h"

namespace daybook::journal {

class ImportTerms {
 public:
  // `source`: identity of the old journal. Knows at once what earlier imports made.
  ImportTerms(const ImportBatches& batches, std::string source, Seconds now);

  // Makes what is not there yet, parents before children, and the addresses that they had (?cat=3,
  // /category/old-name).
  void Take(const OldJournal& journal);
  // Those that only entries name.
  void TakeFrom(const std::vector<OldEntry>& entries);

  // 0 if there is none; for nobody the journal's own first author.
  [[nodiscard]] Id Author(const std::string& login_or_id) const;
  // Only people whom the old journal listed.
  [[nodiscard]] Id KnownAuthor(const std::string& old_id) const;
  [[nodiscard]] Id Category(const OldTerm& term) const { return Look(categories_, Key(term)); }
  [[nodiscard]] Id Tag(const OldTerm& term) const { return Look(tags_, Key(term)); }
  // Our slug of a category or tag with that old slug or id.
  [[nodiscard]] std::optional<std::string> CategorySlug(const std::string& old_slug_or_id) const;
  [[nodiscard]] std::optional<std::string> TagSlug(const std::string& old_slug) const;

 private:
  using Ids = std::map<std::string, Id, std::less<>>;
  static std::string Key(const OldTerm& term) {
    return term.slug.empty() ? "name:" + term.name : term.slug;
  }
  static Id Look(const Ids& ids, const std::string& key) {
    const auto found = ids.find(key);
    return found == ids.end() ? 0 : found->second;
  }
  void TakeAuthors(const std::vector<OldAuthor>& authors);
  void TakeCategories(std::vector<OldTerm> categories);
  void TakeTags(const std::vector<OldTerm>& tags);

  ImportBatches batches_;
  std::string source_;
  Seconds now_;
  Id first_author_ = 0;
  Ids authors_, author_ids_, categories_, tags_;
  std::map<std::string, std::string, std::less<>> category_slugs_, tag_slugs_;
};

}  // namespace daybook::journal
