// minizip, and the end of the file kept aside while it is being written over.
#include "work/zip.h"

#include <fcntl.h>
#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <sodium.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <ctime>
#include <fstream>

namespace daybook::work {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 256 << 10;
constexpr int kUtf8 = 1 << 11, kMadeByUnix = (3 << 8) | 45;
constexpr std::uint64_t kLarge = 0xfff00000;  // from here on sizes need 64 bits

std::uint64_t Little(const std::string& bytes, std::size_t at, int count) {
  std::uint64_t value = 0;
  for (int i = count - 1; i >= 0; --i)
    value = (value << 8) | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
  return value;
}

std::string ReadAt(const fs::path& file, std::uint64_t at, std::uint64_t count) {
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(at));
  std::string bytes(count, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(count));
  if (!in) throw ZipTrouble{"The unfinished backup cannot be read."};
  return bytes;
}

// Where the directory begins in a zip file of ours, which ends without a remark.
std::uint64_t DirectoryAt(const fs::path& file, std::uint64_t size) {
  constexpr std::uint64_t kEnd = 22, kLocator = 20;
  if (size < kEnd) throw ZipTrouble{"The unfinished backup was cut off."};
  const std::string end = ReadAt(file, size - kEnd, kEnd);
  if (!end.starts_with("PK\5\6")) throw ZipTrouble{"The unfinished backup was cut off."};
  const std::uint64_t at = Little(end, 16, 4);
  if (at != 0xffffffff && Little(end, 10, 2) != 0xffff) return at;
  const std::string locator = ReadAt(file, size - kEnd - kLocator, kLocator);
  if (!locator.starts_with("PK\6\7")) return at;
  return Little(ReadAt(file, Little(locator, 8, 8), 56), 48, 8);
}

class Hash {
 public:
  Hash() { crypto_hash_sha256_init(&state_); }
  void Add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
  }
  std::string End() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> raw;
    crypto_hash_sha256_final(&state_, raw.data());
    std::array<char, 2 * raw.size() + 1> digits;
    sodium_bin2hex(digits.data(), digits.size(), raw.data(), raw.size());
    return digits.data();
  }

 private:
  crypto_hash_sha256_state state_;
};

// What is compressed already only costs time.
bool Shrinks(const std::string& name) {
  for (const char* ending : {".jpg", ".jpeg", ".png", ".webp", ".gif", ".mp3", ".mp4", ".m4a",
                             ".ogg", ".webm", ".zip", ".gz", ".woff2", ".pdf"}) {
    if (name.size() >= std::strlen(ending) &&
        strcasecmp(name.c_str() + name.size() - std::strlen(ending), ending) == 0)
      return false;
  }
  return true;
}

}  // namespace

ZipWriter::ZipWriter(const fs::path& file) : file_(file), tail_(file.string() + ".tail") {
  std::error_code error;
  if (fs::exists(tail_)) {  // somebody was killed
    const std::string kept = ReadAt(tail_, 0, fs::file_size(tail_));
    if (kept.size() < 8) {  // before it was written whole, so nothing else was
      fs::remove(tail_);
    } else {
      fs::resize_file(file_, Little(kept, 0, 8));
      std::ofstream(file_, std::ios::binary | std::ios::app) << kept.substr(8);
      fs::remove(tail_);
    }
  }
  const bool there = fs::exists(file_, error) && fs::file_size(file_, error) > 0;
  if (there) {
    const std::uint64_t size = fs::file_size(file_);
    const std::uint64_t at = DirectoryAt(file_, size);
    std::string kept;
    for (int i = 0; i < 8; ++i) kept += static_cast<char>((at >> (8 * i)) & 0xff);
    kept += ReadAt(file_, at, size - at);
    const fs::path part = tail_.string() + ".part";
    std::ofstream(part, std::ios::binary) << kept;
    if (fs::file_size(part) != kept.size()) throw ZipTrouble{"The disk is full."};
    fs::rename(part, tail_);
  } else {
    const int made = open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (made < 0) throw ZipTrouble{file_.string() + " cannot be written: " + std::strerror(errno)};
    close(made);
  }
  zip_ = zipOpen64(file_.c_str(), there ? APPEND_STATUS_ADDINZIP : APPEND_STATUS_CREATE);
  if (zip_ == nullptr) throw ZipTrouble{file_.string() + " cannot be written."};
}

ZipWriter::~ZipWriter() {
  if (zip_ != nullptr) zipClose(zip_, nullptr);
}

