// Daybook's own JSON: a whole journal, its settings and its sidebar.
#include "tests/import_fixture.h"

namespace daybook::journal {
namespace {

class ImportJsonTest : public ImportTest {};

constexpr std::string_view kJournal = R"json({
 "daybook": 1,
 "settings": {"title": "Harbour", "tagline": "By the water", "zone": "Europe/Dublin", "front.entries": 5, "comments.replies": false},
 "authors": [{"slug": "mo", "name": "Mo", "email": "mo@mine.example", "url": "https://mo.example/", "about": "Writes."}],
 "categories": [{"slug": "tea", "name": "Tea", "parent": "food", "description": "Hot"}, {"slug": "food", "name": "Food", "parent": null}],
 "tags": [{"slug": "low-tide", "name": "low tide"}],
 "sidebar": [{"kind": "html", "caption": "About", "content": "<p>Hello</p>"}, {"kind": "links", "caption": "Read", "links": [{"title": "A", "url": "https://a.example/"}]}, {"kind": "comments", "count": 3}],
 "navigation": [{"title": "All", "url": "/archive"}, {"title": "About", "url": "/about"}],
 "media": [{"path": "2019/harbour.png", "alt": "The harbour", "title": "Harbour"}],
 "entries": [
  {"kind": "entry", "status": "published", "slug": "second", "path": null, "title": "Second", "date": "2019-03-05T07:45:00+00:00", "format": "markdown", "body": "![](/media/2019/harbour.png)", "more": "", "author": "mo", "categories": ["tea"], "tags": ["low tide", "sun"], "pinned": true, "comments": "closed", "guid": "urn:x:2",
   "updates": [{"date": "2019-03-06T08:00:00Z", "body": "More"}],
   "references": [{"kind": "source", "via": "author", "status": "public", "title": "Map", "url": "https://map.example/", "date": "2019-03-05T07:45:00Z"}],
   "replies": [{"id": 2, "parent": 1, "status": "public", "author": "Joe", "date": "2019-03-05T09:00:00Z", "format": "plain", "body": "<b>"},
               {"id": 1, "parent": null, "status": "public", "author": "Ann", "email": "ann@reader.example", "url": "https://ann.example/", "date": "2019-03-05T08:00:00Z", "format": "limited", "body": "Hi"}]},
  {"kind": "entry", "status": "published", "path": "/2019/3/4/x.html", "slug": "x", "title": "First", "date": "2019-03-04T07:45:00+00:00", "expires": "2031-01-01T00:00:00Z", "format": "html", "body": "<p>x</p>", "author": "mo", "lang": "ar", "password": "key"},
  {"kind": "page", "status": "published", "slug": "about", "title": "About", "date": "2019-01-01", "format": "text", "body": "Me", "author": "mo", "position": 2},
  {"kind": "entry", "status": "sleeping", "title": "Odd", "date": "2019-01-01", "body": ""}
 ],
 "redirects": [{"from": "/old", "to": "/about", "status": 301}, {"from": "/gone", "status": 410}]
})json";

TEST_F(ImportJsonTest, AWholeJournalComesIn) {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x02\0\0\0\0\0\0\0",
                        33);
  File("media/2019/harbour.png", png);
  const ImportResult result = Import(File("all.json", kJournal), folder_ / "media");
  EXPECT_EQ(result.end, ImportEnd::kSomeFailed);  // "sleeping" is no status
  EXPECT_TRUE(Needs(result.report, "Its “status” is “sleeping”"));
  EXPECT_EQ(result.report.entries.taken, 2);
  EXPECT_EQ(result.report.pages.taken, 1);
  EXPECT_EQ(result.report.files.taken, 1);
  const Settings settings = journal_->Load();
  EXPECT_EQ(settings.title + settings.zone + std::to_string(settings.front_entries),
            "HarbourEurope/Dublin5");
  EXPECT_FALSE(settings.comments_replies);
  EXPECT_EQ(Entry("path || pinned || comments || guid || format", "Second"),
            "/2019/3/5/second.html12urn:x:21");
  EXPECT_EQ(Entry("path || language || password || expires_at", "First"),
            "/2019/3/4/x.htmlarkey1924992000");
  EXPECT_EQ(Entry("path || position || format", "About"), "/about23");
  EXPECT_EQ(Ask("select p.slug from category c join category p on p.id = c.parent_id where c.slug "
                "= 'tea'"),
            "food");
  EXPECT_EQ(Ask("select group_concat(author_name || mode || coalesce(parent_id, '')) from comment"),
            "Ann0,Joe11");
  EXPECT_EQ(Ask("select kind || via || title from reference"), "00Map");
  EXPECT_EQ(Ask("select body from entry_update"), "More");
  EXPECT_EQ(Ask("select group_concat(kind || caption || amount) from (select * from "
                "sidebar_section order by position)"),
            "0About10,3Read10,63");
  EXPECT_EQ(Ask("select url from sidebar_link"), "https://a.example/");
  EXPECT_EQ(
      Ask("select group_concat(title || url) from (select * from nav_link order by position)"),
      "All/archive,About/about");
  EXPECT_EQ(Redirect("/old"), "/about 301");
  EXPECT_EQ(Redirect("/gone"), " 410");
  EXPECT_EQ(Ask("select path || alt || width from media"), "2019/harbour.pngThe harbour2");
  EXPECT_NE(Entry("body_html", "Second").find("width=\"2\""), std::string::npos)
      << Entry("body_html", "Second");
  const std::string before = Dump();
  (void)Import(File("all.json", kJournal), folder_ / "media");
  EXPECT_EQ(Dump(), before);
}

