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

// "KEY: value" of a known key, split.
struct MtField {
  std::string_view key, value;
};
[[nodiscard]] std::optional<MtField> SplitMtField(std::string_view line);
[[nodiscard]] bool IsMtEntryKey(std::string_view key);
[[nodiscard]] bool IsMtAnswerKey(std::string_view key);

}  // namespace daybook::journal
