// An empty journal with one author, for the tests of what is written into it. Time is what the test
// says.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "journal/counts.h"
#include "journal/edit.h"
#include "journal/settings.h"
#include "sql/connection.h"
#include "sql/db.h"
#include "sql/migrate.h"
#include "sql/queries/state.h"
#include "sql/queries/write_counts.h"
#include "sql/query.h"

namespace daybook::journal {

inline constexpr Seconds kMarch19 = 1174291200;  // 2007-03-19T08:00:00Z, a Monday
inline constexpr Seconds kDay = 86400;

class JournalTest : public testing::Test {
 protected:
  template <typename F>
  auto Write(F&& f) {
    return db_.Write(sql::Publicity::kPublic, std::forward<F>(f));
  }
  template <typename F>
  auto Read(F&& f) {
    return db_.Read(std::forward<F>(f));
  }

  JournalTest()
      : folder_(MakeFolder()),
        db_(sql::Db::Open(folder_ / "private" / "journal.db", sql::OpenMode::kCreate)) {
    sql::Migrate(db_, sql::kMigrations);
    AuthorDraft author;
    author.name = "Ann Bø";
    author_ = Write([&](sql::Tx& tx) { return UpsertAuthor(tx, author, now_); });
    Set("url", "https://example.org");
  }
  ~JournalTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void Set(std::string_view name, std::string_view value) {
    SetResult result = Write([&](sql::Tx& tx) { return SetSetting(tx, config_, name, value); });
    ASSERT_EQ(result.message, "");
    settings_ = Read([&](sql::Tx& tx) { return LoadSettings(tx, config_); });
  }

  EntryDraft Draft(std::string title) const {
    EntryDraft draft;
    draft.status = EntryStatus::kPublished;
    draft.title = std::move(title);
    draft.body = "Some words.";
    draft.author_id = author_;
    draft.visible_at = kMarch19;
    return draft;
  }
  Id Save(const EntryDraft& draft) {
    return Write([&](sql::Tx& tx) { return SaveEntry(tx, settings_, draft, now_); });
  }
  Id Save(std::string title) { return Save(Draft(std::move(title))); }
  EntryDraft Load(Id id) {
    return Read([&](sql::Tx& tx) { return LoadDraft(tx, id); }).value();
  }
  void Replace(Id id, const EntryDraft& draft) {
    ASSERT_TRUE(Write([&](sql::Tx& tx) { return ReplaceEntry(tx, settings_, id, draft, now_); }));
  }
  std::string Path(Id id) {
    return Read([&](sql::Tx& tx) { return PathOf(tx, id); });
  }
  // The first value that a query of the test's own gives, as text.
  std::string Ask(const std::string& sql) {
    sql::Connection connection(db_.file(), sql::Connection::Access::kReader, false);
    return connection.Word(sql.c_str());
  }
  std::int64_t Rev() {
    return Read([](sql::Tx& tx) { return tx.Int(sql::query::kReadRev).value(); });
  }
  std::vector<std::string> Counts() {
    return Read([](sql::Tx& tx) {
      std::vector<std::string> lines;
      sql::Rows rows = tx.Query(sql::query::kKeptCounts);
      while (rows.Step()) lines.push_back(rows.String(0));
      return lines;
    });
  }
  bool Counted(const std::string& line) {
    for (const std::string& have : Counts()) {
      if (have == line) return true;
    }
    return false;
  }
  // Whom a recount proves wrong.
  void ExpectCountsHold() {
    std::vector<std::string> kept = Counts();
    Write([&](sql::Tx& tx) { RecountAll(tx, now_); });
    EXPECT_EQ(kept, Counts());
  }

  std::filesystem::path folder_;
  sql::Db db_;
  Config config_;
  Settings settings_;
  Seconds now_ = kMarch19 + 10 * kDay;
  Id author_ = 0;

 private:
  static std::filesystem::path MakeFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "daybook-XXXXXX").string();
    std::filesystem::path folder = mkdtemp(name.data());
    std::filesystem::create_directory(folder / "private");
    std::filesystem::create_directory(folder / "public");
    return folder;
  }
};

}  // namespace daybook::journal