TEST_F(ImportJsonTest, TwoOfOneNameAreTwoAndTheSameTwiceIsOne) {
  std::string text = R"({"daybook": 1, "entries": [)";
  for (int i = 0; i < 100; ++i)
    text +=
        R"({"kind": "entry", "status": "published", "slug": "s", "date": "2020-01-01T00:00:00Z", "title": "T)" +
        std::to_string(i % 50) + R"("},)";
  text.back() = ']';
  text += "}";
  const ImportResult result = ImportText("twins.json", text);
  EXPECT_EQ(result.report.entries.found, 100);
  EXPECT_EQ(result.report.entries.taken, 100);
  EXPECT_EQ(result.report.entries.here_before, 50);
  EXPECT_EQ(Ask("select count(*) || count(distinct title) || count(distinct path) from entry"),
            "505050");
  const std::string before = Dump();
  EXPECT_EQ(ImportText("twins.json", text).report.entries.here_before, 100);
  EXPECT_EQ(Dump(), before);
}

TEST_F(ImportJsonTest, ATitleWithoutEndIsCutAndTheReportSaysSo) {
  const ImportResult result = ImportText(
      "long.json",
      R"({"daybook": 1, "entries": [{"kind": "entry", "status": "published", "slug": "s", "title": ")" +
          std::string(1'000'000, 't') + R"(", "date": "2020-01-01T00:00:00Z"}]})");
  EXPECT_TRUE(Needs(result.report, "Its title is very long"));
  EXPECT_EQ(Ask("select length(title) from entry"), "2000");
}

TEST_F(ImportJsonTest, ATextTooLargeForTheMemoryIsLeftOutAndTheRestComesIn) {
  const std::string body(13 << 20, 'a');
  const ImportResult result = Import(File(
      "big.json",
      R"({"daybook": 1, "authors": [{"slug": "mo", "name": "Mo"}], "entries": [)"
      R"({"kind": "entry", "status": "published", "slug": "big", "title": "Big", "date": "2019-01-01", "body": ")" +
          body +
          R"(", "author": "mo"}, {"kind": "entry", "status": "published", "slug": "small", "title": "Small", "date": "2019-01-02", "body": "b", "author": "mo"}]})"));
  EXPECT_EQ(result.end, ImportEnd::kSomeFailed);
  EXPECT_TRUE(Needs(result.report, "It is larger than 12 MB."));
  EXPECT_EQ(result.report.entries.taken, 1);
}

TEST_F(ImportJsonTest, BrokenCutAndForeignJsonIsRefusedWithItsLine) {
  const std::string before = Dump();
  for (std::size_t part = 0; part < 50; ++part) {
    const ImportResult result =
        ImportText("cut.json", kJournal.substr(0, kJournal.size() * part / 50));
    EXPECT_EQ(result.end, ImportEnd::kRefused) << part;
    EXPECT_NE(result.refusal.find("cut.json, line "), std::string::npos) << result.refusal;
  }
  EXPECT_NE(ImportText("a.json", "{\n\"daybook\": 1,\n\"entries\": [}\n}").refusal.find("line 3"),
            std::string::npos);
  EXPECT_NE(ImportText("a.json", "{\"daybook\": 1, \"width\": 1e999}").refusal.find("too large"),
            std::string::npos);
  EXPECT_EQ(ImportText("a.json", "{\"version\": \"https://jsonfeed.org/version/1.1\"}").end,
            ImportEnd::kRefused);
  EXPECT_EQ(Dump(), before);
}

}  // namespace
}  // namespace daybook::journal
