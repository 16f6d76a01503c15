// Words in one plain form, and networks in theirs.
#include "text/fold.h"

#include <gtest/gtest.h>

#include <string>

#include "text/network.h"

namespace daybook::text {
namespace {

std::string Words(std::string_view text) {
  std::string words;
  for (const FoldedWord& word : FoldWords(text).words)
    words.append(words.empty() ? "" : "|").append(word.text);
  return words;
}

TEST(Fold, CaseAccentsAndApostrophesGo) {
  EXPECT_EQ(Words("I'm Führer’s CAFÉ, no-one"), "im|fuhrers|cafe|no|one");
  EXPECT_EQ(Words("cafe\u0301"), "cafe");
  EXPECT_EQ(Words("ЁЛКА Στην"), "елка|στην");
}

TEST(Fold, DressedUpLettersAreTheLettersTheyShow) {
  EXPECT_EQ(Words("𝗙𝗿𝗲𝗲 𝓕𝓻𝓮𝓮 Ｆｒｅｅ Ⓕⓡⓔⓔ 🅵🆁🅴🅴"), "free|free|free|free|free");
  EXPECT_EQ(Words("fr\u200Bee fr\u00ADee f\u2060r\u2060ee"), "free|free|free");
  EXPECT_EQ(FoldWords("fr\u200Bee").invisible, 1);
}

TEST(Fold, LettersOfAnotherAlphabetAreReadAsTheirTwinsAmongLatinOnes) {
  EXPECT_EQ(Words("frее сasino"), "free|casino");
  EXPECT_EQ(Words("buy сосо now"), "buy|coco|now");
  EXPECT_EQ(Words("это сосо"), "это|сосо");
  EXPECT_EQ(FoldWords("это сосо").lookalike, 0);
}

TEST(Fold, DigitsAndSignsInsideAWordAreLetters) {
  EXPECT_EQ(Words("v1agra c@sino f33d $ave fr33"), "viagra|casino|feed|save|fr33");
  EXPECT_EQ(Words("mp3 4th 2007 b2b"), "mp3|4th|2007|b2b");
}

TEST(Fold, SpacedAndStretchedWordsComeTogether) {
  EXPECT_EQ(Words("v i a g r a now"), "viagra|now");
  EXPECT_EQ(Words("v.i.a.g.r.a"), "viagra");
  EXPECT_EQ(Words("b*o*n*u*s p-i-l-l-s"), "bonus|pills");
  EXPECT_EQ(Words("pleeeease sooo"), "please|so");
  EXPECT_EQ(Words("a b c"), "a|b|c");
  EXPECT_EQ(Words("D-D-D-D-Drop"), "d|d|d|d|drop");
}

TEST(Fold, ScriptsWithoutSpacesAreRuns) {
  FoldedText text = FoldWords("これは test です");
  ASSERT_EQ(text.words.size(), 3U);
  EXPECT_TRUE(text.words[0].unspaced);
  EXPECT_FALSE(text.words[1].unspaced);
}

TEST(Fold, BadBytesEndAWordAndNothingBreaks) {
  EXPECT_EQ(Words("ab\xff\xfe"
                  "cd\xe2\x82"),
            "ab|cd");
  EXPECT_EQ(Words(""), "");
}

TEST(NetworkText, IsWrittenInOneForm) {
  EXPECT_EQ(NetworkOf("203.0.113.77"), "203.0.113.0/24");
  EXPECT_EQ(NetworkOf("::ffff:203.0.113.77"), "203.0.113.0/24");
  EXPECT_EQ(NetworkOf("2001:db8:1:2::3"), "2001:db8:1::/48");
  EXPECT_EQ(NetworkOf("[2001:db8:1:2::3]"), "2001:db8:1::/48");
  EXPECT_EQ(NetworkOf("fe80::1%eth0"), "fe80::/48");
  for (const char* none : {"", "localhost", "1.2.3", "1.2.3.4.5", "203.0.113.0/24", "::g"})
    EXPECT_EQ(NetworkOf(none), "") << none;
  EXPECT_EQ(NetworkText(*ParseNetwork("10.1.2.3/8")), "10.0.0.0/8");
  EXPECT_EQ(NetworkText(*ParseNetwork("10.1.2.3")), "10.1.2.3");
  for (const char* none : {"1.2.3.4/", "1.2.3.4/33", "::/129", "1.2.3.4/-1", "1.2.3.4/8x"})
    EXPECT_FALSE(ParseNetwork(none)) << none;
}

TEST(NetworkText, ABlockContainsWhatLiesInIt) {
  Network block = *ParseNetwork("10.0.0.0/8");
  EXPECT_TRUE(block.Contains(*ParseNetwork("10.255.0.1")));
  EXPECT_FALSE(block.Contains(*ParseNetwork("11.0.0.1")));
  EXPECT_FALSE(ParseNetwork("10.0.0.1")->Contains(block));
  EXPECT_FALSE(ParseNetwork("2001:db8::/32")->Contains(*ParseNetwork("10.0.0.1")));
}

}  // namespace
}  // namespace daybook::text
