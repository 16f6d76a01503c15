// Patterns of addresses.
#include "journal/permalink.h"

#include <gtest/gtest.h>

namespace daybook::journal {
namespace {

PermalinkParts Parts() {
  PermalinkParts parts;
  parts.date.year = 2007;
  parts.date.month = 3;
  parts.date.day = 9;
  parts.date.hour = 8;
  parts.date.minute = 5;
  parts.date.second = 1;
  parts.slug = "harbour";
  parts.id = 12;
  parts.author = "ann";
  parts.category = "travel/ireland";
  return parts;
}

TEST(PermalinkTest, TheDefaultHasMonthAndDayUnpadded) {
  EXPECT_EQ(MakePath(kDefaultPattern, Parts()), "/2007/3/9/harbour.html");
}

TEST(PermalinkTest, EveryVariableStandsForItsPart) {
  EXPECT_EQ(MakePath("/{year}/{month2}/{day2}/{hour}{minute}{second}/{slug}/", Parts()),
            "/2007/03/09/080501/harbour/");
  EXPECT_EQ(MakePath("/by/{author}/{category}/{id}", Parts()), "/by/ann/travel/ireland/12");
}

TEST(PermalinkTest, AnEmptyPartLeavesNoDoubleSlash) {
  PermalinkParts parts = Parts();
  parts.category = "";
  EXPECT_EQ(MakePath("/{category}/{slug}/", parts), "/harbour/");
}

TEST(PermalinkTest, GoodPatternsPass) {
  for (const char* pattern :
       {"/{year}/{month}/{day}/{slug}.html", "/{slug}", "/{category}/{slug}/", "/archives/{id}",
        "/{year}/{month2}/{slug}.php", "/weblog/{year}/{id}"}) {
    EXPECT_EQ(CheckPattern(pattern), std::nullopt) << pattern;
  }
}

TEST(PermalinkTest, BadPatternsAreRefusedWithASentence) {
  for (const char* pattern :
       {"", "{slug}", "/{year}/{month}", "/{titel}/{slug}", "/{slug", "/a b/{slug}", "/a//{slug}",
        "/../{slug}", "/./{slug}", "/admin/{slug}", "/media/{slug}", "/{year}/{id}",
        "/{year}/{month}/{id}", "/x?p={id}", "/<b>{slug}", "/{category}//{slug}"}) {
    EXPECT_TRUE(CheckPattern(pattern).has_value()) << pattern;
  }
  EXPECT_TRUE(CheckPattern("/{slug}/" + std::string(300, 'x')).has_value());
}

TEST(PermalinkTest, ASuffixGoesBeforeTheEndingAndTheLastSlash) {
  EXPECT_EQ(PathWithSuffix("/a/x.html", 2), "/a/x-2.html");
  EXPECT_EQ(PathWithSuffix("/a/x/", 1), "/a/x-1/");
  EXPECT_EQ(PathWithSuffix("/a/x", 1), "/a/x-1");
  EXPECT_EQ(PathWithSuffix("/a.b/x", 1), "/a.b/x-1");
  EXPECT_EQ(PathWithSuffix("/v1.2", 1), "/v1.2-1");
}

TEST(PermalinkTest, TheJournalsOwnAddressesAreReserved) {
  for (const char* path : {"/",
                           "/archive",
                           "/search",
                           "/admin/x",
                           "/category/a",
                           "/tag/a",
                           "/author/a",
                           "/page/2",
                           "/rss.xml",
                           "/atom.xml",
                           "/feed.json",
                           "/comments/rss.xml",
                           "/sitemap.xml",
                           "/robots.txt",
                           "/opml.xml",
                           "/.well-known/security.txt",
                           "/media/a.jpg",
                           "/static/a.css",
                           "/subscribe",
                           "/newsletter",
                           "/confirm",
                           "/preferences",
                           "/unsubscribe",
                           "/contact",
                           "/2007",
                           "/2007/",
                           "/2007/3",
                           "/2007/3/19/",
                           "/2007/rss.xml",
                           "/2007/03/rss.xml/",
                           "/2007/3/19/feed.json",
                           "/2007/page/2",
                           "/2007/3/page/12/"}) {
    EXPECT_TRUE(IsReservedPath(path)) << path;
  }
  for (const char* path : {"/about", "/2007/3/19/x.html", "/2007/3/19/20", "/20071", "/200", "/1",
                           "/2007/march", "/2007/page", "/2007/page/two", "/7/rss.xml",
                           "/archives/1", "/searching", "/2007/3/19/x"}) {
    EXPECT_FALSE(IsReservedPath(path)) << path;
  }
}

}  // namespace
}  // namespace daybook::journal
