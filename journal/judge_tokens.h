// What a text is made of, for the judge: tokens to look up and to learn, links, disguises. Pure; it
// decides nothing (judge.h) and knows no weights (judge_weights.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "journal/judge.h"

namespace daybook::journal {

// Grows whenever the same text would give other tokens: what was learnt before is then cut anew by
// `daybook comments retrain`.
inline constexpr int kTokenEdition = 2;
inline constexpr size_t kTokensMax = 96;

// `name` tells its kind in one letter:
//   w:word  p:two words  s:three words  c:two characters of a script without spaces
//   h:host  u:word of a link's path  n:word of the author's name  a:host of the author's address
//   m:manner, such as m:links2 or m:shouted  d:digest of all words
struct Token {
  std::int64_t hash = 0;
  std::string name;
};

struct Reading {
  std::vector<std::string> words;      // folded: name, title, text; for block rules of words
  std::vector<size_t> breaks;          // where in `words` another field begins: no rule spans it
  std::vector<std::string> addresses;  // "host/path" of every link, the author's first; bounded
  int links = 0;                       // in the text, hidden ones counted
  int hidden = 0;                      // disguises of letters and of links
  bool empty = false;                  // neither words nor links nor pictures
  std::vector<Token> tokens;           // at most kTokensMax, no two the same
};

[[nodiscard]] Reading ReadCandidate(const Candidate& candidate);

[[nodiscard]] std::int64_t TokenHash(std::string_view name);  // never 0
// As a person would say it: "w:casino" -> "casino"; empty for a manner.
[[nodiscard]] std::string_view SpokenToken(std::string_view name);

}  // namespace daybook::journal
