// Colours, style sheets and templates that an owner puts in the place of the program's.
#include "journal/look.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "journal/statistics.h"
#include "templates/embedded.h"
#include "templates/lint.h"

namespace daybook {
namespace {

using journal::CheckStyle;
using journal::StyleWrong;

std::vector<std::string> Whys(std::string_view body, std::string_view name = "error.tpl") {
  std::vector<std::string> whys;
  for (const auto& fault :
       templates::Lint(name, "{{%AUTOESCAPE context=\"HTML\"}}\n" + std::string(body)))
    whys.emplace_back(fault.why);
  return whys;
}
using W = std::vector<std::string>;

TEST(Look, ContrastIsThatOfWcag) {
  EXPECT_NEAR(journal::ContrastOf("#000000", "#ffffff"), 21, 0.01);
  EXPECT_NEAR(journal::ContrastOf("#777777", "#ffffff"), 4.48, 0.01);
  EXPECT_NEAR(journal::ContrastOf("#ffffff", "#767676"), 4.54, 0.01);
  EXPECT_DOUBLE_EQ(journal::ContrastOf("#123456", "#123456"), 1);
}

TEST(Look, TheThemesOwnColoursAreThoseOfItsStyleSheet) {
  std::ostringstream css;
  css << std::ifstream(std::string(DAYBOOK_SOURCE_DIR) + "/static/style.css").rdbuf();
  for (const char* line : {"--paper: #fcfbf8;", "--ink: #211e1a;", "--accent: #8a2b1d;",
                           "--paper: #171614;", "--ink: #e9e4db;", "--accent: #eca491;"})
    EXPECT_NE(css.str().find(line), std::string::npos) << line;
  for (const auto& pair : journal::ReadPairs(journal::DefaultSettings()))
    EXPECT_GE(pair.contrast, journal::kContrastAA);
}

TEST(Look, WhatNobodyChoseIsNotWritten) {
  journal::Settings settings = journal::DefaultSettings();
  EXPECT_EQ(journal::LookCss(settings), "");
  settings.color_accent = "#1a5fb4";
  const std::string css = journal::LookCss(settings);
  EXPECT_NE(css.find("prefers-color-scheme:light"), std::string::npos);
  EXPECT_NE(css.find("--accent:#1a5fb4"), std::string::npos);
  EXPECT_EQ(css.find("--paper"), std::string::npos);
  EXPECT_EQ(css.find("dark"), std::string::npos);
  settings.dark_ink = "#777777";
  settings.font_headings = journal::Font::kMono;
  EXPECT_NE(journal::LookCss(settings).find("--soft"), std::string::npos);
  EXPECT_NE(journal::LookCss(settings).find("h1,"), std::string::npos);
  EXPECT_EQ(CheckStyle(journal::LookCss(settings)), StyleWrong::kNone);
  settings = {};
  settings.sidebar_side = journal::SidebarSide::kStart;
  EXPECT_NE(journal::LookCss(settings).find("order:1"), std::string::npos);
  EXPECT_EQ(CheckStyle(journal::LookCss(settings)), StyleWrong::kNone);
  settings.sidebar_side = journal::SidebarSide::kNone;
  EXPECT_EQ(journal::LookCss(settings), "");
}

TEST(Look, AStyleSheetAsksNobodyElse) {
  for (const char* good :
       {"", "a { color: red }", "body { background: url(/media/leaf.png) }",
        "p::before { content: \"} not a brace\" }", "/* url(https://a.example/) */ a{}",
        "a { background: url(data:image/png;base64,AAAA) }", "@media print { a { color: #000 } }"})
    EXPECT_EQ(CheckStyle(good), StyleWrong::kNone) << good;
  for (const char* foreign :
       {"@import 'x.css';", "@IMPORT \"x.css\";", "@\\69mport 'x';",
        "a{background:url(https://evil.example/x.png)}", "a{background:url( //evil.example/x)}",
        "a{background:\\75rl(\"//evil.example\")}",
        "a{background:url(ht\\74ps:/\\2f evil.example)}",
        "a{background:image-set('https://evil.example/x' 1x)}", "a{width:expression(alert(1))}",
        "a{background:url(h/**/ttps://evil.example)}", "a{behavior:url(x.htc)}",
        "@font-face{src:url('\\2f\\2f evil.example/f.woff')}"})
    EXPECT_EQ(CheckStyle(foreign), StyleWrong::kForeign) << foreign;
  for (const char* open : {"a {", "a } b {", "/* no end", "a { content: \"no end }", "a{b:'\n'}"})
    EXPECT_EQ(CheckStyle(open), StyleWrong::kOpen) << open;
  EXPECT_EQ(CheckStyle(std::string(journal::kStyleMax + 1, ' ')), StyleWrong::kLong);
  EXPECT_EQ(CheckStyle("a{content:'\xff'}"), StyleWrong::kText);
}

TEST(Lint, FindsNothingInTheProgramsOwnFiles) {
  for (const auto& file : templates::EmbeddedTemplates()) {
    // The owner's frame waits for slow work with a refresh; it is not offered to be replaced.
    if (file.name == "parts/admin_open.tpl") continue;
    // A mail can load no style sheet, so its one layout holds its own.
    if (file.name == "mail/layout.tpl") continue;
    for (const auto& fault : templates::Lint(file.name, file.bytes()))
      ADD_FAILURE() << file.name << ", line " << fault.line << ": " << fault.why << " "
                    << fault.about;
  }
}

TEST(Lint, RefusesWhatEscapingDoesNotGuard) {
  EXPECT_EQ(Whys("<p>{{PAGE_TITLE}}</p>"), W{});
  EXPECT_EQ(Whys("<p style=\"color:red\">"), W{"inline"});
  EXPECT_EQ(Whys("<p ONCLICK='x()'>"), W{"inline"});
  EXPECT_EQ(Whys("<img alt=\"\" src=\"x\" onerror=x>"), (W{"address", "inline"}));
  EXPECT_EQ(Whys("<script>alert(1)</script>"), W{"script"});
  EXPECT_EQ(Whys("<script src=\"https://evil.example/x.js\"></script>"), (W{"address", "script"}));
  EXPECT_EQ(Whys("<a href=\"javascript:x\">"), (W{"address", "address"}));
  EXPECT_EQ(Whys("<a href=\"{{PAGE_TITLE}}\">"), W{"address"});
  EXPECT_EQ(Whys("<a href=\"https://example.org/\">elsewhere</a>"), W{});
  EXPECT_EQ(Whys("<link rel=\"stylesheet\" href=\"https://evil.example/x.css\">"), W{"address"});
  EXPECT_EQ(Whys("<img alt=\"\" srcset=\"{{ROOT_URL}}x 1x\">"), W{"attribute"});
  EXPECT_EQ(Whys("<meta http-equiv=\"refresh\" content=\"0\">"), W{"attribute"});
  EXPECT_EQ(Whys("<p title={{PAGE_TITLE}}>"), W{"quotes"});
  EXPECT_EQ(Whys("<p title=\"{{SIDEBAR_HTML}}\">"), W{"html"});
  EXPECT_EQ(Whys("<{{PAGE_TITLE}}>"), W{"tag"});
  EXPECT_EQ(Whys("<style>a{}</style>"), W{"element"});
  EXPECT_EQ(Whys("<iframe src=\"{{ROOT_URL}}\"></iframe>"), W{"element"});
  EXPECT_EQ(Whys("<textarea>\n{{PAGE_TITLE}}</textarea>"), W{"newlines"});
  EXPECT_EQ(Whys("{{NO_SUCH_NAME}}"), W{"name"});
  EXPECT_EQ(Whys("{{! <script>in a comment</script> {{NO }}"), W{});
  EXPECT_EQ(templates::Lint("error.tpl", "<p>")[0].why, "first");
  EXPECT_EQ(templates::Lint("error.tpl", "\xff")[0].why, "text");
  EXPECT_EQ(
      templates::Lint("error.tpl", "{{%AUTOESCAPE context=\"HTML\"}}\n\n<p onclick=x>")[0].line, 3);
}

TEST(Lint, EndsInTimeWhateverItIsGiven) {
  for (const char* piece :
       {"<", "<a ", "<a b=", "<a b=\"", "{{", "{{!", "<script>", "[[", "<!--"}) {
    std::string text = "{{%AUTOESCAPE context=\"HTML\"}}\n";
    for (int i = 0; i < 20'000; ++i) text += piece;
    static_cast<void>(templates::Lint("error.tpl", text));
  }
}

TEST(Statistics, ReadLinesOfTheCombinedFormat) {
  const auto line = journal::ParseAccessLine(
      "203.0.113.9 - bob [19/Mar/2026:08:15:00 +0100] \"GET /a%20b.html?x=1 HTTP/1.1\" 200 512 "
      "\"https://there.example/p\" \"Mozilla/5.0 (\\\"quoted\\\")\"");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->address, "203.0.113.9");
  EXPECT_EQ(line->method, "GET");
  EXPECT_EQ(line->target, "/a%20b.html?x=1");
  EXPECT_EQ(line->status, 200);
  EXPECT_EQ(line->referrer, "https://there.example/p");
  EXPECT_EQ(line->agent, "Mozilla/5.0 (\\\"quoted\\\")");
  EXPECT_EQ(line->at, 1773904500);
  for (const char* bad :
       {"", "nonsense", "1.2.3.4 - - [x] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
        "1.2.3.4 - - [19/Mar/2026:08:15:00 +0100] \"GET / HTTP/1.1\" 200 1",
        "1.2.3.4 - - [32/Mar/2026:08:15:00 +0100] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
        "1.2.3.4 - - [19/Mar/2026:08:15:00 +0100] \"GET / HTTP/1.1"})
    EXPECT_FALSE(journal::ParseAccessLine(bad)) << bad;
}

TEST(Statistics, KnowBotsAndAggregators) {
  EXPECT_FALSE(
      journal::IsBot("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"));
  for (const char* bot : {"", "-", "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.0",
                          "Mozilla/5.0 (compatible; SomeCrawler)", "python-requests/2.0"})
    EXPECT_TRUE(journal::IsBot(bot)) << bot;
  EXPECT_EQ(journal::SubscribersSaid("Feedly/1.0 (+http://x; 16 subscribers; )"), 16);
  EXPECT_EQ(journal::SubscribersSaid("Mozilla/5.0"), 0);
  EXPECT_EQ(journal::SubscribersSaid("x 99999999999999999999 subscribers"), 0);
}

}  // namespace
}  // namespace daybook
