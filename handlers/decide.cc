// Deciding about what waits by the link of a mail, without signing in. The page has buttons; a GET,
// as link scanners send it, changes nothing. The link is good until somebody decided.
#include "fcgi/form.h"
#include "handlers/frame.h"
#include "handlers/pages.h"
#include "journal/alert.h"
#include "sql/db.h"
#include "templates/keys.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;
using journal::Deciding;
using journal::Decision;

namespace {

struct Press {
  std::string_view action;
  templates::WordKey label;
  Decision decision;
  templates::WordKey done;
};
constexpr Press kPresses[] = {
    {"approve", word::kDecideApprove, Decision::kApprove, word::kDecideApproved},
    {"spam", word::kDecideSpam, Decision::kSpam, word::kDecideSpammed},
    {"delete", word::kDecideDelete, Decision::kDelete, word::kDecideDeleted}};

void Begin(templates::View& view, const Frame& frame) {
  Head head;
  head.title = frame.words().Get(word::kDecideTitle);
  head.noindex = true;
  head.whole_width = true;
  FillFrame(view, frame, head);
  view.Set(key::kAllUrl, frame.links.To("/admin/waiting"));
}

Response Said(const Frame& frame, std::string_view text, int status) {
  templates::View view(frame.templates, templates::tpl::kDecide);
  Begin(view, frame);
  view.Show(key::kFormNotice, key::kNoticeText, text);
  return fcgi::Html(view.Render(), status);
}

Response Bad(const Frame& frame, Deciding::State state) {
  switch (state) {
    case Deciding::State::kDecided:
      return Said(frame, frame.words().Get(word::kDecideUsed), 410);
    case Deciding::State::kExpired:
      return Said(frame, frame.words().Get(word::kDecideOld), 410);
    default:
      return Said(frame, frame.words().Get(word::kSubscribeLinkBad), 404);
  }
}

Deciding DecidingOf(Context& context) {
  context.cacheable = false;
  return journal::ReadDecideToken(context.tx, journal::SignerOf(context.tx),
                                  context.captures["token"], context.now);
}

}  // namespace

Response DecidePage(Context& context) {
  const Deciding deciding = DecidingOf(context);
  const Frame frame = FrameOf(context);
  if (deciding.state != Deciding::State::kGood) return Bad(frame, deciding.state);
  const templates::Words& words = frame.words();
  const journal::Answered& answer = deciding.answer;
  templates::View view(frame.templates, templates::tpl::kDecide);
  Begin(view, frame);
  const bool comment = deciding.which.kind == journal::AnswerKind::kComment;
  const auto line = [&](const std::string& text) {
    if (!text.empty()) view.Add(key::kDecideLine).Set(key::kLineText, text);
  };
  line(words.Format(
      comment ? word::kMailAlertComment : word::kMailAlertReference,
      {{"name", answer.author.empty() ? answer.title : answer.author},
       {"entry", answer.entry_title.empty() ? answer.entry_path : answer.entry_title}}));
  line(answer.url);
  for (const journal::JudgeReason& reason : answer.reasons)
    if (const std::string* said = words.Lookup(reason.key))
      line(templates::Fill(*said, {{"what", reason.argument}}));
  const bool clean = answer.score && *answer.score < journal::kHoldScore;
  if (clean) {
    view.Show(key::kDecideQuote, key::kQuoteText, answer.text);
  } else {
    line(words.Get(word::kDecideHidden));
  }
  templates::Block form = view.Add(key::kDecideForm);
  form.Set(key::kDecideUrl, frame.links.To(context.request.path));
  for (const Press& press : kPresses) {
    templates::Block button = form.Add(key::kDecidePress);
    button.Set(key::kPressValue, press.action);
    button.Set(key::kPressLabel, words.Get(press.label));
  }
  return fcgi::Html(view.Render());
}

Response DecidePost(Context& context) {
  const Deciding deciding = DecidingOf(context);
  const Frame frame = FrameOf(context);
  if (deciding.state != Deciding::State::kGood) return Bad(frame, deciding.state);
  constexpr fcgi::FormField kFields[] = {{"action", 20}};
  const auto parsed = fcgi::Form::Parse(context.request, kFields);
  const fcgi::Form* form = std::get_if<fcgi::Form>(&parsed);
  const Press* pressed = nullptr;
  for (const Press& press : kPresses)
    if (form && (*form)["action"] == press.action) pressed = &press;
  if (!pressed) return DecidePage(context);
  context.act = [frame, press = *pressed, token = std::string(context.captures["token"]),
                 now = context.now](sql::Db& db) {
    const auto state = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      const Deciding again = journal::ReadDecideToken(tx, journal::SignerOf(tx), token, now);
      if (again.state == Deciding::State::kGood)
        journal::Moderate(tx, again.which.kind, again.which.id, press.decision, 0, now);
      return again.state;
    });
    if (state != Deciding::State::kGood) return Bad(frame, state);
    const std::string days = frame.words().Number(frame.site.settings.trash_days);
    return Said(frame, frame.words().Format(press.done, {{"n", days}}), 200);
  };
  return {};
}

}  // namespace daybook::handlers
