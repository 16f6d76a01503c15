// What leaves the process: status, security headers, lengths, redirects, 304s and cookies.
#include "fcgi/response.h"

#include <gtest/gtest.h>

#include "fcgi/answer.h"
#include "fcgi/conditional.h"
#include "fcgi/cookies.h"

namespace daybook::fcgi {
namespace {

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(Serialize, SendsStatusTypeLengthAndBody) {
  const std::string out = Serialize(Request(), Html("<p>hi", 404));
  EXPECT_TRUE(out.starts_with("Status: 404 Not Found\r\n"));
  EXPECT_TRUE(Has(out, "\r\nContent-Type: text/html; charset=utf-8\r\n"));
  EXPECT_TRUE(Has(out, "\r\nContent-Length: 5\r\n"));
  EXPECT_TRUE(out.ends_with("\r\n\r\n<p>hi"));
}

TEST(Serialize, AnswersHeadWithTheLengthOfGet) {
  Request request;
  request.method = Method::kHead;
  const std::string out = Serialize(request, Html("<p>hi"));
  EXPECT_TRUE(Has(out, "\r\nContent-Length: 5\r\n"));
  EXPECT_TRUE(out.ends_with("\r\n\r\n"));
}

TEST(Serialize, SendsNoLengthWhereThereIsNoBody) {
  for (const int status : {204, 304}) {
    Response response = Html("body", status);
    const std::string out = Serialize(Request(), response);
    EXPECT_FALSE(Has(out, "Content-Length")) << status;
    EXPECT_FALSE(Has(out, "body")) << status;
  }
}

TEST(Serialize, AllowsNothingInlineAndNothingForeign) {
  const std::string out = Serialize(Request(), Html(""));
  EXPECT_TRUE(Has(out, "Content-Security-Policy: default-src 'none'; "));
  EXPECT_TRUE(Has(out, "script-src 'self'"));
  EXPECT_TRUE(Has(out, "connect-src 'self'"));
  EXPECT_TRUE(Has(out, "frame-ancestors 'none'"));
  EXPECT_FALSE(Has(out, "unsafe"));
  EXPECT_FALSE(Has(out, "frame-src"));
  EXPECT_TRUE(Has(out, "X-Content-Type-Options: nosniff"));
  EXPECT_TRUE(Has(out, "Referrer-Policy: same-origin"));
}

TEST(Serialize, TakesFrameSourcesButNoDirectives) {
  Response response = Html("");
  response.csp.frame_src = {"https://video.example", "x; script-src *", "a\r\nb"};
  const std::string out = Serialize(Request(), response);
  EXPECT_TRUE(Has(out, "; frame-src https://video.example\r\n"));
}

TEST(Serialize, LetsNobodyInjectAHeader) {
  Response response = Html("");
  response.Set("X-A", "b\r\nX-Evil: 1")
      .Set("X-B\r\nX-Evil", "1")
      .Set("X C", "1")
      .Set("X-Good", "yes");
  const std::string out = Serialize(Request(), response);
  EXPECT_FALSE(Has(out, "X-Evil"));
  EXPECT_FALSE(Has(out, "X C"));
  EXPECT_TRUE(Has(out, "\r\nX-Good: yes\r\n"));
}

TEST(Serialize, LetsAResponseBringItsOwnPolicy) {
  Response response = Html("");
  response.Set("content-security-policy", "sandbox");
  const std::string out = Serialize(Request(), response);
  EXPECT_FALSE(Has(out, "default-src"));
}

TEST(Redirect, StaysOnThisHostUnlessAWholeAddressIsGiven) {
  const auto location = [](std::string_view to) { return Redirect(303, to).headers.at(0).value; };
  EXPECT_EQ(location("/a?b=c"), "/a?b=c");
  EXPECT_EQ(location("//evil.example/x"), "/evil.example/x");
  EXPECT_EQ(location("/\\evil.example"), "/evil.example");
  EXPECT_EQ(location("/a\r\nSet-Cookie: x"), "/a%0D%0ASet-Cookie:%20x");
  EXPECT_EQ(location("/\xC3\xBC"), "/%C3%BC");
  EXPECT_EQ(location("https://example.org/"), "https://example.org/");
}

bool Current304(std::string if_none_match, std::string_view etag = "\"r7-x\"") {
  Request request;
  request.headers = {{"if-none-match", std::move(if_none_match)}};
  return IsCurrent(request, etag);
}

TEST(Conditional, ComparesWeaklyAndInLists) {
  EXPECT_TRUE(Current304("\"r7-x\""));
  EXPECT_TRUE(Current304("W/\"r7-x\""));
  EXPECT_TRUE(Current304("\"a\", W/\"b\" ,\"r7-x\""));
  EXPECT_TRUE(Current304("\"r7-x\"", "W/\"r7-x\""));
  EXPECT_TRUE(Current304("*"));
  EXPECT_TRUE(Current304("\"r7-x-gzip\""));  // what Apache makes of it when it compresses
  EXPECT_FALSE(Current304("\"r7\""));
  EXPECT_FALSE(Current304("r7-x"));
  EXPECT_FALSE(Current304("\"r7-x"));
  EXPECT_FALSE(Current304(""));
}

TEST(Conditional, IsForReadingOnly) {
  Request request;
  request.method = Method::kPost;
  request.headers = {{"if-none-match", "*"}};
  EXPECT_FALSE(IsCurrent(request, "\"x\""));
}

TEST(Cookies, AreFoundByName) {
  Request request;
  request.headers = {{"cookie", "a=1; bb=two=2;session=\"x y\"; a=3"}};
  EXPECT_EQ(Cookie(request, "a"), "1");
  EXPECT_EQ(Cookie(request, "bb"), "two=2");
  EXPECT_EQ(Cookie(request, "session"), "x y");
  EXPECT_EQ(Cookie(request, "b"), std::nullopt);
}

TEST(Cookies, CannotCarryAttributesOfTheirOwn) {
  EXPECT_EQ(SetCookie({.name = "s", .value = "v", .path = "/blog/", .max_age = 60}),
            "s=v; Path=/blog/; Max-Age=60; Secure; HttpOnly; SameSite=Lax");
  EXPECT_EQ(SetCookie({.name = "s", .value = "v; Domain=x"}), std::nullopt);
  EXPECT_EQ(SetCookie({.name = "s x", .value = "v"}), std::nullopt);
  EXPECT_EQ(SetCookie({.name = "s", .value = "v", .path = "x"}), std::nullopt);
}

struct Logged {
  ServeOptions options;
  std::string line;
  Logged() {
    options.log = [this](std::string_view text) { line = text; };
  }
};

TEST(Answer, ShowsNoDetailOfAnErrorButItsReference) {
  Logged logged;
  Request request;
  request.id = "abc123";
  const Response response = Answer(
      logged.options, [](Request&) -> Response { throw std::runtime_error("secret\nthing"); },
      request);
  EXPECT_EQ(response.status, 500);
  EXPECT_TRUE(Has(response.body, "abc123"));
  EXPECT_FALSE(Has(response.body, "secret"));
  EXPECT_TRUE(Has(logged.line, "abc123"));
  EXPECT_TRUE(Has(logged.line, "secret?thing"));
}

TEST(Answer, AsksTheApplicationForThePageOfAnError) {
  Logged logged;
  logged.options.error_page = [](const Request&, const HttpError& error) {
    return Html("designed " + std::to_string(error.status()));
  };
  Request request;
  const Response response = Answer(
      logged.options,
      [](Request&) -> Response {
        throw HttpError(405, "", {{"Allow", "GET"}});
      },
      request);
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.body, "designed 405");
  EXPECT_EQ(response.headers,
            (std::vector<Header>{{"Allow", "GET"}, {"Cache-Control", "private, no-store"}}));
}

TEST(Answer, SurvivesAnErrorPageThatFails) {
  Logged logged;
  logged.options.error_page = [](const Request&, const HttpError&) -> Response { throw 7; };
  Request request;
  const Response response = Answer(
      logged.options, [](Request&) -> Response { throw HttpError::Busy(3); }, request);
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.headers,
            (std::vector<Header>{{"Retry-After", "3"}, {"Cache-Control", "private, no-store"}}));
}

TEST(Answer, DoesNotBotherTheHandlerWithRefusedRequests) {
  Logged logged;
  Request request;
  request.refused = 414;
  const Response response = Answer(
      logged.options, [](Request&) -> Response { return Html("handled"); }, request);
  EXPECT_EQ(response.status, 414);
}

}  // namespace
}  // namespace daybook::fcgi
