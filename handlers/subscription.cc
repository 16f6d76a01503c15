// One's own subscription by the links of mails, without signing in: confirm, choose, leave, never,
// again, erase. GET shows a page and writes nothing; the press, and the one click of a mail program
// (RFC 8058), is a POST that carries the link's own proof, wherever it was sent from.
#include "handlers/subscription.h"

#include "handlers/pages.h"
#include "sql/db.h"
#include "templates/keys.h"
#include "text/network.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;
using journal::LinkState;
using journal::Subscriber;
using journal::SubscriberStatus;

namespace {

class OwnPage {
 public:
  OwnPage(const Frame& frame, templates::WordKey title)
      : frame_(frame), view_(frame.templates, templates::tpl::kSubscription) {
    Head head;
    head.title = frame.words().Get(title);
    head.noindex = true;
    head.whole_width = true;
    view_.Set(key::kOwnTitle, head.title);
    FillFrame(view_, frame, head);
  }
  templates::View& view() { return view_; }
  void Notice(std::string_view text) { view_.Show(key::kFormNotice, key::kNoticeText, text); }
  void Line(std::string_view text) { view_.Add(key::kOwnLine).Set(key::kLineText, text); }
  void Button(std::string_view path, templates::WordKey label, std::string_view action) {
    templates::Block form = view_.Add(key::kOwnForm);
    form.Set(key::kOwnUrl, frame_.links.To(path));
    form.Set(key::kOwnButton, frame_.words().Get(label));
    form.Set(key::kOwnAction, action);
  }
  void Link(std::string_view path, templates::WordKey label) {
    templates::Block link = view_.Add(key::kOwnLink);
    link.Set(key::kLinkUrl, frame_.links.To(path));
    link.Set(key::kLinkLabel, frame_.words().Get(label));
  }
  Response Done(int status = 200) { return fcgi::Html(view_.Render(), status); }

 private:
  Frame frame_;
  templates::View view_;
};

std::string Journal(const Frame& frame) { return frame.site.settings.title; }

Response BadLink(const Frame& frame, LinkState state) {
  const templates::Words& words = frame.words();
  OwnPage page(frame, word::kSubscribePrefsTitle);
  int status = 404;
  switch (state) {
    case LinkState::kExpired:
      page.Notice(words.Get(word::kSubscribeLinkOld));
      page.Link("/subscribe", word::kSubscribeTitle);
      status = 410;
      break;
    case LinkState::kUsed:
      page.Notice(words.Format(word::kSubscribeLinkUsed, {{"journal", Journal(frame)}}));
      page.Link("/subscribe", word::kSubscribeTitle);
      status = 410;
      break;
    default:
      page.Notice(words.Get(word::kSubscribeLinkBad));
      break;
  }
  return page.Done(status);
}

std::string ConfirmWords(const Frame& frame, sql::Tx& tx, const journal::ConfirmLink& link) {
  return frame.words().Format(word::kSubscribeConfirmText,
                              {{"journal", Journal(frame)},
                               {"email", link.subscriber.email},
                               {"what", ChoiceWords(frame.words(), tx, link.choices)}});
}

Response LeftPage(const Frame& frame, std::string_view token) {
  OwnPage page(frame, word::kUnsubscribeTitle);
  page.Notice(frame.words().Format(word::kUnsubscribeDone, {{"journal", Journal(frame)}}));
  page.Button("/preferences/" + std::string(token), word::kSubscribeAgain, "again");
  return page.Done();
}

std::optional<Subscriber> OwnerOf(Context& context) {
  context.cacheable = false;
  return journal::ReadSubscriberToken(context.tx, journal::SignerOf(context.tx),
                                      context.captures["token"]);
}

}  // namespace

Response SubscribeConfirmPage(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const std::string token(context.captures["token"]);
  const auto link =
      journal::ReadConfirmLink(context.tx, journal::SignerOf(context.tx), token, context.now);
  if (link.state != LinkState::kGood) return BadLink(frame, link.state);
  OwnPage page(frame, word::kSubscribeConfirmTitle);
  page.Line(ConfirmWords(frame, context.tx, link));
  page.Button("/subscribe/confirm/" + token, word::kSubscribeConfirmButton, "confirm");
  return page.Done();
}

Response SubscribeConfirmPost(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const std::string token(context.captures["token"]);
  const journal::Signer signer = journal::SignerOf(context.tx);
  const auto link = journal::ReadConfirmLink(context.tx, signer, token, context.now);
  if (link.state != LinkState::kGood) return BadLink(frame, link.state);
  context.act = [frame, signer, token, text = ConfirmWords(frame, context.tx, link),
                 now = context.now,
                 network = text::NetworkOf(context.request.remote)](sql::Db& db) {
    const auto done = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::ConfirmSubscriber(tx, frame.site.settings, signer, token, text, network, now);
    });
    if (done.state != LinkState::kGood) return BadLink(frame, done.state);
    OwnPage page(frame, word::kSubscribePrefsTitle);
    page.Notice(frame.words().Get(word::kSubscribeConfirmDone));
    page.Link("/preferences/" +
                  journal::SubscriberToken(signer, done.subscriber.id, done.subscriber.secret),
              word::kSubscribePrefsLink);
    return page.Done();
  };
  return {};
}

