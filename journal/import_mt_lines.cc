// Says of each line what it begins, ends or belongs to; the dates and texts are import_mt.cc's.
#include "journal/import_mt_lines.h"

#include <algorithm>

namespace daybook::journal {
namespace {

constexpr std::string_view kFive = "-----", kEight = "--------";
constexpr std::size_t kMaxHeld = 1000;  // blank lines after a line of hyphens

constexpr std::string_view kEntryKeys[] = {"AUTHOR",
                                           "AUTHOR EMAIL",
                                           "AUTHOR URL",
                                           "TITLE",
                                           "BASENAME",
                                           "STATUS",
                                           "ALLOW COMMENTS",
                                           "ALLOW PINGS",
                                           "DATE",
                                           "PRIMARY CATEGORY",
                                           "CATEGORY",
                                           "TAGS",
                                           "NO ENTRY",
                                           "CONVERT BREAKS",
                                           "UNIQUE URL",
                                           "FORMAT",
                                           "ID",
                                           "SLUG",
                                           "IMAGE"};
constexpr std::string_view kAnswerKeys[] = {"AUTHOR", "EMAIL", "IP",       "URL",
                                            "DATE",   "TITLE", "BLOG NAME"};
constexpr std::string_view kSections[] = {
    "BODY:", "EXTENDED BODY:", "EXCERPT:", "KEYWORDS:", "COMMENT:", "PING:"};

std::string_view RightTrim(std::string_view s) {
  const std::size_t last = s.find_last_not_of(" \t\r");
  return last == std::string_view::npos ? std::string_view() : s.substr(0, last + 1);
}

template <std::size_t N>
bool Contains(const std::string_view (&all)[N], std::string_view one) {
  return std::find(std::begin(all), std::end(all), one) != std::end(all);
}

}  // namespace

bool IsMtEntryKey(std::string_view key) { return Contains(kEntryKeys, key); }
bool IsMtAnswerKey(std::string_view key) { return Contains(kAnswerKeys, key); }

std::optional<MtField> SplitMtField(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 40) return std::nullopt;
  std::string_view value = RightTrim(line.substr(colon + 1));
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  return MtField{RightTrim(line.substr(0, colon)), value};
}

void MtLines::GiveHeld() {
  const std::vector<Held> held = std::exchange(held_, {});
  for (const Held& h : held) {
    if (in_entry_)
      sink_({in_section_ ? MtEvent::kText : MtEvent::kHeader, h.text, h.offset, h.line, 0});
  }
}

void MtLines::EndPart() {
  if (!part_end_) part_end_ = held_[0].offset;
}

void MtLines::Line(std::string_view text, std::uint64_t offset, std::uint64_t next,
                   std::int64_t line) {
  const std::string_view bare = RightTrim(text);
  if (!held_.empty() && bare.empty() && held_.size() < kMaxHeld) {
    held_.push_back({std::string(text), offset, next, line});
    return;
  }
  Decide(text, offset, next, line);
}

void MtLines::Decide(std::string_view text, std::uint64_t offset, std::uint64_t next,
                     std::int64_t line) {
  const std::string_view bare = RightTrim(text);
  const bool five = bare == kFive, eight = bare == kEight;
  const auto field = SplitMtField(bare);
  if (!held_.empty()) {
    if (held_eight_) {
      if (eight || (field && IsMtEntryKey(field->key))) {  // it was the end of an entry
        EndPart();
        if (in_entry_) sink_({MtEvent::kEnd, {}, held_[0].offset, held_[0].line, *part_end_});
        in_entry_ = in_section_ = false;
        held_.clear();
      }
    } else if (five || eight) {  // an empty part
      EndPart();
      held_.clear();
    } else if (Contains(kSections, bare)) {
      EndPart();
      if (!in_entry_) {  // an entry without a header
        in_entry_ = true;
        sink_({MtEvent::kEntry, text, held_[0].offset, held_[0].line, 0});
      }
      held_.clear();
      in_section_ = true;
      sink_({MtEvent::kSection, bare.substr(0, bare.size() - 1), next, line + 1, *part_end_});
      part_end_.reset();
      return;
    }
    GiveHeld();  // a line of hyphens in somebody's text
  }
  if (five || eight) {
    held_.push_back({std::string(text), offset, next, line});
    held_eight_ = eight;
    return;
  }
  if (!in_entry_) {
    if (bare.empty()) return;
    in_entry_ = true;
    in_section_ = false;
    part_end_.reset();
    sink_({MtEvent::kEntry, text, offset, line, 0});
  }
  sink_({in_section_ ? MtEvent::kText : MtEvent::kHeader, text, offset, line, 0});
}

bool MtLines::Finish() {
  if (!in_entry_) return true;
  if (held_.empty() || !held_eight_) return false;
  EndPart();
  sink_({MtEvent::kEnd, {}, held_[0].offset, held_[0].line, *part_end_});
  in_entry_ = false;
  held_.clear();
  return true;
}

}  // namespace daybook::journal
