// What cmark-gfm asks of Unicode and of HTML's character references, from smaller tables than its
// own (120 KB less), which the portable program is linked with in their place. Like the originals,
// character for character; tests/markdown_unicode_test.cc compares. Not part of any other build.
//
// In: UTF-8 and references as cmark-gfm.h, utf8.h and houdini.h of that library say.
#include <cmark-gfm/houdini.h>
#include <cmark-gfm/utf8.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "text/html_entities.h"
#include "text/utf8.h"

namespace {

struct Range {
  std::uint32_t first, last;
};
struct Fold {
  std::uint32_t first, last, step;
  std::int32_t distance;
};
struct LongFold {
  std::uint32_t code;
  std::uint16_t folded[3];
};
#include "cli/portable/unicode_tables.inc"

// The range that holds `code`; null where none does.
template <typename T, std::size_t n>
const T* Find(const T (&ranges)[n], std::uint32_t code) {
  const T* found = std::lower_bound(std::begin(ranges), std::end(ranges), code,
                                    [](const T& range, std::uint32_t c) { return range.last < c; });
  return found != std::end(ranges) && found->first <= code ? found : nullptr;
}

void Put(cmark_strbuf* out, std::string_view text) {
  cmark_strbuf_put(out, reinterpret_cast<const std::uint8_t*>(text.data()),
                   static_cast<bufsize_t>(text.size()));
}

void PutCharacter(cmark_strbuf* out, std::int32_t code) {
  std::string text;
  daybook::text::AppendUtf8(text, static_cast<char32_t>(code));
  Put(out, text);
}

std::string_view View(const std::uint8_t* text, bufsize_t size) {
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(std::max(size, 0))};
}

// "#65;" or "#x41;" and so on, after the '&'; how many bytes were read, 0 if it is none.
bufsize_t UnescapeNumber(cmark_strbuf* out, std::string_view text) {
  const bool hex = text.size() > 1 && (text[1] == 'x' || text[1] == 'X');
  const std::size_t first = hex ? 2 : 1;
  std::uint32_t code = 0;
  std::size_t at = first;
  for (; at < text.size(); ++at) {
    const char c = static_cast<char>(hex ? text[at] | 0x20 : text[at]);
    const bool letter = hex && c >= 'a' && c <= 'f';
    if (!letter && !(text[at] >= '0' && text[at] <= '9')) break;
    code = std::min<std::uint32_t>(
        code * (hex ? 16 : 10) + static_cast<std::uint32_t>(letter ? c - 'a' + 10 : text[at] - '0'),
        0x110000);
  }
  if (at == first || at - first > 8 || at == text.size() || text[at] != ';') return 0;
  if (code == 0 || (code >= 0xD800 && code < 0xE000) || code >= 0x110000) code = 0xFFFD;
  PutCharacter(out, static_cast<std::int32_t>(code));
  return static_cast<bufsize_t>(at + 1);
}

}  // namespace

extern "C" {

void cmark_utf8proc_encode_char(std::int32_t code, cmark_strbuf* out) { PutCharacter(out, code); }

void cmark_utf8proc_check(cmark_strbuf* out, const std::uint8_t* line, bufsize_t size) {
  Put(out, daybook::text::RepairUtf8(View(line, size)));
}

// The length of the character at `text`, -1 if it is none.
int cmark_utf8proc_iterate(const std::uint8_t* text, bufsize_t size, std::int32_t* code) {
  *code = -1;
  if (size <= 0) return -1;
  const daybook::text::Decoded decoded = daybook::text::DecodeNext(View(text, size), 0);
  if (!decoded.valid) return -1;
  *code = static_cast<std::int32_t>(decoded.code);
  return static_cast<int>(decoded.length);
}

int cmark_utf8proc_is_space(std::int32_t code) {
  return code == 9 || code == 10 || code == 12 || code == 13 || code == 32 || code == 0xA0 ||
         code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F ||
         code == 0x3000;
}

int cmark_utf8proc_is_punctuation(std::int32_t code) {
  if (code < 0x80)
    return code > 0x20 && code < 0x7F && !daybook::text::IsAsciiAlnum(static_cast<char>(code));
  return Find(kPunctuation, static_cast<std::uint32_t>(code)) != nullptr;
}

void cmark_utf8proc_case_fold(cmark_strbuf* out, const std::uint8_t* text, bufsize_t size) {
  while (size > 0) {
    std::int32_t code = 0;
    const int length = cmark_utf8proc_iterate(text, size, &code);
    if (length < 0) {
      PutCharacter(out, 0xFFFD);
      ++text, --size;
      continue;
    }
    text += length, size -= length;
    const auto c = static_cast<std::uint32_t>(code);
    const auto* several = std::lower_bound(
        std::begin(kLongFolds), std::end(kLongFolds), c,
        [](const LongFold& fold, std::uint32_t wanted) { return fold.code < wanted; });
    if (several != std::end(kLongFolds) && several->code == c) {
      for (const std::uint16_t part : several->folded)
        if (part != 0) PutCharacter(out, part);
      continue;
    }
    if (c >= 'A' && c <= 'Z') {
      code += 'a' - 'A';
    } else if (const Fold* fold = Find(kFolds, c);
               fold != nullptr && (c - fold->first) % fold->step == 0) {
      code += fold->distance;
    }
    PutCharacter(out, code);
  }
}

// `text` follows an '&'.
bufsize_t houdini_unescape_ent(cmark_strbuf* out, const std::uint8_t* text, bufsize_t size) {
  const std::string_view after = View(text, size);
  if (after.size() < 3) return 0;
  if (after[0] == '#') return UnescapeNumber(out, after);
  std::string decoded;
  const std::size_t end = std::min<std::size_t>(after.find(';'), after.size());
  if (end == after.size()) return 0;
  const std::size_t used = daybook::text::DecodeReference(
      "&" + std::string(after.substr(0, end + 1)), daybook::text::References::kTerminated,
      daybook::text::BidiControls::kKeep, decoded);
  if (used == 0) return 0;
  Put(out, decoded);
  return static_cast<bufsize_t>(used - 1);
}

// Whether there was anything to put: nothing is put where there is no reference in `text`.
int houdini_unescape_html(cmark_strbuf* out, const std::uint8_t* text, bufsize_t size) {
  const std::string_view all = View(text, size);
  std::size_t at = 0;
  while (at < all.size()) {
    const std::size_t mark = std::min(all.find('&', at), all.size());
    if (at == 0 && mark == all.size()) return 0;
    Put(out, all.substr(at, mark - at));
    if (mark == all.size()) break;
    const auto rest = static_cast<bufsize_t>(all.size() - mark - 1);
    const bufsize_t used = houdini_unescape_ent(out, text + mark + 1, rest);
    if (used == 0) Put(out, "&");
    at = mark + 1 + static_cast<std::size_t>(used);
  }
  return 1;
}

void houdini_unescape_html_f(cmark_strbuf* out, const std::uint8_t* text, bufsize_t size) {
  if (houdini_unescape_html(out, text, size) == 0) Put(out, View(text, size));
}

}  // extern "C"
