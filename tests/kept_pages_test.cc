// Which pages a process keeps, for whom and how long.
#include "handlers/kept_pages.h"

#include <gtest/gtest.h>

namespace daybook::handlers {
namespace {

fcgi::Request For(std::string path) {
  fcgi::Request request;
  request.path = std::move(path);
  request.host = "example.org";
  return request;
}

TEST(KeptPages, GivesAPageBackWhileTheTagIsTheSame) {
  KeptPages pages;
  pages.Keep(For("/a"), "\"1\"", fcgi::Html("page a"));
  ASSERT_NE(pages.Find(For("/a"), "\"1\""), nullptr);
  EXPECT_EQ(pages.Find(For("/a"), "\"1\"")->body, "page a");
  EXPECT_EQ(pages.Find(For("/b"), "\"1\""), nullptr);
  EXPECT_EQ(pages.Find(For("/a"), "\"2\""), nullptr);
}

TEST(KeptPages, ForgetsEverythingWithTheFirstPageOfANewState) {
  KeptPages pages;
  pages.Keep(For("/a"), "\"1\"", fcgi::Html("old"));
  pages.Keep(For("/b"), "\"2\"", fcgi::Html("new"));
  EXPECT_EQ(pages.Find(For("/a"), "\"1\""), nullptr);
  EXPECT_EQ(pages.Find(For("/a"), "\"2\""), nullptr);
  EXPECT_NE(pages.Find(For("/b"), "\"2\""), nullptr);
}

TEST(KeptPages, TellsHostsSchemesAndMountsApart) {
  KeptPages pages;
  pages.Keep(For("/a"), "\"1\"", fcgi::Html("a"));
  fcgi::Request other = For("/a");
  other.host = "www.example.org";
  EXPECT_EQ(pages.Find(other, "\"1\""), nullptr);
  other = For("/a");
  other.https = true;
  EXPECT_EQ(pages.Find(other, "\"1\""), nullptr);
  other = For("/a");
  other.prefix = "/blog";
  EXPECT_EQ(pages.Find(other, "\"1\""), nullptr);
}

TEST(KeptPages, AnswersHeadFromThePageOfAGetButNoPost) {
  KeptPages pages;
  pages.Keep(For("/a"), "\"1\"", fcgi::Html("a"));
  fcgi::Request request = For("/a");
  request.method = fcgi::Method::kHead;
  EXPECT_NE(pages.Find(request, "\"1\""), nullptr);
  request.method = fcgi::Method::kPost;
  EXPECT_EQ(pages.Find(request, "\"1\""), nullptr);
  pages.Keep(request, "\"1\"", fcgi::Html("posted"));
  EXPECT_EQ(pages.Find(For("/a"), "\"1\"")->body, "a");
}

TEST(KeptPages, KeepsNoQueriesErrorsOrGiants) {
  KeptPages pages(4000);
  fcgi::Request request = For("/search");
  request.query = "q=x";
  pages.Keep(request, "\"1\"", fcgi::Html("found"));
  EXPECT_EQ(pages.Find(request, "\"1\""), nullptr);
  pages.Keep(For("/gone"), "\"1\"", fcgi::Html("gone", 410));
  EXPECT_EQ(pages.Find(For("/gone"), "\"1\""), nullptr);
  pages.Keep(For("/giant"), "\"1\"", fcgi::Html(std::string(2001, 'x')));
  EXPECT_EQ(pages.Find(For("/giant"), "\"1\""), nullptr);
}

TEST(KeptPages, StaysUnderItsLimitAndKeepsWhatIsRead) {
  KeptPages pages(4000);
  for (int i = 0; i < 4; ++i)
    pages.Keep(For("/" + std::to_string(i)), "\"1\"", fcgi::Html(std::string(1000, 'x')));
  ASSERT_NE(pages.Find(For("/0"), "\"1\""), nullptr);  // now /1 is the one asked for longest ago
  pages.Keep(For("/4"), "\"1\"", fcgi::Html(std::string(1000, 'x')));
  EXPECT_NE(pages.Find(For("/0"), "\"1\""), nullptr);
  EXPECT_EQ(pages.Find(For("/1"), "\"1\""), nullptr);
  EXPECT_NE(pages.Find(For("/4"), "\"1\""), nullptr);
}

}  // namespace
}  // namespace daybook::handlers
