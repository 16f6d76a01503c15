// Splits HTML into tags, text and comments: one pass, no recursion, no tree.
// It judges nothing: which tags may stay is sanitize.h; what entities mean is html_entities.h.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::text {

struct HtmlAttribute {
  std::string_view name;  // as written, in any case
  std::string_view
      raw_value;  // between the quotes, character references undecoded; points into the source
  [[nodiscard]] std::string Value() const;  // decoded by the rule for attributes
};

enum class HtmlTokenKind { kText, kStartTag, kEndTag, kComment };

// One piece of the source. `raw` is its whole text there (pieces follow each other without a gap,
// so that a rewriter can copy what it does not change); views live as long as the source.
struct HtmlToken {
  HtmlTokenKind kind = HtmlTokenKind::kText;
  std::string_view raw;
  std::string name;                       // tags: lower case
  std::vector<HtmlAttribute> attributes;  // start tags: in source order, doubles included
  bool self_closing = false;
  // Text that holds no character references: inside script, style, xmp, iframe, noembed, noframes.
  bool literal = false;

  // The first attribute of that lower-case name, as browsers take it; null where there is none.
  [[nodiscard]] const HtmlAttribute* Find(std::string_view lower_name) const;
  // Its decoded value; empty where there is none.
  [[nodiscard]] std::string Value(std::string_view lower_name) const;
  // Text: decoded.
  [[nodiscard]] std::string Text() const;
};

// Where tags begin and end follows the HTML standard in kBrowser. kReader serves people who type a
// lone
// `<`: a tag that meets another `<` outside quotes, or has no end, is text; so are comments and
// declarations; and no element makes what follows it literal.
// In both, an unfinished tag at the end of the source is text.
class HtmlTokenizer {
 public:
  enum class Mode { kBrowser, kReader };

  // `source` must outlive the tokenizer and its tokens.
  explicit HtmlTokenizer(std::string_view source, Mode mode = Mode::kBrowser);

  // Gives the next piece; false at the end.
  [[nodiscard]] bool Next(HtmlToken& token);

  // The position in the source after the last piece.
  [[nodiscard]] size_t position() const { return pos_; }

 private:
  bool ReadMarkup(HtmlToken& token);
  bool ReadComment(HtmlToken& token);
  bool ReadTag(HtmlToken& token);
  bool ReadAttribute(HtmlToken& token, size_t& pos);
  bool ReadQuoted(char quote, size_t& pos, std::string_view& value);
  bool ReadLiteral(HtmlToken& token);
  void EmitText(HtmlToken& token, size_t begin, size_t end);

  std::string_view source_;
  Mode mode_;
  size_t pos_ = 0;
  size_t text_until_ = 0;    // a `<` before this position was tried and is text
  bool no_double_ = false;   // no further " in the source
  bool no_single_ = false;   // no further '
  std::string literal_end_;  // the element whose literal text comes next
  bool literal_decodes_ = false;
};

// The position of `</name` (any case, followed by a delimiter) at or after `from`; npos if there is
// none.
[[nodiscard]] size_t FindEndTag(std::string_view source, size_t from, std::string_view lower_name);

}  // namespace daybook::text
