// The first run below its pages: a blank journal, its code, who goes on with it, its one owner, the
// canary; and imports in slices.
#include "journal/setup.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "handlers/doctor.h"
#include "journal/account.h"
#include "journal/import_slices.h"
#include "journal/jobs.h"
#include "sql/queries/settings.h"
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kNote = "What to do with it.\n";

std::string FileText(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
std::string CodeOf(const Home& home) {
  const std::string text = FileText(SetupCodeFile(home));
  return text.substr(0, text.find('\n'));
}

class SetupTest : public testing::Test {
 protected:
  SetupTest() {
    std::string name = (fs::temp_directory_path() / "daybook-XXXXXX").string();
    home_.root = mkdtemp(name.data());
  }
  ~SetupTest() override {
    std::error_code ignored;
    fs::remove_all(home_.root, ignored);
  }
  CodeAnswer Give(sql::Db& db, std::string_view code, std::string_view address = "192.0.2.1") {
    const Settings settings = DefaultSettings();
    return db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return TakeSetupCode(tx, home_, settings, code, address, kNote, now_);
    });
  }
  bool GoesOn(sql::Db& db, const std::string& token) {
    return db.Read([&](sql::Tx& tx) { return IsSettingUp(tx, token, now_); });
  }
  std::optional<Id> SetUp(sql::Db& db) {
    const NewJournal fresh{
        "Low tide", "https://example.org",          "Ada", "ada@example.org", "en",
        "UTC",      HashPassword("a long password")};
    return db.Write(sql::Publicity::kPublic,
                    [&](sql::Tx& tx) { return SetUpOwner(tx, Config(), fresh, now_); });
  }

  Home home_;
  Seconds now_ = kMarch19;
};

