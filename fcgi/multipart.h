// The structure of a multipart/form-data body (RFC 7578): where each part lies. Copies nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::fcgi {

struct Part {
  std::string name;
  std::optional<std::string> filename;  // present: a file, even if ""
  std::string type;
  std::string_view bytes;
};

// The boundary that a Content-Type names, quoted or not; "" if it names none or a bad one.
std::string Boundary(std::string_view content_type);

// All parts in order; nullopt if anything is not as RFC 7578 and browsers have it: no boundary at
// the start, no closing boundary, a part without a name, a parameter twice, a transfer encoding.
std::optional<std::vector<Part>> SplitMultipart(std::string_view body, std::string_view boundary,
                                                std::size_t max_parts);

}  // namespace daybook::fcgi
