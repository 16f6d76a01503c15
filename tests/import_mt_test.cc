// Movable Type's text format, with everything that real files do to it.
#include <algorithm>

#include "tests/import_fixture.h"

namespace daybook::journal {
namespace {

class ImportMtTest : public ImportTest {};

constexpr std::string_view kEntry =
    "TITLE: One\nBASENAME: one_thing\nAUTHOR: Mo\nSTATUS: Publish\nALLOW COMMENTS: 1\nCONVERT "
    "BREAKS: 0\n"
    "PRIMARY CATEGORY: Sea\nCATEGORY: Tea\nCATEGORY: Sea\nTAGS: \"low tide\",boats, sun\nDATE: "
    "03/19/2007 12:05:00 AM\n"
    "-----\nBODY:\n<p>Text</p>\n-----\nEXTENDED "
    "BODY:\n<p>Rest</p>\n-----\nEXCERPT:\nShort\n-----\nKEYWORDS:\n\n-----\n"
    "COMMENT:\nAUTHOR: Joe\nEMAIL: joe@reader.example\nIP: 192.0.2.1\nURL: https://joe.example/\n"
    "DATE: 03/20/2007 01:00:00 PM\nGood.\n\nNOTE: this is text.\n-----\n"
    "PING:\nTITLE: Far\nURL: https://far.example/x\nIP: 192.0.2.2\nBLOG NAME: Far off\nDATE: "
    "03/21/2007 10:00:00\nTheir words\n-----\n"
    "--------\n";

TEST_F(ImportMtTest, AnEntryAndAllBelowIt) {
  const ImportResult result = ImportText("a.txt", kEntry);
  ASSERT_EQ(result.end, ImportEnd::kDone) << result.refusal << ReportText(result.report);
  EXPECT_EQ(Entry("slug || ' ' || path", "One"), "one-thing /2007/3/19/one-thing.html");
  EXPECT_EQ(Entry("body || more || excerpt || format || status", "One"),
            "<p>Text</p><p>Rest</p>Short01");
  EXPECT_EQ(Entry("visible_at", "One"), "1174262700");  // twelve at night is hour 0
  EXPECT_EQ(Ask("select group_concat(name) from (select c.name from entry_category e join category "
                "c on c.id = e.category_id order by e.position)"),
            "Sea,Tea");
  EXPECT_EQ(Ask("select group_concat(name) from (select name from tag order by name)"),
            "boats,low tide,sun");
  EXPECT_EQ(Ask("select author_name || author_email || author_url || network || body || created_at "
                "from comment"),
            "Joejoe@reader.examplehttps://joe.example/Good.\n\nNOTE: this is text.1174395600");
  EXPECT_EQ(Ask("select title || site_name || url || excerpt || via from reference"),
            "FarFar offhttps://far.example/xTheir words2");
  EXPECT_EQ(Redirect("/2007/03/one_thing.html"), "/2007/3/19/one-thing.html 301");
}

TEST_F(ImportMtTest, DatesAreTheJournalsLocalTime) {
  journal_->db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    return SetSetting(tx, journal_->config, "zone", "Europe/Berlin");
  });
  (void)ImportText("a.txt", kEntry);
  EXPECT_EQ(Entry("visible_at || ' ' || day", "One"), "1174259100 19");
}

TEST_F(ImportMtTest, LooseFilesAreRead) {
  // Hyphens first, a mark at the start, CR LF, blank lines in the header, few keys, Windows-1252.
  const std::string text =
      "\xEF\xBB\xBF--------\r\n\r\nTITLE: Caf\xE9\r\n\r\nUNKNOWN: x\r\nno colon\r\nDATE: "
      "03/19/2007 12:00:00 PM\r\n-----\r\n"
      "BODY:\r\nOne\r\n\r\nTwo\r\n-----\r\n--------\r\n\r\nTITLE: Next\r\nDATE: 01/02/2006 "
      "03:04:05\r\nSTATUS: Draft\r\n-----\r\nBODY:\r\n\r\n-----\r\n--------";
  const ImportResult result = ImportText("a.txt", text);
  ASSERT_EQ(result.end, ImportEnd::kDone) << result.refusal << ReportText(result.report);
  EXPECT_EQ(result.report.entries.taken, 2);
  EXPECT_EQ(Entry("body || format", "Café"), "One\n\nTwo2");
  EXPECT_EQ(Entry("status", "Next"), "0");
  NewHome();
  std::string mac(kEntry);
  std::replace(mac.begin(), mac.end(), '\n', '\r');
  EXPECT_EQ(ImportText("mac.txt", mac).report.comments.taken, 1);
}

