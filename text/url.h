// Addresses: what a reader typed into a URL field, the path and query of a request, and relative
// references (RFC 3986). It fetches nothing, and knows nothing of which hosts may be fetched.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/safe.h"

namespace daybook::text {

inline constexpr size_t kUrlMax = 2000;  // bytes, after normalisation
inline constexpr size_t kQueryPairsMax = 100;

// The five parts of RFC 3986, appendix B, as views into the text that was split. No part is
// decoded. A part that is there but empty ("http://h/?") is not the same as one that is missing.
struct UrlParts {
  std::optional<std::string_view> scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};
[[nodiscard]] UrlParts SplitUrl(std::string_view url);  // every text splits somehow
[[nodiscard]] std::string JoinUrl(const UrlParts& parts);

// An http or https address as somebody typed it, normalised: white space around it goes,
// "example.com" and "//example.com" get https, host and scheme in lower case, a host beyond ASCII
// as punycode, no default port, dot segments resolved, everything that RFC 3986 does not allow
// percent-encoded. Refused: other schemes, user names, control characters, bad UTF-8, impossible
// hosts or ports, more than kUrlMax bytes; without a scheme also what has no dot in the host.
[[nodiscard]] std::optional<SafeUrl> ParseWebUrl(std::string_view typed);

// Host in lower case without port or user; empty where there is none. IPv6 keeps its brackets.
[[nodiscard]] std::string HostOf(std::string_view url);
// A domain name or address in its one form: lower case, punycode, IPv6 in brackets.
[[nodiscard]] std::optional<std::string> NormalHost(std::string_view host);

// `ref` as seen from the page at `base` (RFC 3986, 5.2). Nothing if `base` is not absolute. The
// result may have any scheme: whoever links to it asks ParseWebUrl or the sanitiser.
[[nodiscard]] std::optional<std::string> ResolveRelative(std::string_view base,
                                                         std::string_view ref);

// A request's path, decoded once. Refused: no leading '/', a bad escape, '?' or '#' as they stand,
// bad UTF-8, control characters, segments "." and "..", and an encoded '/': servers pass it on in
// different forms, so it may not have a meaning. "//" stays as it is, and no route matches an empty
// segment.
[[nodiscard]] std::optional<std::string> DecodePath(std::string_view raw);
// The other way: any UTF-8 path to one that may stand in an address; '/' stays.
[[nodiscard]] std::string EncodePath(std::string_view path);
// For one segment or one query value: '/', '&', '=', '+' are encoded, too.
[[nodiscard]] std::string EncodeComponent(std::string_view s);
// "%41" -> "A"; an escape that is none stays as it stands. Not for paths.
[[nodiscard]] std::string DecodePercent(std::string_view s);

using QueryPairs = std::vector<std::pair<std::string, std::string>>;
// "a=1&b=%C3%BC+x": split at '&' only, '+' is a space, a broken escape stays as it stands, bad
// UTF-8 is repaired, controls but tab and newlines are dropped, "a" is ("a", ""). Pairs past
// kQueryPairsMax are not read. `raw` is without '?'.
[[nodiscard]] QueryPairs ParseQuery(std::string_view raw);
// The first value of that name.
[[nodiscard]] std::optional<std::string_view> QueryValue(const QueryPairs& query,
                                                         std::string_view name);
[[nodiscard]] std::string EncodeQuery(const QueryPairs& query);

}  // namespace daybook::text
