// The steps, the copy before them, and the check of foreign keys after each.
#include "sql/migrate.h"

#include <sqlite3.h>

#include <memory>
#include <string>

#include "sql/filesystem.h"

namespace daybook::sql {
namespace {

using Kind = DbError::Kind;

constexpr const char* kAsBefore = "pragma foreign_keys = on; pragma temp_store = memory";
constexpr std::chrono::minutes kPatience(10);  // another process may be copying a large file

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};

// A faithful copy, synced, that appears under its name only when it is whole.
void CopyTo(sqlite3* from, const std::filesystem::path& target) {
  const std::filesystem::path unfinished = target.string() + ".part";
  std::filesystem::remove(unfinished);
  sqlite3* raw = nullptr;
  int code = sqlite3_open_v2(unfinished.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                             nullptr);
  std::unique_ptr<sqlite3, Close> to(raw);
  if (code == SQLITE_OK) {
    sqlite3_backup* backup = sqlite3_backup_init(raw, "main", from, "main");
    if (backup != nullptr) sqlite3_backup_step(backup, -1);
    code = backup != nullptr ? sqlite3_backup_finish(backup) : sqlite3_errcode(raw);
  }
  if (code != SQLITE_OK) {
    to.reset();
    std::filesystem::remove(unfinished);
    const Kind kind = (code & 0xff) == SQLITE_FULL ? Kind::kFull : Kind::kOther;
    throw DbError(kind, "copying to " + target.string() + ": " + sqlite3_errstr(code));
  }
  to.reset();
  std::filesystem::rename(unfinished, target);
  SyncDirectory(target.parent_path());
}

int64_t Latest(std::span<const Migration> migrations) {
  return migrations.empty() ? 0 : migrations.back().number;
}

[[noreturn]] void RefuseNewer(int64_t version, int64_t latest) {
  throw DbError(Kind::kTooNew, "the journal has schema " + std::to_string(version) +
                                   ", made by a newer program; this one knows up to " +
                                   std::to_string(latest));
}

}  // namespace

// A friend of Db: uses its writing connection and its lock, but none of its named queries.
class Migrator {
 public:
  explicit Migrator(Db& db) : db_(db), lock_(db.TakeLock(kPatience)), connection_(db.Writer()) {}

  MigrationReport Run(std::span<const Migration> migrations) {
    MigrationReport report;
    report.from = report.to = connection_.Number("pragma user_version");
    if (report.from > Latest(migrations)) RefuseNewer(report.from, Latest(migrations));
    if (report.from == Latest(migrations)) return report;
    const bool is_new = connection_.Number("select count(*) from sqlite_schema") == 0;
    if (!is_new) report.copy = Copy(report.from + 1);
    connection_.SetSynchronous(true);
    // A step may rebuild a table that others point to, and drop one that memory does not hold.
    connection_.Execute("pragma foreign_keys = off; pragma temp_store = file");
    try {
      for (const Migration& migration : migrations) {
        if (migration.number > report.from) Step(migration);
      }
    } catch (...) {
      if (connection_.InTransaction()) connection_.Execute("rollback");
      connection_.Execute(kAsBefore);
      // Steps before it are in: an upgrade that fails leaves what the programs from before know.
      if (report.copy && connection_.Number("pragma user_version") != report.from)
        PutBack(*report.copy);
      throw;
    }
    connection_.Execute(kAsBefore);
    report.to = Latest(migrations);
    return report;
  }

 private:
  std::filesystem::path Copy(int64_t step) {
    const std::filesystem::path folder = db_.file().parent_path() / "backups";
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    const auto copy = folder / ("before-migration-" + std::to_string(step) + ".db");
    CopyTo(connection_.handle(), copy);
    return copy;
  }

  void PutBack(const std::filesystem::path& copy) {
    db_.pages().Shut(lock_);
    sqlite3* raw = nullptr;
    int code = sqlite3_open_v2(copy.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, Close> from(raw);
    sqlite3_backup* backup = code == SQLITE_OK
                                 ? sqlite3_backup_init(connection_.handle(), "main", raw, "main")
                                 : nullptr;
    if (backup != nullptr) sqlite3_backup_step(backup, -1);
    code = backup != nullptr ? sqlite3_backup_finish(backup) : SQLITE_ERROR;
    if (code != SQLITE_OK)
      throw DbError(Kind::kOther, "going back to " + copy.string() + ": " + sqlite3_errstr(code));
  }

  void Step(const Migration& migration) {
    const std::string name = std::to_string(migration.number) + " (" + migration.name + ")";
    try {
      connection_.Execute("begin immediate");
      connection_.Execute(migration.text);
      if (!connection_.Word("pragma foreign_key_check").empty()) {
        throw DbError(Kind::kConstraint, "rows that point to nothing");
      }
      connection_.Execute(("pragma user_version = " + std::to_string(migration.number)).c_str());
      db_.pages().Shut(lock_);
      connection_.Execute("commit");
    } catch (const DbError& error) {
      throw DbError(error.kind(), "migration " + name + ": " + error.what());
    }
  }

  Db& db_;
  FileLock lock_;
  Connection& connection_;
};

SchemaState StateOfSchema(Db& db, std::span<const Migration> migrations) {
  const int64_t version = db.SchemaVersion();
  if (version == Latest(migrations)) return SchemaState::kCurrent;
  return version < Latest(migrations) ? SchemaState::kOlder : SchemaState::kNewer;
}

MigrationReport Migrate(Db& db, std::span<const Migration> migrations) {
  const SchemaState state = StateOfSchema(db, migrations);
  const int64_t version = db.SchemaVersion();
  if (state == SchemaState::kNewer) RefuseNewer(version, Latest(migrations));
  if (state == SchemaState::kCurrent) return {version, version, std::nullopt};
  return Migrator(db).Run(migrations);
}

}  // namespace daybook::sql
