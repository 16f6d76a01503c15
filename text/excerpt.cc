// See excerpt.h.
#include "text/excerpt.h"

#include "text/utf8.h"

namespace daybook::text {
namespace {

constexpr std::string_view kEllipsis = "…";

// Runs of these are never cut in two.
bool IsMark(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x203D || c == 0x061F ||
         c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x0964;
}

bool IsClosing(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB ||
         c == 0x203A || c == 0x300D || c == 0x300F;
}

// What may not stand before an ellipsis: what opens, joins or separates.
bool IsLoose(char32_t c) {
  return IsSpace(c) || c == ',' || c == ';' || c == ':' || c == '-' || c == '(' || c == '[' ||
         c == 0x2013 || c == 0x2014 || c == 0x201C || c == 0x2018 || c == 0xAB || c == 0x3001 ||
         c == 0xFF0C || c == '/' || c == '&' || c == 0xBF || c == 0xA1;
}

std::u32string Collapsed(std::string_view s, size_t enough) {
  std::u32string out;
  for (size_t i = 0; i < s.size() && out.size() < enough;) {
    const Decoded d = DecodeNext(s, i);
    i += d.length;
    const char32_t c = d.code;
    if (c < 0x20 && !IsSpace(c)) continue;
    if (IsSpace(c) && (out.empty() || IsSpace(out.back()))) continue;
    out.push_back(c < 0x80 && IsSpace(c) ? U' ' : c);
  }
  return out;
}

std::string ToString(const std::u32string& s) {
  std::string out;
  out.reserve(s.size() * 2);
  for (const char32_t c : s) AppendUtf8(out, c);
  return out;
}

bool MaySplit(const std::u32string& s, size_t at) {
  return !IsCombining(s[at]) && s[at - 1] != 0x200D && !(IsMark(s[at]) && IsMark(s[at - 1]));
}

bool EndsSentence(const std::u32string& s) {
  size_t end = s.size();
  while (end > 0 && IsClosing(s[end - 1])) --end;
  return end > 0 && IsMark(s[end - 1]);
}

// How much of the first `limit` code points to keep.
size_t CutAt(const std::u32string& s, size_t limit) {
  size_t word = limit;
  while (word > limit / 2 && !IsSpace(s[word])) --word;
  if (IsSpace(s[word])) return word;
  size_t hard = limit;
  while (hard > 0 && !MaySplit(s, hard)) --hard;
  return hard == 0 ? limit : hard;
}

}  // namespace

std::string MakeExcerpt(std::string_view plain, size_t max) {
  if (max == 0) return {};
  // One more than is kept tells whether the text goes on; a trailing blank does not count.
  std::u32string s = Collapsed(plain, max + 2);
  while (!s.empty() && IsSpace(s.back())) s.pop_back();
  if (s.size() <= max) return ToString(s);
  s.resize(CutAt(s, max - 1));
  while (!s.empty() && IsLoose(s.back())) s.pop_back();
  return ToString(s) + (EndsSentence(s) ? "" : std::string(kEllipsis));
}

}  // namespace daybook::text
