// A database of a newer schema back to an older one, with what was written since: for the undo of
// an upgrade.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace daybook::sql {

// Rows that the older schema has no table for.
struct LeftBehind {
  std::string table;
  std::int64_t rows = 0;
};

// Gives `database` the schema of `older` (the copy that was made before a migration) and the rows
// that it has itself, in all tables and columns that both know. `kept`, which must not be there,
// becomes a copy of what it was. Under the write lock, the page store shut. Processes may have it
// open. Throws DbError; then `database` is as it was.
[[nodiscard]] std::vector<LeftBehind> BringBack(const std::filesystem::path& database,
                                                const std::filesystem::path& older,
                                                const std::filesystem::path& kept,
                                                const std::filesystem::path& public_folder);

}  // namespace daybook::sql
