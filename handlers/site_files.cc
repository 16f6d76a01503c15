// Files that programs ask for: site map, robots.txt, OPML, security.txt.
#include "handlers/feed.h"
#include "handlers/pages.h"
#include "templates/keys.h"
#include "text/email.h"
#include "text/url.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace tpl = templates::tpl;
using fcgi::HttpError;
using fcgi::Response;
using templates::Block;
using templates::View;

namespace {

// Entries of one file of the site map, by id, so that a part changes only when its own entries do.
constexpr journal::Id kPart = 5000;

void AddPlace(View& view, const text::SafeUrl& url, const std::string& changed) {
  Block block = view.Add(key::kSitemapPlace);
  block.Set(key::kPlaceUrl, url);
  block.Show(key::kPlaceChanged, key::kPlaceDate, changed);
}

Response Xml(const View& view) {
  Response response;
  response.content_type = "application/xml; charset=utf-8";
  response.body = view.Render();
  return response;
}

void AddEntries(View& view, const Context& context, journal::Id after, journal::Id to) {
  for (const journal::SitemapItem& item : journal::Sitemap(context.tx, after, kPart, context.now)) {
    if (item.id > to) break;
    AddPlace(view, context.links.Full(item.path), text::Rfc3339Date(item.updated_at, "UTC"));
  }
}

}  // namespace

Response SitemapFile(Context& context) {
  const journal::Id last = journal::LastEntryId(context.tx);
  if (last <= kPart) {
    View view(context.templates, tpl::kSitemap);
    AddPlace(view, context.links.full_root(), "");
    AddPlace(view, context.links.Full("/archive"), "");
    AddEntries(view, context, 0, kPart);
    return Xml(view);
  }
  View view(context.templates, tpl::kSitemapIndex);
  for (journal::Id part = 1; (part - 1) * kPart < last; ++part)
    AddPlace(view, context.links.Full("/sitemap-" + std::to_string(part) + ".xml"), "");
  return Xml(view);
}

Response SitemapPart(Context& context) {
  const journal::Id part = context.captures.Int("n");
  if (part < 1 || (part - 1) * kPart >= journal::LastEntryId(context.tx)) throw HttpError(404);
  View view(context.templates, tpl::kSitemap);
  if (part == 1) AddPlace(view, context.links.full_root(), "");
  AddEntries(view, context, (part - 1) * kPart, part * kPart);
  return Xml(view);
}

Response RobotsFile(Context& context) {
  const journal::Settings& settings = context.site.settings;
  View view(context.templates, tpl::kRobots);
  view.Set(key::kRootUrl, context.links.root());
  view.Set(key::kSitemapUrl, context.links.Full("/sitemap.xml"));
  view.Show(settings.search_engines ? key::kWelcome : key::kHidden);
  view.Show(key::kNoTraining, settings.training_crawlers_away);
  return fcgi::Text(view.Render());
}

Response OpmlFile(Context& context) {
  if (!context.site.settings.opml) throw HttpError(404);
  View view(context.templates, tpl::kOpml);
  view.Set(key::kSiteTitle, context.site.settings.title);
  view.Set(key::kOwnerName, context.site.settings.owner);
  view.Set(key::kOpmlRfc822, text::Rfc822Date(context.now, context.site.settings.zone));
  const auto add_feed = [&](const std::string& title, const std::string& place,
                            const std::string& file) {
    Block block = view.Add(key::kOpmlFeed);
    block.Set(key::kOutlineTitle, title);
    block.Set(key::kOutlineFeedUrl, context.links.Full(place + file));
    block.Set(key::kOutlinePageUrl, context.links.Full(place.empty() ? "/" : place));
  };
  add_feed(context.site.settings.title, "", "/rss.xml");
  for (const journal::CategoryNode& node : journal::CategoryTree(context.tx))
    add_feed(node.term.name, "/category/" + node.term.slug, "/rss.xml");
  for (const journal::SidebarSection& section : journal::Sidebar(context.tx)) {
    if (section.links.empty()) continue;
    Block group = view.Add(key::kOpmlGroup);
    group.Set(key::kGroupTitle, section.caption);
    for (const journal::TitledUrl& link : section.links) {
      Block block = group.Add(key::kOpmlLink);
      block.Set(key::kOutlineTitle, link.title);
      block.Set(key::kOutlinePageUrl, link.url.starts_with('/') ? context.links.Full(link.url)
                                                                : context.links.Typed(link.url));
    }
  }
  Response response;
  response.content_type = "text/x-opml; charset=utf-8";
  response.body = view.Render();
  return response;
}

// RFC 9116. Without a way to reach the owner there is no such file.
Response SecurityFile(Context& context) {
  const journal::Settings& settings = context.site.settings;
  const std::string& contact =
      settings.security_contact.empty() ? settings.email : settings.security_contact;
  const auto address = text::ParseEmail(contact);
  const auto page = address ? std::nullopt : text::ParseWebUrl(contact);
  if (!address && !page) throw HttpError(404);
  constexpr journal::Seconds kHalfYear = 183 * 86400;
  View view(context.templates, tpl::kSecurity);
  view.Set(key::kContactUrl, address ? text::SafeUrl::Vouch("mailto:" + address->str()) : *page);
  view.Set(key::kExpires, text::Rfc3339Date(context.now - context.now % 86400 + kHalfYear, "UTC"));
  view.Set(key::kLang, context.templates.words().language());
  view.Set(key::kCanonicalUrl, context.links.Full("/.well-known/security.txt"));
  return fcgi::Text(view.Render());
}

// Every browser asks for it by itself, so no page names it. A theme may bring its own.
Response FaviconFile(Context& context) {
  for (const templates::StaticFile& file : context.templates.static_files()) {
    if (file.name != "favicon.ico") continue;
    Response response;
    response.content_type = "image/x-icon";
    response.body = file.bytes();
    return response;
  }
  throw HttpError(404);
}

}  // namespace daybook::handlers
