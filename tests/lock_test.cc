// The lock that every writer takes, and what the disk is asked.
#include "sql/lock.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "sql/filesystem.h"
#include "tests/store_fixture.h"

namespace daybook::sql {
namespace {

using std::chrono::milliseconds;

class LockTest : public testing::Test {
 protected:
  // A process that holds the lock until it is killed.
  pid_t Holder() {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    const pid_t child = fork();
    if (child == 0) {
      const std::optional<FileLock> lock = FileLock::Take(file_, milliseconds(0));
      if (write(ends[1], lock ? "y" : "n", 1) != 1) _exit(1);
      for (;;) pause();
    }
    char answer = 0;
    EXPECT_EQ(read(ends[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    close(ends[0]);
    close(ends[1]);
    return child;
  }
  static void Kill(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }

  TemporaryHome home_;
  std::filesystem::path file_ = home_.path() / "journal.lock";
};

TEST_F(LockTest, OneProcessHoldsItAndTheOtherGivesUpInTime) {
  const pid_t holder = Holder();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(FileLock::Take(file_, milliseconds(50)));
  const auto waited = std::chrono::steady_clock::now() - start;
  EXPECT_GE(waited, milliseconds(50));
  EXPECT_LT(waited, milliseconds(2000));
  Kill(holder);
}

TEST_F(LockTest, AKilledHolderFreesIt) {
  Kill(Holder());
  EXPECT_TRUE(FileLock::Take(file_, milliseconds(0)));
}

TEST_F(LockTest, ItIsHeldOnlyWhileSomebodyHoldsIt) {
  EXPECT_FALSE(FileLock::IsHeld(file_)) << "no such file";
  {
    const std::optional<FileLock> lock = FileLock::Take(file_, milliseconds(0));
    EXPECT_TRUE(FileLock::IsHeld(file_));
  }
  EXPECT_FALSE(FileLock::IsHeld(file_));
}

TEST_F(LockTest, AForkedChildThatEndsDoesNotFreeItsParentsLock) {
  const std::optional<FileLock> lock = FileLock::Take(file_, milliseconds(0));
  const pid_t child = fork();
  if (child == 0) {
    const_cast<std::optional<FileLock>&>(lock).reset();
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(FileLock::IsHeld(file_));
}

TEST_F(LockTest, WhoWaitsIsNextAlthoughTheHolderTakesItAgainAtOnce) {
  // As an import: it holds the lock nearly all the time.
  const pid_t greedy = fork();
  if (greedy == 0) {
    for (;;) {
      const std::optional<FileLock> lock = FileLock::TakeInTurn(file_, milliseconds(5000));
      usleep(20'000);
    }
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!FileLock::IsHeld(file_) && std::chrono::steady_clock::now() < deadline) usleep(1000);
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(FileLock::TakeInTurn(file_, milliseconds(2000))) << i;
  }
  Kill(greedy);
}

TEST_F(LockTest, OneWaitsForWhoKeepsItAndWhoHasOthersToServeGivesWay) {
  const pid_t holder = Holder();
  const pid_t first = fork();
  if (first == 0) {
    (void)FileLock::TakeInTurn(file_, std::chrono::seconds(20), FileLock::Line::kGiveWay);
    _exit(0);
  }
  const auto start = std::chrono::steady_clock::now();
  const auto waited = [&] { return std::chrono::steady_clock::now() - start; };
  const std::filesystem::path queue = home_.path() / "journal.queue";
  while (!FileLock::IsHeld(queue) && waited() < std::chrono::seconds(10)) usleep(1000);
  EXPECT_FALSE(FileLock::TakeInTurn(file_, std::chrono::seconds(20), FileLock::Line::kGiveWay));
  EXPECT_LT(waited(), std::chrono::seconds(5));
  const auto again = std::chrono::steady_clock::now();
  EXPECT_FALSE(FileLock::TakeInTurn(file_, std::chrono::seconds(20), FileLock::Line::kGiveWay));
  EXPECT_LT(std::chrono::steady_clock::now() - again, milliseconds(150)) << "known by then";
  EXPECT_FALSE(FileLock::TakeInTurn(file_, milliseconds(600))) << "this one has the time";
  // Whoever stands in line has its turn once it is free, and the mark is gone.
  Kill(holder);
  waitpid(first, nullptr, 0);
  EXPECT_TRUE(FileLock::TakeInTurn(file_, milliseconds(0), FileLock::Line::kGiveWay));
}

TEST_F(LockTest, TheMarkOfAKilledProcessIsForgotten) {
  const pid_t holder = Holder();
  const pid_t first = fork();
  if (first == 0) {
    (void)FileLock::TakeInTurn(file_, std::chrono::seconds(20));
    _exit(0);
  }
  const std::filesystem::path queue = home_.path() / "journal.queue";
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  std::error_code error;
  while (std::filesystem::file_size(queue, error) != 1 &&
         std::chrono::steady_clock::now() < deadline)
    usleep(1000);
  Kill(first);
  Kill(holder);
  EXPECT_TRUE(FileLock::TakeInTurn(file_, milliseconds(0), FileLock::Line::kGiveWay));
  EXPECT_EQ(std::filesystem::file_size(queue), 0u);
}

TEST_F(LockTest, ALockOnAFileThatWasRemovedIsNotEnough) {
  const std::optional<FileLock> first = FileLock::Take(file_, milliseconds(0));
  std::filesystem::remove(file_);
  EXPECT_TRUE(FileLock::Take(file_, milliseconds(0)));
  EXPECT_TRUE(std::filesystem::exists(file_));
}

TEST_F(LockTest, AFolderThatIsNotThereIsAnError) {
  EXPECT_EQ(
      KindThrown([&] { (void)FileLock::Take(home_.path() / "no" / "lock", milliseconds(0)); }),
      DbError::Kind::kMissing);
}

TEST(Filesystem, NetworkFileSystemsAreKnownByTheirNumbers) {
  for (const uint32_t magic : {0x6969u, 0x517bu, 0xff534d42u, 0xfe534d42u, 0x65735546u, 0x0bd00bd0u,
                               0x00c36400u, 0x01021997u}) {
    EXPECT_TRUE(IsNetworkType(magic)) << std::hex << magic;
  }
  for (const uint32_t magic : {0xef53u /* ext4 */, 0x9123683eu /* btrfs */, 0x58465342u /* xfs */,
                               0x01021994u /* tmpfs */, 0x794c7630u /* overlay */}) {
    EXPECT_FALSE(IsNetworkType(magic)) << std::hex << magic;
  }
}

TEST(Filesystem, AsksTheFolderOfAFileThatIsNotThereYet) {
  const auto file = std::filesystem::temp_directory_path() / "no-such-file";
  EXPECT_EQ(IsOnNetwork(file), IsOnNetwork(std::filesystem::temp_directory_path()));
  EXPECT_GT(FreeBytes(file), 0);
  EXPECT_EQ(FreeBytes("/no/such/folder/file"), -1);
}

}  // namespace
}  // namespace daybook::sql
