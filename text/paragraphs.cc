// See paragraphs.h. Text between two block tags is a chunk; a chunk becomes paragraphs, lines or
// stays as it is, by the block around it. Linear: tags are found in tag_scan.h's way, each byte
// once.
#include "text/paragraphs.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/tag_scan.h"

namespace daybook::text {
namespace {

enum class Inside {
  kParagraphs,  // always <p>
  kFlow,        // <p> where there are blank lines, else <br>
  kPhrase,      // an author's own <p>: <br>, and blank lines end it
  kNothing,     // untouched
};

struct Block {
  std::string_view name;
  Inside inside;
};

// Sorted by name.
constexpr std::array kBlocks = {
    Block{"address", Inside::kFlow},    Block{"article", Inside::kFlow},
    Block{"aside", Inside::kFlow},      Block{"blockquote", Inside::kParagraphs},
    Block{"caption", Inside::kNothing}, Block{"center", Inside::kFlow},
    Block{"col", Inside::kNothing},     Block{"colgroup", Inside::kNothing},
    Block{"dd", Inside::kFlow},         Block{"details", Inside::kFlow},
    Block{"dir", Inside::kNothing},     Block{"div", Inside::kFlow},
    Block{"dl", Inside::kNothing},      Block{"dt", Inside::kNothing},
    Block{"fieldset", Inside::kFlow},   Block{"figcaption", Inside::kFlow},
    Block{"figure", Inside::kNothing},  Block{"footer", Inside::kFlow},
    Block{"form", Inside::kFlow},       Block{"h1", Inside::kNothing},
    Block{"h2", Inside::kNothing},      Block{"h3", Inside::kNothing},
    Block{"h4", Inside::kNothing},      Block{"h5", Inside::kNothing},
    Block{"h6", Inside::kNothing},      Block{"header", Inside::kFlow},
    Block{"hgroup", Inside::kNothing},  Block{"hr", Inside::kNothing},
    Block{"legend", Inside::kNothing},  Block{"li", Inside::kFlow},
    Block{"main", Inside::kFlow},       Block{"map", Inside::kNothing},
    Block{"menu", Inside::kNothing},    Block{"nav", Inside::kFlow},
    Block{"ol", Inside::kNothing},      Block{"p", Inside::kPhrase},
    Block{"section", Inside::kFlow},    Block{"summary", Inside::kNothing},
    Block{"table", Inside::kNothing},   Block{"tbody", Inside::kNothing},
    Block{"td", Inside::kFlow},         Block{"tfoot", Inside::kNothing},
    Block{"th", Inside::kFlow},         Block{"thead", Inside::kNothing},
    Block{"tr", Inside::kNothing},      Block{"ul", Inside::kNothing}};

const Block* FindBlock(std::string_view name) {
  const auto* at = std::lower_bound(kBlocks.begin(), kBlocks.end(), name,
                                    [](const Block& b, std::string_view n) { return b.name < n; });
  return at != kBlocks.end() && at->name == name ? at : nullptr;
}

bool IsVoidBlock(std::string_view name) { return name == "hr" || name == "col"; }
bool IsRawBlock(std::string_view name) {
  return name == "pre" || name == "script" || name == "style" || name == "iframe" ||
         name == "noscript" || name == "template";
}
bool ShowsSomething(std::string_view name) {
  constexpr std::array<std::string_view, 15> kShown = {
      "img", "input",  "video",  "audio",  "object",   "embed",   "svg",  "math",
      "br",  "canvas", "button", "select", "textarea", "picture", "label"};
  return std::find(kShown.begin(), kShown.end(), name) != kShown.end();
}
bool IsSpaceByte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool IsBlank(std::string_view s) { return std::all_of(s.begin(), s.end(), IsSpaceByte); }

// One end tag that HTML leaves out closes the element when this one opens.
bool ClosesBefore(std::string_view open, std::string_view next) {
  if (open == "p") return true;
  if (open == "li") return next == "li";
  if (open == "dt" || open == "dd") return next == "dt" || next == "dd";
  if (open == "td" || open == "th") return next == "td" || next == "th" || next == "tr";
  if (open == "tr") return next == "tr";
  return false;
}

class Maker {
 public:
  Maker(std::string_view body, bool only_top) : scan_(body), only_top_(only_top) {}

  std::string Run() {
    for (Token token = scan_.Next(); token.kind != TokenKind::kEnd; token = scan_.Next()) {
      if (token.kind == TokenKind::kText)
        AddText(token.bytes);
      else if (token.kind == TokenKind::kComment)
        AddComment(token.bytes);
      else
        AddTag(token);
    }
    Flush();
    return std::move(out_);
  }

 private:
  struct Line {
    std::string html;
    bool shows = false;   // something to see: text, a picture
    bool breaks = false;  // ends in <br> already
  };

  Inside Context() const {
    if (stack_.empty()) return Inside::kParagraphs;
    const Inside inside = stack_.back()->inside;
    return only_top_ && inside != Inside::kPhrase ? Inside::kNothing : inside;
  }

  Line& Last() {
    if (lines_.empty()) lines_.emplace_back();
    return lines_.back();
  }

