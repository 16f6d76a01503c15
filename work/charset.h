// Somebody else's page as UTF-8, whatever it was written in. Only encodings that the web still has;
// what is in any other is taken as UTF-8 with its faults repaired.
#pragma once

#include <string>
#include <string_view>

namespace daybook::work {

// A byte order mark beats the charset of `content_type`, that beats the page's own <meta>. The
// result is valid UTF-8; what could not be read is U+FFFD.
[[nodiscard]] std::string PageAsUtf8(std::string_view bytes, std::string_view content_type);

}  // namespace daybook::work
