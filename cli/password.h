// Asking for a password on the terminal, or taking it from standard input.
#pragma once

#include <optional>
#include <string>

namespace daybook::cli {

// A new password, typed twice; nothing after a complaint.
[[nodiscard]] std::optional<std::string> NewPassword(bool from_stdin);

}  // namespace daybook::cli
