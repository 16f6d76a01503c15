// What the build makes of sql/queries/*.sql and sql/migrations/*.sql (compile_queries.py):
// constants of these types, declared in the generated "sql/queries/NAME.h". Nothing here runs a
// query: that is Tx in tx.h.
#pragma once

#include <span>

namespace daybook::sql {

struct Query {
  enum Kind { kOne, kMany, kExec };

  const char* name;  // as in the .sql file: entry_by_path
  const char* text;  // one statement with the parameters $1, $2, …
  Kind kind;
  int parameters;
  int id;           // dense from 0: a connection keeps its prepared statements in a vector
  const char* hot;  // null, or for a query that must not scan: the tables it may scan all the same
};

// The number of parameters is part of the type, so that a call with one too few does not compile.
template <int N>
struct QueryOf : Query {};

struct Migration {
  int number;  // 1, 2, 3, …: the schema version that it leads to
  const char* name;
  const char* text;  // any number of statements, run in one transaction
};

extern const std::span<const Query* const> kQueries;  // all of them, by id
extern const std::span<const Migration> kMigrations;  // 1, 2, 3, …

}  // namespace daybook::sql
