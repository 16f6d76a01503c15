// Who is refused while requests queue up, and who is not.
#include "fcgi/pressure.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace daybook::fcgi {
namespace {

using std::chrono::milliseconds;

class PressureTest : public ::testing::Test {
 protected:
  // Answers requests of one rank, one after another, while others wait.
  void Work(Rank rank, milliseconds each, int times) {
    for (int i = 0; i < times; ++i) {
      now_ += each;
      pressure_.Spent(rank, each, now_);
    }
  }
  bool Refuses(Rank rank) const { return pressure_.Refused(now_, waited_).Has(rank); }

  Pressure pressure_;
  std::optional<Pressure::Duration> waited_;  // as the web server says
  Pressure::Clock::time_point now_ = Pressure::Clock::now();
};

TEST_F(PressureTest, RefusesNothingWhileNobodyWaits) {
  for (int i = 0; i < 100; ++i) {
    Work(Rank::kSearch, milliseconds(20), 1);
    pressure_.NobodyWaits(now_);
    EXPECT_FALSE(Refuses(Rank::kSearch));
  }
}

TEST_F(PressureTest, RefusesSearchesThatTakeMoreThanTheirShare) {
  Work(Rank::kSearch, milliseconds(20), 20);
  EXPECT_FALSE(Refuses(Rank::kSearch)) << "a short queue is no distress";
  Work(Rank::kSearch, milliseconds(20), 20);
  EXPECT_TRUE(Refuses(Rank::kSearch));
  EXPECT_FALSE(Refuses(Rank::kWrite));
  EXPECT_FALSE(Refuses(Rank::kRead));
}

TEST_F(PressureTest, LetsSearchesInAgainAsTheirShareFades) {
  Work(Rank::kSearch, milliseconds(20), 100);
  Work(Rank::kRead, milliseconds(1), 3000);
  EXPECT_FALSE(Refuses(Rank::kSearch));
}

TEST_F(PressureTest, KeepsSearchesNearTheirShareUnderALastingStorm) {
  milliseconds searching{0}, all{0};
  for (int i = 0; i < 20000; ++i) {
    const bool refused = Refuses(Rank::kSearch);
    const Rank rank = i % 2 ? Rank::kRead : Rank::kSearch;
    const milliseconds cost(rank == Rank::kRead || refused ? 1 : 15);
    Work(rank, cost, 1);
    if (rank == Rank::kSearch) searching += cost;
    all += cost;
  }
  EXPECT_LT(searching.count(),
            all.count() * 6 / 10);  // the refusals among them cost as much as a page here
}

TEST_F(PressureTest, RefusesWritingLaterThanSearching) {
  Work(Rank::kWrite, milliseconds(10), 60);
  Work(Rank::kRead, milliseconds(10), 40);
  EXPECT_FALSE(Refuses(Rank::kWrite));
  Work(Rank::kWrite, milliseconds(10), 100);
  EXPECT_TRUE(Refuses(Rank::kWrite));
  EXPECT_FALSE(Refuses(Rank::kRead));
}

TEST_F(PressureTest, AShortWaitIsNoDistressHoweverLongTheQueueIsNeverEmpty) {
  waited_ = milliseconds(20);
  Work(Rank::kWrite, milliseconds(10), 200);
  EXPECT_FALSE(Refuses(Rank::kWrite));
  waited_ = milliseconds(300);
  EXPECT_TRUE(Refuses(Rank::kWrite));
  EXPECT_FALSE(Refuses(Rank::kRead));
}

TEST_F(PressureTest, ALongWaitCountsAtOnce) {
  Work(Rank::kSearch, milliseconds(20), 20);
  EXPECT_FALSE(Refuses(Rank::kSearch));
  waited_ = milliseconds(300);
  EXPECT_TRUE(Refuses(Rank::kSearch));
}

TEST(WaitedSince, TakesTheServersTimeWhereItMakesSense) {
  const std::chrono::system_clock::time_point now{milliseconds(1700000000500)};
  EXPECT_EQ(WaitedSince("1700000000.200", now), milliseconds(300));
  EXPECT_EQ(WaitedSince("1700000000.900", now), milliseconds(0)) << "a clock some moments ahead";
  for (const char* text :
       {"", "1700000000", "1700000000.2", "1700000000,200", "17000000x0.200", "-700000000.200",
        "1700000000.2000", "1600000000.000", "1700000009.000"}) {
    EXPECT_EQ(WaitedSince(text, now), std::nullopt) << text;
  }
}

TEST_F(PressureTest, NeverRefusesReaders) {
  Work(Rank::kRead, milliseconds(50), 1000);
  EXPECT_FALSE(Refuses(Rank::kRead));
}

TEST_F(PressureTest, KnowsThatAnotherProcessOfTheSameMasterHadNothingToDo) {
  Work(Rank::kSearch, milliseconds(20), 100);
  ASSERT_TRUE(Refuses(Rank::kSearch));
  const pid_t child = fork();
  if (child == 0) {
    pressure_.NobodyWaits(now_);
    _exit(0);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_FALSE(Refuses(Rank::kSearch));
}

}  // namespace
}  // namespace daybook::fcgi
