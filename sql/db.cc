// Transactions: begin, the closure, the shut page store, commit; and what happens when one of them
// fails.
#include "sql/db.h"

#include <unistd.h>

#include <string>
#include <thread>

#include "sql/filesystem.h"
#include "sql/queries/state.h"
#include "sql/queries/transaction.h"

namespace daybook::sql {
namespace {

using Kind = DbError::Kind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kReadLimit(2000);
constexpr int kFramesBeforeCheckpoint = 1000;
constexpr milliseconds kCheckpointLockWait(50);
constexpr int kOpenTries = 20;
constexpr milliseconds kOpenPause(10);

std::string Place(const std::source_location& where) {
  const std::string_view file = where.file_name();
  const size_t folder = file.rfind('/', file.rfind('/') - 1);  // the file and its folder are enough
  return std::string(file.substr(folder == file.npos ? 0 : folder + 1)) + ":" +
         std::to_string(where.line());
}

DbError At(const DbError& error, const std::source_location& where) {
  return DbError(error.kind(),
                 std::string(error.what()) + ", in the transaction of " + Place(where));
}

DbError Busy() { return DbError(Kind::kBusy, "the journal is being written by another process"); }

std::filesystem::path PublicFolder(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.parent_path();
  return folder.filename() == "private" ? folder.parent_path() / "public" : std::filesystem::path();
}

// Undoes whatever is open, and never throws: it runs while another error is on its way.
void Rollback(Connection& connection) {
  if (!connection.InTransaction()) return;
  try {
    connection.Run(query::kRollBack);
  } catch (const DbError&) {
  }
}

// The log and its index come and go with the first and the last connection of all processes; who
// opens in between may find them not his for a moment (they are made by root and given away then).
std::unique_ptr<Connection> Connect(const std::filesystem::path& file, Connection::Access access,
                                    bool rollback) {
  for (int left = kOpenTries;; --left) {
    try {
      return std::make_unique<Connection>(file, access, rollback);
    } catch (const DbError& error) {
      const bool passing =
          error.kind() == Kind::kMissing && ::access(file.c_str(), R_OK | W_OK) == 0;
      if (!passing || left == 0) throw;
    }
    std::this_thread::sleep_for(kOpenPause);
  }
}

}  // namespace

// Marks the Db as busy for the life of a transaction, and finds misuse.
class Db::Session {
 public:
  explicit Session(Db& db) : db_(db) {
    if (db.busy_) throw DbError(Kind::kMisuse, "a transaction inside a transaction");
    if (getpid() != db.owner_) throw DbError(Kind::kMisuse, "a database opened before a fork");
    db.busy_ = true;
  }
  Session(const Session&) = delete;
  ~Session() { db_.busy_ = false; }

