// Nameless files for large bodies.
#include "fcgi/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

namespace daybook::fcgi {

Spool::Spool(Spool&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

Spool::~Spool() { Drop(); }

bool Spool::Open(const std::filesystem::path& folder) {
  mkdir(folder.c_str(), 0700);
  descriptor_ = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ >= 0) return true;
  // Not every file system has such files.
  std::string name = (folder / "body-XXXXXX").string();
  descriptor_ = mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ >= 0) unlink(name.c_str());
  return descriptor_ >= 0;
}

bool Spool::Append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(descriptor_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
    size_ += static_cast<std::size_t>(n);
  }
  return true;
}

void Spool::Drop() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
  size_ = 0;
}

}  // namespace daybook::fcgi
