// Brings a database to the program's schema: numbered steps, forward only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

#include "sql/db.h"
#include "sql/query.h"

namespace daybook::sql {

enum class SchemaState { kCurrent, kOlder, kNewer };

// What this file's schema is to this program. Changes nothing.
[[nodiscard]] SchemaState StateOfSchema(Db& db, std::span<const Migration> migrations);

struct MigrationReport {
  int64_t from = 0;
  int64_t to = 0;
  std::optional<std::filesystem::path>
      copy;  // made before the first step; none for a new or current file
};

// Runs what is missing, each step in one transaction, all under the write lock; a second process
// waits for it and then finds nothing to do. Unless the file is new, a copy is first made at
// backups/before-migration-N.db beside it, N being the first step to run. Shuts the page store.
// Throws DbError: kTooNew if a newer program made the schema; a step that fails leaves the file as
// it was before the first one, a new file with the schema of the step before. Not for a CGI request
// where the file is large: copying takes its time.
MigrationReport Migrate(Db& db, std::span<const Migration> migrations);

}  // namespace daybook::sql
