// The owner's block lists.
#include "journal/judge_block.h"

#include <algorithm>
#include <array>

#include "journal/judge_links.h"
#include "journal/judge_tokens.h"
#include "sql/queries/judge.h"
#include "sql/tx.h"
#include "text/email.h"
#include "text/fold.h"
#include "text/html_clean.h"
#include "text/network.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr std::array<std::string_view, 4> kNames = {"word", "email", "url", "network"};
constexpr size_t kTypedMax = 500;
constexpr size_t kWordsMax = 6;
constexpr int kWidestV4 = 96 + 8;  // a rule may not shut out a larger part of the world
constexpr int kWidestV6 = 16;

struct Checked {
  std::string pattern;
  std::string problem;
};

Checked CheckWord(std::string_view typed) {
  const bool any_ending = typed.ends_with('*');
  const text::FoldedText folded = text::FoldWords(typed);
  Checked checked;
  if (folded.words.empty() || folded.words.size() > kWordsMax)
    return {"", "This needs one to six words."};
  for (const text::FoldedWord& word : folded.words)
    checked.pattern.append(checked.pattern.empty() ? "" : " ").append(word.text);
  // One letter, or two with any ending, would stop nearly everything.
  if (folded.words.size() == 1 && !folded.words[0].unspaced &&
      folded.words[0].text.size() < (any_ending ? 3 : 2))
    return {"", "This would fit too much. Use a longer word."};
  if (any_ending) checked.pattern += '*';
  return checked;
}

Checked CheckEmail(std::string_view typed) {
  if (typed.find('@') == std::string_view::npos || typed.starts_with('@')) {
    if (typed.starts_with('@')) typed.remove_prefix(1);
    std::optional<std::string> host = text::NormalHost(typed);
    if (host && host->find('.') != std::string::npos) return {"@" + *host, ""};
  } else if (std::optional<text::EmailAddress> address = text::ParseEmail(typed)) {
    return {text::AsciiLower(address->view()), ""};
  }
  return {"", "This needs the form name@example.com or @example.com."};
}

Checked CheckUrl(std::string_view typed) {
  if (typed.starts_with("*.")) typed.remove_prefix(2);
  std::optional<text::SafeUrl> url = text::ParseWebUrl(typed);
  std::string address = url ? ShortAddress(url->view()) : "";
  if (address.empty() || address.substr(0, address.find('/')).find('.') == std::string::npos)
    return {"", "This needs the form example.com or example.com/path."};
  return {address, ""};
}

Checked CheckNetwork(std::string_view typed) {
  std::optional<text::Network> network = text::ParseNetwork(typed);
  if (!network) return {"", "This needs the form 203.0.113.7, 203.0.113.0/24 or 2001:db8::/48."};
  if (network->prefix < (network->is_v4() ? kWidestV4 : kWidestV6))
    return {"", "This is too wide. The widest are /8, and /16 where there are colons."};
  return {text::NetworkText(*network), ""};
}

Checked Check(BlockKind kind, std::string_view typed) {
  typed = text::TrimHtmlSpace(typed);
  if (typed.size() > kTypedMax)
    return {"",
            std::to_string(typed.size()) + " bytes; at most " + std::to_string(kTypedMax) + "."};
  switch (kind) {
    case BlockKind::kWord:
      return CheckWord(typed);
    case BlockKind::kEmail:
      return CheckEmail(typed);
    case BlockKind::kUrl:
      return CheckUrl(typed);
    case BlockKind::kNetwork:
      return CheckNetwork(typed);
  }
  return {"", "This needs word, email, url or network."};
}

BlockRule Row(const sql::Rows& rows) {
  return {rows.Int(0), rows.As<BlockKind>(1), rows.String(2), rows.Int(3)};
}

// The words of a reading, to be found without reading all of them for each rule.
class WordIndex {
 public:
  explicit WordIndex(const Reading& reading) : reading_(reading) {
    order_.reserve(reading.words.size());
    for (size_t i = 0; i < reading.words.size(); ++i) order_.push_back(i);
    std::sort(order_.begin(), order_.end(),
              [&](size_t a, size_t b) { return reading.words[a] < reading.words[b]; });
  }

  [[nodiscard]] bool Holds(std::string_view pattern) const {
    const bool any_ending = pattern.ends_with('*');
    if (any_ending) pattern.remove_suffix(1);
    if (static_cast<unsigned char>(pattern[0]) >= 0xE0 && text::FoldWords(pattern).unspaced > 0)
      return std::any_of(
          reading_.words.begin(), reading_.words.end(),
          [&](const std::string& word) { return word.find(pattern) != std::string::npos; });
    const std::string_view first = pattern.substr(0, pattern.find(' '));
    const bool open = any_ending && first.size() == pattern.size();
    auto at =
        std::lower_bound(order_.begin(), order_.end(), first,
                         [&](size_t i, std::string_view word) { return reading_.words[i] < word; });
    for (; at != order_.end() && reading_.words[*at].starts_with(first); ++at) {
      if (!open && reading_.words[*at] != first) break;
      if (Follows(*at, pattern, any_ending)) return true;
    }
    return false;
  }

