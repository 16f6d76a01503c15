// An import onto a disk that is full says so, keeps what it took, and goes on when there is room.
#include <sys/mount.h>
#include <unistd.h>

#include "tests/import_fixture.h"

namespace daybook::journal {
namespace {

// A disk of 3 MB; only root may make one.
class SmallDisk {
 public:
  explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    there_ = mount("daybook", folder_.c_str(), "tmpfs", 0, "size=3m") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (there_) umount2(folder_.c_str(), MNT_DETACH);
  }
  [[nodiscard]] bool there() const { return there_; }
  [[nodiscard]] bool Grow() const {
    return mount("daybook", folder_.c_str(), "tmpfs", MS_REMOUNT, "size=200m") == 0;
  }

 private:
  std::filesystem::path folder_;
  bool there_ = false;
};

class ImportFullDiskTest : public ImportTest {
 protected:
  static std::string Export(int entries) {
    std::string text =
        "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>K</title>"
        "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://k.example</"
        "wp:base_blog_url>";
    for (int i = 1; i <= entries; ++i) {
      const std::string n = std::to_string(i);
      std::string body;
      for (int w = 0; w < 1500; ++w) body += "w" + std::to_string(i * 7919 + w * 31) + " ";
      text += "<item><title>Entry " + n + "</title><wp:post_id>" + n +
              "</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
              "<wp:post_name>e" +
              n +
              "</wp:post_name><wp:post_date_gmt>2010-05-01 10:00:00"
              "</wp:post_date_gmt><content:encoded>" +
              body + "</content:encoded></item>";
    }
    return text + "</channel></rss>";
  }
};

TEST_F(ImportFullDiskTest, WhatWasTakenIsKeptAndAnotherRunGoesOn) {
  constexpr int kEntries = 300;
  const std::filesystem::path disk_folder = folder_ / "disk";
  const SmallDisk disk(disk_folder);
  if (!disk.there()) GTEST_SKIP() << "only root can make a small disk";
  NewJournal wanted;
  wanted.title = "Mine";
  wanted.url = "https://mine.example";
  wanted.owner = "Ann";
  wanted.email = "ann@mine.example";
  const std::filesystem::path file = File("k.xml", Export(kEntries));
  {
    Journal journal = CreateJournal({disk_folder / "home"}, wanted, kNow);
    ImportOptions options;
    options.files = {file};
    const ImportResult result = journal::Import(journal, options, kNow);
    EXPECT_EQ(result.end, ImportEnd::kStopped);
    EXPECT_EQ(result.ExitCode(), 1);
    EXPECT_LT(result.report.entries.taken, kEntries);
    EXPECT_TRUE(Needs(result.report, "is full. What was taken is kept;"));
    ASSERT_TRUE(disk.Grow());
    const ImportResult again = journal::Import(journal, options, kNow);
    EXPECT_EQ(again.end, ImportEnd::kDone);
    EXPECT_EQ(again.report.entries.taken, kEntries);
    EXPECT_GE(again.report.entries.here_before, result.report.entries.taken);
    EXPECT_GT(again.report.entries.here_before, 0);
  }
}

}  // namespace
}  // namespace daybook::journal
