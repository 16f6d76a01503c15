// Reading the web server's access log while it is rotated, packed and truncated. Lines, bots and
// days: tests/e2e/admin_settings_test.py.
#include "journal/statistics.h"

#include <fstream>

#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class RotationTest : public JournalTest {
 protected:
  RotationTest() { Set("statistics.log", log_.string()); }

  // A reader of the front page, whose address nobody had before.
  void Visit(int count = 1) {
    std::ofstream out(log_, std::ios::app);
    for (int i = 0; i < count; ++i, ++people_)
      out << "10.0." << people_ / 250 << "." << people_ % 250
          << " - - [29/Mar/2007:08:" << 10 + people_
          << ":00 +0000] \"GET / HTTP/1.1\" 200 10 \"-\""
             " \"Mozilla/5.0 (X11; Linux x86_64) Firefox/115.0\"\n";
  }
  std::int64_t Readers() {
    now_ += 3600;
    for (int i = 0; i < 100 && ReadAccessLog(db_, settings_, now_); ++i) {
    }
    std::int64_t sum = 0;
    for (const DayCount& day :
         Read([](sql::Tx& tx) { return ReadersByDay(tx, Counted::kReaders, 0); }))
      sum += day.readers;
    return sum;
  }
  void Rotate() { std::filesystem::rename(log_, log_.string() + ".1"); }

  const std::filesystem::path log_ = folder_ / "access.log";
  int people_ = 0;
};

TEST_F(RotationTest, WhatCameBetweenTheReadingAndTheRotationIsCounted) {
  Visit(3);
  EXPECT_EQ(Readers(), 3);
  Visit(2);
  Rotate();
  Visit(4);
  EXPECT_EQ(Readers(), 9);
  EXPECT_EQ(Readers(), 9);
}

TEST_F(RotationTest, ALogThatWasPackedAtOnceOrRotatedTwiceLosesOnlyWhatNobodyCanRead) {
  Visit(3);
  EXPECT_EQ(Readers(), 3);
  Visit(2);
  std::filesystem::remove(log_);  // into a .gz
  Visit(4);
  EXPECT_EQ(Readers(), 7);
  Rotate();
  Visit(1);
  Rotate();
  Visit(5);
  EXPECT_EQ(Readers(), 12);
}

TEST_F(RotationTest, ATruncatedLogIsReadFromItsBeginning) {
  Visit(3);
  EXPECT_EQ(Readers(), 3);
  std::filesystem::resize_file(log_, 0);
  Visit(2);
  EXPECT_EQ(Readers(), 5);
  EXPECT_EQ(Readers(), 5);
}

TEST_F(RotationTest, ALogThatIsAwayForAWhileIsReadWhereItStopped) {
  Visit(3);
  EXPECT_EQ(Readers(), 3);
  const std::string aside = log_.string() + ".aside";
  std::filesystem::rename(log_, aside);
  EXPECT_EQ(Readers(), 3);
  EXPECT_EQ(Read([](sql::Tx& tx) { return AccessLogState(tx); }).problem, LogProblem::kUnreadable);
  std::filesystem::rename(aside, log_);
  Visit(1);
  EXPECT_EQ(Readers(), 4);
}

}  // namespace
}  // namespace daybook::journal
