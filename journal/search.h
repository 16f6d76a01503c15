// Search over entries, pages and comments as readers type it (protocols: ranked among the newest
// 400 hits, with snippets; where more than 1,000 entries are found, comments are looked for among
// the newest 20,000). What is typed is cut into words here and quoted; none of it reaches the query
// language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "sql/db.h"

namespace daybook::journal {

// The match expression for what was typed: every word must be there, "…" is a phrase, a trailing *
// or the last word without a closing quote of three letters or more stands for all that begin so.
// Typographic quotes and dashes separate words as the tokenizer does. Empty if nothing to look for
// is left. At most 8 terms, of 12 words each.
std::string MatchExpression(std::string_view typed);

struct Hit {
  enum class Kind { kEntry, kPage, kComment } kind = Kind::kEntry;
  Id id = 0;
  std::string path, title;  // of the entry; of a comment the entry that it answers
  std::string author;       // of a comment
  Seconds at = 0;
  std::string zone;
  // Plain text with \x01 before and \x02 after each found word.
  std::string snippet;
};

struct Results {
  std::int64_t total = 0;  // 1,001 means "more than 1,000"
  std::vector<Hit> hits;   // of the page asked for
  bool more = false;       // there is a next page
};

inline constexpr std::int64_t kSearchPage = 10;
inline constexpr std::int64_t kSearchPages = 40;  // hits past the 400 ranked ones are not paged

// `page` from 1. Snippets are made for the hits returned only.
Results Search(sql::Tx& tx, std::string_view typed, Seconds now, std::int64_t page);

}  // namespace daybook::journal
