// The child that decodes, and its parent who waits.
#include "work/image.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <utility>

#include "text/picture_file.h"
#include "work/image_codec.h"

namespace daybook::work {
namespace {

constexpr int kJpegQuality = 82, kWebpQuality = 80;
constexpr int kUprightQuality = 95;  // of what must be decoded to be turned
constexpr int kMostWidths = 16;

// What the child tells, in one write to a pipe.
struct Report {
  PictureOutcome outcome = PictureOutcome::kUnable;
  bool upright = false;
  int count = 0;
  std::array<int, kMostWidths> widths = {};
};

// A whole file, read as far as it is looked at.
class Mapped {
 public:
  explicit Mapped(const std::filesystem::path& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat info {};
    if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0) {
      size_ = static_cast<std::size_t>(info.st_size);
      bytes_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    if (fd >= 0) close(fd);
  }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  ~Mapped() {
    if (bytes_ != MAP_FAILED) munmap(bytes_, size_);
  }
  [[nodiscard]] std::string_view view() const {
    if (bytes_ == MAP_FAILED) return {};
    return {static_cast<const char*>(bytes_), size_};
  }

 private:
  void* bytes_ = MAP_FAILED;
  std::size_t size_ = 0;
};

PictureOutcome WriteFile(const std::filesystem::path& path, const Bytes& bytes) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0)
    return errno == ENOSPC || errno == EDQUOT ? PictureOutcome::kDiskFull : PictureOutcome::kUnable;
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  const bool whole = done == bytes.size() && fsync(fd) == 0;
  const int error = errno;
  close(fd);
  if (whole) return PictureOutcome::kDone;
  unlink(path.c_str());
  return error == EIO ? PictureOutcome::kUnable : PictureOutcome::kDiskFull;
}

std::optional<Decoded> Decode(std::string_view mime, std::string_view file, int wanted) {
  if (mime == "image/jpeg") return DecodeJpeg(file, wanted);
  if (mime == "image/png") return DecodePng(file, wanted);
  if (mime == "image/webp") return DecodeWebp(file, wanted);
  if (mime == "image/gif") return DecodeGif(file, wanted);
  return std::nullopt;
}

Bytes Encode(std::string_view mime, const Decoded& like, const Pixels& pixels, bool best) {
  if (mime == "image/jpeg")
    return EncodeJpeg(pixels, like.profile, best ? kUprightQuality : kJpegQuality,
                      best && like.sampling == 1);
  if (mime == "image/png") return EncodePng(pixels, like.profile);
  if (mime == "image/gif") {
    // Resampled, it has more colours than a GIF can. Drawings are smaller without loss, photographs
    // are not.
    Bytes exact = EncodeWebp(pixels, like.profile, kWebpQuality, true);
    Bytes close = EncodeWebp(pixels, like.profile, kWebpQuality, false);
    return close.empty() || (!exact.empty() && exact.size() <= close.size()) ? exact : close;
  }
  return EncodeWebp(pixels, like.profile, best ? kUprightQuality : kWebpQuality, like.lossless);
}

Bytes WithoutTurn(std::string_view mime, const Bytes& file) {
  const std::string_view view(reinterpret_cast<const char*>(file.data()), file.size());
  const text::PicturePlan plan =
      text::PlanPicture(mime, view.size(), text::ReadAtOf(view), /*note_turn=*/false);
  Bytes clean;
  for (const text::Piece& piece : plan.pieces) {
    const std::string_view bytes = piece.bytes.empty()
                                       ? view.substr(static_cast<std::size_t>(piece.at),
                                                     static_cast<std::size_t>(piece.length))
                                       : std::string_view(piece.bytes);
    clean.insert(clean.end(), bytes.begin(), bytes.end());
  }
  return clean;
}

PictureOutcome MakeUpright(const PictureWanted& wanted, std::string_view file) {
  Bytes made;
  if (wanted.mime == "image/jpeg") made = TurnJpeg(file, wanted.orientation);
  if (made.empty()) {
    auto decoded = Decode(wanted.mime, file, 0);
    if (!decoded || decoded->animated) return PictureOutcome::kDamaged;
    const Pixels turned = Turn(std::move(decoded->pixels), wanted.orientation);
    made = Encode(wanted.mime, *decoded, turned, true);
  }
  made = WithoutTurn(wanted.mime, made);
  if (made.empty()) return PictureOutcome::kDamaged;
  return WriteFile(wanted.upright, made);
}

