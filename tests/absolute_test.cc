// Addresses made absolute for feeds.
#include "text/absolute.h"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

std::string Absolute(std::string html) {
  return AbsoluteHtml(SafeHtml::Vouch(std::move(html)), "https://e.org").Take();
}

TEST(AbsoluteHtml, PutsTheOriginBeforeRootedAddressesOnly) {
  EXPECT_EQ(
      Absolute(R"(<a href="/x" title="/t">a</a> <img src="/m/a.jpg" alt="">)"),
      R"(<a href="https://e.org/x" title="/t">a</a> <img src="https://e.org/m/a.jpg" alt="">)");
  EXPECT_EQ(Absolute(R"(<a href="https://a.b/">1</a><a href="#n">2</a><a href="//c.d/">3</a>)"),
            R"(<a href="https://a.b/">1</a><a href="#n">2</a><a href="//c.d/">3</a>)");
}

TEST(AbsoluteHtml, LeavesTextAlone) {
  EXPECT_EQ(Absolute(R"(<p>write href="/x" here</p>)"), R"(<p>write href="/x" here</p>)");
}

TEST(AbsoluteHtml, KnowsTheCandidatesOfASrcset) {
  EXPECT_EQ(
      Absolute(R"(<img srcset="/a-1.jpg 300w, /a-2.jpg 600w, https://h/i 9w">)"),
      R"(<img srcset="https://e.org/a-1.jpg 300w, https://e.org/a-2.jpg 600w, https://h/i 9w">)");
}

TEST(AbsoluteHtml, SendsPlacesOfTheTextToItsPage) {
  const SafeHtml html = SafeHtml::Vouch(R"(<a href="#n" title="#t">1</a><p id="n">#n</p>)");
  EXPECT_EQ(AbsoluteHtml(html, "https://e.org", "https://e.org/x.html").Take(),
            R"(<a href="https://e.org/x.html#n" title="#t">1</a><p id="n">#n</p>)");
}

TEST(AbsoluteHtml, EndsWithWhatItBegan) {
  EXPECT_EQ(Absolute(""), "");
  EXPECT_EQ(Absolute("<a href=\"/x"), "<a href=\"https://e.org/x");
}

}  // namespace
}  // namespace daybook::text
