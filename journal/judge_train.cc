// What the judge learns. Each decision keeps the tokens that it added, so that taking it back is
// exact whatever has become of the text or of the rules that cut it. The memory is bounded: past
// kDecisionsMax of a kind the oldest is taken back.
#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "journal/judge.h"
#include "journal/judge_tokens.h"
#include "sql/db.h"
#include "sql/queries/judge.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr std::int64_t kDecisionsMax = 2000;  // of good ones, and of spam
constexpr int kBatch = 20;                    // decisions in a transaction of Retrain

std::string Packed(const std::vector<Token>& tokens) {
  std::string packed;
  for (const Token& token : tokens) {
    auto bits = static_cast<std::uint64_t>(token.hash);
    for (int byte = 0; byte < 8; ++byte, bits >>= 8) packed += static_cast<char>(bits & 0xff);
  }
  return packed;
}

std::vector<std::int64_t> Unpacked(std::span<const std::byte> packed) {
  std::vector<std::int64_t> hashes;
  for (size_t at = 0; at + 8 <= packed.size(); at += 8) {
    std::uint64_t bits = 0;
    for (size_t byte = 0; byte < 8; ++byte)
      bits |= std::to_integer<std::uint64_t>(packed[at + byte]) << (8 * byte);
    hashes.push_back(static_cast<std::int64_t>(bits));
  }
  return hashes;
}

std::span<const std::byte> Bytes(const std::string& packed) {
  return std::as_bytes(std::span(packed.data(), packed.size()));
}

struct Training {
  Id id = 0;
  AnswerKind kind = AnswerKind::kComment;
  Id answer = 0;
  Taught verdict = Taught::kGood;
  std::int64_t edition = 0;
  bool counted = true;
  std::vector<std::int64_t> hashes;
};

void Add(sql::Tx& tx, Taught verdict, const std::vector<std::int64_t>& hashes) {
  const int good = verdict == Taught::kGood ? 1 : 0;
  tx.Exec(query::kSpamTokenAdd, 0, good, 1 - good);
  for (std::int64_t hash : hashes) tx.Exec(query::kSpamTokenAdd, hash, good, 1 - good);
}

void Subtract(sql::Tx& tx, Taught verdict, const std::vector<std::int64_t>& hashes) {
  const int good = verdict == Taught::kGood ? 1 : 0;
  const auto take = [&](std::int64_t hash) {
    if (tx.Exec(query::kSpamTokenDrop, hash, good, 1 - good) == 0)
      tx.Exec(query::kSpamTokenSubtract, hash, good, 1 - good);
  };
  take(0);
  for (std::int64_t hash : hashes) take(hash);
}

std::optional<Training> Find(sql::Tx& tx, AnswerKind kind, Id answer) {
  sql::Rows rows = tx.Query(query::kSpamTrainingRead, kind, answer);
  if (!rows.Step()) return std::nullopt;
  return Training{rows.Int(0),           kind,        answer,
                  rows.As<Taught>(1),    rows.Int(2), rows.Bool(3),
                  Unpacked(rows.Blob(4))};
}

void Remove(sql::Tx& tx, const Training& training) {
  if (training.counted) Subtract(tx, training.verdict, training.hashes);
  tx.Exec(query::kSpamTrainingRemove, training.id);
}

// What a stored answer says; nothing where it is gone or one of the journal's own wrote it.
std::optional<Candidate> Load(sql::Tx& tx, AnswerKind kind, Id id) {
  Candidate candidate;
  candidate.kind = kind;
  if (kind == AnswerKind::kComment) {
    sql::Rows rows = tx.Query(query::kJudgeComment, id);
    if (!rows.Step() || !rows.IsNull(4)) return std::nullopt;
    candidate.author_name = rows.String(0);
    candidate.author_email = rows.String(1);
    candidate.author_url = rows.String(2);
    candidate.body = rows.String(3);
    return candidate;
  }
  if (kind != AnswerKind::kReference) return std::nullopt;
  sql::Rows rows = tx.Query(query::kJudgeReference, id);
  if (!rows.Step() || rows.As<ReferenceKind>(5) == ReferenceKind::kSource) return std::nullopt;
  candidate.author_name = rows.String(0);
  candidate.author_url = rows.String(1);
  candidate.title = rows.String(2) + " " + rows.String(3);
  candidate.body = rows.String(4);
  return candidate;
}

void Put(sql::Tx& tx, AnswerKind kind, Id id, Taught decision, Seconds now,
         const Candidate& candidate) {
  const std::string packed = Packed(ReadCandidate(candidate).tokens);
  Add(tx, decision, Unpacked(Bytes(packed)));
  tx.Exec(query::kSpamTrainingAdd, kind, id, decision, now, kTokenEdition, Bytes(packed));
}

// Takes back the oldest decisions of that kind beyond the bound.
void Forget(sql::Tx& tx, Taught verdict) {
  const Trained trained = WhatIsTrained(tx);
  if ((verdict == Taught::kGood ? trained.good : trained.spam) <= kDecisionsMax) return;
  std::optional<std::pair<AnswerKind, Id>> oldest;
  {
    sql::Rows rows = tx.Query(query::kSpamTrainingOldest, verdict);
    if (rows.Step()) oldest.emplace(rows.As<AnswerKind>(0), rows.Int(1));
  }
  if (oldest) Untrain(tx, oldest->first, oldest->second);
}

