// Email Article to Friend: the form below an entry's address, and what is sent by it. The form goes
// below /comment, where a reader's cookie is sent: whose address it proves is asked no more.
#include "journal/friend.h"
#include "handlers/ask.h"
#include "handlers/comment_pages.h"
#include "handlers/entry_parts.h"
#include "handlers/pages.h"
#include "handlers/reader_cookie.h"
#include "journal/comment_post.h"
#include "journal/edit_common.h"
#include "journal/judge.h"
#include "sql/db.h"
#include "templates/keys.h"
#include "text/email.h"
#include "text/network.h"

namespace daybook::handlers {

namespace word = templates::word;
using fcgi::Response;
using Kind = journal::FriendAnswer::Kind;

namespace {

constexpr AskField kFields[] = {
    {"author", word::kAskName, word::kFriendNameHelp, journal::kAuthorMax, "text", "name"},
    {"email", word::kFriendEmail, word::kFriendEmailHelp, text::kEmailMax, "email", "email"},
    {"friend", word::kFriendTo, word::kFriendToHelp, text::kEmailMax, "email", "off"},
    {"note", word::kFriendNote, word::kFriendNoteHelp, journal::kFriendNoteMax, "", ""},
};
enum Place { kName, kOwn, kTo, kNote };
constexpr std::size_t kAnyLength = 1 << 20;  // lengths are judged here, in characters
constexpr fcgi::FormField kPosted[] = {{"author", kAnyLength}, {"email", kAnyLength},
                                       {"friend", kAnyLength}, {"note", kAnyLength},
                                       {"fax", kAnyLength},    {"signature", 200}};

AskPage PageOf(const Frame& frame, const journal::Entry& entry) {
  AskPage page;
  page.title = frame.words().Get(word::kEntryMail);
  page.entry_path = entry.path;
  page.entry_title = TitleOf(frame, entry.title, entry.visible_at, entry.zone);
  if (!frame.site.settings.MailIsSet() || !entry.password.empty()) {
    page.lines.push_back(frame.words().Get(word::kFriendOwnAbout));
    page.link = MailtoOf(frame, entry.path, page.entry_title);
    page.link_label = frame.words().Get(word::kFriendOwn);
    return page;
  }
  page.lines.push_back(
      frame.words().Format(word::kFriendIntro, {{"journal", frame.site.settings.title}}));
  page.url = "/comment/mail" + journal::SubAddress(entry.path, "");
  page.fields = kFields;
  page.asked.resize(std::size(kFields));
  page.button = word::kFriendButton;
  return page;
}

void Check(const templates::Words& words, AskPage& page, journal::FriendMail& mail) {
  CheckLengths(words, page);
  const auto wrong = [&](Place place, templates::WordKey why) {
    if (page.asked[place].error.empty()) page.asked[place].error = words.Get(why);
  };
  mail.sender_name = journal::CleanLine(page.asked[kName].value);
  if (mail.sender_name.empty()) wrong(kName, word::kFriendErrName);
  if (journal::HasLink(mail.sender_name)) wrong(kName, word::kFriendErrLink);
  if (auto own = text::ParseEmail(page.asked[kOwn].value))
    mail.sender = *std::move(own);
  else
    wrong(kOwn, word::kFriendErrEmail);
  if (auto to = text::ParseEmail(page.asked[kTo].value))
    mail.recipient = *std::move(to);
  else
    wrong(kTo, word::kFriendErrTo);
  mail.note = journal::CleanLine(page.asked[kNote].value);
  if (journal::HasLink(mail.note)) wrong(kNote, word::kFriendErrLink);
}

// What the owner's own decisions speak against goes nowhere. How quickly it was typed says nothing
// here: most of it the browser fills in.
bool MayGo(Context& context, const journal::FriendMail& mail) {
  journal::Candidate candidate;
  candidate.kind = journal::AnswerKind::kMessage;
  candidate.author_name = mail.sender_name;
  candidate.author_email = mail.sender.str();
  candidate.body = mail.note;
  candidate.address = context.request.remote;
  const journal::Verdict verdict = journal::Judge(context.tx, context.site.settings, candidate);
  return verdict.outcome != journal::JudgeOutcome::kSpam && verdict.score < journal::kHoldScore;
}

Response Answered(const Frame& frame, AskPage page, const journal::FriendAnswer& answer,
                  const std::string& email, journal::Seconds now) {
  const templates::Words& words = frame.words();
  switch (answer.kind) {
    case Kind::kNowhere:
      page.status = 410;
      page.alert = words.Get(word::kErrGone);
      return ShowAsk(frame, page);
    case Kind::kTooMany:
      page.status = 429;
      page.alert =
          words.Format(word::kFriendDaily, {{"n", words.Number(journal::kFriendsADay)},
                                            {"time", TimeAfter(frame, answer.again_at, now)}});
      return ShowAsk(frame, page).Set("Retry-After", std::to_string(answer.again_at - now));
    case Kind::kResting:
      page.status = 503;
      page.alert = words.Get(word::kFriendRests);
      page.link = MailtoOf(frame, page.entry_path, page.entry_title);
      page.link_label = words.Get(word::kFriendOwn);
      return ShowAsk(frame, page).Set("Retry-After", std::to_string(answer.again_at - now));
    case Kind::kAsked:
    case Kind::kSent:
      break;
  }
  page.asked.clear();
  page.lines.clear();
  page.notice = answer.kind == Kind::kSent ? words.Get(word::kFriendSent)
                                           : words.Format(word::kFriendAsked, {{"email", email}});
  return ShowAsk(frame, page);
}

}  // namespace

Response FriendPage(Context& context) {
  if (journal::EntryByPath(context.tx, context.request.path)) return ByPath(context);
  const auto entry = EntryOfPlace(context, context.captures["entry"]);
  if (!entry) return ByPath(context);
  const Frame frame = FrameOf(context);
  return ShowAsk(frame, PageOf(frame, *entry));
}

std::optional<Response> FriendNotTaken(const Frame& frame, const fcgi::Request& request,
                                       std::string_view alert, int status) {
  constexpr std::string_view kBefore = "/comment/mail";
  journal::Entry entry;
  entry.path = std::string_view(request.path).substr(kBefore.size());
  entry.title = frame.site.settings.title;
  AskPage page = PageOf(frame, entry);
  page.url = request.path;
  page.entry_path.clear();
  return AskNotTaken(frame, std::move(page), request, kPosted, alert, status);
}

Response FriendPost(Context& context) {
  const auto entry = EntryOfPlace(context, context.captures["entry"]);
  if (!entry) return Unlock(context);  // no entry of that name: as for any other address
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  AskPage page = PageOf(frame, *entry);
  if (page.asked.empty()) return ShowAsk(frame, page);
  const fcgi::Form form = ReadForm(context.request, kPosted);
  for (std::size_t i = 0; i < page.asked.size(); ++i) page.asked[i].value = form[kFields[i].name];
  journal::FriendMail mail;
  mail.entry_id = entry->id;
  mail.network = text::NetworkOf(context.request.remote);
  Check(frame.words(), page, mail);
  const AskProof proof = ProveAsk(context, form, word::kFriendCheck, page);
  if (!proof.acts) return ShowAsk(frame, page);
  if (!MayGo(context, mail)) {
    page.asked[kNote].error = frame.words().Get(word::kFriendErrNote);
    page.status = 422;
    return ShowAsk(frame, page);
  }
  const auto reader = ReaderOf(context);
  const bool proved = proof.same_origin && reader && reader->email == mail.sender.view();
  context.act = [frame, page, mail, proved, signer = journal::SignerOf(context.tx),
                 remote = context.request.remote, now = context.now](sql::Db& db) mutable {
    const journal::Settings& rules = frame.site.settings;
    std::optional<journal::Seconds> again;
    journal::FriendAnswer answer;
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      again = journal::RateLimited(tx, rules, journal::AnswerKind::kMessage, remote, now);
      if (again) return;
      answer = journal::MailToFriend(tx, rules, signer, mail, proved, now);
      journal::CountPost(tx, rules, journal::AnswerKind::kMessage, remote, now);
    });
    if (!again) return Answered(frame, page, answer, mail.sender.str(), now);
    page.status = 429;
    page.alert = frame.words().Format(word::kAskRate, {{"time", TimeAfter(frame, *again, now)}});
    return ShowAsk(frame, page)
        .Set("Retry-After", std::to_string(std::max<journal::Seconds>(*again - now, 1)));
  };
  return {};
}

}  // namespace daybook::handlers
