// Paragraphs for bodies stored without them.
#include "text/paragraphs.h"

#include <gtest/gtest.h>

#include <ctime>

namespace daybook::text {
namespace {

TEST(Paragraphs, ComeFromBlankLinesAndBreaksFromNewlines) {
  const std::pair<const char*, const char*> golden[] = {
      {"one", "<p>one</p>\n"},
      {"one\n\ntwo", "<p>one</p>\n<p>two</p>\n"},
      {"one\n \t\n\n\ntwo\n", "<p>one</p>\n<p>two</p>\n"},
      {"one\ntwo", "<p>one<br>\ntwo</p>\n"},
      {"one\r\ntwo\r\n\r\nthree\rfour", "<p>one<br>\ntwo</p>\n<p>three<br>\nfour</p>\n"},
      {"one<br />\ntwo", "<p>one<br />\ntwo</p>\n"},
      {"a <b>c\nd</b>\n\n<i>e</i>", "<p>a <b>c<br>\nd</b></p>\n<p><i>e</i></p>\n"},
      {"<img src=\"x\">\n\ntext", "<p><img src=\"x\"></p>\n<p>text</p>\n"},
      {"<a href=\"x\"\ntitle=\"y\n\nz\">l</a>", "<p><a href=\"x\"\ntitle=\"y\n\nz\">l</a></p>\n"},
      {"a < b and c > d\n\n1 <2", "<p>a < b and c > d</p>\n<p>1 <2</p>\n"},
      {"", ""},
      {"\n\n \n", ""}};
  for (const auto& [in, out] : golden) EXPECT_EQ(AddParagraphs(in), out) << in;
}

TEST(Paragraphs, LeaveBlocksOutside) {
  const std::pair<const char*, const char*> golden[] = {
      {"a\n<ul>\n<li>x</li>\n<li>y</li>\n</ul>\nb",
       "<p>a</p>\n<ul>\n<li>x</li>\n<li>y</li>\n</ul>\n<p>b</p>\n"},
      {"<h2>Head\nline</h2>\ntext", "<h2>Head\nline</h2>\n<p>text</p>\n"},
      {"a\n<hr />\nb", "<p>a</p>\n<hr />\n<p>b</p>\n"},
      {"<table>\n<tr>\n<td>x</td>\n</tr>\n</table>",
       "<table>\n<tr>\n<td>x</td>\n</tr>\n</table>\n"},
      {"<DIV>x</DIV>", "<DIV>x</DIV>\n"},
      {"<div>x\n\ny</div>", "<div><p>x</p>\n<p>y</p>\n</div>\n"},
      {"<div>x\ny</div>", "<div>x<br>\ny</div>\n"},
      {"<blockquote>x\n\ny</blockquote>", "<blockquote><p>x</p>\n<p>y</p>\n</blockquote>\n"},
      {"<blockquote>x</blockquote>", "<blockquote><p>x</p>\n</blockquote>\n"},
      {"<p>own</p>\n\nnew", "<p>own</p>\n<p>new</p>\n"},
      {"<p>own\nline</p>", "<p>own<br>\nline</p>\n"},
      {"<p class=\"x\">a\n\nb", "<p class=\"x\">a</p>\n<p>b"},
      {"<figure><img src=\"x\">\n<figcaption>c</figcaption></figure>",
       "<figure><img src=\"x\">\n<figcaption>c</figcaption></figure>\n"}};
  for (const auto& [in, out] : golden) EXPECT_EQ(AddParagraphs(in), out) << in;
}

TEST(Paragraphs, NeverTouchWhatIsNoText) {
  for (const char* piece : {"<pre>a\n\nb\n<p>c</pre>", "<PRE class=\"x\">a\n\nb</PRE>",
                            "<script>\nif (a <b)\n\n{}\n</script>",
                            "<style>\na {}\n\nb {}\n</style>", "<iframe src=\"x\">\n\n</iframe>"})
    EXPECT_NE(AddParagraphs(std::string("x\n\n") + piece + "\n\ny").find(piece), std::string::npos)
        << piece;
  for (const char* piece : {"<textarea>a\n\nb</textarea>", "<svg><text>a\n\nb</text></svg>",
                            "<video>\n\n<source src=\"x\">\n</video>"})
    EXPECT_EQ(AddParagraphs(piece), "<p>" + std::string(piece) + "</p>\n");
}

TEST(Paragraphs, LetMoreStandAlone) {
  EXPECT_EQ(AddParagraphs("a\n\n<!--more-->\n\nb"), "<p>a</p>\n<!--more-->\n<p>b</p>\n");
  EXPECT_EQ(AddParagraphs("a\n<!--more Read on-->b"), "<p>a</p>\n<!--more Read on-->\n<p>b</p>\n");
  EXPECT_EQ(AddParagraphs("<!-- note -->\n\na <!-- x\n\ny --> b"),
            "<!-- note --><p>a <!-- x\n\ny --> b</p>\n");
}

TEST(Paragraphs, LinksAroundBlocksGetNoParagraphOfTheirOwn) {
  EXPECT_EQ(AddParagraphs("<a href=\"x\"><div>y</div></a>"), "<a href=\"x\"><div>y</div>\n</a>");
}

TEST(Paragraphs, LeaveBlockCommentsAsTheyAre) {
  const char* blocks =
      "<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:more -->";
  EXPECT_EQ(AddParagraphs(blocks), blocks);
}

TEST(ConvertBreaks, LeavesTheInsideOfBlocksAlone) {
  EXPECT_EQ(ConvertBreaks("one\ntwo\n\nthree"), "<p>one<br>\ntwo</p>\n<p>three</p>\n");
  EXPECT_EQ(ConvertBreaks("<blockquote>a\n\nb</blockquote>\n\nc"),
            "<blockquote>a\n\nb</blockquote>\n<p>c</p>\n");
  EXPECT_EQ(ConvertBreaks("<div>a\nb</div>"), "<div>a\nb</div>\n");
  EXPECT_EQ(ConvertBreaks("<p>a\nb</p>\n\nc"), "<p>a\nb</p>\n<p>c</p>\n");
}

TEST(Paragraphs, HostileTextsCostLinearTime) {
  for (const char* piece : {"<div>",
                            "</div>",
                            "<b>",
                            "<",
                            "<a ",
                            "<a '",
                            "<a \"",
                            "<a ='",
                            "<pre>",
                            "<script>",
                            "<!--",
                            "<svg>",
                            "\n",
                            "\n\n",
                            "a\n",
                            "<p>",
                            "<p>\n\n",
                            "<li>",
                            "<td>",
                            "</b",
                            "<pre></pr",
                            "<b\">'",
                            "<textarea></textarea",
                            "<a x=\"'>",
                            "<a x='\">",
                            "\r",
                            "<br>\n",
                            "<!--more-->"}) {
    double seconds[2];
    for (int round = 0; round < 2; ++round) {
      std::string text;
      while (text.size() < (round == 0 ? 60'000u : 240'000u)) text += piece;
      const std::clock_t begin = std::clock();
      const size_t size = AddParagraphs(text).size() + ConvertBreaks(text).size();
      seconds[round] = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
      EXPECT_LT(size, 40 * text.size()) << piece;
    }
    // Four times the text: sixteen times the time would be quadratic. The constant is for a busy
    // machine.
    EXPECT_LT(seconds[1], 9 * seconds[0] + 0.5) << piece;
  }
}

}  // namespace
}  // namespace daybook::text
