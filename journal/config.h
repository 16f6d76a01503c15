// daybook.conf: a dozen `key = value` lines in the private room of a home. A key is the name of a
// setting (settings.h); what stands there overrides the database and locks the setting. It is not
// where settings are explained or checked (settings.h) and not where a home is found (home.h).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "text/config_error.h"

namespace daybook::journal {

// What stands in daybook.conf cannot be used. The text names file and line and says what to write
// instead.
using text::ConfigError;

struct ConfigLine {
  std::string key;
  std::string value;
  int line = 0;
};

struct Config {
  std::string file;  // for messages
  std::vector<ConfigLine> lines;

  // The line that decides on a key, or null. A later line wins over an earlier one.
  [[nodiscard]] const ConfigLine* Find(std::string_view key) const;
};

// `key = value`, one a line; '#' begins a comment where a line begins, or after white space; a
// value may stand in double quotes, in which \" and \\ are what they seem. White space around key
// and value goes. Throws ConfigError.
[[nodiscard]] Config ParseConfig(std::string_view text, std::string_view file);

// No such file is the same as an empty one. Throws ConfigError if it cannot be read or holds more
// than 64 KiB.
[[nodiscard]] Config LoadConfig(const std::filesystem::path& file);

}  // namespace daybook::journal
