// The frame of every page. The sidebar is in sidebar.cc.
#include "handlers/frame.h"

#include "journal/render.h"
#include "templates/body.h"
#include "templates/keys.h"
#include "text/language.h"
#include "text/url.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;

namespace {

// An address that render.h made, and that stands in HTML as it is.
text::SafeUrl FullAddress(const Links& links, const std::string& src) {
  if (src.starts_with('/')) return text::SafeUrl::Vouch(links.Origin() + src);
  return text::ParseWebUrl(src).value_or(text::SafeUrl());
}

int Hours12(const journal::Settings& settings) {
  switch (settings.date_clock) {
    case journal::HourClock::k12:
      return 1;
    case journal::HourClock::k24:
      return 0;
    case journal::HourClock::kAuto:
      break;
  }
  return -1;
}

templates::DateParts PartsOf(const text::LocalTime& t) {
  return {t.year, t.month, t.day, t.weekday, t.hour, t.minute};
}

void FillNavigation(templates::View& view, const Frame& frame, const Head& head) {
  if (frame.site.navigation.empty()) return;
  templates::Block nav = view.Add(key::kNav);
  for (const journal::TitledUrl& link : frame.site.navigation) {
    const text::SafeUrl url = frame.links.Typed(link.url);
    if (url.empty()) continue;
    templates::Block item = nav.Add(key::kNavItem);
    item.Set(key::kNavTitle, link.title);
    item.Set(key::kNavUrl, url);
    item.Show(key::kNavCurrent, link.url == head.path);
  }
}

}  // namespace

Frame FrameOf(const Context& context) { return {context.templates, context.site, context.links}; }

std::vector<FeedLink> FeedsAt(const std::string& title, const std::string& place) {
  return {{title + " (Atom)", "application/atom+xml", place + "/atom.xml"},
          {title + " (RSS)", "application/rss+xml", place + "/rss.xml"},
          {title + " (JSON)", "application/feed+json", place + "/feed.json"}};
}

void FillFrame(templates::View& view, const Frame& frame, const Head& head) {
  const journal::Settings& settings = frame.site.settings;
  const templates::Words& words = frame.words();
  view.Set(key::kLang, words.language());
  view.Show(key::kRtl, text::RunsRightToLeft(words.language()));
  view.Set(key::kRootUrl, frame.links.root());
  view.Set(key::kSiteTitle, settings.title);
  view.Show(key::kTagline, key::kSiteTagline, settings.tagline);
  view.Set(key::kPageTitle,
           head.title.empty() ? settings.title
                              : words.Format(word::kListTitle,
                                             {{"name", head.title}, {"journal", settings.title}}));
  view.Show(key::kNoindex, head.noindex || !settings.search_engines);
  view.Show(key::kMeta, key::kMetaDescription, head.description);
  if (!head.path.empty()) {
    const std::size_t query = head.path.find('?');
    view.Set(key::kCanonicalUrl,
             frame.links.Full(
                 std::string_view(head.path).substr(0, query),
                 query == std::string::npos ? "" : std::string_view(head.path).substr(query)));
    view.Show(key::kCanonical);
    view.Show(key::kOg);
    view.Set(key::kOgType, head.og_type);
    view.Set(key::kOgTitle, head.title.empty() ? settings.title : head.title);
    view.Show(key::kOgDescribed, key::kOgDescription, head.description);
    if (!head.image.empty())
      view.Show(key::kOgImage, key::kOgImageUrl, FullAddress(frame.links, head.image));
    if (!head.published.empty()) {
      view.Show(key::kOgArticle);
      view.Set(key::kOgPublished, head.published);
      view.Set(key::kOgModified, head.modified);
    }
  }
  if (head.newer) view.Show(key::kHeadNext, key::kHeadNextUrl, frame.links.To(*head.newer));
  if (head.older) view.Show(key::kHeadPrev, key::kHeadPrevUrl, frame.links.To(*head.older));
  for (const FeedLink& feed : head.feeds) {
    templates::Block block = view.Add(key::kFeed);
    block.Set(key::kFeedTitle, feed.title);
    block.Set(key::kFeedType, feed.type);
    block.Set(key::kFeedUrl, frame.links.To(feed.path));
  }
  view.Show(key::kJsonLd, key::kJsonLdHtml, head.json_ld);
  FillNavigation(view, frame, head);
  if (!head.whole_width) view.Show(key::kSidebar, key::kSidebarHtml, frame.site.sidebar);
  if (!settings.owner.empty()) {
    view.Show(key::kOwner);
    view.Set(key::kOwnerName, settings.owner);
    view.Set(key::kOwnerUrl, frame.links.full_root());
  }
}

