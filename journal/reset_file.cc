// The file and its code. Its age is the moment when the server last changed it (ctime): upload
// tools set the other times to what the file had elsewhere.
#include "journal/reset_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "text/html_clean.h"
#include "text/totp.h"

namespace daybook::journal {
namespace {

constexpr std::size_t kCodeBytes = 10, kRead = 200, kBlank = 8;

class File {
 public:
  File(const Home& home, int flags)
      : fd_(open((home.root / kResetFile).c_str(), flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  explicit operator bool() const { return fd_ >= 0; }
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] std::string Read() const {
    std::string bytes(kRead, '\0');
    const ssize_t got = pread(fd_, bytes.data(), bytes.size(), 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

 private:
  int fd_;
};

// What a tool that cannot make an empty file puts there: line ends, a byte order mark.
bool IsBlank(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  return bytes.size() <= kBlank && text::TrimHtmlSpace(bytes).empty();
}

// The bytes of the code in the file or in a field; nothing where there is none.
std::optional<std::string> CodeIn(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  const auto bytes = text::FromBase32(text::TrimHtmlSpace(text));
  return bytes && bytes->size() == kCodeBytes ? bytes : std::nullopt;
}

ResetState StateOf(const File& file, Seconds now) {
  struct stat about {};
  if (fstat(file.fd(), &about) != 0 || !S_ISREG(about.st_mode)) return ResetState::kForeign;
  // A clock that runs a little behind makes it no older.
  if (now - about.st_ctime > kResetLife) return ResetState::kOld;
  const std::string bytes = file.Read();
  if (IsBlank(bytes)) return ResetState::kEmpty;
  return CodeIn(bytes) ? ResetState::kCoded : ResetState::kForeign;
}

}  // namespace

ResetState LookForReset(const Home& home, Seconds now) {
  struct stat about {};
  if (lstat((home.root / kResetFile).c_str(), &about) != 0) return ResetState::kNone;
  const File file(home, O_RDONLY);
  return file ? StateOf(file, now) : ResetState::kForeign;
}

bool BeginReset(const Home& home, Seconds now) {
  const File file(home, O_RDWR);
  if (!file) return false;
  const ResetState state = StateOf(file, now);
  if (state == ResetState::kCoded) return true;  // pressed twice
  if (state != ResetState::kEmpty || sodium_init() < 0) return false;
  std::string bytes(kCodeBytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  const std::string code = text::AsciiLower(text::Base32(bytes));
  std::string line;
  for (std::size_t at = 0; at < code.size(); at += 4)
    line += (at == 0 ? "" : "-") + code.substr(at, 4);
  line += '\n';
  return ftruncate(file.fd(), 0) == 0 &&
         pwrite(file.fd(), line.data(), line.size(), 0) == static_cast<ssize_t>(line.size()) &&
         fsync(file.fd()) == 0;
}

bool ResetCodeFits(const Home& home, std::string_view typed, Seconds now) {
  const File file(home, O_RDONLY);
  if (!file || StateOf(file, now) != ResetState::kCoded) return false;
  const auto code = CodeIn(file.Read()), given = CodeIn(typed);
  return code && given && sodium_memcmp(code->data(), given->data(), kCodeBytes) == 0;
}

bool EndReset(const Home& home) { return unlink((home.root / kResetFile).c_str()) == 0; }

}  // namespace daybook::journal
