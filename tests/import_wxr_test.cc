// A WordPress export becomes a journal: what is taken, where it answers, and what the report says
// of the rest.
#include "journal/edit.h"
#include "tests/import_fixture.h"

namespace daybook::journal {
namespace {

// A picture of 2 by 1.
const std::string kPng("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x02\0\0\0\0\0\0\0",
                       33);

class ImportWxrTest : public ImportTest {
 protected:
  std::filesystem::path Media() {
    File("media/2010/05/pier.png", kPng);
    File("media/2010/05/poster.jpg", "no picture at all");
    return folder_ / "media";
  }
};

TEST_F(ImportWxrTest, EverythingFoundIsTakenOrInTheReport) {
  const ImportResult result = Import(Fixture("import_shore.xml"), Media());
  const ImportReport& r = result.report;
  EXPECT_EQ(result.end, ImportEnd::kDone) << result.refusal << ReportText(r);
  EXPECT_EQ(r.entries.found, 4);
  EXPECT_EQ(r.entries.taken, 4);
  EXPECT_EQ(r.pages.taken, 2);
  EXPECT_EQ(r.comments.found, 5);
  EXPECT_EQ(r.comments.taken, 5);
  EXPECT_EQ(r.references.taken, 2);
  EXPECT_EQ(r.files.found, 4);  // pier.png, missing.jpg, poster.jpg, gone.mp4
  EXPECT_EQ(r.files.taken, 1);
  EXPECT_TRUE(Needs(r, "/wp-content/uploads/2010/05/missing.jpg: It is not in the media folder."));
  EXPECT_TRUE(Needs(r, "gone.mp4"));
  EXPECT_TRUE(Needs(r, "poster.jpg: What is in the file is no picture."));
  EXPECT_TRUE(Needs(r, "Items of the kind “product” were left out"));
  EXPECT_TRUE(Needs(r, "The shortcode [harbour-map] means nothing here"));
  EXPECT_TRUE(Needs(r, "The block “latest-posts” was left out"));
  EXPECT_TRUE(Needs(r, "It links to /lost/, and nothing is at that address."));
  EXPECT_FALSE(Needs(r, "[sic]"));
  EXPECT_EQ(
      ReportText(r).find(
          "entries: 4 found = 4 taken + 0 not taken\npages: 2 found = 2 taken + 0 not taken\n"),
      0u);
}

TEST_F(ImportWxrTest, EntriesKeepTheirAddressesBelowTheOldRoot) {
  (void)Import(Fixture("import_shore.xml"), Media());
  EXPECT_EQ(Entry("path", "Younger"), "/2012/04/05/younger/");
  EXPECT_EQ(Entry("path", "Team"), "/about/team/");
  EXPECT_EQ(Redirect("/?p=30"), "/2012/04/05/younger/ 301");
  EXPECT_EQ(Redirect("/?page_id=20"), "/about/ 301");
  EXPECT_EQ(Redirect("/2012/04/05/young/"), "/2012/04/05/younger/ 301");
  EXPECT_EQ(Redirect("/2012/04/05/younger/2/"), "/2012/04/05/younger/ 301");
  EXPECT_EQ(Redirect("/2010/05/03/elder/pier/"), "/2010/05/03/elder/ 301");
  EXPECT_EQ(Redirect("/?attachment_id=40"), "/2010/05/03/elder/ 301");
  EXPECT_EQ(Redirect("/?cat=7"), "/category/tides 301");
  EXPECT_EQ(Redirect("/?author=4"), "/author/mo 301");
  EXPECT_EQ(Redirect("/topics/sea/tides/"), "/category/tides 301");
  EXPECT_EQ(Redirect("/tag/c++"), "/tag/c 301");
  EXPECT_EQ(Redirect("/wp-content/uploads/2010/05/pier.png"), "/media/2010/05/pier.png 301");
  EXPECT_EQ(Redirect("/wp-content/uploads/2010/05/pier-300x200.png"),
            "/media/2010/05/pier.png 301");
  EXPECT_EQ(journal_->Load().permalink, "/{year}/{month2}/{day2}/{slug}/");
}

TEST_F(ImportWxrTest, ASlipInTheNameOfAWriterDoesNotRenameTheAuthor) {
  const std::string item =
      "<title>Slip</title><wp:post_id>9</wp:post_id><wp:post_type>post</wp:post_type>"
      "<wp:status>publish</wp:status><wp:post_date_gmt>2012-01-02 03:04:05</wp:post_date_gmt>";
  const ImportResult r =
      ImportText("slip.xml",
                 "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" "
                 "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>"
                 "<title>T</title><wp:wxr_version>1.2</"
                 "wp:wxr_version><wp:author><wp:author_login>ann</wp:author_login>"
                 "<wp:author_email>ann@example.org</wp:author_email><wp:author_display_name>Ann "
                 "Lee</wp:author_display_name>"
                 "</wp:author><item>" +
                     item + "<dc:creator>>ann</dc:creator></item></channel></rss>");
  ASSERT_EQ(r.end, ImportEnd::kDone) << r.refusal;
  EXPECT_EQ(Entry("(select name from author where author.id = author_id)", "Slip"), "Ann Lee");
}

TEST_F(ImportWxrTest, FieldsOfAnEntryAreKept) {
  (void)Import(Fixture("import_shore.xml"), Media());
  EXPECT_EQ(Entry("guid", "Younger"), "https://shore.example/blog/?p=30");
  EXPECT_EQ(Entry("pinned || excerpt", "Younger"), "1In short.");
  EXPECT_EQ(Entry("visible_at || ' ' || year || '-' || month || '-' || day", "Younger"),
            "1333578600 2012-4-5");
  EXPECT_EQ(Entry("more", "Younger"), "After the fold, with ]]> inside.\n\nSecond page.");
  EXPECT_EQ(Entry("status", "Thought"), "0");
  EXPECT_EQ(Entry("password", "Locked"), "sesame");
  EXPECT_EQ(Entry("comments", "Elder"), "3");  // closed, and nobody ever said anything
  EXPECT_EQ(Entry("(select name from author a where a.id = author_id)", "Elder"), "Mo & Co");
  EXPECT_EQ(Entry("(select name from author a where a.id = author_id)", "Locked"), "stranger");
  EXPECT_EQ(Entry("(select title from entry p where p.id = entry.parent_id)", "Team"), "About");
  EXPECT_EQ(Ask("select (select name from category p where p.id = c.parent_id) from category c "
                "where slug = 'tides'"),
            "Sea");
  EXPECT_EQ(Ask("select name from category where slug = 'kelp'"), "Kelp");
  EXPECT_EQ(Entry("(select path from media m where m.id = featured_id)", "Younger"),
            "2010/05/pier.png");
  EXPECT_EQ(
      Entry("body", "Younger")
          .find(
              "<figure class=\"featured\"><img src=\"/media/2010/05/pier.png\" alt=\"The pier\">"),
      0u);
  EXPECT_EQ(Ask("select width || 'x' || height || ' ' || mime || ' ' || alt from media"),
            "2x1 image/png The pier");
  EXPECT_TRUE(std::filesystem::exists(journal_->home.Media() / "2010/05/pier.png"));
}

TEST_F(ImportWxrTest, TextBecomesHtmlThatNeedsNoWordPress) {
  (void)Import(Fixture("import_shore.xml"), Media());
  const std::string body = Entry("body", "Elder");
  const auto holds = [&](std::string_view what) { return body.find(what) != std::string::npos; };
  EXPECT_TRUE(holds("<a href=\"/2012/04/05/younger/#comments\">younger</a>")) << body;
  EXPECT_TRUE(holds("<a href=\"https://shore.example/other/\">"));
  EXPECT_TRUE(
      holds("<figure class=\"alignleft\"><a href=\"/media/2010/05/pier.png\"><img "
            "src=\"/media/2010/05/pier.png\" "
            "srcset=\"/media/2010/05/pier.png 600w\" alt=\"Pier\"></a><figcaption>The old "
            "<em>pier</em></figcaption></figure>"));
  EXPECT_TRUE(
      holds("<div class=\"gallery\"><figure><a href=\"/media/2010/05/pier.png\"><img "
            "src=\"/media/2010/05/pier.png\" alt=\"The pier\"></a><figcaption>At low "
            "tide</figcaption></figure>"));
  EXPECT_TRUE(holds("<a href=\"https://video.example/watch?v=1&amp;t=2\">"));
  EXPECT_TRUE(holds("[harbour-map zoom=\"3\"] stays. [gallery] too. He said [sic] once."));
  EXPECT_EQ(Entry("body || '|' || more || '|' || format", "Locked").find("wp:"), std::string::npos);
  EXPECT_EQ(Entry("trim(body)", "Locked"), "<p>Behind a door</p>");
  EXPECT_NE(Entry("more", "Locked").find("<p>of two paragraphs</p>"), std::string::npos);
}

TEST_F(ImportWxrTest, ThreadsStatusesAndReferencesAreKept) {
  (void)Import(Fixture("import_shore.xml"));
  const std::string names =
      "select group_concat(author_name || status || coalesce((select author_name from comment p "
      "where "
      "p.id = comment.parent_id), ''), ' ') from (select * from comment order by id) comment";
  // Oldest first, but a parent before its replies; what is deeper hangs below the first.
  EXPECT_EQ(Ask(names), "First1 Second1First Third1First Held0 Junk2");
  EXPECT_EQ(Ask("select group_concat(author_email || author_url || network, '|') from comment "
                "where author_name in ('First', 'Third')"),
            "first@reader.examplehttps://first.example/|");
  EXPECT_EQ(Ask("select (select slug from author a where a.id = author_id) from comment where "
                "author_name = 'Second'"),
            "mo");
  EXPECT_EQ(
      Ask("select via || title || site_name || url || excerpt from reference order by id limit 1"),
      "2An answerTheir sitehttps://other.example/answerOf some words.");
  EXPECT_EQ(Ask("select via || title from reference order by id desc limit 1"), "3A page title");
  EXPECT_EQ(Entry("comment_count || ' ' || reference_count", "Younger"), "3 2");
}

// So that an old link to #comment-4 goes on leading to that comment.
TEST_F(ImportWxrTest, CommentsKeepTheirNumbersWhereTheyAreFree) {
  std::string text = Read(Fixture("import_shore.xml"));
  const auto number = [&](const char* from, const char* to) {
    const std::string tag = "<wp:comment_id>";
    text.replace(text.find(tag + from + "<") + tag.size(), std::string(from).size(), to);
  };
  const std::string old = "<wp:comment_parent>4<";
  while (text.find(old) != std::string::npos)
    text.replace(text.find(old), old.size(), "<wp:comment_parent>8123<");
  number("4", "8123");
  number("5", "9999999999999");
  (void)ImportText("numbers.xml", text);
  EXPECT_EQ(Ask("select count(*) from comment c join import_item i on i.kind = 'comment' and "
                "i.local_id = c.id where cast(i.item as integer) <> c.id"),
            "1")
      << "the number that nobody can have had";
  EXPECT_EQ(Ask("select count(*) from comment where id = 8123"), "1");
  EXPECT_EQ(Ask("select max(id) < 100000 from comment"), "1");
  // Another journal's, which had the same numbers.
  const std::string site = "https://shore.example";
  for (std::size_t at = 0; (at = text.find(site, at)) != std::string::npos; at += site.size())
    text.replace(at, site.size(), "https://ocean.example");
  const std::string before = Ask("select count(*) from comment");
  (void)ImportText("ocean.xml", text);
  EXPECT_EQ(Ask("select count(*) = 2 * " + before + " from comment"), "1");
  EXPECT_EQ(Ask("select count(*) from comment where id = 8123"), "1");
}

TEST_F(ImportWxrTest, RowsGrowWithTimeButAPageComesAfterTheOneAboveIt) {
  (void)Import(Fixture("import_shore.xml"));
  EXPECT_EQ(Ask("select group_concat(title) from (select title from entry order by id)"),
            "About,Team,Elder,Locked,Younger,Thought");
}

TEST_F(ImportWxrTest, ASecondRunChangesNothing) {
  (void)Import(Fixture("import_shore.xml"), Media());
  const std::string before = Dump();
  const ImportReport again = Import(Fixture("import_shore.xml"), Media()).report;
  EXPECT_EQ(Dump(), before);
  EXPECT_EQ(again.entries.here_before, 4);
  EXPECT_EQ(again.comments.here_before, 5);
  EXPECT_EQ(again.files.here_before, 1);
}

TEST_F(ImportWxrTest, ANewerExportAddsOnlyWhatIsNew) {
  std::string text = Read(Fixture("import_shore.xml"));
  std::string older = text;
  older.erase(
      older.find("<wp:comment><wp:comment_id>4<"),
      older.find("<wp:comment><wp:comment_id>5<") - older.find("<wp:comment><wp:comment_id>4<"));
  (void)ImportText("older.xml", older);
  EXPECT_EQ(Ask("select count(*) from comment"), "4");
  (void)ImportText("newer.xml", text);
  EXPECT_EQ(Ask("select count(*) || ' ' || (select count(*) from entry) from comment"), "5 6");
}

TEST_F(ImportWxrTest, FilesThatComeLaterAreTakenByAnotherRun) {
  (void)Import(Fixture("import_shore.xml"));
  EXPECT_NE(Entry("body", "Elder").find("src=\"/wp-content/uploads/2010/05/pier-300x200.png\""),
            std::string::npos);
  EXPECT_EQ(Import(Fixture("import_shore.xml"), Media()).report.files.taken, 1);
  EXPECT_EQ(Redirect("/wp-content/uploads/2010/05/pier-300x200.png"),
            "/media/2010/05/pier.png 301");
  EXPECT_EQ(Entry("featured_id is not null", "Younger"), "1");
}

TEST_F(ImportWxrTest, TextsThatNobodyEditedShowTheFilesThatCameLater) {
  NewHome();
  (void)Import(Fixture("import_shore.xml"), Media());
  const auto shown = [&] {
    return Ask(
        "select group_concat(body || more || body_html || updated_at || comment_count) from "
        "(select * from entry order by id)");
  };
  const std::string at_once = shown(), answers = Ask("select count(*) from comment");
  NewHome();
  (void)Import(Fixture("import_shore.xml"));
  EXPECT_NE(shown(), at_once);
  (void)Import(Fixture("import_shore.xml"), Media());
  EXPECT_EQ(shown(), at_once);
  EXPECT_NE(Entry("body_html", "Elder").find("width=\"2\""), std::string::npos);
  EXPECT_EQ(Ask("select count(*) || ' ' || (select count(*) from comment) from entry"),
            "6 " + answers);
  (void)Import(Fixture("import_shore.xml"), Media());
  EXPECT_EQ(shown(), at_once);
}

TEST_F(ImportWxrTest, WhatTheOwnerEditedIsLeftAlone) {
  (void)Import(Fixture("import_shore.xml"));
  const Id id = std::stoll(Entry("id", "Elder"));
  const Settings settings = journal_->Load();
  journal_->db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    EntryDraft draft = *LoadDraft(tx, id);
    draft.body += " My own words.";
    return ReplaceEntry(tx, settings, id, draft, kNow);
  });
  const std::string mine = Entry("body", "Elder"), other = Entry("body", "Younger");
  (void)Import(Fixture("import_shore.xml"), Media());
  EXPECT_EQ(Entry("body", "Elder"), mine);
  EXPECT_NE(Entry("body", "Younger"), other);
}

