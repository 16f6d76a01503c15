// The renames and syncs of the page store. The order of the steps is the proof of protocols 1:
// change nothing lightly. Beside live/ there are .shut (its time is that of the last shut) and
// .last (mtime of the last generation).
#include "sql/page_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <utility>
#include <vector>

#include "sql/descriptor.h"
#include "sql/errors.h"
#include "sql/filesystem.h"

namespace daybook::sql {
namespace {

constexpr int64_t kQuietSeconds = 2;
constexpr int64_t kBlock = 4096;
constexpr size_t kLongestPath = 1024;
constexpr size_t kLongestName = 240;  // of the 255 that a file name may have; ".gz" is added

// A file's number at the start of it; 0 without one.
int64_t ReadNumber(const std::filesystem::path& file) {
  const Descriptor descriptor(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  char text[32];
  const ssize_t length = descriptor ? read(descriptor.get(), text, sizeof text) : 0;
  int64_t number = 0;
  if (length > 0) std::from_chars(text, text + length, number);
  return number;
}

std::optional<Generation> ReadGeneration(int folder) {
  const Descriptor file(openat(folder, ".gen", O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  char text[512];
  const ssize_t length = file ? read(file.get(), text, sizeof text) : 0;
  if (length <= 0) return std::nullopt;
  const std::string_view line(text, static_cast<size_t>(length));
  const size_t first = line.find(' ');
  const size_t second = line.find(' ', first == line.npos ? first : first + 1);
  if (second == line.npos || line.back() != '\n') return std::nullopt;
  Generation generation;
  std::from_chars(text, text + first, generation.rev);
  generation.build = line.substr(first + 1, second - first - 1);
  std::from_chars(text + second + 1, text + length, generation.mtime);
  return generation;
}

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// A whole file, on the disk, readable by the web server, under a name that nobody else uses.
bool WriteSynced(int folder, const std::string& name, std::string_view bytes, int64_t mtime) {
  const Descriptor file(
      openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
  const timespec times[2] = {{mtime, 0}, {mtime, 0}};
  return file && fchmod(file.get(), 0644) == 0 && WriteAll(file.get(), bytes) &&
         futimens(file.get(), times) == 0 && fdatasync(file.get()) == 0;
}

// Makes the folders of `file` inside `folder`. A symbolic link on the way is not followed.
bool MakeFolders(int folder, const std::string& file) {
  for (size_t slash = file.find('/'); slash != file.npos; slash = file.find('/', slash + 1)) {
    const std::string part = file.substr(0, slash);
    if (mkdirat(folder, part.c_str(), 0755) == 0) {
      if (fchmodat(folder, part.c_str(), 0755, 0) != 0) return false;
      continue;
    }
    if (errno != EEXIST) return false;
    struct stat about;
    if (fstatat(folder, part.c_str(), &about, AT_SYMLINK_NOFOLLOW) != 0) return false;
    if (!S_ISDIR(about.st_mode)) {
      errno = ENOTDIR;
      return false;
    }
  }
  return true;
}

std::string OwnName(std::string_view prefix) {
  return std::string(prefix) + std::to_string(getpid());
}

}  // namespace

PageStore::PageStore(std::filesystem::path public_folder, int64_t limit)
    : folder_(std::move(public_folder)), limit_(limit) {}

void PageStore::Shut(const FileLock&) {
  if (folder_.empty()) return;
  if (access(folder_.c_str(), F_OK) != 0) {
    if (errno == ENOENT) return;  // no store here
    throw SystemError("shutting the page store", errno);
  }
  const std::filesystem::path live = folder_ / "live";
  // A dead folder of the same name may be waiting for its removal, so count on until a name is
  // free.
  for (int number = 0;; ++number) {
    const std::string dead = OwnName("dead-") + "-" + std::to_string(number);
    if (rename(live.c_str(), (folder_ / dead).c_str()) == 0 || errno == ENOENT) break;
    const bool taken = errno == ENOTEMPTY || errno == EEXIST || errno == EISDIR || errno == ENOTDIR;
    if (!taken) throw SystemError("shutting the page store", errno);
  }
  // Also where nothing was live: an earlier shut may have ended after its rename. But not where
  // this process has synced the folder without it and the folder has not changed since: whoever
  // opens the store makes a name in it, and the quiet that .shut asks for keeps that out of the
  // same tick of the clock.
  const std::optional<Change> change = LastChange();
  if (!change || change != synced_) {
    synced_.reset();
    SyncDirectory(folder_);
  }
  const Descriptor mark(open((folder_ / ".shut").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
  const bool quiet = mark && futimens(mark.get(), nullptr) == 0;
  synced_ = quiet ? change : std::nullopt;  // without it the store opens sooner, that is all
}

std::optional<PageStore::Change> PageStore::LastChange() const {
  struct stat about;
  if (stat(folder_.c_str(), &about) != 0) return std::nullopt;
  return Change{static_cast<int64_t>(about.st_ino), about.st_ctim.tv_sec, about.st_ctim.tv_nsec};
}

bool PageStore::IsLive() const {
  return !folder_.empty() && access((folder_ / "live").c_str(), F_OK) == 0;
}

std::optional<Generation> PageStore::Live() const {
  if (folder_.empty()) return std::nullopt;
  const Descriptor live(open((folder_ / "live").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return live ? ReadGeneration(live.get()) : std::nullopt;
}

std::optional<std::string> PageStore::FileFor(std::string_view path) {
  if (path.empty() || path.front() != '/' || path.size() > kLongestPath) return std::nullopt;
  std::string file(path.substr(1));
  if (file.empty() || file.back() == '/') file += "index.html";
  for (size_t start = 0; start <= file.size();) {
    const size_t end = std::min(file.find('/', start), file.size());
    const std::string_view segment = std::string_view(file).substr(start, end - start);
    if (segment.empty() || segment.front() == '.' || segment.size() > kLongestName) {
      return std::nullopt;
    }
    // The names of a compressed page and of a folder's own are not free for another page.
    if (segment.ends_with(".gz")) return std::nullopt;
    if (segment == "index.html" && path.back() != '/') return std::nullopt;
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (std::any_of(segment.begin(), segment.end(), is_control)) return std::nullopt;
    start = end + 1;
  }
  return file;
}

std::optional<PageStore::Stored> PageStore::Read(std::string_view path) const {
  if (folder_.empty()) return std::nullopt;
  const std::optional<std::string> name = FileFor(path);
  if (!name) return std::nullopt;
  // Both through the folder that was live when this began: it may be shut in between.
  const Descriptor live(open((folder_ / "live").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!live) return std::nullopt;
  const Descriptor file(openat(live.get(), name->c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat about;
  if (!file || fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
  std::optional<Generation> generation = ReadGeneration(live.get());
  if (!generation) return std::nullopt;
  Stored stored{*std::move(generation), std::string(static_cast<size_t>(about.st_size), '\0')};
  size_t got = 0;
  while (got < stored.bytes.size()) {
    const ssize_t count = read(file.get(), stored.bytes.data() + got, stored.bytes.size() - got);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    got += static_cast<size_t>(count);
  }
  return stored;
}

PageStore::Published PageStore::Publish(int64_t rev, std::string_view build, std::string_view path,
                                        std::string_view bytes, Compress gzip) {
  if (folder_.empty()) return Published::kNotLive;
  const std::optional<std::string> file = FileFor(path);
  if (!file) return Published::kRefused;
  const Descriptor live(open((folder_ / "live").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!live) return Published::kNotLive;
  const std::optional<Generation> generation = ReadGeneration(live.get());
  if (!generation || generation->rev != rev || generation->build != build) {
    return Published::kNotLive;
  }
  struct stat about;
  if (fstatat(live.get(), file->c_str(), &about, AT_SYMLINK_NOFOLLOW) == 0) {
    return S_ISREG(about.st_mode) ? Published::kStored : Published::kRefused;
  }

  if (!MakeFolders(live.get(), *file)) {
    return errno == ENOTDIR || errno == ELOOP ? Published::kRefused : Published::kFull;
  }
  // .size holds one byte for each block stored: appending needs no lock, and its length is the sum.
  const Descriptor sum(
      openat(live.get(), ".size", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!sum || fstat(sum.get(), &about) != 0) return Published::kFull;
  const auto fits = [&](size_t size) {
    return about.st_size + static_cast<int64_t>(size) / kBlock + 2 <= limit_ / kBlock;
  };
  if (!fits(bytes.size())) return Published::kFull;
  const std::string gzipped = gzip != nullptr ? gzip(bytes) : std::string();
  const size_t size = bytes.size() + gzipped.size();
  if (!fits(size) || !WriteAll(sum.get(), std::string(size / kBlock + 2, '.')))
    return Published::kFull;
  const std::string temporary = OwnName(".new-");
  const auto store = [&](const std::string& name, std::string_view content) {
    const bool done = WriteSynced(live.get(), temporary, content, generation->mtime) &&
                      renameat(live.get(), temporary.c_str(), live.get(), name.c_str()) == 0;
    const int error = errno;
    if (!done) unlinkat(live.get(), temporary.c_str(), 0);
    errno = error;
    return done;
  };
  if ((!gzipped.empty() && !store(*file + ".gz", gzipped)) || !store(*file, bytes)) {
    return errno == EISDIR || errno == ENOTDIR ? Published::kRefused : Published::kFull;
  }
  return Published::kStored;
}

bool PageStore::MayOpen(int64_t now) const {
  if (folder_.empty() || access(folder_.c_str(), W_OK) != 0) return false;
  struct stat about;
  if (lstat((folder_ / "live").c_str(), &about) == 0 || errno != ENOENT) return false;
  if (stat((folder_ / ".shut").c_str(), &about) != 0) return true;
  const int64_t age = now - about.st_mtim.tv_sec;
  return age >= kQuietSeconds || age < -kQuietSeconds;  // the clock may have been put back
}

bool PageStore::Open(const FileLock&, int64_t rev, std::string_view build, int64_t now) {
  if (build.empty() || build.size() > 200 || build.find_first_of(" \t\r\n") != build.npos) {
    return false;
  }
  const std::filesystem::path fresh = folder_ / OwnName("new-");
  std::error_code ignored;
  std::filesystem::remove_all(fresh, ignored);  // of a process that had this number before
  if (mkdir(fresh.c_str(), 0755) != 0 || chmod(fresh.c_str(), 0755) != 0) return false;
  const Descriptor folder(open(fresh.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const std::filesystem::path last = folder_ / ".last";
  const int64_t mtime = std::max(now, ReadNumber(last) + 1);
  const std::string generation =
      std::to_string(rev) + " " + std::string(build) + " " + std::to_string(mtime) + "\n";
  // Twenty digits, written over the old ones in one call: never seen half written.
  char digits[32];
  const int length =
      std::snprintf(digits, sizeof digits, "%020lld\n", static_cast<long long>(mtime));
  const Descriptor mark(open(last.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
  const bool made = folder && WriteSynced(folder.get(), ".gen", generation, mtime) &&
                    fsync(folder.get()) == 0 && mark &&
                    pwrite(mark.get(), digits, static_cast<size_t>(length), 0) == length &&
                    rename(fresh.c_str(), (folder_ / "live").c_str()) == 0;
  if (!made) std::filesystem::remove_all(fresh, ignored);
  return made;
}

}  // namespace daybook::sql