 private:
  [[nodiscard]] bool Follows(size_t at, std::string_view pattern, bool any_ending) const {
    const size_t start = at;
    while (true) {
      const size_t end = std::min(pattern.find(' '), pattern.size());
      const bool last = end == pattern.size();
      if (at >= reading_.words.size()) return false;
      if (at > start &&
          std::find(reading_.breaks.begin(), reading_.breaks.end(), at) != reading_.breaks.end())
        return false;
      const std::string& word = reading_.words[at];
      if (last && any_ending ? !word.starts_with(pattern) : word != pattern.substr(0, end))
        return false;
      if (last) return true;
      pattern.remove_prefix(end + 1);
      ++at;
    }
  }

  const Reading& reading_;
  std::vector<size_t> order_;
};

// "example.com/a" blocks that host and those below it, from that path on.
bool Blocks(std::string_view pattern, std::string_view address) {
  const std::string_view host = pattern.substr(0, pattern.find('/'));
  const std::string_view path = pattern.substr(host.size());
  const std::string_view its_host = address.substr(0, address.find_first_of("/?"));
  if (!its_host.ends_with(host)) return false;
  if (its_host.size() > host.size() && its_host[its_host.size() - host.size() - 1] != '.')
    return false;
  const std::string_view its_path = address.substr(its_host.size());
  return its_path.starts_with(path) && (path.empty() || its_path.size() == path.size() ||
                                        !text::IsAsciiAlnum(its_path[path.size()]));
}

bool BlocksMail(std::string_view pattern, std::string_view address) {
  if (!pattern.starts_with('@')) return pattern == address;
  const size_t at = address.rfind('@');
  return at != std::string_view::npos && Blocks(pattern.substr(1), address.substr(at + 1));
}

}  // namespace

std::string_view NameOf(BlockKind kind) { return kNames[static_cast<size_t>(kind)]; }

std::optional<BlockKind> BlockKindNamed(std::string_view name) {
  const auto* found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<BlockKind>(found - kNames.begin());
}

BlockResult AddBlockRule(sql::Tx& tx, BlockKind kind, std::string_view typed, Seconds now) {
  BlockResult result;
  Checked checked = Check(kind, typed);
  if (!checked.problem.empty()) {
    result.outcome = BlockOutcome::kRefused;
    result.problem = checked.problem;
    return result;
  }
  result.rule = {0, kind, checked.pattern, now};
  if (std::optional<Id> there = tx.Int(query::kBlockRuleFind, kind, checked.pattern)) {
    result.outcome = BlockOutcome::kThere;
    result.rule.id = *there;
    return result;
  }
  if (tx.Int(query::kBlockRuleCount).value_or(0) >= kBlockRulesMax) {
    result.outcome = BlockOutcome::kRefused;
    result.problem = "There are " + std::to_string(kBlockRulesMax) + " rules. Remove one first.";
    return result;
  }
  result.rule.id = tx.Insert(query::kBlockRuleInsert, kind, checked.pattern, now);
  return result;
}

bool RemoveBlockRule(sql::Tx& tx, Id id) { return tx.Exec(query::kBlockRuleRemove, id) > 0; }

std::vector<BlockRule> ListBlockRules(sql::Tx& tx) {
  std::vector<BlockRule> rules;
  sql::Rows rows = tx.Query(query::kBlockRules);
  while (rows.Step()) rules.push_back(Row(rows));
  return rules;
}

std::optional<BlockRule> FindBlocked(sql::Tx& tx, const Candidate& candidate,
                                     const Reading& reading, std::string_view verified_email) {
  sql::Rows rows = tx.Query(query::kBlockRules);
  if (!rows.Step()) return std::nullopt;
  const WordIndex words(reading);
  const std::string typed = text::AsciiLower(text::TrimHtmlSpace(candidate.author_email));
  const std::string verified = text::AsciiLower(verified_email);
  const std::optional<text::Network> peer = text::ParseNetwork(candidate.address);
  do {
    const std::string_view pattern = rows.Text(2);
    bool blocked = false;
    switch (rows.As<BlockKind>(1)) {
      case BlockKind::kWord:
        blocked = !pattern.empty() && words.Holds(pattern);
        break;
      case BlockKind::kEmail:
        blocked = BlocksMail(pattern, typed) || BlocksMail(pattern, verified);
        break;
      case BlockKind::kUrl:
        blocked = std::any_of(reading.addresses.begin(), reading.addresses.end(),
                              [&](const std::string& address) { return Blocks(pattern, address); });
        break;
      case BlockKind::kNetwork:
        if (std::optional<text::Network> rule = text::ParseNetwork(pattern); rule && peer)
          blocked = rule->Contains(*peer);
        break;
    }
    if (blocked) return Row(rows);
  } while (rows.Step());
  return std::nullopt;
}

}  // namespace daybook::journal
