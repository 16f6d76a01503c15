// Starting daybook-work, the program beside this one that does the jobs which need the network. It
// holds no state: whoever starts it keeps the number of its process.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "journal/home.h"
#include "journal/model.h"
#include "sql/db.h"

namespace daybook::journal {

// Where this is set in the environment no jobs are done, so that nothing leaves the machine: what
// is looked at is a copy, perhaps (`daybook open`).
inline constexpr const char* kStill = "DAYBOOK_STILL";

// Beside the running program, or in private/ where that lies below a web root; nothing if it is in
// neither.
[[nodiscard]] std::optional<std::filesystem::path> WorkProgram(const Home& home);

// A child that does what is due, then ends. `lease` names its jobs (jobs.h). It gets SIGTERM when
// this process ends. Nothing if it cannot be started.
[[nodiscard]] std::optional<pid_t> StartWork(const Home& home, const std::string& lease);

// The same for a process that will not wait for it: nobody's child any more when this returns.
void StartWorkAlone(const Home& home);

// Starts it so if a job is due and no worker of this journal runs, whose business it would be.
// Throws DbError.
void StartWorkIfDue(const Home& home, sql::Db& database, Seconds now);
// Whether it is a minute since anybody looked for due jobs; costs one look at a file. For CGI,
// where nothing runs between requests.
[[nodiscard]] bool WorkIsOverdue(const Home& home, Seconds now);

// Has it do one of its commands for `home` with `input` to read, and waits until that ends. What it
// wrote; nothing if it did not do it, or is not there.
[[nodiscard]] std::optional<std::string> AskWork(const Home& home, const std::string& command,
                                                 std::string_view input = "");

// Has daybook-work put another release in the place of the programs, or bring those from before
// back (upgrade.h), in a process of its own that outlives them all. Nothing if it is not there.
void StartUpgrade(const Home& home, bool undo);

// A text that no other worker has.
[[nodiscard]] std::string NewLease();

}  // namespace daybook::journal
