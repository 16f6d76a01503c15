// The page store: rendered public pages as files in public/live, never older than the database (protocols 1).
// It knows file names and bytes; what is in a page and when it may be stored is not decided here.
#pragma once

#include <filesystem>

#include "sql/lock.h"

namespace daybook::sql {

class PageStore {
 public:
  // An empty path: there is no store, and nothing happens.
  explicit PageStore(std::filesystem::path public_folder);

  // Takes what is published out of the web server's sight, for good, by renaming live, and makes that survive a power
  // cut. The lock shows that the caller holds journal.lock. Throws DbError; then the transaction must not be committed.
  void Shut(const FileLock& lock);

 private:
  std::filesystem::path folder_;
};

}  // namespace daybook::sql
