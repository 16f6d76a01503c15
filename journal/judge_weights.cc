// What tokens speak for.
#include "journal/judge_weights.h"

#include <cmath>

namespace daybook::journal {
namespace {

// Where a text begins of which nothing else is known.
constexpr double kBias = -1.2;

}  // namespace

Weighed Weigh(std::span<const Token> tokens, std::span<const TokenCounts> counts,
              const TokenCounts& all) {
  Weighed result;
  result.log_odds = kBias;
  const double good_all = static_cast<double>(all.good) + 1;
  const double bad_all = static_cast<double>(all.bad) + 1;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const double prior = PriorWeight(tokens[i].name);
    const double good = static_cast<double>(counts[i].good) / good_all;
    const double bad = static_cast<double>(counts[i].bad) / bad_all;
    const double seen = static_cast<double>(counts[i].good + counts[i].bad);
    double weight = prior;
    if (seen > 0) {
      const double start = 1 / (1 + std::exp(-prior));
      const double strength = prior == 0 ? 1.0 : 4.0;
      const double p = (strength * start + seen * bad / (good + bad)) / (strength + seen);
      weight = std::log(p / (1 - p));
    }
    result.weights.push_back(weight);
    result.log_odds += weight;
  }
  return result;
}

}  // namespace daybook::journal