Moment MomentOf(const Frame& frame, journal::Seconds at, std::string_view zone) {
  const std::string& own = frame.site.settings.zone;
  const std::string_view in = zone.empty() ? std::string_view(own) : zone;
  Moment moment;
  moment.local = text::ToLocal(at, in);
  const templates::DateParts parts = PartsOf(moment.local);
  moment.machine = text::Rfc3339Date(at, in);
  moment.date = frame.words().Date(parts);
  moment.date_time = frame.words().DateTime(moment.date, parts, Hours12(frame.site.settings));
  return moment;
}

void FillLeaf(templates::Block block, const Frame& frame, const Moment& moment) {
  block.Set(key::kDatetime, moment.machine);
  block.Set(key::kWeekday, frame.words().Day(moment.local.weekday));
  block.Set(key::kMonth, frame.words().MonthShort(moment.local.month));
  block.Set(key::kDay, frame.words().DayOfMonth(moment.local.day));
  block.Set(key::kYear, moment.local.year);
}

void FillLanguage(templates::Block block, const Frame& frame, const std::string& language) {
  const std::string& page = frame.words().language();
  if (language.empty() || language == page) return;
  block.Show(key::kEntryLang);
  block.Set(key::kEntryLanguage, language);
  const bool rtl = text::RunsRightToLeft(language);
  if (rtl == text::RunsRightToLeft(page)) return;
  block.Show(rtl ? key::kEntryRtl : key::kEntryLtr);
}

std::string PagePath(const std::string& place, std::int64_t page) {
  const std::string number = std::to_string(page);
  if (place.find('?') != std::string::npos) return page <= 1 ? place : place + "&page=" + number;
  if (page <= 1) return place;
  std::string path = place;
  if (path.ends_with('/')) path.pop_back();
  return path + "/page/" + number;
}

void FillPaging(templates::View& view, const Frame& frame, const std::string& place,
                const Paging& paging) {
  if (paging.pages <= 1) return;
  const auto to = [&](std::int64_t page) {
    const std::string path = PagePath(place, page);
    const std::size_t query = path.find('?');
    return frame.links.To(path.substr(0, query),
                          query == std::string::npos ? "" : path.substr(query));
  };
  templates::Block block = view.Add(key::kPaging);
  block.Set(key::kPageLabel,
            frame.words().Format(word::kPagingLabel, {{"n", std::to_string(paging.page)},
                                                      {"max", std::to_string(paging.pages)}}));
  if (paging.page > 1) block.Show(key::kNewerPage, key::kNewerPageUrl, to(paging.page - 1));
  if (paging.page < paging.pages)
    block.Show(key::kOlderPage, key::kOlderPageUrl, to(paging.page + 1));
}

text::SafeHtml RenderOwned(const Frame& frame, journal::Format format, std::string_view source,
                           std::string_view name) {
  journal::RenderOptions options;
  options.id_prefix = std::string(name) + "-";
  options.base_path = frame.site.settings.BasePath();
  return templates::BodyForPage(journal::RenderBody(format, source, "", options).body,
                                frame.words());
}

std::string TitleOf(const Frame& frame, std::string_view title, journal::Seconds at,
                    std::string_view zone) {
  if (!title.empty()) return std::string(title);
  return frame.words().Format(word::kEntryUntitled, {{"date", MomentOf(frame, at, zone).date}});
}

}  // namespace daybook::handlers
