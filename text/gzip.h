// Compression for the web server's ready-made files.
#pragma once

#include <string>
#include <string_view>

namespace daybook::text {

// `bytes` as a gzip file (RFC 1952) without name and time, so that equal bytes give equal files.
// Empty if there is no memory for it.
[[nodiscard]] std::string Gzip(std::string_view bytes);

}  // namespace daybook::text
