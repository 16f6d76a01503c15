// See tag_scan.h. What is searched for in vain once is not searched for again: that keeps it
// linear.
#include "text/tag_scan.h"

#include <algorithm>
#include <array>

namespace daybook::text {
namespace {

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsWhole(std::string_view name) {
  constexpr std::array<std::string_view, 15> kWhole = {
      "pre",   "script", "style",  "textarea", "iframe",   "svg", "math",   "video",
      "audio", "object", "select", "noscript", "template", "xmp", "noembed"};
  return std::find(kWhole.begin(), kWhole.end(), name) != kWhole.end();
}

}  // namespace

Token TagScanner::Piece(TokenKind kind, size_t end, std::string name) {
  Token token{kind, html_.substr(at_, end - at_), std::move(name)};
  at_ = end;
  return token;
}

// '>' inside a quoted value does not end a tag. A quote that is never closed is no quote.
size_t TagScanner::TagEnd(size_t at) {
  const size_t plain = html_.find('>', at);
  if (plain == std::string_view::npos) {
    return 0;
  }
  for (size_t i = at; i < html_.size(); ++i) {
    if (html_[i] == '>') return i + 1;
    if (html_[i] != '"' && html_[i] != '\'') continue;
    // Only a value is quoted: <a title="…">, not <p don't>.
    if (i == 0 || (html_[i - 1] != '=' && html_[i - 1] != ' ')) continue;
    i = html_.find(html_[i], i + 1);
    if (i == std::string_view::npos) return plain + 1;
  }
  return plain + 1;
}

size_t TagScanner::ElementEnd(size_t from, const std::string& name) {
  if (no_end_of_.contains(name)) return from;
  for (size_t at = html_.find("</", from); at != std::string_view::npos;
       at = html_.find("</", at + 2)) {
    const std::string_view found = html_.substr(at + 2, name.size());
    if (found.size() != name.size() || !std::equal(found.begin(), found.end(), name.begin(),
                                                   [](char a, char b) { return Lower(a) == b; }))
      continue;
    const size_t after = at + 2 + name.size();
    if (after < html_.size() && IsAlpha(html_[after])) continue;
    const size_t end = html_.find('>', after);
    if (end != std::string_view::npos) return end + 1;
  }
  no_end_of_.insert(name);
  return from;
}

Token TagScanner::Next() {
  if (at_ >= html_.size()) return {};
  for (size_t i = at_; i < html_.size(); ++i) {
    i = html_.find('<', i);
    if (i == std::string_view::npos || i + 1 >= html_.size()) break;
    const bool comment = html_.substr(i, 4) == "<!--";
    if (comment && !no_comment_end_) {
      const size_t end = html_.find("-->", i + 4);
      if (end == std::string_view::npos) {
        no_comment_end_ = true;
        continue;
      }
      return i > at_ ? Piece(TokenKind::kText, i) : Piece(TokenKind::kComment, end + 3);
    }
    const bool close = html_[i + 1] == '/';
    const size_t name_at = i + (close ? 2 : 1);
    if (name_at >= html_.size() || !IsAlpha(html_[name_at])) continue;
    if (i > at_) return Piece(TokenKind::kText, i);
    size_t name_end = name_at;
    while (name_end < html_.size() && name_end - name_at < 20 &&
           (IsAlpha(html_[name_end]) || (html_[name_end] >= '0' && html_[name_end] <= '9')))
      ++name_end;
    std::string name(html_.substr(name_at, name_end - name_at));
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return Lower(c); });
    const size_t end = TagEnd(name_end);
    if (end == 0) break;  // no '>' is left, so no tag either
    if (close) return Piece(TokenKind::kClose, end, std::move(name));
    const bool whole = IsWhole(name) && html_[end - 2] != '/';
    const size_t element_end = whole ? ElementEnd(end, name) : end;
    return Piece(TokenKind::kOpen, element_end, std::move(name));
  }
  return Piece(TokenKind::kText, html_.size());
}

}  // namespace daybook::text
