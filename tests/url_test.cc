// Typed addresses, relative references, request paths and queries.
#include "text/url.h"

#include <gtest/gtest.h>

#include <chrono>

namespace daybook::text {
namespace {

using namespace std::string_literals;

std::string Typed(std::string_view s) {
  const auto url = ParseWebUrl(s);
  return url ? url->str() : "(refused)";
}

TEST(WebUrl, NormalisesWhatPeopleType) {
  const std::pair<const char*, const char*> golden[] = {
      {"example.com", "https://example.com"},
      {"  example.com/about  ", "https://example.com/about"},
      {"\u00A0example.com\u00A0", "https://example.com"},
      {"//example.com/x", "https://example.com/x"},
      {"HTTP://Example.COM/Path", "http://example.com/Path"},
      {"example.com:8080", "https://example.com:8080"},
      {"example.com:8080/x?y#z", "https://example.com:8080/x?y#z"},
      {"http://example.com:80/", "http://example.com/"},
      {"https://example.com:443", "https://example.com"},
      {"http://example.com:443/", "http://example.com:443/"},
      {"http://localhost:8000/", "http://localhost:8000/"},
      {"http://127.0.0.1/", "http://127.0.0.1/"},
      {"http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/"},
      {"http://example.com./", "http://example.com/"},
      {"http://example.com/a b", "http://example.com/a%20b"},
      {"http://example.com/ü?ä=ö#é", "http://example.com/%C3%BC?%C3%A4=%C3%B6#%C3%A9"},
      {"http://example.com/%c3%bc%", "http://example.com/%C3%BC%25"},
      {"http://example.com/100%zz", "http://example.com/100%25zz"},
      {"http://example.com/\"<>`{}|\\^", "http://example.com/%22%3C%3E%60%7B%7D%7C%5C%5E"},
      {"https://en.wikipedia.org/wiki/Mushin_(mental_state)",
       "https://en.wikipedia.org/wiki/Mushin_(mental_state)"},
      {"http://example.com/a/../b/./c/%2e%2E/d", "http://example.com/b/d"},
      {"http://example.com/../..", "http://example.com/"},
      {"http://example.com?q=1&r=2", "http://example.com?q=1&r=2"},
      {"münchen.de", "https://xn--mnchen-3ya.de"},
      {"http://BÜCHER.example/", "http://xn--bcher-kva.example/"},
      {"http://пример.испытание/", "http://xn--e1afmkfd.xn--80akhbyknj4f/"},
      {"http://例え.テスト", "http://xn--r8jz45g.xn--zckzah"},
      {"http://my_host.example.com/", "http://my_host.example.com/"}};
  for (const auto& [in, out] : golden) EXPECT_EQ(Typed(in), out) << in;
}

TEST(WebUrl, RefusesWhatCouldHarmOrCannotBe) {
  for (const std::string& bad : {""s,
                                 "   "s,
                                 "nothing"s,
                                 "two words"s,
                                 "javascript:alert(1)"s,
                                 "JaVaScRiPt:alert(1)"s,
                                 "java\tscript:alert(1)"s,
                                 "data:text/html,x"s,
                                 "vbscript:x"s,
                                 "ftp://example.com"s,
                                 "mailto:a@example.com"s,
                                 "file:///etc/passwd"s,
                                 "http:"s,
                                 "http://"s,
                                 "http:///x"s,
                                 "http:example.com"s,
                                 "https:/example.com"s,
                                 "http://user:pw@example.com/"s,
                                 "http://example.com@evil.example/"s,
                                 "http://exa mple.com/"s,
                                 "http://example.com\\@evil.example"s,
                                 "http://exam%70le.com/"s,
                                 "http://example..com/"s,
                                 "http://-example.com"s,
                                 "http://example-.com"s,
                                 "http://.example.com"s,
                                 "http://example.com:0/"s,
                                 "http://example.com:65536/"s,
                                 "http://example.com:8a/"s,
                                 "http://[::1"s,
                                 "http://[zz]/"s,
                                 "http://1.2.3.4.5/"s,
                                 "http://0x7f.1/"s,
                                 "http://2130706433/"s,
                                 "http://exa\u202Emple.com/"s,
                                 "http://a\u2024com/"s,
                                 "http://a\uFF0Fb.com/"s,
                                 "http://example.com/\x01"s,
                                 "http://example.com/a\nb"s,
                                 "http://example.com/\0x"s,
                                 "http://example.com/\xFF"s,
                                 "/relative"s,
                                 "?q"s,
                                 "#f"s,
                                 "http://"s + std::string(64, 'a') + ".com"s,
                                 "http://example.com/"s + std::string(2000, 'a')})
    EXPECT_EQ(Typed(bad), "(refused)") << bad;
}

TEST(WebUrl, IsItsOwnNormalForm) {
  for (const char* s :
       {"example.com/ü x?%zz#\"", "http://BÜCHER.example/a/../b", "http://[::1]/%41"}) {
    const std::string once = Typed(s);
    EXPECT_EQ(Typed(once), once);
  }
}

TEST(WebUrl, CountsTheEncodedLength) {
  EXPECT_NE(Typed("http://e.com/" + std::string(kUrlMax - 13, 'a')), "(refused)");
  EXPECT_EQ(Typed("http://e.com/" + std::string(kUrlMax - 12, 'a')), "(refused)");
  EXPECT_EQ(Typed("http://e.com/" + std::string(1500, ' ') + "a"), "(refused)");
}

TEST(Url, ResolvesTheExamplesOfTheStandard) {  // RFC 3986, 5.4
  const std::pair<const char*, const char*> golden[] = {{"g:h", "g:h"},
                                                        {"g", "http://a/b/c/g"},
                                                        {"./g", "http://a/b/c/g"},
                                                        {"g/", "http://a/b/c/g/"},
                                                        {"/g", "http://a/g"},
                                                        {"//g", "http://g"},
                                                        {"?y", "http://a/b/c/d;p?y"},
                                                        {"g?y", "http://a/b/c/g?y"},
                                                        {"#s", "http://a/b/c/d;p?q#s"},
                                                        {"g#s", "http://a/b/c/g#s"},
                                                        {"g?y#s", "http://a/b/c/g?y#s"},
                                                        {";x", "http://a/b/c/;x"},
                                                        {"g;x", "http://a/b/c/g;x"},
                                                        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
                                                        {"", "http://a/b/c/d;p?q"},
                                                        {".", "http://a/b/c/"},
                                                        {"./", "http://a/b/c/"},
                                                        {"..", "http://a/b/"},
                                                        {"../", "http://a/b/"},
                                                        {"../g", "http://a/b/g"},
                                                        {"../..", "http://a/"},
                                                        {"../../", "http://a/"},
                                                        {"../../g", "http://a/g"},
                                                        {"../../../g", "http://a/g"},
                                                        {"../../../../g", "http://a/g"},
                                                        {"/./g", "http://a/g"},
                                                        {"/../g", "http://a/g"},
                                                        {"g.", "http://a/b/c/g."},
                                                        {".g", "http://a/b/c/.g"},
                                                        {"g..", "http://a/b/c/g.."},
                                                        {"..g", "http://a/b/c/..g"},
                                                        {"./../g", "http://a/b/g"},
                                                        {"./g/.", "http://a/b/c/g/"},
                                                        {"g/./h", "http://a/b/c/g/h"},
                                                        {"g/../h", "http://a/b/c/h"},
                                                        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
                                                        {"g;x=1/../y", "http://a/b/c/y"},
                                                        {"g?y/./x", "http://a/b/c/g?y/./x"},
                                                        {"g?y/../x", "http://a/b/c/g?y/../x"},
                                                        {"g#s/./x", "http://a/b/c/g#s/./x"},
                                                        {"g#s/../x", "http://a/b/c/g#s/../x"},
                                                        {"http:g", "http:g"}};
  for (const auto& [ref, out] : golden)
    EXPECT_EQ(ResolveRelative("http://a/b/c/d;p?q", ref).value_or("(none)"), out) << ref;
  EXPECT_EQ(ResolveRelative("http://a", "g").value_or(""), "http://a/g");
  EXPECT_FALSE(ResolveRelative("/not/absolute", "g"));
}

TEST(Url, NamesTheHost) {
  EXPECT_EQ(HostOf("https://user@Example.COM:8080/x"), "example.com");
  EXPECT_EQ(HostOf("http://[::1]:80/"), "[::1]");
  EXPECT_EQ(HostOf("/x"), "");
  EXPECT_EQ(HostOf("mailto:a@b.c"), "");
}

TEST(Path, IsDecodedOnceBySegment) {
  const std::pair<const char*, const char*> golden[] = {{"/", "/"},
                                                        {"/2007/3/19/x.html", "/2007/3/19/x.html"},
                                                        {"/tag/f%C3%BC%c3%9fe", "/tag/füße"},
                                                        {"/a%20b", "/a b"},
                                                        {"/a+b", "/a+b"},
                                                        {"/%2541", "/%41"},
                                                        {"/a%3Fb%23", "/a?b#"},
                                                        {"/a//b/", "/a//b/"},
                                                        {"/...", "/..."},
                                                        {"/a%5Cb", "/a\\b"}};
  for (const auto& [raw, out] : golden)
    EXPECT_EQ(DecodePath(raw).value_or("(refused)"), out) << raw;
}

TEST(Path, RefusesWhatServersReadDifferently) {
  for (const std::string& bad :
       {""s,          "x"s,      "/a%2Fb"s, "/a%2fb"s,  "/.."s,  "/a/../b"s, "/."s,    "/a/./b"s,
        "/%2e%2e/x"s, "/a/%2E"s, "/%00"s,   "/\0"s,     "/%0a"s, "/%7f"s,    "/\x01"s, "/%"s,
        "/%4"s,       "/%zz"s,   "/%FF"s,   "/%C0%AF"s, "/a?b"s, "/a#b"s})
    EXPECT_FALSE(DecodePath(bad)) << bad;
}

TEST(Path, EncodingComesBack) {
  for (const char* path : {"/", "/füße/a b", "/100%", "/a?b#c", "/q\"<'>", "/a:b@c;d=e,f"}) {
    const std::string encoded = EncodePath(path);
    EXPECT_EQ(encoded.find_first_of("\"<> ?#"), std::string::npos);
    EXPECT_EQ(DecodePath(encoded).value_or("(refused)"), path);
  }
}

TEST(Query, ReadsPlusEscapesAndMissingParts) {
  const QueryPairs q = ParseQuery("q=f%C3%BC+x&&a=1&a=2&flag&=v&x=1;y=2&p=100%&z=a=b");
  const QueryPairs expected = {{"q", "fü x"}, {"a", "1"},     {"a", "2"},    {"flag", ""},
                               {"", "v"},     {"x", "1;y=2"}, {"p", "100%"}, {"z", "a=b"}};
  EXPECT_EQ(q, expected);
  EXPECT_EQ(QueryValue(q, "a"), "1");
  EXPECT_FALSE(QueryValue(q, "none"));
}

TEST(Query, RepairsBytesAndDropsControls) {
  EXPECT_EQ(ParseQuery("q=%FF%00a%1Bb%0A")[0].second, "\uFFFDab\n");
  EXPECT_TRUE(ParseQuery("").empty());
  std::string many;
  for (size_t i = 0; i < 10 * kQueryPairsMax; ++i) many += "a&";
  EXPECT_EQ(ParseQuery(many).size(), kQueryPairsMax);
}

TEST(Query, EncodingComesBack) {
  const QueryPairs pairs = {{"q", "a&b=c +%"}, {"ü", "line\nline"}, {"e", ""}};
  EXPECT_EQ(ParseQuery(EncodeQuery(pairs)), pairs);
  EXPECT_EQ(EncodeComponent("a/b c&d"), "a%2Fb%20c%26d");
  EXPECT_EQ(DecodePercent("a%2Fb%zz%"), "a/b%zz%");
}

TEST(Url, HostileInputCostsLinearTime) {
  const auto begin = std::chrono::steady_clock::now();
  for (const char* piece : {"/..", "/.", "a/../", "%2e%2e/", "//", "?", "%", ":", "@", "#", "a."}) {
    std::string long_one;
    while (long_one.size() < 1 << 20) long_one += piece;
    (void)ResolveRelative("http://a/b/" + long_one, long_one);
    (void)DecodePath("/" + long_one);
    (void)ParseQuery(long_one);
    (void)ParseWebUrl(long_one);
    (void)NormalHost(long_one);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

}  // namespace
}  // namespace daybook::text
