// The one judge of what strangers send: comments, references, messages. It weighs where a text
// comes from, how it was sent and what it says, and gives an outcome with its reasons in words. It
// learns from the owner's decisions. It stores no comment and answers nobody; the block lists'
// editing is judge_block.h, what a text is made of judge_tokens.h.
//
// In order, in one write transaction: RateLimited (nothing else is done where it names a time),
// Judge, the insert, CountPost. When the owner decides: Train; when that is undone: Teach with what
// Train gave.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "journal/settings.h"

namespace daybook::sql {
class Db;
class Tx;
}  // namespace daybook::sql

namespace daybook::journal {

enum class AnswerKind {
  kComment = 0,
  kReference = 1,
  kMessage = 2,
  kPassword = 3
};  // numbers are stored

// What somebody sends, as it was typed. Bad UTF-8 does no harm.
struct Candidate {
  AnswerKind kind = AnswerKind::kComment;
  std::string author_name;
  std::string author_email;  // typed: it blocks, it never gives trust
  std::string author_url;    // of a reference: its page
  std::string title;         // of a reference; its site's name with it
  std::string body;          // source; of a reference its excerpt
  // The sender's network address, in full; only block rules for networks read it here. It is not
  // kept: NetworkOf (text/network.h) gives what may be.
  std::string address;
  Id reader_id = 0;             // from a signed cookie: whose address was confirmed
  bool owner = false;           // one of the journal's own people is signed in: never judged
  bool sender_trusted = false;  // of a reference: the owner let this site's pages in before
  bool honeypot = false;        // the field that nobody sees was filled in
  // Since the form was first signed for this writer: through a preview it is the first signature
  // that counts. Nothing where there is no form.
  std::optional<Seconds> seconds_to_post;
};

enum class JudgeOutcome { kPublish, kHold, kSpam };

// `key` is in the catalogue of words; its text has {what} where there is an argument.
struct JudgeReason {
  std::string key;
  std::string argument;
  friend bool operator==(const JudgeReason&, const JudgeReason&) = default;
};

struct Verdict {
  JudgeOutcome outcome = JudgeOutcome::kPublish;
  double score = 0;                  // 0 good … 1 spam: how far the text and its sending speak
  std::vector<JudgeReason> reasons;  // the weightiest first, at most kReasonsMax
};
inline constexpr size_t kReasonsMax = 3;

// At or above: no longer published by itself; taken for spam.
inline constexpr double kHoldScore = 0.5;
inline constexpr double kSpamScore = 0.9;

// Reads only: the block rules, the reader, at most kTokensMax tokens (judge_tokens.h).
[[nodiscard]] Verdict Judge(sql::Tx& tx, const Settings& settings, const Candidate& candidate);

// comment.reasons and reference.reasons: one a line, "key argument".
[[nodiscard]] std::string StoredReasons(const std::vector<JudgeReason>& reasons);
[[nodiscard]] std::vector<JudgeReason> ReadReasons(std::string_view stored);

// --- rates (judge_rates.cc)

// When to try again, if too much came from this network (/24 or /48) or for the whole journal; one
// or two lookups. Nothing with `rates = off`. `address` in full; one that is none counts for the
// journal only.
[[nodiscard]] std::optional<Seconds> RateLimited(sql::Tx& tx, const Settings& settings,
                                                 AnswerKind kind, std::string_view address,
                                                 Seconds now);
// One more was taken.
void CountPost(sql::Tx& tx, const Settings& settings, AnswerKind kind, std::string_view address,
               Seconds now);

// --- training (judge_train.cc)

enum class Taught { kGood = 0, kSpam = 1 };

// The owner approved a comment or reference, or called it spam: what it says counts from now on.
// Gives what it was taught as before; deciding the same again changes nothing. Nothing is learnt
// from the journal's own people, nor where there is no such row.
std::optional<Taught> Train(sql::Tx& tx, AnswerKind kind, Id id, Taught decision, Seconds now);
// Takes the training back exactly, whatever has become of the comment meanwhile. Gives what it was.
std::optional<Taught> Untrain(sql::Tx& tx, AnswerKind kind, Id id);
// Undo: as Train, or as Untrain where there is nothing to go back to.
std::optional<Taught> Teach(sql::Tx& tx, AnswerKind kind, Id id, std::optional<Taught> decision,
                            Seconds now);

struct Trained {
  std::int64_t good = 0, spam = 0;
};
[[nodiscard]] Trained WhatIsTrained(sql::Tx& tx);

// Builds the memory anew from every decision, and from what was imported with one (public or spam,
// never judged here). In short transactions; interrupted, it goes on when called again.
Trained Retrain(sql::Db& db, Seconds now);

}  // namespace daybook::journal
