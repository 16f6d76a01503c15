// Whose clock an old blog's times were told by, and that its readers see the same times again.
#include <cstdio>

#include "journal/import_clock.h"
#include "tests/import_fixture.h"

namespace daybook::journal {
namespace {

constexpr Seconds kDay = 86400;
constexpr Seconds kWinter = 1262304000;  // 2010-01-01

ClockGuess SeenIn(const std::string& zone, int days, int step = 7) {
  ClockGuess guess;
  for (int day = 0; day < days; day += step)
    guess.See(kWinter + day * kDay, text::ToLocal(kWinter + day * kDay, zone));
  return guess;
}

TEST(ImportClockTest, ADistanceThatNeverChangesIsAFixedZone) {
  EXPECT_EQ(SeenIn("UTC", 800).Zone("en"), "UTC");
  EXPECT_EQ(SeenIn("Etc/GMT-1", 800).Zone("de"), "Etc/GMT-1");
  EXPECT_EQ(SeenIn("Etc/GMT+8", 800).Zone("en"), "Etc/GMT+8");
  EXPECT_EQ(SeenIn("Asia/Kolkata", 800).Zone("hi"), "Asia/Kolkata");
  EXPECT_EQ(SeenIn("Europe/Berlin", 60).Zone("de"), "Etc/GMT-1");  // one winter tells no more
  EXPECT_EQ(ClockGuess().Zone("en"), "");
}

TEST(ImportClockTest, SummerTimeTellsThePlace) {
  EXPECT_EQ(SeenIn("America/Los_Angeles", 800).Zone("en-US"), "America/Los_Angeles");
  EXPECT_EQ(SeenIn("America/New_York", 800).Zone("en"), "America/New_York");
  EXPECT_EQ(SeenIn("Europe/Rome", 800).Zone("de-DE"), "Europe/Berlin");
  EXPECT_EQ(SeenIn("Europe/Rome", 800).Zone("it"), "Europe/Rome");
  EXPECT_EQ(SeenIn("Australia/Sydney", 800).Zone("en-AU"), "Australia/Sydney");
  EXPECT_EQ(SeenIn("America/St_Johns", 800).Zone("en"), "America/St_Johns");
}

TEST(ImportClockTest, ASlipOfTheClockInOneEntryMakesNoPlace) {
  ClockGuess guess = SeenIn("Etc/GMT-1", 700);
  guess.See(kWinter + 180 * kDay, text::ToLocal(kWinter + 180 * kDay, "Etc/GMT-2"));
  EXPECT_EQ(guess.Zone("de"), "Etc/GMT-1");
}

TEST(ImportClockTest, ManyDatesAreSampledAndStillTold) {
  ClockGuess guess;
  for (int i = 0; i < 100'000; ++i)
    guess.See(kWinter + i * 3600, text::ToLocal(kWinter + i * 3600, "Europe/London"));
  EXPECT_EQ(guess.Zone("en-GB"), "Europe/London");
}

class ImportZoneTest : public ImportTest {
 protected:
  static std::string Item(int id, const std::string& local, const std::string& gmt,
                          const std::string& more = "") {
    const std::string n = std::to_string(id);
    return "<item><title>T" + n + "</title><link>https://old.example/" + local.substr(0, 4) + "/" +
           local.substr(5, 2) + "/" + local.substr(8, 2) + "/t" + n + "/</link><wp:post_id>" + n +
           "</wp:post_id><wp:post_date>" + local + "</wp:post_date><wp:post_date_gmt>" + gmt +
           "</wp:post_date_gmt><wp:post_name>t" + n +
           "</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>" + more +
           "</item>";
  }
  static std::string File(const std::string& items) {
    return "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>T</title>"
           "<link>https://old.example</link><language>de</language>"
           "<wp:wxr_version>1.2</wp:wxr_version>"
           "<wp:base_blog_url>https://old.example</wp:base_blog_url>" +
           items + "</channel></rss>";
  }
  std::string Shown(const std::string& title) {
    const std::string at = Entry("visible_at", title), zone = Entry("zone", title);
    return text::Rfc3339Date(std::stoll(at), zone).substr(0, 16);
  }
  static std::string BothSeasons() {
    return Item(1, "2010-01-15 00:30:00", "2010-01-14 23:30:00") +
           Item(2, "2010-07-15 00:30:00", "2010-07-14 22:30:00") +
           Item(3, "2011-01-15 09:30:00", "2011-01-15 08:30:00") +
           Item(4, "2011-07-15 09:30:00", "2011-07-15 07:30:00");
  }
};

TEST_F(ImportZoneTest, AJournalWithoutAZoneTakesThatOfTheFileAndTheReportBeginsWithIt) {
  const ImportResult r = ImportText("a.xml", File(BothSeasons()));
  ASSERT_EQ(r.end, ImportEnd::kDone) << r.refusal;
  EXPECT_EQ(journal_->Load().zone, "Europe/Berlin");
  EXPECT_NE(ReportText(r.report).find("\nWhat needs you:\nTime zone: "), std::string::npos)
      << ReportText(r.report);
  EXPECT_EQ(Shown("T1"), "2010-01-15T00:30");
  EXPECT_EQ(Shown("T2"), "2010-07-15T00:30");
  EXPECT_EQ(Entry("year || '-' || month || '-' || day", "T2"), "2010-7-15");
  EXPECT_EQ(Entry("path", "T2"), "/2010/07/15/t2/");
  const ImportResult again = ImportText("a.xml", File(BothSeasons()));
  EXPECT_TRUE(again.report.first.empty());
}

TEST_F(ImportZoneTest, AnEntryOfAnotherClockStillShowsItsOwnTime) {
  (void)ImportText("a.xml",
                   File(BothSeasons() + Item(5, "2012-01-15 12:00:00", "2012-01-15 20:00:00") +
                        Item(6, "2012-01-16 12:00:00", "2012-01-16 06:30:00")));
  EXPECT_EQ(Entry("zone", "T5"), "Etc/GMT+8");
  EXPECT_EQ(Shown("T5"), "2012-01-15T12:00");
  EXPECT_EQ(Shown("T6"), "2012-01-16T12:00");
}

TEST_F(ImportZoneTest, AZoneThatTheOwnerChoseStaysEvenUtc) {
  for (const char* zone : {"UTC", "Asia/Tokyo"}) {
    NewHome();
    journal_->db.Write(sql::Publicity::kPublic,
                       [&](sql::Tx& tx) { return SetSetting(tx, journal_->config, "zone", zone); });
    const ImportResult r = ImportText("a.xml", File(BothSeasons()));
    EXPECT_EQ(journal_->Load().zone, zone);
    EXPECT_TRUE(r.report.first.empty());
    EXPECT_EQ(Entry("year || '-' || month || '-' || day", "T1"), "2010-1-15") << zone;
  }
}

TEST_F(ImportZoneTest, DatesWithoutUtcAreReadByTheClockOfTheOthers) {
  const std::string comment =
      "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>A</wp:comment_author>"
      "<wp:comment_date>2010-07-16 12:00:00</wp:comment_date>"
      "<wp:comment_content>x</wp:comment_content>"
      "<wp:comment_approved>1</wp:comment_approved></wp:comment>";
  (void)ImportText("a.xml", File(BothSeasons() +
                                 Item(7, "2010-07-16 10:00:00", "0000-00-00 00:00:00", comment)));
  EXPECT_EQ(Shown("T7"), "2010-07-16T10:00");
  EXPECT_EQ(Entry("visible_at", "T7"), "1279267200");  // 08:00 in UTC
  EXPECT_EQ(Ask("select created_at from comment"), "1279274400");
}

TEST_F(ImportZoneTest, ATrialSaysSoAndChangesNothing) {
  ImportOptions options;
  options.files = {ImportTest::File("a.xml", File(BothSeasons()))};
  options.dry_run = true;
  const ImportReport report = journal::Import(*journal_, options, kNow).report;
  EXPECT_EQ(report.first.size(), 1u);
  EXPECT_EQ(journal_->Load().zone, "UTC");
}

}  // namespace
}  // namespace daybook::journal
