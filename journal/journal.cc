// Opening, making and the owner's password.
#include "journal/journal.h"

#include <sodium.h>

#include <array>
#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

#include "journal/setup.h"
#include "sql/migrate.h"
#include "sql/queries/job.h"
#include "sql/queries/settings.h"
#include "sql/query.h"

namespace daybook::journal {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr size_t kMemory = 19 << 20;

}  // namespace

Settings Journal::Load() {
  return db.Read([&](sql::Tx& tx) { return LoadSettings(tx, config); });
}

bool HasJournal(const Home& home) {
  std::error_code error;
  return std::filesystem::exists(home.Database(), error);
}

sql::Db OpenDatabase(const Home& home, const sql::DbOptions& options) {
  if (!HasJournal(home)) {
    throw ConfigError(
        "There is no journal in " + home.root.string() + ". Make one with `daybook init --home " +
        home.root.string() +
        " --title … --url … --owner … --email …`, or name another folder with --home.");
  }
  sql::Db db = sql::Db::Open(home.Database(), sql::OpenMode::kReadWrite, options);
  switch (sql::StateOfSchema(db, sql::kMigrations)) {
    case sql::SchemaState::kCurrent:
      break;
    case sql::SchemaState::kOlder:
      if (db.SchemaVersion() == 0) {
        throw ConfigError(home.Database().string() + " is empty. Restore a copy from " +
                          home.Backups().string() + ", or remove the file and run `daybook init`.");
      }
      throw ConfigError(
          "This journal was last used with an older Daybook. Run `daybook migrate` once.");
    case sql::SchemaState::kNewer:
      throw ConfigError(
          "This journal was made by a newer Daybook. Use that program, or restore a copy from " +
          home.Backups().string() + ".");
  }
  return db;
}

sql::Db OpenOldDatabase(const Home& home, const sql::DbOptions& options) {
  return sql::Db::Open(home.Database(), sql::OpenMode::kReadOnly, options);
}

Journal OpenJournal(const Home& home) {
  sql::Db db = OpenDatabase(home);
  return {home, LoadConfig(home.ConfigFile()), std::move(db)};
}

Journal CreateJournal(const Home& home, const NewJournal& fresh, Seconds now) {
  const bool begun = HasJournal(home);
  const ConfigError there("There is a journal in " + home.root.string() + " already.");
  if (begun && !IsBlank(home)) throw there;
  CreateHome(home);
  Journal journal{
      home, LoadConfig(home.ConfigFile()),
      sql::Db::Open(home.Database(), begun ? sql::OpenMode::kReadWrite : sql::OpenMode::kCreate)};
  if (!begun) sql::Migrate(journal.db, sql::kMigrations);
  try {
    const bool made = journal.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      return SetUpOwner(tx, journal.config, fresh, now).has_value();
    });
    if (!made) throw there;
  } catch (const ConfigError&) {
    // So that the next try does not find half a journal.
    if (!begun) std::filesystem::remove(home.Database());
    throw;
  }
  RemoveSetupCode(home);
  return journal;
}

std::string HashPassword(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash;
  if (sodium_init() < 0) std::abort();
  if (crypto_pwhash_argon2id_str(hash.data(), password.data(), password.size(), kPasses, kMemory) !=
      0) {
    throw std::bad_alloc();
  }
  return hash.data();
}

bool PasswordFits(std::string_view password, const std::string& hash) {
  if (hash.empty() || sodium_init() < 0) return false;
  return crypto_pwhash_argon2id_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace daybook::journal
