// Decoding of character references. See html_entities.h.
#include "text/html_entities.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace daybook::text {
namespace {

#include "text/html_entity_table.inc"

constexpr size_t kLongestName = 32;   // "CounterClockwiseContourIntegral;"
constexpr size_t kLongestLegacy = 6;  // "Aacute": names that need no semicolon

// What a browser makes of &#128; to &#159;: the characters that Windows keeps there.
constexpr char32_t kWindows1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// The text of a name (with its semicolon if it has one), empty where there is no such name.
std::string_view Named(std::string_view name) {
  const auto name_at = [](std::uint16_t offset) { return std::string_view(kBlob + offset); };
  const auto* found = std::lower_bound(
      std::begin(kOffsets), std::end(kOffsets), name,
      [&](std::uint16_t offset, std::string_view wanted) { return name_at(offset) < wanted; });
  if (found == std::end(kOffsets) || name_at(*found) != name) return {};
  return std::string_view(kBlob + *found + name.size() + 1);
}

void AppendScalar(char32_t c, BidiControls bidi, std::string& out) {
  if (c == '\r') c = '\n';
  if (c == '\f') c = ' ';
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  if (c >= 0x80 && c < 0xA0) c = kWindows1252[c - 0x80];
  if (IsPageCharacter(c, bidi)) AppendUtf8(c, out);
}

size_t DecodeNumeric(std::string_view s, References rule, BidiControls bidi, std::string& out) {
  const bool hex = s.size() > 2 && AsciiLower(s[2]) == 'x';
  size_t pos = hex ? 3 : 2;
  const size_t first = pos;
  char32_t value = 0;
  for (; pos < s.size(); ++pos) {
    const char c = AsciiLower(s[pos]);
    char32_t digit = 0;
    if (IsAsciiDigit(c)) {
      digit = static_cast<char32_t>(c - '0');
    } else if (hex && c >= 'a' && c <= 'f') {
      digit = static_cast<char32_t>(c - 'a' + 10);
    } else {
      break;
    }
    if (value < 0x110000) value = value * (hex ? 16 : 10) + digit;
  }
  if (pos == first) return 0;
  const bool terminated = pos < s.size() && s[pos] == ';';
  if (rule == References::kTerminated && !terminated) return 0;
  AppendScalar(value, bidi, out);
  return pos + (terminated ? 1 : 0);
}

}  // namespace

size_t DecodeReference(std::string_view s, References rule, BidiControls bidi, std::string& out) {
  if (s.size() < 3) return 0;
  if (s[1] == '#') return DecodeNumeric(s, rule, bidi, out);
  size_t run = 1;
  while (run < s.size() && run <= kLongestName && IsAsciiAlnum(s[run])) ++run;
  std::string_view text;
  size_t used = 0;
  if (run < s.size() && s[run] == ';') {
    text = Named(s.substr(1, run));
    used = run + 1;
  }
  if (text.empty() && rule != References::kTerminated) {
    for (used = std::min(run, kLongestLegacy + 1); used > 2; --used) {
      text = Named(s.substr(1, used - 1));
      if (!text.empty()) break;
    }
    if (!text.empty() && rule == References::kAttribute && used < s.size() &&
        (s[used] == '=' || IsAsciiAlnum(s[used]))) {
      return 0;
    }
  }
  if (text.empty()) return 0;
  if (bidi == BidiControls::kRemove && text.size() == 3 && text[0] == '\xE2' &&
      (text == "\u200E" || text == "\u200F")) {
    return used;  // the only turning characters that have names
  }
  out.append(text);
  return used;
}

void AppendDecoded(std::string_view raw, References rule, BidiControls bidi, std::string& out) {
  size_t pos = 0;
  while (pos < raw.size()) {
    const size_t amp = std::min(raw.find('&', pos), raw.size());
    out.append(raw.substr(pos, amp - pos));
    pos = amp;
    if (pos == raw.size()) return;
    const size_t used = DecodeReference(raw.substr(pos), rule, bidi, out);
    if (used == 0) out += '&';
    pos += std::max<size_t>(used, 1);
  }
}

std::string DecodeHtml(std::string_view raw, References rule, BidiControls bidi) {
  std::string out;
  out.reserve(raw.size());
  AppendDecoded(raw, rule, bidi, out);
  return out;
}

}  // namespace daybook::text