TEST_F(ImportWxrTest, ATrialWritesNothing) {
  const std::string before = Dump();
  ImportOptions options;
  options.files = {Fixture("import_shore.xml")};
  options.media = Media();
  options.dry_run = true;
  const ImportReport report = journal::Import(*journal_, options, kNow).report;
  EXPECT_EQ(report.entries.taken, 4);
  EXPECT_EQ(report.files.taken, 1);
  EXPECT_EQ(Dump(), before);
  EXPECT_FALSE(std::filesystem::exists(journal_->home.Media() / "2010"));
}

TEST_F(ImportWxrTest, AFileCutOffAnywhereIsRefusedWithItsLineAndWritesNothing) {
  const std::string text = Read(Fixture("import_shore.xml"));
  const std::string before = Dump();
  for (std::size_t part = 0; part < 50; ++part) {
    const ImportResult result =
        ImportText("cut.xml", std::string_view(text).substr(0, text.size() * part / 50));
    EXPECT_EQ(result.end, ImportEnd::kRefused) << part;
    EXPECT_NE(result.refusal.find("cut.xml, line "), std::string::npos) << result.refusal;
  }
  EXPECT_EQ(Dump(), before);
}

TEST_F(ImportWxrTest, BrokenOrForeignXmlIsRefused) {
  const std::string text = Read(Fixture("import_shore.xml"));
  const auto with = [&](std::string_view what, std::string_view to) {
    std::string changed = text;
    return changed.replace(changed.find(what), what.size(), to);
  };
  EXPECT_NE(ImportText("a.xml", with("<title>Team</title>", "<title>Team</titel>"))
                .refusal.find("mismatched tag"),
            std::string::npos);
  EXPECT_NE(ImportText("a.xml", with(">1.2<", ">abc<")).refusal.find("“abc”"), std::string::npos);
  EXPECT_EQ(ImportText("a.xml", with("<wp:wxr_version>1.2</wp:wxr_version>", "")).end,
            ImportEnd::kRefused);
  EXPECT_EQ(ImportText("a.xml", "<html><body></body></html>").end, ImportEnd::kRefused);
  EXPECT_EQ(ImportText("a.xml", "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss><channel/></rss>").end,
            ImportEnd::kRefused);
  EXPECT_EQ(ImportText("a.xml", "").end, ImportEnd::kRefused);
  EXPECT_EQ(ImportText("a.bin", std::string("\0\1\2\3", 4)).end, ImportEnd::kRefused);
  EXPECT_EQ(Import(folder_ / "nowhere.xml").end, ImportEnd::kRefused);
}

