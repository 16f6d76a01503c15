// The structure of a multipart/form-data body (RFC 7578): where each part lies. Copies nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/picture_file.h"

namespace daybook::fcgi {

struct Part {
  std::string name;
  std::optional<std::string> filename;  // present: a file, even if ""
  std::string type;
  std::uint64_t at = 0, size = 0;  // where in the body its bytes are
};

// The boundary that a Content-Type names, quoted or not; "" if it names none or a bad one.
std::string Boundary(std::string_view content_type);

// All parts in order, in one pass over a body that may lie in a file; nullopt if anything is not as
// RFC 7578 and browsers have it: no boundary at the start, no closing boundary, a part without a
// name, a parameter twice, a transfer encoding.
std::optional<std::vector<Part>> SplitMultipart(const text::ReadAt& body, std::string_view boundary,
                                                std::size_t max_parts);

}  // namespace daybook::fcgi
