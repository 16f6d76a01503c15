// The conditions, and the few calls of the page store.
#include "handlers/stored_pages.h"

#include <utility>

#include "fcgi/conditional.h"
#include "handlers/build.h"
#include "journal/counts.h"
#include "templates/templates.h"
#include "text/gzip.h"

namespace daybook::handlers {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::size_t kWorthCompressing = 1000;  // as in the web servers' configuration

std::string Compressed(std::string_view page) {
  return page.size() < kWorthCompressing ? std::string() : text::Gzip(page);
}

// What web servers take for HTML in nginx/: ".html", a folder, no ending at all.
bool NamesHtml(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.ends_with(".html") || name.find('.') == std::string_view::npos;
}

std::string PrefixMark(std::string_view prefix) { return templates::ContentHash(prefix); }

}  // namespace

std::string StoreMark(std::string_view build, std::string_view prefix) {
  return std::string(build).append(1, '.').append(PrefixMark(prefix));
}

std::optional<std::string> StoredPrefix(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::nullopt;
  const std::size_t path = url.find('/', scheme + 3);
  std::string prefix(path == std::string_view::npos ? "" : url.substr(path));
  while (prefix.ends_with('/')) prefix.pop_back();
  return prefix;
}

bool IsStorable(const fcgi::Request& request, const fcgi::Response& response) {
  if (request.method != fcgi::Method::kGet || !request.query.empty() || request.path_merged)
    return false;
  const fcgi::Csp& csp = response.csp;
  return response.status == 200 && response.content_type == kHtml && NamesHtml(request.path) &&
         csp.frame_src.empty() && csp.img_src.empty() && csp.media_src.empty();
}

bool StoreIsReady(const sql::PageStore& pages, journal::Seconds now) {
  return pages.IsLive() || pages.MayOpen(now);
}

bool StorePage(sql::PageStore& pages, const StorablePage& page, std::string_view bytes) {
  return pages.Publish(page.rev, page.mark, page.path, bytes, Compressed) !=
         sql::PageStore::Published::kNotLive;
}

void StoreAnew(sql::Db& db, const StorablePage& page, std::string_view bytes,
               journal::Seconds now) {
  // What is merely of a later rev than this page stays.
  if (db.pages().IsLive() && !db.ShutOldPages(page.mark)) return;
  if (!db.pages().MayOpen(now)) return;
  enum class Moment { kNone, kAhead, kPassed };
  const Moment moment = db.Read([&](sql::Tx& tx) {
    if (journal::IsDue(tx, now)) return Moment::kPassed;  // since the page was made
    return journal::NextMoment(tx, now) < journal::kNever ? Moment::kAhead : Moment::kNone;
  });
  if (moment == Moment::kPassed) return;
  if (!db.OpenPages(page.rev, page.mark, now, moment == Moment::kAhead)) return;
  static_cast<void>(StorePage(db.pages(), page, bytes));
  static_cast<void>(db.pages().Sweep());
}

std::optional<fcgi::Response> FromStore(const std::filesystem::path& public_folder,
                                        const fcgi::Request& request) {
  if (!request.IsRead() || request.refused || !request.query.empty() || request.path_merged ||
      !NamesHtml(request.path))
    return std::nullopt;
  auto stored = sql::PageStore(public_folder).Read(request.path);
  if (!stored) return std::nullopt;
  const std::string_view mark = stored->generation.build;
  const std::size_t dot = mark.find('.');
  if (dot == std::string_view::npos || mark.substr(dot + 1) != PrefixMark(request.prefix) ||
      !mark.starts_with(ProgramBuild()))
    return std::nullopt;
  const std::string etag = EtagOf(stored->generation.rev, mark.substr(0, dot));
  if (fcgi::IsCurrent(request, etag)) return fcgi::Current(etag);
  fcgi::Response response = fcgi::Html(std::move(stored->bytes));
  fcgi::MarkPublic(response, etag);
  return response;
}

}  // namespace daybook::handlers
