// Written by whichever process first misses them; a rename makes two at once harmless.
#include "handlers/static_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

namespace daybook::handlers {
namespace {

namespace fs = std::filesystem;

bool WriteWhole(const fs::path& path, std::string_view bytes) {
  const fs::path temporary = path.string() + "." + std::to_string(getpid());
  const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return false;
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t n = write(fd, bytes.data() + written, bytes.size() - written);
    if (n <= 0) break;
    written += static_cast<std::size_t>(n);
  }
  const bool whole = written == bytes.size() && fsync(fd) == 0;
  close(fd);
  std::error_code error;
  if (whole) fs::rename(temporary, path, error);
  if (!whole || error) fs::remove(temporary, error);
  return whole && !error;
}

}  // namespace

bool PublishStatic(const templates::Templates& templates, const fs::path& folder) {
  bool all = true;
  std::error_code error;
  for (const templates::StaticFile& file : templates.static_files()) {
    const fs::path path = folder / file.hashed;
    if (fs::exists(path, error)) continue;
    fs::create_directories(folder, error);
    all = WriteWhole(path, file.bytes()) && all;
  }
  return all;
}

}  // namespace daybook::handlers
