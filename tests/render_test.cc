// From source to HTML: formats, mounts, pictures, ids.
#include "journal/render.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace daybook::journal {
namespace {

RenderOptions Options(std::string base = "") {
  RenderOptions options;
  options.base_path = std::move(base);
  options.picture = [](std::string_view path) -> std::optional<PictureSize> {
    if (path == "2019/a b.jpg") return PictureSize{800, 600, "Boats & \"nets\""};
    return std::nullopt;
  };
  options.id_prefix = "in-x-";
  return options;
}

std::string Html(Format format, std::string_view source, std::string base = "") {
  return RenderBody(format, source, "", Options(std::move(base))).body.str();
}

bool Has(const std::string& html, std::string_view part) {
  return html.find(part) != std::string::npos;
}

TEST(RenderTest, EachFormatBecomesParagraphs) {
  EXPECT_TRUE(Has(Html(Format::kMarkdown, "One *two*.\n\nThree."), "<em>two</em>"));
  EXPECT_TRUE(Has(Html(Format::kParagraphs, "One\ntwo\n\nthree <b>x</b>"), "<br>"));
  EXPECT_TRUE(Has(Html(Format::kParagraphs, "One\n\nthree <b>x</b>"), "<b>x</b></p>"));
  EXPECT_TRUE(Has(Html(Format::kHtml, "<p>One</p>"), "<p>One</p>"));
  std::string plain = Html(Format::kPlain, "a < b & <script>c</script>\n\nd");
  EXPECT_TRUE(Has(plain, "a &lt; b &amp; &lt;script&gt;")) << plain;
  EXPECT_TRUE(Has(plain, "<p>d</p>")) << plain;
}

TEST(RenderTest, NoFormatLetsAScriptThrough) {
  for (Format format : {Format::kHtml, Format::kMarkdown, Format::kParagraphs, Format::kPlain}) {
    std::string html =
        Html(format,
             "<script>alert(1)</script><img src=x onerror=alert(1)>[a](javascript:alert(1))\n\n"
             "<a href=\"javascript:alert(1)\">b</a>");
    EXPECT_FALSE(Has(html, "<script")) << html;
    EXPECT_FALSE(Has(html, "<a href=\"javascript:")) << html;
    EXPECT_EQ(Has(html, "onerror"), format == Format::kPlain) << html;
  }
}

TEST(RenderTest, TheMountGoesBeforeTheJournalsOwnAddressesOnly) {
  std::string html =
      Html(Format::kHtml,
           "<a href=\"/2019/3/4/x.html#a\">1</a><a href=\"https://other.example/2\">2</a>"
           "<a href=\"//other.example/3\">3</a><a href=\"#n\">4</a><a href=\"rel\">5</a>"
           "<img src=\"/media/a.jpg\" srcset=\"/media/a.jpg 300w, /media/b.jpg 600w, "
           "https://o.example/c.jpg 900w\" alt=\"\">"
           "<video src=\"/media/v.mp4\" poster=\"/media/p.jpg\"></video>",
           "/blog");
  EXPECT_TRUE(Has(html, "href=\"/blog/2019/3/4/x.html#a\"")) << html;
  EXPECT_TRUE(Has(html, "href=\"https://other.example/2\"")) << html;
  EXPECT_FALSE(Has(html, "/blog//")) << html;
  EXPECT_FALSE(Has(html, "/blog#")) << html;
  EXPECT_TRUE(Has(html, "src=\"/blog/media/a.jpg\"")) << html;
  EXPECT_TRUE(
      Has(html, "/blog/media/a.jpg 300w, /blog/media/b.jpg 600w, https://o.example/c.jpg 900w"))
      << html;
  EXPECT_TRUE(Has(html, "src=\"/blog/media/v.mp4\"")) << html;
  EXPECT_TRUE(Has(html, "poster=\"/blog/media/p.jpg\"")) << html;
}

TEST(RenderTest, SmallerPicturesAreOfferedWhereThereAreSome) {
  RenderOptions options;
  options.base_path = "/blog";
  options.picture = [](std::string_view path) -> std::optional<PictureSize> {
    if (path == "a b.jpg") return PictureSize{4000, 3000, "", {480, 960}, 3};
    return PictureSize{1000, 500, "", {480}, 0};
  };
  const auto html = [&](std::string_view source) {
    return RenderBody(Format::kHtml, source, "", options).body.str();
  };
  const std::string large = html("<img src=\"/media/a%20b.jpg\" alt=\"x\">");
  EXPECT_TRUE(Has(large, "src=\"/blog/media/a%20b.jpg?v=3\"")) << large;
  EXPECT_TRUE(Has(large,
                  "srcset=\"/blog/media/a%20b.w480-3.jpg 480w, /blog/media/a%20b.w960-3.jpg 960w\" "
                  "sizes=\"(max-width: 40em) 100vw, 40em\""))
      << large;
  const std::string small = html("<img src=\"/media/c.jpg#x\" alt=\"\" width=\"200\">");
  EXPECT_TRUE(Has(small,
                  "srcset=\"/blog/media/c.w480.jpg 480w, /blog/media/c.jpg 1000w\" "
                  "sizes=\"(max-width: 200px) 100vw, 200px\""))
      << small;
  const std::string own = html("<img src=\"/media/c.jpg\" srcset=\"/media/d.jpg 2x\" alt=\"\">");
  EXPECT_FALSE(Has(own, "w480")) << own;
  EXPECT_FALSE(Has(html("<img src=\"https://o.example/media/c.jpg\" alt=\"\">"), "srcset"));
}

TEST(RenderTest, WhatABodyUsesOfTheMediaIsGathered) {
  const RenderedBody rendered =
      RenderBody(Format::kHtml,
                 "<img src=\"/media/a%20b.jpg?v=1\" alt=\"\"><a href=\"/media/c.pdf#p\">c</a>"
                 "<video src=\"/media/v.mp4\" poster=\"/media/p.jpg\"></video>"
                 "<a href=\"https://o.example/media/d.pdf\">d</a>/media/e.jpg",
                 "<img src=\"/media/m.jpg\" alt=\"\">", Options("/blog"));
  std::vector<std::string> media = rendered.media;
  std::sort(media.begin(), media.end());
  EXPECT_EQ(media, (std::vector<std::string>{"a b.jpg", "c.pdf", "m.jpg", "p.jpg", "v.mp4"}));
}

TEST(RenderTest, TextThatLooksLikeATagIsNotRewritten) {
  EXPECT_TRUE(Has(Html(Format::kMarkdown, "`<a href=\"/x\">`", "/blog"), "&lt;a href=\"/x\"&gt;"));
}

TEST(RenderTest, PicturesGetTheirSizeAndWaitForTheReader) {
  std::string html = Html(Format::kHtml, "<img src=\"/media/2019/a%20b.jpg\">", "/blog");
  EXPECT_TRUE(Has(html, "width=\"800\" height=\"600\"")) << html;
  EXPECT_TRUE(Has(html, "loading=\"lazy\"")) << html;
  std::string own = Html(
      Format::kHtml, "<img src=\"/media/2019/a%20b.jpg\" alt=\"mine\" width=\"80\" height=\"60\">");
  EXPECT_TRUE(Has(own, "alt=\"mine\"")) << own;
  EXPECT_FALSE(Has(own, "800")) << own;
  std::string unknown = Html(Format::kHtml, "<img src=\"/media/none.jpg\" alt=\"\">");
  EXPECT_FALSE(Has(unknown, "width")) << unknown;
}

TEST(RenderTest, TheFirstPictureStandsForTheEntry) {
  RenderedBody rendered = RenderBody(Format::kMarkdown, "text",
                                     "![a](/media/m.jpg)\n\n![b](/media/n.jpg)", Options("/blog"));
  EXPECT_EQ(rendered.image, "/blog/media/m.jpg");
  EXPECT_EQ(RenderBody(Format::kMarkdown, "text", "", Options()).image, "");
}

TEST(RenderTest, BodyAndMoreShareNoId) {
  constexpr std::string_view kSource = "## Part\n\nA note.[^1]\n\n[^1]: The note.\n";
  RenderedBody rendered = RenderBody(Format::kMarkdown, kSource, kSource, Options());
  std::map<std::string, int> ids;
  for (const std::string& html : {rendered.body.str(), rendered.more.str()}) {
    for (size_t at = html.find(" id=\""); at != std::string::npos;
         at = html.find(" id=\"", at + 1)) {
      std::string id = html.substr(at + 5, html.find('"', at + 5) - at - 5);
      EXPECT_TRUE(id.starts_with("in-x-")) << id;
      EXPECT_EQ(++ids[id], 1) << id;
      if (id.find("fnref") == std::string::npos && id.find("fn") != std::string::npos) {
        EXPECT_TRUE(Has(html, "href=\"#" + id + "\"")) << id << " is linked to\n" << html;
      }
    }
  }
  EXPECT_GE(ids.size(), 4U);
}

TEST(RenderTest, PlainTextHasTheWordsOfBothParts) {
  RenderedBody rendered =
      RenderBody(Format::kMarkdown, "One **two**", "Three &amp; four", Options());
  EXPECT_EQ(rendered.plain, "One two");
  EXPECT_EQ(rendered.search, "One two\nThree & four");
}

TEST(RenderTest, ARunTypedAsARuleIsHiddenFromThoseWhoListen) {
  std::string run(36, '_');
  std::string html = Html(Format::kHtml, "<p>" + run + "</p>");
  EXPECT_TRUE(Has(html, "aria-hidden=\"true\">" + run)) << html;
}

TEST(RenderTest, CommentsFollowTheirMode) {
  EXPECT_TRUE(Has(RenderComment(CommentMode::kLimitedHtml, "<B>x").str(), "<b>x</b>"));
  EXPECT_TRUE(Has(RenderComment(CommentMode::kPlain, "<b>x</b>").str(), "&lt;b&gt;"));
  EXPECT_TRUE(Has(RenderComment(CommentMode::kMarkdown, "**x**").str(), "<strong>x</strong>"));
  for (CommentMode mode :
       {CommentMode::kLimitedHtml, CommentMode::kPlain, CommentMode::kMarkdown}) {
    EXPECT_FALSE(Has(RenderComment(mode, "<script>x</script>").str(), "<script"));
  }
}

}  // namespace
}  // namespace daybook::journal
