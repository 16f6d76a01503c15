// Several processes write, publish, read and are killed in the middle of it. Afterwards, and at
// every moment in between: nothing that was acknowledged is lost, nothing is damaged, and no page
// is older than what was committed before it was asked for. Three seconds; with DAYBOOK_LONG=1 two
// minutes.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <random>
#include <set>
#include <sstream>
#include <vector>

#include "sql/queries/state.h"
#include "tests/store_fixture.h"

namespace daybook::sql {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr QueryOf<3> kAddSized{{"add_sized",
                                "insert into note (text, size, raw) values ($1, $2, zeroblob($3))",
                                Query::kExec, 3, 1030, nullptr}};
constexpr QueryOf<0> kPublicNotes{
    {"public_notes", "select count(*) from note where size = 1", Query::kOne, 0, 1031, nullptr}};
constexpr QueryOf<0> kIntegrity{
    {"integrity", "pragma integrity_check", Query::kOne, 0, 1032, nullptr}};

constexpr const char* kBuild = "stress";

class StoreStressTest : public StoreTest {
 protected:
  // Adds a line that even a killed process has written whole or not at all.
  void Note(const char* name, const std::string& line) const {
    const std::string file = home_.path() / name;
    const int out = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (write(out, line.data(), line.size()) < 0) _exit(3);
    close(out);
  }

  void BeWriter(int number) const {
    Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
    std::minstd_rand random(static_cast<unsigned>(number));
    for (int i = 0;; ++i) {
      const std::string text = std::to_string(number) + "-" + std::to_string(i);
      const bool is_public = random() % 2 == 0;
      db.Write(is_public ? Publicity::kPublic : Publicity::kPrivate,
               random() % 4 == 0 ? Durability::kRelaxed : Durability::kFull, [&](Tx& tx) {
                 tx.Exec(kAddSized, text, is_public, static_cast<int64_t>(random() % 20'000));
               });
      Note("acknowledged", text + "\n");
      (void)db.CheckpointIfDue();
    }
  }

  // As a request process: renders what it reads, publishes it after the reply.
  void BePublisher() const {
    Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
    for (;;) {
      const int64_t rev = db.Read([](Tx& tx) { return tx.Int(query::kReadRev).value(); });
      const int64_t now =
          std::time(nullptr) + 100;  // the quiet seconds would leave nothing to test
      (void)db.OpenPages(rev, kBuild, now, false);
      db.pages().Publish(rev, kBuild, "/", std::to_string(rev) + " end", nullptr);
      (void)db.pages().Sweep(50);
    }
  }

  // As a web server: what was committed before a request began must be on the page.
  void BeVisitor() const {
    Db db = Db::Open(home_.file(), OpenMode::kReadOnly);
    int64_t before = 0;
    int served = 0;
    for (;;) {
      const int64_t rev = db.Read([](Tx& tx) { return tx.Int(query::kReadRev).value(); });
      if (rev < before) Note("complaints", "rev went back\n");
      before = rev;
      const std::string page = ReadFile(home_.live() / "index.html");
      if (page.empty()) continue;
      if (!page.ends_with(" end")) Note("complaints", "half a page: " + page + "\n");
      if (std::stoll(page) < rev) Note("complaints", "an old page: " + page + "\n");
      if (++served % 10 == 0) Note("served", "x");
    }
  }

  template <typename F>
  pid_t Start(const F& role) const {
    const pid_t child = fork();
    if (child != 0) return child;
    try {
      role();
    } catch (const std::exception& error) {
      Note("complaints", std::string(error.what()) + "\n");
    }
    _exit(1);
  }
};

TEST_F(StoreStressTest, NothingAcknowledgedIsLostAndNothingOldIsServedWhoeverIsKilled) {
  const bool is_long = std::getenv("DAYBOOK_LONG") != nullptr;
  const auto end = steady_clock::now() + milliseconds(is_long ? 120'000 : 3000);
  std::mt19937 random(20070319);
  int writers = 0;
  const auto start = [&](size_t place) {
    if (place < 3) {
      const int number = writers++;
      return Start([this, number] { BeWriter(number); });
    }
    return place < 5 ? Start([this] { BePublisher(); }) : Start([this] { BeVisitor(); });
  };
  std::vector<pid_t> children;
  for (size_t place = 0; place < 7; ++place) children.push_back(start(place));

  int64_t longest_log = 0;
  while (steady_clock::now() < end) {
    usleep(static_cast<useconds_t>(random() % 30'000));
    const size_t place = random() % 5;  // visitors live to the end
    kill(children[place], SIGKILL);
    waitpid(children[place], nullptr, 0);
    children[place] = start(place);
    longest_log = std::max(longest_log, db_.LogBytes());
  }
  for (const pid_t child : children) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }

  EXPECT_EQ(ReadFile(home_.path() / "complaints"), "");
  EXPECT_EQ(db_.Read(Reading::kLong, [](Tx& tx) { return tx.Text(kIntegrity); }), "ok");
  std::set<std::string> kept;
  db_.Read(Reading::kLong, [&](Tx& tx) {
    Rows rows = tx.Query(kAllNotes);
    while (rows.Step()) kept.insert(rows.String(1));
  });
  std::istringstream acknowledged(ReadFile(home_.path() / "acknowledged"));
  int count = 0;
  for (std::string line; std::getline(acknowledged, line); ++count) {
    EXPECT_TRUE(kept.contains(line)) << line << " was acknowledged and is lost";
  }
  EXPECT_GT(count, 50);
  EXPECT_GT(ReadFile(home_.path() / "served").size(), 5u) << "too few pages were met to prove much";
  EXPECT_EQ(Rev(), 1 + db_.Read([](Tx& tx) { return tx.Int(kPublicNotes).value(); }))
      << "one step of rev for each public transaction";
  EXPECT_LT(longest_log, 64 << 20);
  RecordProperty("acknowledged", count);
  RecordProperty("longest_log", static_cast<int>(longest_log));
}

}  // namespace
}  // namespace daybook::sql
