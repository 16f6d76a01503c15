// The contact form: a message to whoever keeps the journal, read on /admin/messages and mailed
// there where mail works. Without mail, and with an address that the owner shows to everybody, the
// reader's own mail program does it.
#include "journal/contact.h"
#include "handlers/ask.h"
#include "handlers/comment_pages.h"
#include "handlers/pages.h"
#include "journal/comment_post.h"
#include "journal/edit_common.h"
#include "sql/db.h"
#include "templates/keys.h"
#include "text/email.h"

namespace daybook::handlers {

namespace word = templates::word;
using fcgi::Response;

namespace {

constexpr AskField kFields[] = {
    {"author", word::kAskName, word::kContactNameHelp, journal::kAuthorMax, "text", "name"},
    {"email", word::kContactEmail, word::kContactEmailHelp, text::kEmailMax, "email", "email"},
    {"post", word::kContactText, word::kContactTextHelp, journal::kMessageMax, "", ""},
};
enum Place { kName, kOwn, kText };
constexpr std::size_t kAnyLength = 1 << 20;
constexpr fcgi::FormField kPosted[] = {{"author", kAnyLength},
                                       {"email", kAnyLength},
                                       {"post", kAnyLength},
                                       {"fax", kAnyLength},
                                       {"signature", 200}};

AskPage PageOf(const Frame& frame) {
  const journal::Settings& settings = frame.site.settings;
  AskPage page;
  page.title = frame.words().Get(word::kContactTitle);
  const auto shown = text::ParseEmail(settings.security_contact);
  if (!settings.MailIsSet() && shown) {
    page.lines.push_back(frame.words().Get(word::kContactOff));
    page.link = text::SafeUrl::Vouch("mailto:" + shown->str());
    page.link_label = frame.words().Get(word::kContactOwn);
    return page;
  }
  page.lines.push_back(frame.words().Get(word::kContactIntro));
  page.url = "/contact";
  page.fields = kFields;
  page.asked.resize(std::size(kFields));
  page.button = word::kContactButton;
  return page;
}

journal::NewMessage Check(const templates::Words& words, AskPage& page) {
  CheckLengths(words, page);
  const auto wrong = [&](Place place, templates::WordKey why) {
    if (page.asked[place].error.empty()) page.asked[place].error = words.Get(why);
  };
  journal::NewMessage message;
  message.name = journal::CleanLine(page.asked[kName].value);
  if (message.name.empty()) wrong(kName, word::kContactErrName);
  if (!journal::CleanLine(page.asked[kOwn].value).empty()) {
    if (const auto email = text::ParseEmail(page.asked[kOwn].value))
      message.email = email->str();
    else
      wrong(kOwn, word::kErrEmail);
  }
  message.body = journal::CleanText(page.asked[kText].value);
  if (journal::CleanLine(message.body).empty()) wrong(kText, word::kContactErrText);
  return message;
}

}  // namespace

Response ContactPage(Context& context) {
  // A page of the owner's at that address stands in its place.
  if (journal::EntryByPath(context.tx, context.request.path)) return ByPath(context);
  const Frame frame = FrameOf(context);
  return ShowAsk(frame, PageOf(frame));
}

std::optional<Response> ContactNotTaken(const Frame& frame, const fcgi::Request& request,
                                        std::string_view alert, int status) {
  return AskNotTaken(frame, PageOf(frame), request, kPosted, alert, status);
}

Response ContactPost(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  AskPage page = PageOf(frame);
  if (page.asked.empty()) return ShowAsk(frame, page);
  const fcgi::Form form = ReadForm(context.request, kPosted);
  for (std::size_t i = 0; i < page.asked.size(); ++i) page.asked[i].value = form[kFields[i].name];
  journal::NewMessage message = Check(frame.words(), page);
  const AskProof proof = ProveAsk(context, form, word::kContactCheck, page);
  if (!proof.acts) return ShowAsk(frame, page);
  message.address = context.request.remote;
  message.seconds_to_post = proof.since_signed;
  context.act = [frame, page, message, signer = journal::SignerOf(context.tx),
                 now = context.now](sql::Db& db) mutable {
    const auto again = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::TakeMessage(tx, frame.site.settings, signer, message, now);
    });
    if (again) {
      page.status = 429;
      page.alert = frame.words().Format(word::kAskRate, {{"time", TimeAfter(frame, *again, now)}});
      return ShowAsk(frame, page)
          .Set("Retry-After", std::to_string(std::max<journal::Seconds>(*again - now, 1)));
    }
    page.asked.clear();
    page.lines.clear();
    page.notice = frame.words().Get(word::kContactSent);
    return ShowAsk(frame, page);
  };
  return {};
}

}  // namespace daybook::handlers
