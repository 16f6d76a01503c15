// One file that is the whole journal: journal.db, media/, theme/, daybook.conf without passwords,
// readable/ (readable.h) and manifest.sha256. Made in slices, so that it also comes about where no
// process may run for long; what is unfinished lies in backups/.making and is gone on with.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "journal/home.h"
#include "journal/model.h"

namespace daybook::work {

struct BackupProgress {
  std::string step;  // "pages", "files"; for the terminal
  std::size_t done = 0, total = 0;
};

struct BackupSlice {
  enum class Outcome {
    kFinished,  // `file` is there
    kMore,      // call again
    kOccupied,  // another process is at it
  };
  Outcome outcome = Outcome::kMore;
  std::filesystem::path file;
  std::vector<std::string> left_out;  // files that could not be read, when finished
};

// Works for about that long, at least one step, then leaves things so that any process can go on.
// The copy of the database is one step. Throws ZipTrouble, sql::DbError, text::ConfigError,
// std::filesystem::filesystem_error; the next call begins anew after those.
BackupSlice MakeBackupSlice(const journal::Home& home, journal::Seconds now,
                            std::chrono::milliseconds budget,
                            const std::function<void(const BackupProgress&)>& show = {});

// Which backups, newest first, are kept: the newest of each of the last 7 days, 4 weeks and 12
// months that have one. Never none.
[[nodiscard]] std::vector<bool> KeptBackups(const std::vector<journal::Seconds>& newest_first);
// Deletes the others; and the oldest, until all together need at most half of what the disk would
// have free without them. The newest always stays.
void RotateBackups(const journal::Home& home);

// The same without a terminal: how far it is and why it failed is noted for the owner's page
// (journal/backups.h). Nothing: it failed.
std::optional<BackupSlice> KeepSlice(const journal::Home& home, journal::Seconds now,
                                     std::chrono::milliseconds budget);

// A day has passed since the newest, or one is begun and unfinished.
[[nodiscard]] bool BackupIsDue(const journal::Home& home, journal::Seconds now);

}  // namespace daybook::work
