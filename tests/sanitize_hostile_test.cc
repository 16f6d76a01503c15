// The sanitiser against hostile input: other people's collections, repetition, and its own output.
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "html_judge.h"
#include "text/html_escape.h"
#include "text/sanitize.h"

namespace daybook::text {
namespace {

using test::FaultOf;
using test::Policy;

std::vector<std::string> Payloads() {
  const char* shared = std::getenv("DAYBOOK_SHARED");
  const std::filesystem::path folder =
      shared != nullptr ? std::filesystem::path(shared)
                        : std::filesystem::path(DAYBOOK_SOURCE_DIR) / "../shared";
  std::vector<std::string> payloads;
  std::ifstream in(folder / "xss/payloads.jsonl");
  for (std::string line; std::getline(in, line);)
    payloads.push_back(nlohmann::json::parse(line).at("payload"));
  return payloads;
}

// Checks everything that must hold for any input at all.
void ExpectSound(std::string_view input) {
  const std::string comment = SanitizeComment(input, CommentMode::kLimitedHtml).str();
  EXPECT_EQ(FaultOf(comment, Policy::kComment), "") << input << "\n" << comment;
  EXPECT_EQ(SanitizeRenderedComment(comment).str(), comment) << input;
  const std::string plain = SanitizeComment(input, CommentMode::kPlainText).str();
  EXPECT_EQ(FaultOf(plain, Policy::kComment), "") << input << "\n" << plain;
  EXPECT_EQ(SanitizeRenderedComment(plain).str(), plain) << input;
  const std::string markdown = SanitizeComment(input, CommentMode::kMarkdown).str();
  EXPECT_EQ(FaultOf(markdown, Policy::kRenderedComment), "") << input << "\n" << markdown;
  const std::string rendered = SanitizeRenderedComment(input).str();
  EXPECT_EQ(FaultOf(rendered, Policy::kRenderedComment), "") << input << "\n" << rendered;
  EXPECT_EQ(SanitizeRenderedComment(rendered).str(), rendered) << input;
  const std::string author = SanitizeAuthor(input).str();
  EXPECT_EQ(FaultOf(author, Policy::kAuthor), "") << input << "\n" << author;
  EXPECT_EQ(SanitizeAuthor(author).str(), author) << input;
  const SafeHtml hidden = HideRuns(SafeHtml::Vouch(author));
  EXPECT_EQ(HideRuns(hidden), hidden) << input;
}

TEST(HostileHtmlTest, NoPayloadOfOthersSurvivesAnyPolicy) {
  const std::vector<std::string> payloads = Payloads();
  if (payloads.empty()) GTEST_SKIP() << "no payloads beside the source";
  for (const std::string& payload : payloads) {
    ExpectSound(payload);
    if (HasFailure()) return;  // one is enough to read
  }
}

TEST(HostileHtmlTest, NoPairOfPayloadsSurvivesTogether) {
  const std::vector<std::string> payloads = Payloads();
  if (payloads.empty()) GTEST_SKIP() << "no payloads beside the source";
  for (size_t i = 0; i + 1 < payloads.size(); i += 2) {
    ExpectSound(payloads[i] + payloads[payloads.size() - 1 - i]);
    if (HasFailure()) return;
  }
}

// A small generator of nonsense made of the pieces that parsers stumble over; the seed is fixed.
TEST(HostileHtmlTest, RandomTagSoupIsSoundAndSanitisingTwiceChangesNothing) {
  const std::vector<std::string> pieces = {"<p>",
                                           "</p>",
                                           "<div>",
                                           "</div>",
                                           "<b>",
                                           "</b>",
                                           "<i>",
                                           "</i>",
                                           "<a href=http://a.b/>",
                                           "</a>",
                                           "<a name=n>",
                                           "<a href=#n>",
                                           "<ul>",
                                           "</ul>",
                                           "<ol>",
                                           "</ol>",
                                           "<li>",
                                           "</li>",
                                           "<dl>",
                                           "</dl>",
                                           "<dt>",
                                           "</dt>",
                                           "<dd>",
                                           "</dd>",
                                           "<table>",
                                           "</table>",
                                           "<caption>",
                                           "</caption>",
                                           "<thead>",
                                           "</thead>",
                                           "<tbody>",
                                           "</tbody>",
                                           "<tfoot>",
                                           "</tfoot>",
                                           "<tr>",
                                           "</tr>",
                                           "<td>",
                                           "</td>",
                                           "<th>",
                                           "</th>",
                                           "<h1>",
                                           "</h1>",
                                           "<h2 id=n>",
                                           "</h2>",
                                           "<pre>",
                                           "</pre>",
                                           "<code>",
                                           "</code>",
                                           "<blockquote>",
                                           "</blockquote>",
                                           "<figure>",
                                           "</figure>",
                                           "<figcaption>",
                                           "</figcaption>",
                                           "<details>",
                                           "</details>",
                                           "<summary>",
                                           "</summary>",
                                           "<center>",
                                           "</center>",
                                           "<span id=s>",
                                           "</span>",
                                           "<em>",
                                           "</em>",
                                           "<del>",
                                           "</del>",
                                           "<img src=a.png>",
                                           "<hr>",
                                           "<br>",
                                           "<video src=v>",
                                           "</video>",
                                           "<audio>",
                                           "<source src=s>",
                                           "</audio>",
                                           "<iframe src=//www.youtube.com/e>",
                                           "</iframe>",
                                           "<svg>",
                                           "</svg>",
                                           "<script>",
                                           "</script>",
                                           "<style>",
                                           "</style>",
                                           "<xmp>",
                                           "</xmp>",
                                           "<textarea>",
                                           "</textarea>",
                                           "<title>",
                                           "</title>",
                                           "<math>",
                                           "</math>",
                                           "<select>",
                                           "</select>",
                                           "<!--",
                                           "-->",
                                           "<![CDATA[",
                                           "]]>",
                                           "<",
                                           ">",
                                           "\"",
                                           "'",
                                           "&",
                                           "&lt;",
                                           "&#x3c;",
                                           "&amp;",
                                           "=",
                                           "/",
                                           " ",
                                           "\n",
                                           "\n\n",
                                           "text",
                                           "x",
                                           "www.a.b",
                                           "http://c.d/(e)",
                                           "<dfn>",
                                           "</dfn>",
                                           "<q>",
                                           "</q>",
                                           "<time>",
                                           "<bdo dir=rtl>",
                                           "</bdo>",
                                           "<abbr title=t>",
                                           "</abbr>",
                                           "<blockquote cite=x:y>",
                                           "<object data=http://o/>",
                                           "</object>",
                                           "__________"};
  unsigned state = 20070319;
  const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
  for (int round = 0; round < 20000; ++round) {
    std::string soup;
    for (unsigned i = 0, n = 1 + next() % 14; i < n; ++i) soup += pieces[next() % pieces.size()];
    ExpectSound(soup);
    if (HasFailure()) return;
  }
}

// Of this process, so that what else the machine does counts little.
double Seconds(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

std::string Repeat(std::string_view unit, size_t bytes) {
  std::string out;
  while (out.size() < bytes) out.append(unit);
  return out;
}

// Each unit was chosen to make a careless algorithm go over the same text again and again.
TEST(HostileHtmlTest, TimeAndSizeGrowNoFasterThanTheInput) {
  const std::vector<std::string> units = {
      "<",
      "</",
      "<a",
      "<a ",
      "<a href=\"",
      "<a x='",
      "<a x='\"",
      "<b>",
      "</b>",
      "<b><i>",
      "</b></i>",
      "<b><i></b>",
      "<a href=http://a>",
      "<a href=http://a>x\n\n",
      "<!--",
      "<!-- -->",
      "<!--->",
      "<![CDATA[",
      "<?",
      "&",
      "&#",
      "&#x",
      "&#99999999999999999999",
      "&amp",
      "&ampampampamp",
      "&CounterClockwiseContourIntegra",
      "<blockquote>",
      "<blockquote>x</blockquote>",
      "\n",
      "\n\n",
      "x\n",
      "x\n\n",
      " ",
      "(",
      ")",
      "http://",
      "http://a",
      "http://a/(",
      "http://a/) ",
      "www.",
      "www.a ",
      "http://x|",
      "x:http://a.",
      "\u201D",
      "\u2026",
      "http://a/\u2026",
      "<p>",
      "<p>x</p>",
      "<div>",
      "<div></p>",
      "<b><p>x",
      "<b id=x><div>",
      "<table>",
      "<table><tr><td>",
      "<td>",
      "<tr>",
      "<tfoot><tr>",
      "<table><tfoot>",
      "<li>",
      "<ul><li>",
      "<ul>x",
      "<dl><dd>",
      "<dt>",
      "<dd>",
      "<h1>",
      "<h1><p>",
      "<pre>",
      "<pre><p>x</p>",
      "<details>",
      "<details> x",
      "<details><summary>",
      "<figure><figcaption>",
      "<svg>",
      "<svg></svg>",
      "<script>",
      "<script></script>",
      "<style>",
      "<title>",
      "<title></title>",
      "<textarea>",
      "<xmp>",
      "<select>",
      "<video>",
      "<video></video>",
      "<audio><source src=a>",
      "<iframe src=//www.youtube.com/>",
      "<iframe></iframe>",
      "<object>",
      "<embed src=http://a>",
      "<img src=a srcset='a 1x,a 2x'>",
      "<img srcset='",
      "<a id=x>",
      "<a name=x>",
      "<a href=#x>",
      "<p class='a b c d'>",
      "<p a a a a a",
      "<p =",
      "<p a=\"b\"c",
      "<p style='a:b;c:d'>",
      "\xE2\x80",
      "\xFF",
      "\xF0\x9F",
      std::string(1, '\0'),
      "\r",
      "_",
      "__________ ",
      "<abbr title='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'>x\n\n",
      "<em><b>x</em>y",
      "<code>\n\n",
      "<q><s>",
      "<span><div>x</span>"};
  const std::vector<std::pair<const char*, std::function<size_t(const std::string&)>>> works = {
      {"comment",
       [](const std::string& s) {
         return SanitizeComment(s, CommentMode::kLimitedHtml).str().size();
       }},
      {"plain",
       [](const std::string& s) {
         return SanitizeComment(s, CommentMode::kPlainText).str().size();
       }},
      {"rendered", [](const std::string& s) { return SanitizeRenderedComment(s).str().size(); }},
      {"author", [](const std::string& s) { return SanitizeAuthor(s).str().size(); }},
      {"text", [](const std::string& s) { return PlainText(s).size(); }}};
  for (const std::string& unit : units) {
    const std::string small = Repeat(unit, 1 << 15);
    const std::string large = Repeat(unit, 1 << 17);
    for (const auto& [name, work] : works) {
      size_t size = 0;
      const double once = Seconds([&] { size = work(small); });
      const double four = Seconds([&] { size = work(large); });
      EXPECT_LE(size, large.size() * 60 + 4096) << name << ": " << unit;
      // Four times as much may take four times as long; sixteen times would be quadratic. Short
      // times say nothing and pass.
      if (four > 0.02 && four > once * 10) {
        const double again = Seconds([&] { size = work(large); });
        EXPECT_LE(again, Seconds([&] { size = work(small); }) * 10 + 0.05) << name << ": " << unit;
      }
      EXPECT_LT(four, 2.0) << name << ": " << unit;
    }
  }
}

// One long opening, then many short pieces that would make it be written again and again.
TEST(HostileHtmlTest, WhatIsOpenedOnceCannotBeRepeatedWithoutEnd) {
  const std::string title(2000, 't');
  for (const std::string& opening :
       {"<a href='http://a/" + title + "'>", "<abbr title='" + title + "'>",
        std::string("<b><i><em><strong><code>")}) {
    for (const char* unit :
         {"x\n\n", "<blockquote>x</blockquote>", "<p>x", "<div>x</div>", "<i>x</b>", "</i>x<i>"}) {
      const std::string input = opening + Repeat(unit, 50000);
      EXPECT_LT(SanitizeComment(input, CommentMode::kLimitedHtml).str().size(), input.size() * 12)
          << unit;
      EXPECT_LT(SanitizeAuthor(input).str().size(), input.size() * 12) << unit;
    }
  }
}

}  // namespace
}  // namespace daybook::text