PictureOutcome MakeSmaller(const PictureWanted& wanted, std::string_view file, Report& report) {
  if (wanted.smaller.empty()) return PictureOutcome::kDone;
  const text::PicturePlan plan = text::PlanPicture(wanted.mime, file.size(), text::ReadAtOf(file));
  if (plan.state != text::PictureState::kGood) return PictureOutcome::kDamaged;
  const bool across = wanted.orientation >= 5;
  const int shown = across ? plan.size.height : plan.size.width;
  int widest = 0;
  for (const SmallerWanted& one : wanted.smaller) widest = std::max(widest, one.width);
  if (widest < 1 || widest > shown) return PictureOutcome::kUnable;
  // In the file's own width.
  const auto least = static_cast<int>((std::int64_t{widest} * plan.size.width + shown - 1) / shown);
  const auto decoded = Decode(wanted.mime, file, least);
  if (!decoded) return PictureOutcome::kDamaged;
  if (decoded->animated) return PictureOutcome::kDone;
  for (const SmallerWanted& one : wanted.smaller) {
    const std::int64_t long_side = across ? plan.size.width : plan.size.height;
    const int height = std::max(1, static_cast<int>((long_side * one.width + shown / 2) / shown));
    const int w = std::min(across ? height : one.width, decoded->pixels.width);
    const int h = std::min(across ? one.width : height, decoded->pixels.height);
    const Pixels small = Turn(Resize(decoded->pixels, w, h), wanted.orientation);
    const Bytes bytes = Encode(wanted.mime, *decoded, small, false);
    if (bytes.empty()) return PictureOutcome::kUnable;
    if (bytes.size() >= file.size() || report.count == kMostWidths) continue;
    const PictureOutcome written = WriteFile(one.file, bytes);
    if (written != PictureOutcome::kDone) return written;
    report.widths[static_cast<std::size_t>(report.count++)] = one.width;
  }
  return PictureOutcome::kDone;
}

void Limit(const PictureLimits& limits) {
  const auto cpu = static_cast<rlim_t>(limits.cpu_seconds);
  const rlimit time = {cpu, cpu + 1}, core = {0, 0};
  setrlimit(RLIMIT_CPU, &time);
  setrlimit(RLIMIT_CORE, &core);
#ifndef __SANITIZE_ADDRESS__  // which keeps terabytes of addresses for itself
  const rlimit memory = {limits.memory, limits.memory};
  setrlimit(RLIMIT_AS, &memory);
#endif
  static_cast<void>(nice(5));
}

Report Work(const PictureWanted& wanted) {
  Report report;
  try {
    const Mapped file(wanted.source);
    if (file.view().empty()) return report;
    report.outcome = MakeSmaller(wanted, file.view(), report);
    if (report.outcome != PictureOutcome::kDone) return report;
    if (wanted.orientation != 1 && !wanted.upright.empty()) {
      report.outcome = MakeUpright(wanted, file.view());
      report.upright = report.outcome == PictureOutcome::kDone;
    }
  } catch (const std::bad_alloc&) {
    report.outcome = PictureOutcome::kTooLarge;
  } catch (const std::exception&) {
    report.outcome = PictureOutcome::kDamaged;
  }
  return report;
}

}  // namespace

PictureMade MakePictures(const PictureWanted& wanted, const PictureLimits& limits) {
  PictureMade made;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return made;
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    for (const int signal : {SIGTERM, SIGINT}) ::signal(signal, SIG_DFL);
    Limit(limits);
    const Report report = Work(wanted);
    _exit(write(ends[1], &report, sizeof report) == static_cast<ssize_t>(sizeof report) ? 0 : 1);
  }
  close(ends[1]);
  Report report;
  ssize_t got = -1;
  if (child > 0) {
    do {
      got = read(ends[0], &report, sizeof report);
    } while (got < 0 && errno == EINTR);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (got != static_cast<ssize_t>(sizeof report)) {
      report = {};
      // Killed: for its time, by the kernel for want of memory, or by the picture.
      if (WIFSIGNALED(status))
        report.outcome = WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL
                             ? PictureOutcome::kTooLarge
                             : PictureOutcome::kDamaged;
    }
  }
  close(ends[0]);
  made.outcome = report.outcome;
  made.upright = report.upright;
  made.widths.assign(report.widths.begin(), report.widths.begin() + report.count);
  std::sort(made.widths.begin(), made.widths.end());
  return made;
}

}  // namespace daybook::work
