// The whole site map as one table: methods, pattern, handler, CSRF class, body cap. First match
// wins. It knows nothing of what a handler needs: that is the Context, a type of the application.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "fcgi/http_error.h"
#include "fcgi/origin.h"
#include "fcgi/request.h"
#include "fcgi/response.h"

namespace daybook::fcgi {

// Methods of a route, or-ed. HEAD comes with GET, OPTIONS with everything.
inline constexpr uint8_t kGet = 1, kPost = 2, kPut = 4, kPatch = 8, kDelete = 16, kAnyMethod = 31;

// What to do with a path that differs from the pattern by one '/' at its end.
enum class Slash : uint8_t { kRedirect, kExact };

// The parts of the path that the pattern named; views into Request::path.
class Captures {
 public:
  static constexpr std::size_t kMax = 6;
  // "" if the pattern has no such name.
  std::string_view operator[](std::string_view name) const;
  // An {x:int} capture as a number; 0 if there is none.
  int Int(std::string_view name) const;
  void Add(std::string_view name, std::string_view value);
  std::size_t size() const { return size_; }

 private:
  std::array<std::string_view, kMax> names_;
  std::array<std::string_view, kMax> values_;
  std::size_t size_ = 0;
};

// Pattern: literal text and captures. `{slug}` takes one or more bytes up to the next '/' (text may
// stand before and after it: "/{slug}.html"); `{id:int}` one to nine digits, `{y:year}` four,
// `{m:two}` one or two; `{rest:path}`
// everything that is left, the empty string too, or everything before the plain text that follows
// it to the end: "/{entry:path}/comment". True if the whole path matches; then `captures` holds the
// parts.
bool MatchPattern(std::string_view pattern, std::string_view path, Captures& captures);

template <typename Context>
struct Route {
  uint8_t methods = kGet;
  std::string_view pattern;
  Response (*handler)(Context&) = nullptr;
  Csrf csrf = Csrf::kNone;
  std::size_t body_cap = 0;  // bytes; a body without a cap here is 413
  Slash slash = Slash::kRedirect;
  bool bare = false;  // its pages show nothing that is costly to have up to date (the sidebar)
};

template <typename Context>
struct Found {
  const Route<Context>* route = nullptr;
  Captures captures;
  // Set if there is nothing to handle: OPTIONS (204) or the canonical address of this path (308).
  std::optional<Response> answer;
};

namespace internal {
enum class Fit : uint8_t { kNo, kExact, kSlash };
Fit FitPattern(std::string_view pattern, Slash slash, std::string_view path, Captures& captures);
uint8_t MethodBit(Method method);
std::string AllowHeader(uint8_t methods);
Response Options(uint8_t methods);
Response ToCanonical(const Request& request, bool toggle_slash);
}  // namespace internal

// The row for a request. Rows with the same pattern text are alternatives for different methods;
// the first pattern that fits decides. Throws HttpError: 404, 405 (with Allow), 501 for a method
// unknown here, 403 where Csrf::kSameOrigin is not proven, 413 for a body over the cap.
template <typename Context>
Found<Context> FindRoute(std::span<const Route<Context>> routes, const Request& request) {
  Found<Context> found;
  if (request.method == Method::kOther) throw HttpError(501, "unknown method");
  uint8_t allowed = 0;
  std::string_view pattern;
  internal::Fit fit = internal::Fit::kNo;
  for (const auto& route : routes) {
    if (fit == internal::Fit::kNo) {
      fit = internal::FitPattern(route.pattern, route.slash, request.path, found.captures);
      if (fit == internal::Fit::kNo) continue;
      pattern = route.pattern;
    } else if (route.pattern != pattern) {
      continue;
    }
    allowed |= route.methods;
    if (!found.route && (route.methods & internal::MethodBit(request.method))) found.route = &route;
  }
  if (fit == internal::Fit::kNo) throw HttpError(404);
  if (request.method == Method::kOptions) {
    found.answer = internal::Options(allowed);
  } else if (!found.route) {
    throw HttpError(405, "", {{"Allow", internal::AllowHeader(allowed)}});
  } else if (fit == internal::Fit::kSlash || request.path_merged) {
    found.answer = internal::ToCanonical(request, fit == internal::Fit::kSlash);
  } else if (!request.IsRead()) {
    if (found.route->csrf == Csrf::kSameOrigin && CheckOrigin(request) != OriginVerdict::kSame)
      throw HttpError(403, "origin not proven");
    if (found.route->csrf != Csrf::kReader && request.body_state == BodyState::kTooLarge)
      throw HttpError(
          413);  // a reader's form shows the text instead: its handler looks at body_state
  }
  return found;
}

// How many bytes of body this request may bring; for ServeOptions::body_cap.
template <typename Context>
std::size_t BodyCap(std::span<const Route<Context>> routes, const Request& request) {
  const uint8_t bit = internal::MethodBit(request.method);
  std::string_view pattern;
  for (const auto& route : routes) {
    Captures captures;
    if (pattern.empty()) {
      if (internal::FitPattern(route.pattern, route.slash, request.path, captures) ==
          internal::Fit::kNo)
        continue;
      pattern = route.pattern;
    } else if (route.pattern != pattern) {
      continue;
    }
    if (route.methods & bit) return route.body_cap;
  }
  return 0;
}

}  // namespace daybook::fcgi
