// The Cookie header taken apart, and Set-Cookie with the attributes that all of ours have.
#include "fcgi/cookies.h"

#include <algorithm>

namespace daybook::fcgi {
namespace {

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool Holds(std::string_view text, std::string_view forbidden) {
  return std::any_of(text.begin(), text.end(), [&](char c) {
    return c <= 0x20 || c >= 0x7F || forbidden.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::optional<std::string> Cookie(const Request& request, std::string_view name) {
  std::string_view rest = request.Get("cookie");
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    const std::string_view pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || Trim(pair.substr(0, equals)) != name) continue;
    std::string_view value = Trim(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    return std::string(value);
  }
  return std::nullopt;
}

std::optional<std::string> SetCookie(const NewCookie& cookie) {
  if (cookie.name.empty() || Holds(cookie.name, "()<>@,;:\\\"/[]?={}") ||
      Holds(cookie.value, "\",;\\") || !cookie.path.starts_with('/') || Holds(cookie.path, ";"))
    return std::nullopt;
  std::string out = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age) out += "; Max-Age=" + std::to_string(*cookie.max_age);
  if (cookie.secure) out += "; Secure";
  if (cookie.http_only) out += "; HttpOnly";
  return out + (cookie.strict ? "; SameSite=Strict" : "; SameSite=Lax");
}

}  // namespace daybook::fcgi
