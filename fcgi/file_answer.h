// A file as the answer, for downloads that can be gone on with: RFC 9110 14, one range at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "fcgi/request.h"
#include "fcgi/response.h"

namespace daybook::fcgi {

// The whole file (200), the part that `request` asks for (206), or 416 where it lies behind the
// end. Several ranges, other units and an If-Range of another state of the file get all of it.
// `type` has no charset where it is no text. Throws HttpError 404 where there is no such file.
Response FileAnswer(const Request& request, const std::filesystem::path& file,
                    std::string_view type);

// What a Range header asks of `size` bytes, taken apart for the tests: first and last byte.
struct ByteRange {
  std::uint64_t first = 0, last = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};
enum class RangeKind : std::uint8_t { kAll, kPart, kNone };
RangeKind ParseRange(std::string_view header, std::uint64_t size, ByteRange& range);

}  // namespace daybook::fcgi
