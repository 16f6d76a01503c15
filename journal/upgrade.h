// What an upgrade of the programs leaves for others to see (work/upgrade.cc does it): a file that
// says how the last one went, releases that wait to be taken, and a lock that is held meanwhile.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "journal/home.h"
#include "journal/model.h"

namespace daybook::journal {

struct UpgradeState {
  enum class Step : unsigned char {
    kNone,      // there was none
    kSwapping,  // the new programs are checked and on their way into their places
    kDone,      // they are there; Undo brings back those from before
    kUndone,
    kFailed,  // nothing was changed; `why` and `what` say what was wrong
  };
  Step step = Step::kNone;
  Seconds at = 0;
  std::string from, to;  // editions, as `daybook version` says them
  std::int64_t schema_from = 0, schema_to = 0;
  // A text of the catalogue, admin.upgrade.why.NAME, and what it is about.
  std::string why, what;
};

// In private/upgrade/state, a line for each. A file that cannot be read says kNone.
[[nodiscard]] UpgradeState LoadUpgrade(const Home& home);
// Throws std::filesystem::filesystem_error.
void SaveUpgrade(const Home& home, const UpgradeState& state);

// Archives of releases, and the folders of unpacked ones, in private/upgrade/ and beside the
// program (daybook-*.zip, daybook-*.tar.gz), newest first.
[[nodiscard]] std::vector<std::filesystem::path> ReleasesFound(const Home& home);

[[nodiscard]] std::filesystem::path UpgradeLock(const Home& home);
// Programs are being put in the place of others just now.
[[nodiscard]] bool IsUpgrading(const Home& home);

// Brings a database of an older schema to this program's before it is opened: waits while an
// upgrade does it, else does it itself, as when somebody put new programs over the old ones.
// kOld: that came to nothing (`why`; it is not tried again by the same program until something
// changed) or takes longer than `patience`: there is reading from the old data.
// Throws what OpenDatabase throws for a database that is no journal.
struct Brought {
  enum class Outcome : unsigned char { kCurrent, kOld };
  Outcome outcome = Outcome::kCurrent;
  std::string why;
};
[[nodiscard]] Brought BringUp(const Home& home, std::chrono::milliseconds patience);

}  // namespace daybook::journal
