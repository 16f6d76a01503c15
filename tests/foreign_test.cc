// What a body would load from elsewhere becomes a link.
#include "templates/foreign.h"

#include <gtest/gtest.h>

namespace daybook::templates {
namespace {

std::string Rewritten(std::string html) {
  static const Words words("en");
  return ForeignToLinks(text::SafeHtml::Vouch(std::move(html)), words).Take();
}

TEST(ForeignToLinks, TurnsAPictureIntoALinkThatNamesItsHost) {
  EXPECT_EQ(
      Rewritten(R"(<p><img src="https://pics.example.net/a.jpg" alt="A mill"></p>)"),
      R"(<p><a class="foreign" href="https://pics.example.net/a.jpg">A mill (picture at pics.example.net)</a></p>)");
  EXPECT_EQ(Rewritten(R"(<img src="//e.org/a.jpg" alt="">)"),
            R"(<a class="foreign" href="//e.org/a.jpg">Picture at e.org</a>)");
}

TEST(ForeignToLinks, PutsNoLinkIntoALink) {
  EXPECT_EQ(Rewritten(R"(<a href="/x"><img src="http://e.org/a.jpg" alt="Mill"></a>)"),
            R"(<a href="/x">Mill (picture at e.org)</a>)");
}

TEST(ForeignToLinks, TakesTheWholeOfAFrameOrVideo) {
  EXPECT_EQ(
      Rewritten(R"(<iframe src="https://video.example.org/embed/1" sandbox=""></iframe>!)"),
      R"(<a class="foreign" href="https://video.example.org/embed/1">Open what is embedded here, at video.example.org</a>!)");
  EXPECT_EQ(Rewritten(R"(<video controls><source src="https://e.org/v.mp4">old</video>.)"),
            R"(<a class="foreign" href="https://e.org/v.mp4">Play this at e.org</a>.)");
}

TEST(ForeignToLinks, LeavesWhatIsOursAlone) {
  const std::string own =
      R"(<p><a href="https://e.org/">out</a> <img src="/media/a.jpg" srcset="/media/b.jpg 2x" alt=""> <video src="/media/v.mp4"></video></p>)";
  EXPECT_EQ(Rewritten(own), own);
  EXPECT_EQ(Rewritten(R"(<img src="/media/a.jpg" srcset="https://e.org/b.jpg 2x" alt="">)"),
            R"(<img src="/media/a.jpg" alt="">)");
}

}  // namespace
}  // namespace daybook::templates
