// What stands around every page: head, header, navigation, sidebar, footer, and the small parts
// that several pages share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/context.h"
#include "text/dates.h"

namespace daybook::handlers {

// What pages are filled with, whether or not a database stands behind them (error pages have none).
struct Frame {
  const templates::Templates& templates;
  const Site& site;
  const Links& links;
  const templates::Words& words() const { return templates.words(); }
};
Frame FrameOf(const Context& context);

struct FeedLink {
  std::string title;
  std::string_view type;  // application/rss+xml …
  std::string path;
};
// The three feeds of a place: "" for the journal's own, "/tag/x", "/2007/3".
std::vector<FeedLink> FeedsAt(const std::string& title, const std::string& place);

// The head of a page. Empty fields are left out.
struct Head {
  std::string title;  // of the page alone; the journal's is appended. Empty: the journal's alone
  std::string description;
  std::string path;  // canonical, from the journal's root
  std::string og_type = "website";
  std::string image;                        // as it stands in src
  std::string published, modified;          // RFC 3339
  std::optional<std::string> newer, older;  // paths
  std::vector<FeedLink> feeds;
  text::SafeHtml json_ld;
  bool noindex = false;
  bool whole_width = false;  // no sidebar
};
void FillFrame(templates::View& view, const Frame& frame, const Head& head);

// RFC 3339, and the same in words after the journal's locale.
struct Moment {
  std::string machine, date, date_time;
  text::LocalTime local;
};
Moment MomentOf(const Frame& frame, journal::Seconds at, std::string_view zone);
void FillLeaf(templates::Block block, const Frame& frame, const Moment& moment);

// lang and dir of an entry where they differ from the page's.
void FillLanguage(templates::Block block, const Frame& frame, const std::string& language);

// "« Newer | Page 2 of 9 | Older »". `place` is the path of page 1, or with "?q=…" of a search.
struct Paging {
  std::int64_t page = 1, pages = 1;
};
std::string PagePath(const std::string& place, std::int64_t page);
void FillPaging(templates::View& view, const Frame& frame, const std::string& place,
                const Paging& paging);

// The sidebar as one fragment.
text::SafeHtml RenderSidebar(sql::Tx& tx, const templates::Templates& templates, const Site& site,
                             const Links& links, journal::Seconds now);
// The tree of categories as nested lists.
text::SafeHtml RenderTree(const Frame& frame, const std::vector<journal::CategoryNode>& nodes);

// A text of the owner that is no entry: a sidebar section, what a category or an author is about.
// `name` keeps its ids apart from those of others on the page.
text::SafeHtml RenderOwned(const Frame& frame, journal::Format format, std::string_view source,
                           std::string_view name);

// What a note without a title is called: "Note of March 19, 2007".
std::string TitleOf(const Frame& frame, std::string_view title, journal::Seconds at,
                    std::string_view zone);

}  // namespace daybook::handlers
