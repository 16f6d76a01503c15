// The slug rule of the journal's addresses: golden pairs and its limits.
#include "text/slug.h"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

TEST(Slug, FollowsTheRuleOfTheRealAddresses) {
  const std::pair<const char*, const char*> golden[] = {
      {"Network: Is it still bullshit if there is a tacit understanding…?",
       "network-is-it-still-bullshit-if-there-is-a-tacit-understandi"},
      {"Success- that elusive thing", "success-that-elusive-thing"},
      {"Q&A", "qa"},
      {"5/2", "52"},
      {"Perspective on Pain", "perspective-on-pain"},
      {"It's (not) a test!", "its-not-a-test"},
      {"a & b", "a-b"},
      {"a – b", "a-b"},
      {"one–two", "onetwo"},
      {"  spaces\t\tand\nlines  ", "spaces-and-lines"},
      {"no\u00A0break", "no-break"},
      {"--a---b--", "a-b"},
      {"snake_case", "snakecase"},
      {"3.14", "314"},
      {"C++ & C#", "c-c"}};
  for (const auto& [title, slug] : golden) EXPECT_EQ(MakeSlug(title).view(), slug) << title;
}

TEST(Slug, TransliteratesLettersBeyondAscii) {
  const std::pair<const char*, const char*> golden[] = {
      {"Füße im Gras", "fusse-im-gras"},
      {"Crème brûlée, naïve œuvre", "creme-brulee-naive-oeuvre"},
      {"Smørrebrød på Ærø", "smorrebrod-pa-aero"},
      {"Żółć i łódź", "zolc-i-lodz"},
      {"Þór, Ðað", "thor-dad"},
      {"Tiếng Việt", "tieng-viet"},
      {"İstanbul’da ışık", "istanbulda-isik"},
      {"Привет, мир", "privet-mir"},
      {"Щука и ёж", "shchuka-i-ezh"},
      {"Καλημέρα κόσμε", "kalimera-kosme"},
      {"Ｆｕｌｌ　ｗｉｄｔｈ", "full-width"},
      {"e\u0301te\u0301", "ete"}};  // decomposed
  for (const auto& [title, slug] : golden) EXPECT_EQ(MakeSlug(title).view(), slug) << title;
}

TEST(Slug, IsEmptyWhereNothingIsLeft) {
  for (const char* title : {"", "…?", "日本語", "😀", "---", "\xFF\xFE", "   "})
    EXPECT_TRUE(MakeSlug(title).empty()) << title;
}

TEST(Slug, IsCutAtSixtyInMidWordAndTrimmedAfterwards) {
  EXPECT_EQ(MakeSlug(std::string(200, 'x')).view(), std::string(60, 'x'));
  EXPECT_EQ(MakeSlug(std::string(59, 'x') + " y").view(), std::string(59, 'x'));
  EXPECT_EQ(MakeSlug(std::string(58, 'x') + " yz").view(), std::string(58, 'x') + "-y");
  EXPECT_EQ(MakeSlug(std::string(59, 'x') + "ß").view(), std::string(59, 'x') + "s");
}

TEST(Slug, KeepsItsPromiseForEveryByteString) {
  unsigned seed = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string title;
    for (int i = 0; i < round % 90; ++i)
      title.push_back(static_cast<char>((seed = seed * 1103515245u + 12345u) >> 16));
    const Slug slug = MakeSlug(title);
    if (!slug.empty()) {
      EXPECT_TRUE(ParseSlug(slug.view())) << slug.view();
      EXPECT_EQ(MakeSlug(slug.view()), slug);
    }
  }
}

TEST(Slug, SuffixesStayWithinSixty) {
  EXPECT_EQ(WithSuffix(MakeSlug("abc"), 1).view(), "abc-1");
  EXPECT_EQ(WithSuffix(MakeSlug("abc"), 12).view(), "abc-12");
  EXPECT_EQ(WithSuffix(MakeSlug(std::string(60, 'x')), 1).view(), std::string(58, 'x') + "-1");
  // The cut may not leave two hyphens.
  EXPECT_EQ(WithSuffix(MakeSlug(std::string(57, 'x') + " yz"), 2).view(),
            std::string(57, 'x') + "-2");
}

TEST(Slug, OnlyCorrectOnesAreTakenFromElsewhere) {
  EXPECT_TRUE(ParseSlug("a-b-1"));
  for (const char* bad : {"", "-a", "a-", "a--b", "A", "a_b", "a/b", "ü", "a.b"})
    EXPECT_FALSE(ParseSlug(bad)) << bad;
  EXPECT_FALSE(ParseSlug(std::string(61, 'a')));
}

}  // namespace
}  // namespace daybook::text
