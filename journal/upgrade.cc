// The file of an upgrade's state, what lies ready for one, and the way of a program that finds an
// older database.
#include "journal/upgrade.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

#include "journal/journal.h"
#include "sql/lock.h"
#include "sql/migrate.h"
#include "sql/query.h"

namespace daybook::journal {
namespace {

namespace fs = std::filesystem;
using Step = UpgradeState::Step;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kSteps[] = {"none", "swapping", "done", "undone", "failed"};

fs::path Folder(const Home& home) { return home.Private() / "upgrade"; }
fs::path StateFile(const Home& home) { return Folder(home) / "state"; }
fs::path StuckFile(const Home& home) { return Folder(home) / "stuck"; }

std::int64_t NumberOf(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string OneLine(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

// Whole or not at all, and of whoever owns the folder also where root wrote it.
void WriteFile(const fs::path& file, const std::string& text) {
  const fs::path part = file.string() + ".part";
  std::ofstream(part, std::ios::binary | std::ios::trunc) << text;
  struct stat folder {};
  if (geteuid() == 0 && stat(file.parent_path().c_str(), &folder) == 0)
    static_cast<void>(!chown(part.c_str(), folder.st_uid, folder.st_gid));
  fs::rename(part, file);
}

bool EndsAsArchive(const std::string& name) {
  return name.ends_with(".zip") || name.ends_with(".tar.gz") || name.ends_with(".tgz");
}

// Which program this is: its file's number and date.
std::string Mark() {
  struct stat self {};
  if (stat("/proc/self/exe", &self) != 0) return "";
  return std::to_string(self.st_ino) + "-" + std::to_string(self.st_mtime) + "-" +
         std::to_string(self.st_size);
}

// Not after another one was put in its place, whose own business it is then.
bool IsInItsPlace() {
  std::error_code error;
  struct stat self {
  }, there{};
  const fs::path link = fs::read_symlink("/proc/self/exe", error);
  return stat("/proc/self/exe", &self) == 0 && stat(link.c_str(), &there) == 0 &&
         self.st_ino == there.st_ino && self.st_dev == there.st_dev;
}

// What the same program could not do with the same file it cannot do now.
std::string MarkWith(sql::Db& db) { return Mark() + " " + std::to_string(db.SchemaVersion()); }

std::optional<std::string> Stuck(const Home& home, sql::Db& db) {
  std::ifstream in(StuckFile(home));
  std::string mark, why;
  if (!std::getline(in, mark) || mark != MarkWith(db)) return std::nullopt;
  std::getline(in, why);
  return why;
}

}  // namespace

fs::path UpgradeLock(const Home& home) { return Folder(home) / "lock"; }

bool IsUpgrading(const Home& home) { return sql::FileLock::IsHeld(UpgradeLock(home)); }

UpgradeState LoadUpgrade(const Home& home) {
  UpgradeState state;
  std::ifstream in(StateFile(home));
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string name = line.substr(0, blank);
    const std::string value = blank < line.size() ? line.substr(blank + 1) : "";
    if (name == "step") {
      const auto* const found = std::find(std::begin(kSteps), std::end(kSteps), value);
      if (found != std::end(kSteps)) state.step = static_cast<Step>(found - std::begin(kSteps));
    }
    if (name == "at") state.at = NumberOf(value);
    if (name == "from") state.from = value;
    if (name == "to") state.to = value;
    if (name == "schema_from") state.schema_from = NumberOf(value);
    if (name == "schema_to") state.schema_to = NumberOf(value);
    if (name == "why") state.why = value;
    if (name == "what") state.what = value;
  }
  return state;
}

void SaveUpgrade(const Home& home, const UpgradeState& state) {
  fs::create_directories(Folder(home));
  WriteFile(StateFile(home), std::string("step ") + kSteps[static_cast<int>(state.step)] + "\nat " +
                                 std::to_string(state.at) + "\nfrom " + OneLine(state.from) +
                                 "\nto " + OneLine(state.to) + "\nschema_from " +
                                 std::to_string(state.schema_from) + "\nschema_to " +
                                 std::to_string(state.schema_to) + "\nwhy " + OneLine(state.why) +
                                 "\nwhat " + OneLine(state.what) + "\n");
}

std::vector<fs::path> ReleasesFound(const Home& home) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code error;
  const auto look = [&](const fs::path& folder, bool ours) {
    for (const fs::directory_entry& one : fs::directory_iterator(folder, error)) {
      const std::string name = one.path().filename().string();
      if (name.starts_with('.') || (!ours && !name.starts_with("daybook-"))) continue;
      const bool unpacked = ours && fs::is_regular_file(one.path() / "SHA256SUMS", error);
      if (!unpacked && !(EndsAsArchive(name) && one.is_regular_file(error))) continue;
      found.emplace_back(one.last_write_time(error), one.path());
    }
    if (ours && fs::is_regular_file(folder / "SHA256SUMS", error))
      found.emplace_back(fs::last_write_time(folder / "SHA256SUMS", error), folder);
  };
  look(Folder(home), true);
  look(ProgramFolder(), false);
  std::sort(found.begin(), found.end(), std::greater<>());
  std::vector<fs::path> files;
  for (auto& [time, file] : found) files.push_back(std::move(file));
  return files;
}

Brought BringUp(const Home& home, milliseconds patience) {
  using Outcome = Brought::Outcome;
  if (!HasJournal(home)) return {};
  const auto until = steady_clock::now() + patience;
  for (;;) {
    const bool upgrading = IsUpgrading(home);
    {
      sql::Db db = sql::Db::Open(home.Database(), sql::OpenMode::kReadWrite);
      const sql::SchemaState state = sql::StateOfSchema(db, sql::kMigrations);
      // Newer while an undo is on its way to the one that this program knows.
      const bool newer = state == sql::SchemaState::kNewer;
      if (state == sql::SchemaState::kCurrent || (newer && !upgrading) || db.SchemaVersion() == 0)
        return {};
      if (!newer && !db.writable()) return {Outcome::kOld, "the journal cannot be written to"};
      if (!newer && !upgrading) {
        if (!IsInItsPlace()) return {Outcome::kOld, "another program is in the place of this one"};
        if (const auto why = Stuck(home, db)) return {Outcome::kOld, *why};
        fs::create_directories(Folder(home));
        const auto lock = sql::FileLock::Take(UpgradeLock(home), milliseconds(0));
        if (lock) {
          const std::string mark = MarkWith(db);
          try {
            static_cast<void>(sql::Migrate(db, sql::kMigrations));
            std::error_code ignored;
            fs::remove(StuckFile(home), ignored);
            return {};
          } catch (const sql::DbError& failure) {
            WriteFile(StuckFile(home), mark + "\n" + OneLine(failure.what()) + "\n");
            return {Outcome::kOld, failure.what()};
          }
        }
      }
    }
    if (steady_clock::now() >= until) return {Outcome::kOld, "the upgrade is under way"};
    std::this_thread::sleep_for(milliseconds(20));
  }
}

}  // namespace daybook::journal
