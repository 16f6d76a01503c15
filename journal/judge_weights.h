// What tokens speak for: the small prior that ships, so that the first day works, and how it is
// joined with what the owner has taught. Pure arithmetic; the counts are looked up in judge.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "journal/judge_tokens.h"

namespace daybook::journal {

struct TokenCounts {
  std::int64_t good = 0, bad = 0;
};

// Natural log-odds for spam of a token before any training; 0 for one that nothing is known of.
[[nodiscard]] double PriorWeight(std::string_view name);

struct Weighed {
  double log_odds = 0;          // for spam
  std::vector<double> weights;  // each token's part in it
};
// `counts`: one for each token; `all`: how many answers were taught.
[[nodiscard]] Weighed Weigh(std::span<const Token> tokens, std::span<const TokenCounts> counts,
                            const TokenCounts& all);

}  // namespace daybook::journal
