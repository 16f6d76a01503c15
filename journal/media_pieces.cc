// One file for each unfinished upload, in private/uploads, named by person and upload.
#include "journal/media_pieces.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

namespace daybook::journal {
namespace {

namespace fs = std::filesystem;
constexpr Seconds kKept = 86400;
constexpr std::size_t kRandom = 16;

std::string Prefix(Id person) { return "piece-" + std::to_string(person) + "-"; }

// Empty for what is no name of an upload.
fs::path PathOf(const Home& home, Id person, std::string_view upload) {
  if (upload.size() != 2 * kRandom ||
      upload.find_first_not_of("0123456789abcdef") != std::string_view::npos)
    return {};
  return home.Uploads() / (Prefix(person) + std::string(upload));
}

std::string NewName() {
  if (sodium_init() < 0) std::abort();
  std::array<unsigned char, kRandom> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 2 * kRandom + 1> digits;
  sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
  return digits.data();
}

// Takes away what everybody left behind; gives how many of this person are left.
int Tidy(const Home& home, Id person, Seconds now) {
  int count = 0;
  std::error_code error;
  std::vector<fs::path> old;
  for (const auto& item : fs::directory_iterator(home.Uploads(), error)) {
    const std::string name = item.path().filename().string();
    struct stat info {};
    if (!name.starts_with("piece-") || lstat(item.path().c_str(), &info) != 0) continue;
    if (info.st_mtime + kKept < now) {
      old.push_back(item.path());
    } else if (name.starts_with(Prefix(person))) {
      ++count;
    }
  }
  for (const fs::path& path : old) unlink(path.c_str());
  return count;
}

bool WriteAt(int fd, std::string_view bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    const ssize_t n = pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
    at += static_cast<std::uint64_t>(n);
  }
  return true;
}

}  // namespace

Piece TakePiece(const Home& home, Id person, std::string_view upload, std::uint64_t offset,
                std::string_view bytes, std::uint64_t most, Seconds now) {
  Piece piece;
  piece.upload = upload;
  int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW;
  if (upload.empty()) {
    mkdir(home.Uploads().c_str(), 0700);
    if (Tidy(home, person, now) >= kMostUnfinished) {
      piece.outcome = PieceOutcome::kTooMany;
      return piece;
    }
    piece.upload = NewName();
    flags |= O_CREAT | O_EXCL;
  }
  const fs::path path = PathOf(home, person, piece.upload);
  const int fd = path.empty() ? -1 : open(path.c_str(), flags, 0600);
  if (fd < 0) {
    if (upload.empty()) piece.outcome = PieceOutcome::kDiskFull;
    return piece;
  }
  // Two windows that send the same piece.
  struct stat info {};
  if (flock(fd, LOCK_EX) == 0 && fstat(fd, &info) == 0) {
    piece.offset = static_cast<std::uint64_t>(info.st_size);
    if (offset != piece.offset || bytes.size() > most - std::min(most, offset)) {
      piece.outcome = PieceOutcome::kElsewhere;
    } else if (WriteAt(fd, bytes, offset) && fdatasync(fd) == 0) {
      piece.outcome = PieceOutcome::kKept;
      piece.offset += bytes.size();
    } else {
      piece.outcome = PieceOutcome::kDiskFull;
      static_cast<void>(ftruncate(fd, info.st_size) == 0);
    }
  }
  close(fd);
  if (upload.empty() && piece.outcome != PieceOutcome::kKept) unlink(path.c_str());
  return piece;
}

std::optional<std::uint64_t> PieceOffset(const Home& home, Id person, std::string_view upload) {
  const fs::path path = PathOf(home, person, upload);
  struct stat info {};
  if (path.empty() || lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
    return std::nullopt;
  return static_cast<std::uint64_t>(info.st_size);
}

int OpenPieces(const Home& home, Id person, std::string_view upload) {
  const fs::path path = PathOf(home, person, upload);
  return path.empty() ? -1 : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

bool KeepPieces(const Home& home, Id person, std::string_view upload, const fs::path& to) {
  const fs::path path = PathOf(home, person, upload);
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  // Two at once: the second finds a file of that name, which link() does not replace.
  if (path.empty() || link(path.c_str(), to.c_str()) != 0) {
    if (path.empty() || errno == EEXIST || errno == ENOENT) return false;
    return rename(path.c_str(), to.c_str()) == 0;  // a file system without links
  }
  unlink(path.c_str());
  return true;
}

void DropPieces(const Home& home, Id person, std::string_view upload) {
  const fs::path path = PathOf(home, person, upload);
  if (!path.empty()) unlink(path.c_str());
}

}  // namespace daybook::journal
