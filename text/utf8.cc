// UTF-8 by the table of the Unicode standard, 3.9 (well-formed byte sequences).
#include "text/utf8.h"

#include <array>

namespace daybook::text {
namespace {

constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

// Calls f(code, start, length) for each code point or bad part.
template <typename F>
void ForEach(std::string_view s, F f) {
  for (size_t i = 0; i < s.size();) {
    const Decoded d = DecodeNext(s, i);
    f(d, s.substr(i, d.length));
    i += d.length;
  }
}

template <typename Drop>
std::string Without(std::string_view s, Drop drop) {
  std::string out;
  out.reserve(s.size());
  ForEach(s, [&](const Decoded& d, std::string_view bytes) {
    if (!d.valid || !drop(d.code)) out.append(bytes);
  });
  return out;
}

}  // namespace

Decoded DecodeNext(std::string_view s, size_t at) {
  if (at >= s.size()) return {};
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xC2 || lead > 0xF4) return {kReplacement, 1, false};
  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte's range keeps out overlong forms, surrogates and what lies past U+10FFFF.
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  char32_t code = lead & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) {
    if (at + i >= s.size() || byte(at + i) < low || byte(at + i) > high)
      return {kReplacement, i, false};
    code = (code << 6) | (byte(at + i) & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return {code, length, true};
}

void AppendUtf8(std::string& out, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

bool IsUtf8(std::string_view s) {
  for (size_t i = 0; i < s.size();) {
    const Decoded d = DecodeNext(s, i);
    if (!d.valid) return false;
    i += d.length;
  }
  return true;
}

std::string RepairUtf8(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  ForEach(s, [&](const Decoded& d, std::string_view bytes) {
    if (d.valid)
      out.append(bytes);
    else
      AppendUtf8(out, kReplacement);
  });
  return out;
}

size_t CountCodePoints(std::string_view s) {
  size_t count = 0;
  ForEach(s, [&](const Decoded&, std::string_view) { ++count; });
  return count;
}

std::string_view CutCodePoints(std::string_view s, size_t n) {
  size_t end = 0;
  while (n > 0 && end < s.size()) {
    end += DecodeNext(s, end).length;
    --n;
  }
  return s.substr(0, end);
}

std::string_view CutBytes(std::string_view s, size_t n) {
  if (s.size() <= n) return s;
  // Only the last sequence can be cut: it begins at most three bytes before the end.
  for (size_t back = 1; back <= 3 && back <= n; ++back) {
    const auto lead = static_cast<unsigned char>(s[n - back]);
    if (lead < 0x80) break;
    if (lead >= 0xC0) {
      if (DecodeNext(s, n - back).length > back) n -= back;
      break;
    }
  }
  return s.substr(0, n);
}

std::string Latin1ToUtf8(std::string_view s) {
  std::string out;
  out.reserve(s.size() + s.size() / 8);
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    AppendUtf8(out, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : byte);
  }
  return out;
}

std::string ToUtf8(std::string_view s) { return IsUtf8(s) ? std::string(s) : Latin1ToUtf8(s); }

bool IsBidiControl(char32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::string RemoveBidiControls(std::string_view s) { return Without(s, IsBidiControl); }

std::string RemoveControls(std::string_view s) {
  return Without(s, [](char32_t code) {
    return (code < 0x20 && code != '\t' && code != '\n') || (code >= 0x7F && code < 0xA0);
  });
}

std::string ShowControls(std::string_view s, bool keep_lines) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(s.size());
  for (size_t at = 0; at < s.size();) {
    const Decoded next = DecodeNext(s, at);
    const bool is_blank = next.code == '\n' || next.code == '\t';
    if (!next.valid) {
      AppendUtf8(out, kReplacement);
    } else if (is_blank && !keep_lines) {
      out += ' ';
    } else if (!is_blank &&
               (next.code < 0x20 || (next.code >= 0x7F && next.code < 0xA0) ||
                next.code == 0x2028 || next.code == 0x2029 || IsBidiControl(next.code))) {
      out += "U+";
      for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(next.code >> shift) & 0xF];
    } else {
      out += s.substr(at, next.length);
    }
    at += next.length;
  }
  return out;
}

bool IsSpace(char32_t code) {
  return code == ' ' || (code >= 0x09 && code <= 0x0D) || code == 0x85 || code == 0xA0 ||
         code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

bool IsCombining(char32_t code) {
  return (code >= 0x0300 && code <= 0x036F) || (code >= 0x0483 && code <= 0x0489) ||
         (code >= 0x0591 && code <= 0x05C7) || (code >= 0x0610 && code <= 0x061A) ||
         (code >= 0x064B && code <= 0x065F) || (code >= 0x0900 && code <= 0x0903) ||
         (code >= 0x093A && code <= 0x094F && code != 0x093D) ||
         (code >= 0x0E31 && code <= 0x0E4E && code != 0x0E32 && code != 0x0E33 &&
          !(code >= 0x0E3B && code <= 0x0E46)) ||
         (code >= 0x1AB0 && code <= 0x1AFF) || (code >= 0x1DC0 && code <= 0x1DFF) ||
         code == 0x200D || (code >= 0x20D0 && code <= 0x20FF) ||
         (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xFE20 && code <= 0xFE2F) ||
         (code >= 0x1F3FB && code <= 0x1F3FF) || (code >= 0xE0020 && code <= 0xE007F) ||
         (code >= 0xE0100 && code <= 0xE01EF);
}

}  // namespace daybook::text
