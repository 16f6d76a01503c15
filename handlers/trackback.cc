// TrackBack 1.2 as its receiver: off until the owner turns it on, and always held. Its answer is a
// piece of XML in which 0 is good.
#include "fcgi/form.h"
#include "handlers/pages.h"
#include "handlers/reference_target.h"
#include "journal/judge.h"
#include "journal/mentions.h"
#include "sql/db.h"
#include "templates/keys.h"
#include "text/html_escape.h"
#include "text/network.h"
#include "text/url.h"

namespace daybook::handlers {

namespace word = templates::word;
using fcgi::Response;

namespace {

constexpr fcgi::FormField kFields[] = {
    {"url", 4000}, {"title", 2000}, {"excerpt", 8000}, {"blog_name", 2000}};

Response Xml(int status, std::string_view message) {
  Response response;
  response.status = status;
  response.content_type = "text/xml; charset=utf-8";
  response.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<response>\n<error>";
  if (message.empty()) {
    response.body += "0</error>\n</response>\n";
  } else {
    response.body +=
        "1</error>\n<message>" + text::EscapeHtml(message) + "</message>\n</response>\n";
  }
  return response;
}

}  // namespace

Response ReceiveTrackback(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const journal::Settings& settings = context.site.settings;
  const journal::Entry entry = EntryAbovePath(context, context.captures["entry"]);
  if (!settings.trackback || entry.pings == journal::Allow::kClosed || !entry.password.empty())
    return Xml(403, words.Get(word::kRespondClosed));
  const auto parsed = fcgi::Form::Parse(context.request, kFields);
  const auto* form = std::get_if<fcgi::Form>(&parsed);
  if (form == nullptr) return Xml(400, words.Get(word::kMentionBadSource));
  const std::string_view typed = (*form)["url"];
  const auto url = text::ParseWebUrl(typed);
  if (!url || !(typed.starts_with("http://") || typed.starts_with("https://")))
    return Xml(400, words.Get(word::kMentionBadSource));

  journal::NewMention mention;
  mention.via = journal::ReferenceVia::kTrackback;
  mention.entry_id = entry.id;
  mention.source = url->str();
  mention.target = context.links.Full(entry.path).str();
  mention.title = (*form)["title"];
  mention.excerpt = (*form)["excerpt"];
  mention.site_name = (*form)["blog_name"];
  mention.network = text::NetworkOf(context.request.remote);
  context.act = [frame, mention, remote = context.request.remote, now = context.now](sql::Db& db) {
    const journal::Settings& rules = frame.site.settings;
    std::optional<journal::Seconds> again;
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      again = journal::RateLimited(tx, rules, journal::AnswerKind::kReference, remote, now);
      if (again) return;
      journal::TakeTrackback(tx, rules, mention, now);
      journal::CountPost(tx, rules, journal::AnswerKind::kReference, remote, now);
    });
    if (!again) return Xml(200, "");
    return Xml(429,
               frame.words().Format(word::kMentionBadRate, {{"time", ClockOf(frame, *again)}}));
  };
  return {};
}

}  // namespace daybook::handlers