TEST_F(SetupTest, AnEmptyHomeGetsAJournalWithoutAnOwnerAndACodeThatOnlyItsOwnerReads) {
  BeginJournal(home_, kNote);
  ASSERT_TRUE(HasJournal(home_));
  EXPECT_TRUE(IsBlank(home_));
  struct stat info;
  ASSERT_EQ(stat(SetupCodeFile(home_).c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  ASSERT_EQ(stat(home_.Database().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  const std::string text = FileText(SetupCodeFile(home_));
  EXPECT_EQ(text.find('\n'), 29U);  // 24 letters and digits in groups of four
  EXPECT_NE(text.find(kNote), std::string::npos);
  EXPECT_FALSE(fs::exists(home_.Private() / "setup.new"));
  const std::string code = CodeOf(home_);
  BeginJournal(home_, kNote);  // once more changes nothing
  EXPECT_EQ(CodeOf(home_), code);
}

TEST_F(SetupTest, NothingIsBegunWhereNoFolderIsOrWhereAJournalWas) {
  const Home nowhere{home_.root / "none"};
  BeginJournal(nowhere, kNote);
  EXPECT_FALSE(fs::exists(nowhere.root));
  fs::create_directories(home_.Backups());
  std::ofstream(home_.Backups() / "monday.db") << "x";
  BeginJournal(home_, kNote);
  EXPECT_FALSE(HasJournal(home_));
}

TEST_F(SetupTest, ABeginningThatWasCutOffIsBegunAgain) {
  CreateRooms(home_);
  fs::create_directories(home_.Private() / "setup.new");
  std::ofstream(home_.Private() / "setup.new" / "journal.db") << "half a database";
  BeginJournal(home_, kNote);
  EXPECT_TRUE(IsBlank(home_));
}

TEST_F(SetupTest, TheCodeIsTakenAsPeopleTypeItAndNoOther) {
  BeginJournal(home_, kNote);
  const std::string code = CodeOf(home_);
  std::string lower = code, spaced = code, looks_alike = code, short_one = code.substr(0, 28);
  for (char& c : lower) c = static_cast<char>(std::tolower(c));
  std::replace(spaced.begin(), spaced.end(), '-', ' ');
  std::replace(looks_alike.begin(), looks_alike.end(), '0', 'O');
  std::replace(looks_alike.begin(), looks_alike.end(), '1', 'l');
  for (const std::string& typed : {code, lower, spaced, looks_alike, "  " + code + "\r"})
    EXPECT_TRUE(IsSetupCode(home_, typed)) << typed;
  std::string other = code;
  other[0] = other[0] == 'A' ? 'B' : 'A';
  for (const std::string& typed :
       {std::string(), std::string(" "), short_one, code + "A", other, std::string(5000, 'A'),
        std::string("\xff\xfe"), std::string(24, '\0')})
    EXPECT_FALSE(IsSetupCode(home_, typed));
  std::ofstream(SetupCodeFile(home_)) << "\xEF\xBB\xBF" << code << "\r\nsaved by an editor\r\n";
  EXPECT_TRUE(IsSetupCode(home_, code));
  std::ofstream(SetupCodeFile(home_)) << "\n";
  EXPECT_FALSE(HasSetupCode(home_));
  EXPECT_FALSE(IsSetupCode(home_, ""));
}

TEST_F(SetupTest, ACodeFileThatIsALinkIsNotFollowed) {
  BeginJournal(home_, kNote);
  const std::string code = CodeOf(home_);
  fs::rename(SetupCodeFile(home_), home_.root / "elsewhere.txt");
  fs::create_symlink(home_.root / "elsewhere.txt", SetupCodeFile(home_));
  EXPECT_FALSE(IsSetupCode(home_, code));
  ASSERT_TRUE(WriteSetupCode(home_, kNote));
  EXPECT_EQ(FileText(home_.root / "elsewhere.txt").substr(0, 29), code);
}

TEST_F(SetupTest, ACodeWorksOnceAndTheLastOneWhoGaveOneGoesOn) {
  BeginJournal(home_, kNote);
  sql::Db db = OpenDatabase(home_);
  const std::string code = CodeOf(home_);
  const CodeAnswer first = Give(db, code);
  ASSERT_EQ(first.outcome, CodeOutcome::kTaken);
  EXPECT_TRUE(GoesOn(db, first.token));
  EXPECT_FALSE(GoesOn(db, ""));
  EXPECT_FALSE(GoesOn(db, std::string(64, '0')));
  EXPECT_EQ(Give(db, code).outcome, CodeOutcome::kUsed);
  EXPECT_EQ(Give(db, code).at, now_);
  const CodeAnswer second = Give(db, CodeOf(home_));
  ASSERT_EQ(second.outcome, CodeOutcome::kTaken);
  EXPECT_FALSE(GoesOn(db, first.token));
  EXPECT_TRUE(GoesOn(db, second.token));
  EXPECT_EQ(db.Read([&](sql::Tx& tx) { return SetUpElsewhere(tx, first.token, now_); }), now_);
  now_ += 7200;
  EXPECT_FALSE(GoesOn(db, second.token));
}

TEST_F(SetupTest, WrongCodesAreSlowedDownForTheirNetworkAndNeverKeepTheRightOneOut) {
  BeginJournal(home_, kNote);
  sql::Db db = OpenDatabase(home_);
  const std::string wrong = "AAAA-AAAA-AAAA-AAAA-AAAA-AAAB";
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Give(db, wrong).outcome, CodeOutcome::kWrong);
  const CodeAnswer slow = Give(db, wrong);
  EXPECT_EQ(slow.outcome, CodeOutcome::kWait);
  EXPECT_LE(slow.at, now_ + 10);
  EXPECT_EQ(Give(db, wrong, "198.51.100.1").outcome, CodeOutcome::kWrong);
  EXPECT_EQ(Give(db, CodeOf(home_)).outcome, CodeOutcome::kTaken);
}

TEST_F(SetupTest, ThereIsOneOwnerAndThenTheFirstRunIsOverForEver) {
  BeginJournal(home_, kNote);
  sql::Db db = OpenDatabase(home_);
  const auto owner = SetUp(db);
  ASSERT_TRUE(owner);
  EXPECT_FALSE(SetUp(db));
  EXPECT_EQ(Give(db, CodeOf(home_)).outcome, CodeOutcome::kClosed);
  db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    EXPECT_TRUE(PersonById(tx, *owner)->IsOwner());
    EXPECT_FALSE(SetupIsOpen(tx));
    SetPassword(tx, *owner, "");  // nobody can sign in any more
    EXPECT_FALSE(SetupIsOpen(tx));
  });
}

TEST_F(SetupTest, WhoeverMakesTheJournalInAShellFindsTheBlankOneOutOfTheWay) {
  BeginJournal(home_, kNote);
  const NewJournal fresh{"T", "https://example.org", "Ada", "ada@example.org", "en", "", "x"};
  { const Journal made = CreateJournal(home_, fresh, now_); }
  EXPECT_FALSE(fs::exists(SetupCodeFile(home_)));
  EXPECT_FALSE(IsBlank(home_));
  EXPECT_THROW(static_cast<void>(CreateJournal(home_, fresh, now_)), ConfigError);
}

TEST_F(SetupTest, TheCanaryIsAPictureWithItsTextAndGoesWhenTheCheckEnds) {
  BeginJournal(home_, kNote);
  sql::Db db = OpenDatabase(home_);
  db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    EXPECT_FALSE(HostIsUnchecked(tx));
    ASSERT_TRUE(PutCanary(tx, home_));
    const Canary first = CanaryOf(tx).value();
    ASSERT_TRUE(PutCanary(tx, home_));  // another one takes its place
    const Canary canary = CanaryOf(tx).value();
    EXPECT_NE(canary.text, first.text);
    EXPECT_FALSE(fs::exists(home_.Private() / first.name));
    const std::string gif = FileText(home_.Private() / canary.name);
    EXPECT_TRUE(gif.starts_with("GIF89a"));
    EXPECT_TRUE(gif.ends_with(";"));
    EXPECT_NE(gif.find(canary.text), std::string::npos);
    EXPECT_TRUE(HostIsUnchecked(tx));
    EndSetup(tx, home_);
    EXPECT_FALSE(HostIsUnchecked(tx));
    EXPECT_FALSE(fs::exists(home_.Private() / canary.name));
    EXPECT_FALSE(fs::exists(SetupCodeFile(home_)));
  });
}

