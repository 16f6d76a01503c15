// The portable program's own tables for Markdown against those of cmark-gfm: every character, every
// name.
#include <cmark-gfm/houdini.h>
#include <cmark-gfm/utf8.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "text/utf8.h"

// The same functions, under names of their own.
#define cmark_utf8proc_encode_char OwnEncodeChar
#define cmark_utf8proc_check OwnCheck
#define cmark_utf8proc_iterate OwnIterate
#define cmark_utf8proc_is_space OwnIsSpace
#define cmark_utf8proc_is_punctuation OwnIsPunctuation
#define cmark_utf8proc_case_fold OwnCaseFold
#define houdini_unescape_ent OwnUnescapeEnt
#define houdini_unescape_html OwnUnescapeHtml
#define houdini_unescape_html_f OwnUnescapeHtmlAlways
#include "cli/portable/markdown_unicode.cc"
#undef cmark_utf8proc_encode_char
#undef cmark_utf8proc_check
#undef cmark_utf8proc_iterate
#undef cmark_utf8proc_is_space
#undef cmark_utf8proc_is_punctuation
#undef cmark_utf8proc_case_fold
#undef houdini_unescape_ent
#undef houdini_unescape_html
#undef houdini_unescape_html_f

namespace daybook {
namespace {

constexpr std::int32_t kEnd = 0x110000;

// What one of the functions wrote.
template <typename Function>
std::string Written(Function function, std::string_view text) {
  cmark_strbuf buffer;
  cmark_strbuf_init(cmark_get_default_mem_allocator(), &buffer, 0);
  function(&buffer, reinterpret_cast<const std::uint8_t*>(text.data()),
           static_cast<bufsize_t>(text.size()));
  std::string written(reinterpret_cast<const char*>(buffer.ptr),
                      static_cast<std::size_t>(buffer.size));
  cmark_strbuf_free(&buffer);
  return written;
}

std::string Character(std::int32_t code) {
  std::string text;
  text::AppendUtf8(text, static_cast<char32_t>(code));
  return text;
}

TEST(PortableMarkdownTest, EveryCharacterIsReadAndWrittenAndASpaceAsByTheLibrary) {
  for (std::int32_t code = 1; code < kEnd; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    const std::string text = Character(code);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    std::int32_t theirs = 0, ours = 0;
    const int size = static_cast<int>(text.size());
    ASSERT_EQ(OwnIterate(bytes, size, &ours), cmark_utf8proc_iterate(bytes, size, &theirs)) << code;
    ASSERT_EQ(ours, theirs);
    ASSERT_EQ(OwnIsSpace(code), cmark_utf8proc_is_space(code)) << code;
  }
}

// The library's tables are of an older Unicode: what came since may differ, and not much did.
TEST(PortableMarkdownTest, PunctuationAndFoldedCharactersAreThoseOfTheLibraryOrOfALaterUnicode) {
  int punctuation = 0, folds = 0;
  for (std::int32_t code = 1; code < kEnd; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    if (code == 0xFFFE || code == 0xFFFF) continue;  // the library keeps them for itself
    const bool ours = OwnIsPunctuation(code) != 0,
               theirs = cmark_utf8proc_is_punctuation(code) != 0;
    if (ours != theirs) ++punctuation;
    const std::string text = Character(code);
    const std::string own = Written(OwnCaseFold, text),
                      other = Written(cmark_utf8proc_case_fold, text);
    if (own != other) {
      ++folds;
      ASSERT_EQ(other, text) << std::hex << code;
    }
  }
  EXPECT_LT(punctuation, 200);
  EXPECT_LT(folds, 250);
}

TEST(PortableMarkdownTest, EveryNamedReferenceIsTheLibrarys) {
  // Every name there is begins with a letter and is looked for as it stands in the table.
  for (const char* text : {"amp;", "AMP;", "nbsp;", "CounterClockwiseContourIntegral;", "ngE;",
                           "fjlig;", "NewLine;", "Tab;", "amp", "am p;", "nosuchname;", "copy;x",
                           "lt;;", ";", "a;", "&amp;", "zwnj;", "rlm;"}) {
    EXPECT_EQ(Written(OwnUnescapeEnt, text), Written(houdini_unescape_ent, text)) << text;
  }
}

TEST(PortableMarkdownTest, NumbersAreReadAsByTheLibrary) {
  for (const char* text :
       {"#0;",         "#65;",         "#x41;",       "#X41;",       "#xD800;",    "#x10FFFF;",
        "#x110000;",   "#1114112;",    "#9999999;",   "#99999999;",  "#xFFFFFF;",  "#xFFFFFFF;",
        "#xFFFFFFFF;", "#xFFFFFFFFF;", "#999999999;", "#000000065;", "#00000065;", "#128;",
        "#13;",        "#;",           "#x;",         "#65",         "#x4G;",      "#-1;"}) {
    EXPECT_EQ(Written(OwnUnescapeEnt, text), Written(houdini_unescape_ent, text)) << text;
  }
}

TEST(PortableMarkdownTest, TextsWithReferencesAreDecodedAsByTheLibrary) {
  for (const char* text : {"", "plain", "&", "a&b", "&amp;", "x &lt; y &gt; z", "&&amp;&",
                           "&bogus;&#x41;", "https://a.example/?a=1&copy=2&amp;b", "tail&"}) {
    EXPECT_EQ(Written(OwnUnescapeHtmlAlways, text), Written(houdini_unescape_html_f, text)) << text;
    EXPECT_EQ(Written(OwnUnescapeHtml, text), Written(houdini_unescape_html, text)) << text;
  }
}

TEST(PortableMarkdownTest, BadBytesBecomeReplacementCharacters) {
  EXPECT_EQ(Written(OwnCheck,
                    "a\xFF"
                    "b"),
            Written(cmark_utf8proc_check,
                    "a\xFF"
                    "b"));
  EXPECT_EQ(Written(OwnCheck, "gr\u00FC\u00DFe"), "gr\u00FC\u00DFe");
  EXPECT_EQ(Written(OwnCaseFold, "Gr\u00FC\u00DFE"),
            Written(cmark_utf8proc_case_fold, "Gr\u00FC\u00DFE"));
}

}  // namespace
}  // namespace daybook
