// The journal's own queries against the journal's own schema: every one can be prepared, and none
// of the hot ones reads a whole table.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "sql/connection.h"
#include "sql/query.h"
#include "tests/store_fixture.h"

namespace daybook::sql {
namespace {

class SqlQueriesTest : public testing::Test {
 protected:
  SqlQueriesTest() : db_(Db::Open(home_.file(), OpenMode::kCreate)) {
    Migrate(db_, kMigrations);
    connection_ = std::make_unique<Connection>(home_.file(), Connection::Access::kReadWrite, false);
  }

  // The lines of `explain query plan`.
  std::vector<std::string> Plan(const std::string& text) {
    std::vector<std::string> lines;
    sqlite3_stmt* statement = nullptr;
    const std::string question = "explain query plan " + text;
    const int code =
        sqlite3_prepare_v2(connection_->handle(), question.c_str(), -1, &statement, nullptr);
    EXPECT_EQ(code, SQLITE_OK) << sqlite3_errmsg(connection_->handle());
    while (sqlite3_step(statement) == SQLITE_ROW) {
      lines.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
    }
    sqlite3_finalize(statement);
    return lines;
  }

  TemporaryHome home_;
  Db db_;
  std::unique_ptr<Connection> connection_;
};

// What is wrong with it; nothing if it can be prepared.
std::string Problem(sqlite3* handle, const Query& query) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(handle, query.text, -1, &statement, nullptr);
  sqlite3_finalize(statement);
  return code == SQLITE_OK ? "" : std::string(query.name) + ": " + sqlite3_errmsg(handle);
}

// The first schema is that of journals which people have.
TEST(SqlMigrationsTest, EveryQueryPreparesOnAMigratedJournalWhichKeepsItsRows) {
  for (std::size_t first = 1; first < kMigrations.size(); ++first) {
    TemporaryHome home;
    Db db = Db::Open(home.file(), OpenMode::kCreate);
    Migrate(db, kMigrations.first(first));
    {
      const Connection old(home.file(), Connection::Access::kReadWrite, false);
      ASSERT_EQ(
          sqlite3_exec(old.handle(), "insert into setting (name, value) values ('title', 'Kept')",
                       nullptr, nullptr, nullptr),
          SQLITE_OK)
          << sqlite3_errmsg(old.handle());
    }
    EXPECT_EQ(Migrate(db, kMigrations).from, static_cast<std::int64_t>(first));
    Connection now(home.file(), Connection::Access::kReadWrite, false);
    ASSERT_EQ(AddSearchFunctions(now.handle()), SQLITE_OK);
    for (const Query* query : kQueries) EXPECT_EQ(Problem(now.handle(), *query), "");
    EXPECT_EQ(now.Word("select value from setting where name = 'title'"), "Kept");
  }
}

TEST(SqlMigrationsTest, CommentsOfAJournalThatWasMigratedAreFoundByTheirWriters) {
  TemporaryHome home;
  Db db = Db::Open(home.file(), OpenMode::kCreate);
  Migrate(db, kMigrations.first(2));
  {
    const Connection old(home.file(), Connection::Access::kReadWrite, false);
    ASSERT_EQ(
        sqlite3_exec(
            old.handle(),
            "insert into author (id, slug, name) values (1, 'mo', 'Mo');"
            "insert into entry (id, kind, status, slug, path, title, format, body, body_html, "
            "author_id, visible_at, zone, year, month, day, created_at, updated_at, guid, "
            "comments) select n, 0, 1, 's' || n, '/s' || n, 'T', 0, '', '', 1, 5, '', 1970, "
            "1, 1, 5, 5, 'g' || n, n from (select 0 n union select 3);"
            "insert into comment (id, entry_id, status, created_at, author_name, mode, body, "
            "body_html) select 7 + id, id, 1, 9, 'Ottilie', 0, 'A heron', '<p>A heron</p>' "
            "from entry;"
            "insert into comment_text (id, body) select id, body from comment;"
            "insert into comment_fts (rowid, body) select id, body from comment;",
            nullptr, nullptr, nullptr),
        SQLITE_OK)
        << sqlite3_errmsg(old.handle());
  }
  Migrate(db, kMigrations);
  Connection now(home.file(), Connection::Access::kReadWrite, false);
  const auto found = [&](const std::string& match) {
    const std::string ask =
        "select group_concat(rowid) from comment_fts where comment_fts match '" + match + "'";
    return now.Word(ask.c_str());
  };
  EXPECT_EQ(found("ottilie"), "7") << "and not that of the entry which shows none";
  EXPECT_EQ(found("heron ottilie"), "7");
  EXPECT_EQ(
      sqlite3_exec(now.handle(),
                   "insert into comment_fts (comment_fts, rank) values ('integrity-check', 1)",
                   nullptr, nullptr, nullptr),
      SQLITE_OK);
}

// The first line of a plan by which a table, an index or a search is read from end to end, other
// than `allowed` and what the query made itself; empty if there is none.
std::string FullScan(const std::vector<std::string>& plan, const std::set<std::string>& allowed) {
  std::set<std::string> made = allowed;
  const std::regex maker("(?:MATERIALIZE|CO-ROUTINE) (\\S+)");
  const std::regex scan("SCAN (\\S+)(.*)");
  const std::regex narrow_virtual(".*VIRTUAL TABLE INDEX \\d+:\\S+.*");
  for (const std::string& line : plan) {
    std::smatch match;
    if (std::regex_match(line, match, maker)) made.insert(match[1]);
  }
  for (const std::string& line : plan) {
    std::smatch match;
    if (line.find("AUTOMATIC") != std::string::npos) return line;
    if (!std::regex_match(line, match, scan)) continue;
    const std::string name = match[1];
    if (name == "CONSTANT" || name.front() == '(' || made.contains(name)) continue;
    if (std::regex_match(match[2].str(), narrow_virtual)) continue;
    return line;
  }
  return "";
}

TEST_F(SqlQueriesTest, EveryQueryFitsTheSchema) {
  ASSERT_FALSE(kQueries.empty());
  for (const Query* query : kQueries) {
    std::unique_ptr<Prepared> own;
    try {
      const Prepared* prepared = connection_->Borrow(*query, own);
      const int columns = sqlite3_column_count(prepared->statement);
      if (query->kind == Query::kExec) {
        EXPECT_EQ(columns, 0) << query->name << " gives rows, but is called :exec";
      } else {
        EXPECT_GT(columns, 0) << query->name << " gives no rows, but is not called :exec";
      }
      EXPECT_EQ(sqlite3_bind_parameter_count(prepared->statement), query->parameters)
          << query->name;
    } catch (const DbError& error) {
      ADD_FAILURE() << error.what();
    }
  }
}

TEST_F(SqlQueriesTest, AQueryKnowsItsPlaceInTheListOfAll) {
  for (size_t i = 0; i < kQueries.size(); ++i) {
    EXPECT_EQ(kQueries[i]->id, static_cast<int>(i));
  }
}

TEST_F(SqlQueriesTest, NoHotQueryReadsAWholeTable) {
  for (const Query* query : kQueries) {
    if (query->hot == nullptr) continue;
    std::istringstream words(query->hot);
    const std::set<std::string> allowed{std::istream_iterator<std::string>(words), {}};
    EXPECT_EQ(FullScan(Plan(query->text), allowed), "") << "in " << query->name;
  }
}

TEST_F(SqlQueriesTest, AFullScanIsNoticed) {
  connection_->Execute("create table t (id integer primary key, a integer, b integer)");
  connection_->Execute("create index t_a on t (a)");
  connection_->Execute("create virtual table f using fts5 (body)");
  EXPECT_EQ(FullScan(Plan("select b from t where a = 1"), {}), "");
  EXPECT_EQ(FullScan(Plan("select rowid from f where f match 'x'"), {}), "");
  EXPECT_EQ(FullScan(Plan("with w as materialized (select id from t where a = 1) "
                          "select b from w join t on t.id = w.id"),
                     {}),
            "");
  EXPECT_EQ(FullScan(Plan("select a from t where b = 1"), {}), "SCAN t");
  EXPECT_EQ(FullScan(Plan("select a from t where b = 1"), {"t"}), "");
  EXPECT_EQ(FullScan(Plan("select x.a from t x where x.b = 1"), {}), "SCAN x");
  EXPECT_NE(FullScan(Plan("select a from t order by a"), {}), "");
  EXPECT_NE(FullScan(Plan("select * from f"), {}), "");
  EXPECT_NE(FullScan(Plan("select * from t x join t y on x.b = y.b where x.a = 1"), {}), "");
}

}  // namespace
}  // namespace daybook::sql
