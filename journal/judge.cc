// The judge: evidence, outcome, reasons.
#include "journal/judge.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "journal/judge_block.h"
#include "journal/judge_tokens.h"
#include "journal/judge_weights.h"
#include "sql/queries/judge.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr double kHoneypotWeight = 3;
constexpr Seconds kFast = 2;  // nobody reads, writes and presses sooner
constexpr double kFastWeight = 1.5;
constexpr double kTrustWeight = -3;
constexpr int kManyLinks = 4;  // so many wait whatever stands around them
constexpr int kManyDisguises = 3;
constexpr size_t kSpokenTokens = 3;
constexpr double kSpokenWeight = 0.4;  // a token that says less is no reason

double Probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

struct Sender {
  bool confirmed = false;
  bool trusted = false;  // and once approved
  std::string email;
};

Sender Who(sql::Tx& tx, const Candidate& candidate) {
  Sender sender;
  if (candidate.reader_id == 0) return sender;
  sql::Rows rows = tx.Query(query::kJudgeReader, candidate.reader_id);
  if (!rows.Step() || !rows.Bool(0)) return sender;
  sender.confirmed = true;
  sender.trusted = rows.Bool(1);
  sender.email = rows.String(2);
  return sender;
}

std::vector<TokenCounts> LookUp(sql::Tx& tx, const std::vector<Token>& tokens, TokenCounts& all) {
  const auto read = [&](std::int64_t hash) {
    sql::Rows rows = tx.Query(query::kSpamTokenRead, hash);
    return rows.Step() ? TokenCounts{rows.Int(0), rows.Int(1)} : TokenCounts{};
  };
  std::vector<TokenCounts> counts(tokens.size());
  all = read(0);
  if (all.good + all.bad == 0) return counts;
  for (size_t i = 0; i < tokens.size(); ++i) counts[i] = read(tokens[i].hash);
  return counts;
}

// The words that weigh most, as one says them: "casino, buy now".
std::string Spoken(const std::vector<Token>& tokens, const std::vector<double>& weights) {
  std::vector<size_t> order;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (weights[i] >= kSpokenWeight && !SpokenToken(tokens[i].name).empty()) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return weights[a] > weights[b]; });
  std::string spoken;
  for (size_t i = 0; i < std::min(order.size(), kSpokenTokens); ++i)
    spoken.append(i == 0 ? "" : ", ").append(SpokenToken(tokens[order[i]].name));
  return spoken;
}

std::string_view BlockReason(BlockKind kind) {
  switch (kind) {
    case BlockKind::kWord:
      return "reason.block.word";
    case BlockKind::kEmail:
      return "reason.block.email";
    case BlockKind::kUrl:
      return "reason.block.url";
    case BlockKind::kNetwork:
      return "reason.block.network";
  }
  return "reason.block.word";
}

class Hearing {
 public:
  Hearing(const Settings& settings, const Candidate& candidate, Sender sender)
      : settings_(settings), candidate_(candidate), sender_(std::move(sender)) {}

  void Blocked(const BlockRule& rule);
  void Text(const Reading& reading, const Weighed& weighed);
  void Sending();
  Verdict Policy();

 private:
  void Say(std::string_view key, std::string argument = "") {
    verdict_.reasons.push_back({std::string(key), std::move(argument)});
  }
  void AtLeast(JudgeOutcome outcome) { verdict_.outcome = std::max(verdict_.outcome, outcome); }

  const Settings& settings_;
  const Candidate& candidate_;
  const Sender sender_;
  Verdict verdict_;
  double log_odds_ = 0;
  bool text_speaks_ = false;  // against it, by itself
  bool blocked_ = false;
};

void Hearing::Blocked(const BlockRule& rule) {
  blocked_ = true;
  AtLeast(JudgeOutcome::kSpam);
  Say(BlockReason(rule.kind), rule.pattern);
}

