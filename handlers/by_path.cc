// Whatever the site map has no row for: entries and pages by their own address, what lies below an
// entry's, and addresses of the past. In this order: entry, below an entry, redirects, rules for
// other engines' addresses, 404.
#include <sodium.h>

#include "fcgi/form.h"
#include "handlers/legacy.h"
#include "handlers/pages.h"

namespace daybook::handlers {
namespace {

using fcgi::HttpError;
using fcgi::Response;
using journal::Entry;
using journal::Visibility;

// Throws for an entry that this reader may not see.
const Entry& Visible(Context& context, const Entry& entry) {
  context.storable = entry.password.empty();
  switch (journal::VisibilityOf(entry, context.now)) {
    case Visibility::kVisible:
      return entry;
    case Visibility::kHidden:
      throw HttpError(404, "not public");
    case Visibility::kGone:
      break;
  }
  throw HttpError(410);
}

// The entry of an address like "/2007/3/19/x/print".
std::optional<Entry> EntryAbove(Context& context, std::string_view tail) {
  std::string_view path = context.request.path;
  if (!path.ends_with(tail)) return std::nullopt;
  path.remove_suffix(tail.size());
  if (path.empty()) return std::nullopt;
  const std::string base(path);
  const auto found = journal::FirstAt(context.tx, {base + ".html", base + "/", base}, context.now);
  if (!found) return std::nullopt;
  return journal::EntryByPath(context.tx, found->path);
}

Response Moved(const Context& context, const journal::Moved& moved) {
  if (moved.status == 410) throw HttpError(410);
  if (!moved.path.starts_with('/')) return fcgi::Redirect(moved.status, moved.path);
  const std::size_t query = moved.path.find_first_of("?#");
  const std::string_view tail =
      query == std::string::npos ? "" : std::string_view(moved.path).substr(query);
  const std::string_view path = std::string_view(moved.path).substr(0, query);
  return fcgi::Redirect(moved.status, context.links.To(path, tail).view());
}

}  // namespace

Response ByPath(Context& context) {
  const std::string& path = context.request.path;
  if (const auto entry = journal::EntryByPath(context.tx, path))
    return EntryPage(context, Visible(context, *entry));
  if (const auto entry = EntryAbove(context, "/print"))
    return PrintPage(context, Visible(context, *entry));
  if (const auto entry = EntryAbove(context, "/comments.xml"))
    return EntryCommentsFeed(context, Visible(context, *entry));
  // Where the answer to a password was read: whoever loads that again is asked again.
  if (const auto entry = EntryAbove(context, "/unlock"))
    return fcgi::Redirect(303, context.links.To(Visible(context, *entry).path).view());
  if (auto moved = journal::RedirectOf(context.tx, path, context.now)) {
    // The folder in which an old journal was: "/blog/?p=12".
    if (moved->path == "/" && !context.request.query.empty())
      moved->path += "?" + context.request.query;
    return Moved(context, *moved);
  }
  if (const auto where = MovedByRule(context)) return Moved(context, {301, *where});
  throw HttpError(404);
}

Response OldQuery(Context& context, const journal::Moved& moved) { return Moved(context, moved); }

Response Unlock(Context& context) {
  const auto entry = EntryAbove(context, "/unlock");
  if (!entry) {
    if (journal::EntryByPath(context.tx, context.request.path))
      throw HttpError(405, "", {{"Allow", "GET, HEAD, OPTIONS"}});
    throw HttpError(404);
  }
  Visible(context, *entry);
  context.cacheable = false;
  return UnlockedPage(context, *entry);
}

}  // namespace daybook::handlers
