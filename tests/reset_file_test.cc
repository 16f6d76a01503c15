// RESET-PASSWORD.txt: what of it counts, for how long, and that its code is good once.
#include "journal/reset_file.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <ctime>
#include <fstream>
#include <sstream>

namespace daybook::journal {
namespace {

class ResetFileTest : public testing::Test {
 protected:
  ResetFileTest() {
    std::string name = (std::filesystem::temp_directory_path() / "daybook-XXXXXX").string();
    home_.root = mkdtemp(name.data());
    file_ = home_.root / kResetFile;
  }
  ~ResetFileTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(home_.root, ignored);
  }
  void Put(std::string_view text) { std::ofstream(file_) << text; }
  std::string Text() const {
    std::ostringstream text;
    text << std::ifstream(file_).rdbuf();
    return text.str();
  }
  ResetState State(Seconds later = 0) const { return LookForReset(home_, now_ + later); }

  Home home_;
  std::filesystem::path file_;
  Seconds now_ = std::time(nullptr);
};

TEST_F(ResetFileTest, AnEmptyFileIsGivenACodeThatFitsForAnHour) {
  EXPECT_EQ(State(), ResetState::kNone);
  EXPECT_FALSE(BeginReset(home_, now_)) << "nothing is made where nothing was put";
  EXPECT_EQ(State(), ResetState::kNone);
  Put("");
  EXPECT_EQ(State(), ResetState::kEmpty);
  EXPECT_FALSE(ResetCodeFits(home_, "", now_));
  EXPECT_EQ(State(kResetLife + 5), ResetState::kOld);
  EXPECT_FALSE(BeginReset(home_, now_ + kResetLife + 5));
  ASSERT_TRUE(BeginReset(home_, now_));
  EXPECT_EQ(State(), ResetState::kCoded);
  const std::string code = Text();
  EXPECT_TRUE(BeginReset(home_, now_));
  EXPECT_EQ(Text(), code);
  EXPECT_TRUE(ResetCodeFits(home_, code, now_));
  EXPECT_FALSE(ResetCodeFits(home_, code.substr(0, 18), now_));
  EXPECT_FALSE(ResetCodeFits(home_, "aaaa-aaaa-aaaa-aaaa", now_));
  EXPECT_FALSE(ResetCodeFits(home_, code, now_ + kResetLife + 5));
  EXPECT_TRUE(EndReset(home_));
  EXPECT_FALSE(EndReset(home_)) << "somebody else was first";
  EXPECT_FALSE(ResetCodeFits(home_, code, now_));
}

TEST_F(ResetFileTest, WhatIsNoEmptyPlainFileIsLeftAlone) {
  for (const char* text : {"something", "\n\n\n\n\n\n\n\n\n", "aaaa-aaaa-aaaa"}) {
    Put(text);
    EXPECT_EQ(State(), ResetState::kForeign) << text;
    EXPECT_FALSE(BeginReset(home_, now_));
    EXPECT_EQ(Text(), text);
  }
  std::filesystem::remove(file_);
  std::ofstream(home_.root / "elsewhere") << "";
  std::filesystem::create_symlink("elsewhere", file_);
  EXPECT_EQ(State(), ResetState::kForeign);
  EXPECT_FALSE(BeginReset(home_, now_));
  std::filesystem::remove(file_);
  std::filesystem::create_directory(file_);
  EXPECT_EQ(State(), ResetState::kForeign);
  EXPECT_FALSE(BeginReset(home_, now_));
}

TEST_F(ResetFileTest, ToolsThatCanMakeNoEmptyFilePutALineEndOrAByteOrderMarkThere) {
  for (const char* text : {"\n", "\r\n", "\xef\xbb\xbf", "\xef\xbb\xbf\r\n", " "}) {
    Put(text);
    EXPECT_EQ(State(), ResetState::kEmpty);
    EXPECT_TRUE(BeginReset(home_, now_));
    EXPECT_EQ(State(), ResetState::kCoded);
  }
}

}  // namespace
}  // namespace daybook::journal
