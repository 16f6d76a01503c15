// daybook.conf and where a home is looked for.
#include "journal/config.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "journal/home.h"

namespace daybook::journal {
namespace {

std::string Value(std::string_view text, std::string_view key) {
  const Config config = ParseConfig(text, "f");
  const ConfigLine* line = config.Find(key);
  return line == nullptr ? "(none)" : line->value;
}

std::string Error(std::string_view text) {
  try {
    (void)ParseConfig(text, "daybook.conf");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

TEST(ConfigTest, ReadsKeysAndValuesAndLeavesOutCommentsAndSpace) {
  constexpr std::string_view kText =
      "\xEF\xBB\xBF# a comment\r\n"
      "\n"
      "  title =  My journal  # another\r\n"
      "tagline=\"  kept  # space \\\"q\\\" \\\\ \"\n"
      "theme.accent = #1a5fb4\n"
      "permalink = /a#b/{slug}\n"
      "rates = off";
  EXPECT_EQ(Value(kText, "title"), "My journal");
  EXPECT_EQ(Value(kText, "tagline"), "  kept  # space \"q\" \\ ");
  EXPECT_EQ(Value(kText, "permalink"), "/a#b/{slug}");
  EXPECT_EQ(Value(kText, "rates"), "off");
  EXPECT_EQ(Value(kText, "absent"), "(none)");
}

TEST(ConfigTest, ALaterLineWins) { EXPECT_EQ(Value("a = 1\na = 2\n", "a"), "2"); }

TEST(ConfigTest, WhatCannotBeReadNamesFileAndLine) {
  EXPECT_TRUE(Error("title = x\nwhat is this\n").starts_with("daybook.conf, line 2: "));
  EXPECT_NE(Error("= x"), "");
  EXPECT_NE(Error("title = \"open"), "");
  EXPECT_NE(Error("title = \"a\" b"), "");
  EXPECT_NE(Error("title = \xFF"), "");
}

TEST(ConfigTest, NoFileIsAnEmptyOne) {
  EXPECT_TRUE(LoadConfig("/nonexistent/daybook.conf").lines.empty());
}

class HomeTest : public testing::Test {
 protected:
  HomeTest() {
    std::string name = (std::filesystem::temp_directory_path() / "daybook-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~HomeTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(HomeTest, TheOptionBeatsTheVariable) {
  setenv("DAYBOOK_HOME", "/tmp/other", 1);
  EXPECT_EQ(FindHome("/tmp/x")->root, "/tmp/x");
  EXPECT_EQ(FindHome("")->root, "/tmp/other");
  unsetenv("DAYBOOK_HOME");
  EXPECT_FALSE(FindHome(""));
  EXPECT_TRUE(FindHome("relative")->root.is_absolute());
}

TEST_F(HomeTest, AFileBesideTheProgramNamesTheHome) {
  unsetenv("DAYBOOK_HOME");
  std::filesystem::path file = ProgramFolder() / "daybook.home";
  ASSERT_FALSE(std::filesystem::exists(file));
  std::ofstream(file) << "../somewhere\r\n";
  std::optional<Home> home = FindHome("");
  std::filesystem::remove(file);
  ASSERT_TRUE(home);
  EXPECT_EQ(home->root, (ProgramFolder() / "../somewhere").lexically_normal());
}

TEST_F(HomeTest, AFolderThatNobodyGuessesBesideTheProgramIsTheHome) {
  unsetenv("DAYBOOK_HOME");
  const std::filesystem::path near = ProgramFolder() / "journal-0123",
                              home = ProgramFolder() / "journal-0123456789abcdef01234567";
  std::filesystem::create_directory(near);
  EXPECT_FALSE(FindHome(""));
  std::filesystem::create_directory(home);
  const std::optional<Home> found = FindHome("");
  std::filesystem::remove(near);
  std::filesystem::remove(home);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->root, home);
}

TEST_F(HomeTest, OnlyTheOwnerCanLookIntoThePrivateRoom) {
  mode_t before = umask(0);
  Home home{folder_ / "a" / "b"};
  CreateHome(home);
  CreateHome(home);  // again: nothing to do
  umask(before);
  auto mode = [](const std::filesystem::path& path) {
    return static_cast<unsigned>(std::filesystem::status(path).permissions());
  };
  EXPECT_EQ(mode(home.Private()), 0700U);
  EXPECT_EQ(mode(home.Backups()), 0700U);
  EXPECT_EQ(mode(home.Database()), 0600U);
  EXPECT_EQ(mode(home.Public()), 0755U);
  EXPECT_EQ(mode(home.Media()), 0755U);
}

}  // namespace
}  // namespace daybook::journal
