// The renames and syncs of the page store. The order of the steps is the proof of protocols 1: change nothing lightly.
#include "sql/page_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

#include "sql/errors.h"
#include "sql/filesystem.h"

namespace daybook::sql {

PageStore::PageStore(std::filesystem::path public_folder) : folder_(std::move(public_folder)) {}

void PageStore::Shut(const FileLock&) {
  if (folder_.empty() || access(folder_.c_str(), F_OK) != 0) return;
  const std::filesystem::path live = folder_ / "live";
  // A dead folder of the same name may be waiting for its removal, so count on until a name is free.
  for (int number = 0;; ++number) {
    const std::string dead = "dead-" + std::to_string(getpid()) + "-" + std::to_string(number);
    if (rename(live.c_str(), (folder_ / dead).c_str()) == 0 || errno == ENOENT) break;
    if (errno != ENOTEMPTY && errno != EEXIST) throw SystemError("shutting the page store", errno);
  }
  // Also where nothing was live: an earlier shut may have failed after its rename.
  SyncDirectory(folder_);
}

}  // namespace daybook::sql
