// The owner's block lists: words, addresses of mail, web addresses, networks. `daybook comments
// block` and the owner's pages edit them here; the judge asks FindBlocked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/judge.h"

namespace daybook::journal {

enum class BlockKind { kWord = 0, kEmail = 1, kUrl = 2, kNetwork = 3 };  // numbers are stored

// The one form of each kind:
//   word     one to six words as the judge reads them (case, accents and disguises are gone); "*"
//            after the last one stands for any ending
//   email    "name@example.com", or "@example.com" for everybody there and below
//   url      "example.com" with all hosts below it, or "example.com/path" with all below that
//   network  "203.0.113.7", "203.0.113.0/24", "2001:db8::/32"
struct BlockRule {
  Id id = 0;
  BlockKind kind = BlockKind::kWord;
  std::string pattern;
  Seconds created_at = 0;
};

inline constexpr std::int64_t kBlockRulesMax = 1000;

// "word", "email", "url", "network".
[[nodiscard]] std::string_view NameOf(BlockKind kind);
[[nodiscard]] std::optional<BlockKind> BlockKindNamed(std::string_view name);

enum class BlockOutcome { kAdded, kThere, kRefused };
struct BlockResult {
  BlockOutcome outcome = BlockOutcome::kAdded;
  BlockRule rule;       // added, or there already
  std::string problem;  // refused: what to write instead
};
// `typed` as the owner wrote it; it is checked and brought into its one form.
BlockResult AddBlockRule(sql::Tx& tx, BlockKind kind, std::string_view typed, Seconds now);
bool RemoveBlockRule(sql::Tx& tx, Id id);  // false: there is none
[[nodiscard]] std::vector<BlockRule> ListBlockRules(sql::Tx& tx);

struct Reading;  // judge_tokens.h

// The first rule that fits what the candidate holds. `verified_email`: of the reader, or empty.
[[nodiscard]] std::optional<BlockRule> FindBlocked(sql::Tx& tx, const Candidate& candidate,
                                                   const Reading& reading,
                                                   std::string_view verified_email);

}  // namespace daybook::journal
