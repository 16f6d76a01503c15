// An import that is killed again and again ends as one that was left in peace.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/import_fixture.h"

namespace daybook::journal {
namespace {

class ImportKillTest : public ImportTest {
 protected:
  // A journal of many entries with replies and files.
  static std::string Export(int entries) {
    std::string text =
        "<?xml version=\"1.0\"?><rss "
        "xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>K</title>"
        "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://k.example</"
        "wp:base_blog_url>";
    for (int i = 1; i <= entries; ++i) {
      const std::string n = std::to_string(i);
      const std::string day = (i % 28 + 1 < 10 ? "0" : "") + std::to_string(i % 28 + 1);
      text += "<item><title>Entry " + n + "</title><link>https://k.example/2010/05/" + day + "/e" +
              n + "/</link><wp:post_id>" + n +
              "</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</"
              "wp:status><wp:post_name>e" +
              n + "</wp:post_name><wp:post_date_gmt>2010-05-" + day +
              " 10:00:00</wp:post_date_gmt><content:encoded>See <a "
              "href=\"https://k.example/wp-content/uploads/f" +
              n + ".txt\">it</a></content:encoded><category domain=\"post_tag\" nicename=\"t" +
              std::to_string(i % 7) + "\">t</category>";
      for (int c = 0; c < 5; ++c) {
        const std::string id = std::to_string(i * 10 + c);
        text +=
            "<wp:comment><wp:comment_id>" + id +
            "</wp:comment_id><wp:comment_author>R</"
            "wp:comment_author><wp:comment_date_gmt>2010-06-0" +
            std::to_string(c + 1) + " 10:00:00</wp:comment_date_gmt><wp:comment_content>Words " +
            id +
            "</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>" +
            (c > 0 ? std::to_string(i * 10 + c - 1) : "0") + "</wp:comment_parent></wp:comment>";
      }
      text += "</item>";
    }
    return text + "</channel></rss>";
  }
};

TEST_F(ImportKillTest, KilledAtAnyMomentItGoesOnToTheSameEnd) {
  constexpr int kEntries = 120;
  const std::filesystem::path file = this->File("k.xml", Export(kEntries));
  for (int i = 1; i <= kEntries; i += 3)
    File("media/f" + std::to_string(i) + ".txt", "file " + std::to_string(i));
  const std::filesystem::path media = folder_ / "media";
  EXPECT_EQ(Import(file, media).report.comments.taken, kEntries * 5);
  const std::string whole = Dump();
  NewHome();
  const Home home = journal_->home;
  journal_.reset();
  int kills = 0;
  bool finished = false;
  for (int run = 0; run < 60 && !finished; ++run) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      Journal own = OpenJournal(home);
      ImportOptions options;
      options.files = {file};
      options.media = media;
      // It dies between two transactions, or wherever a timer finds it; nothing is put in order
      // first.
      if (run % 2 == 1) ualarm(static_cast<useconds_t>(5'000 + run * 7'000), 0);
      int asked = 0;
      options.interrupted = [&] {
        if (run % 2 == 0 && ++asked > 1 + run / 2) kill(getpid(), SIGKILL);
        return false;
      };
      _exit(journal::Import(own, options, kNow).ExitCode());
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) ++kills;
    finished = WIFEXITED(status);
  }
  EXPECT_GT(kills, 0);
  journal_.emplace(OpenJournal(home));
  EXPECT_EQ(Import(file, media).end, ImportEnd::kDone);
  EXPECT_EQ(Dump(), whole);
}

}  // namespace
}  // namespace daybook::journal