Response PreferencesPage(Context& context) {
  const auto one = OwnerOf(context);
  const Frame frame = FrameOf(context);
  if (!one) return BadLink(frame, LinkState::kForged);
  const std::string path = "/preferences/" + std::string(context.captures["token"]);
  OwnPage page(frame, word::kSubscribePrefsTitle);
  if (context.request.Param("done").value_or("") == "saved")
    page.Notice(frame.words().Get(word::kSubscribePrefsSaved));
  page.Line(frame.words().Format(word::kSubscribePrefsText, {{"email", one->email}}));
  if (one->status != SubscriberStatus::kConfirmed) {
    page.Line(frame.words().Get(word::kSubscribePrefsAway));
    page.Button(path, word::kSubscribeAgain, "again");
  } else {
    templates::Block form = page.view().Add(key::kPrefsForm);
    form.Set(key::kPrefsUrl, frame.links.To(path));
    FillChoices(form, frame, &context.tx, one->choices);
  }
  page.view().Show(key::kOwnLeave, key::kOwnUrl, frame.links.To(path));
  return page.Done();
}

Response PreferencesPost(Context& context) {
  const auto one = OwnerOf(context);
  const Frame frame = FrameOf(context);
  if (!one) return BadLink(frame, LinkState::kForged);
  auto parsed = fcgi::Form::Parse(context.request, kChoiceFields);
  const fcgi::Form* form = std::get_if<fcgi::Form>(&parsed);
  if (!form) throw fcgi::HttpError(400, "form");
  const std::string action((*form)["action"]), token(context.captures["token"]);
  const journal::Choices choices = ChoicesOf(*form);
  const bool save = action == "save";
  if (!save && action != "leave" && action != "never" && action != "erase" && action != "again")
    return PreferencesPage(context);
  context.act = [frame, one = *one, action, token, choices, save, now = context.now,
                 network = text::NetworkOf(context.request.remote)](sql::Db& db) {
    const journal::Settings& settings = frame.site.settings;
    const std::string text = frame.words().Get(word::kSubscribeAgain);
    const bool away = save && one.status != SubscriberStatus::kConfirmed;
    bool arrives = true;
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      if (save && !away) {
        journal::Choose(tx, settings, one.id, choices, now);
        if (WantsNothing(choices)) journal::Leave(tx, one.id, now);
      } else if (action == "leave") {
        journal::Leave(tx, one.id, now);
      } else if (action == "never") {
        journal::LeaveForGood(tx, one, now);
      } else if (action == "erase") {
        journal::EraseSubscriber(tx, one);
      } else if (action == "again") {
        Subscriber back = one;
        if (WantsNothing(back.choices)) back.choices.cadence = journal::Cadence::kEach;
        arrives = journal::SubscribeAgain(tx, settings, back, text, network, now);
      }
    });
    if (action == "erase" || !arrives) {
      OwnPage page(frame, word::kSubscribePrefsTitle);
      page.Notice(
          frame.words().Get(arrives ? word::kSubscribeErased : word::kSubscribeAgainBounced));
      return page.Done();
    }
    if (action == "leave" || action == "never" || (save && WantsNothing(choices)))
      return LeftPage(frame, token);
    return fcgi::Redirect(303, frame.links.To("/preferences/" + token, "?done=saved").view());
  };
  return {};
}

Response UnsubscribePage(Context& context) {
  const auto one = OwnerOf(context);
  const Frame frame = FrameOf(context);
  if (!one) return BadLink(frame, LinkState::kForged);
  const std::string token(context.captures["token"]);
  if (one->status != SubscriberStatus::kConfirmed) return LeftPage(frame, token);
  OwnPage page(frame, word::kUnsubscribeTitle);
  page.Line(frame.words().Format(word::kUnsubscribeText,
                                 {{"journal", Journal(frame)}, {"email", one->email}}));
  page.Button("/unsubscribe/" + token, word::kUnsubscribeButton, "leave");
  page.Link("/preferences/" + token, word::kSubscribePrefsLink);
  return page.Done();
}

// What its body holds does not matter: browsers send the button, mail programs
// "List-Unsubscribe=One-Click", in either encoding.
Response UnsubscribePost(Context& context) {
  const auto one = OwnerOf(context);
  const Frame frame = FrameOf(context);
  if (!one) return BadLink(frame, LinkState::kForged);
  context.act = [frame, id = one->id, token = std::string(context.captures["token"]),
                 now = context.now](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { journal::Leave(tx, id, now); });
    return LeftPage(frame, token);
  };
  return {};
}

}  // namespace daybook::handlers
