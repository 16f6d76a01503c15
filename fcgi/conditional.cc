// If-None-Match and If-Modified-Since against an ETag; Cache-Control for everyone and for one.
#include "fcgi/conditional.h"

namespace daybook::fcgi {
namespace {

// What stands between the quotes, without the mark of a server that compressed.
std::string_view Opaque(std::string_view quoted) {
  if (quoted.size() < 2) return quoted;
  std::string_view tag = quoted.substr(1, quoted.size() - 2);
  for (const std::string_view mark : {"-gzip", "-br", ";gzip", ";br"})
    if (tag.ends_with(mark)) return tag.substr(0, tag.size() - mark.size());
  return tag;
}

std::string_view WithoutWeak(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

}  // namespace

bool IsCurrent(const Request& request, std::string_view etag) {
  if (!request.IsRead()) return false;
  std::string_view list = request.Get("if-none-match");
  if (list == "*") return true;
  const std::string_view ours = Opaque(WithoutWeak(etag));
  while (!list.empty()) {
    const std::size_t start = list.find_first_not_of(" \t,");
    if (start == std::string_view::npos) return false;
    list = WithoutWeak(list.substr(start));
    if (!list.starts_with('"')) return false;
    const std::size_t end = list.find('"', 1);
    if (end == std::string_view::npos) return false;
    if (Opaque(list.substr(0, end + 1)) == ours) return true;
    list.remove_prefix(end + 1);
  }
  return false;
}

std::string CacheControl(std::int64_t shared_seconds) {
  if (shared_seconds <= 0) return std::string(kCacheRevalidate);
  const std::string seconds = std::to_string(shared_seconds);
  return "public, max-age=0, s-maxage=" + seconds + ", stale-while-revalidate=" + seconds +
         ", stale-if-error=3600";
}

Response Current(std::string_view etag, std::int64_t shared_seconds) {
  return NotModified(etag).Set("Cache-Control", CacheControl(shared_seconds));
}

void MarkPublic(Response& response, std::string_view etag, std::int64_t shared_seconds) {
  response.Set("ETag", etag).Set("Cache-Control", CacheControl(shared_seconds));
}

void MarkPrivate(Response& response) { response.Set("Cache-Control", kCacheNever); }

}  // namespace daybook::fcgi
