// What the build deflated, as it was. It is no reader of foreign files: the size is known before.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook::text {

// `bytes` is raw deflate (RFC 1951) of exactly `size` bytes; empty if it is not, or if there is no
// memory for it.
[[nodiscard]] std::string Inflate(std::string_view bytes, size_t size);

}  // namespace daybook::text
