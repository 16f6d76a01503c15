// The links of the mails about entries for friends: the sender's, whose button sends, and the
// friend's, whose button ends all mail from here. GET shows a page and changes nothing.
#include "fcgi/origin.h"
#include "handlers/comment_pages.h"
#include "handlers/pages.h"
#include "handlers/reader_cookie.h"
#include "journal/friend.h"
#include "sql/db.h"
#include "templates/keys.h"
#include "text/network.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;
using journal::FriendLink;
using Kind = journal::FriendAnswer::Kind;

namespace {

// One of these pages; `button`: where it sends to, "": none.
struct Said {
  templates::WordKey title;
  std::string notice = {};
  std::vector<std::string> lines = {};
  std::string button = {};
  templates::WordKey label = {};
  std::string_view action = {};
  int status = 200;
};
Response Show(const Frame& frame, const Said& said) {
  templates::View view(frame.templates, templates::tpl::kSubscription);
  Head head;
  head.title = frame.words().Get(said.title);
  head.noindex = true;
  head.whole_width = true;
  view.Set(key::kOwnTitle, head.title);
  FillFrame(view, frame, head);
  view.Show(key::kFormNotice, key::kNoticeText, said.notice);
  for (const std::string& line : said.lines) view.Add(key::kOwnLine).Set(key::kLineText, line);
  if (!said.button.empty()) {
    templates::Block form = view.Add(key::kOwnForm);
    form.Set(key::kOwnUrl, frame.links.To(said.button));
    form.Set(key::kOwnButton, frame.words().Get(said.label));
    form.Set(key::kOwnAction, said.action);
  }
  return fcgi::Html(view.Render(), said.status);
}

Response BadLink(const Frame& frame, FriendLink::State state) {
  Said said{.title = word::kFriendConfirmTitle, .status = 410};
  switch (state) {
    case FriendLink::State::kUsed:
      said.notice = frame.words().Get(word::kFriendLinkUsed);
      break;
    case FriendLink::State::kExpired:
      said.notice = frame.words().Get(word::kFriendLinkOld);
      break;
    default:
      said.notice = frame.words().Get(word::kSubscribeLinkBad);
      said.status = 404;
      break;
  }
  return Show(frame, said);
}

Said Asking(const Frame& frame, const FriendLink& link, const std::string& path) {
  Said said{.title = word::kFriendConfirmTitle};
  said.lines.push_back(frame.words().Format(
      word::kFriendConfirmText,
      {{"entry", link.entry_title}, {"email", link.mail.recipient.str()}}));
  if (!link.mail.note.empty())
    said.lines.push_back(
        frame.words().Format(word::kFriendConfirmNote, {{"note", link.mail.note}}));
  said.button = path;
  said.label = word::kFriendButton;
  said.action = "send";
  return said;
}

std::string NeverWords(const Frame& frame, templates::WordKey text, const journal::Never& never) {
  return frame.words().Format(
      text, {{"journal", frame.site.settings.title}, {"email", never.address.str()}});
}

Response NeverSaid(const Frame& frame, const journal::Never& never, const std::string& path,
                   bool is_never, bool lifted) {
  Said said{.title = word::kFriendNeverTitle, .button = path};
  if (is_never) {
    said.notice = NeverWords(frame, word::kFriendNeverDone, never);
    said.label = word::kFriendNeverAgain;
    said.action = "again";
  } else {
    if (lifted) said.notice = NeverWords(frame, word::kFriendNeverLifted, never);
    said.lines.push_back(NeverWords(frame, word::kFriendNeverText, never));
    said.label = word::kUnsubscribeNever;
    said.action = "never";
  }
  return Show(frame, said);
}

}  // namespace

Response FriendConfirmPage(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const auto link = journal::ReadFriendLink(context.tx, journal::SignerOf(context.tx),
                                            context.captures["token"], context.now);
  if (link.state != FriendLink::State::kGood) return BadLink(frame, link.state);
  return Show(frame, Asking(frame, link, context.request.path));
}

Response FriendConfirmPost(Context& context) {
  context.cacheable = false;
  // Else another site could make this browser somebody else's.
  if (fcgi::CheckOrigin(context.request) == fcgi::OriginVerdict::kForeign)
    throw fcgi::HttpError(403, "a foreign origin");
  const Frame frame = FrameOf(context);
  const journal::Signer signer = journal::SignerOf(context.tx);
  const std::string token(context.captures["token"]);
  const auto link = journal::ReadFriendLink(context.tx, signer, token, context.now);
  if (link.state != FriendLink::State::kGood) return BadLink(frame, link.state);
  context.act = [&request = context.request, frame, signer, token, link,
                 now = context.now](sql::Db& db) {
    const auto done = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::ConfirmFriend(tx, frame.site.settings, signer, token,
                                    text::NetworkOf(request.remote), now);
    });
    if (done.state != FriendLink::State::kGood || !done.reader) return BadLink(frame, done.state);
    const templates::Words& words = frame.words();
    Said said{.title = word::kFriendConfirmTitle};
    if (done.answer.kind == Kind::kSent) {
      said.notice = words.Get(word::kFriendSent);
    } else {
      said = Asking(frame, link, request.path);
      said.status = 429;
      said.notice = done.answer.kind == Kind::kResting
                        ? words.Get(word::kFriendRests)
                        : words.Format(word::kFriendDaily,
                                       {{"n", words.Number(journal::kFriendsADay)},
                                        {"time", TimeAfter(frame, done.answer.again_at, now)}});
    }
    return Show(frame, said).Set("Set-Cookie", ReaderCookie(request, signer, *done.reader));
  };
  return {};
}

Response NeverPage(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const auto never =
      journal::ReadNeverToken(journal::SignerOf(context.tx), context.captures["token"]);
  if (!never) return BadLink(frame, FriendLink::State::kForged);
  return NeverSaid(frame, *never, context.request.path, journal::IsNever(context.tx, *never),
                   false);
}

// Also the one click of a mail program (RFC 8058), whose body says nothing of an action.
Response NeverPost(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const auto never =
      journal::ReadNeverToken(journal::SignerOf(context.tx), context.captures["token"]);
  if (!never) return BadLink(frame, FriendLink::State::kForged);
  constexpr fcgi::FormField kFields[] = {{"action", 10}};
  const auto parsed = fcgi::Form::Parse(context.request, kFields);
  const fcgi::Form* form = std::get_if<fcgi::Form>(&parsed);
  const bool again = form && (*form)["action"] == "again";
  context.act = [frame, never = *never, again, path = context.request.path,
                 now = context.now](sql::Db& db) {
    const bool is_never = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      if (again)
        journal::NotNever(tx, never);
      else
        journal::NeverAgain(tx, never, now);
      return journal::IsNever(tx, never);
    });
    return NeverSaid(frame, never, path, is_never, again);
  };
  return {};
}

}  // namespace daybook::handlers
