// Zip files as backups have them: written a slice at a time by processes that may be killed, read
// as something that anybody may have made. The format itself is minizip's business.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::work {

// A file could not be read, written or understood; the text is a sentence for the owner.
struct ZipTrouble {
  std::string reason;
};

// Adds to a file that is begun where it is not there. When a process is killed meanwhile, the file
// is what it was before it was opened: the next one that opens it sees to that. One writer at a
// time. Every function throws ZipTrouble.
class ZipWriter {
 public:
  explicit ZipWriter(const std::filesystem::path& file);
  ~ZipWriter();  // what was added since it was opened is lost unless Close was called
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  // `name` is UTF-8 with '/' between its parts. Gives SHA-256 of the bytes in hexadecimal digits.
  std::string AddFile(const std::string& name, const std::filesystem::path& source);
  std::string AddBytes(const std::string& name, std::string_view bytes);
  void Close();

 private:
  void Begin(const std::string& name, std::uint64_t bytes, std::int64_t changed);
  void Write(std::string_view bytes);

  std::filesystem::path file_, tail_;
  void* zip_ = nullptr;
};

// Goes through a file from its first entry to its last.
class ZipReader {
 public:
  struct Entry {
    std::string name;
    std::uint64_t bytes = 0;
  };
  explicit ZipReader(const std::filesystem::path& file);
  ~ZipReader();
  ZipReader(const ZipReader&) = delete;
  ZipReader& operator=(const ZipReader&) = delete;

  [[nodiscard]] bool Next(Entry& entry);
  // The bytes of the entry that Next gave, piece by piece; its checksum is compared. More bytes
  // than the entry's own number are trouble.
  void Read(const std::function<void(std::string_view)>& take);

 private:
  void* zip_ = nullptr;
  bool begun_ = false;
  Entry entry_;
};

}  // namespace daybook::work