TEST_F(SetupTest, OnlyPlainFilesOfTheImportRoomAreOfferedAndNamesStayInIt) {
  CreateRooms(home_);
  std::ofstream(home_.Import() / "a.xml") << "<rss/>";
  std::ofstream(home_.Import() / ".hidden") << "x";
  std::ofstream(home_.Import() / "empty.xml");
  std::ofstream(home_.Import() / "bad\xffname.xml") << "x";
  fs::create_directory(home_.Import() / "uploads");
  fs::create_symlink("/etc/passwd", home_.Import() / "link.txt");
  const auto found = ImportCandidates(home_);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "a.xml");
  EXPECT_EQ(ImportNameFor(home_, "../../etc/passwd"), "passwd");
  EXPECT_EQ(ImportNameFor(home_, "C:\\old\\a.xml"), "a-2.xml");
  EXPECT_EQ(ImportNameFor(home_, "..."), "export");
  EXPECT_EQ(ImportNameFor(home_, ""), "export");
  EXPECT_LE(ImportNameFor(home_, std::string(500, 'x') + ".xml").size(), 100U);
}

TEST_F(SetupTest, AnImportRunsInSlicesAndSaysWhatCameOfIt) {
  BeginJournal(home_, kNote);
  sql::Db db = OpenDatabase(home_);
  ASSERT_TRUE(SetUp(db));
  std::ofstream(home_.Import() / "old.json")
      << R"({"daybook": 1, "entries": [{"kind": "entry", "status": "published", "slug": "a",)"
      << R"( "title": "A", "date": "2019-01-01T08:00:00Z", "format": "html", "body": "<p>x"}]})";
  const auto task = [&] { return db.Read([](sql::Tx& tx) { return ImportTaskOf(tx); }); };
  const auto start = [&](std::string name) {
    return db.Write(sql::Publicity::kPrivate,
                    [&](sql::Tx& tx) { return StartImport(tx, home_, {name}); });
  };
  EXPECT_FALSE(start("../journal.db"));
  ASSERT_TRUE(start("old.json"));
  EXPECT_FALSE(start("old.json"));  // it is running
  EXPECT_TRUE(task()->running);
  const auto told = [](const ImportReport& report) {
    return "taken " + std::to_string(report.entries.taken);
  };
  // A worker goes on with it, whether or not somebody looks at the page.
  EXPECT_TRUE(db.Read([&](sql::Tx& tx) { return HasDueJob(tx, now_); }));
  EXPECT_EQ(RunImportSlice(home_, now_, told), ImportSlice::kEnded);
  EXPECT_FALSE(task()->running);
  EXPECT_EQ(task()->end, ImportEnd::kDone);
  EXPECT_EQ(FileText(ImportReportFile(home_)), "taken 1");
  db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { CloseImport(tx, home_); });
  EXPECT_FALSE(task());
  EXPECT_FALSE(fs::exists(ImportReportFile(home_)));
}

