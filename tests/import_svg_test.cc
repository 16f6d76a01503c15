// Which SVG files may be copied beside a journal.
#include "journal/import_svg.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::journal {
namespace {

std::string Svg(const std::string& inside, const std::string& attributes = "") {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + attributes + ">" + inside + "</svg>";
}

TEST(ImportSvg, DrawingsAreTakenWithTheirSize) {
  const SvgFacts facts =
      LookAtSvg(Svg("<title>A</title><g><path d=\"M0 0\" fill=\"url(#a)\"/><use href=\"#b\"/></g>",
                    "width=\"90px\" height=\"60\""));
  EXPECT_TRUE(facts.passive);
  EXPECT_EQ(facts.width, 90);
  EXPECT_EQ(facts.height, 60);
  EXPECT_EQ(LookAtSvg(Svg("", "viewBox=\"0 0 300 150\"")).width, 300);
  EXPECT_TRUE(LookAtSvg("<?xml version=\"1.0\"?>\n" + Svg("")).passive);
}

TEST(ImportSvg, WhatActsOrFetchesIsNot) {
  for (const std::string& svg :
       {Svg("<script>1</script>"), Svg("<path onload=\"x()\"/>"), Svg("", "OnLoad=\"x()\""),
        Svg("<a href=\"javascript:x()\"/>"), Svg("<use href=\"other.svg#a\"/>"),
        Svg("<use xlink:href=\"data:image/svg+xml,x\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\"/>"),
        Svg("<foreignObject><p/></foreignObject>"), Svg("<style>*{}</style>"),
        Svg("<image href=\"#a\"/>"), Svg("<path fill=\"url( https://x.example/)\"/>"),
        Svg("<path style=\"fill:ur\\6c(//x)\"/>"), Svg("<animate attributeName=\"href\"/>"),
        Svg("<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>"), Svg("<set/>"),
        std::string("<html/>"), std::string("<svg>"),
        std::string("<svg xmlns=\"http://www.w3.org/1999/xhtml\"/>"),
        "<!DOCTYPE svg [<!ENTITY a \"b\">]>" + Svg("&a;"),
        "<?xml-stylesheet href=\"x\"?>" + Svg("")}) {
    EXPECT_FALSE(LookAtSvg(svg).passive) << svg;
  }
}

}  // namespace
}  // namespace daybook::journal
