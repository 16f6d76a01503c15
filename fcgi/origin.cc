// Sec-Fetch-Site first, then Origin, as decided in design.md 9.
#include "fcgi/origin.h"

#include <string_view>

namespace daybook::fcgi {
namespace {

// Without the port that the scheme implies.
std::string_view WithoutDefaultPort(std::string_view host, bool https) {
  const std::string_view port = https ? ":443" : ":80";
  return host.ends_with(port) ? host.substr(0, host.size() - port.size()) : host;
}

}  // namespace

OriginVerdict CheckOrigin(const Request& request) {
  const std::string_view site = request.Get("sec-fetch-site");
  if (site == "same-origin" || site == "none") return OriginVerdict::kSame;
  if (!site.empty()) return OriginVerdict::kForeign;

  std::string_view origin = request.Get("origin");
  if (origin.empty() || origin == "null") return OriginVerdict::kUnknown;
  const bool https = origin.starts_with("https://");
  if (!https && !origin.starts_with("http://")) return OriginVerdict::kForeign;
  // The scheme is not compared: behind a proxy that ends TLS we may not know our own.
  origin.remove_prefix(https ? 8 : 7);
  const bool same = WithoutDefaultPort(origin, https) == WithoutDefaultPort(request.host, https);
  return same ? OriginVerdict::kSame : OriginVerdict::kForeign;
}

}  // namespace daybook::fcgi