TEST_F(ImportWxrTest, WhatEncodingsDoToAFileIsRepaired) {
  std::string text = Read(Fixture("import_shore.xml"));
  const std::string title = "<title>Team</title>";
  // Windows-1252 in a file that says UTF-8, a control character, one by reference, and an emoji as
  // two halves.
  text.replace(text.find(title), title.size(),
               "<title>T\xE9\x61m\x92s \x01&#x1F;\xED\xA0\xBD\xED\xB8\x80</title>");
  EXPECT_EQ(ImportText("a.xml", text).end, ImportEnd::kDone);
  EXPECT_EQ(Ask("select title from entry where path = '/about/team/'"), "Téam’s 😀");
  NewHome();
  text = Read(Fixture("import_shore.xml"));
  text.replace(text.find("UTF-8"), 5, "ISO-8859-1");
  text.replace(text.find(title), title.size(), "<title>\xDCml\xE4ut</title>");
  EXPECT_EQ(ImportText("a.xml", "\n\n" + text).end, ImportEnd::kDone);
  EXPECT_EQ(Ask("select title from entry where path = '/about/team/'"), "Ümläut");
}

TEST_F(ImportWxrTest, AnItemThatCannotBeTakenIsReportedAndTheRestGoesOn) {
  std::string text = Read(Fixture("import_shore.xml"));
  const std::string kind = "<wp:comment_type>comment</wp:comment_type>";
  text.replace(text.find(kind), kind.size(), "<wp:comment_type>order_note</wp:comment_type>");
  const ImportResult result = ImportText("a.xml", text);
  EXPECT_EQ(result.end, ImportEnd::kSomeFailed);
  EXPECT_EQ(result.ExitCode(), 1);
  EXPECT_EQ(result.report.comments.found - result.report.comments.taken, 1);
  EXPECT_TRUE(Needs(result.report, "order_note"));
  EXPECT_EQ(Ask("select count(*) from comment"), "4");
}

