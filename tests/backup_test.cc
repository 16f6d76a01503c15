// Backups: what is in one, that it is of one moment, that it comes about in slices and after kills,
// which are kept, and the way back.
#include "work/backup.h"

#include <fstream>
#include <map>
#include <sstream>

#include "journal/counts.h"
#include "journal/edit.h"
#include "sql/snapshot.h"
#include "tests/journal_fixture.h"
#include "text/html_tokenizer.h"
#include "text/url.h"
#include "work/readable.h"
#include "work/restore.h"
#include "work/zip.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;
using journal::JournalTest;

constexpr std::chrono::milliseconds kLong{60'000}, kNone{0};

std::map<std::string, std::string> Unpacked(const fs::path& file) {
  std::map<std::string, std::string> all;
  ZipReader zip(file);
  ZipReader::Entry entry;
  while (zip.Next(entry)) zip.Read([&](std::string_view bytes) { all[entry.name] += bytes; });
  return all;
}

void Write(const fs::path& file, std::string_view bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

class BackupTest : public JournalTest {
 protected:
  BackupTest() { fs::create_directories(home().Media()); }
  journal::Home home() const { return {folder_}; }

  void Fill() {
    journal::EntryDraft draft = Draft("A walk & a talk");
    draft.body = "See ![the sea](/media/2007/sea.jpg) and [the other](/2007/3/19/other.html).";
    const journal::Id id = Save(draft);
    Save("Other");
    journal::EntryDraft secret = Draft("Unwritten");
    secret.status = journal::EntryStatus::kDraft;
    secret.body = "Nobody may read this yet.";
    Save(secret);
    journal::NewComment comment;
    comment.entry_id = id;
    comment.status = journal::AnswerStatus::kPublic;
    comment.author_name = "Ben";
    comment.body = "I was there, too.";
    comment.created_at = now_ - 60;
    JournalTest::Write([&](sql::Tx& tx) { return journal::AddComment(tx, comment); });
    work::Write(home().Media() / "2007" / "sea.jpg", "a picture of the sea");
    work::Write(home().Private() / "theme" / "own.css", "body{color:red}");
    work::Write(home().ConfigFile(), "smtp.password = \"hush hush\"\nrates = off\n");
  }
  fs::path Whole() {
    const BackupSlice slice = MakeBackupSlice(home(), now_, kLong);
    EXPECT_EQ(slice.outcome, BackupSlice::Outcome::kFinished);
    return slice.file;
  }
};

TEST_F(BackupTest, OneFileHoldsTheDatabaseTheMediaTheThemeAndPagesToRead) {
  Fill();
  const fs::path file = Whole();
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  auto all = Unpacked(file);
  EXPECT_EQ(all["media/2007/sea.jpg"], "a picture of the sea");
  EXPECT_EQ(all["theme/own.css"], "body{color:red}");
  EXPECT_EQ(all["daybook.conf"], "rates = off\n");
  EXPECT_TRUE(all["journal.db"].starts_with("SQLite format 3"));
  EXPECT_TRUE(all.contains("readable/index.html"));
  EXPECT_TRUE(all.contains("readable/archive/index.html"));
  const std::string& page = all["readable/2007/3/19/a-walk-a-talk.html"];
  EXPECT_NE(page.find("I was there, too."), std::string::npos);
  EXPECT_NE(page.find("src=\"../../../../media/2007/sea.jpg\""), std::string::npos) << page;
  EXPECT_NE(page.find("href=\"../../../2007/3/19/other.html\""), std::string::npos) << page;
  for (const auto& [name, bytes] : all) {
    if (name.starts_with("readable/")) {
      EXPECT_EQ(bytes.find("Nobody may read this yet"), std::string::npos) << name;
      EXPECT_EQ(bytes.find("<form"), std::string::npos) << name;
      EXPECT_EQ(bytes.find("<script"), std::string::npos) << name;
    }
  }
  EXPECT_FALSE(fs::exists(home().Backups() / ".making"));
}

TEST_F(BackupTest, EveryLinkOfThePagesLeadsToAFileOfTheBackup) {
  Fill();
  auto all = Unpacked(Whole());
  int links = 0;
  for (const auto& [name, bytes] : all) {
    if (!name.ends_with(".html")) continue;
    text::HtmlTokenizer tokens(bytes);
    text::HtmlToken token;
    while (tokens.Next(token)) {
      for (const char* attribute : {"href", "src"}) {
        if (token.kind != text::HtmlTokenKind::kStartTag || token.Find(attribute) == nullptr)
          continue;
        const std::string link = token.Value(attribute);
        if (link.starts_with("https://") || link.starts_with("#") || link.starts_with("mailto:"))
          continue;
        const auto whole = text::ResolveRelative("file:///" + name, link);
        ASSERT_TRUE(whole);
        const std::string path = text::DecodePercent(text::SplitUrl(*whole).path).substr(1);
        EXPECT_TRUE(all.contains(path)) << name << " links to " << link;
        ++links;
      }
    }
  }
  EXPECT_GT(links, 20);
}

TEST_F(BackupTest, WhatLetsSomebodyInStaysAtHome) {
  Fill();
  Set("smtp.password", "hush hush");
  const std::string database = Unpacked(Whole())["journal.db"];
  EXPECT_EQ(database.find("hush hush"), std::string::npos);
}

TEST_F(BackupTest, SlicesOfNoTimeAtAllComeToTheSameEnd) {
  Fill();
  const auto whole = Unpacked(Whole());
  now_ += 5;
  BackupSlice slice;
  int slices = 0;
  do {
    slice = MakeBackupSlice(home(), now_, kNone);
    ASSERT_LT(++slices, 500);
  } while (slice.outcome == BackupSlice::Outcome::kMore);
  EXPECT_GT(slices, 5);
  const auto sliced = Unpacked(slice.file);
  ASSERT_EQ(whole.size(), sliced.size());
  for (const auto& [name, bytes] : whole) {
    ASSERT_TRUE(sliced.contains(name)) << name;
    if (name.starts_with("media/") || name.starts_with("theme/")) {
      EXPECT_EQ(bytes, sliced.at(name)) << name;
    }
  }
}

TEST_F(BackupTest, AWriterThatIsKilledLeavesTheFileAsItWas) {
  const fs::path file = folder_ / "a.zip";
  {
    ZipWriter zip(file);
    zip.AddBytes("one", "first");
    zip.Close();
  }
  {
    // What a killed process leaves: bytes over the old directory, and none of its own.
    ZipWriter zip(file);
    zip.AddBytes("two", std::string(100'000, 'x'));
  }
  fs::resize_file(file, fs::file_size(file) - 40);
  EXPECT_THROW(ZipReader{file}, ZipTrouble);
  {
    ZipWriter zip(file);
    zip.AddBytes("three", "third");
    zip.Close();
  }
  const std::map<std::string, std::string> expected = {{"one", "first"}, {"three", "third"}};
  EXPECT_EQ(Unpacked(file), expected);
}

TEST_F(BackupTest, ACopyIsSoundWhileWritesGoOn) {
  Fill();
  const fs::path copy = folder_ / "copy.db";
  ASSERT_TRUE(sql::TakeSnapshot(home().Database(), copy));
  Save("Later");
  EXPECT_TRUE(sql::Complaints(copy).empty());
  EXPECT_EQ(sql::SchemaOf(copy), sql::SchemaOf(home().Database()));
}

TEST_F(BackupTest, DamagedFilesAreToldFromSoundOnes) {
  Fill();
  const fs::path copy = folder_ / "copy.db";
  ASSERT_TRUE(sql::TakeSnapshot(home().Database(), copy));
  std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(3 * 4096);
  file << std::string(20 * 4096, '\xff');
  file.close();
  EXPECT_FALSE(sql::Complaints(copy).empty());
  work::Write(folder_ / "text.db", std::string(5000, 'x'));
  EXPECT_FALSE(sql::Complaints(folder_ / "text.db").empty());
}

TEST_F(BackupTest, RestoringKeepsWhatWasThereAndBringsEverythingBack) {
  Fill();
  const fs::path file = Whole();
  const std::int64_t rev = Rev();
  const journal::Id later = Save("Written after the backup");
  work::Write(home().Media() / "new.txt", "new");
  fs::remove(home().Media() / "2007" / "sea.jpg");
  const Restored done = RestoreBackup(home(), file, now_);
  EXPECT_EQ(Path(later), "");
  EXPECT_EQ(Ask("select count(*) from entry"), "3");
  EXPECT_GT(Rev(), rev + 1);
  EXPECT_TRUE(fs::exists(home().Media() / "2007" / "sea.jpg"));
  EXPECT_FALSE(fs::exists(home().Media() / "new.txt"));
  EXPECT_TRUE(fs::exists(done.kept / "media" / "new.txt"));
  EXPECT_TRUE(sql::Complaints(done.kept / "journal.db").empty());
  EXPECT_EQ(Ask("select count(*) from entry where title = 'Other'"), "1");
  ExpectCountsHold();
  // And what was there before can be seen to be it.
  sql::Db kept = sql::Db::Open(done.kept / "journal.db", sql::OpenMode::kReadWrite);
  EXPECT_NE(kept.Read([&](sql::Tx& tx) { return journal::PathOf(tx, later); }), "");
}

TEST_F(BackupTest, ARestoreIntoAnEmptyFolderMakesTheJournal) {
  Fill();
  const fs::path file = Whole();
  const journal::Home other{folder_ / "elsewhere"};
  const Restored done = RestoreBackup(other, file, now_);
  EXPECT_TRUE(done.kept.empty());
  EXPECT_TRUE(sql::Complaints(other.Database()).empty());
  EXPECT_TRUE(fs::exists(other.Media() / "2007" / "sea.jpg"));
  EXPECT_TRUE(fs::exists(other.Private() / "theme" / "own.css"));
  EXPECT_EQ(fs::status(other.Private()).permissions(), fs::perms::owner_all);
}

TEST_F(BackupTest, ADamagedOrForeignFileIsRefusedAndChangesNothing) {
  Fill();
  const fs::path file = Whole();
  const std::int64_t rev = Rev();
  const auto refused = [&](const fs::path& bad) {
    EXPECT_THROW(RestoreBackup(home(), bad, now_), ZipTrouble) << bad;
    EXPECT_EQ(Rev(), rev);
    EXPECT_TRUE(fs::exists(home().Media() / "2007" / "sea.jpg"));
    EXPECT_FALSE(fs::exists(folder_ / "evil"));
  };
  const fs::path bad = folder_ / "bad.zip";
  fs::copy_file(file, bad);
  fs::resize_file(bad, fs::file_size(bad) / 2);
  refused(bad);
  fs::copy_file(file, bad, fs::copy_options::overwrite_existing);
  {
    std::fstream bytes(bad, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(fs::file_size(bad) / 3));
    bytes << "damage in the midst of it, and some more of that";
  }
  refused(bad);
  work::Write(bad, "no zip at all");
  refused(bad);
  fs::remove(bad);
  {
    ZipWriter zip(bad);
    zip.AddFile("journal.db", home().Database());
    zip.AddBytes("media/../../../evil", "evil");
    zip.AddBytes("manifest.sha256", "");
    zip.Close();
  }
  refused(bad);
  fs::remove(bad);
  {
    ZipWriter zip(bad);
    zip.AddBytes("holiday.txt", "sun");
    zip.Close();
  }
  refused(bad);
}

TEST_F(BackupTest, ACheckFindsWhatIsMissingWrongOrMiscounted) {
  Fill();
  EXPECT_TRUE(CheckJournal(home(), now_).problems.empty());
  EXPECT_EQ(CheckJournal(home(), now_).entries, 3);
  sql::Connection(db_.file(), sql::Connection::Access::kReadWrite, false)
      .Execute(
          "insert into media (path, mime, bytes, created_at) values "
          "('2007/gone.pdf', 'application/pdf', 5, 1), ('2007/sea.jpg', 'image/jpeg', 3, 1);"
          "update archive_month set entry_count = 77");
  std::string all;
  for (const std::string& problem : CheckJournal(home(), now_).problems) all += problem + "\n";
  EXPECT_NE(all.find("2007/gone.pdf is missing"), std::string::npos) << all;
  EXPECT_NE(all.find("2007/sea.jpg has 20 bytes"), std::string::npos) << all;
  EXPECT_NE(all.find("77"), std::string::npos) << all;
}

TEST_F(BackupTest, ABackupIsCheckedByteByByte) {
  Fill();
  const fs::path file = Whole();
  EXPECT_TRUE(ComplaintsAboutBackup(file, folder_ / "scratch").empty());
  EXPECT_FALSE(fs::exists(folder_ / "scratch"));
}

TEST(KeptBackups, AreThoseOfSevenDaysFourWeeksAndTwelveMonths) {
  std::vector<journal::Seconds> daily;
  for (int day = 0; day < 800; ++day) daily.push_back(1'700'000'000 - day * 86400LL);
  const std::vector<bool> kept = KeptBackups(daily);
  EXPECT_TRUE(std::all_of(kept.begin(), kept.begin() + 7, [](bool b) { return b; }));
  const auto count = std::count(kept.begin(), kept.end(), true);
  EXPECT_GE(count, 7 + 2 + 10);
  EXPECT_LE(count, 7 + 4 + 12);
  EXPECT_TRUE(std::none_of(kept.begin() + 400, kept.end(), [](bool b) { return b; }));
  EXPECT_EQ(KeptBackups({5}), std::vector<bool>{true});
}

TEST_F(BackupTest, OneOlderThanADayAsksForTheNext) {
  Fill();
  EXPECT_TRUE(BackupIsDue(home(), now_));
  Whole();
  EXPECT_FALSE(BackupIsDue(home(), now_ + 86000));
  EXPECT_TRUE(BackupIsDue(home(), now_ + 86500));
}

TEST(Readable, ForeignLinksStayAndDoorsOfTheSiteGo) {
  const ReadableSite site{"https://example.org", "/blog"};
  const ReadableTargets targets{
      [](const std::string& path) { return path == "/a.html" ? path : ""; },
      [](const std::string&) { return false; }, [](const std::string&) { return false; }};
  EXPECT_EQ(MakeReadable(site, "/2007/x.html",
                         "<p><a href=\"https://other.example/\">o</a> <a "
                         "href=\"/blog/a.html#top\">a</a> <a href=\"/blog/gone\">gone</a> <a "
                         "href=\"/blog/search?q=1\">s</a><img src=\"/blog/media/x.png\" "
                         "alt=\"x\"></p><section><h2>F</h2><form><b>f</b></form></section>",
                         targets),
            "<p><a href=\"https://other.example/\">o</a> <a href=\"../a.html\">a</a> "
            "<a>gone</a> <img alt=\"x\"></p>");
}

TEST(Readable, FilesHaveNamesThatEveryDiskTakes) {
  EXPECT_EQ(ReadableFile("/"), "index.html");
  EXPECT_EQ(ReadableFile("/2007/3/"), "2007/3/index.html");
  EXPECT_EQ(ReadableFile("/archive"), "archive/index.html");
  EXPECT_EQ(ReadableFile("/2007/3/19/x.html"), "2007/3/19/x.html");
  EXPECT_EQ(ReadableFile("/a:b?"), "a=3Ab=3F/index.html");
}

}  // namespace
}  // namespace daybook::work
