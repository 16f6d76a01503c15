// Addresses found in HTML that others wrote: checked, and spelt so that no browser can read them
// twice. What an owner or a reader types into a form field is url.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook::text {

// Which addresses a place admits.
struct UrlRule {
  bool mailto = false;
  bool relative = false;  // /path, path, ?query, #fragment and //host (which becomes https)
};
constexpr UrlRule kWebUrl{};
constexpr UrlRule kReaderLink{.mailto = true};
constexpr UrlRule kAuthorLink{.mailto = true, .relative = true};
constexpr UrlRule kAuthorMedia{.relative = true};

// `decoded` is the attribute's value after character references. Gives the address with white space
// around it and control characters in it removed, the scheme in lower case, and everything that the
// URL standard wants encoded (space " < > \ ^ ` { | } and a lone %) percent-encoded; nothing where
// the scheme is not http, https or what `rule` adds, or where host or port are malformed. User
// names and passwords are left out. Applying it to its own result changes nothing.
[[nodiscard]] std::optional<std::string> CleanUrl(std::string_view decoded, UrlRule rule);

// The host of an absolute http(s) address that CleanUrl gave, in lower case; empty for any other.
[[nodiscard]] std::string UrlHost(std::string_view clean);

// `srcset`: each candidate checked as media, those that fail left out; empty where none is left or
// where the descriptors do not fit together. `widths` tells whether they are widths (`300w`).
[[nodiscard]] std::string CleanSrcset(std::string_view decoded, bool& widths);

}  // namespace daybook::text
