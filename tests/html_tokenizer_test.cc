// The tokenizer and character references: as browsers read, and as people type.
#include "text/html_tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "text/html_clean.h"
#include "text/html_entities.h"
#include "text/html_escape.h"

namespace daybook::text {
namespace {

// One letter for the kind, then the piece: T text, L literal text, S start tag, E end tag, C
// comment.
std::vector<std::string> Pieces(std::string_view source,
                                HtmlTokenizer::Mode mode = HtmlTokenizer::Mode::kBrowser) {
  std::vector<std::string> out;
  HtmlTokenizer tokens(source, mode);
  HtmlToken token;
  while (tokens.Next(token)) {
    const char kind = token.kind == HtmlTokenKind::kText       ? (token.literal ? 'L' : 'T')
                      : token.kind == HtmlTokenKind::kStartTag ? 'S'
                      : token.kind == HtmlTokenKind::kEndTag   ? 'E'
                                                               : 'C';
    out.push_back(kind + std::string(token.raw));
  }
  return out;
}
std::vector<std::string> Typed(std::string_view source) {
  return Pieces(source, HtmlTokenizer::Mode::kReader);
}

using Expected = std::vector<std::string>;

HtmlToken FirstTag(std::string_view source) {
  HtmlTokenizer tokens(source);
  HtmlToken token;
  while (tokens.Next(token) && token.kind != HtmlTokenKind::kStartTag) {
  }
  return token;
}

TEST(HtmlTokenizerTest, PiecesFollowEachOtherWithoutAGap) {
  EXPECT_EQ(Pieces("a<b c>d</b >e<!--f-->g"),
            (Expected{"Ta", "S<b c>", "Td", "E</b >", "Te", "C<!--f-->", "Tg"}));
}

TEST(HtmlTokenizerTest, AttributesAreReadInEveryForm) {
  const HtmlToken token =
      FirstTag("<A one two=2 three = '3 > 3' four=\"4&amp;4\"five=5/6 ONE=again =six/>");
  EXPECT_EQ(token.name, "a");
  EXPECT_EQ(token.Value("two"), "2");
  EXPECT_EQ(token.Value("three"), "3 > 3");
  EXPECT_EQ(token.Value("four"), "4&4");
  EXPECT_EQ(token.Value("five"), "5/6");
  EXPECT_NE(token.Find("one"), nullptr);
  EXPECT_EQ(token.Value("one"), "");  // the first counts
  EXPECT_NE(token.Find("=six"), nullptr);
  EXPECT_EQ(token.Find("seven"), nullptr);
  EXPECT_TRUE(token.self_closing);
}

TEST(HtmlTokenizerTest, ScriptAndItsLikeHoldLiteralText) {
  EXPECT_EQ(Pieces("<script><b>&amp;</scripty></SCRIPT >x"),
            (Expected{"S<script>", "L<b>&amp;</scripty>", "E</SCRIPT >", "Tx"}));
  EXPECT_EQ(Pieces("<style>a"), (Expected{"S<style>", "La"}));
  EXPECT_EQ(Pieces("<title><b>&lt;</title>"), (Expected{"S<title>", "T<b>&lt;", "E</title>"}));
  EXPECT_EQ(Pieces("<script></script>"), (Expected{"S<script>", "E</script>"}));
}

TEST(HtmlTokenizerTest, CommentsEndWhereBrowsersEndThem) {
  EXPECT_EQ(Pieces("<!-->a<!--->b<!---->c<!--d--!>e<!-- - -- >f-->g"),
            (Expected{"C<!-->", "Ta", "C<!--->", "Tb", "C<!---->", "Tc", "C<!--d--!>", "Te",
                      "C<!-- - -- >f-->", "Tg"}));
  EXPECT_EQ(Pieces("<!DOCTYPE html><?php x?></ y></><![CDATA[z]]>"),
            (Expected{"C<!DOCTYPE html>", "C<?php x?>", "C</ y>", "C</>", "C<![CDATA[z]]>"}));
  EXPECT_EQ(Pieces("<!-- never"), (Expected{"C<!-- never"}));
}

TEST(HtmlTokenizerTest, WhatOnlyLooksLikeATagIsText) {
  EXPECT_EQ(Pieces("1 < 2 <3 <"), (Expected{"T1 < 2 <3 <"}));
  EXPECT_EQ(Pieces("a <b c"), (Expected{"Ta ", "T<b c"}));
}

TEST(HtmlTokenizerTest, ForPeopleWhoTypeATagEndsBeforeTheNextLessThan) {
  EXPECT_EQ(Typed("x <y and <b>z</b>"), (Expected{"Tx ", "T<y and ", "S<b>", "Tz", "E</b>"}));
  EXPECT_EQ(Typed("<!-- <b> --> <script><i></script>"),
            (Expected{"T<!-- ", "S<b>", "T --> ", "S<script>", "S<i>", "E</script>"}));
  EXPECT_EQ(Typed("<a x=\"<b>\">"), (Expected{"S<a x=\"<b>\">"}));
}

TEST(ReferenceTest, NamesAndNumbersAreDecodedAsBrowsersDo) {
  EXPECT_EQ(DecodeHtml("&Tab;&NewLine;&colon;&lpar;&rpar;&sol;&AElig;&alpha;&hearts;&fjlig;&"
                       "CounterClockwiseContourIntegral;"),
            "\t\n:()/Æα♥fj∳");
  EXPECT_EQ(DecodeHtml("&#106;&#X6a;&#x000006A&#0;&#x110000;&#xD800;&#128;&#150;"),
            "jjj\uFFFD\uFFFD\uFFFD€–");
  EXPECT_EQ(DecodeHtml("&ampx &notit; &notin; &nosuch; &; &# &#x; &"),
            "&x ¬it; ∉ &nosuch; &; &# &#x; &");
}

TEST(ReferenceTest, InAttributesANameNeedsItsSemicolonBeforeLettersAndEquals) {
  EXPECT_EQ(DecodeHtml("?a=1&copy=2&copyx&copy;&copy ", References::kAttribute),
            "?a=1&copy=2&copyx©© ");
}

TEST(ReferenceTest, TypedReferencesNeedTheirSemicolon) {
  EXPECT_EQ(DecodeHtml("&copy &copy; &#65 &#65;", References::kTerminated), "&copy © &#65 A");
}

TEST(CleanSourceTest, BadBytesLineEndsAndControlsAreMended) {
  EXPECT_EQ(CleanSource("a\r\nb\rc\fd\ve\x7F", BidiControls::kKeep), "a\nb\nc de");
  EXPECT_EQ(CleanSource("\xC3\xA9\xC3(\xE2\x82\xED\xA0\x80\xF4\x90\x80\x80", BidiControls::kKeep),
            "é\uFFFD(\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(CleanSource("a\u202Eb\u0085\uFFFE", BidiControls::kKeep), "a\u202Eb");
}

TEST(EscapeTest, AllFiveAndOnlyThreeInText) {
  EXPECT_EQ(EscapeHtml("<a href=\"x\">'&'"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
  std::string text;
  AppendEscapedText("<\"'&>", text);
  EXPECT_EQ(text, "&lt;\"'&amp;&gt;");
}

TEST(PlainTextTest, BlocksAreLinesAndMarkupIsGone) {
  EXPECT_EQ(PlainText(" <p>One &amp; <b>t</b>wo</p>\n\n<p>three<br>four<ul><li>five<li>six</ul>"),
            "One & two\nthree\nfour\nfive\nsix");
  EXPECT_EQ(PlainText("<td>a</td><td>b</td><!-- c --><script>d</script><style>e</style>"), "a b");
  EXPECT_EQ(PlainText("<title>x</title>a <"), "a <");
  EXPECT_EQ(PlainText(""), "");
}

}  // namespace
}  // namespace daybook::text
