// Templates filled: what is escaped where, what a theme may replace, how a broken theme is told,
// how a page reads.
#include "templates/view.h"

#include <expat.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>

#include "templates/body.h"
#include "templates/embedded.h"
#include "templates/json_ld.h"
#include "templates/keys.h"
#include "templates/print_links.h"
#include "templates/templates.h"
#include "templates/tree.h"
#include "text/config_error.h"

namespace daybook::templates {
namespace {

text::SafeHtml Html(std::string s) { return text::SafeHtml::Vouch(std::move(s)); }
text::SafeUrl Url(std::string s) { return text::SafeUrl::Vouch(std::move(s)); }

const Templates& English() {
  static const Templates templates({.language = "en", .theme = "", .lazy = false});
  return templates;
}

bool Has(const std::string& page, std::string_view part) {
  return page.find(part) != std::string::npos;
}

// The page as one reads it: tags out, white space as one space.
std::string Text(const std::string& page) {
  std::string text = std::regex_replace(page, std::regex("<[^>]*>"), "");
  return std::regex_replace(text, std::regex("\\s+"), " ");
}

class Theme {
 public:
  Theme() {
    std::string name = (std::filesystem::temp_directory_path() / "daybook-theme-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Theme() { std::filesystem::remove_all(folder_); }
  void Put(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << bytes;
  }
  TemplateSet Set() const { return {.language = "en", .theme = folder_, .lazy = false}; }
  std::string Complaint() const {
    try {
      const Templates templates(Set());
      return "";
    } catch (const text::ConfigError& error) {
      return error.what();
    }
  }

 private:
  std::filesystem::path folder_;
};

constexpr char kStart[] = "{{%AUTOESCAPE context=\"HTML\"}}\n";

TEST(View, EscapesTextInTextAndInAttributes) {
  View view(English(), tpl::kEntry);
  view.Set(key::kLang, "en\"><script>");
  view.Set(key::kPageTitle, "</title><script>alert(1)</script> & 'x'");
  const std::string page = view.Render();
  EXPECT_TRUE(
      Has(page,
          "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;x&#39;</title>"));
  EXPECT_FALSE(Has(page, "<script"));
}

TEST(View, PutsSafeHtmlAsItIs) {
  View view(English(), tpl::kEntry);
  Block open = view.Add(key::kOpenEntry);
  open.Set(key::kBodyHtml, Html("<p>a &amp; b</p>"));
  EXPECT_TRUE(Has(view.Render(), "<p>a &amp; b</p>"));
}

TEST(View, LeavesCheckedAddressesWholeButCannotBeLeftThroughTheirQuotes) {
  View view(English(), tpl::kEntry);
  view.Show(key::kLines);
  Block actions = view.Add(key::kActions);
  actions.Show(key::kMailLine, key::kMailUrl, Url("mailto:?subject=a%20b&body=\"x\""));
  EXPECT_TRUE(Has(view.Render(), "href=\"mailto:?subject=a%20b&amp;body=&quot;x&quot;\""));
}

TEST(View, KeepsTheLinesOfATextThatIsBeingWritten) {
  View view(English(), tpl::kEntry);
  Block form = view.Add(key::kCommentForm);
  form.Set(key::kPostValue, "\n one\n\n\ttwo </textarea>");
  EXPECT_TRUE(Has(view.Render(), ">\n\n one\n\n\ttwo &lt;/textarea&gt;</textarea>"));
}

TEST(View, ASectionIsAbsentUntilItIsShownAndRepeatsForEachAdd) {
  View view(English(), tpl::kError);
  EXPECT_FALSE(Has(view.Render(), "suggestions"));
  Block list = view.Add(key::kSuggestions);
  for (const char* title : {"One", "Two"})
    list.Add(key::kSuggestion).Set(key::kSuggestionTitle, title);
  view.Show(key::kFind, false);
  const std::string text = Text(view.Render());
  EXPECT_TRUE(Has(text, "One Two"));
  EXPECT_FALSE(Has(text, "Search for"));
}

void FillComment(Block block, const char* name, const char* site) {
  block.Set(key::kCommentAuthor, name);
  if (*site != '\0') {
    block.Show(key::kCommentLinked, key::kCommentAuthorUrl, Url(site));
  } else {
    block.Show(key::kCommentUnlinked);
  }
}

TEST(View, AReplyInheritsNothingFromTheCommentAboveIt) {
  View view(English(), tpl::kEntry);
  view.Show(key::kComments);
  Block thread = view.Add(key::kThreads).Add(key::kThread);
  FillComment(thread.Add(key::kThreadFirst), "Ines", "https://ines.example/");
  FillComment(thread.Add(key::kReplies).Add(key::kReply), "Tom", "");
  const std::string page = view.Render();
  EXPECT_EQ(page.find("ines.example"), page.rfind("ines.example"));
  EXPECT_TRUE(Has(page, "<span class=\"p-author h-card\" dir=\"auto\">Tom</span>"));
}

TEST(View, AFragmentStandsInAnotherPage) {
  View side(English(), tpl::kSidebar);
  side.Add(key::kSideSection).Show(key::kSideSearch);
  View view(English(), tpl::kEntry);
  view.Show(key::kSidebar, key::kSidebarHtml, side.RenderFragment());
  EXPECT_TRUE(Has(view.Render(), "<form role=\"search\""));
}

TEST(EntryPage, ReadsWithSpacesBetweenItsParts) {
  View view(English(), tpl::kEntry);
  view.Set(key::kWeekday, "Monday");
  view.Set(key::kMonth, "Mar");
  view.Set(key::kDay, 19);
  view.Set(key::kYear, 2007);
  view.Show(key::kLines);
  Block actions = view.Add(key::kActions);
  actions.Show(key::kPermalinkLine);
  actions.Show(key::kPrintLine);
  actions.Show(key::kMailLine);
  View side(English(), tpl::kSidebar);
  Block links = side.Add(key::kSideSection).Add(key::kSideLinks);
  for (const char* name : {"Read", "Think", "Learn", "Laugh"})
    links.Add(key::kSideLink).Set(key::kSideLinkTitle, name);
  view.Show(key::kSidebar, key::kSidebarHtml, side.RenderFragment());
  const std::string text = Text(view.Render());
  EXPECT_TRUE(Has(text, "Monday Mar 19 2007"));
  EXPECT_TRUE(Has(text, "Permalink View Printer Friendly Version Email Article to Friend"));
  EXPECT_TRUE(Has(text, "Read Think Learn Laugh"));
}

TEST(EntryPage, ItsDatesFollowTheOrderOfTheLanguage) {
  const Templates british({.language = "en-GB", .theme = "", .lazy = true});
  View view(british, tpl::kEntry);
  view.Set(key::kMonth, "Mar");
  view.Set(key::kDay, 19);
  view.Set(key::kYear, 2007);
  EXPECT_TRUE(Has(Text(view.Render()), "19 Mar 2007"));
}

TEST(EntryPage, NeighboursVanishTogetherWithTheirBar) {
  const auto line = [](bool newer, bool older) {
    View view(English(), tpl::kEntry);
    Block nav = view.Add(key::kNeighbours);
    if (newer) nav.Show(key::kNewer, key::kNewerTitle, "Rye & salt");
    if (older) nav.Show(key::kOlder, key::kOlderTitle, "Fog");
    const std::string page = view.Render();
    const size_t at = page.find("<nav class=\"neighbours\"");
    return page.substr(at, page.find("</nav>", at) - at);
  };
  EXPECT_EQ(Text(line(true, true)), " « Rye &amp; salt | Main | Fog » ");
  EXPECT_EQ(Text(line(false, true)), " Main | Fog » ");
  EXPECT_EQ(Text(line(true, false)), " « Rye &amp; salt | Main ");
  EXPECT_EQ(Text(line(false, false)), " Main ");
  EXPECT_TRUE(Has(line(true, true), "rel=\"next\" href=\"\" aria-label=\"Newer: Rye &amp; salt\""));
  EXPECT_TRUE(Has(line(true, true), "rel=\"prev\" href=\"\" aria-label=\"Older: Fog\""));
}

TEST(EntryPage, HasItsLandmarksInReadingOrder) {
  View view(English(), tpl::kEntry);
  view.Show(key::kNav);
  view.Show(key::kNeighbours);
  view.Show(key::kReferences);
  view.Show(key::kComments);
  view.Show(key::kCommentForm);
  view.Show(key::kSidebar);
  const std::string page = view.Render();
  size_t last = 0;
  for (const char* mark :
       {"<a class=\"skip\" href=\"#main\"", "<header class=\"site\"", "<nav aria-label=\"Pages\"",
        "<main id=\"main\"", "<nav class=\"neighbours\" aria-label=\"Entries\"", "<article",
        "<time class=\"leaf", "<h1", "id=\"references-title\"", "id=\"comments-title\"",
        "id=\"post-title\"", "</main>", "<aside", "<footer class=\"site\""}) {
    const size_t at = page.find(mark);
    ASSERT_NE(at, std::string::npos) << mark;
    EXPECT_GT(at, last) << mark;
    last = at;
  }
  EXPECT_EQ(page.find("<h1"), page.rfind("<h1"));
}

TEST(CommentForm, SaysWhichFieldIsWrongAndWhy) {
  View view(English(), tpl::kEntry);
  Block form = view.Add(key::kCommentForm);
  form.Show(key::kAuthorWrong, key::kAuthorError, English().words().Get(word::kErrAuthor));
  const std::string page = view.Render();
  EXPECT_TRUE(Has(page, "aria-invalid=\"true\" aria-describedby=\"c-author-error c-author-help\""));
  EXPECT_TRUE(Has(page, "id=\"c-author-error\">Enter the name to show with your comment."));
  EXPECT_EQ(page.find("aria-invalid"), page.rfind("aria-invalid"));
}

TEST(CommentForm, PrintsTheAllowedHtmlLiterallyAndOutsideTheDescription) {
  View view(English(), tpl::kEntry);
  Block form = view.Add(key::kCommentForm);
  form.Show(key::kAllowedHtmlList);
  const std::string text = Text(view.Render());
  EXPECT_TRUE(Has(text,
                  "Some HTML allowed: &lt;a href=\"\" title=\"\"&gt; &lt;abbr title=\"\"&gt; "
                  "&lt;acronym title=\"\"&gt; &lt;b&gt; "
                  "&lt;blockquote cite=\"\"&gt; &lt;code&gt; &lt;em&gt; &lt;i&gt; &lt;strike&gt; "
                  "&lt;strong&gt;"));
}

bool WellFormed(const std::string& xml) {
  XML_Parser parser = XML_ParserCreate(nullptr);
  const bool good = XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1) == XML_STATUS_OK;
  XML_ParserFree(parser);
  return good;
}

TEST(Feeds, AreWellFormedWhateverIsInThem) {
  std::string hostile = "]]> <x> & \" ' \t\n";
  for (int byte = 1; byte < 256; ++byte) hostile.push_back(static_cast<char>(byte));
  hostile += "\xef\xbf\xbe \xed\xa0\x80 \xf4\x90\x80\x80 \xc0\x80 \xf0\x9f\x8c\x8a \xe2";
  hostile.push_back('\0');
  for (const TemplateId id : {tpl::kRss, tpl::kAtom}) {
    View view(English(), id);
    view.Set(key::kFeedTitle, hostile);
    view.Set(key::kFeedSelfUrl, Url(hostile));
    Block item = view.Add(key::kFeedItem);
    item.Set(key::kItemTitle, hostile);
    item.Set(key::kItemSummary, hostile);
    item.Set(key::kItemGuid, hostile);
    item.Add(key::kItemCategory).Set(key::kItemCategoryName, hostile);
    item.Show(key::kItemFull, key::kItemContentHtml, Html("<p>]]>" + hostile + "</p>"));
    const std::string xml = view.Render();
    EXPECT_TRUE(WellFormed(xml));
    EXPECT_TRUE(xml.starts_with("<?xml "));
    EXPECT_TRUE(Has(xml, "\xf0\x9f\x8c\x8a"));
    EXPECT_TRUE(Has(xml, "&lt;p&gt;]]&gt;"));
  }
}

TEST(Feeds, AnRssDescriptionIsReadAsHtmlSoPlainTextIsEscapedTwice) {
  View view(English(), tpl::kRss);
  view.Add(key::kFeedItem).Set(key::kItemSummary, "a < b");
  EXPECT_TRUE(Has(view.Render(), "<description>a &amp;lt; b</description>"));
}

TEST(PlainText, AValueCannotBeginALineOfItsOwn) {
  View view(English(), tpl::kRobots);
  view.Show(key::kWelcome);
  view.Set(key::kSitemapUrl, Url("https://example.org/a?b&c\nDisallow: /"));
  const std::string text = view.Render();
  EXPECT_TRUE(Has(text, "Sitemap: https://example.org/a?b&cDisallow: /"));
  EXPECT_TRUE(Has(text, "User-agent: *\nDisallow: "));
}

TEST(Templates, AThemeReplacesFilesWordsAndStyle) {
  const Theme theme;
  theme.Put("error.tpl", std::string(kStart) +
                             "<h1>{{MESSAGE_TITLE}}</h1> [[nav.archive]] [[static:style.css]]");
  theme.Put("words.txt", "nav.archive = The <shelf>\n");
  theme.Put("style.css", "p { color: red }");
  const Templates templates(theme.Set());
  View view(templates, tpl::kError);
  view.Set(key::kMessageTitle, "Gone");
  const std::string page = view.Render();
  const std::string hashed = "style." + ContentHash("p { color: red }") + ".css";
  EXPECT_TRUE(Has(page, "<h1>Gone</h1> The &lt;shelf&gt; static/" + hashed));
  bool found = false;
  for (const StaticFile& file : templates.static_files()) {
    if (file.name == "style.css") {
      found = file.hashed == hashed && file.bytes() == "p { color: red }";
    }
  }
  EXPECT_TRUE(found);
  EXPECT_NE(templates.fingerprint(), English().fingerprint());
}

TEST(Templates, APartOfTheThemeReachesEveryPage) {
  const Theme theme;
  theme.Put("parts/close.tpl", std::string(kStart) + "<p>fin</p>\n");
  const Templates templates(theme.Set());
  EXPECT_TRUE(Has(View(templates, tpl::kEntry).Render(), "<p>fin</p>"));
  EXPECT_TRUE(Has(View(templates, tpl::kSearch).Render(), "<p>fin</p>"));
}

TEST(Templates, ABrokenThemeStopsTheStartAndSaysWhy) {
  const struct {
    const char* name;
    std::string bytes;
    const char* complaint;
  } cases[] = {
      {"entry.tpl", "<p>no context</p>", "must begin with"},
      {"entry.tpl", std::string(kStart) + "[[no.such.text]]", "no text is called no.such.text"},
      {"entry.tpl", std::string(kStart) + "[[>parts/none]]", "there is no file parts/none.tpl"},
      {"entry.tpl", std::string(kStart) + "[[static:none.css]]", "no static file none.css"},
      {"entry.tpl", std::string(kStart) + "[[entry.older]]", "needs a value for {title}"},
      {"entry.tpl", std::string(kStart) + "[[nav.main", "[[ is not closed"},
      {"entry.tpl", std::string(kStart) + "{{! not closed", "a comment is not closed"},
      {"entry.tpl", std::string(kStart) + "{{#OPEN}}never closed",
       "{{#OPEN}} is not closed (entry.tpl, line 2)"},
      {"parts/leaf.tpl", std::string(kStart) + "[[>parts/leaf]]", "without end"},
      {"parts/leaf.tpl", "{{%AUTOESCAPE context=\"XML\"}}\n<x/>", "a part for XML"},
      {"words.txt", "nav.main", "words.txt of the theme, line 1"},
  };
  for (const auto& c : cases) {
    const Theme theme;
    theme.Put(c.name, c.bytes);
    EXPECT_TRUE(Has(theme.Complaint(), c.complaint)) << c.complaint << "\n" << theme.Complaint();
  }
}

TEST(Templates, AFolderThatIsNotThereIsNoTheme) {
  EXPECT_NO_THROW(Templates({.language = "en", .theme = "/nowhere/at/all", .lazy = false}));
}

TEST(Templates, StaticNamesOfTheBuildAreThoseOfTheProgram) {
  for (const EmbeddedFile& file : EmbeddedStatic()) {
    EXPECT_TRUE(Has(std::string(file.hashed), ContentHash(file.bytes()))) << file.name;
  }
}

TEST(BodyForPage, PutsTablesIntoAGroupThatTheKeyboardReaches) {
  const Words words("en");
  EXPECT_EQ(
      BodyForPage(Html("<p>a</p><table><tr><td><table></table></td></tr></table>b"), words).view(),
      "<p>a</p><div class=\"scroll\" role=\"group\" tabindex=\"0\" "
      "aria-label=\"Table\"><table><tr><td><table></table>"
      "</td></tr></table></div>b");
  EXPECT_EQ(BodyForPage(Html("a<"), words).view(), "a<");
}

TEST(BodyForPage, NamesLinksAroundPicturesThatSayNothing) {
  const Words words("en");
  EXPECT_EQ(
      BodyForPage(Html(R"(<a href="/b"><img src="/m/a&amp;b.gif?x" alt=""></a>)"), words).view(),
      R"(<a href="/b" aria-label="Picture a&amp;b.gif"><img src="/m/a&amp;b.gif?x" alt=""></a>)");
  for (const char* named : {R"(<a href="/b"><img src="/a.gif" alt="A"></a>)",
                            R"(<a href="/b"><img src="/a.gif" alt=""> words</a>)",
                            R"(<a href="/b" title="T"><img src="/a.gif" alt=""></a>)",
                            R"(<img src="/a.gif" alt=""><a href="/b">x</a>)"})
    EXPECT_EQ(BodyForPage(Html(named), words).view(), named);
}

TEST(BodyForPage, SaysACaptionOnce) {
  const Words words("en");
  EXPECT_EQ(
      BodyForPage(
          Html(R"(<figure><img src="/a" alt="Bridge"><figcaption>Bridge</figcaption></figure>)"
               R"(<figure><img src="/a" alt="Bridge"><figcaption>A bridge</figcaption></figure>)"),
          words)
          .view(),
      R"(<figure><img src="/a" alt=""><figcaption>Bridge</figcaption></figure>)"
      R"(<figure><img src="/a" alt="Bridge"><figcaption>A bridge</figcaption></figure>)");
}

TEST(BodyForPage, MakesAnEmptyHeadingOfATableACell) {
  const Words words("en");
  EXPECT_EQ(BodyForPage(Html("<tr><th></th><th>a</th></tr>"), words).view(),
            "<tr><td></td><th>a</th></tr>");
}

TEST(BodyForPage, ShowsElementsThatHtmlGaveUpByTheirHeirs) {
  const Words words("en");
  EXPECT_EQ(
      BodyForPage(Html("<strike>a</strike><acronym title=\"<strike\">b</acronym>"), words).view(),
      "<s>a</s><abbr title=\"<strike\">b</abbr>");
}

TEST(BodyForPage, HidesLongRulesFromThoseWhoListenAndOnlyThem) {
  const Words words("en");
  const std::string rule(36, '_');
  EXPECT_EQ(BodyForPage(Html("<p>" + rule + "</p>"), words).view(),
            "<p><span class=\"rule\" aria-hidden=\"true\">" + rule + "</span></p>");
  EXPECT_EQ(
      BodyForPage(Html("<span aria-hidden=\"true\">" + rule + "</span> " + rule), words).view(),
      "<span class=\"rule\" aria-hidden=\"true\">" + rule +
          "</span> <span class=\"rule\" aria-hidden=\"true\">" + rule + "</span>");
  EXPECT_EQ(BodyForPage(Html("--------- =========-========="), words).view(),
            "--------- =========-=========");
  const std::string attribute = "<a href=\"/x" + rule + "\">y</a>";
  EXPECT_EQ(BodyForPage(Html(attribute), words).view(), attribute);
}

TEST(PrintLinks, WriteOutAddressesBehindTheirLinks) {
  EXPECT_EQ(WriteOutLinks(Html("<a href=\"https://x.example/?a&amp;b\" rel=\"x\">x</a> y")).view(),
            "<a href=\"https://x.example/?a&amp;b\" rel=\"x\">x</a> <span "
            "class=\"address\">(https://x.example/?a&amp;b)</span> y");
  EXPECT_EQ(
      WriteOutLinks(Html("<a href=\"mailto:a@x.example\">write</a>")).view(),
      "<a href=\"mailto:a@x.example\">write</a> <span class=\"address\">(a@x.example)</span>");
  for (const char* same : {"<a href=\"https://x.example/\">https://x.example/</a>",
                           "<a href=\"#fn-1\">1</a>", "<a href=\"", "plain", ""}) {
    EXPECT_EQ(WriteOutLinks(Html(same)).view(), same);
  }
}

TEST(JsonLd, CannotLeaveItsDataBlock) {
  PostingLd posting;
  posting.headline = "</script><!-- & \" \\ \n\xff";
  const std::string json = PostingJsonLd(posting).str();
  EXPECT_EQ(json.find('<'), std::string::npos);
  EXPECT_EQ(json.find('&'), std::string::npos);
  EXPECT_TRUE(Has(json, "\"headline\":\"\\u003c/script\\u003e"));
  View view(English(), tpl::kEntry);
  view.Show(key::kJsonLd, key::kJsonLdHtml, PostingJsonLd(posting));
  EXPECT_TRUE(Has(view.Render(),
                  "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\""));
}

TEST(Tree, NestsChildrenAndStopsAtADepthThatNobodyHas) {
  TreeNode node{"leaf", Url("/x"), 1, {}};
  for (int i = 0; i < 40; ++i) node = TreeNode{"n" + std::to_string(i), Url("/x"), 1, {node}};
  const std::string html = RenderTree(English(), {node}).str();
  EXPECT_TRUE(Has(html, "n39"));
  EXPECT_TRUE(Has(html, "n24"));
  EXPECT_FALSE(Has(html, "n23"));
  EXPECT_TRUE(RenderTree(English(), {}).empty());
}

}  // namespace
}  // namespace daybook::templates
