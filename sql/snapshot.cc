// `vacuum into` for copies, SQLite's own checks, its backup interface for the way back.
#include "sql/snapshot.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <memory>

#include "sql/descriptor.h"
#include "sql/errors.h"
#include "sql/filesystem.h"
#include "sql/lock.h"
#include "sql/page_store.h"

namespace daybook::sql {
namespace {

namespace fs = std::filesystem;
using Kind = DbError::Kind;

constexpr std::uintmax_t kMostLog = 256u << 20;
constexpr int kTries = 3, kBusyWait = 5000, kLookEvery = 20'000;
constexpr std::chrono::seconds kPatience(30);

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

[[noreturn]] void Fail(sqlite3* handle, const std::string& doing) {
  const int code = sqlite3_errcode(handle) & 0xff;
  Kind kind = Kind::kOther;
  if (code == SQLITE_FULL) kind = Kind::kFull;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) kind = Kind::kBusy;
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) kind = Kind::kCorrupt;
  if (code == SQLITE_READONLY) kind = Kind::kReadOnly;
  if (code == SQLITE_CANTOPEN) kind = Kind::kMissing;
  throw DbError(kind, doing + ": " + sqlite3_errmsg(handle));
}

Handle Open(const fs::path& file, int flags = SQLITE_OPEN_READWRITE) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
  Handle handle(raw);
  if (code != SQLITE_OK) Fail(raw, "opening " + file.string());
  sqlite3_extended_result_codes(raw, 0);
  sqlite3_busy_timeout(raw, kBusyWait);
  sqlite3_wal_autocheckpoint(raw, 0);
  return handle;
}

void Run(sqlite3* handle, const char* text) {
  if (sqlite3_exec(handle, text, nullptr, nullptr, nullptr) != SQLITE_OK) Fail(handle, text);
}

Statement Prepare(sqlite3* handle, const char* text) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(handle, text, -1, &raw, nullptr) != SQLITE_OK) Fail(handle, text);
  return Statement(raw);
}

std::string Word(sqlite3_stmt* row, int column = 0) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return text == nullptr ? "" : text;
}

std::int64_t Number(sqlite3* handle, const char* text) {
  const Statement row = Prepare(handle, text);
  const int code = sqlite3_step(row.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE) Fail(handle, text);
  return code == SQLITE_ROW ? sqlite3_column_int64(row.get(), 0) : 0;
}

struct Watch {
  fs::path log;
  const std::function<bool()>* stop = nullptr;
  bool stopped = false, grown = false;

  static int Look(void* self) {
    auto* watch = static_cast<Watch*>(self);
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(watch->log, error);
    watch->grown = !error && bytes > kMostLog;
    watch->stopped = *watch->stop && (*watch->stop)();
    return watch->grown || watch->stopped ? 1 : 0;
  }
};

void SyncFile(const fs::path& file) {
  const Descriptor open_file(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!open_file || fsync(open_file.get()) != 0)
    throw SystemError("writing " + file.string(), errno);
}

bool TableThere(sqlite3* handle, const char* name) {
  const Statement row = Prepare(handle, "select 1 from sqlite_schema where name = $1");
  sqlite3_bind_text(row.get(), 1, name, -1, SQLITE_STATIC);
  return sqlite3_step(row.get()) == SQLITE_ROW;
}

std::string MailPassword(sqlite3* handle) {
  const Statement row = Prepare(handle, "select value from setting where name = 'smtp.password'");
  return sqlite3_step(row.get()) == SQLITE_ROW ? Word(row.get()) : "";
}

}  // namespace

