// Webmention as its receiver (W3C Recommendation): takes what other sites say, and shows them what
// became of it. The page is looked at later, by daybook-work.
#include "text/webmention.h"
#include "fcgi/form.h"
#include "handlers/pages.h"
#include "handlers/reference_target.h"
#include "journal/judge.h"
#include "journal/mentions.h"
#include "sql/db.h"
#include "templates/keys.h"
#include "text/network.h"
#include "text/url.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;
using journal::MentionState;

namespace {

constexpr fcgi::FormField kFields[] = {{"source", 4000}, {"target", 4000}};

// Programs read it: plain text.
Response Refuse(const Frame& frame, int status, templates::WordKey why) {
  return fcgi::Text(frame.words().Get(why) + "\n", status);
}

std::optional<std::string> WebAddress(std::string_view typed) {
  if (!(typed.starts_with("http://") || typed.starts_with("https://"))) return std::nullopt;
  const auto url = text::ParseWebUrl(typed);
  if (!url) return std::nullopt;
  return url->str();
}

std::string WithoutFragment(const std::string& url) { return url.substr(0, url.find('#')); }

}  // namespace

Response WebmentionHelp(Context& context) {
  return Refuse(FrameOf(context), 200, word::kMentionBadForm);
}

Response ReceiveWebmention(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const journal::Settings& settings = context.site.settings;
  if (!settings.webmention) throw fcgi::HttpError(404);
  const auto parsed = fcgi::Form::Parse(context.request, kFields);
  const auto* form = std::get_if<fcgi::Form>(&parsed);
  if (form == nullptr) {
    const bool other = std::get<fcgi::FormProblem>(parsed) == fcgi::FormProblem::kNotAForm;
    return Refuse(frame, other ? 415 : 400, word::kMentionBadForm);
  }
  if (!form->Has("source") || !form->Has("target"))
    return Refuse(frame, 400, word::kMentionBadForm);
  const auto source = WebAddress((*form)["source"]);
  const auto target = WebAddress((*form)["target"]);
  if (!source) return Refuse(frame, 400, word::kMentionBadSource);
  if (!target) return Refuse(frame, 400, word::kMentionBadTarget);
  if (text::SamePage(*source, *target)) return Refuse(frame, 400, word::kMentionBadSame);
  const auto entry = EntryAt(context, *target);
  if (!entry || !TakesReferences(settings, *entry))
    return Refuse(frame, 400, word::kMentionBadTarget);

  journal::NewMention mention;
  mention.entry_id = entry->id;
  mention.source = WithoutFragment(*source);
  mention.target = WithoutFragment(*target);
  mention.network = text::NetworkOf(context.request.remote);
  context.act = [frame, mention, remote = context.request.remote, now = context.now](sql::Db& db) {
    const journal::Settings& rules = frame.site.settings;
    std::optional<journal::Seconds> again;
    std::string token;
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      again = journal::RateLimited(tx, rules, journal::AnswerKind::kReference, remote, now);
      if (again) return;
      token = journal::TakeMention(tx, mention, now).token;
      journal::CountPost(tx, rules, journal::AnswerKind::kReference, remote, now);
    });
    if (again) {
      return fcgi::Text(
                 frame.words().Format(word::kMentionBadRate, {{"time", ClockOf(frame, *again)}}) +
                     "\n",
                 429)
          .Set("Retry-After", std::to_string(std::max<journal::Seconds>(*again - now, 1)));
    }
    return fcgi::Text(frame.words().Get(word::kMentionWaiting) + "\n", 202)
        .Set("Location", frame.links.Full("/webmention/" + token).view());
  };
  return {};
}

Response MentionStatus(Context& context) {
  context.cacheable = false;
  const auto mention = journal::MentionByToken(context.tx, context.captures["token"]);
  const auto entry = mention ? journal::EntryById(context.tx, mention->entry_id) : std::nullopt;
  if (!entry || journal::VisibilityOf(*entry, context.now) != journal::Visibility::kVisible)
    throw fcgi::HttpError(404);
  const Frame frame = FrameOf(context);
  templates::WordKey text = word::kMentionWaiting;
  switch (mention->state) {
    case MentionState::kWaiting:
      break;
    case MentionState::kTaken:
      text = mention->is_public ? word::kMentionPublic : word::kMentionTaken;
      break;
    case MentionState::kNoLink:
      text = word::kRefNolink;
      break;
    case MentionState::kGone:
      text = word::kMentionGone;
      break;
    case MentionState::kTooLong:
      text = word::kMentionLong;
      break;
    case MentionState::kUnreadable:
    case MentionState::kRefused:
      text = word::kMentionUnreadable;
      break;
  }
  templates::View view(context.templates, templates::tpl::kMention);
  Head head;
  head.title = frame.words().Get(word::kMentionTitle);
  head.noindex = true;
  FillFrame(view, frame, head);
  view.Set(key::kMentionText, frame.words().Get(text));
  view.Set(key::kMentionSource, mention->source);
  view.Set(key::kMentionSourceUrl, context.links.Typed(mention->source));
  view.Set(key::kEntryUrl, context.links.To(entry->path));
  view.Set(key::kEntryTitle, TitleOf(frame, entry->title, entry->visible_at, entry->zone));
  return fcgi::Html(view.Render());
}

}  // namespace daybook::handlers
