// From a stranger's bytes to a file in public/media, by way of a hidden one beside it.
#include "journal/media_store.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "journal/edit_common.h"
#include "journal/jobs.h"
#include "journal/settings.h"
#include "sql/descriptor.h"
#include "sql/queries/media.h"
#include "sql/tx.h"
#include "text/dates.h"
#include "text/media_name.h"
#include "text/mime.h"

namespace daybook::journal {
namespace {

namespace fs = std::filesystem;
namespace query = sql::query;

constexpr std::size_t kStep = 64 * 1024;
constexpr int kMaxSameName = 1000;
constexpr int kRenderedAtOnce = 50;

MediaRefusal FromErrno(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG ? MediaRefusal::kDiskFull
                                                              : MediaRefusal::kUnwritable;
}

bool WriteAll(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t n = write(fd, bytes, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      if (n == 0) errno = ENOSPC;
      return false;
    }
    bytes += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

void SyncFolder(const fs::path& folder) {
  const sql::Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) fsync(fd.get());
}

// Gives every byte of the pieces to `put` in turn, until that is false; false, too, where the file
// has become shorter.
template <typename Put>
bool ForEachRun(const std::vector<text::Piece>& pieces, const text::ReadAt& read, const Put& put) {
  std::string buffer(kStep, '\0');
  for (const text::Piece& piece : pieces) {
    if (!piece.bytes.empty()) {
      if (!put(piece.bytes.data(), piece.bytes.size())) return false;
      continue;
    }
    for (std::uint64_t at = piece.at, end = piece.at + piece.length; at < end;) {
      const std::size_t got = read(
          at, buffer.data(), static_cast<std::size_t>(std::min<std::uint64_t>(end - at, kStep)));
      if (got == 0 || !put(buffer.data(), got)) return false;
      at += got;
    }
  }
  return true;
}

// A clean copy under a hidden name, gone again unless it is moved away.
class CleanCopy {
 public:
  CleanCopy(const fs::path& folder, const UploadedFile& file, const JudgedMedia& judged) {
    if (sodium_init() < 0) {
      refusal_ = MediaRefusal::kUnwritable;
      return;
    }
    const std::string random = std::to_string(randombytes_random());
    path_ = folder / (".new-" + std::to_string(getpid()) + "-" + random);
    const sql::Descriptor out(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!out) {
      refusal_ = FromErrno(errno);
      path_.clear();
      return;
    }
    crypto_generichash_state hash;
    crypto_generichash_init(&hash, nullptr, 0, kDigest);
    refusal_ = MediaRefusal::kCutOff;  // unless it is all there
    const bool whole = ForEachRun(judged.pieces, file.read, [&](const char* bytes, std::size_t n) {
      crypto_generichash_update(&hash, reinterpret_cast<const unsigned char*>(bytes), n);
      bytes_ += n;
      if (WriteAll(out.get(), bytes, n)) return true;
      refusal_ = FromErrno(errno);
      return false;
    });
    if (!whole) return;
    refusal_ = MediaRefusal::kNone;
    if (fsync(out.get()) != 0) refusal_ = FromErrno(errno);
    std::array<unsigned char, kDigest> digest;
    crypto_generichash_final(&hash, digest.data(), digest.size());
    std::array<char, 2 * kDigest + 1> digits;
    sodium_bin2hex(digits.data(), digits.size(), digest.data(), digest.size());
    digest_ = digits.data();
  }
  CleanCopy(const CleanCopy&) = delete;
  CleanCopy& operator=(const CleanCopy&) = delete;
  ~CleanCopy() {
    if (!path_.empty()) unlink(path_.c_str());
  }

  [[nodiscard]] MediaRefusal refusal() const { return refusal_; }
  [[nodiscard]] const std::string& digest() const { return digest_; }
  [[nodiscard]] std::int64_t bytes() const { return static_cast<std::int64_t>(bytes_); }

