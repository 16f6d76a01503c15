// The lines of a Movable Type file and what each is part of. It keeps no text: whoever asked for
// the events does.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook::journal {

enum class MtEvent {
  kEntry,    // an entry begins with this line, which is also told of as kHeader
  kHeader,   // a line before the first part
  kSection,  // a part begins after this line; `text` is its name: BODY, COMMENT, …
  kText,     // a line of a part
  kEnd,      // the entry ended before this line
};

struct MtLine {
  MtEvent event = MtEvent::kText;
  std::string_view text;
  std::uint64_t offset = 0;  // of the line; for kSection of the one after it
  std::int64_t line = 1;
  std::uint64_t part_end = 0;  // kSection and kEnd: where the part before it ended
};

class MtLines {
 public:
  explicit MtLines(std::function<void(const MtLine&)> sink) : sink_(std::move(sink)) {}

  // `offset` is that of the line, `next` that of the one after it; `text` has no line break.
  void Line(std::string_view text, std::uint64_t offset, std::uint64_t next, std::int64_t line);
  // No line follows. False if the file ends in the middle of an entry.
  [[nodiscard]] bool Finish();

 private:
  struct Held {
    std::string text;
    std::uint64_t offset, next;
    std::int64_t line;
  };
  void Decide(std::string_view text, std::uint64_t offset, std::uint64_t next, std::int64_t line);
  void GiveHeld();
  void EndPart();

  std::function<void(const MtLine&)> sink_;
  bool in_entry_ = false, in_section_ = false;
  // A line of hyphens and the blank ones after it: what they are, the next line will tell.
  std::vector<Held> held_;
  bool held_eight_ = false;
  std::optional<std::uint64_t> part_end_;
};

// The most that is kept of a line, and of an entry's text: what is made of it takes some ten times
// that.
inline constexpr std::size_t kMtMost = 12u << 20;

// Cuts text into lines at LF, CR LF, or (where the first piece has no LF) CR.
class LineCutter {
 public:
  explicit LineCutter(MtLines& lines, std::int64_t first_line = 1)
      : lines_(lines), line_(first_line) {}

  void Feed(std::string_view text) {
    if (!known_ && !text.empty()) {
      known_ = true;
      if (text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos)
        end_ = '\r';
    }
    while (!text.empty()) {
      const std::size_t at = text.find(end_);
      const std::string_view piece = text.substr(0, at);
      length_ += piece.size();
      // Of a line without end the beginning is enough to see that it is too long.
      if (rest_.size() <= kMtMost) rest_.append(piece);
      if (at == std::string_view::npos) return;
      Give(1);
      text.remove_prefix(at + 1);
    }
  }
  void Finish() {
    if (length_ > 0) Give(0);
  }
  [[nodiscard]] std::int64_t line() const { return line_; }
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

 private:
  void Give(std::size_t break_length) {
    const std::uint64_t next = offset_ + length_ + break_length;
    std::string_view text = rest_;
    if (text.ends_with('\r')) text.remove_suffix(1);
    lines_.Line(text, offset_, next, line_);
    offset_ = next;
    ++line_;
    rest_.clear();
    length_ = 0;
  }

  MtLines& lines_;
  std::int64_t line_;
  bool known_ = false;
  char end_ = '\n';
  std::string rest_;
  std::uint64_t offset_ = 0, length_ = 0;  // of the line that is being read
};

// "KEY: value" of a known key, split.
struct MtField {
  std::string_view key, value;
};
[[nodiscard]] std::optional<MtField> SplitMtField(std::string_view line);
[[nodiscard]] bool IsMtEntryKey(std::string_view key);
[[nodiscard]] bool IsMtAnswerKey(std::string_view key);

}  // namespace daybook::journal
