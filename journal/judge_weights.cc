// What tokens speak for.
#include "journal/judge_weights.h"

#include <algorithm>
#include <cmath>

namespace daybook::journal {
namespace {

// Where a text begins of which nothing is known; and how much is believed of what was learnt. The
// figures were chosen in the middle of what does well on each of three labelled sets when taught
// the other two (tests/bench/spam_splits.cc), not at the best for any.
constexpr double kBias = -1.35;
constexpr double kNewStrength = 1;    // decisions that an unknown token starts with
constexpr double kPriorStrength = 8;  // that a token of the prior starts with
constexpr double kLearntShare = 0.6;
constexpr double kPairShare = 0.7;  // what a pair says its words have mostly said already
constexpr double kCopyWeight = 3;   // the very text of a decision
constexpr double kGoodMost = -2.5;  // of all good words: who hides a link among many gains no more
constexpr double kTokensAlone = 3;  // beyond so many, tokens echo each other

// Log-odds of a token, from where it starts and what it was seen in.
double Learnt(double prior, const TokenCounts& counts, const TokenCounts& all) {
  const double good = static_cast<double>(counts.good) / (static_cast<double>(all.good) + 1);
  const double bad = static_cast<double>(counts.bad) / (static_cast<double>(all.bad) + 1);
  const auto seen = static_cast<double>(counts.good + counts.bad);
  const double start = 1 / (1 + std::exp(-prior));
  const double strength = prior == 0 ? kNewStrength : kPriorStrength;
  const double p = (strength * start + seen * bad / (good + bad)) / (strength + seen);
  return std::log(p / (1 - p));
}

}  // namespace

Weighed Weigh(std::span<const Token> tokens, std::span<const TokenCounts> counts,
              const TokenCounts& all) {
  Weighed result;
  std::vector<double> learnt(tokens.size());
  double seen = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const double prior = PriorWeight(tokens[i].name);
    result.weights.push_back(prior);
    if (counts[i].good + counts[i].bad <= 0) continue;
    if (tokens[i].name.starts_with("d:")) {
      result.weights[i] = counts[i].bad > counts[i].good ? kCopyWeight : -kCopyWeight / 2;
      continue;
    }
    ++seen;
    learnt[i] = (Learnt(prior, counts[i], all) - prior) *
                (tokens[i].name.starts_with("p:") ? kPairShare : 1);
  }
  // Tokens of one text depend on each other: their mean counts, not their sum, once there are many.
  const double share = kLearntShare / (1 + seen / kTokensAlone);
  double good_words = 0;
  result.log_odds = kBias;
  for (size_t i = 0; i < tokens.size(); ++i) {
    result.weights[i] += share * learnt[i];
    const bool manner = tokens[i].name.starts_with("m:") || tokens[i].name.starts_with("d:");
    (manner || result.weights[i] > 0 ? result.log_odds : good_words) += result.weights[i];
  }
  result.log_odds += std::max(good_words, kGoodMost);
  return result;
}

}  // namespace daybook::journal
