// Cookies in and out. Public pages set none; the owner's session and a reader's signed memory use
// this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fcgi/request.h"

namespace daybook::fcgi {

// The value of the first cookie of that name (case matters), without surrounding quotes; nullopt if
// none.
std::optional<std::string> Cookie(const Request& request, std::string_view name);

struct NewCookie {
  std::string name;
  std::string value;
  std::string path = "/";
  std::optional<int64_t> max_age =
      std::nullopt;  // seconds; 0 deletes; absent: until the browser closes
  bool secure = true;
  bool http_only = true;
  bool strict = false;  // SameSite=Strict instead of Lax
};

// The value of a Set-Cookie header; nullopt if a part holds what RFC 6265 does not allow there.
std::optional<std::string> SetCookie(const NewCookie& cookie);

}  // namespace daybook::fcgi
