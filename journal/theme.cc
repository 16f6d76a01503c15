// Reading and writing of theme.h.
#include "journal/theme.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

namespace daybook::journal {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMaxFile = 4u << 20;

}  // namespace

std::optional<std::string> ReadThemeFile(const fs::path& folder, std::string_view name) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(
      std::fopen((folder / name).c_str(), "rbe"), &std::fclose);
  if (!in) return std::nullopt;
  std::string bytes;
  char buffer[16384];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, in.get())) > 0;) {
    bytes.append(buffer, n);
    if (bytes.size() > kMaxFile) return std::nullopt;
  }
  return bytes;
}

bool WriteThemeFile(const fs::path& folder, std::string_view name, std::string_view bytes) {
  const fs::path path = folder / name;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  const fs::path temporary = path.string() + ".new-" + std::to_string(getpid());
  const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  bool whole = true;
  for (std::string_view rest = bytes; whole && !rest.empty();) {
    const ssize_t n = write(fd, rest.data(), rest.size());
    whole = n > 0;
    if (whole) rest.remove_prefix(static_cast<std::size_t>(n));
  }
  whole = whole && fsync(fd) == 0;
  close(fd);
  if (whole) fs::rename(temporary, path, error);
  if (whole && !error) return true;
  fs::remove(temporary, error);
  return false;
}

bool RemoveThemeFile(const fs::path& folder, std::string_view name) {
  std::error_code error;
  return fs::remove(folder / name, error) && !error;
}

}  // namespace daybook::journal
