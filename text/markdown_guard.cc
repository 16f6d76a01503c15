// Each rule stands for one loop of cmark-gfm 0.29.0.gfm.6 that was measured; the limits keep each
// below some 0.3 s, and are far above what any text written by hand reaches. tests/markdown_test.cc
// has the inputs.
#include "text/markdown_guard.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace daybook::text {
namespace {

constexpr size_t kMaxDepth = 64;              // quotations and lists opened by one line
constexpr size_t kMaxIndent = 200;            // blanks before a list's marker: one level for two
constexpr size_t kMaxPipes = 1000;            // cells of one row
constexpr uint64_t kMaxTableCells = 200'000;  // rows are filled up to the width of the first
constexpr size_t kMaxLinesBeforeTable = 5000;
constexpr uint64_t kMaxScan = 256'000'000;   // bytes read in vain for the end of "<!…", "<?…"
constexpr uint64_t kMaxImages = 50'000'000;  // open "![" looked at by each finished link
constexpr uint64_t kMaxEmphasis = 400'000'000;
constexpr uint64_t kMaxAddress =
    500'000'000;  // bytes of bare addresses read again for each ')' in them
constexpr uint64_t kMaxReferences = 64'000'000;  // bytes of addresses copied from definitions

bool IsSpace(char c) { return c == ' ' || c == '\t'; }

class Guard {
 public:
  bool Costly(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      AddLine(text.substr(at, end - at));
      at = end + 1;
      if (costly_) return true;
    }
    EndParagraph();
    return costly_ || uint64_t{definition_max_} * brackets_ > kMaxReferences;
  }

 private:
  void AddLine(std::string_view line) {
    if (line.find_first_not_of(" \t>") == std::string_view::npos) EndParagraph();
    if (Depth(line) > kMaxDepth) costly_ = true;
    AddTableLine(line);
    AddInlines(line);
    ++lines_;
    bytes_ += line.size() + 1;
  }

  // Markers of quotations and lists at the beginning. A line of one kind of bullet is a rule, not a
  // list.
  static size_t Depth(std::string_view line) {
    size_t depth = 0;
    size_t digits = 0;
    bool one_kind = true;
    char kind = 0;
    for (size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      const bool blank_next = i + 1 == line.size() || IsSpace(line[i + 1]);
      if (IsSpace(c)) continue;
      const bool bullet = (c == '-' || c == '*' || c == '+') && blank_next;
      const bool number = (c == '.' || c == ')') && digits > 0 && blank_next;
      if (c >= '0' && c <= '9') {
        ++digits;
        continue;
      }
      digits = 0;
      if (c != '>' && !bullet && !number) return depth;
      if (depth == 0 && i > kMaxIndent) return kMaxDepth + 1;
      if (kind != 0 && c != kind) one_kind = false;
      kind = c;
      ++depth;
    }
    return one_kind && (kind == '-' || kind == '*') ? 0 : depth;
  }

  void AddTableLine(std::string_view line) {
    const auto pipes = static_cast<size_t>(std::count(line.begin(), line.end(), '|'));
    const std::string_view row = line.substr(std::min(line.find_first_not_of(" \t>"), line.size()));
    if (!row.empty() && row.find_first_not_of("|:- \t") == std::string_view::npos) {
      columns_ = std::max(columns_, pipes + 1);
      if (lines_ > kMaxLinesBeforeTable) costly_ = true;
    }
    if (columns_ > 0) cells_ += columns_;
    if (pipes > kMaxPipes || (columns_ > 8 && cells_ > kMaxTableCells)) costly_ = true;
  }

  void AddInlines(std::string_view line) {
    for (size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      const char next = i + 1 < line.size() ? line[i + 1] : '\n';
      if (c == '<' && (next == '!' || next == '?')) ++open_ends_;
      if (c == '!' && next == '[') ++images_;
      if (c == ']' && next == ':') EndDefinition();
      if (c == ']') ++closers_;
      if (c == '[') ++brackets_;
      if ((c == '*' || c == '_' || c == '~') && next != c) ++runs_;
      if (IsSpace(c)) {
        EndWord();
        continue;
      }
      ++word_;
      if (c == ')' || (c == '&' && next != ' ') || c == ';') ++word_ends_;
      if (c == ':' && next == '/') word_ends_ += 4;
      if (c == 'w' && next == 'w') word_ends_ += 2;
    }
    EndWord();
    ++definition_;
    definition_ += line.size();
  }

  void EndWord() {
    if (word_ > 1000) addresses_ += uint64_t{word_} * word_ends_;
    word_ = word_ends_ = 0;
    if (addresses_ > kMaxAddress) costly_ = true;
  }

  // The longest stretch after "]:" without a blank line bounds every definition's length.
  void EndDefinition() {
    if (in_definition_) definition_max_ = std::max(definition_max_, definition_);
    in_definition_ = true;
    definition_ = 0;
  }

  void EndParagraph() {
    EndDefinition();
    in_definition_ = false;
    scans_ += uint64_t{open_ends_} * bytes_;
    image_steps_ += uint64_t{images_} * closers_;
    emphasis_ += uint64_t{runs_} * runs_;
    if (scans_ > kMaxScan || image_steps_ > kMaxImages || emphasis_ > kMaxEmphasis) costly_ = true;
    lines_ = bytes_ = open_ends_ = images_ = closers_ = runs_ = columns_ = 0;
  }

  bool costly_ = false;
  size_t lines_ = 0;  // of this paragraph, as the next ones
  size_t bytes_ = 0;
  size_t open_ends_ = 0;
  size_t images_ = 0;
  size_t closers_ = 0;
  size_t runs_ = 0;
  size_t columns_ = 0;
  uint64_t cells_ = 0;  // of the text, as the next ones
  uint64_t scans_ = 0;
  uint64_t image_steps_ = 0;
  uint64_t emphasis_ = 0;
  uint64_t addresses_ = 0;
  size_t brackets_ = 0;
  size_t word_ = 0;
  size_t word_ends_ = 0;
  bool in_definition_ = false;
  size_t definition_ = 0;
  size_t definition_max_ = 0;
};

}  // namespace

bool HasSafeFootnotes(std::string_view markdown) {
  bool defined = false;
  std::vector<bool> open;  // of this line's brackets: is it a footnote's
  for (size_t i = 0; i < markdown.size(); ++i) {
    const char c = markdown[i];
    if (c == '\\') {
      if (i + 1 < markdown.size() && markdown[i + 1] != '\n') ++i;
    } else if (c == '[') {
      open.push_back(markdown.substr(i + 1, 1) == "^");
    } else if (c == ']' && !open.empty()) {
      if (open.back() && markdown.substr(i + 1, 1) == ":") defined = true;
      open.pop_back();
    } else if (c == '\n') {
      if (std::find(open.begin(), open.end(), true) != open.end()) return false;
      open.clear();
    }
  }
  return defined;
}

bool IsCostlyMarkdown(std::string_view markdown) { return Guard().Costly(markdown); }

}  // namespace daybook::text
