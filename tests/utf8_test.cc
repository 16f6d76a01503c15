// UTF-8: what is accepted, how the rest is repaired, and where text may be cut.
#include "text/utf8.h"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

using namespace std::string_literals;

TEST(Utf8, AcceptsEveryLengthAndTheEdgesOfEach) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("aß€😀"));
  EXPECT_TRUE(
      IsUtf8("\xC2\x80 \xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80 \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatIsPastTheEnd) {
  for (const char* bad :
       {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xED\xBF\xBF", "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xFE",
        "\xC3", "\xE2\x82", "\xF0\x9F\x98", "a\xE2\x82z"})
    EXPECT_FALSE(IsUtf8(bad)) << bad;
}

TEST(Utf8, RepairReplacesEachBadPartAndKeepsTheRest) {
  EXPECT_EQ(RepairUtf8("aß€😀"), "aß€😀");
  EXPECT_EQ(RepairUtf8("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(RepairUtf8("a\xE2\x82z"), "a\uFFFDz");              // one cut sequence, one mark
  EXPECT_EQ(RepairUtf8("\xE0\x80\xAF"), "\uFFFD\uFFFD\uFFFD");  // nothing begins with E0 80
  EXPECT_EQ(RepairUtf8("\xF0\x9F\x98"), "\uFFFD");
  EXPECT_TRUE(IsUtf8(RepairUtf8("\xC3(\xA0\xA1\xE2(\xA1\xF0(\x8C\xBC")));
}

TEST(Utf8, CountsAndCutsByCodePoints) {
  EXPECT_EQ(CountCodePoints("aß€😀"), 4u);
  EXPECT_EQ(CutCodePoints("aß€😀", 3), "aß€");
  EXPECT_EQ(CutCodePoints("aß", 9), "aß");
  EXPECT_EQ(CutCodePoints("aß", 0), "");
}

TEST(Utf8, CutsByBytesWithoutSplittingASequence) {
  const std::string s = "a€😀b";  // 1 + 3 + 4 + 1 bytes
  const std::string expected[] = {"", "a", "a", "a", "a€", "a€", "a€", "a€", "a€😀", "a€😀b", "a€😀b"};
  for (size_t n = 0; n < std::size(expected); ++n) EXPECT_EQ(CutBytes(s, n), expected[n]) << n;
}

TEST(Utf8, ReadsWindows1252AsWhatItsWriterSaw) {
  EXPECT_EQ(Latin1ToUtf8("caf\xE9 \x93ok\x94 \x80"), "café “ok” €");
  EXPECT_EQ(Latin1ToUtf8("\x81"), "\uFFFD");
  EXPECT_EQ(ToUtf8("café"), "café");
  EXPECT_EQ(ToUtf8("caf\xE9"), "café");
}

TEST(Utf8, RemovesWhatReordersOrControls) {
  EXPECT_EQ(RemoveBidiControls("a\u202Eb\u2066c\u200Fd\u061C"), "abcd");
  EXPECT_EQ(RemoveBidiControls("שלום"), "שלום");
  EXPECT_EQ(RemoveControls("a\0b\x1B[31m\tc\nd\x7F\u0085"s), "ab[31m\tc\nd");
}

TEST(Utf8, NamesWhatATerminalWouldObey) {
  EXPECT_EQ(ShowControls("a\u202Eb\u2069\x1B[31m\tc\nd\u009B"s, false),
            "aU+202EbU+2069U+001B[31m c dU+009B");
  EXPECT_EQ(ShowControls("שלום\n\tx", true), "שלום\n\tx");
  EXPECT_EQ(ShowControls("a\xFF", false), "a\uFFFD");
}

}  // namespace
}  // namespace daybook::text
