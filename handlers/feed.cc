// The three ways to write a feed.
#include "handlers/feed.h"

#include <algorithm>

#include "journal/import_guid.h"
#include "nlohmann/json.hpp"
#include "templates/keys.h"

namespace daybook::handlers {

namespace key = templates::key;
using templates::Block;
using templates::View;

namespace {

std::string Query(std::int64_t page) { return page > 1 ? "?page=" + std::to_string(page) : ""; }

text::SafeUrl PageUrl(const Frame& frame, const Feed& feed, std::int64_t page) {
  return frame.links.Full(feed.path, Query(page));
}

// Of the journal and the feed's place in it, so that it stays what it is wherever the journal
// moves. A journal from before it had an id of its own goes on with the address.
std::string FeedId(const Frame& frame, const Feed& feed) {
  const std::string& id = frame.site.settings.journal_id;
  return id.empty() ? frame.links.Full(feed.path).str() : journal::GuidFor(id, feed.path);
}

journal::Seconds NewestChange(const Feed& feed) {
  journal::Seconds newest = 0;
  for (const FeedItem& item : feed.items) newest = std::max(newest, item.updated);
  return newest;
}

void FillItem(Block block, const FeedItem& item) {
  if (!item.title.empty()) block.Show(key::kItemTitled);
  block.Set(key::kItemTitle, item.name);
  block.Set(key::kItemUrl, item.url);
  block.Set(key::kItemGuid, item.guid);
  block.Set(key::kItemId, item.guid);
  block.Set(key::kGuidIsLink, item.guid == item.url.view() ? "true" : "false");
  block.Set(key::kItemRfc822, text::Rfc822Date(item.published, item.zone));
  block.Set(key::kItemPublished, text::Rfc3339Date(item.published, item.zone));
  block.Set(key::kItemUpdated, text::Rfc3339Date(item.updated, item.zone));
  block.Set(key::kItemAuthor, item.author);
  if (!item.author_url.empty())
    block.Show(key::kItemAuthorPage, key::kItemAuthorUrl, item.author_url);
  for (const std::string& category : item.categories)
    block.Add(key::kItemCategory).Set(key::kItemCategoryName, category);
  block.Set(key::kItemSummary, item.summary);
  if (item.full) block.Add(key::kItemFull).Set(key::kItemContentHtml, item.content);
  if (!item.language.empty()) block.Show(key::kItemLang, key::kItemLanguage, item.language);
  if (item.comments) {
    Block comments = block.Add(key::kItemComments);
    comments.Set(key::kItemCommentsUrl, item.comments_url);
    comments.Set(key::kItemCommentsFeedUrl, item.comments_feed);
    comments.Set(key::kItemCommentsCount, *item.comments);
  }
  if (!item.reply_to_id.empty()) {
    Block reply = block.Add(key::kItemReply);
    reply.Set(key::kReplyToId, item.reply_to_id);
    reply.Set(key::kReplyToUrl, item.reply_to_url);
  }
}

fcgi::Response Xml(const Frame& frame, const Feed& feed, bool atom) {
  View view(frame.templates, atom ? templates::tpl::kAtom : templates::tpl::kRss);
  view.Set(key::kFeedTitle, feed.title);
  view.Set(key::kFeedDescription, feed.description.empty() ? feed.title : feed.description);
  view.Set(key::kFeedLanguage, frame.words().language());
  view.Set(key::kFeedPageUrl, frame.links.Full(feed.page_path));
  view.Set(key::kFeedSelfUrl, PageUrl(frame, feed, feed.page));
  view.Set(key::kFeedFirstUrl, PageUrl(frame, feed, 1));
  view.Set(key::kFeedId, FeedId(frame, feed));
  view.Set(key::kGenerator, "Daybook " DAYBOOK_VERSION);
  const journal::Seconds newest = NewestChange(feed);
  view.Set(key::kFeedUpdated, text::Rfc3339Date(newest, frame.site.settings.zone));
  if (newest > 0)
    view.Show(key::kFeedBuilt, key::kFeedRfc822,
              text::Rfc822Date(newest, frame.site.settings.zone));
  if (feed.page > 1)
    view.Show(key::kFeedPrevious, key::kFeedPreviousUrl, PageUrl(frame, feed, feed.page - 1));
  if (feed.more) view.Show(key::kFeedNext, key::kFeedNextUrl, PageUrl(frame, feed, feed.page + 1));
  for (const FeedItem& item : feed.items) FillItem(view.Add(key::kFeedItem), item);
  fcgi::Response response;
  response.content_type =
      atom ? "application/atom+xml; charset=utf-8" : "application/rss+xml; charset=utf-8";
  response.body = view.Render();
  return response;
}

// https://www.jsonfeed.org/version/1.1/
fcgi::Response Json(const Frame& frame, const Feed& feed) {
  nlohmann::ordered_json json;
  json["version"] = "https://jsonfeed.org/version/1.1";
  json["title"] = feed.title;
  json["home_page_url"] = frame.links.Full(feed.page_path).view();
  json["feed_url"] = PageUrl(frame, feed, feed.page).view();
  if (!feed.description.empty()) json["description"] = feed.description;
  json["language"] = frame.words().language();
  if (feed.more) json["next_url"] = PageUrl(frame, feed, feed.page + 1).view();
  json["items"] = nlohmann::ordered_json::array();
  for (const FeedItem& item : feed.items) {
    nlohmann::ordered_json out;
    out["id"] = item.guid;
    out["url"] = item.url.view();
    if (!item.title.empty()) out["title"] = item.title;
    out[item.full ? "content_html" : "content_text"] =
        item.full ? item.content.view() : std::string_view(item.summary);
    if (!item.summary.empty()) out["summary"] = item.summary;
    if (!item.image.empty()) out["image"] = item.image;
    out["date_published"] = text::Rfc3339Date(item.published, item.zone);
    out["date_modified"] = text::Rfc3339Date(item.updated, item.zone);
    nlohmann::ordered_json author = {{"name", item.author}};
    if (!item.author_url.empty()) author["url"] = item.author_url.view();
    out["authors"] = {author};
    if (!item.categories.empty()) out["tags"] = item.categories;
    if (!item.language.empty()) out["language"] = item.language;
    json["items"].push_back(std::move(out));
  }
  fcgi::Response response;
  response.content_type = "application/feed+json; charset=utf-8";
  response.body = json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return response;
}

}  // namespace

FeedFormat FormatOf(std::string_view path) {
  if (path.ends_with("/atom.xml")) return FeedFormat::kAtom;
  return path.ends_with("/feed.json") ? FeedFormat::kJson : FeedFormat::kRss;
}

fcgi::Response RenderFeed(const Frame& frame, const Feed& feed, FeedFormat format) {
  if (format == FeedFormat::kJson) return Json(frame, feed);
  return Xml(frame, feed, format == FeedFormat::kAtom);
}

}  // namespace daybook::handlers
