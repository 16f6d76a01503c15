// HTML as the plain text of a mail.
#include "text/letter.h"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

std::string Of(const char* html) { return LetterText(SafeHtml::Vouch(html)); }

TEST(LetterText, ParagraphsHaveAnEmptyLineBetweenThem) {
  EXPECT_EQ(Of("<h2>Tide</h2>\n<p>One &amp;\n two.</p><p>Three<br>four.</p>"),
            "Tide\n\nOne & two.\n\nThree\nfour.");
  EXPECT_EQ(Of(""), "");
  EXPECT_EQ(Of("<p> </p><p></p>"), "");
  EXPECT_EQ(Of("<p>a</p><hr><p>b</p>"), "a\n\n* * *\n\nb");
}

TEST(LetterText, ListsKeepTheirMarks) {
  EXPECT_EQ(Of("<p>x</p><ul><li>One</li><li><p>Two</p><ol><li>a</li><li>b</li></ol></li></ul><p>y"),
            "x\n\n- One\n- Two\n  1. a\n  2. b\n\ny");
}

TEST(LetterText, QuotationsAreMarkedLineByLine) {
  EXPECT_EQ(Of("<p>x</p><blockquote><p>One</p><p>Two<br>three</p></blockquote><p>y</p>"),
            "x\n\n> One\n>\n> Two\n> three\n\ny");
}

TEST(LetterText, AddressesFollowWhatIsLinkedOnce) {
  EXPECT_EQ(
      Of("<p>See <a href=\"https://a.test/x\">this</a>, <a href=\"https://a.test/\">a.test</a> and "
         "<a href=\"https://a.test/y\">https://a.test/y</a><a href=\"#n\">1</a>.</p>"),
      "See this (https://a.test/x), a.test and https://a.test/y1.");
}

TEST(LetterText, PicturesCodeAndTables) {
  EXPECT_EQ(Of("<p><img alt=\"A boat\" src=\"x\"></p><pre><code>if\n  then\n\nelse</code></pre>"),
            "[A boat]\n\nif\n  then\n\nelse");
  EXPECT_EQ(
      Of("<table><tr><th>Tide</th><th>Time</th></tr><tr><td>high</td><td>06:12</td></tr></table>"),
      "Tide | Time\nhigh | 06:12");
}

TEST(LetterText, WhatIsNeverClosedEnds) {
  EXPECT_EQ(Of("<ul></ul></ul></blockquote></pre></a><li>x"), "- x");
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "<blockquote><ul><li>";
  EXPECT_LT(LetterText(SafeHtml::Vouch(deep + "x")).size(), 2u << 20);
}

}  // namespace
}  // namespace daybook::text
