// Cuts stored HTML into tags, comments and text, without changing a byte. It is not the sanitiser's
// tokenizer: it judges nothing, and elements whose content is no text come as one piece.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace daybook::text {

enum class TokenKind { kText, kOpen, kClose, kComment, kEnd };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view bytes;  // of the source; all tokens together are the source
  std::string name;        // of a tag, in lower case
};

// `html` must outlive the scanner. Every byte is looked at a bounded number of times, whatever the
// text.
class TagScanner {
 public:
  explicit TagScanner(std::string_view html) : html_(html) {}
  // Elements with foreign content (pre, script, style, textarea, iframe, svg, media …) are one
  // kOpen token from "<pre" to "</pre>"; where the end is missing, only the tag.
  [[nodiscard]] Token Next();

 private:
  [[nodiscard]] size_t TagEnd(size_t at);  // past '>', or 0 if this is no tag
  [[nodiscard]] size_t ElementEnd(size_t from, const std::string& name);
  [[nodiscard]] Token Piece(TokenKind kind, size_t end, std::string name = {});

  std::string_view html_;
  size_t at_ = 0;
  bool no_comment_end_ = false;      // "-->" was looked for in vain
  std::set<std::string> no_end_of_;  // so was the end of these
};

}  // namespace daybook::text
