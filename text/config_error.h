// The error of a wrong set-up: a file that cannot be read, a theme that cannot work, a setting that
// makes no sense. Caught once, by cli/main, which prints the sentence and ends with 1. Expected
// outcomes are not errors.
#pragma once

#include <stdexcept>

namespace daybook::text {

struct ConfigError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace daybook::text