TEST_F(ImportMtTest, HyphensInATextStayInIt) {
  const ImportResult result =
      ImportText("a.txt",
                 "TITLE: Rules\nDATE: 03/19/2007 12:00:00 "
                 "PM\n-----\nBODY:\nAbove\n-----\nbelow\n--------\nand on\n-----\n--------\n");
  EXPECT_EQ(result.report.entries.taken, 1);
  EXPECT_EQ(Entry("body", "Rules"), "Above\n-----\nbelow\n--------\nand on");
}

TEST_F(ImportMtTest, AFileThatEndsInsideAnEntryWasCutOff) {
  const std::string before = Dump();
  for (std::size_t length = 1; length + 3 < kEntry.size(); length += 7) {
    const ImportResult result = ImportText("cut.txt", kEntry.substr(0, length));
    EXPECT_EQ(result.end, ImportEnd::kRefused) << length;
    EXPECT_NE(result.refusal.find(", line "), std::string::npos) << result.refusal;
  }
  EXPECT_EQ(Dump(), before);
}

TEST_F(ImportMtTest, ABadDateCostsOnlyItsEntry) {
  std::string text = "TITLE: Odd\nDATE: yesterday\n-----\nBODY:\nx\n-----\n--------\n";
  const ImportResult result = ImportText("a.txt", text + std::string(kEntry));
  EXPECT_EQ(result.end, ImportEnd::kSomeFailed);
  EXPECT_EQ(result.report.entries.found - result.report.entries.taken, 1);
  EXPECT_TRUE(Needs(result.report, "a.txt, line 2, entry: Its date “yesterday”"));
  EXPECT_EQ(Ask("select count(*) from entry"), "1");
}

TEST_F(ImportMtTest, APartWithoutAHeaderIsAnItemThatCannotBeTaken) {
  const ImportResult result =
      ImportText("a.txt", "-----\nEXTENDED BODY:\nx\n-----\n--------\n" + std::string(kEntry));
  EXPECT_EQ(result.end, ImportEnd::kSomeFailed);
  EXPECT_EQ(result.report.entries.found, 2);
  EXPECT_EQ(result.report.entries.taken, 1);
  EXPECT_TRUE(Needs(result.report, "No line of it is one that an entry begins with"));
}

TEST_F(ImportMtTest, NoEntryBringsCommentsToTheOneThatIsThere) {
  (void)ImportText("a.txt", kEntry);
  std::string more(kEntry);
  more.insert(more.find("TAGS"), "NO ENTRY: 1\n");
  more.replace(more.find("Good."), 5, "Later.");
  const ImportResult result = ImportText("b.txt", more);
  EXPECT_EQ(result.end, ImportEnd::kDone);
  EXPECT_EQ(Ask("select count(*) || ' ' || (select count(*) from comment) from entry"), "1 2");
}

TEST_F(ImportMtTest, FormatsFollowConvertBreaks) {
  const auto format = [&](const std::string& breaks) {
    NewHome();
    std::string text(kEntry);
    text.replace(text.find("CONVERT BREAKS: 0"), 17, "CONVERT BREAKS: " + breaks);
    (void)ImportText("a.txt", text);
    return Entry("format", "One");
  };
  EXPECT_EQ(format("richtext"), "0");
  EXPECT_EQ(format("__default__"), "2");
  EXPECT_EQ(format("1"), "2");
  EXPECT_EQ(format("markdown_with_smartypants"), "1");
  EXPECT_EQ(format("textile_2"), "2");
}

}  // namespace
}  // namespace daybook::journal
