// The way back from a backup, and proof that a journal or a backup is whole.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "journal/home.h"
#include "journal/model.h"

namespace daybook::work {

// What is wrong with a backup, one sentence each; nothing: it is whole. Every byte of it is read.
// Throws ZipTrouble where it cannot even be opened.
[[nodiscard]] std::vector<std::string> ComplaintsAboutBackup(const std::filesystem::path& file,
                                                             const std::filesystem::path& scratch);

struct CheckReport {
  std::vector<std::string> problems;  // one sentence each
  std::int64_t entries = 0, comments = 0, files = 0;
};
// Looks through a journal while it is in use: the database (pages, indexes, rows that point to
// nothing, search, kept counts) as a copy of one moment, and whether every file that it names is
// there, as long as it says and, where it was never worked over, with the same digest. Throws
// DbError only where not even a copy can be made for want of room.
[[nodiscard]] CheckReport CheckJournal(const journal::Home& home, journal::Seconds now);

struct Restored {
  std::filesystem::path kept;  // what was there before; empty where nothing was
  bool migrated = false;       // it was of an older Daybook
  std::vector<std::string> left_out;
};
// Unpacks and checks everything first; what is refused (ZipTrouble) has changed nothing. What was
// there goes to backups/before-restore-DATE. Processes that have the journal open see the restored
// one from their next request on.
Restored RestoreBackup(const journal::Home& home, const std::filesystem::path& file,
                       journal::Seconds now);

}  // namespace daybook::work
