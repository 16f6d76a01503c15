// UTF-8 repair and removal of what no page may hold, in one pass. See html_clean.h.
#include "text/html_clean.h"

#include <cstddef>

namespace daybook::text {
namespace {

// The scalar value at `pos`, its length in `length`; U+FFFD and length 1 where the bytes are bad.
char32_t DecodeAt(std::string_view s, size_t pos, size_t& length) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(pos);
  length = 1;
  const size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || s.size() - pos < need) return 0xFFFD;
  char32_t c = lead & (0xFFu >> (need + 1));
  for (size_t i = 1; i < need; ++i) {
    if ((byte(pos + i) & 0xC0) != 0x80) return 0xFFFD;
    c = (c << 6) | (byte(pos + i) & 0x3Fu);
  }
  const bool overlong = (need == 3 && c < 0x800) || (need == 4 && c < 0x10000);
  if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0xFFFD;
  length = need;
  return c;
}

bool IsBidiControl(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

bool IsPageCharacter(char32_t c, BidiControls bidi) {
  if (c < 0x20) return c == '\t' || c == '\n';
  if (c < 0x7F) return true;
  if (c < 0xA0) return false;
  if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF)) return false;
  return bidi == BidiControls::kKeep || !IsBidiControl(c);
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string CleanSource(std::string_view bytes, BidiControls bidi) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  size_t pos = 0;
  while (pos < bytes.size()) {
    const size_t begin = pos;
    while (pos < bytes.size() &&
           ((bytes[pos] >= 0x20 && bytes[pos] < 0x7F) || bytes[pos] == '\n')) {
      ++pos;
    }
    out.append(bytes.substr(begin, pos - begin));
    if (pos == bytes.size()) break;
    const char c = bytes[pos];
    if (c >= 0) {
      if (c == '\t') out += c;
      if (c == '\f') out += ' ';
      if (c == '\r' && (pos + 1 == bytes.size() || bytes[pos + 1] != '\n')) out += '\n';
      ++pos;
      continue;
    }
    size_t length = 0;
    const char32_t scalar = DecodeAt(bytes, pos, length);
    if (scalar == 0xFFFD) {
      out += "\xEF\xBF\xBD";
    } else if (IsPageCharacter(scalar, bidi)) {
      out.append(bytes.substr(pos, length));
    }
    pos += length;
  }
  return out;
}

std::string AsciiLower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = AsciiLower(c);
  return out;
}

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (AsciiLower(text[i]) != lower[i]) return false;
  }
  return true;
}

std::string_view TrimHtmlSpace(std::string_view text) {
  while (!text.empty() && IsHtmlSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsHtmlSpace(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace daybook::text
