// The sanitiser: what each policy lets through, repairs and shows as text.
#include "text/sanitize.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::text {
namespace {

std::string Comment(std::string_view source) {
  return SanitizeComment(source, CommentMode::kLimitedHtml).str();
}
std::string Plain(std::string_view source) {
  return SanitizeComment(source, CommentMode::kPlainText).str();
}
std::string Author(std::string_view html) { return SanitizeAuthor(html).str(); }

constexpr char kRel[] = " rel=\"nofollow ugc noopener\"";

TEST(CommentTest, TheListedElementsStayInLowerCaseWithDoubleQuotes) {
  EXPECT_EQ(
      Comment("<B>b</B><EM>e</EM><STRIKE>s</STRIKE><acronym TITLE='a \"b\"'>a</acronym>"),
      "<p><b>b</b><em>e</em><strike>s</strike><acronym title=\"a &quot;b&quot;\">a</acronym></p>");
  EXPECT_EQ(Comment("<blockquote cite=http://a.b/c class=x>q</blockquote>"),
            "<blockquote cite=\"http://a.b/c\"><p>q</p></blockquote>");
}

TEST(CommentTest, AnyOtherTagIsShownAsText) {
  EXPECT_EQ(Comment("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
  EXPECT_EQ(Comment("a <!-- b --> c <?php ?>"), "<p>a &lt;!-- b --&gt; c &lt;?php ?&gt;</p>");
  EXPECT_EQ(Comment("<p title=\"&lt;\">x"), "<p>&lt;p title=\"&amp;lt;\"&gt;x</p>");
}

TEST(CommentTest, EveryOtherAttributeIsDropped) {
  EXPECT_EQ(Comment("<b onclick=x style=y title=z id=q>b</b>"), "<p><b>b</b></p>");
}

TEST(CommentTest, AnAddressIsJudgedAfterDecodingAndWithoutControlsAndSpace) {
  for (const char* bad : {"javascript:alert(1)", "JaVaScript:x", "java&#10;script:x",
                          "&#x6A;avascript:x", "jav&Tab;ascript&colon;x", " \x01javascript:x",
                          "data:text/html,x", "vbscript:x", "/relative", "//host/x", "http:x",
                          "http ://x", "ftp://x/", "", "#x", "java\xC2\xA0script:x", "https://"}) {
    EXPECT_EQ(Comment("<a href=\"" + std::string(bad) + "\">t</a>"), "<p>t</p>") << bad;
  }
  EXPECT_EQ(Comment("<a href=' ht&#9;tp://a.b/c d?e=\"f\" '>t</a>"),
            std::string("<p><a href=\"http://a.b/c%20d?e=%22f%22\"") + kRel + ">t</a></p>");
  EXPECT_EQ(Comment("<a href=mailto:a@b.example>t</a>"),
            std::string("<p><a href=\"mailto:a@b.example\"") + kRel + ">t</a></p>");
  EXPECT_EQ(Comment("<blockquote cite=mailto:a@b.example>q</blockquote>"),
            "<blockquote><p>q</p></blockquote>");
}

TEST(CommentTest, OpenElementsAreClosedAndCrossedOnesRepaired) {
  EXPECT_EQ(Comment("<b><i></b></i>"), "<p><b><i></i></b></p>");
  EXPECT_EQ(Comment("<b>1<i>2</b>3</i>4"), "<p><b>1<i>2</i></b><i>3</i>4</p>");
  EXPECT_EQ(Comment("<blockquote><em>x"), "<blockquote><p><em>x</em></p></blockquote>");
  EXPECT_EQ(Comment("</b></blockquote>x</a>"), "<p>x</p>");
}

TEST(CommentTest, NoLinkStandsInALink) {
  EXPECT_EQ(Comment("<a href=http://a>1<a href=http://b>2</a>3</a>"),
            std::string("<p><a href=\"http://a\"") + kRel + ">1</a><a href=\"http://b\"" + kRel +
                ">2</a>3</p>");
  EXPECT_EQ(Comment("<a href=http://a>http://b.c</a>"),
            std::string("<p><a href=\"http://a\"") + kRel + ">http://b.c</a></p>");
}

TEST(CommentTest, ALoneLessThanOrAmpersandIsEscaped) {
  EXPECT_EQ(Comment("1 < 2 & 3 <3 a<b AT&T x?a=1&copy=2"),
            "<p>1 &lt; 2 &amp; 3 &lt;3 a&lt;b AT&amp;T x?a=1&amp;copy=2</p>");
  EXPECT_EQ(Comment("x <y and <b>bold</b>"), "<p>x &lt;y and <b>bold</b></p>");
  EXPECT_EQ(Comment("<a href=\"http://x>never closed</a> <b>x</b>"),
            "<p>&lt;a href=\"<a href=\"http://x\" rel=\"nofollow ugc "
            "noopener\">http://x</a>&gt;never closed <b>x</b></p>");
}

TEST(CommentTest, EntitiesThatArePreciselyWrittenAreDecodedOnce) {
  EXPECT_EQ(Comment("&lt;b&gt; &amp;lt; &copy; &#x1F600; &nosuch;"),
            "<p>&lt;b&gt; &amp;lt; © 😀 &amp;nosuch;</p>");
}

TEST(CommentTest, ABlankLineMakesAParagraphAndANewlineABreak) {
  EXPECT_EQ(Comment("a\nb\r\nc\r\n \t\r\nd\n\n\n\ne\n"), "<p>a<br>b<br>c</p>\n<p>d</p>\n<p>e</p>");
  EXPECT_EQ(Comment("<b>a\n\nb</b>"), "<p><b>a</b></p>\n<p><b>b</b></p>");
  EXPECT_EQ(Comment("a\n<blockquote>\nq\n\nr\n</blockquote>\nb"),
            "<p>a</p><blockquote><p>q</p>\n<p>r</p></blockquote><p>b</p>");
  EXPECT_EQ(Comment(" \n\n "), "");
}

TEST(CommentTest, NewlinesInCodeStay) {
  EXPECT_EQ(Comment("<code>a\n\n  b</code>\nc"), "<p><code>a\n\n  b</code><br>c</p>");
}

TEST(CommentTest, BareAddressesBecomeLinksButNotInCode) {
  EXPECT_EQ(Comment("see http://a.b/?x=1&amp;y=2."),
            std::string("<p>see <a href=\"http://a.b/?x=1&amp;y=2\"") + kRel +
                ">http://a.b/?x=1&amp;y=2</a>.</p>");
  EXPECT_EQ(Comment("htt</i>p://a.b <a href=http://a.b></a>"),
            std::string("<p><a href=\"http://a.b\"") + kRel + ">http://a.b</a> </p>");
  EXPECT_EQ(Comment("<code>http://a.b</code>"), "<p><code>http://a.b</code></p>");
}

TEST(CommentTest, CharactersThatTurnTheWritingAreRemovedHoweverWritten) {
  EXPECT_EQ(Comment("a\u202Eb&#x202E;c&rlm;d\u2066e<abbr title='\u202Ex&#8238;y'>f</abbr>"),
            "<p>abcde<abbr title=\"xy\">f</abbr></p>");
}

TEST(CommentTest, BadBytesAndControlCharactersDoNotPass) {
  EXPECT_EQ(Comment(std::string("a\0b\x1B\xFF\xC0\xAF", 7)), "<p>ab\uFFFD\uFFFD\uFFFD</p>");
  EXPECT_EQ(Comment("a&#0;b&#27;c&#xD800;d&#x85;"), "<p>a\uFFFDbc\uFFFDd…</p>");
}

TEST(CommentTest, DepthIsBoundedAndNoTextIsLost) {
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "<blockquote><b>";
  const std::string out = Comment(deep + "end");
  EXPECT_NE(out.find("end"), std::string::npos);
  EXPECT_LT(out.size(), 6000u);
}

TEST(PlainCommentTest, AllHtmlIsShownAndOnlyAddressesAreLinked) {
  EXPECT_EQ(Plain("<b>x</b> &amp; www.a.example\ny"),
            std::string("<p>&lt;b&gt;x&lt;/b&gt; &amp;amp; <a href=\"https://www.a.example\"") +
                kRel + ">www.a.example</a><br>y</p>");
}

TEST(MarkdownCommentTest, TheRenderedHtmlIsJudgedByTheReadersPolicy) {
  const std::string out =
      SanitizeComment("*a* [l](javascript:x) ![alt](http://i/i.png)\n\n- i\n\n<div onclick=x>",
                      CommentMode::kMarkdown)
          .str();
  EXPECT_NE(out.find("<em>a</em> l alt"), std::string::npos) << out;
  EXPECT_NE(out.find("<ul>"), std::string::npos) << out;
  EXPECT_NE(out.find("&lt;div onclick=x&gt;"), std::string::npos) << out;
  EXPECT_EQ(out.find("<img"), std::string::npos) << out;
}

TEST(AuthorTest, ObsoleteElementsBecomeModernOnes) {
  EXPECT_EQ(
      Author("<tt>a</tt><strike>b</strike><acronym title=x>c</acronym><font color=red>d</font>"),
      "<code>a</code><s>b</s><abbr title=\"x\">c</abbr>d");
  EXPECT_EQ(
      Author("<center>a</center><p align=right>b</p><p style='color:red; TEXT-ALIGN: Center'>c"),
      "<div class=\"has-text-align-center\">a</div><p class=\"has-text-align-right\">b</p>"
      "<p class=\"has-text-align-center\">c</p>");
  EXPECT_EQ(Author("<a name=top>T</a><a href='#top'>up</a>"),
            "<span id=\"in-top\"></span>T<a href=\"#in-top\">up</a>");
}

TEST(AuthorTest, ActiveContentGoesWithItsText) {
  EXPECT_EQ(Author("a<script>x</script><style>y</style><svg><script>z</script></svg><!-- c -->b"),
            "ab");
  EXPECT_EQ(Author("a<script>never closed <b>"), "a");
  EXPECT_EQ(Author("<object data=x.swf><embed src=http://p.example/v>fallback</object>"),
            "<a href=\"http://p.example/v\">http://p.example/v</a>fallback");
}

TEST(AuthorTest, UnknownTagsGoAndTheirTextStays) {
  EXPECT_EQ(Author("<x-y onclick=z>a</x-y><button>b</button>"), "ab");
}

TEST(AuthorTest, BlocksNeverStandInInlineElementsOrParagraphs) {
  EXPECT_EQ(Author("<p>a<p>b<div>c</div>d</p>"), "<p>a</p><p>b</p><div>c</div>d");
  EXPECT_EQ(Author("<b>a<div>b</div>c</b>"), "<b>a</b><div><b>b</b></div><b>c</b>");
  EXPECT_EQ(Author("<a href=/x><h3>a</h3><p>b</p></a>"),
            "<h2><a href=\"/x\">a</a></h2><p><a href=\"/x\">b</a></p>");
}

TEST(AuthorTest, ListsHoldItemsOnly) {
  EXPECT_EQ(Author("<ul>a<li>b<li>c<ul><li>d</ul></ul>"),
            "<ul><li>a</li><li>b</li><li>c<ul><li>d</li></ul></li></ul>");
  EXPECT_EQ(Author("<li>a</li><li>b</li>c"), "<ul><li>a</li><li>b</li></ul>c");
  EXPECT_EQ(Author("<dl><dd>a<dt>b</dl>"), "<dl><dt></dt><dd>a</dd><dt>b</dt><dd></dd></dl>");
}

TEST(AuthorTest, TablesHaveTheirParts) {
  EXPECT_EQ(Author("<table>x<tr>y<td>z</table>"),
            "<table><tr><td>x</td></tr><tr><td>y</td><td>z</td></tr></table>");
  EXPECT_EQ(
      Author("<table><tr></tr><tfoot><tr><td>f</tfoot><tr><td>b</table>"),
      "<table><tr><td></td></tr><tbody><tr><td>f</td></tr></tbody><tr><td>b</td></tr></table>");
  EXPECT_EQ(Author("<td>a</td><td>b</td>"), "a b");
  EXPECT_EQ(Author("<table><caption>c</caption><thead><tr><th scope=col>h</table>"),
            "<table><caption>c</caption><thead><tr><th scope=\"col\">h</th></tr></thead></table>");
}

TEST(AuthorTest, FiguresAndDetailsAreValidOrNotAtAll) {
  EXPECT_EQ(Author("<figure><img src=a.png><figcaption>c</figcaption>after</figure>"),
            "<figure><img src=\"a.png\" alt=\"\" loading=\"lazy\" "
            "decoding=\"async\"><figcaption>c</figcaption></figure>after");
  EXPECT_EQ(Author("<details>x</details>y"), "<div>x</div>y");
  EXPECT_EQ(Author("<details open><summary>s</summary>x</details>"),
            "<details open><summary>s</summary>x</details>");
}

TEST(AuthorTest, PreformattedTextBeginsWithoutALineFeedThatABrowserWouldSwallow) {
  EXPECT_EQ(Author("<pre>\n\n  a\n</pre>"), "<pre>  a\n</pre>");
}

TEST(AuthorTest, HeadingsStandBelowThePagesAndSkipNoLevel) {
  EXPECT_EQ(Author("<h1>a</h1><h2>b</h2><h6>c</h6>"), "<h2>a</h2><h3>b</h3><h4>c</h4>");
  EXPECT_EQ(Author("<h2>a</h2><h4>b</h4><h4>c</h4><h2>d</h2>"),
            "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>");
  EXPECT_EQ(Author("<h3>a</h3>"), "<h2>a</h2>");
  EXPECT_EQ(SanitizeAuthor("<h2>a</h2><h3>b</h3>", {.top_heading = 3}).str(),
            "<h3>a</h3><h4>b</h4>");
}

TEST(AuthorTest, IdsCannotTakeThePagesOwn) {
  EXPECT_EQ(Author("<p id=comments>a<p id='a b'>b<p id=comments>c"),
            "<p id=\"in-comments\">a</p><p>b</p><p>c</p>");
  EXPECT_EQ(Author("<a href=#comments>x</a>"), "<a href=\"#comments\">x</a>");
}

TEST(AuthorTest, MediaComesFromTheWebOrTheJournalOnly) {
  EXPECT_EQ(Author("<img src='data:image/svg+xml,x' alt=a><img src=javascript:x>"), "a");
  EXPECT_EQ(Author("<img src=//h.example/a.png width=100px height=100%>"),
            "<img src=\"https://h.example/a.png\" alt=\"\" width=\"100\" loading=\"lazy\" "
            "decoding=\"async\">");
  EXPECT_EQ(Author("<video src=a.mp4 autoplay onplay=x><p>no video</p></video>"),
            "<video src=\"a.mp4\" controls></video>");
  EXPECT_EQ(Author("<audio><source src=a.ogg type=audio/ogg><source src=data:x></audio>"),
            "<audio controls><source src=\"a.ogg\" type=\"audio/ogg\"></audio>");
}

TEST(AuthorTest, OnlyListedHostsAreFramedInASandbox) {
  EXPECT_EQ(
      Author("<iframe src=//www.youtube.com/embed/x allowfullscreen></iframe>"),
      "<iframe src=\"https://www.youtube.com/embed/x\" title=\"www.youtube.com\" allowfullscreen "
      "sandbox=\"allow-scripts allow-same-origin allow-popups allow-presentation\" "
      "loading=\"lazy\"></iframe>");
  for (const char* url :
       {"https://www.youtube.com@evil.example/", "https://evil.example/www.youtube.com",
        "https://www.youtube.com.evil.example/", "https://evil.example\\@www.youtube.com/"}) {
    EXPECT_EQ(Author("<iframe src=\"" + std::string(url) + "\"></iframe>").find("<iframe"),
              std::string::npos)
        << url;
  }
}

TEST(AuthorTest, RelativeAddressesCannotLeaveByBackslash) {
  EXPECT_EQ(Author("<a href='\\\\evil.example'>x</a>"), "<a href=\"https://evil.example\">x</a>");
  EXPECT_EQ(Author("<a href='/a\\b?c\\d'>x</a>"), "<a href=\"/a/b?c%5Cd\">x</a>");
}

TEST(HideRunsTest, ATypedRuleIsHiddenFromListeners) {
  const SafeHtml once =
      HideRuns(SanitizeAuthor("<p title='__________'>a __________ b ---- " + std::string(36, '=')));
  EXPECT_EQ(once.str(),
            "<p title=\"__________\">a <span aria-hidden=\"true\">__________</span> b ---- "
            "<span aria-hidden=\"true\">" +
                std::string(36, '=') + "</span></p>");
  EXPECT_EQ(HideRuns(once), once);
}

}  // namespace
}  // namespace daybook::text
