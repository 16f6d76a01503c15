// The site map: which row takes a request, and what is answered without one.
#include "fcgi/router.h"

#include <gtest/gtest.h>

namespace daybook::fcgi {
namespace {

struct Context {};
Response Page(Context&) { return Html("page"); }

constexpr Route<Context> kTable[] = {
    {kGet, "/", Page},
    {kGet, "/archive", Page},
    {kGet, "/{year:int}/{month:int}/", Page},
    {kGet, "/{year:int}/{month:int}/{day:int}/{slug}.html", Page},
    {kPost, "/{year:int}/{month:int}/{day:int}/{slug}/comment", Page, Csrf::kReader, 1000},
    {kGet, "/login", Page},
    {kPost, "/login", Page, Csrf::kSameOrigin, 2000},
    {kGet, "/tag/{tag}", Page},
    {kPost, "/webmention", Page, Csrf::kAnyOrigin, 500},
    {kGet, "/{page}", Page, Csrf::kNone, 0, Slash::kExact},
    {kGet | kPost, "/old/{rest:path}", Page},
};
constexpr std::span<const Route<Context>> kRoutes(kTable);

Request Ask(Method method, std::string path) {
  Request request;
  request.method = method;
  request.path = std::move(path);
  request.host = "example.org";
  return request;
}

int StatusOf(const Request& request) {
  try {
    const auto found = FindRoute(kRoutes, request);
    return found.answer ? found.answer->status : 200;
  } catch (const HttpError& error) {
    return error.status();
  }
}

std::string HeaderOf(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers)
    if (header.name == name) return header.value;
  return "";
}

TEST(Router, NamesThePartsOfAPath) {
  const Request request = Ask(Method::kGet, "/2007/3/19/its-here.html");
  const auto found = FindRoute(kRoutes, request);
  EXPECT_EQ(found.captures.Int("year"), 2007);
  EXPECT_EQ(found.captures.Int("month"), 3);
  EXPECT_EQ(found.captures["slug"], "its-here");
  EXPECT_EQ(found.captures["nothing"], "");
}

TEST(Router, TakesEverythingBeforeThePlainEndOfAPath) {
  Captures captures;
  EXPECT_TRUE(MatchPattern("/{entry:path}/comment", "/2007/3/19/x/comment", captures));
  EXPECT_EQ(captures["entry"], "2007/3/19/x");
  Captures none;
  EXPECT_FALSE(MatchPattern("/{entry:path}/comment", "/comment", none));
  EXPECT_FALSE(MatchPattern("/{entry:path}/comment", "/x/comments", none));
}

TEST(Router, MatchesWholePathsOnly) {
  Captures captures;
  EXPECT_TRUE(MatchPattern("/{a}.xml", "/x.y.xml", captures));
  EXPECT_EQ(captures["a"], "x.y");
  EXPECT_FALSE(MatchPattern("/{a}.xml", "/.xml", captures));
  EXPECT_FALSE(MatchPattern("/{a}.xml", "/a/b.xml", captures));
  EXPECT_FALSE(MatchPattern("/{n:int}/", "/1234567890/", captures));
  EXPECT_FALSE(MatchPattern("/{n:int}/", "/12a/", captures));
  EXPECT_FALSE(MatchPattern("/tag/{t}", "/tag/", captures));
  EXPECT_TRUE(MatchPattern("/old/{r:path}", "/old/", captures));
  EXPECT_TRUE(MatchPattern("/old/{r:path}", "/old/a/b", captures));
  EXPECT_EQ(captures["r"], "a/b");
}

TEST(Router, TreatsHeadAsGet) { EXPECT_EQ(StatusOf(Ask(Method::kHead, "/archive")), 200); }

TEST(Router, SaysWhatIsAllowed) {
  try {
    FindRoute(kRoutes, Ask(Method::kDelete, "/login"));
    FAIL();
  } catch (const HttpError& error) {
    EXPECT_EQ(error.status(), 405);
    EXPECT_EQ(HeaderOf(error.headers(), "Allow"), "GET, HEAD, POST, OPTIONS");
  }
  const auto options = FindRoute(kRoutes, Ask(Method::kOptions, "/archive"));
  ASSERT_TRUE(options.answer);
  EXPECT_EQ(options.answer->status, 204);
  EXPECT_EQ(HeaderOf(options.answer->headers, "Allow"), "GET, HEAD, OPTIONS");
}

TEST(Router, KnowsNothingOfOtherMethods) {
  EXPECT_EQ(StatusOf(Ask(Method::kOther, "/archive")), 501);
}

TEST(Router, DoesNotFindWhatIsNotThere) {
  EXPECT_EQ(StatusOf(Ask(Method::kGet, "/a/b/c")), 404);
  EXPECT_EQ(StatusOf(Ask(Method::kPost, "/a/b/c")), 404);
}

TEST(Router, LeadsToTheOneAddressOfAPage) {
  Request request = Ask(Method::kGet, "/archive/");
  request.prefix = "/blog";
  request.query = "a=b%20c";
  auto found = FindRoute(kRoutes, request);
  ASSERT_TRUE(found.answer);
  EXPECT_EQ(found.answer->status, 308);
  EXPECT_EQ(HeaderOf(found.answer->headers, "Location"), "/blog/archive?a=b%20c");

  found = FindRoute(kRoutes, Ask(Method::kGet, "/2007/3"));
  ASSERT_TRUE(found.answer);
  EXPECT_EQ(HeaderOf(found.answer->headers, "Location"), "/2007/3/");

  request = Ask(Method::kGet, "/tag/c d");
  request.path_merged = true;
  found = FindRoute(kRoutes, request);
  ASSERT_TRUE(found.answer);
  EXPECT_EQ(HeaderOf(found.answer->headers, "Location"), "/tag/c%20d");
}

TEST(Router, LeavesExactRowsAlone) { EXPECT_EQ(StatusOf(Ask(Method::kGet, "/about/")), 404); }

TEST(Router, RefusesTheOwnersFormsFromElsewhere) {
  Request request = Ask(Method::kPost, "/login");
  EXPECT_EQ(StatusOf(request), 403);
  request.headers = {{"origin", "https://evil.example"}};
  EXPECT_EQ(StatusOf(request), 403);
  request.headers = {{"origin", "null"}};
  EXPECT_EQ(StatusOf(request), 403);
  request.headers = {{"origin", "https://example.org"}};
  EXPECT_EQ(StatusOf(request), 200);
  request.headers = {{"sec-fetch-site", "cross-site"}, {"origin", "https://example.org"}};
  EXPECT_EQ(StatusOf(request), 403);
  request.headers = {{"sec-fetch-site", "same-site"}};
  EXPECT_EQ(StatusOf(request), 403);
  request.headers = {{"sec-fetch-site", "same-origin"}};
  EXPECT_EQ(StatusOf(request), 200);
}

TEST(Router, LetsReadersFormsAndProtocolsThrough) {
  EXPECT_EQ(StatusOf(Ask(Method::kPost, "/2007/3/19/x/comment")), 200);
  Request request = Ask(Method::kPost, "/webmention");
  request.headers = {{"sec-fetch-site", "cross-site"}};
  EXPECT_EQ(StatusOf(request), 200);
}

TEST(Router, RefusesLargeBodiesButNotAReadersText) {
  Request request = Ask(Method::kPost, "/webmention");
  request.body_state = BodyState::kTooLarge;
  EXPECT_EQ(StatusOf(request), 413);
  request.path = "/2007/3/19/x/comment";
  EXPECT_EQ(StatusOf(request), 200);
}

TEST(Router, KnowsTheCapOfEachRow) {
  EXPECT_EQ(BodyCap(kRoutes, Ask(Method::kPost, "/login")), 2000u);
  EXPECT_EQ(BodyCap(kRoutes, Ask(Method::kPost, "/webmention")), 500u);
  EXPECT_EQ(BodyCap(kRoutes, Ask(Method::kPost, "/archive")), 0u);
  EXPECT_EQ(BodyCap(kRoutes, Ask(Method::kPost, "/nowhere/at/all")), 0u);
}

TEST(Origin, IgnoresDefaultPorts) {
  Request request = Ask(Method::kPost, "/");
  request.headers = {{"origin", "https://example.org:443"}};
  EXPECT_EQ(CheckOrigin(request), OriginVerdict::kSame);
  request.host = "example.org:80";
  request.headers = {{"origin", "http://example.org"}};
  EXPECT_EQ(CheckOrigin(request), OriginVerdict::kSame);
  request.headers = {{"origin", "http://example.org:8080"}};
  EXPECT_EQ(CheckOrigin(request), OriginVerdict::kForeign);
  request.headers = {{"origin", "ftp://example.org"}};
  EXPECT_EQ(CheckOrigin(request), OriginVerdict::kForeign);
  request.headers = {};
  EXPECT_EQ(CheckOrigin(request), OriginVerdict::kUnknown);
}

}  // namespace
TEST(Router, AYearHasFourDigitsAndAMonthOneOrTwo) {
  Captures captures;
  EXPECT_TRUE(MatchPattern("/{y:year}/{m:two}/", "/2019/3/", captures));
  EXPECT_EQ(captures.Int("y"), 2019);
  EXPECT_EQ(captures.Int("m"), 3);
  EXPECT_TRUE(MatchPattern("/{y:year}/{m:two}/", "/2019/03/", captures));
  for (const char* path : {"/201/3/", "/20190/3/", "/2019/003/", "/2019//", "/x/3/"})
    EXPECT_FALSE(MatchPattern("/{y:year}/{m:two}/", path, captures)) << path;
}

}  // namespace daybook::fcgi