bool TakeSnapshot(const fs::path& database, const fs::path& target,
                  const std::function<bool()>& stop) {
  for (int attempt = 1;; ++attempt) {
    Watch watch{database.string() + "-wal", &stop};
    int code = SQLITE_OK;
    std::string why;
    {
      const Handle from = Open(database);
      Run(from.get(), "pragma trusted_schema = off; pragma temp_store = file");
      sqlite3_progress_handler(from.get(), kLookEvery, Watch::Look, &watch);
      // Made here, so that it is the owner's alone whatever the umask is; vacuum takes an empty
      // file.
      const Descriptor made(open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
      if (!made) throw SystemError("making " + target.string(), errno);
      const Statement copy = Prepare(from.get(), "vacuum into $1");
      sqlite3_bind_text(copy.get(), 1, target.c_str(), -1, SQLITE_TRANSIENT);
      code = sqlite3_step(copy.get());
      why = sqlite3_errmsg(from.get());
      if (code == SQLITE_DONE) {
        SyncFile(target);
        return true;
      }
      std::error_code ignored;
      fs::remove(target, ignored);
      if (watch.stopped) return false;
      if (code != SQLITE_INTERRUPT || attempt == kTries) Fail(from.get(), "copying the journal");
    }
  }
}

void ForgetSecrets(const fs::path& copy) {
  const Handle handle = Open(copy);
  Run(handle.get(), "pragma journal_mode = delete; pragma secure_delete = on; begin immediate");
  Run(handle.get(), "delete from session; delete from setting where name = 'smtp.password'");
  if (TableThere(handle.get(), "rate")) Run(handle.get(), "delete from rate");
  if (TableThere(handle.get(), "statistic_seen")) Run(handle.get(), "delete from statistic_seen");
  Run(handle.get(), "update job set leased_by = '', lease_ends = 0; commit");
}

std::vector<std::string> Complaints(const fs::path& file) {
  std::vector<std::string> all;
  try {
    const Handle handle = Open(file);
    const Statement pages = Prepare(handle.get(), "pragma integrity_check(20)");
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(pages.get())) == SQLITE_ROW) {
      if (const std::string line = Word(pages.get()); line != "ok") all.push_back(line);
    }
    if (code != SQLITE_DONE) Fail(handle.get(), "integrity_check");
    const Statement keys = Prepare(handle.get(), "pragma foreign_key_check");
    while ((code = sqlite3_step(keys.get())) == SQLITE_ROW && all.size() < 40)
      all.push_back("A row of " + Word(keys.get()) + " points to a row of " + Word(keys.get(), 2) +
                    " that is not there.");
    const Statement indexes = Prepare(
        handle.get(), "select name from sqlite_schema where sql like 'create virtual table%fts5%'");
    while (sqlite3_step(indexes.get()) == SQLITE_ROW) {
      const std::string name = Word(indexes.get());
      const std::string check =
          "insert into \"" + name + "\" (\"" + name + "\", rank) values ('integrity-check', 1)";
      if (sqlite3_exec(handle.get(), check.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        all.push_back("The search index " + name +
                      " does not match its texts: " + sqlite3_errmsg(handle.get()) + ".");
    }
  } catch (const DbError& error) {
    all.emplace_back(error.what());
  }
  return all;
}

std::optional<std::int64_t> SchemaOf(const fs::path& file) {
  try {
    const Handle handle = Open(file, SQLITE_OPEN_READONLY);
    return Number(handle.get(), "pragma user_version");
  } catch (const DbError&) {
    return std::nullopt;
  }
}

void ReplaceContents(const fs::path& database, const fs::path& source,
                     const fs::path& public_folder) {
  const std::optional<FileLock> lock =
      FileLock::TakeInTurn(database.parent_path() / "journal.lock", kPatience);
  if (!lock) throw DbError(Kind::kBusy, "another process writes for long; try again");
  ReplaceContents(*lock, database, source, public_folder);
}

void ReplaceContents(const FileLock& lock, const fs::path& database, const fs::path& source,
                     const fs::path& public_folder) {
  const Handle to = Open(database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  const Handle from = Open(source);
  if (TableThere(to.get(), "state")) {
    const std::int64_t now = Number(to.get(), "select rev from state");
    const Statement put = Prepare(from.get(), "update state set rev = max(rev, $1) + 1");
    sqlite3_bind_int64(put.get(), 1, now);
    if (sqlite3_step(put.get()) != SQLITE_DONE) Fail(from.get(), "marking the copy");
    if (const std::string password = MailPassword(to.get()); !password.empty()) {
      const Statement keep = Prepare(
          from.get(),
          "insert into setting (name, value) values ('smtp.password', $1) on conflict do nothing");
      sqlite3_bind_text(keep.get(), 1, password.c_str(), -1, SQLITE_TRANSIENT);
      if (sqlite3_step(keep.get()) != SQLITE_DONE) Fail(from.get(), "keeping the mail password");
    }
  } else {
    Run(from.get(), "update state set rev = rev + 1");
  }
  Run(to.get(), "pragma synchronous = full");
  PageStore(public_folder).Shut(lock);
  sqlite3_backup* backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  if (backup == nullptr) Fail(to.get(), "restoring");
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) != SQLITE_OK) Fail(to.get(), "restoring");
}

}  // namespace daybook::sql
