// The page store: what is served is never older than what is committed, whoever does what in
// between.
#include "sql/page_store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <ctime>

#include "tests/store_fixture.h"

namespace daybook::sql {
namespace {

using Published = PageStore::Published;

class PageStoreTest : public StoreTest {
 protected:
  // Long after every shut of this test.
  int64_t Later() const { return std::time(nullptr) + 100; }
  bool OpenAt(int64_t rev, int64_t now) { return db_.OpenPages(rev, "build", now, false); }
  Published Publish(int64_t rev, std::string_view path, std::string_view bytes = "page") {
    return db_.pages().Publish(rev, "build", path, bytes, nullptr);
  }
  std::filesystem::path Public(std::string_view name) const {
    return home_.path() / "public" / name;
  }
  int DeadFolders() const {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(home_.path() / "public")) {
      count += entry.path().filename().string().starts_with("dead-");
    }
    return count;
  }
};

TEST_F(PageStoreTest, APageIsPublishedIntoTheGenerationOfItsRev) {
  EXPECT_EQ(Publish(1, "/"), Published::kNotLive);
  ASSERT_TRUE(OpenAt(1, Later()));
  EXPECT_EQ(db_.pages().Publish(1, "build", "/2007/3/", "page",
                                [](std::string_view) { return std::string("zipped"); }),
            Published::kStored);
  EXPECT_EQ(ReadFile(home_.live() / "2007/3/index.html"), "page");
  EXPECT_EQ(ReadFile(home_.live() / "2007/3/index.html.gz"), "zipped");
  EXPECT_EQ(Publish(2, "/x.html"), Published::kNotLive) << "rendered from another rev";
  EXPECT_EQ(db_.pages().Publish(1, "other", "/x.html", "page", nullptr), Published::kNotLive);
  EXPECT_FALSE(std::filesystem::exists(home_.live() / "x.html"));
}

TEST_F(PageStoreTest, AfterAPublicWriteNoOldPageIsServed) {
  ASSERT_TRUE(OpenAt(1, Later()));
  ASSERT_EQ(Publish(1, "/"), Published::kStored);
  Add("held");
  EXPECT_EQ(ReadFile(home_.live() / "index.html"), "page") << "private writes do not empty it";
  Add("seen", Publicity::kPublic);
  EXPECT_FALSE(std::filesystem::exists(home_.live()));
  EXPECT_EQ(Publish(1, "/"), Published::kNotLive);
}

TEST_F(PageStoreTest, AGenerationIsNotOpenedForARevThatIsGone) {
  Add("seen", Publicity::kPublic);
  EXPECT_FALSE(OpenAt(1, Later()));
  EXPECT_TRUE(OpenAt(2, Later()));
  EXPECT_EQ(db_.pages().Live()->rev, 2);
}

TEST_F(PageStoreTest, StormsOfWritesDoNotChurn) {
  Add("seen", Publicity::kPublic);
  EXPECT_FALSE(OpenAt(2, std::time(nullptr)));
  EXPECT_TRUE(OpenAt(2, Later()));
}

TEST_F(PageStoreTest, NothingIsOpenedWhileSomebodyWrites) {
  const std::optional<FileLock> writer =
      FileLock::Take(db_.lock_file(), std::chrono::milliseconds(0));
  EXPECT_FALSE(OpenAt(1, Later()));
}

TEST_F(PageStoreTest, WithAMomentAheadAWorkerMustBeThere) {
  EXPECT_FALSE(db_.OpenPages(1, "build", Later(), true));
  const std::optional<FileLock> worker =
      FileLock::Take(db_.worker_lock_file(), std::chrono::milliseconds(0));
  EXPECT_TRUE(db_.OpenPages(1, "build", Later(), true));
}

TEST_F(PageStoreTest, EachGenerationIsYoungerThanTheOneBefore) {
  const int64_t now = Later();
  ASSERT_TRUE(OpenAt(1, now));
  ASSERT_EQ(Publish(1, "/"), Published::kStored);
  struct stat first;
  ASSERT_EQ(stat((home_.live() / "index.html").c_str(), &first), 0);
  EXPECT_EQ(first.st_mtim.tv_sec, now);
  Add("seen", Publicity::kPublic);
  ASSERT_TRUE(OpenAt(2, now)) << "in the same second, by the same clock";
  ASSERT_EQ(Publish(2, "/"), Published::kStored);
  struct stat second;
  ASSERT_EQ(stat((home_.live() / "index.html").c_str(), &second), 0);
  EXPECT_EQ(second.st_mtim.tv_sec, now + 1);
}

TEST_F(PageStoreTest, AnotherBuildIsShutAway) {
  ASSERT_TRUE(OpenAt(1, Later()));
  EXPECT_FALSE(db_.ShutOldPages("build"));
  EXPECT_TRUE(std::filesystem::exists(home_.live()));
  EXPECT_TRUE(db_.ShutOldPages("next build"));
  EXPECT_FALSE(std::filesystem::exists(home_.live()));
  EXPECT_FALSE(db_.ShutOldPages("next build")) << "nothing left to shut";
}

TEST_F(PageStoreTest, ALiveFolderThatDoesNotSayWhatItIsIsShutAway) {
  WriteFile(home_.live() / "index.html", "old");
  EXPECT_EQ(Publish(1, "/"), Published::kNotLive);
  EXPECT_TRUE(db_.ShutOldPages("build"));
  EXPECT_FALSE(std::filesystem::exists(home_.live()));
}

TEST_F(PageStoreTest, APageThatComesTooLateLandsWhereNobodyIsServedFrom) {
  ASSERT_TRUE(OpenAt(1, Later()));
  // As a publisher would that was stopped after opening live: its folder is the dead one by now.
  const int live = open(home_.live().c_str(), O_RDONLY | O_DIRECTORY);
  Add("seen", Publicity::kPublic);
  ASSERT_TRUE(OpenAt(2, Later()));
  const int page = openat(live, "index.html", O_WRONLY | O_CREAT, 0644);
  EXPECT_GE(page, 0);
  EXPECT_FALSE(std::filesystem::exists(home_.live() / "index.html"));
  close(page);
  close(live);
}

TEST_F(PageStoreTest, PathsThatAreNeverStored) {
  EXPECT_EQ(PageStore::FileFor("/"), "index.html");
  EXPECT_EQ(PageStore::FileFor("/2007/3/19/x.html"), "2007/3/19/x.html");
  EXPECT_EQ(PageStore::FileFor("/tag/a/"), "tag/a/index.html");
  for (const std::string& path :
       {std::string(), std::string("x"), std::string("/../x"), std::string("/a/../../x"),
        std::string("/./x"), std::string("//x"), std::string("/a//b"), std::string("/.gen"),
        std::string("/a/.htaccess"), std::string("/a\nb"), std::string("/a\0b", 4),
        std::string("/x.html.gz"), "/" + std::string(300, 'a'), "/" + std::string(5000, '/')}) {
    EXPECT_EQ(PageStore::FileFor(path), std::nullopt) << path.substr(0, 40);
  }
}

TEST_F(PageStoreTest, AFileWhereAFolderWouldHaveToBeIsRefused) {
  ASSERT_TRUE(OpenAt(1, Later()));
  EXPECT_EQ(Publish(1, "/archive"), Published::kStored);
  EXPECT_EQ(Publish(1, "/archive/2007"), Published::kRefused);
  EXPECT_EQ(Publish(1, "/tag/a"), Published::kStored);
  EXPECT_EQ(Publish(1, "/tag"), Published::kRefused);
}

TEST_F(PageStoreTest, ALinkInTheWayIsNotFollowed) {
  ASSERT_TRUE(OpenAt(1, Later()));
  WriteFile(home_.path() / "private" / "secret", "secret");
  std::filesystem::create_symlink(home_.path() / "private", home_.live() / "way");
  EXPECT_NE(Publish(1, "/way/file"), Published::kStored);
  EXPECT_FALSE(std::filesystem::exists(home_.path() / "private" / "file"));
}

TEST_F(PageStoreTest, AGenerationIsCapped) {
  PageStore small(home_.path() / "public", 100'000);
  ASSERT_TRUE(OpenAt(1, Later()));
  int stored = 0;
  for (int i = 0; i < 50; ++i) {
    stored += small.Publish(1, "build", "/" + std::to_string(i), std::string(3000, 'x'), nullptr) ==
              Published::kStored;
  }
  EXPECT_GT(stored, 5);
  EXPECT_LT(stored, 25);
}

TEST_F(PageStoreTest, WhatWasShutIsDeletedInTurns) {
  ASSERT_TRUE(OpenAt(1, Later()));
  for (int i = 0; i < 30; ++i) {
    ASSERT_EQ(Publish(1, "/2007/" + std::to_string(i) + "/"), Published::kStored);
  }
  Add("seen", Publicity::kPublic);
  ASSERT_TRUE(OpenAt(2, Later()));
  ASSERT_EQ(Publish(2, "/"), Published::kStored);
  EXPECT_EQ(DeadFolders(), 1);
  EXPECT_TRUE(db_.pages().Sweep(10)) << "there is more";
  EXPECT_EQ(DeadFolders(), 1);
  int turns = 0;
  while (db_.pages().Sweep(10) && turns < 20) ++turns;
  EXPECT_EQ(DeadFolders(), 0);
  EXPECT_EQ(ReadFile(home_.live() / "index.html"), "page") << "what is live stays";
}

TEST_F(PageStoreTest, AGenerationInTheMakingIsLeftInPeace) {
  WriteFile(Public("new-1") / ".gen", "1 build 1\n");
  EXPECT_FALSE(db_.pages().Sweep());
  EXPECT_TRUE(std::filesystem::exists(Public("new-1")));
}

TEST_F(PageStoreTest, SweepingDoesNotLeaveTheFolderThroughALink) {
  WriteFile(home_.path() / "private" / "kept", "kept");
  std::filesystem::create_directory(Public("dead-1"));
  std::filesystem::create_directory_symlink(home_.path() / "private", Public("dead-1") / "link");
  EXPECT_FALSE(db_.pages().Sweep());
  EXPECT_FALSE(std::filesystem::exists(Public("dead-1")));
  EXPECT_EQ(ReadFile(home_.path() / "private" / "kept"), "kept");
}

TEST_F(PageStoreTest, WithoutAPublicFolderThereIsNoStore) {
  std::filesystem::remove_all(home_.path() / "public");
  Add("seen", Publicity::kPublic);
  EXPECT_EQ(Rev(), 2);
  EXPECT_FALSE(OpenAt(2, Later()));
  EXPECT_EQ(Publish(2, "/"), Published::kNotLive);
  EXPECT_FALSE(db_.pages().Sweep());
}

}  // namespace
}  // namespace daybook::sql
