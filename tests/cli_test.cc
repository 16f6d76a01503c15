// The program as somebody at a terminal meets it: the built binary is run, its words and exit codes
// are looked at.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "journal/counts.h"
#include "journal/edit.h"
#include "journal/journal.h"
#include "journal/worker.h"
#include "sql/connection.h"
#include "sql/queries/state.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int code = -1;
  std::string out, err;
};

class CliTest : public testing::Test {
 protected:
  CliTest() {
    std::string name = (fs::temp_directory_path() / "daybook-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    home_ = folder_ / "home";
    program_ = journal::ProgramFolder() / "daybook";
    unsetenv("DAYBOOK_HOME");
  }
  ~CliTest() override {
    for (pid_t child : children_) {
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  // Starts the program with what it reads and writes in files, so that nothing can block.
  pid_t Start(const std::vector<std::string>& words, const std::string& input) {
    std::ofstream(folder_ / "in", std::ios::binary) << input;
    pid_t child = fork();
    if (child != 0) return child;
    std::vector<char*> argv{const_cast<char*>(program_.c_str())};
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    dup2(open((folder_ / "in").c_str(), O_RDONLY), 0);
    dup2(open((folder_ / "out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
    dup2(open((folder_ / "err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
    execv(program_.c_str(), argv.data());
    _exit(127);
  }
  std::string Slurp(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  Outcome Run(const std::vector<std::string>& words, const std::string& input = "") {
    int status = 0;
    waitpid(Start(words, input), &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, Slurp(folder_ / "out"),
            Slurp(folder_ / "err")};
  }
  Outcome Init() {
    return Run(
        {"init", "--home", home_, "--title", "My “journal”", "--url", "https://example.org/blog",
         "--owner", "Ann", "--email", "ann@example.org", "--password-stdin"},
        "correct horse\n");
  }
  journal::Journal Opened() { return journal::OpenJournal({home_}); }
  static std::int64_t Rev(journal::Journal& opened) {
    return opened.db.Read([](sql::Tx& tx) { return tx.Int(sql::query::kReadRev).value(); });
  }
  journal::Id Save(journal::Journal& opened, journal::Seconds visible_at) {
    const journal::Settings settings = opened.Load();
    journal::EntryDraft draft;
    draft.status = journal::EntryStatus::kPublished;
    draft.title = "Entry";
    draft.body = "[a](/2019/x.html)";
    draft.author_id = 1;
    draft.visible_at = visible_at;
    return opened.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      return journal::SaveEntry(tx, settings, draft, std::time(nullptr));
    });
  }
  template <typename F>
  static bool Within(std::chrono::milliseconds limit, F&& f) {
    auto end = std::chrono::steady_clock::now() + limit;
    while (!f()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
  }

  fs::path folder_, home_, program_;
  std::vector<pid_t> children_;
};

TEST_F(CliTest, WrongUseIsTwoAndSaysWhatToType) {
  const std::vector<std::string> kWrong[] = {
      {"inti"},
      {"init", "--home", home_},
      {"init", "--nonsense"},
      {"settings"},
      {"settings", "get"},
      {"settings", "frob"},
      {"settings", "list", "more"},
      {"settings", "list"},  // which journal?
      {"work", "--home", home_, "--for", "soon"},
      {"work", "--for"},
      {"version", "word"},
      {"doctor", "--json=yes"},
      {"help", "inti"},
  };
  for (const auto& words : kWrong) {
    Outcome outcome = Run(words);
    EXPECT_EQ(outcome.code, 2) << words[0] << ": " << outcome.err;
    EXPECT_TRUE(outcome.err.starts_with("daybook: ")) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_FALSE(fs::exists(home_));
}

TEST_F(CliTest, HelpNamesEveryCommandAndHowToUseOne) {
  Outcome all = Run({"help"});
  EXPECT_EQ(all.code, 0);
  for (const char* name :
       {"init", "settings", "work", "doctor", "migrate", "version", "serve", "import"}) {
    EXPECT_NE(all.out.find(std::string("  ") + name), std::string::npos) << name;
  }
  EXPECT_NE(Run({"help", "init"}).out.find("--password-stdin"), std::string::npos);
  EXPECT_EQ(Run({"init", "--help"}).out, Run({"help", "init"}).out);
  EXPECT_TRUE(Run({"version"}).out.starts_with("daybook " DAYBOOK_VERSION "\n"));
}

TEST_F(CliTest, InitMakesAJournalWhoseOwnerCanSignIn) {
  Outcome outcome = Init();
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(Run({"settings", "get", "title", "--home", home_}).out, "My “journal”\n");
  EXPECT_EQ(Run({"settings", "get", "zone", "--home", home_}).out, "UTC\n");
  struct stat info;
  ASSERT_EQ(stat((home_ / "private").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700U);
  ASSERT_EQ(stat((home_ / "private/journal.db").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  sql::Connection connection(home_ / "private/journal.db", sql::Connection::Access::kReader, false);
  std::string hash =
      connection.Word("select password from author where role = 2 and may_publish = 1");
  EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
  EXPECT_TRUE(journal::PasswordFits("correct horse", hash));
  EXPECT_FALSE(journal::PasswordFits("correct horsf", hash));
  EXPECT_FALSE(journal::PasswordFits("", ""));
}

TEST_F(CliTest, InitLeavesAJournalThatIsThereAlone) {
  ASSERT_EQ(Init().code, 0);
  Run({"settings", "set", "title", "Changed", "--home", home_});
  Outcome again = Init();
  EXPECT_EQ(again.code, 1);
  EXPECT_NE(again.err.find("already"), std::string::npos);
  EXPECT_EQ(Run({"settings", "get", "title", "--home", home_}).out, "Changed\n");
}

TEST_F(CliTest, InitChecksItsValuesAndThePasswordBeforeItMakesAnything) {
  std::vector<std::string> words{
      "init",          "--home",          home_,     "--title", "T",
      "--url",         "ftp://x.example", "--owner", "A",       "--email",
      "a@example.org", "--password-stdin"};
  EXPECT_EQ(Run(words, "correct horse\n").code, 2);
  words[6] = "https://x.example";
  Outcome brief = Run(words, "short\n");
  EXPECT_EQ(brief.code, 2);
  EXPECT_NE(brief.err.find("has 5"), std::string::npos) << brief.err;
  words.pop_back();
  EXPECT_EQ(Run(words, "correct horse\n").code, 2);  // no terminal to ask on
  EXPECT_FALSE(fs::exists(home_));
}

TEST_F(CliTest, TheQueryOfACgiRequestIsNeverACommand) {
  ASSERT_EQ(Init().code, 0);
  const std::pair<const char*, std::string> kCgi[] = {
      {"DAYBOOK_HOME", home_.string()}, {"GATEWAY_INTERFACE", "CGI/1.1"}, {"REQUEST_METHOD", "GET"},
      {"REQUEST_URI", "/?doctor"},      {"QUERY_STRING", "doctor"},       {"SCRIPT_NAME", ""},
      {"HTTP_HOST", "example.org"},     {"SERVER_PROTOCOL", "HTTP/1.1"}};
  for (const auto& [name, value] : kCgi) setenv(name, value.c_str(), 1);
  Outcome outcome = Run({"doctor"});
  for (const auto& [name, value] : kCgi) unsetenv(name);
  EXPECT_EQ(outcome.out.find("private: "), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("Content-Type: "), std::string::npos) << outcome.out;
}

TEST_F(CliTest, ACommandOfTheOtherProgramIsDoneByItOrSaysWhereThatBelongs) {
  Init();
  const fs::path file = folder_ / "it's an “export”.txt";
  std::ofstream(file) << "TITLE: A walk\nAUTHOR: Ann\nDATE: 03/19/2007 08:15:00 AM\n-----\nBODY:\n"
                         "Along the canal.\n-----\n--------\n";
  Outcome done = Run({"import", "--home", home_, "--dry-run", "--format=mt", "--", file.string()});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.out.find("1 found = 1 taken"), std::string::npos) << done.out;
  fs::copy_file(program_, folder_ / "daybook");
  program_ = folder_ / "daybook";
  Outcome alone = Run({"import", "--home", home_, file.string()});
  EXPECT_EQ(alone.code, 1);
  EXPECT_NE(alone.err.find("daybook-work"), std::string::npos) << alone.err;
  EXPECT_EQ(Run({"import", "--home", home_, "--format", "odd", file.string()}).code, 2);
}

TEST_F(CliTest, TheVariableNamesTheHomeToo) {
  ASSERT_EQ(Init().code, 0);
  setenv("DAYBOOK_HOME", home_.c_str(), 1);
  EXPECT_EQ(Run({"settings", "get", "owner"}).out, "Ann\n");
  unsetenv("DAYBOOK_HOME");
}

TEST_F(CliTest, SettingsAreListedSetRefusedAndLocked) {
  ASSERT_EQ(Init().code, 0);
  std::ofstream(home_ / "private/daybook.conf") << "comments = closed\n";
  auto list = nlohmann::json::parse(Run({"settings", "list", "--json", "--home", home_}).out);
  EXPECT_EQ(list.size(), journal::AllSettings().size());
  for (const auto& one : list) EXPECT_EQ(one["locked"], one["name"] == "comments");
  std::string plain = Run({"settings", "list", "--home", home_}).out;
  EXPECT_NE(plain.find("comments = closed"), std::string::npos);
  EXPECT_NE(plain.find("daybook.conf, line 1"), std::string::npos);

  EXPECT_EQ(Run({"settings", "set", "front.entries", "7", "--home", home_}).code, 0);
  EXPECT_EQ(Run({"settings", "get", "front.entries", "--home", home_}).out, "7\n");
  EXPECT_EQ(Run({"settings", "set", "front.entries", "0", "--home", home_}).code, 2);
  EXPECT_EQ(Run({"settings", "set", "tagline", "--home", home_, "--", "--odd"}).code, 0);
  EXPECT_EQ(Run({"settings", "get", "tagline", "--home", home_}).out, "--odd\n");
  Outcome near = Run({"settings", "get", "front.entrys", "--home", home_});
  EXPECT_EQ(near.code, 2);
  EXPECT_NE(near.err.find("front.entries"), std::string::npos);
  EXPECT_EQ(Run({"settings", "set", "comments", "open", "--home", home_}).code, 1);

  Run({"settings", "set", "smtp.password", "-", "--home", home_}, "secret\n");
  EXPECT_EQ(Run({"settings", "list", "--home", home_}).out.find("secret"), std::string::npos);
  EXPECT_EQ(Run({"settings", "get", "smtp.password", "--home", home_}).out, "secret\n");

  std::ofstream(home_ / "private/daybook.conf") << "# x\ntitel = y\n";
  Outcome broken = Run({"settings", "list", "--home", home_});
  EXPECT_EQ(broken.code, 1);
  EXPECT_NE(broken.err.find("line 2"), std::string::npos);
  EXPECT_NE(broken.err.find("title"), std::string::npos);
}

TEST_F(CliTest, WhatIsMissingAndWhatWasMeantIsSaid) {
  const std::pair<std::vector<std::string>, const char*> kSaid[] = {
      {{"comment", "list"}, "There is no command “comment”. Was “comments” meant?"},
      {{"help", "setings"}, "Was “settings” meant?"},
      {{"frobnicate"}, "`daybook help` shows all."},
      {{"import"}, "`import` needs the FILE to read."},
      {{"settings"}, "`settings` needs list, get or set."},
      {{"settings", "get"}, "`settings get` needs NAME."},
      {{"settings", "set", "title"}, "`settings set` needs NAME and VALUE."},
      {{"entry", "change", "/x"}, "`entry change` needs PATH and FILE."},
      {{"comments", "show"}, "Which one?"}};
  for (const auto& [words, said] : kSaid) {
    const Outcome outcome = Run(words);
    EXPECT_EQ(outcome.code, 2) << said;
    EXPECT_NE(outcome.err.find(said), std::string::npos) << outcome.err;
  }
  ASSERT_EQ(Init().code, 0);
  for (const char* act : {"show", "approve"}) {
    const Outcome none = Run({"comments", "--home", home_, act, "9999", "r8"});
    EXPECT_EQ(none.code, 1);
    EXPECT_NE(none.err.find("There is no comment 9999. "), std::string::npos) << none.err;
    EXPECT_NE(none.err.find("There is no reference r8. "), std::string::npos) << none.err;
  }
}

TEST_F(CliTest, HelpExplainsEveryOptionInALine) {
  for (const char* name : {"init", "serve", "import", "settings", "comments", "entry", "work"}) {
    const std::string help = Run({"help", name}).out;
    EXPECT_NE(help.find("\n  --home DIR  "), std::string::npos) << help;
    for (size_t at = 0; (at = help.find("\n  --", at)) != std::string::npos; ++at) {
      const std::string line = help.substr(at + 1, help.find('\n', at + 1) - at - 1);
      EXPECT_GT(line.size(), 36U) << line;
    }
  }
  EXPECT_NE(Run({"help", "comments"}).out.find("50 if not given"), std::string::npos);
}

TEST_F(CliTest, AnEntryIsPublishedOnlyFromAFileWithText) {
  ASSERT_EQ(Init().code, 0);
  std::ofstream(folder_ / "bytes", std::ios::binary)
      << "\xFE\x91" << std::string(3, '\0') << "\xC3";
  std::ofstream(folder_ / "nul", std::ios::binary) << std::string("a\0b", 3);
  std::ofstream(folder_ / "blank") << " \n\t\r\n";
  const std::pair<std::string, const char*> kRefused[] = {{"/dev/null", "/dev/null is empty. "},
                                                          {folder_ / "blank", "blank is empty. "},
                                                          {folder_ / "bytes", "bytes is no text. "},
                                                          {folder_ / "nul", "nul is no text. "},
                                                          {"-", "Standard input is empty. "}};
  for (const auto& [file, said] : kRefused) {
    const Outcome outcome = Run({"entry", "--home", home_, "publish", file});
    EXPECT_EQ(outcome.code, 1) << file;
    EXPECT_NE(outcome.err.find(said), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_EQ(Run({"entry", "--home", home_, "publish", "-"}, "Grüße\n").code, 0);
}

TEST_F(CliTest, AJournalIsNotMadeInALanguageWithoutTexts) {
  const Outcome refused =
      Run({"init", "--home", home_, "--title", "T", "--url", "https://example.org", "--owner", "O",
           "--email", "o@example.org", "--language", "xx", "--password-stdin"},
          "a long password\n");
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("“xx”. Use one of "), std::string::npos) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(home_ / "private/journal.db"));
}

TEST_F(CliTest, ALanguageWithoutTextsIsRefusedUntilTheThemeBringsThem) {
  ASSERT_EQ(Init().code, 0);
  const Outcome refused = Run({"settings", "--home", home_, "set", "language", "xx"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("“xx”. Use one of de, en-GB, en, es, fr,"), std::string::npos)
      << refused.err;
  EXPECT_EQ(Run({"settings", "--home", home_, "get", "language"}).out, "en\n");
  EXPECT_EQ(Run({"settings", "--home", home_, "set", "language", "en-ie"}).out,
            "language = en-IE\n");
  EXPECT_EQ(Run({"settings", "--home", home_, "set", "language", "de-at"}).out,
            "language = de-AT\n");
  std::ofstream(home_ / "private/theme/words.txt") << "search.button = Suchen\n";
  EXPECT_EQ(Run({"settings", "--home", home_, "set", "language", "xx"}).code, 0);
}

TEST_F(CliTest, WhatWasSetIsShownAsItIsKept) {
  ASSERT_EQ(Init().code, 0);
  EXPECT_EQ(Run({"settings", "--home", home_, "set", "url", "example.org"}).out,
            "url = https://example.org\n");
  EXPECT_EQ(Run({"settings", "--home", home_, "--json", "set", "url", "example.org"}).out,
            "\"https://example.org\"\n");
  EXPECT_EQ(Run({"settings", "--home", home_, "set", "smtp.password", "-"}, "secret\n").out, "");
}

TEST_F(CliTest, AJournalIsMadeNeitherInAnotherOneNorInAFile) {
  ASSERT_EQ(Init().code, 0);
  const fs::path outer = home_;
  std::ofstream(folder_ / "file") << "x";
  for (const fs::path& place : {outer / "private", outer / "private/deep/er", outer / "public",
                                folder_ / "file", folder_ / "file/below"}) {
    const bool there = fs::exists(place);
    home_ = place;
    const Outcome outcome = Init();
    EXPECT_EQ(outcome.code, 1) << place;
    const bool inside = place.string().starts_with(outer.string());
    EXPECT_NE(outcome.err.find(inside ? "is inside the journal in " + outer.string()
                                      : "is a file. Name a folder with --home."),
              std::string::npos)
        << outcome.err;
    EXPECT_EQ(fs::exists(place), there) << place;
    EXPECT_FALSE(fs::exists(place / "private"));
  }
}

TEST_F(CliTest, AnotherMountRendersTheBodiesAgain) {
  ASSERT_EQ(Init().code, 0);
  journal::Journal opened = Opened();
  Save(opened, 1000000);
  auto html = [&] {
    sql::Connection connection(home_ / "private/journal.db", sql::Connection::Access::kReader,
                               false);
    return connection.Word("select body_html from entry");
  };
  EXPECT_NE(html().find("\"/blog/2019/x.html\""), std::string::npos) << html();
  ASSERT_EQ(Run({"settings", "set", "url", "https://example.org/notes", "--home", home_}).code, 0);
  EXPECT_NE(html().find("\"/notes/2019/x.html\""), std::string::npos) << html();
}

TEST_F(CliTest, WithoutAJournalEveryCommandSaysHowToMakeOne) {
  for (const char* command : {"migrate", "work"}) {
    Outcome outcome = Run({command, "--home", home_});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.err.find("daybook init"), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(Run({"doctor", "--home", home_}).code, 1);
}

TEST_F(CliTest, MigrateOfACurrentJournalChangesNothing) {
  ASSERT_EQ(Init().code, 0);
  Outcome outcome = Run({"migrate", "--home", home_});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("up to date"), std::string::npos);
}

TEST_F(CliTest, TheDoctorFindsWhatIsWrongAndNamesTheMend) {
  ASSERT_EQ(Init().code, 0);
  auto states = [&] {
    std::map<std::string, std::string> by_name;
    for (const auto& one : nlohmann::json::parse(Run({"doctor", "--json", "--home", home_}).out)) {
      by_name[one["name"]] = one["state"];
      EXPECT_EQ(one["mend"] == "", one["state"] == "good") << one;
    }
    return by_name;
  };
  EXPECT_EQ(Run({"doctor", "--home", home_}).code, 0);
  auto good = states();
  for (const char* name : {"home", "private", "public", "database", "schema", "zone data", "clock",
                           "page store", "url"}) {
    EXPECT_EQ(good[name], "good") << name;
  }
  EXPECT_EQ(good["mail"], "warning");
  EXPECT_EQ(good.count("rates"), 0U);

  Run({"settings", "set", "rates", "off", "--home", home_});
  EXPECT_EQ(Run({"settings", "set", "fetch.allow", "127.0.0.1:80", "--home", home_}).code, 1);
  EXPECT_EQ(states().count("fetch.allow"), 0U);
  std::ofstream(home_ / "private/daybook.conf") << "fetch.allow = 127.0.0.1:80\n";
  fs::permissions(home_ / "private", fs::perms(0755));
  auto bad = states();
  EXPECT_EQ(bad["rates"], "warning");
  EXPECT_EQ(bad["fetch.allow"], "warning");
  EXPECT_EQ(bad["private"], "bad");
  EXPECT_EQ(Run({"doctor", "--home", home_}).code, 1);
  EXPECT_NE(Run({"doctor", "--home", home_}).out.find("chmod 0700"), std::string::npos);

  fs::permissions(home_ / "private", fs::perms(0700));
  std::ofstream(home_ / "private/journal.db", std::ios::binary) << std::string(8192, 'x');
  EXPECT_EQ(Run({"doctor", "--home", home_}).code, 1);
}

TEST_F(CliTest, TheDoctorNamesTheLineOfAThemeThatDoesNotDo) {
  ASSERT_EQ(Init().code, 0);
  const fs::path theme = home_ / "private/theme";
  const auto says = [&](const std::string& file, const std::string& text, const std::string& said) {
    std::ofstream(theme / file) << text;
    const Outcome outcome = Run({"doctor", "--home", home_});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.out.find(said), std::string::npos) << outcome.out;
    fs::remove(theme / file);
  };
  EXPECT_EQ(Run({"doctor", "--home", home_}).code, 0);
  says("words.txt", "# mine\nsearch.button = Go\nserach.button = Go\n",
       "words.txt, line 3: “serach.button”");
  says("words.txt", "search.button Go\n", "line 1");
  const std::string start = "{{%AUTOESCAPE context=\"HTML\"}}\n<p>\n";
  says("search.tpl", start + "[[no.such.text]]\n", "(search.tpl, line 3)");
  says("search.tpl", start + "\n{{#OPEN}}<b>\n", "{{#OPEN}} is not closed (search.tpl, line 4)");
  says("search.tpl", start + "{{/OPEN}}\n", "(search.tpl, line 3)");
  says("search.tpl", start + "[[>parts/none]]\n", "(search.tpl, line 3)");
  says("serach.tpl", start, "serach.tpl");
  EXPECT_EQ(Run({"doctor", "--home", home_}).code, 0);
  Run({"settings", "set", "theme", "night", "--home", home_});
  EXPECT_NE(Run({"doctor", "--home", home_}).out.find("theme/night"), std::string::npos);
  fs::create_directory(theme / "night");
  EXPECT_EQ(Run({"doctor", "--home", home_}).code, 0);
}

TEST_F(CliTest, WorkEndsAtOnceWhereNothingWaitsAndOpensNoStoreForLater) {
  ASSERT_EQ(Init().code, 0);
  journal::Journal opened = Opened();
  std::int64_t rev = Rev(opened);
  EXPECT_EQ(Run({"work", "--home", home_}).code, 0);
  EXPECT_EQ(Rev(opened), rev);  // no pages are open that an earlier worker promised for
  Save(opened, std::time(nullptr) + 5000);
  rev = Rev(opened);
  EXPECT_EQ(Run({"work", "--home", home_}).code, 0);
  EXPECT_EQ(Rev(opened), rev + 1);  // a moment lies ahead that nobody watches any more
  auto status = nlohmann::json::parse(Run({"work", "--status", "--json", "--home", home_}).out);
  EXPECT_EQ(status["waiting"], 0);
  EXPECT_EQ(status["running"], false);
  EXPECT_FALSE(status["next"].is_null());
}

TEST_F(CliTest, AWorkerFoldsInAScheduledEntryWhenItsTimeComesAndStopsWhenTold) {
  ASSERT_EQ(Init().code, 0);
  journal::Journal opened = Opened();
  children_.push_back(Start({"work", "--for", "60", "--home", home_}, ""));
  ASSERT_TRUE(Within(std::chrono::seconds(10),
                     [&] { return journal::StatusOfQueue(opened, std::time(nullptr)).running; }));
  Save(opened, std::time(nullptr) + 2);
  ASSERT_TRUE(Within(std::chrono::seconds(15), [&] {
    sql::Connection connection(home_ / "private/journal.db", sql::Connection::Access::kReader,
                               false);
    return connection.Number("select counted from entry") == 1;
  }));
  EXPECT_EQ(journal::RunWorker(opened, {0}), journal::Worked::kOccupied);
  kill(children_.back(), SIGTERM);
  int status = 0;
  waitpid(children_.back(), &status, 0);
  children_.pop_back();
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace daybook::cli