// Counts up to kBatch decisions again, with the tokens of today where the text is still there.
int CountAgain(sql::Tx& tx) {
  std::vector<Training> batch;
  {
    sql::Rows rows = tx.Query(query::kSpamTrainingUncounted, kBatch);
    while (rows.Step())
      batch.push_back({rows.Int(0), rows.As<AnswerKind>(1), rows.Int(2), rows.As<Taught>(3),
                       rows.Int(4), false, Unpacked(rows.Blob(5))});
  }
  for (const Training& training : batch) {
    std::string packed;
    if (std::optional<Candidate> candidate = Load(tx, training.kind, training.answer)) {
      packed = Packed(ReadCandidate(*candidate).tokens);
    } else if (training.edition == kTokenEdition) {
      for (std::int64_t hash : training.hashes) packed += Packed({{hash, ""}});
    } else {
      tx.Exec(query::kSpamTrainingRemove, training.id);
      continue;
    }
    Add(tx, training.verdict, Unpacked(Bytes(packed)));
    tx.Exec(query::kSpamTrainingRecount, training.id, kTokenEdition, Bytes(packed));
  }
  return static_cast<int>(batch.size());
}

// Learns from up to kBatch comments before `before` that were decided elsewhere, the newest first;
// 0 where there are no more, or no room.
Id LearnImported(sql::Tx& tx, Taught decision, Id before, Seconds now) {
  const Trained trained = WhatIsTrained(tx);
  const std::int64_t room =
      kDecisionsMax - (decision == Taught::kGood ? trained.good : trained.spam);
  if (room <= 0) return 0;
  const AnswerStatus status =
      decision == Taught::kGood ? AnswerStatus::kPublic : AnswerStatus::kSpam;
  std::vector<std::pair<Id, Candidate>> batch;
  {
    sql::Rows rows = tx.Query(query::kJudgeImportedComments, before, status,
                              std::min<std::int64_t>(room, kBatch));
    while (rows.Step()) {
      Candidate candidate;
      candidate.author_name = rows.String(1);
      candidate.author_email = rows.String(2);
      candidate.author_url = rows.String(3);
      candidate.body = rows.String(4);
      batch.emplace_back(rows.Int(0), std::move(candidate));
    }
  }
  for (const auto& [id, candidate] : batch)
    Put(tx, AnswerKind::kComment, id, decision, now, candidate);
  return batch.empty() ? 0 : batch.back().first;
}

}  // namespace

std::optional<Taught> Train(sql::Tx& tx, AnswerKind kind, Id id, Taught decision, Seconds now) {
  const std::optional<Training> before = Find(tx, kind, id);
  if (before && before->verdict == decision) return decision;
  const std::optional<Candidate> candidate = Load(tx, kind, id);
  if (!candidate) return std::nullopt;
  if (before) Remove(tx, *before);
  Put(tx, kind, id, decision, now, *candidate);
  Forget(tx, decision);
  return before ? std::optional(before->verdict) : std::nullopt;
}

std::optional<Taught> Untrain(sql::Tx& tx, AnswerKind kind, Id id) {
  const std::optional<Training> before = Find(tx, kind, id);
  if (!before) return std::nullopt;
  Remove(tx, *before);
  return before->verdict;
}

std::optional<Taught> Teach(sql::Tx& tx, AnswerKind kind, Id id, std::optional<Taught> decision,
                            Seconds now) {
  return decision ? Train(tx, kind, id, *decision, now) : Untrain(tx, kind, id);
}

Trained WhatIsTrained(sql::Tx& tx) {
  sql::Rows rows = tx.Query(query::kSpamTokenRead, 0);
  return rows.Step() ? Trained{rows.Int(0), rows.Int(1)} : Trained{};
}

Trained Retrain(sql::Db& db, Seconds now) {
  using sql::Publicity;
  const auto left = [&] {
    return db.Read([](sql::Tx& tx) { return tx.Has(query::kSpamTrainingUncounted, 1); });
  };
  if (!left()) {  // else an earlier one was interrupted: go on
    db.Write(Publicity::kPrivate, [](sql::Tx& tx) {
      tx.Exec(query::kSpamTokenClear);
      tx.Exec(query::kSpamTrainingUncount);
    });
  }
  while (db.Write(Publicity::kPrivate, [](sql::Tx& tx) { return CountAgain(tx); }) > 0)
    db.CheckpointIfDue();
  for (const Taught decision : {Taught::kGood, Taught::kSpam}) {
    Id before = std::numeric_limits<Id>::max();
    while (before != 0) {
      before = db.Write(Publicity::kPrivate,
                        [&](sql::Tx& tx) { return LearnImported(tx, decision, before, now); });
      db.CheckpointIfDue();
    }
  }
  return db.Read([](sql::Tx& tx) { return WhatIsTrained(tx); });
}

}  // namespace daybook::journal
