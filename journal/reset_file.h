// RESET-PASSWORD.txt: the way back in for an owner who has nothing but an upload tool. Put empty
// into the home, it is given a code; whoever can read that there owns the journal. All of it ends
// after an hour, and with its use. The pages are handlers/admin/recover.cc.
#pragma once

#include <string>
#include <string_view>

#include "journal/home.h"
#include "journal/model.h"

namespace daybook::journal {

inline constexpr std::string_view kResetFile = "RESET-PASSWORD.txt";
inline constexpr Seconds kResetLife = 3600;

enum class ResetState {
  kNone,    // no such file
  kEmpty,   // just put there: BeginReset
  kCoded,   // has its code: somebody types it now
  kOld,     // there for more than an hour
  kForeign  // holds something else, or is no plain file
};
// One stat where it is not there; never follows a link.
[[nodiscard]] ResetState LookForReset(const Home& home, Seconds now);
// Writes a code into the empty file. False where that could not be done.
[[nodiscard]] bool BeginReset(const Home& home, Seconds now);
[[nodiscard]] bool ResetCodeFits(const Home& home, std::string_view typed, Seconds now);
// Takes the file away, so that its code is good no more. False where that could not be done, or
// somebody else did it just now: then nothing may follow from the code.
[[nodiscard]] bool EndReset(const Home& home);

}  // namespace daybook::journal
