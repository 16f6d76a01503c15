// The tokenizer's states, written as small readers over one position. See html_tokenizer.h.
#include "text/html_tokenizer.h"

#include <algorithm>
#include <array>

#include "text/html_clean.h"
#include "text/html_entities.h"

namespace daybook::text {
namespace {

constexpr size_t kNone = std::string_view::npos;

// Elements whose content a browser reads as text; of these, title's and textarea's has references.
constexpr std::array<std::string_view, 8> kLiteral = {"iframe", "noembed",  "noframes", "script",
                                                      "style",  "textarea", "title",    "xmp"};

bool EndsTagName(char c) { return IsHtmlSpace(c) || c == '/' || c == '>'; }

}  // namespace

std::string HtmlAttribute::Value() const { return DecodeHtml(raw_value, References::kAttribute); }

const HtmlAttribute* HtmlToken::Find(std::string_view lower_name) const {
  for (const HtmlAttribute& attribute : attributes) {
    if (EqualsIgnoringCase(attribute.name, lower_name)) return &attribute;
  }
  return nullptr;
}

std::string HtmlToken::Value(std::string_view lower_name) const {
  const HtmlAttribute* attribute = Find(lower_name);
  return attribute == nullptr ? std::string() : attribute->Value();
}

std::string HtmlToken::Text() const { return literal ? std::string(raw) : DecodeHtml(raw); }

size_t FindEndTag(std::string_view source, size_t from, std::string_view lower_name) {
  for (size_t at = source.find("</", from); at != kNone; at = source.find("</", at + 2)) {
    const size_t after = at + 2 + lower_name.size();
    if (after > source.size()) return kNone;
    if (EqualsIgnoringCase(source.substr(at + 2, lower_name.size()), lower_name) &&
        (after == source.size() || EndsTagName(source[after]))) {
      return at;
    }
  }
  return kNone;
}

HtmlTokenizer::HtmlTokenizer(std::string_view source, Mode mode) : source_(source), mode_(mode) {}

void HtmlTokenizer::EmitText(HtmlToken& token, size_t begin, size_t end) {
  token.kind = HtmlTokenKind::kText;
  token.raw = source_.substr(begin, end - begin);
  token.name.clear();
  token.attributes.clear();
  token.self_closing = false;
  token.literal = false;
  pos_ = end;
}

bool HtmlTokenizer::Next(HtmlToken& token) {
  if (!literal_end_.empty() && ReadLiteral(token)) return true;
  if (pos_ >= source_.size()) return false;
  const size_t begin = pos_;
  size_t scan = pos_;
  for (;;) {
    const size_t less = source_.find('<', std::max(scan, text_until_));
    if (less == kNone) {
      EmitText(token, begin, source_.size());
      return true;
    }
    pos_ = less;
    if (less + 1 < source_.size()) {
      const char next = source_[less + 1];
      const bool markup =
          IsAsciiLetter(next) ||
          (next == '/' && (mode_ == Mode::kBrowser ||
                           (less + 2 < source_.size() && IsAsciiLetter(source_[less + 2])))) ||
          (mode_ == Mode::kBrowser && (next == '!' || next == '?'));
      if (markup) {
        if (less > begin) {  // the text before it first; the next call reads the tag
          EmitText(token, begin, less);
          return true;
        }
        if (ReadMarkup(token)) return true;
        scan = text_until_;
        continue;
      }
    }
    scan = less + 1;
  }
}

bool HtmlTokenizer::ReadMarkup(HtmlToken& token) {
  token.attributes.clear();
  token.self_closing = false;
  token.literal = false;
  const char next = source_[pos_ + 1];
  if (next == '!' || next == '?' ||
      (next == '/' &&
       !IsAsciiLetter(source_.substr(pos_ + 2, 1).empty() ? '\0' : source_[pos_ + 2]))) {
    return ReadComment(token);
  }
  return ReadTag(token);
}

// Comments, declarations, and what the standard calls bogus comments.
bool HtmlTokenizer::ReadComment(HtmlToken& token) {
  size_t end = 0;
  if (source_.substr(pos_, 4) == "<!--") {
    const std::string_view rest = source_.substr(pos_ + 4);
    if (rest.starts_with(">")) {
      end = pos_ + 5;
    } else if (rest.starts_with("->")) {
      end = pos_ + 6;
    } else {
      // Ends at --> or --!>; `<!--->` was seen above, so hyphens of the opening do not count.
      size_t at = source_.find("--", pos_ + 4);
      while (at != kNone) {
        if (source_.substr(at + 2, 1) == ">" || source_.substr(at + 2, 2) == "!>") break;
        at = source_.find("--", at + 1);
      }
      end = at == kNone ? source_.size() : at + (source_[at + 2] == '>' ? 3 : 4);
    }
  } else {
    const size_t greater = source_.find('>', pos_ + 2);
    end = greater == kNone ? source_.size() : greater + 1;
  }
  token.kind = HtmlTokenKind::kComment;
  token.raw = source_.substr(pos_, end - pos_);
  token.name.clear();
  pos_ = end;
  return true;
}

// Reads the tag at pos_. Where it is none, everything that was read is text: text_until_ says so,
// and nothing is read twice.
bool HtmlTokenizer::ReadTag(HtmlToken& token) {
  const bool end_tag = source_[pos_ + 1] == '/';
  size_t pos = pos_ + (end_tag ? 2 : 1);
  const size_t name_begin = pos;
  while (pos < source_.size() && !EndsTagName(source_[pos]) &&
         !(mode_ == Mode::kReader && source_[pos] == '<')) {
    ++pos;
  }
  token.name.assign(source_.substr(name_begin, pos - name_begin));
  for (char& c : token.name) c = AsciiLower(c);
  for (;;) {
    while (pos < source_.size() && (IsHtmlSpace(source_[pos]) || source_[pos] == '/')) ++pos;
    if (pos >= source_.size() || (mode_ == Mode::kReader && source_[pos] == '<')) {
      text_until_ = pos;
      return false;
    }
    if (source_[pos] == '>') break;
    if (!ReadAttribute(token, pos)) {
      text_until_ = pos;
      return false;
    }
  }
  token.kind = end_tag ? HtmlTokenKind::kEndTag : HtmlTokenKind::kStartTag;
  token.self_closing = source_[pos - 1] == '/';
  token.raw = source_.substr(pos_, pos + 1 - pos_);
  if (end_tag) token.attributes.clear();
  pos_ = pos + 1;
  if (!end_tag && mode_ == Mode::kBrowser &&
      std::binary_search(kLiteral.begin(), kLiteral.end(), std::string_view(token.name))) {
    literal_end_ = token.name;
    literal_decodes_ = token.name == "textarea" || token.name == "title";
  }
  return true;
}

// Reads `name`, `name=value`, `name="value"` or `name='value'`; false where the source or (kReader)
// the tag's chance ends first.
bool HtmlTokenizer::ReadAttribute(HtmlToken& token, size_t& pos) {
  const auto ends_reader = [&](char c) { return mode_ == Mode::kReader && c == '<'; };
  HtmlAttribute attribute;
  const size_t begin = pos;
  if (source_[pos] == '=') ++pos;  // the standard: a name may begin with =
  while (pos < source_.size() && !EndsTagName(source_[pos]) && source_[pos] != '=' &&
         !ends_reader(source_[pos])) {
    ++pos;
  }
  attribute.name = source_.substr(begin, pos - begin);
  size_t look = pos;
  while (look < source_.size() && IsHtmlSpace(source_[look])) ++look;
  if (look < source_.size() && source_[look] == '=') {
    pos = look + 1;
    while (pos < source_.size() && IsHtmlSpace(source_[pos])) ++pos;
    if (pos >= source_.size()) return false;
    if (source_[pos] == '"' || source_[pos] == '\'') {
      if (!ReadQuoted(source_[pos], pos, attribute.raw_value)) return false;
    } else {
      const size_t value_begin = pos;
      while (pos < source_.size() && !IsHtmlSpace(source_[pos]) && source_[pos] != '>' &&
             !ends_reader(source_[pos])) {
        ++pos;
      }
      attribute.raw_value = source_.substr(value_begin, pos - value_begin);
    }
  }
  if (!attribute.name.empty()) token.attributes.push_back(attribute);
  return true;
}

bool HtmlTokenizer::ReadQuoted(char quote, size_t& pos, std::string_view& value) {
  bool& none_left = quote == '"' ? no_double_ : no_single_;
  const size_t close = none_left ? kNone : source_.find(quote, pos + 1);
  if (close == kNone) {
    none_left = true;
    // A browser reads on to the end; for a reader only the quote is text, tags after it still
    // count.
    pos = mode_ == Mode::kReader ? pos + 1 : source_.size();
    return false;
  }
  value = source_.substr(pos + 1, close - pos - 1);
  pos = close + 1;
  return true;
}

bool HtmlTokenizer::ReadLiteral(HtmlToken& token) {
  const size_t end = std::min(FindEndTag(source_, pos_, literal_end_), source_.size());
  literal_end_.clear();
  if (end == pos_) return false;
  const bool literal = !literal_decodes_;
  EmitText(token, pos_, end);
  token.literal = literal;
  return true;
}

}  // namespace daybook::text
