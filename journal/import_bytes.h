// The bytes of an export file as clean UTF-8, from front to back or from any place that was seen
// before. Repairs what real exports get wrong without changing a line number: Windows-1252 in a
// file that says UTF-8, emoji as two halves, control characters, references to characters that XML
// does not know. It does not know formats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::journal {

class ImportBytes {
 public:
  enum class Encoding { kUtf8, kWindows1252, kUtf16Little, kUtf16Big };

  // Nothing if the file cannot be opened or is no regular file.
  [[nodiscard]] static std::unique_ptr<ImportBytes> Open(const std::filesystem::path& file);
  ImportBytes(const ImportBytes&) = delete;
  ImportBytes& operator=(const ImportBytes&) = delete;
  ~ImportBytes();

  // The encoding is the byte order mark's, else the one that an XML declaration names, else UTF-8.
  // Nothing of a name is understood that is not in this list: then `unknown_encoding` is that name.
  [[nodiscard]] Encoding encoding() const { return encoding_; }
  [[nodiscard]] const std::string& unknown_encoding() const { return unknown_encoding_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }  // raw bytes
  // Lines of white space before the first text, which are not given out (an XML declaration must
  // come first).
  [[nodiscard]] std::int64_t skipped_lines() const { return skipped_lines_; }

  // The next piece of clean text, about 64 KiB; empty at the end. Throws ImportTrouble if reading
  // fails.
  [[nodiscard]] std::string_view Next();
  // How many raw bytes Next has gone through.
  [[nodiscard]] std::uint64_t raw_position() const { return raw_position_; }
  // Clean text [offset, offset + length), counted in clean bytes, of what Next has already gone
  // through.
  [[nodiscard]] std::string Slice(std::uint64_t offset, std::size_t length);

 private:
  struct Mark {  // cleaning may start again here
    std::uint64_t raw, clean;
    bool in_cdata;
  };
  struct State {
    bool in_cdata = false;
  };

  ImportBytes(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  void DetectEncoding();
  std::size_t ReadAt(std::uint64_t offset, char* to, std::size_t length) const;
  // Appends the clean form of `raw` to `out`; gives how many raw bytes were used. Fewer than all
  // only where the end of `raw` may be the middle of something, never if `last`.
  std::size_t Clean(std::string_view raw, bool last, State& state, std::string& out);
  std::size_t CleanUtf16(std::string_view raw, bool last, std::string& out) const;

  int descriptor_;
  std::uint64_t size_;
  Encoding encoding_ = Encoding::kUtf8;
  std::string unknown_encoding_;
  std::uint64_t raw_start_ = 0;  // after the byte order mark and white space
  std::int64_t skipped_lines_ = 0;
  std::uint64_t raw_position_ = 0;
  std::uint64_t clean_position_ = 0;
  State state_;
  bool changed_ = false;  // clean and raw offsets differ
  std::vector<Mark> marks_;
  std::string buffer_, raw_, line_;
};

}  // namespace daybook::journal
