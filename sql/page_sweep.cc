// Deleting generations that nobody is served from any more: PageStore::Sweep. In turns, so that a
// large one does not hold up a process.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>
#include <memory>
#include <string>
#include <string_view>

#include "sql/page_store.h"

namespace daybook::sql {
namespace {

constexpr int64_t kAbandonedSeconds = 60;
constexpr int kDeepest = 32;

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

Folder OpenFolder(int parent, const char* name) {
  const int descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR* folder = descriptor < 0 ? nullptr : fdopendir(descriptor);
  if (folder == nullptr && descriptor >= 0) close(descriptor);
  return Folder(folder);
}

// Deletes `name` with all that is in it while `budget` lasts. True if it is gone.
bool Delete(int parent, const char* name, int depth, int& budget) {
  if (budget <= 0 || depth > kDeepest) return false;
  if (const Folder folder = OpenFolder(parent, name)) {
    while (const dirent* entry = readdir(folder.get())) {
      const std::string_view child = entry->d_name;
      if (child == "." || child == "..") continue;
      if (!Delete(dirfd(folder.get()), entry->d_name, depth + 1, budget) && budget <= 0)
        return false;
    }
    --budget;
    return unlinkat(parent, name, AT_REMOVEDIR) == 0;
  }
  --budget;
  return unlinkat(parent, name, 0) == 0;
}

}  // namespace

bool PageStore::Sweep(int files) {
  if (folder_.empty()) return false;
  const Folder folder = OpenFolder(AT_FDCWD, folder_.c_str());
  if (!folder) return false;
  const int parent = dirfd(folder.get());
  int budget = files;
  while (const dirent* entry = readdir(folder.get())) {
    std::string name = entry->d_name;
    if (name.starts_with("new-")) {
      // Some process may be about to put it live: it must find all of it or nothing, so it is
      // renamed first.
      struct stat about;
      if (fstatat(parent, name.c_str(), &about, AT_SYMLINK_NOFOLLOW) != 0) continue;
      if (std::time(nullptr) - about.st_ctim.tv_sec < kAbandonedSeconds) continue;
      const std::string dead = "dead-" + name;
      if (renameat(parent, name.c_str(), parent, dead.c_str()) != 0) continue;
      name = dead;
    }
    if (!name.starts_with("dead-")) continue;
    Delete(parent, name.c_str(), 0, budget);
    if (budget <= 0) return true;
  }
  return false;
}

}  // namespace daybook::sql
