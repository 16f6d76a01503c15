// Categories and tags as their owner changes them: another name, another place, one made of two,
// none at all. Entries keep what is left to them, and old addresses lead on. What writes is public.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

struct Category {
  Id id = 0, parent = 0;
  std::string slug = {}, name = {}, description = {};
  std::int64_t entries = 0;  // that readers can see, those below counted in
  int depth = 0;
};
// Depth first, those without entries too.
[[nodiscard]] std::vector<Category> AllCategories(sql::Tx& tx);

enum class TermChange { kDone, kGone, kNoName, kSlugTaken, kBelowItself };
// A new one where `id` is 0. An empty slug is made from the name; a taken one is refused if it was
// given, else numbered. Where it has another place in the tree now, its entries are still to be
// hung below the categories above it: that is HangSomeOfCategory's, and a job's a minute later.
[[nodiscard]] TermChange ChangeCategory(sql::Tx& tx, const Category& category, Seconds now);
struct HangCursor {
  Seconds visible_at = std::numeric_limits<Seconds>::min();
  Id entry = 0;
};
// Gives where it goes on; nothing when that job is done, or somebody else did it.
[[nodiscard]] std::optional<HangCursor> HangSomeOfCategory(sql::Tx& tx, Id category,
                                                           HangCursor after);
// Its entries go to `heir` (0: to none), the categories below it one level up.
bool RemoveCategory(sql::Tx& tx, Id id, Id heir);
// The same work in pieces that hold the lock for some milliseconds each: as long as this gives true
// there is more; then RemoveCategory. The journal is whole after every piece.
[[nodiscard]] bool MoveSomeOfCategory(sql::Tx& tx, Id id, Id heir);

struct Tag {
  Id id = 0;
  std::string slug = {}, name = {};
  std::int64_t entries = 0;  // drafts counted in
};
[[nodiscard]] std::vector<Tag> Tags(sql::Tx& tx, std::string_view like, std::int64_t limit,
                                    std::int64_t offset);
[[nodiscard]] std::int64_t CountTags(sql::Tx& tx, std::string_view like);
[[nodiscard]] Tag TagById(sql::Tx& tx, Id id);                          // id 0: not there
[[nodiscard]] Id TagNamed(sql::Tx& tx, std::string_view name_or_slug);  // 0: none
[[nodiscard]] TermChange ChangeTag(sql::Tx& tx, const Tag& tag);
// Its entries and subscribers go to `heir` (0: to none).
bool RemoveTag(sql::Tx& tx, Id id, Id heir);
[[nodiscard]] bool MoveSomeOfTag(sql::Tx& tx, Id id, Id heir);  // as MoveSomeOfCategory

}  // namespace daybook::journal
