// Conditional requests and what caches are told. A handler asks here before it does any work.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fcgi/request.h"
#include "fcgi/response.h"

namespace daybook::fcgi {

// What a public page says to caches: keep it, ask before each use. The web server's configuration
// says the same of stored pages.
inline constexpr std::string_view kCacheRevalidate = "public, max-age=0, must-revalidate";
// The same to browsers; what many use together may hand it out for so many seconds, as long again
// while it asks, and an hour where nobody answers (RFC 9111, RFC 5861). 0: kCacheRevalidate.
std::string CacheControl(std::int64_t shared_seconds);
// What a page for one person says.
inline constexpr std::string_view kCacheNever = "private, no-store";

// True if a GET or HEAD may be answered 304: RFC 9110 13.1.2, weak comparison, lists and "*".
// `etag` is quoted, with or without W/. A "-gzip" or "-br" that a server added inside the quotes is
// overlooked.
bool IsCurrent(const Request& request, std::string_view etag);

// The 304 itself, with the headers that it must repeat.
Response Current(std::string_view etag, std::int64_t shared_seconds = 0);

// Marks a page that is the same for everyone.
void MarkPublic(Response& response, std::string_view etag, std::int64_t shared_seconds = 0);
// Marks a page for one person.
void MarkPrivate(Response& response);

}  // namespace daybook::fcgi
