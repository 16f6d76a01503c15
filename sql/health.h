// What the doctor asks of a database and of the SQLite below it. Changes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace daybook::sql {

struct Health {
  std::string sqlite;  // version of the library: "3.40.1"
  bool checkpoint_bug =
      false;  // a version in which several processes can damage a write-ahead log (parts.md)
  std::string journal_mode;  // "wal" or "delete"
  std::int64_t schema = 0;
  std::string damage;  // what a quick check found; empty: nothing
};

// Reads the whole file. Throws DbError if it cannot be opened at all.
[[nodiscard]] Health HealthOf(const std::filesystem::path& file);

}  // namespace daybook::sql
