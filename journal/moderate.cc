// Decisions, their undoing, and what time erases.
#include "journal/moderate.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "journal/edit.h"
#include "sql/queries/moderate.h"
#include "sql/queries/queue.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr int kForgetAtOnce = 100;
constexpr Seconds kDay = 86400;
constexpr std::string_view kUndo = "undo";

// What a decision changes, as the log keeps it: "STATUS TAUGHT TRUSTED", "0 - 1".
struct Before {
  AnswerStatus status = AnswerStatus::kHeld;
  std::optional<Taught> taught;
  bool trusted = false;  // the writer was
};

std::string Written(const Before& before) {
  std::string text = std::to_string(static_cast<int>(before.status)) + " ";
  text += before.taught ? std::to_string(static_cast<int>(*before.taught)) : "-";
  return text + (before.trusted ? " 1" : " 0");
}

std::optional<Before> Read(std::string_view text) {
  if (text.size() != 5 || text[0] < '0' || text[0] > '3') return std::nullopt;
  Before before;
  before.status = static_cast<AnswerStatus>(text[0] - '0');
  if (text[2] == '0' || text[2] == '1') before.taught = static_cast<Taught>(text[2] - '0');
  before.trusted = text[4] == '1';
  return before;
}

std::string Subject(AnswerKind kind, Id id) {
  return (kind == AnswerKind::kComment ? "comment " : "reference ") + std::to_string(id);
}

std::optional<std::pair<AnswerKind, Id>> OfSubject(std::string_view subject) {
  std::pair<AnswerKind, Id> found{AnswerKind::kComment, 0};
  const std::size_t blank = std::min(subject.find(' '), subject.size());
  if (subject.substr(0, blank) == "reference") found.first = AnswerKind::kReference;
  subject.remove_prefix(std::min(blank + 1, subject.size()));
  std::from_chars(subject.data(), subject.data() + subject.size(), found.second);
  return found.second > 0 ? std::optional(found) : std::nullopt;
}

std::string_view Name(Decision decision) {
  switch (decision) {
    case Decision::kApprove:
      return "approve";
    case Decision::kSpam:
      return "spam";
    case Decision::kDelete:
      return "delete";
    case Decision::kRestore:
      break;
  }
  return "restore";
}

void SetStatus(sql::Tx& tx, AnswerKind kind, Id id, AnswerStatus status, Seconds now) {
  if (kind == AnswerKind::kComment) {
    SetCommentStatus(tx, id, status, now);
  } else {
    SetReferenceStatus(tx, id, status, now);
  }
}

bool WriterIsTrusted(sql::Tx& tx, AnswerKind kind, Id id) {
  return kind == AnswerKind::kComment && tx.Has(query::kCommentWriterTrusted, id);
}

bool IsAway(AnswerStatus status) {
  return status == AnswerStatus::kSpam || status == AnswerStatus::kTrash;
}

// Takes decisions off until the state before one of them was held or public; gives that one, or the
// first of all where there never was such a state.
std::optional<Before> TakeBack(std::vector<Before>& standing) {
  std::optional<Before> then;
  while (!standing.empty()) {
    then = standing.back();
    standing.pop_back();
    if (!IsAway(then->status)) break;
  }
  return then;
}

// What was before each decision that stands, the first decision first.
std::vector<Before> Standing(sql::Tx& tx, std::string_view subject) {
  std::vector<Before> standing;
  std::vector<std::vector<Before>> earlier;  // it, before each decision: what an undo goes back to
  sql::Rows rows = tx.Query(query::kLogDecisions, subject);
  while (rows.Step()) {
    const std::optional<Before> before = Read(rows.Text(1));
    if (!before) continue;
    if (rows.Text(0) == kUndo) {
      if (earlier.empty()) continue;
      standing = std::move(earlier.back());
      earlier.pop_back();
      continue;
    }
    earlier.push_back(standing);
    if (rows.Text(0) == Name(Decision::kRestore)) {
      TakeBack(standing);
    } else {
      standing.push_back(*before);
    }
  }
  return standing;
}

Answered ReadRow(const sql::Rows& rows, AnswerKind kind) {
  Answered item;
  item.kind = kind;
  item.id = rows.Int(0);
  item.status = rows.As<AnswerStatus>(1);
  item.created_at = rows.Int(2);
  item.author = rows.String(3);
  item.email = rows.String(4);
  item.url = rows.String(5);
  item.title = rows.String(6);
  item.text = rows.String(7);
  item.entry_path = rows.String(8);
  item.entry_title = rows.String(9);
  item.network = rows.String(10);
  item.score = rows.OptionalReal(11);
  item.reasons = ReadReasons(rows.Text(12));
  return item;
}

}  // namespace

