// The order of things: each step leaves the one before as it was until the renames, and what was
// cut off can be told from the file of the state and from what lies beside the programs.
#include "work/upgrade.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>
#include <vector>

#include "sql/bring_back.h"
#include "sql/errors.h"
#include "sql/filesystem.h"
#include "sql/lock.h"
#include "sql/snapshot.h"
#include "work/release.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;
using journal::UpgradeState;
using Step = UpgradeState::Step;

constexpr const char* kUndo = "undo";  // `what` of a state that says kSwapping

struct File {
  dev_t device = 0;
  ino_t number = 0;
};

std::vector<File> FilesOf(const Place& place, const char* which) {
  std::vector<File> files;
  for (const Part& part : Parts()) {
    struct stat info {};
    if (part.program && stat(place.Aside(part, which).c_str(), &info) == 0)
      files.push_back({info.st_dev, info.st_ino});
  }
  return files;
}

bool Runs(const std::vector<File>& files) {
  std::error_code error;
  for (const fs::directory_entry& process : fs::directory_iterator("/proc", error)) {
    const std::string name = process.path().filename().string();
    if (name.find_first_not_of("0123456789") != name.npos || name == std::to_string(getpid()))
      continue;
    struct stat program {};
    if (stat((process.path() / "exe").c_str(), &program) != 0) continue;
    for (const File& file : files) {
      if (program.st_dev == file.device && program.st_ino == file.number) return true;
    }
  }
  return false;
}

