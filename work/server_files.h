// The configurations of nginx/ that `daybook open` needs, put into the program by the build.
#pragma once

#include <span>
#include <string_view>

namespace daybook::work {

struct ServerFile {
  std::string_view name, text;  // with words between @ signs; nginx/README.md says which
};
[[nodiscard]] std::span<const ServerFile> ServerFiles();

}  // namespace daybook::work
