// The first run of a journal: a blank one is made where there is none yet, a code in a file of its
// private room proves who may own it, and an owner comes once. It knows no pages and no cookies
// (handlers/admin/setup.cc); `daybook init` does all of it in one step (journal.h).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "journal/home.h"
#include "journal/journal.h"
#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// Makes a journal without an owner, and the file with the code, if the home's folder is there and
// nothing in it looks as if a journal had been there; else does nothing. Several processes may call
// it at once. `note`: what stands in the file below the code. Throws DbError, filesystem_error.
void BeginJournal(const Home& home, std::string_view note);

// Nobody owns the journal yet, nor ever did.
[[nodiscard]] bool SetupIsOpen(sql::Tx& tx);
// And nothing was ever written in it.
[[nodiscard]] bool IsBlank(sql::Tx& tx);
[[nodiscard]] bool IsBlank(const Home& home);

// --- the code: 120 bits in a file that only the owner of the home can read

[[nodiscard]] std::filesystem::path SetupCodeFile(const Home& home);
// Writes a new code; the one before is worth nothing from then on. False if it cannot be written.
[[nodiscard]] bool WriteSetupCode(const Home& home, std::string_view note);
[[nodiscard]] bool HasSetupCode(const Home& home);
void RemoveSetupCode(const Home& home);
// As somebody typed it: any case, with or without hyphens and blanks; O and 0, I, L and 1 are one.
// Takes as long for every code.
[[nodiscard]] bool IsSetupCode(const Home& home, std::string_view typed);

// --- who goes on with it: the browser that gave the code last, for two hours

enum class CodeOutcome {
  kTaken,   // this browser goes on, with `token`; the file holds another code now
  kWrong,   // it is not the code
  kWait,    // neither is this one, and many came: come again at `at`
  kUsed,    // it was the code, and another browser gave it at `at`
  kNoFile,  // there is no code to compare it with
  kClosed,  // the journal has an owner
};
struct CodeAnswer {
  CodeOutcome outcome = CodeOutcome::kWrong;
  std::string token;
  Seconds at = 0;
};
// In a private write transaction. Wrong codes are counted for each network, and beyond their number
// answered without being written down; the right one is always taken: nobody can guess it, and
// nobody may keep its owner out by guessing. Throws std::system_error if the next code cannot be
// written.
[[nodiscard]] CodeAnswer TakeSetupCode(sql::Tx& tx, const Home& home, const Settings& settings,
                                       std::string_view typed, std::string_view address,
                                       std::string_view note, Seconds now);
[[nodiscard]] bool IsSettingUp(sql::Tx& tx, std::string_view token, Seconds now);
// Why that browser does not go on: when another one gave a code; nothing if it is just too old.
[[nodiscard]] std::optional<Seconds> SetUpElsewhere(sql::Tx& tx, std::string_view token,
                                                    Seconds now);

// --- the owner

// Writes settings, owner and a first sidebar; gives the owner. Nothing if there is one already.
// Throws ConfigError for what CheckSetting does not take. Public.
[[nodiscard]] std::optional<Id> SetUpOwner(sql::Tx& tx, const Config& config,
                                           const NewJournal& journal, Seconds now);

// --- the proof that nobody else reads the private room

// A small picture with a random text in it, in the private room, for as long as the check of the
// host goes on: if a browser can fetch it, it can fetch everything there.
struct Canary {
  std::string name;  // of the file
  std::string text;  // that stands in it
};
// Writes the file, then the note. False if the file cannot be written.
[[nodiscard]] bool PutCanary(sql::Tx& tx, const Home& home);
// Nothing once the check has ended.
[[nodiscard]] std::optional<Canary> CanaryOf(sql::Tx& tx);
// The check has ended: file and note go, and so does a code that was left behind.
void EndSetup(sql::Tx& tx, const Home& home);
// The host has yet to be checked.
[[nodiscard]] bool HostIsUnchecked(sql::Tx& tx);

}  // namespace daybook::journal
