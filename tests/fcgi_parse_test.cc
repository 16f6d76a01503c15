// What reaches a handler as a Request: addresses, mounts, hosts, headers, bodies, as servers really
// send them.
#include "fcgi/parse.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fcgi/body.h"

namespace daybook::fcgi {
namespace {

Parsed ParseEnv(std::vector<std::string> env, const ParseOptions& options = {}) {
  std::vector<const char*> pointers;
  for (const auto& item : env) pointers.push_back(item.c_str());
  pointers.push_back(nullptr);
  return ParseRequest(pointers.data(), options);
}

Request Get(std::string uri, std::string script = "", std::vector<std::string> more = {}) {
  std::vector<std::string> env = {"REQUEST_METHOD=GET", "REQUEST_URI=" + uri,
                                  "HTTP_HOST=example.org", "SCRIPT_NAME=" + script};
  env.insert(env.end(), more.begin(), more.end());
  return ParseEnv(env).request;
}

TEST(Parse, DecodesThePathOnce) {
  EXPECT_EQ(Get("/a%20b/%C3%BC").path, "/a b/\xC3\xBC");
  EXPECT_EQ(Get("/a%2520b").path, "/a%20b");
  EXPECT_EQ(Get("/a+b").path, "/a+b");
}

TEST(Parse, LeavesTheQueryRaw) {
  const Request request = Get("/search?q=a%20b&x=%zz");
  EXPECT_EQ(request.path, "/search");
  EXPECT_EQ(request.query, "q=a%20b&x=%zz");
  EXPECT_EQ(request.Param("q"), "a b");
  EXPECT_EQ(request.Param("x"), "%zz");
  EXPECT_EQ(request.Param("y"), std::nullopt);
}

TEST(Parse, RefusesParametersThatAreNotText) {
  EXPECT_EQ(Get("/?q=%FF").Param("q"), std::nullopt);
  EXPECT_EQ(Get("/?q=a%00b").Param("q"), std::nullopt);
}

TEST(Parse, GivesEncodedAndDoubledSlashesNoMeaning) {
  for (const char* uri : {"/a%2Fb//c", "/a%2fb/c", "//a/b///c", "/a//b/c"}) {
    const Request request = Get(uri);
    EXPECT_EQ(request.path, "/a/b/c") << uri;
    EXPECT_TRUE(request.path_merged) << uri;
  }
  EXPECT_FALSE(Get("/a/b/c").path_merged);
}

TEST(Parse, RefusesPathsThatCouldMeanAnotherPlace) {
  for (const char* uri : {"/a/../b", "/..", "/%2e%2e/x", "/a/%2E/b", "/..%2fx", "/a%00b", "/a%0Ab",
                          "/a%7Fb", "/%zz", "/%", "/%C3", "/%ED%A0%80", "/%C0%AF"})
    EXPECT_EQ(Get(uri).refused, 400) << uri;
  EXPECT_EQ(Get("/a..b/.../c").refused, 0);
}

TEST(Parse, RefusesLongAddresses) {
  EXPECT_EQ(Get("/" + std::string(kMaxUrl - 1, 'a')).refused, 0);
  EXPECT_EQ(Get("/" + std::string(kMaxUrl, 'a')).refused, 414);
}

TEST(Parse, FindsTheMountFromTheProgramsName) {
  const Request cgi = Get("/blog/daybook.cgi/archive", "/blog/daybook.cgi");
  EXPECT_EQ(cgi.prefix, "/blog/daybook.cgi");
  EXPECT_EQ(cgi.path, "/archive");
  const Request rewritten = Get("/blog/2007/3/19/x.html", "/blog/daybook.cgi");
  EXPECT_EQ(rewritten.prefix, "/blog");
  EXPECT_EQ(rewritten.path, "/2007/3/19/x.html");
  const Request root = Get("/archive", "/daybook.fcgi");
  EXPECT_EQ(root.prefix, "");
  EXPECT_EQ(root.path, "/archive");
  EXPECT_EQ(Get("/blogroll", "/blog").path, "/blogroll");
}

TEST(Parse, TakesAConfiguredMount) {
  const Request told = Get("/blog/archive", "", {"DAYBOOK_PREFIX=/blog"});
  EXPECT_EQ(told.prefix, "/blog");
  EXPECT_EQ(told.path, "/archive");
  const Request stripped = Get("/archive", "", {"DAYBOOK_PREFIX=/blog/"});
  EXPECT_EQ(stripped.prefix, "/blog");
  EXPECT_EQ(stripped.path, "/archive");
  // mod_proxy_fcgi gives the whole address as SCRIPT_NAME.
  EXPECT_EQ(Get("/archive", "/archive", {"DAYBOOK_PREFIX=/"}).path, "/archive");
}

TEST(Parse, BelowAKnownMountTheProgramsNameLeadsToTheCleanAddress) {
  const auto known = [](const std::string& uri) {
    return Get(uri, "/blog/daybook.cgi", {"DAYBOOK_PREFIX=/blog/"});
  };
  const Request by_name = known("/blog/daybook.cgi/archive");
  EXPECT_EQ(by_name.path, "/archive");
  EXPECT_EQ(by_name.prefix, "/blog");
  EXPECT_TRUE(by_name.path_merged);
  EXPECT_EQ(known("/blog/daybook.cgi").path, "/");
  EXPECT_TRUE(known("/blog/daybook.cgi").path_merged);
  const Request rewritten = known("/blog/archive");
  EXPECT_EQ(rewritten.path, "/archive");
  EXPECT_FALSE(rewritten.path_merged);
  EXPECT_EQ(known("/blog/daybook.cgix").path, "/daybook.cgix");
  // Nothing else is known of the address there: a redirect would come back for ever.
  EXPECT_FALSE(known("").path_merged);
  EXPECT_EQ(known("").path, "/");
  EXPECT_EQ(known("/blog/other/daybook.cgi/x").path, "/other/daybook.cgi/x");
}

TEST(Parse, SendsTheBareMountToItsSlash) {
  const Request request = Get("/blog", "", {"DAYBOOK_PREFIX=/blog"});
  EXPECT_EQ(request.path, "/");
  EXPECT_TRUE(request.path_merged);
}

TEST(Parse, EncodesTheMountInLinksWhateverTheReaderTyped) {
  const Request request = Get("/my%20%62log/caf%C3%A9", "/my blog/daybook.cgi");
  EXPECT_EQ(request.prefix, "/my%20blog");
  EXPECT_EQ(request.Link("/a b"), "/my%20blog/a%20b");
}

TEST(Parse, SeesTheReadersRequestBehindAnErrorDocument) {
  const Request request =
      ParseEnv({"REQUEST_METHOD=GET", "REDIRECT_REQUEST_METHOD=HEAD", "REDIRECT_STATUS=404",
                "REQUEST_URI=/blog/archive?x=1", "SCRIPT_NAME=/blog/daybook.cgi", "QUERY_STRING="})
          .request;
  EXPECT_EQ(request.method, Method::kHead);
  EXPECT_EQ(request.path, "/archive");
  EXPECT_EQ(request.query, "x=1");
  // lighttpd asks so for what a process died over: that is no page.
  EXPECT_EQ(
      ParseEnv({"REQUEST_METHOD=GET", "REDIRECT_STATUS=500", "REQUEST_URI=/"}).request.refused,
      503);
  EXPECT_EQ(ParseEnv({"REQUEST_METHOD=GET", "REDIRECT_REQUEST_METHOD=POST", "REDIRECT_STATUS=200"})
                .request.method,
            Method::kGet);
}

TEST(Parse, FallsBackToPathInfo) {
  const Request request =
      ParseEnv({"REQUEST_METHOD=GET", "SCRIPT_NAME=/x.cgi", "PATH_INFO=/a b", "QUERY_STRING=q=1"})
          .request;
  EXPECT_EQ(request.prefix, "/x.cgi");
  EXPECT_EQ(request.path, "/a b");
  EXPECT_EQ(request.query, "q=1");
}

TEST(Parse, UnderstandsAbsoluteForm) {
  EXPECT_EQ(Get("http://example.org/a?b").path, "/a");
  EXPECT_EQ(Get("https://example.org").path, "/");
  EXPECT_EQ(Get("*").path, "/");
}

TEST(Parse, ChecksTheHost) {
  EXPECT_EQ(ParseEnv({"HTTP_HOST=Example.ORG:8080"}).request.host, "example.org:8080");
  EXPECT_EQ(ParseEnv({"HTTP_HOST=[::1]:80"}).request.host, "[::1]:80");
  for (const char* bad :
       {"a b", "a/b", "a:b", "a:", "x@y", "a..b", "<b>", "[::1", "a:123456", "a,b"}) {
    const Request request = ParseEnv({std::string("HTTP_HOST=") + bad}).request;
    EXPECT_EQ(request.refused, 400) << bad;
    EXPECT_EQ(request.host, "localhost") << bad;
  }
  EXPECT_EQ(ParseEnv({"SERVER_NAME=old.example", "SERVER_PORT=8080"}).request.host,
            "old.example:8080");
}

TEST(Parse, NeverHonoursAProxyHeader) {
  const Request request = ParseEnv({"HTTP_PROXY=http://evil.example", "HTTP_ACCEPT=*/*"}).request;
  ASSERT_EQ(request.headers.size(), 1u);
  EXPECT_EQ(request.Get("Accept"), "*/*");
  EXPECT_EQ(request.Get("Proxy"), "");
}

TEST(Parse, TakesSixtyFourHeadersAndNoMore) {
  std::vector<std::string> env;
  for (std::size_t i = 0; i < kMaxHeaders; ++i) env.push_back("HTTP_X_" + std::to_string(i) + "=1");
  EXPECT_EQ(ParseEnv(env).request.refused, 0);
  env.push_back("HTTP_ONE_MORE=1");
  EXPECT_EQ(ParseEnv(env).request.refused, 431);
  EXPECT_EQ(ParseEnv({"HTTP_A=" + std::string(kMaxHeaderBytes, 'x')}).request.refused, 431);
}

TEST(Parse, BelievesForwardedHeadersOnlyIfTold) {
  const std::vector<std::string> env = {"HTTP_X_FORWARDED_PROTO=https",
                                        "HTTP_X_FORWARDED_FOR=6.6.6.6, 192.0.2.7",
                                        "REMOTE_ADDR=127.0.0.1"};
  EXPECT_FALSE(ParseEnv(env).request.https);
  EXPECT_EQ(ParseEnv(env).request.remote, "127.0.0.1");
  const Request trusted = ParseEnv(env, {.prefix = "", .trust_forwarded = true}).request;
  EXPECT_TRUE(trusted.https);
  EXPECT_EQ(trusted.remote, "192.0.2.7");
  EXPECT_TRUE(ParseEnv({"HTTPS=on"}).request.https);
  EXPECT_EQ(ParseEnv({"REMOTE_ADDR=<script>"}).request.remote, "");
}

TEST(Parse, FindsAuthorizationWhereApacheHidesIt) {
  EXPECT_EQ(ParseEnv({"REDIRECT_HTTP_AUTHORIZATION=Bearer x"}).request.Get("authorization"),
            "Bearer x");
}

TEST(Parse, NamesEachRequest) {
  const std::string one = Get("/").id, two = Get("/").id;
  EXPECT_EQ(one.size(), 10u);
  EXPECT_NE(one, two);
}

TEST(Parse, RefusesLengthsThatAreNone) {
  for (const char* bad : {"-1", "1x", "0x10", "99999999999999999999", " 5"})
    EXPECT_EQ(ParseEnv({std::string("CONTENT_LENGTH=") + bad}).request.refused, 400) << bad;
  EXPECT_EQ(ParseEnv({"CONTENT_LENGTH="}).request.refused, 0);
}

Request WithBody(std::vector<std::string> env, std::string body, std::size_t cap) {
  env.push_back("REQUEST_METHOD=POST");
  Parsed parsed = ParseEnv(env);
  EXPECT_TRUE(parsed.has_body);
  std::string_view rest = body;
  ReadBody(parsed, cap, [&](char* buffer, std::size_t size) {
    const std::size_t got = rest.copy(buffer, size);
    rest.remove_prefix(got);
    return got;
  });
  return parsed.request;
}

TEST(Body, IsReadToItsDeclaredLengthOrItsEnd) {
  EXPECT_EQ(WithBody({"CONTENT_LENGTH=3"}, "abcdef", 10).body, "abc");
  EXPECT_EQ(WithBody({}, "abcdef", 10).body, "abcdef");
  EXPECT_EQ(WithBody({"CONTENT_LENGTH=3"}, "abc", 3).body_state, BodyState::kComplete);
}

TEST(Body, CutOffIsNoticed) {
  const Request request = WithBody({"CONTENT_LENGTH=9"}, "abc", 10);
  EXPECT_EQ(request.body_state, BodyState::kCutOff);
}

TEST(Body, OverTheCapKeepsItsBeginning) {
  for (const char* length : {"CONTENT_LENGTH=100000", "X="}) {
    const Request request = WithBody({length}, std::string(100000, 'a'), 10);
    EXPECT_EQ(request.body_state, BodyState::kTooLarge) << length;
    EXPECT_EQ(request.body, std::string(10, 'a'));
  }
}

TEST(Body, AClaimedLengthReservesNothing) {
  const Request request = WithBody({"CONTENT_LENGTH=18446744073709551615"}, "abc", 1 << 20);
  EXPECT_EQ(request.body_state, BodyState::kCutOff);
  EXPECT_LT(request.body.capacity(), 100u);
}

}  // namespace
}  // namespace daybook::fcgi
