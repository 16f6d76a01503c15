// Categories and tags as their owner changes them: another name, another place, one made of two,
// none at all. Entries keep what is left to them, and old addresses lead on. What writes is public.
#pragma once

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
// given, else numbered.
[[nodiscard]] TermChange ChangeCategory(sql::Tx& tx, const Category& category);
// Its entries go to `heir` (0: to none), the categories below it one level up.
bool RemoveCategory(sql::Tx& tx, Id id, Id heir);

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

}  // namespace daybook::journal