void ZipWriter::Begin(const std::string& name, std::uint64_t bytes, std::int64_t changed) {
  zip_fileinfo info{};
  std::tm at{};
  const auto seconds = static_cast<std::time_t>(changed);
  gmtime_r(&seconds, &at);
  const auto part = [](int value) { return static_cast<uInt>(value); };
  info.tmz_date = {part(at.tm_sec),  part(at.tm_min), part(at.tm_hour),
                   part(at.tm_mday), part(at.tm_mon), part(at.tm_year + 1900)};
  info.external_fa = static_cast<uLong>(S_IFREG | 0600) << 16;
  constexpr int kFast = 1;
  const int method = Shrinks(name) ? Z_DEFLATED : 0;
  if (zipOpenNewFileInZip4_64(zip_, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, method,
                              kFast, 0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, nullptr, 0,
                              kMadeByUnix, kUtf8, bytes >= kLarge ? 1 : 0) != ZIP_OK)
    throw ZipTrouble{"The backup cannot be written: the disk may be full."};
}

void ZipWriter::Write(std::string_view bytes) {
  if (zipWriteInFileInZip(zip_, bytes.data(), static_cast<unsigned>(bytes.size())) != ZIP_OK)
    throw ZipTrouble{"The backup cannot be written: the disk may be full."};
}

std::string ZipWriter::AddFile(const std::string& name, const fs::path& source) {
  const int file = open(source.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat about {};
  if (file < 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
    if (file >= 0) close(file);
    throw ZipTrouble{source.string() + " cannot be read."};
  }
  std::string buffer(kPiece, '\0');
  Hash hash;
  try {
    Begin(name, static_cast<std::uint64_t>(about.st_size), about.st_mtime);
    ssize_t got = 0;
    while ((got = read(file, buffer.data(), buffer.size())) > 0) {
      const std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
      hash.Add(piece);
      Write(piece);
    }
    close(file);
    if (got < 0) throw ZipTrouble{source.string() + " cannot be read."};
  } catch (const ZipTrouble&) {
    zipCloseFileInZip(zip_);
    throw;
  }
  if (zipCloseFileInZip(zip_) != ZIP_OK)
    throw ZipTrouble{"The backup cannot be written: the disk may be full."};
  return hash.End();
}

std::string ZipWriter::AddBytes(const std::string& name, std::string_view bytes) {
  Begin(name, bytes.size(), std::time(nullptr));
  Hash hash;
  hash.Add(bytes);
  Write(bytes);
  if (zipCloseFileInZip(zip_) != ZIP_OK)
    throw ZipTrouble{"The backup cannot be written: the disk may be full."};
  return hash.End();
}

void ZipWriter::Close() {
  const int code = zipClose(zip_, nullptr);
  zip_ = nullptr;
  if (code != ZIP_OK) throw ZipTrouble{"The backup cannot be written: the disk may be full."};
  const int file = open(file_.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!synced) throw ZipTrouble{"The backup cannot be written: the disk may be full."};
  fs::remove(tail_);
}

ZipReader::ZipReader(const fs::path& file) : zip_(unzOpen64(file.c_str())) {
  if (zip_ == nullptr)
    throw ZipTrouble{file.string() + " is no zip file, or was cut off on its way. Copy it again."};
}

ZipReader::~ZipReader() { unzClose(zip_); }

bool ZipReader::Next(Entry& entry) {
  const int code = begun_ ? unzGoToNextFile(zip_) : unzGoToFirstFile(zip_);
  begun_ = true;
  if (code == UNZ_END_OF_LIST_OF_FILE) return false;
  unz_file_info64 info{};
  std::array<char, 4096> name{};
  if (code != UNZ_OK ||
      unzGetCurrentFileInfo64(zip_, &info, name.data(), name.size() - 1, nullptr, 0, nullptr, 0) !=
          UNZ_OK ||
      info.size_filename >= name.size() - 1)
    throw ZipTrouble{"The list of files in it is damaged."};
  entry_ = entry = {std::string(name.data(), info.size_filename), info.uncompressed_size};
  return true;
}

void ZipReader::Read(const std::function<void(std::string_view)>& take) {
  const ZipTrouble damaged{"“" + entry_.name + "” in it is damaged."};
  if (unzOpenCurrentFile(zip_) != UNZ_OK) throw damaged;
  std::string buffer(kPiece, '\0');
  std::uint64_t total = 0;
  int got = 0;
  while ((got = unzReadCurrentFile(zip_, buffer.data(), static_cast<unsigned>(buffer.size()))) >
         0) {
    total += static_cast<std::uint64_t>(got);
    if (total > entry_.bytes) break;
    take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
  }
  if (unzCloseCurrentFile(zip_) != UNZ_OK || got < 0 || total != entry_.bytes) throw damaged;
}

}  // namespace daybook::work
