// An opened journal, and how a new one is made. What is in it is read by read.h and written by
// edit.h; the processes that answer requests open their own (handlers/app.h).
#pragma once

#include <string>

#include "journal/config.h"
#include "journal/home.h"
#include "journal/model.h"
#include "journal/settings.h"
#include "sql/db.h"

namespace daybook::journal {

struct Journal {
  Home home;
  Config config;
  sql::Db db;

  [[nodiscard]] Settings Load();
};

// Opens what is there. Throws ConfigError with what to type where there is no journal, or where its
// database was made by another edition of the program.
[[nodiscard]] Journal OpenJournal(const Home& home);
// Only its database, under the same conditions.
[[nodiscard]] sql::Db OpenDatabase(const Home& home, const sql::DbOptions& options = {});

// One of an older schema, for reading what can be read (upgrade.h says when).
[[nodiscard]] sql::Db OpenOldDatabase(const Home& home, const sql::DbOptions& options = {});

// Whether a database is there, whatever it holds.
[[nodiscard]] bool HasJournal(const Home& home);

struct NewJournal {
  std::string title, url, owner, email;  // checked by CheckSetting
  std::string language = "en";
  std::string zone;           // empty: nobody has chosen one, so it is UTC until an import knows
  std::string password_hash;  // HashPassword
};
// Makes the home, the database, the owner's account and a sidebar of what a new journal can show.
// Throws DbError, std::filesystem::filesystem_error, and ConfigError where a value does not do or a
// journal is there already.
[[nodiscard]] Journal CreateJournal(const Home& home, const NewJournal& journal, Seconds now);

inline constexpr size_t kPasswordMin = 10;   // characters
inline constexpr size_t kPasswordMax = 500;  // bytes
// argon2id, 19 MiB, two passes (parts.md). Some 50 ms on purpose: never inside a transaction.
[[nodiscard]] std::string HashPassword(std::string_view password);
[[nodiscard]] bool PasswordFits(std::string_view password, const std::string& hash);

}  // namespace daybook::journal
