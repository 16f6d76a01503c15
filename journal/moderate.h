// What the owner decides about comments and references: one set of operations for the command line
// and the owner's pages. Each decision trains the judge, is written to the log, and can be undone
// with everything that it brought about.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/judge.h"
#include "journal/model.h"
#include "journal/settings.h"

namespace daybook::sql {
class Db;
class Tx;
}  // namespace daybook::sql

namespace daybook::journal {

enum class Decision {
  kApprove,  // public; the judge learns that it is good; its confirmed writer is trusted
  kSpam,     // the judge learns that it is spam
  kDelete,   // to the trash; nothing is learnt
  kRestore,  // takes back the last decision that stands, and with it all that kept it in spam or
             // trash: status, training and trust are what they were when it last waited or was
             // public. Where nobody decided (the judge took it for spam), it waits again.
};

struct Moderated {
  AnswerStatus before = AnswerStatus::kHeld, after = AnswerStatus::kHeld;
};
// Deciding the same again changes nothing. In a private write transaction, which marks itself
// public where readers see a difference. `who`: an author, or 0 for the command line. Nothing where
// there is no such comment or reference.
std::optional<Moderated> Moderate(sql::Tx& tx, AnswerKind kind, Id id, Decision decision, Id who,
                                  Seconds now);

// Takes back the decisions that are rows `first` to `last` of the log, exactly: status, training
// and trust are as before each of them. Only those of that author, and where nothing was decided
// about the same thing since. Gives how many. In a private write transaction.
int UndoActs(sql::Tx& tx, Id first, Id last, Id who, Seconds now);

// One thing in the queue, or what became of it.
struct Answered {
  AnswerKind kind = AnswerKind::kComment;
  Id id = 0;
  AnswerStatus status = AnswerStatus::kHeld;
  Seconds created_at = 0;
  std::string author, email, url, title, text;  // text: source of a comment, excerpt of a reference
  std::string entry_path, entry_title;
  std::string network;
  std::optional<double> score;
  std::vector<JudgeReason> reasons;
};
[[nodiscard]] std::optional<Answered> AnswerById(sql::Tx& tx, AnswerKind kind, Id id);
// Newest first, both kinds together; without a status all of them. Sources are the owner's own and
// not among them.
[[nodiscard]] std::vector<Answered> Answers(sql::Tx& tx, std::optional<AnswerStatus> status,
                                            int limit);

// Erases spam and trash older than the journal keeps them, and forgets network addresses. A small
// step; true if there is more to do.
bool ForgetOldAnswers(sql::Tx& tx, const Settings& settings, Seconds now);

}  // namespace daybook::journal
