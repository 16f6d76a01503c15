// Reading somebody else's page: where it wants to be told (the cases that the W3C's test suite
// lists), whether it links here, what it says of itself.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "text/microformats.h"
#include "text/webmention.h"

namespace daybook::text {
namespace {

const std::string kPage = "https://site.example/test/1";
const std::string kEndpoint = "https://site.example/test/1/webmention";

// As a sender looks: headers first, then the page.
std::optional<std::string> Discover(const std::vector<std::string>& links, std::string_view html,
                                    std::string_view url = kPage) {
  if (auto found = EndpointInHeaders(links, url)) return found;
  return EndpointInPage(ReadHtmlPage(html, url));
}

TEST(WebmentionDiscovery, LinkHeaderRelativeAndAbsolute) {  // 1, 2
  EXPECT_EQ(Discover({"</test/1/webmention>; rel=webmention"}, ""), kEndpoint);
  EXPECT_EQ(Discover({"<https://site.example/test/1/webmention>; rel=webmention"}, ""), kEndpoint);
}

TEST(WebmentionDiscovery, LinkElementRelativeAndAbsolute) {  // 3, 4
  EXPECT_EQ(Discover({}, R"(<link rel="webmention" href="/test/1/webmention">)"), kEndpoint);
  EXPECT_EQ(
      Discover({}, R"(<link rel="webmention" href="https://site.example/test/1/webmention">)"),
      kEndpoint);
}

TEST(WebmentionDiscovery, AnchorRelativeAndAbsolute) {  // 5, 6
  EXPECT_EQ(Discover({}, R"(<a rel="webmention" href="/test/1/webmention">x</a>)"), kEndpoint);
  EXPECT_EQ(
      Discover({}, R"(<a rel="webmention" href="https://site.example/test/1/webmention">x</a>)"),
      kEndpoint);
}

TEST(WebmentionDiscovery, LinkHeaderWithStrangeCaseAndQuotedRel) {  // 7 (the name), 8
  EXPECT_EQ(Discover({R"(<https://site.example/test/1/webmention>; REL="WebMention")"}, ""),
            kEndpoint);
  EXPECT_EQ(Discover({R"(</test/1/webmention>; rel="webmention")"}, ""), kEndpoint);
}

TEST(WebmentionDiscovery, SeveralRelValues) {  // 9, 10
  EXPECT_EQ(Discover({}, R"(<link rel="webmention somethingelse" href="/test/1/webmention">)"),
            kEndpoint);
  EXPECT_EQ(Discover({R"(</test/1/webmention>; rel="webmention somethingelse")"}, ""), kEndpoint);
}

TEST(WebmentionDiscovery, HeaderBeforeLinkBeforeAnchor) {  // 11
  EXPECT_EQ(Discover({"</test/1/webmention>; rel=webmention"},
                     R"(<link rel="webmention" href="/no"><a rel="webmention" href="/no2">x</a>)"),
            kEndpoint);
}

TEST(WebmentionDiscovery, OnlyTheWholeWordCounts) {  // 12
  EXPECT_EQ(
      Discover(
          {"</no>; rel=not-webmention"},
          R"(<link rel="not-webmention" href="/no"><link rel="webmention" href="/test/1/webmention">)"),
      kEndpoint);
}

TEST(WebmentionDiscovery, CommentsAndEscapedMarkupAreNone) {  // 13, 14
  EXPECT_EQ(
      Discover(
          {},
          R"(<!-- <a rel="webmention" href="/no">x</a> --><a rel="webmention" href="/test/1/webmention">)"),
      kEndpoint);
  EXPECT_EQ(
      Discover(
          {},
          R"(<code>&lt;a rel="webmention" href="/no"&gt;</code><a rel="webmention" href="/test/1/webmention">)"),
      kEndpoint);
  EXPECT_FALSE(Discover({}, "<script>\"<a rel='webmention' href='/no'>\"</script>"));
}

TEST(WebmentionDiscovery, AnEmptyHrefIsThePageItself) {  // 15
  EXPECT_EQ(Discover({}, R"(<link rel="webmention" href="">)"), kPage);
}

TEST(WebmentionDiscovery, TheFirstOfThePageCounts) {  // 16, 17
  EXPECT_EQ(
      Discover(
          {},
          R"(<a rel="webmention" href="/test/1/webmention">x</a><link rel="webmention" href="/no">)"),
      kEndpoint);
  EXPECT_EQ(
      Discover(
          {},
          R"(<link rel="webmention" href="/test/1/webmention"><a rel="webmention" href="/no">x</a>)"),
      kEndpoint);
}

TEST(WebmentionDiscovery, SeveralLinkHeadersAndSeveralLinksInOne) {  // 18, 19
  EXPECT_EQ(Discover({"</no>; rel=\"other\"", "</test/1/webmention>; rel=webmention"}, ""),
            kEndpoint);
  EXPECT_EQ(
      Discover(
          {R"(</no,1>; rel="other"; title="a, <b>; rel=webmention", </test/1/webmention>; rel="webmention")"},
          ""),
      kEndpoint);
}

TEST(WebmentionDiscovery, AnElementWithoutHrefIsPassedOver) {  // 20
  EXPECT_EQ(
      Discover({}, R"(<link rel="webmention"><a rel="webmention" href="/test/1/webmention">x</a>)"),
      kEndpoint);
}

TEST(WebmentionDiscovery, TheQueryIsKept) {  // 21
  EXPECT_EQ(Discover({}, R"(<link rel="webmention" href="/test/1/webmention?query=yes&amp;a=b">)"),
            kEndpoint + "?query=yes&a=b");
}

TEST(WebmentionDiscovery, RelativeToThePageWhereItWasFoundInTheEnd) {  // 22, 23
  EXPECT_EQ(Discover({}, R"(<link rel="webmention" href="1/webmention">)"), kEndpoint);
  EXPECT_EQ(Discover({}, R"(<a href="webmention/x" rel="webmention">)",
                     "https://other.example/page/final"),
            "https://other.example/page/webmention/x");
}

TEST(WebmentionDiscovery, WhatIsNoWebAddressIsNoEndpoint) {
  EXPECT_FALSE(Discover({}, R"x(<link rel="webmention" href="javascript:alert(1)">)x"));
  EXPECT_FALSE(Discover({"<mailto:a@b.example>; rel=webmention"}, ""));
  EXPECT_FALSE(Discover({"<", "rel=webmention", "<x>; rel=\"webmention", "", ";;;,,,"}, "")
                   .value_or("")
                   .starts_with("javascript"));
}

TEST(WebLinks, OfOurOwnTextAreWholeAndEachOnce) {
  EXPECT_EQ(WebLinks(R"(<a href="https://a.example/x#y">a</a><a href="https://a.example/x">b</a>
                        <a href="/own">c</a><a href="mailto:x@a.example">d</a><img src="https://b.example/i">)",
                     "https://own.example/e", 10),
            (std::vector<std::string>{"https://a.example/x", "https://own.example/own"}));
}

TEST(SamePage, LooksAwayFromSchemeAndFragmentOnly) {
  EXPECT_TRUE(SamePage("http://A.example/x#y", "https://a.example/x"));
  EXPECT_TRUE(SamePage("https://a.example", "https://a.example/"));
  EXPECT_FALSE(SamePage("https://a.example/x", "https://a.example/x/"));
  EXPECT_FALSE(SamePage("https://a.example/x?a", "https://a.example/x"));
  EXPECT_FALSE(SamePage("", ""));
}

TEST(ReadAnswer, TakesTheEntryThatPointsHereOfSeveral) {
  const HtmlPage page = ReadHtmlPage(
      R"(<div class="h-feed"><article class="h-entry"><h2 class="p-name">First</h2></article>
      <article class="h-entry"><h2 class="p-name">Second</h2><p class="p-author">Bea</p>
      <p class="p-summary">Short</p><a class="u-like-of" href="https://own.example/e">liked</a></article></div>)",
      "https://b.example/");
  const AnswerPage answer = ReadAnswer(page, "https://own.example/e");
  EXPECT_EQ(answer.kind, AnswerKind::kLike);
  EXPECT_EQ(answer.title, "Second");
  EXPECT_EQ(answer.author, "Bea");
  EXPECT_EQ(answer.content, "Short");
}

TEST(ReadAnswer, ACitedPageIsTheTargetOfItsProperty) {
  for (const auto& [name, kind] : {std::pair("u-in-reply-to", AnswerKind::kReply),
                                   std::pair("u-repost-of", AnswerKind::kRepost),
                                   std::pair("u-bookmark-of", AnswerKind::kBookmark)}) {
    const HtmlPage page = ReadHtmlPage(
        "<div class=\"h-entry\"><div class=\"" + std::string(name) +
            " h-cite\"><a class=\"u-url p-name\" href=\"https://own.example/e\">Theirs</a></div>"
            "<p class=\"p-name\">Mine</p></div>",
        "https://b.example/");
    const AnswerPage answer = ReadAnswer(page, "https://own.example/e");
    EXPECT_EQ(answer.kind, kind);
    EXPECT_EQ(answer.title, "Mine") << "not the name of what it cites";
  }
}

TEST(ReadAnswer, WithoutMicroformatsThereAreTitleAndTheWordsAround) {
  const HtmlPage page = ReadHtmlPage(
      "<title>A page</title><meta property=og:site_name content='The site'><p>Not this.<p>Before "
      "<a href='https://own.example/e'>the link</a> and after.<p>Nor this.",
      "https://b.example/");
  const AnswerPage answer = ReadAnswer(page, "https://own.example/e");
  EXPECT_EQ(answer.kind, AnswerKind::kMention);
  EXPECT_EQ(answer.title, "A page");
  EXPECT_EQ(answer.content, "Before the link and after.");
  EXPECT_EQ(answer.site_name, "The site");
}

TEST(ReadHtmlPage, ALinkBelowTenThousandTagsIsFound) {
  std::string html;
  for (int i = 0; i < 10'000; ++i) html += i % 2 == 0 ? "<div>" : "<b>";
  html += "<a href='https://own.example/e'>x</a>";
  for (int i = 0; i < 10'000; ++i) html += i % 2 == 0 ? "</b>" : "</div>";
  html += "<p class=after><a href='https://own.example/f'>y</a>";
  const HtmlPage page = ReadHtmlPage(html, "https://b.example/");
  EXPECT_TRUE(LinksTo(page, "https://own.example/e"));
  EXPECT_TRUE(LinksTo(page, "https://own.example/f"));
}

TEST(ReadHtmlPage, HostilePagesCostNoMoreThanTheirLength) {
  for (const std::string& piece :
       {std::string("<div>"), std::string("</div>"), std::string("<p class=h-entry>"),
        std::string("<a class=\"h-card p-author\" href=x>"), std::string("<li><ul>"),
        std::string("<template>"), std::string("<b></i>")}) {
    std::string html;
    while (html.size() < (1 << 20)) html += piece;
    const HtmlPage page = ReadHtmlPage(html, "https://b.example/");
    EXPECT_FALSE(LinksTo(page, "https://own.example/e"));
    static_cast<void>(ReadAnswer(page, "https://own.example/e"));
  }
}

}  // namespace
}  // namespace daybook::text