std::optional<Moderated> Moderate(sql::Tx& tx, AnswerKind kind, Id id, Decision decision, Id who,
                                  Seconds now) {
  const std::optional<Answered> item = AnswerById(tx, kind, id);
  if (!item) return std::nullopt;
  Before before{item->status, std::nullopt, WriterIsTrusted(tx, kind, id)};
  AnswerStatus after = AnswerStatus::kTrash;
  const std::string subject = Subject(kind, id);
  bool same = false;  // nothing to take back afterwards, nothing for the log
  switch (decision) {
    case Decision::kApprove:
      after = AnswerStatus::kPublic;
      before.taught = Train(tx, kind, id, Taught::kGood, now);
      same = item->status == after && before.taught == Taught::kGood;
      if (!same || !before.trusted) SetStatus(tx, kind, id, after, now);
      same = same && before.trusted == WriterIsTrusted(tx, kind, id);
      break;
    case Decision::kSpam:
      after = AnswerStatus::kSpam;
      before.taught = Train(tx, kind, id, Taught::kSpam, now);
      same = item->status == after && before.taught == Taught::kSpam;
      if (!same) SetStatus(tx, kind, id, after, now);
      break;
    case Decision::kDelete:
      same = item->status == after;
      if (same) break;
      // Looked up by taking it out and putting it back: nothing changes.
      before.taught = Untrain(tx, kind, id);
      Teach(tx, kind, id, before.taught, now);
      SetStatus(tx, kind, id, after, now);
      break;
    case Decision::kRestore: {
      std::vector<Before> standing = Standing(tx, subject);
      const std::optional<Before> then = TakeBack(standing);
      same = !then && !IsAway(item->status);
      after = then   ? (IsAway(then->status) ? AnswerStatus::kHeld : then->status)
              : same ? item->status
                     : AnswerStatus::kHeld;
      if (same) break;
      before.taught = Teach(tx, kind, id, then ? then->taught : std::nullopt, now);
      SetStatus(tx, kind, id, after, now);
      if (then && !then->trusted && kind == AnswerKind::kComment)
        tx.Exec(query::kCommentWriterUntrust, id);
      break;
    }
  }
  if (!same)
    tx.Exec(query::kLogPut, now, who == 0 ? std::nullopt : std::optional<Id>(who), Name(decision),
            subject, Written(before));
  return Moderated{before.status, after};
}

int UndoActs(sql::Tx& tx, Id first, Id last, Id who, Seconds now) {
  struct Act {
    Id id;
    std::string subject;
    std::optional<Before> before;
  };
  std::vector<Act> acts;
  {
    sql::Rows rows = tx.Query(query::kLogActs, first, last, who);
    while (rows.Step()) acts.push_back({rows.Int(0), rows.String(1), Read(rows.Text(2))});
  }
  int undone = 0;
  for (const Act& act : acts) {
    const auto of = OfSubject(act.subject);
    if (!of || !act.before || tx.Int(query::kLogLastAct, act.subject) != act.id) continue;
    const auto [kind, id] = *of;
    const std::optional<Answered> item = AnswerById(tx, kind, id);
    if (!item) continue;
    Before now_is{item->status, std::nullopt, WriterIsTrusted(tx, kind, id)};
    now_is.taught = Teach(tx, kind, id, act.before->taught, now);
    SetStatus(tx, kind, id, act.before->status, now);
    if (!act.before->trusted && kind == AnswerKind::kComment)
      tx.Exec(query::kCommentWriterUntrust, id);
    tx.Exec(query::kLogPut, now, std::optional<Id>(who), kUndo, act.subject, Written(now_is));
    ++undone;
  }
  return undone;
}

std::optional<Answered> AnswerById(sql::Tx& tx, AnswerKind kind, Id id) {
  sql::Rows rows = kind == AnswerKind::kComment ? tx.Query(query::kModerateComment, id)
                                                : tx.Query(query::kModerateReference, id);
  if (!rows.Step()) return std::nullopt;
  return ReadRow(rows, kind);
}

std::vector<Answered> Answers(sql::Tx& tx, std::optional<AnswerStatus> status, int limit) {
  std::vector<Answered> all;
  const std::int64_t wanted = status ? static_cast<std::int64_t>(*status) : -1;
  {
    sql::Rows rows = tx.Query(query::kModerateComments, wanted, limit);
    while (rows.Step()) all.push_back(ReadRow(rows, AnswerKind::kComment));
  }
  {
    sql::Rows rows = tx.Query(query::kModerateReferences, wanted, limit);
    while (rows.Step()) all.push_back(ReadRow(rows, AnswerKind::kReference));
  }
  std::stable_sort(all.begin(), all.end(), [](const Answered& a, const Answered& b) {
    return a.created_at > b.created_at;
  });
  if (all.size() > static_cast<std::size_t>(limit)) all.resize(static_cast<std::size_t>(limit));
  return all;
}

bool ForgetOldAnswers(sql::Tx& tx, const Settings& settings, Seconds now) {
  const auto ids = [&](const auto& query, Seconds before) {
    std::vector<Id> found;
    sql::Rows rows = tx.Query(query, before, kForgetAtOnce);
    while (rows.Step()) found.push_back(rows.Int(0));
    return found;
  };
  const Seconds trash = now - settings.trash_days * kDay;
  const std::vector<Id> comments = ids(query::kCommentsOld, trash);
  const std::vector<Id> references = ids(query::kReferencesOld, trash);
  for (const Id id : comments) EraseComment(tx, id);
  for (const Id id : references) EraseReference(tx, id);
  const Seconds network = now - settings.network_days * kDay;
  tx.Exec(query::kCommentsForgetNetwork, network);
  tx.Exec(query::kReferencesForgetNetwork, network);
  return comments.size() == kForgetAtOnce || references.size() == kForgetAtOnce;
}

}  // namespace daybook::journal
