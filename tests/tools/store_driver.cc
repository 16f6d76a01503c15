// One step of the store in a process of its own, for tests/e2e/store_faults_test.py to break at
// every system call.
//   store_driver init HOME        a journal with one note and one published page
//   store_driver write HOME TEXT  a public write; "acknowledged" once it is done
//   store_driver publish HOME     opens a generation if need be and publishes a page that names its
//   rev store_driver check HOME       says what is wrong; then "rev N" and the notes, one a line
// Exit codes: 0 done, 3 refused with the kind of error on stdout.
#include <cstdio>
#include <ctime>
#include <string_view>

#include "sql/queries/state.h"
#include "tests/store_fixture.h"

namespace daybook::sql {
namespace {

constexpr QueryOf<0> kIntegrity{
    {"integrity", "pragma integrity_check", Query::kOne, 0, 1040, nullptr}};
constexpr const char* kBuild = "driver";

Db Open(const std::filesystem::path& home, OpenMode mode) {
  return Db::Open(home / "private" / "journal.db", mode);
}

void Publish(Db& db) {
  const int64_t rev = db.Read([](Tx& tx) { return tx.Int(query::kReadRev).value(); });
  (void)db.OpenPages(rev, kBuild, std::time(nullptr) + 100, false);
  const std::string page = "rev " + std::to_string(rev) + " end";
  db.pages().Publish(rev, kBuild, "/2007/", page,
                     [](std::string_view all) { return std::string(all); });
  (void)db.pages().Sweep();
}

void Init(const std::filesystem::path& home) {
  std::filesystem::create_directories(home / "private");
  std::filesystem::create_directories(home / "public");
  Db db = Open(home, OpenMode::kCreate);
  Migrate(db, kSmallSchema);
  db.Write(Publicity::kPublic, [](Tx& tx) { tx.Insert(kAddNote, "first"); });
  Publish(db);
}

void Write(const std::filesystem::path& home, std::string_view text) {
  Db db = Open(home, OpenMode::kReadWrite);
  db.Write(Publicity::kPublic, [&](Tx& tx) { tx.Insert(kAddNote, text); });
  std::puts("acknowledged");
  std::fflush(stdout);
  (void)db.CheckpointIfDue();
}

// What the web server would serve now must be whole and of the committed rev.
void Check(const std::filesystem::path& home) {
  Db db = Open(home, OpenMode::kReadWrite);
  db.Read([&](Tx& tx) {
    if (tx.Text(kIntegrity) != "ok") std::puts("wrong: the database is damaged");
    const int64_t rev = tx.Int(query::kReadRev).value();
    if (db.pages().IsLive()) {
      const auto live = db.pages().Live();
      if (!live || live->rev != rev) std::puts("wrong: what is live is not of the committed rev");
      for (const char* name : {"2007/index.html", "2007/index.html.gz"}) {
        const auto file = home / "public" / "live" / name;
        if (!std::filesystem::exists(file)) continue;
        if (ReadFile(file) != "rev " + std::to_string(rev) + " end")
          std::puts("wrong: an old page");
      }
    }
    std::printf("rev %lld\n", static_cast<long long>(rev));
    Rows rows = tx.Query(kAllNotes);
    while (rows.Step()) std::puts(rows.String(1).c_str());
  });
}

}  // namespace
}  // namespace daybook::sql

int main(int count, char** words) {
  using namespace daybook::sql;
  const std::string_view command = count > 2 ? words[1] : "";
  try {
    if (command == "init") {
      Init(words[2]);
    } else if (command == "write" && count > 3) {
      Write(words[2], words[3]);
    } else if (command == "publish") {
      Db db = Open(words[2], OpenMode::kReadWrite);
      Publish(db);
    } else if (command == "check") {
      Check(words[2]);
    } else {
      return 2;
    }
  } catch (const DbError& error) {
    std::printf("refused %d: %s\n", static_cast<int>(error.kind()), error.what());
    return 3;
  }
  return 0;
}
