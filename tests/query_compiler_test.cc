// sql/compile_queries.py: what it makes of good files, and where it says that bad ones are bad.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/store_fixture.h"

namespace daybook::sql {
namespace {

class QueryCompilerTest : public testing::Test {
 protected:
  void Write(const std::string& name, std::string_view content) {
    WriteFile(home_.path() / "sql" / name, content);
    files_ += " '" + (home_.path() / "sql" / name).string() + "'";
  }
  // What it complains of; empty if it was content.
  std::string Compile() {
    const auto log = home_.path() / "log";
    const std::string command = std::string("python3 '") + DAYBOOK_SOURCE_DIR +
                                "/sql/compile_queries.py' '" + out().string() + "'" + files_ +
                                " 2> '" + log.string() + "'";
    const int status = std::system(command.c_str());
    const std::string complaint = ReadFile(log);
    EXPECT_EQ(status == 0, complaint.empty()) << complaint;
    return complaint;
  }
  // The complaint about one file of queries.
  std::string Complaint(std::string_view content, const std::string& name = "queries/a.sql") {
    files_.clear();
    Write(name, content);
    return Compile();
  }
  std::filesystem::path out() const { return home_.path() / "out"; }

  TemporaryHome home_;
  std::string files_;
};

testing::AssertionResult Says(const std::string& complaint, std::string_view words) {
  if (complaint.find(words) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "it said: " << complaint << "not: " << words;
}

TEST_F(QueryCompilerTest, AQueryBecomesAConstantWithItsParameters) {
  Write("queries/a.sql",
        "-- About these.\n\n-- name: entry_by_path :one\n-- what it is for\n-- hot\n"
        "select id, 'it''s $9; \"quoted\" \\ text' -- $8 ;\nfrom entry\n\nwhere path = $2 and at < "
        "$1;\n");
  ASSERT_EQ(Compile(), "");
  const std::string header = ReadFile(out() / "queries/a.h");
  EXPECT_NE(header.find("extern const QueryOf<2> kEntryByPath;"), std::string::npos) << header;
  const std::string source = ReadFile(out() / "queries.cc");
  EXPECT_NE(source.find(R"("select id, 'it''s $9; \"quoted\" \\ text')"), std::string::npos);
  EXPECT_NE(source.find(R"(Query::kOne, 2, 0, "")"), std::string::npos) << source;
  EXPECT_EQ(source.find("what it is for"), std::string::npos);
}

TEST_F(QueryCompilerTest, UnchangedFilesKeepTheirTime) {
  Write("queries/a.sql", "-- name: a :exec\ndelete from a;\n");
  ASSERT_EQ(Compile(), "");
  const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  std::filesystem::last_write_time(out() / "queries/a.h", old);
  ASSERT_EQ(Compile(), "");
  EXPECT_EQ(std::filesystem::last_write_time(out() / "queries/a.h"), old);
}

TEST_F(QueryCompilerTest, EveryMistakeIsNamedWithFileAndLine) {
  const std::string said = Complaint(
      "-- name: a :one\nselect 1\n\n"            // 1
      "-- name: b :one\nselect 1;\nselect 2;\n"  // 4
      "-- name: c :one\n\n"                      // 7
      "-- name: d :one\nselect $1, $3;\n"        // 9
      "-- name: e :one\nselect $0;\n"            // 11
      "-- name: f :one\nselect 1\nFROM a;\n"     // 13
      "-- name: d :one\nselect 1;\n"             // 16
      "-- name: g :one\nselect 'FROM';\n");
  EXPECT_TRUE(Says(said, "a.sql:2: a does not end with ;"));
  EXPECT_TRUE(Says(said, "a.sql:5: b holds more than one statement"));
  EXPECT_TRUE(Says(said, "a.sql:7: c has no statement"));
  EXPECT_TRUE(Says(said, "a.sql:9: d uses $3 but not $2"));
  EXPECT_TRUE(Says(said, "a.sql:11: e: parameters count from $1"));
  EXPECT_TRUE(Says(said, "a.sql:15: write keywords in lower case: FROM"));
  EXPECT_TRUE(Says(said, "a.sql:16: d is defined already"));
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 7);
  EXPECT_FALSE(std::filesystem::exists(out()));

  EXPECT_TRUE(Says(Complaint("-- name: a\nselect 1;\n"), ":one, :many or :exec is missing"));
  EXPECT_TRUE(Says(Complaint("-- name: aB :one\nselect 1;\n"), "lower_case_words"));
  EXPECT_TRUE(Says(Complaint("select 1;\n"), "a.sql:1: a statement without a name"));
}

TEST_F(QueryCompilerTest, ANameIsUniqueAcrossFiles) {
  Write("queries/a.sql", "-- name: a :one\nselect 1;\n");
  Write("queries/b.sql", "-- name: a :one\nselect 1;\n");
  EXPECT_TRUE(Says(Compile(), "b.sql:1: a is defined already, at"));
}

TEST_F(QueryCompilerTest, WhatPostgresqlReadsDifferentlyHasFilesOfItsOwn) {
  std::string text;
  int line = 0;
  for (const char* statement :
       {"select rowid from a;", "select datetime('now');", "select strftime('%Y', 1);",
        "insert or replace into a values (1);", "insert or ignore into a values (1);",
        "replace into a values (1);", "select last_insert_rowid();", "select ifnull(a, 1) from b;",
        "select * from f where f match $1;", "select a == 1 from b;", "select `a` from b;",
        "select [a] from b;", "select a from b limit 1, 2;", "select a from b where c = ?;",
        "select a from b where c = :name;", "select a from b order by c collate nocase;"}) {
    text += "-- name: a" + std::to_string(++line) + " :one\n" + statement + "\n";
  }
  const std::string said = Complaint(text);
  for (int i = 1; i <= line; ++i) {
    EXPECT_TRUE(Says(said, "a.sql:" + std::to_string(2 * i) + ": not portable"));
  }
  EXPECT_EQ(Complaint(text, "queries/a.sqlite.sql"), "");
  EXPECT_EQ(Complaint("-- name: a :one\nselect 'rowid match [' as \"rowid\" from a; -- rowid\n"),
            "");
}

TEST_F(QueryCompilerTest, MigrationsAreNumberedWithoutAGapAndHaveNoTransactions) {
  Write("migrations/0001_first.sqlite.sql", "create table a (id integer); -- why\n");
  Write("migrations/0002_second.sqlite.sql",
        "create trigger t after insert on a begin\n  delete from a;\nend;\n");
  EXPECT_EQ(Compile(), "");
  EXPECT_EQ(ReadFile(out() / "queries.cc").find("why"), std::string::npos);
  Write("migrations/0004_gap.sqlite.sql", "drop table a;\n");
  EXPECT_TRUE(Says(Compile(), "number 0003 was expected"));
  EXPECT_TRUE(Says(Complaint("drop table a;\n", "migrations/1_short.sqlite.sql"), "NNNN_name"));
  EXPECT_TRUE(Says(Complaint("begin;\ndrop table a;\ncommit;\n", "migrations/0001_a.sqlite.sql"),
                   "holds none of its own"));
}

}  // namespace
}  // namespace daybook::sql
