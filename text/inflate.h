// What the build deflated, as it was. It is no reader of foreign files, and no zlib: a tenth of its
// size, since one text of some KB is read once, in one piece.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook::text {

// `bytes` is raw deflate (RFC 1951) of exactly `size` bytes; empty if it is not.
[[nodiscard]] std::string Inflate(std::string_view bytes, size_t size);

}  // namespace daybook::text
