// Markdown's features, its table of contents, and texts that were built to be costly.
#include "text/markdown.h"

#include <gtest/gtest.h>

#include <chrono>

#include "text/markdown_guard.h"

namespace daybook::text {
namespace {

std::string Times(std::string_view piece, size_t n) {
  std::string out;
  out.reserve(piece.size() * n);
  for (size_t i = 0; i < n; ++i) out += piece;
  return out;
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Markdown, RendersWhatWritersUse) {
  const std::pair<const char*, const char*> golden[] = {
      {"a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>\n"},
      {"# Title", "<h1>Title</h1>\n"},
      {"~~gone~~", "<p><del>gone</del></p>\n"},
      {"see https://example.com.",
       "<p>see <a href=\"https://example.com\">https://example.com</a>.</p>\n"},
      {"```c\n<x>\n```", "<pre><code class=\"language-c\">&lt;x&gt;\n</code></pre>\n"},
      {"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
      {"a\r\nb\rc", "<p>a\nb\nc</p>\n"},
      {"", ""}};
  for (const auto& [in, out] : golden) EXPECT_EQ(MarkdownToHtml(in), out) << in;
  EXPECT_TRUE(Has(MarkdownToHtml("|a|b|\n|-|-|\n|1|2|"), "<td>2</td>"));
  EXPECT_TRUE(Has(MarkdownToHtml("x[^1]\n\n[^1]: note"), "footnote"));
}

TEST(Markdown, LeavesPunctuationAsTyped) {
  EXPECT_EQ(MarkdownToHtml("Success- \"that\" -- (… it.]"),
            "<p>Success- &quot;that&quot; -- (… it.]</p>\n");
}

TEST(Markdown, LetsHtmlThroughToTheSanitiser) {
  EXPECT_EQ(MarkdownToHtml("<div>\n<b>x</b>\n</div>"), "<div>\n<b>x</b>\n</div>\n");
}

TEST(Markdown, LosesNothingWhereAFootnoteIsNone) {
  EXPECT_EQ(MarkdownToHtml("x [^a\nb] y"), "<p>x [^a\nb] y</p>\n");
  EXPECT_TRUE(Has(MarkdownToHtml("x [^1] [^a\nb] y\n\n[^1]: note"), "[^a\nb] y"));
  EXPECT_TRUE(Has(MarkdownToHtml("`[^a-z ]` x[^1]\n\n[^1]: note"), "footnote-ref"));
}

TEST(Markdown, RepairsBytes) { EXPECT_EQ(MarkdownToHtml("a\xFFz"), "<p>a\uFFFDz</p>\n"); }

TEST(Markdown, PastItsLimitIsShownAsText) {
  const std::string html = MarkdownToHtml("<b> & " + std::string(kMarkdownMax, 'x'));
  EXPECT_TRUE(html.starts_with("<pre>&lt;b> &amp; xxx"));
}

struct Costly {
  const char* name;
  std::string text;
};

std::vector<Costly> CostlyTexts() {
  constexpr size_t kSize = 60'000;
  const auto fill = [](std::string_view piece) { return Times(piece, kSize / piece.size()); };
  std::string indented;
  for (size_t i = 0; i < 240; ++i) indented += std::string(2 * i, ' ') + "- a\n";
  return {
      {"quotations", fill("> ") + "a"},
      {"bullets", fill("* ") + "a"},
      {"numbers", fill("1. ") + "a"},
      {"mixed nesting", fill("> - ") + "x\n" + fill("\n ")},
      {"indented lists", indented + fill("\n")},
      {"lazy lines", fill(">") + "x\n" + fill("x\n")},
      {"wide table", Times("|a", 20000) + "\n" + Times("|-", 20000) + "\n" + Times("a\n", 10000)},
      {"narrow rows", Times("|a", 900) + "\n" + Times("|-", 900) + "\n" + fill("a\n")},
      {"one long row", "|a\n|-\n" + fill("|x")},
      {"lines before a table", fill("a\n") + "|a|\n|-|\n"},
      {"long reference", "[a]: " + std::string(kSize / 2, 'x') + "\n\n" + fill("[a] ")},
      {"instructions", fill("a <?")},
      {"character data", fill("a <![CDATA[")},
      {"declarations", fill("a <!A ")},
      {"images and links", fill("![[]()")},
      {"images then links", Times("![", kSize / 4) + Times("[a](b)", kSize / 12)},
      {"emphasis", fill("_*a") + fill("*_")},
      {"closing brackets", "http://x.y/" + fill(")")},
      {"joined addresses", fill("http://a.b<")}};
}

TEST(Markdown, BuiltToBeCostlyIsShownAsText) {
  for (const Costly& costly : CostlyTexts()) {
    EXPECT_TRUE(IsCostlyMarkdown(costly.text)) << costly.name;
    EXPECT_TRUE(MarkdownToHtml(costly.text).starts_with("<pre>")) << costly.name;
    // Carriage returns and quotation marks do not hide it.
    EXPECT_TRUE(MarkdownToHtml("> " + costly.text).starts_with("<pre>")) << costly.name;
  }
}

TEST(Markdown, OrdinaryLongTextsAreNotCostly) {
  const std::string paragraph =
      Times("Some *words* with [a link](https://example.com/a_(b)) and `code`. ", 40) + "\n\n";
  std::string rows = "|" + Times("a|", 12) + "\n|" + Times("-|", 12) + "\n" +
                     Times("|" + Times("cell|", 12) + "\n", 900);
  std::string references;
  for (int i = 0; i < 500; ++i)
    references +=
        "[" + std::to_string(i) + "]: https://example.com/some/page/" + std::to_string(i) + "\n";
  std::string uses;
  for (int i = 0; i < 500; ++i) uses += "text [here][" + std::to_string(i) + "] and\n";
  for (const std::string& text : {Times(paragraph, 300), rows, uses + "\n" + references,
                                  Times("- - - - - ", 30), Times("* ", 200), std::string(500, '_'),
                                  "![x](data:image/png;base64," + std::string(300'000, 'A') + ")",
                                  Times("> > > - quoted\n", 500),
                                  "```\n" + Times("if (a[i] && b(i)) { c(*p); }\n", 5000) + "```\n",
                                  Times("<!-- note -->\n", 2000)})
    EXPECT_FALSE(IsCostlyMarkdown(text)) << text.substr(0, 60);
}

TEST(Markdown, EveryPieceRepeatedEndsInTime) {
  for (const char* piece : {"*a **a ",  "a_ ",         "_a ",       "**x [a*b**c*](d)",
                            "[a",       "a]",          "*a_ ",      "[](",
                            "`",        "<a href=\"",  "</",        "[^1]",
                            "[^a",      "~a ",         "***a",      "a\n",
                            "\t",       "```\n",       "<div>\n",   "a  \n",
                            "&",        "|",           "- \n\n",    "[a](b \"",
                            "[a](<b",   "[a]: b \"\n", "[a]: <b\n", "[^a]: b\n",
                            "![](",     "-|-\n",       "www.",      "a@b.c",
                            "<a x='\n", "\\[",         "<!-->",     "[a]: u\n",
                            "- ",       "> "}) {
    const auto begin = std::chrono::steady_clock::now();
    (void)MarkdownToHtml(Times(piece, 64'000 / std::string_view(piece).size()));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << piece;
  }
}

TEST(Toc, GivesEveryHeadingAnIdOfItsOwn) {
  const WithToc got = AddHeadingIds(SafeHtml::Vouch(
      "<h2>Füße &amp; <em>Hände</em></h2>\n<p>x</p><h3>Comment 12</h3><h3>Comment 12</h3><h2>…</h2>"
      "<h4 id=\"mine\">Own</h4><h1 class=\"a\">One</h1><hr><header>no</header>"));
  EXPECT_EQ(got.html.view(),
            "<h2 id=\"h-fusse-hande\">Füße &amp; <em>Hände</em></h2>\n<p>x</p><h3 "
            "id=\"h-comment-12\">Comment 12</h3>"
            "<h3 id=\"h-comment-12-1\">Comment 12</h3><h2 id=\"h-section\">…</h2>"
            "<h4 id=\"mine\">Own</h4><h1 id=\"h-one\" class=\"a\">One</h1><hr><header>no</header>");
  ASSERT_EQ(got.items.size(), 6u);
  EXPECT_EQ(got.items[0].text, "Füße & Hände");
  EXPECT_EQ(got.items[0].level, 2);
  EXPECT_EQ(got.items[2].id, "h-comment-12-1");
  EXPECT_EQ(got.items[4].id, "mine");
}

TEST(Toc, LeavesTextWithoutHeadingsAlone) {
  EXPECT_EQ(AddHeadingIds(SafeHtml::Vouch("<p>a <h</p>")).html.view(), "<p>a <h</p>");
  EXPECT_TRUE(AddHeadingIds(SafeHtml()).items.empty());
  EXPECT_EQ(AddHeadingIds(SafeHtml::Vouch("<h2>open")).html.view(), "<h2>open");
}

TEST(Toc, IsListsInLists) {
  const auto list = [](std::string_view html) {
    return TocList(AddHeadingIds(SafeHtml::Vouch(std::string(html))).items).str();
  };
  EXPECT_EQ(list(""), "");
  EXPECT_EQ(list("<h2>A &lt; b</h2><h3>C</h3><h3>D</h3><h2>E</h2>"),
            "<ol>\n<li><a href=\"#h-a-b\">A &lt; b</a><ol>\n<li><a href=\"#h-c\">C</a></li>\n"
            "<li><a href=\"#h-d\">D</a></li></ol></li>\n<li><a href=\"#h-e\">E</a></li></ol>");
  // Whatever order the levels come in, every list and item that is opened is closed.
  EXPECT_EQ(list("<h4>A</h4><h2>B</h2><h6>C</h6><h3>D</h3>"),
            "<ol>\n<li><a href=\"#h-a\">A</a></li>\n<li><a href=\"#h-b\">B</a><ol>\n"
            "<li><a href=\"#h-c\">C</a></li>\n<li><a href=\"#h-d\">D</a></li></ol></li></ol>");
  EXPECT_EQ(list("<h2> </h2>"), "");
  EXPECT_EQ(list("<h2>X<sup class=\"footnote-ref\"><a href=\"#f\">1</a></sup></h2>"),
            "<ol>\n<li><a href=\"#h-x\">X</a></li></ol>");
}

TEST(Toc, HoldsNoMoreThanSomebodyReads) {
  const std::string list =
      TocList(AddHeadingIds(SafeHtml::Vouch(Times("<h2>same</h2>", 5'000))).items).str();
  EXPECT_LT(list.size(), kTocMost * 60);
}

TEST(Toc, CostsLinearTimeForEqualHeadings) {
  const auto begin = std::chrono::steady_clock::now();
  const WithToc got = AddHeadingIds(SafeHtml::Vouch(Times("<h2>same</h2>", 20'000)));
  EXPECT_EQ(got.items.size(), 20'000u);
  EXPECT_EQ(AddHeadingIds(SafeHtml::Vouch(Times("<h2>", 100'000))).items.size(), 0u);
  EXPECT_EQ(AddHeadingIds(SafeHtml::Vouch(Times("<h2>", 100'000) + "</h2>")).items.size(), 1u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace daybook::text