void Hearing::Text(const Reading& reading, const Weighed& weighed) {
  log_odds_ = weighed.log_odds;
  text_speaks_ = Probability(log_odds_) >= kHoldScore;
  if (candidate_.honeypot) Say("reason.honeypot");
  if (reading.hidden >= kManyDisguises || (text_speaks_ && reading.hidden > 0))
    Say("reason.hidden");
  if (text_speaks_) {
    if (std::string spoken = Spoken(reading.tokens, weighed.weights); !spoken.empty())
      Say("reason.words", std::move(spoken));
  }
  if (reading.links >= kManyLinks || (text_speaks_ && reading.links > 0))
    Say("reason.links", std::to_string(reading.links));
  if (reading.empty && candidate_.kind == AnswerKind::kComment) {
    Say("reason.empty");
    AtLeast(JudgeOutcome::kHold);
  }
  if (reading.links >= kManyLinks || reading.hidden >= kManyDisguises) AtLeast(JudgeOutcome::kHold);
}

void Hearing::Sending() {
  if (candidate_.honeypot) {
    log_odds_ += kHoneypotWeight;
    AtLeast(JudgeOutcome::kHold);
  }
  if (candidate_.seconds_to_post && *candidate_.seconds_to_post < kFast) {
    log_odds_ += kFastWeight;
    Say("reason.fast", std::to_string(std::max<Seconds>(*candidate_.seconds_to_post, 0)));
  }
  if (sender_.trusted || candidate_.sender_trusted) log_odds_ += kTrustWeight;
  verdict_.score = blocked_ ? 1 : Probability(log_odds_);
  if (verdict_.score >= kHoldScore) AtLeast(JudgeOutcome::kHold);
  // Neither haste nor a filled-in trap is spam without words that are, and somebody whom the owner
  // let in before is not thrown out by a reckoning.
  if (verdict_.score >= kSpamScore && text_speaks_ && !sender_.trusted)
    AtLeast(JudgeOutcome::kSpam);
}

Verdict Hearing::Policy() {
  std::string_view policy;
  if (candidate_.kind == AnswerKind::kReference) {
    if (!sender_.trusted && !candidate_.sender_trusted) policy = "reason.reference";
  } else if (candidate_.kind == AnswerKind::kComment) {
    if (settings_.comments_hold == Hold::kAll) policy = "reason.all";
    if (settings_.comments_hold == Hold::kFirst && !sender_.trusted) policy = "reason.first";
  }
  if (!policy.empty()) {
    AtLeast(JudgeOutcome::kHold);
    Say(policy);
  }
  if (verdict_.reasons.size() > kReasonsMax) verdict_.reasons.resize(kReasonsMax);
  return std::move(verdict_);
}

}  // namespace

Verdict Judge(sql::Tx& tx, const Settings& settings, const Candidate& candidate) {
  if (candidate.owner) return {};
  const Reading reading = ReadCandidate(candidate);
  Sender sender = Who(tx, candidate);
  const std::optional<BlockRule> rule = FindBlocked(tx, candidate, reading, sender.email);
  TokenCounts all;
  const std::vector<TokenCounts> counts = LookUp(tx, reading.tokens, all);
  const Weighed weighed = Weigh(reading.tokens, counts, all);

  Hearing hearing(settings, candidate, std::move(sender));
  if (rule) hearing.Blocked(*rule);
  hearing.Text(reading, weighed);
  hearing.Sending();
  return hearing.Policy();
}

std::string StoredReasons(const std::vector<JudgeReason>& reasons) {
  std::string stored;
  for (const JudgeReason& reason : reasons) {
    if (!stored.empty()) stored += '\n';
    stored += reason.key;
    if (reason.argument.empty()) continue;
    std::string argument = reason.argument;
    std::replace(argument.begin(), argument.end(), '\n', ' ');
    stored.append(" ").append(argument);
  }
  return stored;
}

std::vector<JudgeReason> ReadReasons(std::string_view stored) {
  std::vector<JudgeReason> reasons;
  while (!stored.empty()) {
    const std::string_view line = stored.substr(0, stored.find('\n'));
    stored.remove_prefix(std::min(line.size() + 1, stored.size()));
    const std::string_view key = line.substr(0, line.find(' '));
    if (key.empty()) continue;
    reasons.push_back(
        {std::string(key), std::string(line.substr(std::min(key.size() + 1, line.size())))});
  }
  return reasons;
}

}  // namespace daybook::journal
