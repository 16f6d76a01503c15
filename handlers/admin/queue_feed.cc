// The private feed of what waits, for owners without mail: whoever has its address reads it, and
// nobody else.
#include "handlers/admin/frame.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/queue.h"
#include "handlers/feed.h"
#include "journal/audit.h"
#include "templates/admin_keys.h"
#include "text/absolute.h"
#include "text/html_escape.h"

namespace daybook::handlers::admin {

namespace word = templates::word;
using fcgi::Response;

namespace {

constexpr int kItems = 50;
constexpr fcgi::FormField kFields[] = {{"act", 10}};

}  // namespace

Response WaitingFeedPost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  visit.context.act = [frame = FrameOf(visit.context), ends = form["act"] == "end",
                       who = visit.person().id, now = visit.context.now](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      ends ? journal::EndFeed(tx, who) : journal::RenewFeed(tx, who);
      journal::Log(tx, who, ends ? "feed.end" : "feed.new", "", now);
    });
    return fcgi::Redirect(303, frame.links.To("/admin/waiting", "#feed").view());
  };
  return {};
}

Response WaitingFeed(Visit& visit) {
  Context& context = visit.context;
  const std::string_view secret = context.captures["secret"];
  const auto id = journal::FeedOwner(context.tx, secret);
  const auto person = id ? journal::PersonById(context.tx, *id) : std::nullopt;
  if (!person || !person->IsEditor()) throw fcgi::HttpError(404);
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  Feed feed;
  feed.title = words.Format(word::kAdminQueueFeedTitle, {{"journal", frame.site.settings.title}});
  feed.page_path = "/admin/waiting";
  feed.path = "/admin/feed/" + std::string(secret);
  const journal::QueuePage page =
      journal::ReadQueue(context.tx, journal::AnswerStatus::kHeld, {}, kItems);
  for (const journal::QueueItem& waiting : page.items) {
    FeedItem item;
    const std::string& who =
        waiting.author.empty() ? words.Get(word::kCommentNameless) : waiting.author;
    item.title = words.Format(
        word::kFeedComment, {{"name", who},
                             {"title", waiting.entry_title.empty() ? words.Get(word::kAdminUntitled)
                                                                   : waiting.entry_title}});
    item.name = item.title;
    item.url = frame.links.Full(QueueItemPath(waiting.which));
    item.guid = item.url.str();
    item.published = item.updated = waiting.created_at;
    item.zone = frame.site.settings.zone;
    item.author = who;
    item.summary = text::PlainText(waiting.html.view());
    if (item.summary.empty()) item.summary = waiting.text;
    item.full = !waiting.html.empty();
    if (item.full) item.content = text::AbsoluteHtml(waiting.html, frame.links.Origin());
    feed.items.push_back(std::move(item));
  }
  return RenderFeed(frame, feed, FeedFormat::kAtom);
}

}  // namespace daybook::handlers::admin