TEST_F(ImportWxrTest, AnItemTooLargeForTheMemoryIsLeftOutWithItsLine) {
  std::string text = Read(Fixture("import_shore.xml"));
  const std::size_t at = text.find("<item>");
  std::string large(13u << 20, 'x');
  for (std::size_t i = 100; i < large.size(); i += 100) large[i] = '\n';
  text.insert(at,
              "<item><title>Large</title><wp:post_id>900</wp:post_id><wp:post_type>post"
              "</wp:post_type><wp:status>publish</wp:status><content:encoded>" +
                  large + "</content:encoded></item>");
  const ImportResult result = ImportText("a.xml", text);
  EXPECT_EQ(result.end, ImportEnd::kSomeFailed);
  EXPECT_TRUE(Needs(result.report, "It is larger than 12 MB. It was not taken."));
  EXPECT_TRUE(Needs(result.report, "a.xml, line "));
  EXPECT_EQ(Ask("select count(*) from entry"), "6");
}

TEST_F(ImportWxrTest, AnInterruptedImportGoesOnToTheSameEnd) {
  (void)Import(Fixture("import_shore.xml"), Media());
  const std::string whole = Dump();
  int allowed = 0;
  NewHome();
  ImportResult result;
  for (int runs = 0; runs < 100; ++runs) {
    int asked = 0;
    ImportOptions options;
    options.files = {Fixture("import_shore.xml")};
    options.media = Media();
    options.interrupted = [&] { return ++asked > allowed; };
    result = journal::Import(*journal_, options, kNow);
    allowed += 1;
    if (result.end != ImportEnd::kInterrupted) break;
    EXPECT_TRUE(Needs(result.report, "give the same command again"));
  }
  EXPECT_EQ(result.end, ImportEnd::kDone);
  EXPECT_EQ(Dump(), whole);
}

}  // namespace
}  // namespace daybook::journal
