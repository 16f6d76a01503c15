// Small things that the files of edit.h share. Nobody else needs them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "sql/tx.h"

namespace daybook::journal {

// Several lines as somebody wrote them: UTF-8, line feeds, no other control characters.
[[nodiscard]] std::string CleanText(std::string_view text);
// The same in one line: line feeds and tabs become spaces, none at either end.
[[nodiscard]] std::string CleanLine(std::string_view text);
// A web address, or empty where it is none that may stand in a link.
[[nodiscard]] std::string CleanAddress(std::string_view typed);

// An id that is no row is null in the database.
[[nodiscard]] inline std::optional<Id> Nullable(Id id) {
  return id == 0 ? std::nullopt : std::optional<Id>(id);
}

// The slug that was given, else that of the name; where nothing is left of either, a stable one:
// "tag-1x3f9a2c".
[[nodiscard]] std::string TermSlug(std::string_view slug, std::string_view name,
                                   std::string_view kind);
// 32 bits of a text in base 36: to tell things apart, not to hide anything.
[[nodiscard]] std::string ShortHash(std::string_view text);

// Writes entry_category anew: `direct` in their order, then all above them. Not the counts.
void PutCategories(sql::Tx& tx, Id entry, Seconds visible_at, const std::vector<Id>& direct);

// The addresses of a category and those above it: "travel/ireland".
[[nodiscard]] std::string CategoryPath(sql::Tx& tx, Id category);

}  // namespace daybook::journal
