// A feed as plain values, written as RSS 2.0, Atom 1.0 or JSON Feed 1.1. Where its items come from
// is in feeds.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/frame.h"

namespace daybook::handlers {

enum class FeedFormat { kRss, kAtom, kJson };
// By the end of the address: rss.xml (also comments.xml), atom.xml, feed.json.
FeedFormat FormatOf(std::string_view path);

struct FeedItem {
  std::string title;  // empty: a note
  std::string name;   // title, or what a note is called
  text::SafeUrl url;  // absolute
  std::string guid;   // as readers of feeds have always known it
  journal::Seconds published = 0, updated = 0;
  std::string zone, author;
  text::SafeUrl author_url;
  std::vector<std::string> categories;
  std::string summary;  // plain text
  bool full = true;
  text::SafeHtml content;  // addresses absolute
  std::string language, image;
  std::optional<std::int64_t> comments;  // entries that have a comment area
  text::SafeUrl comments_url, comments_feed;
  std::string reply_to_id;  // comments
  text::SafeUrl reply_to_url;
};

struct Feed {
  std::string title, description;
  std::string page_path;  // "/2019/3/": what it is the feed of
  std::string path;       // "/2019/3/rss.xml"
  std::int64_t page = 1;  // RFC 5005
  bool more = false;
  std::vector<FeedItem> items;
};

fcgi::Response RenderFeed(const Frame& frame, const Feed& feed, FeedFormat format);

}  // namespace daybook::handlers
