// A journal's database: transactions, durability, the write lock and the size of the log (protocols
// 1 and 2). It knows files and locks, not what a journal is; the statements are in sql/queries, the
// rows in tx.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <source_location>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sql/connection.h"
#include "sql/errors.h"
#include "sql/lock.h"
#include "sql/page_store.h"
#include "sql/query.h"
#include "sql/tx.h"

namespace daybook::sql {

enum class OpenMode {
  kCreate,     // makes the file if it is not there
  kReadWrite,  // the file must be there; in a folder that cannot be written it is opened for
               // reading
  kReadOnly,   // Write throws
};
enum class Publicity {
  kPrivate,  // no public page can show the difference: held comments, jobs, rates, sessions
  kPublic,   // bumps `rev` and shuts the page store just before the commit
};
enum class Durability {
  kFull,     // on the disk when Write returns: everything that somebody is answered about
  kRelaxed,  // leases, rates, statistics: a power cut may take the last ones back, never in part;
             // kPublic is kFull
};
enum class Reading {
  kRequest,  // fails with kTimeout after 2 s
  kLong,     // export, backup, checks
};

struct DbOptions {
  std::chrono::milliseconds lock_wait{10'000};  // for the write lock, then kBusy
  std::optional<bool> on_network;               // what IsOnNetwork says, if not given
  FileLock::Line line = FileLock::Line::kStay;  // while another process waits for that lock
};

// One process, one thread, opened after the fork that made the process. Transactions do not nest.
class Db {
 public:
  // The lock file is journal.lock beside `file`. Where the folder of `file` is called private, the
  // page store is in public/ beside that folder; elsewhere (a copy, a test) there is no page store.
  // Throws DbError.
  static Db Open(const std::filesystem::path& file, OpenMode mode, const DbOptions& options = {});
  Db(Db&&) noexcept;
  Db& operator=(Db&&) = delete;
  ~Db();

  // Closes the connections; the next transaction opens them again. To be called before a fork after
  // which the child opens a database of its own: SQLite there believes that it still holds the
  // locks of these, and what it writes then can be lost under it.
  void Close();

  // Runs f(Tx&) in one read transaction: everything that it reads is of one moment. Gives what f
  // gives.
  template <typename F>
  auto Read(F&& f, std::source_location where = std::source_location::current()) {
    return Read(Reading::kRequest, std::forward<F>(f), where);
  }
  template <typename F>
  auto Read(Reading reading, F&& f, std::source_location where = std::source_location::current()) {
    return Collect(f, [&](const Body& body) { RunRead(reading, body, where); });
  }

  // Runs f(Tx&) in one write transaction, under the write lock. f may run more than once (another
  // program had the file busy), so it must change nothing but the database and what it gives. An
  // exception undoes everything. Keep it under 5 ms, with no other input or output inside.
  template <typename F>
  auto Write(Publicity publicity, F&& f,
             std::source_location where = std::source_location::current()) {
    return Write(publicity, Durability::kFull, std::forward<F>(f), where);
  }
  template <typename F>
  auto Write(Publicity publicity, Durability durability, F&& f,
             std::source_location where = std::source_location::current()) {
    return Collect(f, [&](const Body& body) {
      if (!RunWrite(publicity, durability, body, options_.lock_wait, where)) ThrowBusy(where);
    });
  }

  // The same, private and not waited for: false if another process was writing. For what may as
  // well be done by the next one, in a process that readers wait for.
  template <typename F>
  bool WriteIfFree(Durability durability, F&& f,
                   std::source_location where = std::source_location::current()) {
    return RunWrite(
        Publicity::kPrivate, durability, [&f](Tx& tx) { f(tx); }, kHardly, where);
  }

  // To be called after the reply to a write, and between the batches of long work: empties the log
  // once it holds 1,000 pages. False if it should have been emptied but somebody reads or writes;
  // then the next writer will.
  bool CheckpointIfDue();

  [[nodiscard]] int64_t SchemaVersion();  // 0 for an empty file
  [[nodiscard]] bool writable() const { return writable_; }
  [[nodiscard]] bool has_written() const { return writer_ != nullptr; }  // or tried to
  [[nodiscard]] bool uses_log() const { return !rollback_; }  // false on network file systems
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] std::filesystem::path lock_file() const;  // journal.lock
  [[nodiscard]] std::filesystem::path worker_lock_file()
      const;  // worker.lock, held by the one worker
  // Size of the write-ahead log in bytes; long readers give up and start again at 256 MB.
  [[nodiscard]] int64_t LogBytes() const;

  // The page store. Publish and Sweep go to pages() directly.
  [[nodiscard]] PageStore& pages() { return pages_; }
  // Opens a generation for pages of `rev`, if the store has been shut for two seconds, nobody is
  // writing and rev is still the committed one. `moment_ahead`: something is scheduled or will
  // expire; then a worker must be there. `build` names the program and its theme. After the reply
  // to a GET only.
  bool OpenPages(int64_t rev, std::string_view build, int64_t now, bool moment_ahead);
  // Shuts a generation of another build, or one that a crash of the disk made older than the
  // database. When a process starts, and when Publish says kNotLive. True if it did.
  bool ShutOldPages(std::string_view build);

  // Queries that the last transaction ran, and somebody to be told of each (tests).
  [[nodiscard]] int last_queries() const { return last_queries_; }
  void Observe(std::function<void(const Query&)> observer) { observer_ = std::move(observer); }

 private:
  friend class Migrator;
  using Body = std::function<void(Tx&)>;
  class Session;

  Db(std::filesystem::path file, std::filesystem::path public_folder, OpenMode mode,
     const DbOptions& options);

  template <typename F, typename Run>
  static auto Collect(F& f, const Run& run) {
    using Result = std::invoke_result_t<F&, Tx&>;
    static_assert(!std::is_same_v<Result, Rows>, "rows do not outlive their transaction");
    static_assert(!std::is_reference_v<Result>);
    if constexpr (std::is_void_v<Result>) {
      run([&f](Tx& tx) { f(tx); });
    } else {
      std::optional<Result> result;
      run([&f, &result](Tx& tx) { result.emplace(f(tx)); });
      return Result(std::move(*result));
    }
  }
  void RunRead(Reading reading, const Body& body, const std::source_location& where);
  static constexpr std::chrono::milliseconds kHardly{20};
  // False if the lock was not to be had in time.
  [[nodiscard]] bool RunWrite(Publicity publicity, Durability durability, const Body& body,
                              std::chrono::milliseconds wait, const std::source_location& where);
  [[noreturn]] static void ThrowBusy(const std::source_location& where);
  void WriteOnce(Publicity publicity, bool relaxed, const Body& body, const FileLock& lock);
  int64_t CommittedRev();
  Connection& Reader();
  Connection& Writer();
  FileLock TakeLock(std::chrono::milliseconds wait) const;

  std::filesystem::path file_;
  OpenMode mode_;
  DbOptions options_;
  bool rollback_;
  bool writable_ = true;
  pid_t owner_;
  PageStore pages_;
  std::function<void(const Query&)> observer_;
  std::unique_ptr<Connection> reader_;
  std::unique_ptr<Connection> writer_;
  int last_queries_ = 0;
  bool busy_ = false;  // a transaction is running
};

}  // namespace daybook::sql