TEST_F(SetupTest, AnImportThatNeverGetsOnIsGivenUp) {
  BeginJournal(home_, kNote);
  sql::Db db = OpenDatabase(home_);
  ASSERT_TRUE(SetUp(db));
  std::ofstream(home_.Import() / "old.json") << "{}";
  db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    ASSERT_TRUE(StartImport(tx, home_, {"old.json"}));
    // As slices leave it that are ended from outside again and again.
    tx.Exec(sql::query::kSettingPut, "import.task",
            R"({"files":["old.json"],"running":true,"slices":21,"items":0,"unfinished":20})");
  });
  EXPECT_EQ(RunImportSlice(home_, now_, [](const ImportReport&) { return ""; }),
            ImportSlice::kEnded);
  const auto task = db.Read([](sql::Tx& tx) { return ImportTaskOf(tx); });
  EXPECT_FALSE(task->running);
  EXPECT_EQ(task->end, ImportEnd::kStopped);
}

TEST_F(SetupTest, TheDoctorSaysOfEveryFindingWhatToDoUnlessItIsGood) {
  BeginJournal(home_, kNote);
  const templates::Words words("de");
  fcgi::Request request;
  request.web_root = home_.root;
  request.software = "nginx/1.22";
  request.remote = "192.0.2.1";
  Settings settings = DefaultSettings();
  handlers::Findings all = handlers::ExamineRequest(request, home_, settings, words);
  for (handlers::Finding& finding : handlers::Examine(home_, words))
    all.push_back(std::move(finding));
  using State = handlers::Finding::State;
  const auto state = [&](std::string_view name) {
    for (const handlers::Finding& finding : all) {
      if (finding.name == name) return finding.state;
    }
    ADD_FAILURE() << name;
    return State::kGood;
  };
  for (const handlers::Finding& finding : all) {
    EXPECT_FALSE(finding.text.empty()) << finding.name;
    EXPECT_FALSE(finding.title.empty()) << finding.name;
    EXPECT_EQ(finding.mend.empty(), finding.state == State::kGood) << finding.name;
  }
  EXPECT_EQ(state("outside"), State::kBad);  // inside the web folder
  EXPECT_EQ(state("https"), State::kLook);
  EXPECT_EQ(state("owner"), State::kLook);
  EXPECT_EQ(state("locking"), State::kGood);
  handlers::SortBySeverity(all);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(),
                             [](const auto& a, const auto& b) { return a.state > b.state; }));
  request.web_root = "/nowhere/else";
  request.https = true;
  request.headers.push_back({"authorization", "Bearer x"});
  all = handlers::ExamineRequest(request, home_, settings, words);
  for (const char* name : {"outside", "https", "authorization", "server"})
    EXPECT_EQ(state(name), State::kGood) << name;
  request.software = "Apache/2.4.57 (Debian)";
  request.web_root = home_.root;
  all = handlers::ExamineRequest(request, home_, settings, words);
  EXPECT_EQ(state("outside"), State::kLook);  // a file keeps it shut there
}

}  // namespace
}  // namespace daybook::journal