// They notice within a second, or after the request in hand. One that takes longer is on its own.
void WaitUntilGone(const std::vector<File>& files) {
  constexpr std::chrono::seconds kLimit(15);
  const auto until = std::chrono::steady_clock::now() + kLimit;
  while (Runs(files) && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

void Clear(const Place& place, const char* which) {
  std::error_code ignored;
  for (const Part& part : Parts()) fs::remove(place.Aside(part, which), ignored);
}

// What is in its place is kept as `which`, too.
void Keep(const Place& place, const char* which) {
  Clear(place, which);
  for (const Part& part : Parts()) {
    if (!place.Has(part)) continue;
    const fs::path kept = place.Aside(part, which);
    std::error_code error;
    fs::create_hard_link(place.Of(part), kept, error);
    if (error) fs::copy_file(place.Of(part), kept);
  }
}

void PutIn(const Place& place, const char* which) {
  for (const Part& part : Parts()) {
    const fs::path aside = place.Aside(part, which);
    if (fs::exists(aside)) fs::rename(aside, place.Of(part));
  }
  sql::SyncDirectory(place.folder);
}

const Part& Main() {
  for (const Part& part : Parts()) {
    if (part.name == std::string("daybook")) return part;
  }
  throw UpgradeTrouble{"beside", ""};
}

std::int64_t SchemaOf(const journal::Home& home) {
  return sql::SchemaOf(home.Database()).value_or(0);
}

bool SameBytes(const fs::path& a, const fs::path& b) {
  std::error_code error;
  if (fs::file_size(a, error) != fs::file_size(b, error)) return false;
  std::ifstream one(a, std::ios::binary), other(b, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return std::equal(Bytes(one), Bytes(), Bytes(other));
}

// Those that run are the release's own already: what is kept of the ones before stays kept.
bool IsThere(const Place& place) {
  const auto parts = Parts();
  return std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
    const fs::path fresh = place.Aside(part, "new");
    return !fs::exists(fresh) || SameBytes(fresh, place.Of(part));
  });
}

std::string FirstLine(const std::string& text) {
  const std::size_t colon = text.find(": ");
  const std::size_t from = colon == text.npos ? 0 : colon + 2;
  return text.substr(from, text.find('\n', from) - from);
}

// Folders of ours that are gone when we are.
class Trial {
 public:
  explicit Trial(const journal::Home& home) : home_{home.Private() / "upgrade" / ".trial"} {
    fs::remove_all(home_.root);
    fs::create_directories(home_.Private());
    fs::permissions(home_.root, fs::perms::owner_all);
  }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;
  ~Trial() {
    std::error_code ignored;
    fs::remove_all(home_.root, ignored);
  }
  [[nodiscard]] const journal::Home& home() const { return home_; }

 private:
  journal::Home home_;
};

// Whether the new program can take over a copy of the journal. Gives its schema.
std::int64_t TryOn(const journal::Home& home, const fs::path& program) {
  const Trial trial(home);
  static_cast<void>(sql::TakeSnapshot(home.Database(), trial.home().Database()));
  std::string said;
  if (!RunProgram({program.string(), "migrate", "--home", trial.home().root.string()}, said))
    throw UpgradeTrouble{"database", FirstLine(said)};
  return SchemaOf(trial.home());
}

void TakeBack(const Place& place) {
  PutIn(place, "old");
  Clear(place, "new");
}

// The lock of all of this, and the end of what was cut off.
class Turn {
 public:
  explicit Turn(const journal::Home& home) : home_(home), lock_(TakeLock(home)) {
    if (!lock_) throw UpgradeTrouble{"busy", ""};
    UpgradeState state = journal::LoadUpgrade(home);
    if (state.step != Step::kSwapping || state.what == kUndo) return;
    // All programs are in their places before the journal is brought to their edition.
    if (SchemaOf(home) == state.schema_from && state.schema_to != state.schema_from) {
      TakeBack(PlaceOfPrograms());
      state.step = Step::kFailed;
      state.why = "cut";
    } else {
      PutIn(PlaceOfPrograms(), "new");
      state.step = Step::kDone;
    }
    journal::SaveUpgrade(home, state);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() = default;

  // Runs it, and leaves the reason where others find it.
  template <typename F>
  UpgradeState Try(journal::Seconds now, F&& run) {
    const auto fail = [&](const std::string& why, const std::string& what) {
      UpgradeState state = journal::LoadUpgrade(home_);
      // What can be undone stays so.
      if (state.step != Step::kDone) state.step = Step::kFailed;
      state.at = now;
      state.why = why;
      state.what = what;
      journal::SaveUpgrade(home_, state);
    };
    try {
      return run();
    } catch (const UpgradeTrouble& trouble) {
      fail(trouble.why, trouble.what);
      throw;
    } catch (const sql::DbError& error) {
      fail("database", error.what());
      throw UpgradeTrouble{"database", error.what()};
    } catch (const fs::filesystem_error& error) {
      const bool full = error.code() == std::errc::no_space_on_device;
      const std::string what = full ? "" : error.path1().string();
      fail(full ? "disk" : "folder", what);
      throw UpgradeTrouble{full ? "disk" : "folder", what};
    }
  }

 private:
  static std::optional<sql::FileLock> TakeLock(const journal::Home& home) {
    fs::create_directories(home.Private() / "upgrade");
    // New programs that found an old journal hold it while they take that over.
    return sql::FileLock::Take(journal::UpgradeLock(home), std::chrono::seconds(10));
  }

  const journal::Home& home_;
  std::optional<sql::FileLock> lock_;
};

void NeedWritable(const Place& place) {
  if (access(place.folder.c_str(), W_OK) != 0) throw UpgradeTrouble{"folder", place.folder};
}

UpgradeState SwapIn(const journal::Home& home, const Place& place, UpgradeState state) {
  Keep(place, "old");
  sql::SyncDirectory(place.folder);
  state.step = Step::kSwapping;
  journal::SaveUpgrade(home, state);
  PutIn(place, "new");
  if (state.schema_to != state.schema_from) {
    WaitUntilGone(FilesOf(place, "old"));
    std::string said;
    if (!RunProgram({place.Of(Main()).string(), "migrate", "--home", home.root.string()}, said)) {
      TakeBack(place);
      state.step = Step::kFailed;
      journal::SaveUpgrade(home, state);
      throw UpgradeTrouble{"database", FirstLine(said)};
    }
  }
  state.step = Step::kDone;
  journal::SaveUpgrade(home, state);
  return state;
}

std::string Stamp(journal::Seconds now) {
  const auto seconds = static_cast<std::time_t>(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text;
  std::strftime(text.data(), text.size(), "%Y-%m-%d-%H%M%S", &parts);
  return text.data();
}

}  // namespace

UpgradeState Upgrade(const journal::Home& home, const fs::path& release, journal::Seconds now) {
  Turn turn(home);
  return turn.Try(now, [&] {
    if (journal::LoadUpgrade(home).step == Step::kSwapping) throw UpgradeTrouble{"halfway", ""};
    const Place place = PlaceOfPrograms();
    fs::path from = release;
    if (from.empty() && fs::exists(place.Aside(Main(), "new"))) from = place.Aside(Main(), "new");
    if (from.empty()) {
      const auto found = journal::ReleasesFound(home);
      if (found.empty()) throw UpgradeTrouble{"none", (home.Private() / "upgrade").string()};
      from = found.front();
    }
    NeedWritable(place);
    BringRelease(from, place);
    UpgradeState state;
    if (IsThere(place)) {
      Clear(place, "new");
      std::string said;
      if (!RunProgram({place.Of(Main()).string(), "migrate", "--home", home.root.string()}, said))
        throw UpgradeTrouble{"database", FirstLine(said)};
      state.step = Step::kNone;
      state.to = EditionOf(place.Of(Main()));
      return state;
    }
    state.at = now;
    try {
      state.from = EditionOf(place.Of(Main()));
      state.to = EditionOf(place.Aside(Main(), "new"));
      state.schema_from = state.schema_to = SchemaOf(home);
      if (state.schema_from > 0) state.schema_to = TryOn(home, place.Aside(Main(), "new"));
    } catch (...) {
      Clear(place, "new");
      throw;
    }
    state = SwapIn(home, place, state);
    // It has been taken. A folder, or what somebody named, is theirs.
    std::error_code ignored;
    if (release.empty() && fs::is_regular_file(from, ignored)) fs::remove(from, ignored);
    return state;
  });
}

UpgradeState UndoUpgrade(const journal::Home& home, journal::Seconds now) {
  Turn turn(home);
  return turn.Try(now, [&] {
    const Place place = PlaceOfPrograms();
    UpgradeState state = journal::LoadUpgrade(home);
    const bool goes_on = state.step == Step::kSwapping;
    if (!goes_on && (state.step != Step::kDone || !fs::exists(place.Aside(Main(), "old"))))
      throw UpgradeTrouble{"before", ""};
    NeedWritable(place);
    const std::int64_t schema = SchemaOf(home);
    const fs::path copy =
        home.Backups() / ("before-migration-" + std::to_string(state.schema_from + 1) + ".db");
    if (schema != state.schema_from && sql::SchemaOf(copy) != state.schema_from)
      throw UpgradeTrouble{"copy", copy};
    if (!goes_on) {
      static_cast<void>(EditionOf(place.Aside(Main(), "old")));
      Keep(place, "undone");
      state.step = Step::kSwapping;
      state.what = kUndo;
      journal::SaveUpgrade(home, state);
    }
    PutIn(place, "old");
    std::string left;
    if (schema != state.schema_from) {
      WaitUntilGone(FilesOf(place, "undone"));
      try {
        const std::string name = "before-undo-" + Stamp(now);
        fs::path kept = home.Backups() / (name + ".db");
        for (int n = 2; fs::exists(kept); ++n)
          kept = home.Backups() / (name + "-" + std::to_string(n) + ".db");
        for (const sql::LeftBehind& rows :
             sql::BringBack(home.Database(), copy, kept, home.Public()))
          left += (left.empty() ? "" : ", ") + rows.table + " " + std::to_string(rows.rows);
      } catch (...) {
        Keep(place, "old");
        PutIn(place, "undone");
        state.step = Step::kDone;
        journal::SaveUpgrade(home, state);
        throw;
      }
    }
    Clear(place, "undone");
    state.step = Step::kUndone;
    state.at = now;
    state.why.clear();
    state.what = left;
    journal::SaveUpgrade(home, state);
    return state;
  });
}

}  // namespace daybook::work
