// What the judge costs: reading a comment, judging it with a full memory, learning from it.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "journal/edit.h"
#include "journal/judge.h"
#include "journal/judge_block.h"
#include "journal/judge_tokens.h"
#include "journal/settings.h"
#include "sql/db.h"
#include "sql/migrate.h"
#include "sql/query.h"

namespace daybook::journal {
namespace {

Candidate Typical() {
  Candidate candidate;
  candidate.author_name = "Ida Smith";
  candidate.author_url = "https://ida.example";
  candidate.address = "203.0.113.7";
  candidate.body =
      "I think he was wrong about the tide, but the second photograph made me look again. We "
      "walked the same path in May, and the bridge was still there, though the river had taken "
      "half of the bank. See http://www.example.org/walks/may for what it looked like then.";
  return candidate;
}

// A journal whose judge knows 4,000 decisions of words drawn from 20,000.
class Journal {
 public:
  Journal() {
    std::string name = (std::filesystem::temp_directory_path() / "daybook-XXXXXX").string();
    home_ = mkdtemp(name.data());
    db_.emplace(sql::Db::Open(home_ / "journal.db", sql::OpenMode::kCreate));
    sql::Migrate(*db_, sql::kMigrations);
    settings_ = DefaultSettings();
    std::uint64_t state = 1;
    db_->Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      AuthorDraft author;
      author.name = "A";
      EntryDraft entry;
      entry.title = "T";
      entry.author_id = UpsertAuthor(tx, author, 1);
      entry.visible_at = 1;
      entry_ = SaveEntry(tx, settings_, entry, 1);
      for (int i = 0; i < 4000; ++i) {
        NewComment comment;
        comment.entry_id = entry_;
        comment.author_name = "B";
        for (int word = 0; word < 40; ++word) {
          state = state * 6364136223846793005U + 1442695040888963407U;
          comment.body += "w" + std::to_string((state >> 33) % 20000) + " ";
        }
        Train(tx, AnswerKind::kComment, AddComment(tx, comment),
              i % 2 == 0 ? Taught::kGood : Taught::kSpam, i);
      }
      for (int i = 0; i < 200; ++i)
        AddBlockRule(tx, BlockKind::kWord, "blocked" + std::to_string(i), 1);
    });
  }
  Journal(const Journal&) = delete;
  ~Journal() {
    db_.reset();
    std::filesystem::remove_all(home_);
  }

  std::filesystem::path home_;
  std::optional<sql::Db> db_;
  Settings settings_;
  Id entry_ = 0;
};

void ReadAComment(benchmark::State& state) {
  const Candidate candidate = Typical();
  for (auto _ : state) benchmark::DoNotOptimize(ReadCandidate(candidate).tokens.size());
}
BENCHMARK(ReadAComment)->Unit(benchmark::kMicrosecond);

void JudgeACommentWithAFullMemory(benchmark::State& state) {
  Journal journal;
  const Candidate candidate = Typical();
  journal.db_->Read([&](sql::Tx& tx) {
    for (auto _ : state) benchmark::DoNotOptimize(Judge(tx, journal.settings_, candidate).score);
  });
}
BENCHMARK(JudgeACommentWithAFullMemory)->Unit(benchmark::kMicrosecond);

void LearnAndTakeBack(benchmark::State& state) {
  Journal journal;
  journal.db_->Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    NewComment comment;
    comment.entry_id = journal.entry_;
    comment.author_name = "Ida Smith";
    comment.body = Typical().body;
    const Id id = AddComment(tx, comment);
    Untrain(tx, AnswerKind::kComment, 1);
    for (auto _ : state) {
      Train(tx, AnswerKind::kComment, id, Taught::kGood, 5000);
      Untrain(tx, AnswerKind::kComment, id);
    }
  });
}
BENCHMARK(LearnAndTakeBack)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace daybook::journal

BENCHMARK_MAIN();
