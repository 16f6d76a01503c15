// One SQLite connection and its prepared statements. Internal to sql/: everybody else has Db and
// Tx.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sql/errors.h"
#include "sql/query.h"

struct sqlite3;
struct sqlite3_stmt;

namespace daybook::sql {

// A statement prepared once and kept.
struct Prepared {
  explicit Prepared(const Query& q) : query(&q) {}
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
  ~Prepared();

  const Query* query;
  sqlite3_stmt* statement = nullptr;
  std::vector<int> index;  // of $1, $2, … as SQLite numbers them
  bool in_use = false;
};

// Makes relevance() and snippet_of() known to queries of this connection. Gives SQLite's error
// code.
[[nodiscard]] int AddSearchFunctions(sqlite3* db);

class Connection {
 public:
  enum class Access {
    kCreate,     // reads and writes, makes the file
    kReadWrite,  // reads and writes
    kReader,     // a journal that others write: query_only
    kImmutable,  // a file in a folder where nothing can be written
    kReadOnly,   // the same with a log beside it, and the index of that log
  };
  // Opens and sets everything that parts.md asks for. `rollback` chooses the rollback journal over
  // the write-ahead log.
  Connection(const std::filesystem::path& file, Access access, bool rollback);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // The kept statement; a second one for the time being if that is in use (a loop inside a loop
  // over one query). That second one is left in `own`, which must live as long as it is used.
  Prepared* Borrow(const Query& query, std::unique_ptr<Prepared>& own);

  void Run(const Query& query);    // no parameters, rows ignored
  void Execute(const char* text);  // any number of statements, no parameters, rows ignored
  [[nodiscard]] int64_t Number(const char* text);  // first column of the first row; 0 without one
  [[nodiscard]] std::string Word(const char* text);
  [[nodiscard]] bool InTransaction() const;
  [[nodiscard]] int Changes() const;

  // From now on statements fail with kTimeout after that moment. The epoch means never.
  void SetDeadline(std::chrono::steady_clock::time_point deadline) { deadline_ = deadline; }
  void SetSynchronous(bool full);
  void SetBusyWait(std::chrono::milliseconds wait);

  [[nodiscard]] int log_frames() const { return log_frames_; }  // in the log after our last commit
  // Empties the log if no reader holds it. True if done.
  bool Checkpoint();

  // The error that the connection is in, for code `code`, while doing `doing`.
  [[nodiscard]] DbError Error(int code, const std::string& doing) const;
  sqlite3* handle() const { return handle_; }

 private:
  void PrepareSearching(const char* text);
  void Compile(Prepared& prepared);
  static int OnCommit(void* self, sqlite3*, const char*, int frames);
  static int OnProgress(void* self);

  sqlite3* handle_ = nullptr;
  bool rollback_;
  bool searches_ = false;  // relevance() and snippet_of() are known
  bool full_ = true;
  int log_frames_ = 0;
  std::chrono::steady_clock::time_point deadline_{};
  std::vector<std::unique_ptr<Prepared>> kept_;  // by Query::id
};

}  // namespace daybook::sql
