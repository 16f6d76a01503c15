// The entry that an address of another site means, and whether it takes references.
#include "handlers/reference_target.h"
#include "fcgi/http_error.h"

// Addresses come from other sites: they may have another scheme, a fragment, an old path.
#include "text/url.h"

namespace daybook::handlers {
namespace {

using journal::Entry;
using journal::Visibility;

std::string_view AfterScheme(std::string_view url) {
  const std::size_t slashes = url.find("//");
  return slashes == std::string_view::npos ? url : url.substr(slashes + 2);
}

std::optional<Entry> AtPath(Context& context, const std::string& path) {
  if (auto entry = journal::EntryByPath(context.tx, path)) return entry;
  const auto moved = journal::RedirectOf(context.tx, path, context.now);
  if (!moved || moved->status == 410 || !moved->path.starts_with('/')) return std::nullopt;
  return journal::EntryByPath(context.tx, moved->path);
}

}  // namespace

bool TakesReferences(const journal::Settings& settings, const Entry& entry) {
  return settings.webmention && entry.pings != journal::Allow::kClosed && entry.password.empty();
}

std::optional<Entry> EntryAt(Context& context, std::string_view address) {
  const auto url = text::ParseWebUrl(address);
  if (!url) return std::nullopt;
  const std::string_view whole = AfterScheme(url->view());
  const std::string base(AfterScheme(context.links.full_root().view()));  // ends with '/'
  if (!whole.starts_with(base)) return std::nullopt;
  std::string_view rest = whole.substr(base.size() - 1);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t query = rest.find('?');
  const auto path = text::DecodePath(rest.substr(0, query));
  if (!path) return std::nullopt;
  std::optional<Entry> entry = AtPath(context, *path);
  // "/?p=1" names a page by its query; a tail such as "?utm_source=x" does not.
  if (!entry && query != std::string_view::npos)
    entry = AtPath(context, *path + std::string(rest.substr(query)));
  if (!entry || journal::VisibilityOf(*entry, context.now) != Visibility::kVisible)
    return std::nullopt;
  return entry;
}

Entry EntryAbovePath(Context& context, std::string_view captured) {
  const std::string base = "/" + std::string(captured);
  const auto found = journal::FirstAt(context.tx, {base + ".html", base + "/", base}, context.now);
  auto entry = found ? journal::EntryByPath(context.tx, found->path) : std::nullopt;
  if (!entry) throw fcgi::HttpError(404);
  switch (journal::VisibilityOf(*entry, context.now)) {
    case Visibility::kVisible:
      return *std::move(entry);
    case Visibility::kHidden:
      throw fcgi::HttpError(404, "not public");
    case Visibility::kGone:
      break;
  }
  throw fcgi::HttpError(410);
}

std::string ClockOf(const Frame& frame, journal::Seconds at) {
  const text::LocalTime local = text::ToLocal(at, frame.site.settings.zone);
  templates::DateParts parts;
  parts.hour = local.hour;
  parts.minute = local.minute;
  return frame.words().Time(parts);
}

}  // namespace daybook::handlers