  // Under a name that nobody has; false with errno EEXIST where somebody has it.
  [[nodiscard]] bool MoveToFree(const fs::path& to) {
    if (link(path_.c_str(), to.c_str()) == 0) {
      unlink(path_.c_str());
      path_.clear();
      return true;
    }
    if (errno == EEXIST) return false;
    // No links on this file system: the name is taken first.
    const int fd = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0) return false;
    close(fd);
    if (MoveOver(to)) return true;
    const int error = errno;
    unlink(to.c_str());
    errno = error;
    return false;
  }
  [[nodiscard]] bool MoveOver(const fs::path& to) {
    if (rename(path_.c_str(), to.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  static constexpr std::size_t kDigest = 16;
  fs::path path_;
  MediaRefusal refusal_ = MediaRefusal::kNone;
  std::string digest_;
  std::uint64_t bytes_ = 0;
};

Stored No(MediaRefusal why, std::string detail = "") {
  Stored stored;
  stored.refusal = why;
  stored.detail = std::move(detail);
  return stored;
}

std::optional<std::int64_t> Pixels(std::int64_t n) {
  return n > 0 ? std::optional<std::int64_t>(n) : std::nullopt;
}

// The folder that `path` names below public/media, if it is really there.
std::optional<fs::path> FolderFor(const Home& home, const fs::path& below) {
  std::error_code error;
  const fs::path folder = home.Media() / below;
  fs::create_directories(folder, error);
  const fs::path root = fs::canonical(home.Media(), error);
  const fs::path real = error ? fs::path() : fs::canonical(folder, error);
  if (error || !(real.string() + "/").starts_with(root.string() + "/")) return std::nullopt;
  return folder;
}

}  // namespace

bool WritePieces(const fs::path& path, const std::vector<text::Piece>& pieces,
                 const text::ReadAt& read) {
  const sql::Descriptor out(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!out) return false;
  const bool whole = ForEachRun(pieces, read, [&](const char* bytes, std::size_t n) {
    return WriteAll(out.get(), bytes, n);
  });
  if (whole && fsync(out.get()) == 0) return true;
  unlink(path.c_str());
  return false;
}

text::ReadAt ReadAtOfFile(int descriptor, std::uint64_t begin, std::uint64_t size) {
  return [=](std::uint64_t at, char* to, std::size_t want) -> std::size_t {
    if (at >= size) return 0;
    want = static_cast<std::size_t>(std::min<std::uint64_t>(want, size - at));
    std::size_t done = 0;
    while (done < want) {
      const ssize_t n =
          pread(descriptor, to + done, want - done, static_cast<off_t>(begin + at + done));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      done += static_cast<std::size_t>(n);
    }
    return done;
  };
}

Stored StoreMedia(sql::Db& db, const Home& home, const Settings& settings, const UploadedFile& file,
                  const MediaWords& words, Seconds now) {
  const JudgedMedia judged = JudgeMedia(home, file, settings);
  if (judged.refusal != MediaRefusal::kNone) return No(judged.refusal, judged.detail);
  const std::string year = std::to_string(text::ToLocal(now, settings.zone).year);
  errno = 0;
  const auto folder = FolderFor(home, year);
  if (!folder) return No(FromErrno(errno));
  CleanCopy copy(*folder, file, judged);
  if (copy.refusal() != MediaRefusal::kNone) return No(copy.refusal());

  Stored stored;
  stored.media = db.Read([&](sql::Tx& tx) { return FindMediaByDigest(tx, copy.digest()); });
  std::error_code error;
  if (stored.media && fs::is_regular_file(home.Media() / stored.media->path, error)) {
    stored.known = true;
    return stored;
  }
  const std::string name = text::MediaName(file.name, judged.ending);
  const std::string stem = name.substr(0, name.size() - judged.ending.size());
  std::string path;
  for (int n = 0; n < kMaxSameName && path.empty(); ++n) {
    const std::string tried = n == 0 ? name : stem + "-" + std::to_string(n) + judged.ending;
    const bool is_named =
        db.Read([&](sql::Tx& tx) { return FindMediaByPath(tx, year + "/" + tried).has_value(); });
    if (is_named) continue;
    if (copy.MoveToFree(*folder / tried)) {
      path = year + "/" + tried;
    } else if (errno != EEXIST) {
      return No(FromErrno(errno));
    }
  }
  if (path.empty()) return No(MediaRefusal::kUnwritable);
  SyncFolder(*folder);
  try {
    stored.media = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      const Id id = tx.Insert(query::kMediaInsert, path, judged.mime, copy.bytes(),
                              Pixels(judged.width), Pixels(judged.height), CleanLine(words.title),
                              CleanLine(words.alt), CleanText(words.caption), now,
                              judged.orientation, copy.digest(), Nullable(words.author));
      WantSmaller(tx, id, judged.mime, now);
      return FindMedia(tx, id);
    });
  } catch (...) {
    unlink((home.Media() / path).c_str());
    throw;
  }
  return stored;
}

Stored ReplaceMedia(sql::Db& db, const Home& home, const Settings& settings, Id id,
                    const UploadedFile& file, Seconds now) {
  const auto old = db.Read([&](sql::Tx& tx) { return FindMedia(tx, id); });
  if (!old) return No(MediaRefusal::kGone);
  const JudgedMedia judged = JudgeMedia(home, file, settings);
  if (judged.refusal != MediaRefusal::kNone) return No(judged.refusal, judged.detail);
  const std::string is = text::EndingOf(old->path), wanted = judged.ending.substr(1);
  if (is != wanted && text::MimeByName(old->path) != text::MimeByName("x" + judged.ending))
    return No(MediaRefusal::kOtherKind, "." + is);
  const fs::path target = home.Media() / old->path;
  errno = 0;
  const auto folder = FolderFor(home, fs::path(old->path).parent_path());
  if (!folder) return No(FromErrno(errno));
  CleanCopy copy(*folder, file, judged);
  if (copy.refusal() != MediaRefusal::kNone) return No(copy.refusal());
  Stored stored;
  int failure = 0;
  bool moved = false;
  // The old bytes stay at hand until the database agrees.
  const fs::path aside = *folder / (".old-" + std::to_string(getpid()) + "-" + copy.digest());
  const bool kept = link(target.c_str(), aside.c_str()) == 0;
  // Under the lock, so that a job which has just turned the old bytes cannot put them back.
  try {
    stored.media = db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) -> std::optional<Media> {
      failure = 0;
      if (!FindMedia(tx, id)) return std::nullopt;
      if (!moved && !copy.MoveOver(target)) {
        failure = errno;
        return std::nullopt;
      }
      moved = true;
      tx.Exec(query::kMediaReplace, id, copy.bytes(), Pixels(judged.width), Pixels(judged.height),
              judged.orientation, copy.digest());
      WantSmaller(tx, id, judged.mime, now);
      RenderUsersAgain(tx, settings, old->path, 0, kRenderedAtOnce);
      return FindMedia(tx, id);
    });
  } catch (...) {
    if (kept && moved) rename(aside.c_str(), target.c_str());
    unlink(aside.c_str());
    throw;
  }
  unlink(aside.c_str());
  if (!stored.media) return No(failure != 0 ? FromErrno(failure) : MediaRefusal::kGone);
  SyncFolder(*folder);
  return stored;
}