 private:
  Db& db_;
};

Db Db::Open(const std::filesystem::path& file, OpenMode mode, const DbOptions& options) {
  const std::filesystem::path whole = std::filesystem::absolute(file);
  Db db(whole, PublicFolder(whole), mode, options);
  // The writing connection makes the file and chooses the journal; where a log must not be, no
  // reader may open one.
  if (mode == OpenMode::kCreate || (db.rollback_ && db.writable_)) {
    const FileLock lock = db.TakeLock(options.lock_wait);
    db.Writer();
  }
  db.Reader();
  return db;
}

Db::Db(std::filesystem::path file, std::filesystem::path public_folder, OpenMode mode,
       const DbOptions& options)
    : file_(std::move(file)),
      mode_(mode),
      options_(options),
      rollback_(options.on_network.value_or(IsOnNetwork(file_))),
      owner_(getpid()),
      pages_(std::move(public_folder)) {
  if (mode != OpenMode::kCreate) {
    const bool folder_writable = access(file_.parent_path().c_str(), W_OK) == 0;
    const bool file_writable = access(file_.c_str(), W_OK) == 0;
    writable_ = mode == OpenMode::kReadWrite && folder_writable && file_writable;
  }
}

Db::Db(Db&&) noexcept = default;
Db::~Db() = default;

void Db::Close() {
  if (busy_) throw DbError(Kind::kMisuse, "a database closed within a transaction");
  if (getpid() != owner_) throw DbError(Kind::kMisuse, "a database opened before a fork");
  reader_.reset();
  writer_.reset();
}

Connection& Db::Reader() {
  if (!reader_) {
    Connection::Access how = Connection::Access::kReader;
    // In a folder that cannot be written nobody changes the file; but a log that was not written
    // back is a part of it, and is read with the index that lies beside it.
    if (access(file_.parent_path().c_str(), W_OK) != 0) {
      how = LogBytes() > 0 ? Connection::Access::kReadOnly : Connection::Access::kImmutable;
      if (LogBytes() > 0 && access((file_.string() + "-shm").c_str(), R_OK) != 0) {
        throw DbError(Kind::kReadOnly, file_.string() +
                                           " has a log that was not written back, in a folder that "
                                           "cannot be written");
      }
    }
    reader_ = Connect(file_, how, rollback_);
  }
  return *reader_;
}

Connection& Db::Writer() {
  if (!writable_) throw DbError(Kind::kReadOnly, file_.string() + " was opened for reading");
  if (!writer_) {
    writer_ = Connect(
        file_,
        mode_ == OpenMode::kCreate ? Connection::Access::kCreate : Connection::Access::kReadWrite,
        rollback_);
  }
  return *writer_;
}

std::filesystem::path Db::lock_file() const { return file_.parent_path() / "journal.lock"; }

std::filesystem::path Db::worker_lock_file() const { return file_.parent_path() / "worker.lock"; }

FileLock Db::TakeLock(milliseconds wait) const {
  std::optional<FileLock> lock = FileLock::TakeInTurn(lock_file(), wait, options_.line);
  if (!lock) throw Busy();
  return std::move(*lock);
}

void Db::RunRead(Reading reading, const Body& body, const std::source_location& where) {
  const Session session(*this);
  Connection& connection = Reader();
  connection.SetDeadline(reading == Reading::kLong ? steady_clock::time_point{}
                                                   : steady_clock::now() + kReadLimit);
  try {
    connection.Run(query::kBeginRead);
    Tx tx(connection, observer_);
    body(tx);
    last_queries_ = tx.queries();
    connection.SetDeadline({});
    connection.Run(query::kCommitAll);
  } catch (const DbError& error) {
    Rollback(connection);
    throw At(error, where);
  } catch (...) {
    Rollback(connection);
    throw;
  }
}

bool Db::RunWrite(Publicity publicity, Durability durability, const Body& body, milliseconds wait,
                  const std::source_location& where) {
  const Session session(*this);
  // What a power cut takes back must not have been published: rev would be used twice.
  const bool relaxed = durability == Durability::kRelaxed && publicity == Publicity::kPrivate;
  const steady_clock::time_point deadline = steady_clock::now() + wait;
  try {
    for (;;) {
      const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
      const std::optional<FileLock> lock =
          FileLock::TakeInTurn(lock_file(), std::max(left, milliseconds(0)), options_.line);
      if (!lock) return false;
      Connection& connection = Writer();
      try {
        WriteOnce(publicity, relaxed, body, *lock);
        return true;
      } catch (const DbError& error) {
        Rollback(connection);
        // Our own writers wait at the lock, so this is another program, or SQLite at work on its
        // files.
        if (error.kind() != Kind::kBusy || steady_clock::now() >= deadline) throw;
      } catch (...) {
        Rollback(connection);
        throw;
      }
      std::this_thread::sleep_for(milliseconds(1));
    }
  } catch (const DbError& error) {
    throw At(error, where);
  }
}

void Db::ThrowBusy(const std::source_location& where) { throw At(Busy(), where); }

void Db::WriteOnce(Publicity publicity, bool relaxed, const Body& body, const FileLock& lock) {
  Connection& connection = *writer_;
  connection.SetSynchronous(!relaxed);
  connection.Run(query::kBeginWrite);
  Tx tx(connection, observer_);
  tx.public_ = publicity == Publicity::kPublic;
  tx.relaxed_ = relaxed;
  body(tx);
  last_queries_ = tx.queries();
  if (tx.public_) {
    if (tx.Exec(query::kBumpRev) != 1) throw DbError(Kind::kMisuse, "the journal has no state");
    pages_.Shut(lock);
  }
  connection.Run(query::kCommitAll);
}

bool Db::CheckpointIfDue() {
  if (!writer_ || writer_->log_frames() < kFramesBeforeCheckpoint) return true;
  const Session session(*this);
  const std::optional<FileLock> lock = FileLock::Take(lock_file(), kCheckpointLockWait);
  return lock && writer_->Checkpoint();
}

bool Db::OpenPages(int64_t rev, std::string_view build, int64_t now, bool moment_ahead) {
  if (!pages_.MayOpen(now)) return false;
  // What comes due shuts the store only if somebody is there to commit it.
  if (moment_ahead && !FileLock::IsHeld(worker_lock_file())) return false;
  const std::optional<FileLock> lock = FileLock::Take(lock_file(), milliseconds(0));
  if (!lock || !pages_.MayOpen(now)) return false;
  return CommittedRev() == rev && pages_.Open(*lock, rev, build, now);
}

bool Db::ShutOldPages(std::string_view build) {
  const auto is_current = [&](const Generation& live) {
    return live.build == build && live.rev == CommittedRev();
  };
  if (!pages_.IsLive()) return false;
  const std::optional<Generation> glance = pages_.Live();
  if (glance && is_current(*glance)) return false;
  const FileLock lock = TakeLock(options_.lock_wait);
  const std::optional<Generation> live = pages_.Live();
  if (live && is_current(*live)) return false;
  pages_.Shut(lock);
  return true;
}

int64_t Db::CommittedRev() {
  return Read([](Tx& tx) { return tx.Int(query::kReadRev).value_or(0); });
}

int64_t Db::SchemaVersion() { return Reader().Number("pragma user_version"); }

int64_t Db::LogBytes() const {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file_.string() + "-wal", error);
  return error ? 0 : static_cast<int64_t>(bytes);
}

}  // namespace daybook::sql
