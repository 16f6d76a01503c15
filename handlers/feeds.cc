// Which entries and comments each feed holds.
#include <charconv>

#include "handlers/entry_parts.h"
#include "handlers/feed.h"
#include "handlers/pages.h"
#include "templates/keys.h"
#include "text/absolute.h"
#include "text/html_escape.h"
#include "text/url.h"

namespace daybook::handlers {

namespace word = templates::word;
using fcgi::HttpError;
using fcgi::Response;
using journal::ListKind;
using journal::ListOf;

namespace {

constexpr std::int64_t kComments = 20;
constexpr std::int64_t kMaxPage = 10'000;

// RFC 5005 paging: "?page=2". A page beyond the last is no page.
std::int64_t PageOf(const fcgi::Request& request) {
  const auto written = request.Param("page");
  if (!written) return 1;
  std::int64_t page = 0;
  const auto [end, error] =
      std::from_chars(written->data(), written->data() + written->size(), page);
  if (error != std::errc() || end != written->data() + written->size() || page < 1 ||
      page > kMaxPage)
    throw HttpError(404);
  return page;
}

std::string FileOf(std::string_view path) { return std::string(path.substr(path.rfind('/'))); }

FeedItem ItemOf(const Frame& frame, const journal::Listed& entry, journal::Seconds now) {
  const journal::Settings& settings = frame.site.settings;
  FeedItem item;
  item.title = entry.title;
  item.name = TitleOf(frame, entry.title, entry.visible_at, entry.zone);
  item.url = frame.links.Full(entry.path);
  item.guid = entry.guid;
  item.published = entry.visible_at;
  item.updated = entry.updated_at;
  item.zone = entry.zone;
  item.author = entry.author;
  item.author_url = frame.links.Full("/author/" + entry.author_slug);
  for (const journal::Term& term : entry.terms.categories) item.categories.push_back(term.name);
  for (const journal::Term& term : entry.terms.tags) item.categories.push_back(term.name);
  item.language = entry.language;
  if (entry.locked) {
    item.full = false;
    item.summary = frame.words().Get(word::kEntryLockedList);
  } else {
    item.summary = entry.excerpt.empty() ? entry.summary : entry.excerpt;
    item.full = settings.feed_show == journal::Amount::kFull;
    if (item.full)
      item.content = text::AbsoluteHtml(text::SafeHtml::Vouch(entry.body.str() + entry.more.str()),
                                        frame.links.Origin(), item.url.view());
    if (!entry.image.empty())
      item.image = entry.image.starts_with('/') ? frame.links.Origin() + entry.image : entry.image;
  }
  if (!entry.locked && CommentStateOf(settings, entry.comments, entry.comments_close, now).shown) {
    item.comments = entry.comment_count;
    item.comments_url = frame.links.Full(entry.path, "#comments");
    item.comments_feed = frame.links.Full(journal::SubAddress(entry.path, "/comments.xml"));
  }
  return item;
}

FeedItem ItemOf(const Frame& frame, const journal::CommentInFeed& comment) {
  const std::string anchor = "#comment-" + std::to_string(comment.id);
  FeedItem item;
  const std::string& who =
      comment.author_name.empty() ? frame.words().Get(word::kCommentNameless) : comment.author_name;
  item.title =
      frame.words().Format(word::kFeedComment, {{"name", who}, {"title", comment.entry.title}});
  item.name = item.title;
  item.url = frame.links.Full(comment.entry.path, anchor);
  // Of the entry, which keeps its own wherever the journal moves.
  item.guid = comment.entry_guid + anchor;
  item.published = item.updated = comment.created_at;
  item.zone = frame.site.settings.zone;
  item.author = who;
  item.author_url = comment.author_url;
  item.content = text::AbsoluteHtml(comment.body, frame.links.Origin());
  item.summary = text::PlainText(comment.body.view());
  item.reply_to_url = frame.links.Full(comment.entry.path);
  item.reply_to_id = comment.entry_guid;
  return item;
}

// Feeds of a page hold its newest entries; its name is empty for the whole journal.
Response EntryFeed(Context& context, const ListOf& of, const std::string& name,
                   const std::string& page_path) {
  const Frame frame = FrameOf(context);
  const journal::Settings& settings = context.site.settings;
  Feed feed;
  feed.page = PageOf(context.request);
  feed.title = name.empty() ? settings.title
                            : frame.words().Format(word::kFeedList,
                                                   {{"journal", settings.title}, {"name", name}});
  feed.description = settings.tagline;
  feed.page_path = page_path;
  feed.path = page_path.ends_with('/') ? page_path.substr(0, page_path.size() - 1) : page_path;
  feed.path += FileOf(context.request.path);
  const std::int64_t size = settings.feed_entries;
  auto entries = journal::List(context.tx, of, context.now, size + 1, (feed.page - 1) * size);
  if (entries.empty() && feed.page > 1) throw HttpError(404);
  feed.more = static_cast<std::int64_t>(entries.size()) > size;
  if (feed.more) entries.pop_back();
  for (const journal::Listed& entry : entries)
    feed.items.push_back(ItemOf(frame, entry, context.now));
  return RenderFeed(frame, feed, FormatOf(context.request.path));
}

Response DateFeed(Context& context, ListKind kind) {
  const ListOf of{kind, context.captures.Int("year"), context.captures.Int("month"),
                  context.captures.Int("day"), 0};
  if (journal::CountOf(context.tx, of, context.now) == 0) return ByPath(context);
  std::string place = "/" + std::to_string(of.year);
  std::string name = std::to_string(of.year);
  const templates::Words& words = context.templates.words();
  if (kind != ListKind::kYear) {
    place += "/" + std::to_string(of.month);
    name = words.MonthYear(static_cast<int>(of.year), static_cast<int>(of.month));
  }
  if (kind == ListKind::kDay) {
    place += "/" + std::to_string(of.day);
    name = words.Date(
        {static_cast<int>(of.year), static_cast<int>(of.month), static_cast<int>(of.day), 0, 0, 0});
  }
  if (!context.request.path.starts_with(place + "/"))  // "/2007/03/…"
    return fcgi::Redirect(301, context.links.To(place + FileOf(context.request.path)).view());
  return EntryFeed(context, of, name, place + "/");
}

Response TermFeed(Context& context, ListKind kind, const std::optional<journal::FoundTerm>& term,
                  std::string_view folder) {
  if (!term || (kind == ListKind::kTag && term->entry_count == 0)) return ByPath(context);
  return EntryFeed(context, {kind, 0, 0, 0, term->id}, term->name,
                   std::string(folder) + term->slug);
}

}  // namespace

Response JournalFeed(Context& context) { return EntryFeed(context, {}, "", "/"); }
Response YearFeed(Context& context) { return DateFeed(context, ListKind::kYear); }
Response MonthFeed(Context& context) { return DateFeed(context, ListKind::kMonth); }
Response DayFeed(Context& context) { return DateFeed(context, ListKind::kDay); }

Response CategoryFeed(Context& context) {
  return TermFeed(context, ListKind::kCategory,
                  journal::CategoryBySlug(context.tx, context.captures["slug"]), "/category/");
}

Response TagFeed(Context& context) {
  return TermFeed(context, ListKind::kTag, journal::TagBySlug(context.tx, context.captures["slug"]),
                  "/tag/");
}

Response AuthorFeed(Context& context) {
  return TermFeed(context, ListKind::kAuthor,
                  journal::AuthorBySlug(context.tx, context.captures["slug"]), "/author/");
}

Response CommentsFeed(Context& context) {
  if (context.site.settings.comments == journal::CommentPolicy::kNone) throw HttpError(404);
  const Frame frame = FrameOf(context);
  Feed feed;
  feed.page = PageOf(context.request);
  feed.title =
      frame.words().Format(word::kFeedComments, {{"journal", context.site.settings.title}});
  feed.page_path = "/";
  feed.path = "/comments" + FileOf(context.request.path);
  auto comments =
      journal::LatestComments(context.tx, context.now, kComments + 1, (feed.page - 1) * kComments);
  if (comments.empty() && feed.page > 1) throw HttpError(404);
  feed.more = static_cast<std::int64_t>(comments.size()) > kComments;
  if (feed.more) comments.pop_back();
  for (const journal::CommentInFeed& comment : comments)
    feed.items.push_back(ItemOf(frame, comment));
  return RenderFeed(frame, feed, FormatOf(context.request.path));
}

Response EntryCommentsFeed(Context& context, const journal::Entry& entry) {
  const Frame frame = FrameOf(context);
  if (!entry.password.empty() ||
      !CommentStateOf(context.site.settings, entry.comments, entry.comments_close, context.now)
           .shown)
    throw HttpError(404);
  Feed feed;
  feed.title =
      frame.words().Format(word::kFeedCommentsOn,
                           {{"title", TitleOf(frame, entry.title, entry.visible_at, entry.zone)}});
  feed.page_path = entry.path;
  feed.path = journal::SubAddress(entry.path, "/comments.xml");
  for (const journal::CommentInFeed& comment :
       journal::LatestCommentsOf(context.tx, entry.id, kComments))
    feed.items.push_back(ItemOf(frame, comment));
  return RenderFeed(frame, feed, FeedFormat::kRss);
}

}  // namespace daybook::handlers
