// A journal's folder that is removed again, and the small schema and queries on which the store
// itself is tested. The journal's own schema is tested in sql_queries_test.cc.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>

#include "sql/db.h"
#include "sql/migrate.h"
#include "sql/queries/state.h"

namespace daybook::sql {

class TemporaryHome {
 public:
  TemporaryHome() {
    std::string name = (std::filesystem::temp_directory_path() / "daybook-XXXXXX").string();
    home_ = mkdtemp(name.data());
    std::filesystem::create_directory(home_ / "private");
    std::filesystem::create_directory(home_ / "public");
  }
  TemporaryHome(const TemporaryHome&) = delete;
  ~TemporaryHome() {
    std::error_code ignored;
    std::filesystem::remove_all(home_, ignored);
  }

  const std::filesystem::path& path() const { return home_; }
  std::filesystem::path file() const { return home_ / "private" / "journal.db"; }
  std::filesystem::path live() const { return home_ / "public" / "live"; }

 private:
  std::filesystem::path home_;
};

inline constexpr std::array<Migration, 1> kSmallSchema = {Migration{1, "small", R"sql(
create table state (id integer primary key check (id = 1), rev integer not null) strict;
insert into state values (1, 1);
create table note (id integer primary key, text text not null unique, size integer, weight real, raw blob) strict;
create table answer (id integer primary key, note_id integer not null references note (id)) strict;
)sql"}};

inline void WriteFile(const std::filesystem::path& file, std::string_view content) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
}

inline std::string ReadFile(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// Runs `f` in a process of its own; true if it ended by itself and gave true.
inline bool InAnotherProcess(const std::function<bool()>& f) {
  const pid_t child = fork();
  if (child == 0) {
    bool good = false;
    try {
      good = f();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "in another process: %s\n", error.what());
    }
    _exit(good ? 0 : 1);
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The kind of the DbError that `f` throws; kOther is told apart from no error by the test failing.
inline DbError::Kind KindThrown(const std::function<void()>& f) {
  try {
    f();
  } catch (const DbError& error) {
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return DbError::Kind::kOther;
}

// Ids far above those of the journal's own queries.
inline constexpr QueryOf<1> kAddNote{{"add_note",
                                      "insert into note (text) values ($1) returning id",
                                      Query::kOne, 1, 1000, nullptr}};
inline constexpr QueryOf<0> kCountNotes{
    {"count_notes", "select count(*) from note", Query::kOne, 0, 1001, nullptr}};
inline constexpr QueryOf<1> kNoteById{
    {"note_by_id", "select text from note where id = $1", Query::kOne, 1, 1002, ""}};
inline constexpr QueryOf<0> kAllNotes{
    {"all_notes", "select id, text from note order by id", Query::kMany, 0, 1003, nullptr}};

class StoreTest : public testing::Test {
 protected:
  StoreTest() : db_(Db::Open(home_.file(), OpenMode::kCreate)) { Migrate(db_, kSmallSchema); }

  int64_t Notes() {
    return db_.Read([](Tx& tx) { return tx.Int(kCountNotes).value(); });
  }
  int64_t Rev() {
    return db_.Read([](Tx& tx) { return tx.Int(query::kReadRev).value(); });
  }
  int64_t Add(std::string_view text, Publicity publicity = Publicity::kPrivate) {
    return db_.Write(publicity, [&](Tx& tx) { return tx.Insert(kAddNote, text); });
  }

  TemporaryHome home_;
  Db db_;
};

}  // namespace daybook::sql
