// Errors of set-up and of the store as a line for the person at the terminal and an exit code; the
// same for both programs.
#pragma once

#include <functional>

namespace daybook::journal {

// What `run` gives, or kFailed after a complaint.
[[nodiscard]] int Guarded(const std::function<int()>& run);

}  // namespace daybook::journal
