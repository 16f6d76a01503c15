// Automatic links: where an address begins and ends in running text.
#include "text/linkify.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "text/html_url.h"

namespace daybook::text {
namespace {

std::vector<std::string> Found(std::string_view text) {
  std::vector<std::string> out;
  for (const FoundLink& link : FindLinks(text))
    out.emplace_back(text.substr(link.begin, link.end - link.begin));
  return out;
}
using Expected = std::vector<std::string>;

TEST(LinkifyTest, AddressesEndAtSpaceAnglesAndDoubleQuotes) {
  EXPECT_EQ(Found("a http://b.c/d e HTTPS://F.g<x www.h.i>j \"http://k.l\" http://m.n\u00A0o "
                  "http://p.q\u3000r"),
            (Expected{"http://b.c/d", "HTTPS://F.g", "www.h.i", "http://k.l", "http://m.n",
                      "http://p.q"}));
}

TEST(LinkifyTest, TrailingPunctuationIsNotPartOfIt) {
  for (const char* mark : {".", ",", ";", ":", "!", "?", "'", "\"", "\u2019", "\u201D", "\u00BB",
                           "\u2026", "...", "?!\u201D."}) {
    EXPECT_EQ(Found("http://a.b/c" + std::string(mark)), Expected{"http://a.b/c"}) << mark;
  }
  EXPECT_EQ(Found("http://a.b/c?d=e&f=g/"), Expected{"http://a.b/c?d=e&f=g/"});
}

TEST(LinkifyTest, BracketsStayWhileBalanced) {
  EXPECT_EQ(Found("http://en.wikipedia.org/wiki/Mushin_(mental_state)"),
            Expected{"http://en.wikipedia.org/wiki/Mushin_(mental_state)"});
  EXPECT_EQ(Found("(http://a.b/c_(d))."), Expected{"http://a.b/c_(d)"});
  EXPECT_EQ(Found("(see http://a.b/c)"), Expected{"http://a.b/c"});
  EXPECT_EQ(Found("[http://a.b/c] http://a.b/[d]"), (Expected{"http://a.b/c", "http://a.b/[d]"}));
  EXPECT_EQ(Found("(http://a.b/c.)"), Expected{"http://a.b/c"});
}

TEST(LinkifyTest, AnAddressBeginsAWord) {
  EXPECT_EQ(Found("xhttp://a.b me@www.c.d a.www.e.f /www.g.h"), Expected{});
  EXPECT_EQ(Found("(www.a.b) \u00ABhttp://c.d\u00BB \u898Bhttp://e.f"),
            (Expected{"www.a.b", "http://c.d", "http://e.f"}));
}

TEST(LinkifyTest, WhatIsNoAddressStaysText) {
  EXPECT_EQ(Found("http:// https://. www. http://-a http://a..b http://a:b http://? ftp://a.b "
                  "javascript://a"),
            Expected{});
}

TEST(LinkifyTest, TheTextIsShownAsTypedAndTheAddressIsClean) {
  std::string out;
  AppendLinkified("<a & www.b.c/{d}?e&f 'g'", "nofollow", out);
  EXPECT_EQ(out,
            "&lt;a &amp; <a href=\"https://www.b.c/%7Bd%7D?e&amp;f\" "
            "rel=\"nofollow\">www.b.c/{d}?e&amp;f</a> 'g'");
}

TEST(CleanUrlTest, OnlyTheNamedSchemesPassEachInOneSpelling) {
  EXPECT_EQ(CleanUrl(" \tHTTP://U@Host.example:80/a b\\c?d|e#f#g%zz ", kWebUrl),
            "http://Host.example:80/a%20b/c?d%7Ce#f%23g%25zz");
  EXPECT_EQ(CleanUrl("http://127.0.0.1/", kWebUrl), "http://127.0.0.1/");
  EXPECT_EQ(CleanUrl("http://good.example@evil.example/", kWebUrl), "http://evil.example/");
  EXPECT_EQ(CleanUrl("http://[::1]:8080/[x]", kWebUrl), "http://[::1]:8080/%5Bx%5D");
  for (const char* bad : {"",
                          " ",
                          "http:",
                          "http:/",
                          "http://",
                          "http:///",
                          "http://:80",
                          "http://a:99999",
                          "http://a b/",
                          "http://1",
                          "http://0x7f.1",
                          "http://1.2.3.256",
                          "http://1.2.3.04",
                          "http://[::1",
                          "https:a.b",
                          "data:x",
                          "blob:http://a",
                          "mailto:a@b",
                          "x",
                          "//a"}) {
    EXPECT_EQ(CleanUrl(bad, kWebUrl), std::nullopt) << bad;
  }
  EXPECT_EQ(CleanUrl("mailto:a@b.c?subject=d e", kReaderLink), "mailto:a@b.c?subject=d%20e");
  EXPECT_EQ(CleanUrl("mailto:", kReaderLink), std::nullopt);
}

TEST(CleanUrlTest, RelativeAddressesStayInTheJournal) {
  EXPECT_EQ(CleanUrl("/a/b.html?c:d#e", kAuthorLink), "/a/b.html?c:d#e");
  EXPECT_EQ(CleanUrl("#x", kAuthorLink), "#x");
  EXPECT_EQ(CleanUrl("a/b:c", kAuthorLink), "a/b:c");
  EXPECT_EQ(CleanUrl("a:b", kAuthorLink), std::nullopt);
  for (const char* other : {"//h/x", "\\\\h/x", "/\\h/x", "////h/x", "/\t/h/x"}) {
    EXPECT_EQ(CleanUrl(other, kAuthorLink), "https://h/x") << other;
  }
  EXPECT_EQ(CleanUrl("///", kAuthorLink), std::nullopt);
}

TEST(CleanSrcsetTest, EachCandidateIsJudged) {
  bool widths = false;
  EXPECT_EQ(CleanSrcset("a.png 300w,javascript:x 400w, //h/b.png 500w, c.png 300w", widths),
            "a.png 300w, https://h/b.png 500w");
  EXPECT_TRUE(widths);
  EXPECT_EQ(CleanSrcset("a.png, b.png 2x, c.png 1.5x", widths), "a.png, b.png 2x, c.png 1.5x");
  EXPECT_FALSE(widths);
  EXPECT_EQ(CleanSrcset("a.png 1x, b.png 300w", widths), "");
}

TEST(UrlHostTest, TheHostIsWhatABrowserWouldAsk) {
  EXPECT_EQ(UrlHost("https://good.example@Evil.example:1/x"), "evil.example");
  EXPECT_EQ(UrlHost("https://[::1]:8/"), "[::1]");
  EXPECT_EQ(UrlHost("/x"), "");
}

}  // namespace
}  // namespace daybook::text
