// Asks SQLite's own checks over a connection that only reads.
#include "sql/health.h"

#include <sqlite3.h>

#include "sql/connection.h"
#include "sql/filesystem.h"

namespace daybook::sql {

Health HealthOf(const std::filesystem::path& file) {
  constexpr int kMended = 3051003;  // 3.51.3
  Health health;
  health.sqlite = sqlite3_libversion();
  health.checkpoint_bug = sqlite3_libversion_number() < kMended;
  Connection connection(file, Connection::Access::kReader, IsOnNetwork(file));
  health.journal_mode = connection.Word("pragma journal_mode");
  health.schema = connection.Number("pragma user_version");
  std::string found = connection.Word("pragma quick_check(1)");
  if (found != "ok") health.damage = found;
  return health;
}

}  // namespace daybook::sql