Erased EraseMedia(sql::Db& db, const Home& home, Id id) {
  std::string path;
  const Erased erased = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    const auto media = FindMedia(tx, id);
    if (!media) return Erased::kGone;
    if (media->uses > 0) return Erased::kUsed;
    path = media->path;
    DropJob(tx, JobKind::kPicture, id);
    tx.Exec(query::kMediaErase, id);
    return Erased::kDone;
  });
  if (erased == Erased::kDone) {
    unlink((home.Media() / path).c_str());
    DropSmaller(home, path, -1);
  }
  return erased;
}

void DropSmaller(const Home& home, const std::string& path, std::int64_t keep) {
  const fs::path file = home.Media() / path;
  const auto [before, ending] = SmallerEnds(file.filename().string());
  const std::string stem = before + ".w";
  const std::string kept = keep > 0 ? "-" + std::to_string(keep) : "";
  std::error_code error;
  std::vector<fs::path> old;
  for (const auto& item : fs::directory_iterator(file.parent_path(), error)) {
    const std::string name = item.path().filename().string();
    if (!name.starts_with(stem) || !name.ends_with(ending) ||
        name.size() < stem.size() + ending.size())
      continue;
    const std::string middle = name.substr(stem.size(), name.size() - stem.size() - ending.size());
    const std::size_t digits = std::min(middle.find_first_not_of("0123456789"), middle.size());
    const std::string edition = middle.substr(digits);
    const bool ours =
        digits > 0 &&
        (edition.empty() || (edition.size() > 1 && edition[0] == '-' &&
                             edition.find_first_not_of("0123456789", 1) == std::string::npos));
    if (ours && (keep < 0 || edition != kept)) old.push_back(item.path());
  }
  for (const fs::path& gone : old) unlink(gone.c_str());
}

}  // namespace daybook::journal
