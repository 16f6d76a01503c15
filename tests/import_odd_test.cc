// What real exports hold that no description of the format mentions.
#include "tests/import_fixture.h"

namespace daybook::journal {
namespace {

class ImportOddTest : public ImportTest {
 protected:
  static std::string Item(const std::string& id, const std::string& title,
                          const std::string& more = "", const std::string& type = "post",
                          const std::string& status = "publish",
                          const std::string& date = "2010-05-03 10:00:00") {
    return "<item><title>" + title + "</title><link>https://old.example/2010/05/" + title +
           "/</link><wp:post_id>" + id + "</wp:post_id><wp:post_date>" + date +
           "</wp:post_date><wp:post_date_gmt>" + date + "</wp:post_date_gmt><wp:post_name>" +
           title + "</wp:post_name><wp:status>" + status + "</wp:status><wp:post_type>" + type +
           "</wp:post_type>" + more + "</item>";
  }
  static std::string Comment(const std::string& id, const std::string& text,
                             const std::string& type = "", const std::string& parent = "0") {
    return "<wp:comment><wp:comment_id>" + id +
           "</wp:comment_id><wp:comment_author>A</wp:comment_author><wp:comment_author_url>"
           "https://c.example/" +
           id +
           "</wp:comment_author_url><wp:comment_date_gmt>2010-06-01 10:00:00</wp:comment_date_gmt>"
           "<wp:comment_approved>1</wp:comment_approved><wp:comment_type>" +
           type + "</wp:comment_type><wp:comment_parent>" + parent +
           "</wp:comment_parent><wp:comment_content>" + text + "</wp:comment_content></wp:comment>";
  }
  static std::string Export(const std::string& items) {
    return "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" "
           "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>T</title>"
           "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example"
           "</wp:base_blog_url>" +
           items + "</channel></rss>";
  }
};

TEST_F(ImportOddTest, TwoCommentsOfOneIdAreTwoAndTheSameTwiceIsOne) {
  const std::string text =
      Export(Item("1", "a", Comment("5", "one") + Comment("5", "two") + Comment("5", "one")));
  EXPECT_EQ(ImportText("a.xml", text).report.comments.here_before, 1);
  EXPECT_EQ(Ask("select group_concat(body) from (select * from comment order by body)"), "one,two");
  EXPECT_EQ(ImportText("a.xml", text).report.comments.here_before, 3);
  EXPECT_EQ(Ask("select count(*) from comment"), "2");
}

TEST_F(ImportOddTest, CommentsAndPagesInACircleGetABeginning) {
  const ImportResult r =
      ImportText("a.xml", Export(Item("1", "a",
                                      Comment("1", "x", "", "2") + Comment("2", "y", "", "3") +
                                          Comment("3", "z", "", "1")) +
                                 Item("2", "b", "<wp:post_parent>3</wp:post_parent>", "page") +
                                 Item("3", "c", "<wp:post_parent>2</wp:post_parent>", "page") +
                                 Item("4", "d", "<wp:post_parent>4</wp:post_parent>", "page")));
  EXPECT_EQ(r.report.comments.taken, 3);
  EXPECT_EQ(r.report.pages.taken, 3);
  EXPECT_EQ(Ask("select count(*) from entry a join entry b on b.id = a.parent_id where b.parent_id "
                "= a.id or a.id = a.parent_id"),
            "0");
}

TEST_F(ImportOddTest, WebmentionsAreReferencesAndOtherKindsAreReported) {
  const ImportReport r =
      ImportText("a.xml", Export(Item("1", "a",
                                      Comment("1", "x", "webmention") + Comment("2", "x", "like") +
                                          Comment("3", "x", "order_note"))))
          .report;
  EXPECT_EQ(r.references.taken, 2);
  EXPECT_EQ(r.references.found, 2);
  EXPECT_EQ(r.comments.found, 1);
  EXPECT_EQ(r.comments.taken, 0);
  EXPECT_TRUE(Needs(r, "order_note"));
}

TEST_F(ImportOddTest, APublishedEntryWithoutADateIsReported) {
  const ImportReport r =
      ImportText("a.xml", Export(Item("1", "a", "", "post", "publish", "0000-00-00 00:00:00") +
                                 Item("2", "b", "", "post", "draft", "0000-00-00 00:00:00")))
          .report;
  EXPECT_TRUE(Needs(r, "line 1, entry “a”: It has no date that can be read"));
  EXPECT_FALSE(Needs(r, "entry “b”"));
}

TEST_F(ImportOddTest, WordPressesOwnAffairsAreNoMatterForTheOwner) {
  const ImportReport r =
      ImportText(
          "a.xml",
          Export(Item("1", "a", "", "POST", "PUBLISH") + Item("2", "b", "", "oembed_cache") +
                 Item("3", "c", "", "wp_global_styles") + Item("4", "d", "", "product") +
                 Item("5", "e", "<guid>https://old.example/?p=5</guid>", "attachment", "inherit")))
          .report;
  EXPECT_EQ(Entry("status", "a"), "1");
  EXPECT_FALSE(Needs(r, "oembed"));
  EXPECT_FALSE(Needs(r, "styles"));
  EXPECT_TRUE(Needs(r, "“product”"));
  EXPECT_TRUE(Needs(r, "cannot be read"));
  EXPECT_EQ(r.files.found, 1);
}

TEST_F(ImportOddTest, ANumberThatStandsForNothingIsNoPartOfTheAddressesToCome) {
  (void)ImportText("a.xml", Export(Item("1", "a", "", "post", "publish", "2012-01-01 00:00:00") +
                                   Item("2", "b", "", "post", "publish", "2013-01-01 00:00:00")));
  EXPECT_EQ(journal_->Load().permalink, "/{year}/{month}/{day}/{slug}.html");
  EXPECT_EQ(Entry("path", "a"), "/2010/05/a/");
}

TEST_F(ImportOddTest, ASizeOfAScaledPictureLeadsToThePicture) {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x02\0\0\0\0\0\0\0",
                        33);
  File("media/2010/05/big.jpg", png);
  const ImportResult r = Import(
      File("a.xml",
           Export(Item("1", "a",
                       "<content:encoded>&lt;img "
                       "src=\"http://www.old.example/wp-content/uploads/2010/05/big-scaled.jpg\"> "
                       "&lt;img src=\"//old.example/wp-content/uploads/2010/05/"
                       "big-scaled-300x200.jpg\"></content:encoded>"))),
      folder_ / "media");
  EXPECT_EQ(r.report.files.taken, 1) << ReportText(r.report);
  EXPECT_EQ(Entry("body", "a"),
            "<img src=\"/media/2010/05/big.jpg\"> <img src=\"/media/2010/05/big.jpg\">");
  EXPECT_EQ(Redirect("/wp-content/uploads/2010/05/big-scaled-300x200.jpg"),
            "/media/2010/05/big.jpg 301");
}

TEST_F(ImportOddTest, AShortcodeThatIsShownAsCodeStaysAsItIs) {
  (void)ImportText(
      "a.xml",
      Export(Item("1", "a",
                  "<content:encoded><![CDATA[<pre>[caption]x[/caption]</pre><p><code>[gallery "
                  "ids=\"1\"] [[audio src=\"x\"]]</code> [caption]y[/caption]</p>]]>"
                  "</content:encoded>")));
  EXPECT_EQ(Entry("body", "a"),
            "<pre>[caption]x[/caption]</pre><p><code>[gallery ids=\"1\"] [audio "
            "src=\"x\"]</code> \n\n<figure><figcaption>y</figcaption></figure>\n\n</p>");
}

TEST_F(ImportOddTest, EveryFormerNameOfAnEntryLeadsToIt) {
  const auto meta = [](const std::string& key, const std::string& value) {
    return "<wp:postmeta><wp:meta_key>" + key + "</wp:meta_key><wp:meta_value>" + value +
           "</wp:meta_value></wp:postmeta>";
  };
  (void)ImportText(
      "a.xml",
      Export(Item("1", "a",
                  meta("_wp_old_slug", "first") + meta("_wp_old_slug", "caf%C3%A9") +
                      meta("blogger_permalink", "http://x.blogspot.com/2011/02/my-trip.html")) +
             Item("2", "b", meta("blogger_permalink", "/2011/02/other.html"))));
  EXPECT_EQ(Redirect("/2010/05/first/"), "/2010/05/a/ 301");
  EXPECT_EQ(Redirect("/2010/05/café/"), "/2010/05/a/ 301");
  EXPECT_EQ(Redirect("/2011/02/my-trip.html"), "/2010/05/a/ 301");
  EXPECT_EQ(Redirect("/2011/02/other.html"), "/2010/05/b/ 301");
}

TEST_F(ImportOddTest, ALinkByNumberThatLeadsNowhereIsReported) {
  const ImportReport r =
      ImportText("a.xml", Export(Item("1", "a",
                                      "<content:encoded><![CDATA[<a href=\"/?p=1\">1</a> <a "
                                      "href=\"http://old.example/?p=99&amp;x=y\">2</a> <a "
                                      "href=\"/?cat=7\">3</a> <a href=\"/?s=word\">4</a>]]>"
                                      "</content:encoded>")))
          .report;
  EXPECT_TRUE(Needs(r, "It links to /?p=99&x=y, and nothing is at that address."));
  EXPECT_TRUE(Needs(r, "It links to /?cat=7, and nothing is at that address."));
  EXPECT_FALSE(Needs(r, "?p=1,"));
  EXPECT_FALSE(Needs(r, "?s="));
}

TEST_F(ImportOddTest, ALinkThatItsDateAndSlugAnswerIsNotReported) {
  const ImportReport r =
      ImportText("a.xml", Export(Item("1", "a",
                                      "<content:encoded><![CDATA[<a "
                                      "href=\"http://old.example/2010/05/03/a/\">1</a> <a "
                                      "href=\"http://old.example/2010/06/03/a/\">2</a>]]>"
                                      "</content:encoded>")))
          .report;
  EXPECT_FALSE(Needs(r, "/2010/05/03/a/")) << ReportText(r);
  EXPECT_TRUE(Needs(r, "/2010/06/03/a/")) << ReportText(r);
}

TEST_F(ImportOddTest, ControlsAreNamedInTheReport) {
  ImportReport r;
  r.Need({"a\x1B[2J.xml", 3, "entry “x\u202Ey\nz”", "A reason."});
  r.notes.push_back("\u2066note");
  const std::string text = ReportText(r);
  EXPECT_NE(text.find("aU+001B[2J.xml, line 3, entry “xU+202Ey z”: A reason.\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("U+2066note\n"), std::string::npos) << text;
}

TEST_F(ImportOddTest, WhatWasShownFromElsewhereIsReported) {
  const ImportReport r =
      ImportText("a.xml",
                 Export(Item("1", "a",
                             "<content:encoded><![CDATA[<img src=\"https://1.bp.blogspot.example/"
                             "a.jpg\" srcset=\"https://1.bp.blogspot.example/a.jpg 2x\"> <iframe "
                             "src=\"//player.example/1\"></iframe> <a "
                             "href=\"https://elsewhere.example/\">x</a>]]></content:encoded>")))
          .report;
  EXPECT_TRUE(
      Needs(r,
            "entry “a”: What was shown from 1.bp.blogspot.example is a link now. Put a copy "
            "into the journal’s media if it is to be seen again. (once)"));
  EXPECT_TRUE(Needs(r, "from player.example is a link now."));
  EXPECT_FALSE(Needs(r, "elsewhere.example"));
}

TEST_F(ImportOddTest, AJournalInSeveralFilesIsOne) {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x02\0\0\0\0\0\0\0",
                        33);
  File("media/2010/05/pier.png", png);
  ImportOptions options;
  options.media = folder_ / "media";
  options.files = {
      File("one.xml",
           Export(Item("1", "a",
                       "<content:encoded><![CDATA[[gallery ids=\"9\"] <img "
                       "src=\"https://old.example/wp-content/uploads/2010/05/pier.png\"> <img "
                       "src=\"/wp-content/uploads/2010/05/none.png\"> <a "
                       "href=\"https://old.example/2010/05/b/\">b</a>]]></content:encoded>") +
                  Item("3", "c", "<wp:post_parent>4</wp:post_parent>", "page"))),
      File("two.xml",
           Export(Item("2", "b",
                       "<content:encoded>&lt;img src=\"/wp-content/uploads/2010/05/"
                       "none.png\"></content:encoded>",
                       "post", "publish", "2010-05-04 10:00:00") +
                  Item("4", "d", "", "page", "publish", "2010-05-04 10:00:00") +
                  Item("9", "pier",
                       "<wp:attachment_url>https://old.example/wp-content/uploads/2010/05/pier.png"
                       "</wp:attachment_url>",
                       "attachment", "inherit")))};
  for (int time = 0; time < 2; ++time) {
    const ImportReport r = journal::Import(*journal_, options, kNow).report;
    EXPECT_EQ(r.files.found, 2) << ReportText(r);
    EXPECT_EQ(r.files.taken, 1);
    EXPECT_FALSE(Needs(r, "nothing is at that address")) << ReportText(r);
    EXPECT_EQ(r.Needs(), 1) << ReportText(r);
  }
  EXPECT_NE(Entry("body", "a").find("<div class=\"gallery\">"), std::string::npos);
  EXPECT_EQ(Ask("select b.title from entry a join entry b on b.id = a.parent_id"), "d");
}

TEST_F(ImportOddTest, ANameWithTheDateBeforeItIsNotPartOfTheSlug) {
  (void)ImportText("a.xml", Export("<item><title>Coast</title><link>/blog/2014/5/3/a-day</link>"
                                   "<wp:post_id>3</wp:post_id><wp:post_date>2014-05-03 15:59:15"
                                   "</wp:post_date><wp:post_name>2014/5/3/a-day</wp:post_name>"
                                   "<wp:status>publish</wp:status></item>"));
  EXPECT_EQ(Entry("slug || ' ' || path", "Coast"), "a-day /blog/2014/5/3/a-day");
}

}  // namespace
}  // namespace daybook::journal