  void AddText(std::string_view text) {
    if (Context() == Inside::kNothing) {
      out_.append(text);
      return;
    }
    for (;;) {
      const size_t newline = text.find('\n');
      const std::string_view part = text.substr(0, newline);
      Line& line = Last();
      if (!IsBlank(part)) {
        line.shows = true;
        line.breaks = false;
      }
      line.html.append(part);
      if (newline == std::string_view::npos) return;
      lines_.emplace_back();
      text.remove_prefix(newline + 1);
    }
  }

  void AddComment(std::string_view bytes) {
    if (bytes.starts_with("<!--more") || bytes.starts_with("<!--nextpage")) {
      Flush();
      out_.append(bytes).append("\n");
    } else if (Context() == Inside::kNothing) {
      out_.append(bytes);
    } else {
      Last().html.append(bytes);
    }
  }

  void AddTag(const Token& token) {
    const Block* block = FindBlock(token.name);
    if (block == nullptr && !IsRawBlock(token.name)) {
      if (Context() == Inside::kNothing) {
        out_.append(token.bytes);
        return;
      }
      Line& line = Last();
      line.html.append(token.bytes);
      if (token.name == "br")
        line.breaks = true;
      else if (ShowsSomething(token.name))
        line.breaks = false;
      line.shows = line.shows || ShowsSomething(token.name);
      return;
    }
    Flush();
    if (token.kind == TokenKind::kOpen && block != nullptr) {
      while (!stack_.empty() && ClosesBefore(stack_.back()->name, token.name)) stack_.pop_back();
      if (!IsVoidBlock(token.name)) stack_.push_back(block);
    } else if (token.kind == TokenKind::kClose) {
      Close(token.name);
    }
    out_.append(token.bytes);
    if (stack_.empty() || token.kind != TokenKind::kOpen)
      out_ += Context() == Inside::kNothing ? "" : "\n";
  }

  void Close(std::string_view name) {
    // Looking further down than this would let hostile nesting cost more than one pass.
    const size_t depth = std::min<size_t>(stack_.size(), 32);
    for (size_t i = 1; i <= depth; ++i) {
      if (stack_[stack_.size() - i]->name != name) continue;
      stack_.resize(stack_.size() - i);
      return;
    }
  }

  // Ends the chunk: puts its lines out by the rule of the block around it.
  void Flush() {
    std::vector<Line> lines = std::move(lines_);
    lines_.clear();
    for (Line& line : lines) Trim(line.html);
    while (!lines.empty() && lines.back().html.empty()) lines.pop_back();
    const auto first = std::find_if(lines.begin(), lines.end(),
                                    [](const Line& line) { return !line.html.empty(); });
    lines.erase(lines.begin(), first);
    if (lines.empty()) return;
    const Inside context = Context();
    const bool blank_lines =
        std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.html.empty(); });
    const bool wrap = context == Inside::kParagraphs || (context == Inside::kFlow && blank_lines);
    for (size_t i = 0; i < lines.size();) {
      size_t end = i;
      while (end < lines.size() && !lines[end].html.empty()) ++end;
      AddParagraph(lines, i, end, wrap);
      i = end;
      while (i < lines.size() && lines[i].html.empty()) ++i;
      if (context == Inside::kPhrase && i < lines.size()) out_ += "</p>\n<p>";
    }
  }

  void AddParagraph(const std::vector<Line>& lines, size_t begin, size_t end, bool wrap) {
    bool shows = false;
    for (size_t i = begin; i < end; ++i) shows = shows || lines[i].shows;
    // Tags that only open or close something around a block get no paragraph of their own.
    wrap = wrap && shows;
    if (wrap) out_ += "<p>";
    for (size_t i = begin; i < end; ++i) {
      out_ += lines[i].html;
      if (i + 1 == end) break;
      out_ += shows && !lines[i].breaks && !(only_top_ && Context() == Inside::kPhrase) ? "<br>\n"
                                                                                        : "\n";
    }
    if (wrap) out_ += "</p>\n";
  }

  static void Trim(std::string& s) {
    size_t end = s.size();
    while (end > 0 && IsSpaceByte(s[end - 1])) --end;
    s.erase(end);
    size_t begin = 0;
    while (begin < s.size() && IsSpaceByte(s[begin])) ++begin;
    s.erase(0, begin);
  }

  TagScanner scan_;
  bool only_top_;
  std::vector<const Block*> stack_;
  std::vector<Line> lines_;
  std::string out_;
};

std::string WithPlainNewlines(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '\r') {
      out.push_back(s[i]);
    } else if (i + 1 == s.size() || s[i + 1] != '\n') {
      out.push_back('\n');
    }
  }
  return out;
}

}  // namespace

std::string AddParagraphs(std::string_view body) {
  if (body.find("<!-- wp:") != std::string_view::npos) return std::string(body);
  return Maker(WithPlainNewlines(body), false).Run();
}

std::string ConvertBreaks(std::string_view body) {
  return Maker(WithPlainNewlines(body), true).Run();
}

}  // namespace daybook::text
