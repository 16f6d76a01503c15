// Excerpts and headline typography.
#include "text/excerpt.h"

#include <gtest/gtest.h>

#include "text/title.h"
#include "text/utf8.h"

namespace daybook::text {
namespace {

TEST(Excerpt, LeavesShortTextWholeWithItsWhiteSpaceCollapsed) {
  EXPECT_EQ(MakeExcerpt(" One\n\ttwo  three ", 200), "One two three");
  EXPECT_EQ(MakeExcerpt("exactly ten", 11), "exactly ten");
  EXPECT_EQ(MakeExcerpt("exactly ten   ", 11), "exactly ten");
  EXPECT_EQ(MakeExcerpt("", 11), "");
  EXPECT_EQ(MakeExcerpt("abc", 0), "");
}

TEST(Excerpt, CutsAtTheEndOfAWord) {
  EXPECT_EQ(MakeExcerpt("The quick brown fox jumps", 12), "The quick…");
  EXPECT_EQ(MakeExcerpt("The quick brown fox jumps", 16), "The quick brown…");
  EXPECT_EQ(MakeExcerpt("The quick, brown fox", 12), "The quick…");
  EXPECT_EQ(MakeExcerpt("The quick — brown fox", 13), "The quick…");
}

TEST(Excerpt, AddsNothingToWhatEndsASentence) {
  EXPECT_EQ(MakeExcerpt("Is it tacit understanding…? And then more", 30),
            "Is it tacit understanding…?");
  EXPECT_EQ(MakeExcerpt("He said “Stop!” and then went on", 17), "He said “Stop!”");
  EXPECT_EQ(MakeExcerpt("A sentence. Another one follows", 13), "A sentence.");
}

TEST(Excerpt, NeverSplitsARunOfMarks) {
  const std::string text = "understanding…?!…? and so on";
  for (size_t n = 1; n < 40; ++n) {
    const std::string cut = MakeExcerpt(text, n);
    EXPECT_EQ(cut.find("?…"),
              cut.find("?!…?") == std::string::npos ? std::string::npos : cut.find("?…"))
        << cut;
    EXPECT_EQ(cut.find("..."), std::string::npos);
    EXPECT_FALSE(cut.ends_with("……")) << cut;
  }
}

TEST(Excerpt, KeepsToItsLengthAndToWholeSequences) {
  const std::string texts[] = {
      "Füße größer als Bäume, ça va? 😀😀 naïve œuvre über alles",
      "日本語の文章は空白なしで続きますから途中で切るしかありません",
      std::string(300, 'x'),
      "e\u0301e\u0301e\u0301e\u0301e\u0301 e\u0301",
      "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
      "a\xFF\xC3 b\xE2\x82 c"};
  for (const std::string& text : texts)
    for (size_t n = 1; n < 70; ++n) {
      const std::string cut = MakeExcerpt(text, n);
      EXPECT_TRUE(IsUtf8(cut)) << cut;
      EXPECT_LE(CountCodePoints(cut), n) << cut;
    }
  EXPECT_EQ(MakeExcerpt("日本語の文章", 4), "日本語…");
  EXPECT_EQ(MakeExcerpt("ae\u0301e\u0301b", 4), "ae\u0301…");  // the accent stays with its letter
}

TEST(Title, BindsTheLastTwoWords) {
  EXPECT_EQ(TypographicTitle("a tacit understanding…?"), "a tacit\u00A0understanding…?");
  EXPECT_EQ(TypographicTitle("Perspective on Pain"), "Perspective on\u00A0Pain");
  EXPECT_EQ(TypographicTitle("Hello world"), "Hello\u00A0world");
  EXPECT_EQ(TypographicTitle("Transliteration misunderstood"),
            "Transliteration\u00A0misunderstood");
  EXPECT_EQ(TypographicTitle("two  spaces"), "two\u00A0spaces");
}

TEST(Title, LeavesOneWordAndEdgesAlone) {
  EXPECT_EQ(TypographicTitle("Success"), "Success");
  EXPECT_EQ(TypographicTitle(""), "");
  EXPECT_EQ(TypographicTitle("   "), "   ");
  EXPECT_EQ(TypographicTitle(" lead"), " lead");
  EXPECT_EQ(TypographicTitle("a b "), "a\u00A0b ");
  EXPECT_EQ(TypographicTitle("bon\u00A0jour"), "bon\u00A0jour");
}

TEST(Title, ItsLastTwoWordsCanBeTakenApart) {
  const auto parts = [](const char* title) {
    const std::string typographic = TypographicTitle(title);
    const Headline headline = SplitHeadline(typographic);
    return std::string(headline.start) + "|" + std::string(headline.last_but_one) + "|" +
           std::string(headline.last);
  };
  EXPECT_EQ(parts("if there is a tacit understanding…?"), "if there is a |tacit|understanding…?");
  EXPECT_EQ(parts("Extraordinary circumstances"), "|Extraordinary|circumstances");
  EXPECT_EQ(parts("Transliteration"), "Transliteration||");
  EXPECT_EQ(parts(""), "||");
}

}  // namespace
}  // namespace daybook::text
