// Escaping, and the plain text of HTML. See html_escape.h.
#include "text/html_escape.h"

#include <algorithm>
#include <array>

#include "text/html_clean.h"
#include "text/html_entities.h"
#include "text/html_tokenizer.h"

namespace daybook::text {
namespace {

// Elements that begin and end a line of their own.
constexpr auto kBlocks = std::to_array<std::string_view>(
    {"address",    "article", "aside",  "blockquote", "body",    "br",    "caption", "center",
     "dd",         "details", "dialog", "dir",        "div",     "dl",    "dt",      "fieldset",
     "figcaption", "figure",  "footer", "form",       "h1",      "h2",    "h3",      "h4",
     "h5",         "h6",      "head",   "header",     "hgroup",  "hr",    "html",    "legend",
     "li",         "listing", "main",   "menu",       "nav",     "ol",    "option",  "p",
     "plaintext",  "pre",     "search", "section",    "summary", "table", "tbody",   "tfoot",
     "thead",      "tr",      "ul",     "xmp"});
static_assert(std::is_sorted(kBlocks.begin(), kBlocks.end()));
// Elements whose text is not the page's words.
constexpr auto kSilent =
    std::to_array<std::string_view>({"iframe", "noembed", "noframes", "script", "style", "title"});

template <size_t kSize>
bool Contains(const std::array<std::string_view, kSize>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

// Collects words; white space is held back until the next word comes.
class Words {
 public:
  explicit Words(size_t size) { out_.reserve(size); }

  void Add(std::string_view text) {
    for (size_t pos = 0; pos < text.size();) {
      if (IsHtmlSpace(text[pos])) {
        Space();
        ++pos;
        continue;
      }
      const size_t begin = pos;
      while (pos < text.size() && !IsHtmlSpace(text[pos])) ++pos;
      if (gap_ != 0 && !out_.empty()) out_ += gap_;
      gap_ = 0;
      out_.append(text.substr(begin, pos - begin));
    }
  }
  void Space() {
    if (gap_ == 0) gap_ = ' ';
  }
  void Line() { gap_ = '\n'; }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
  char gap_ = 0;
};

}  // namespace

namespace {

template <bool kQuotes>
void Escape(std::string_view text, std::string& out) {
  size_t pos = 0;
  while (pos < text.size()) {
    const size_t begin = pos;
    std::string_view reference;
    for (; pos < text.size(); ++pos) {
      switch (text[pos]) {
        case '&':
          reference = "&amp;";
          break;
        case '<':
          reference = "&lt;";
          break;
        case '>':
          reference = "&gt;";
          break;
        case '"':
          if (kQuotes) reference = "&quot;";
          break;
        case '\'':
          if (kQuotes) reference = "&#39;";
          break;
        default:
          break;
      }
      if (!reference.empty()) break;
    }
    out.append(text.substr(begin, pos - begin));
    out.append(reference);
    if (!reference.empty()) ++pos;
  }
}

}  // namespace

void AppendEscaped(std::string_view text, std::string& out) { Escape<true>(text, out); }

void AppendEscapedText(std::string_view text, std::string& out) { Escape<false>(text, out); }

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  AppendEscaped(text, out);
  return out;
}

std::string PlainText(std::string_view html) {
  const std::string source = CleanSource(html, BidiControls::kKeep);
  Words words(source.size());
  HtmlTokenizer tokens(source);
  HtmlToken token;
  std::string decoded;
  bool silent = false;
  while (tokens.Next(token)) {
    if (token.kind == HtmlTokenKind::kText) {
      if (silent) continue;
      if (token.literal) {
        words.Add(token.raw);
        continue;
      }
      decoded.clear();
      AppendDecoded(token.raw, References::kText, BidiControls::kKeep, decoded);
      words.Add(decoded);
      continue;
    }
    if (token.kind == HtmlTokenKind::kComment) continue;
    silent = token.kind == HtmlTokenKind::kStartTag && Contains(kSilent, token.name);
    if (Contains(kBlocks, token.name)) words.Line();
    if (token.name == "td" || token.name == "th") words.Space();
  }
  return words.Take();
}

}  // namespace daybook::text
