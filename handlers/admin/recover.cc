// The ways back in for who forgot the password: a link in a mail, and RESET-PASSWORD.txt. Whoever
// asks for a mail is told the same, whether or not anybody here has that address.
#include "handlers/admin/forms.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/comment_pages.h"
#include "journal/audit.h"
#include "journal/journal.h"
#include "journal/people.h"
#include "journal/reset_file.h"
#include "journal/second.h"
#include "templates/admin_keys.h"
#include "text/network.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Request;
using fcgi::Response;
using journal::ResetState;

namespace {

constexpr fcgi::FormField kFields[] = {
    {"name", 254}, {"code", 100}, {"new-password", 1000}, {"act", 10}};

Response SignedOutPage(const Frame& frame, Page& page, int status) {
  page.view().Show(key::kBack, key::kBackUrl, frame.links.To("/admin/sign-in"));
  page.view().Set(key::kBackLabel, frame.words().Get(word::kAdminSignInTitle));
  return page.Done(status);
}

void Line(Page& page, templates::WordKey text) {
  page.view().Add(key::kPageText).Set(key::kTextLine, page.words().Get(text));
}

struct Typed {
  std::string name, code, wrong_name, wrong_code, wrong_password, alert;
  [[nodiscard]] bool IsWrong() const {
    return !(wrong_name + wrong_code + wrong_password + alert).empty();
  }
};

AskedField NameField(const templates::Words& words, const Typed& typed) {
  return {.id = "name",
          .label = words.Get(word::kAdminSignInName),
          .value = typed.name,
          .error = typed.wrong_name,
          .autocomplete = "username"};
}

Response ShowLink(const Frame& frame, const journal::Person* person, std::string_view link,
                  const Typed& typed) {
  const templates::Words& words = frame.words();
  Page page(frame, {}, templates::tpl::kAdminForms, words.Get(word::kAdminRecoverChoose), "",
            typed.IsWrong());
  if (!person) {
    page.Alert(words.Get(word::kAdminRecoverDead));
    return SignedOutPage(frame, page, 403);
  }
  if (typed.IsWrong()) page.Alert(typed.wrong_password);
  FormBlock(page, frame.links.To("/admin/recover/" + std::string(link)))
      .Add({.kind = AskedField::Kind::kReadOnly,
            .id = "name",
            .label = words.Get(word::kAdminSignInName),
            .value = person->email,
            .autocomplete = "username"})
      .Add(NewPasswordField(words, typed.wrong_password))
      .Button(words.Get(word::kAdminPasswordSave), "primary");
  return SignedOutPage(frame, page, typed.IsWrong() ? 422 : 200);
}

Response ShowReset(const Frame& frame, ResetState state, const Typed& typed, int status) {
  const templates::Words& words = frame.words();
  Page page(frame, {}, templates::tpl::kAdminForms, words.Get(word::kAdminResetTitle), "",
            typed.IsWrong());
  if (!typed.alert.empty()) page.Alert(typed.alert);
  const text::SafeUrl here = frame.links.To("/admin/reset");
  switch (state) {
    case ResetState::kNone:
      Line(page, word::kAdminResetHow);
      break;
    case ResetState::kEmpty:
      Line(page, word::kAdminResetBegin);
      FormBlock(page, here).Button(words.Get(word::kAdminResetWrite), "primary", "begin");
      break;
    case ResetState::kCoded:
      Line(page, word::kAdminResetCoded);
      FormBlock(page, here)
          .Add(NameField(words, typed))
          .Add({.id = "code",
                .label = words.Get(word::kAdminResetCode),
                .value = typed.code,
                .error = typed.wrong_code,
                .autocomplete = "off"})
          .Add(NewPasswordField(words, typed.wrong_password))
          .Text(words.Get(word::kAdminResetEffect))
          .Button(words.Get(word::kAdminPasswordSave), "primary", "end");
      break;
    case ResetState::kOld:
      Line(page, word::kAdminResetOld);
      break;
    case ResetState::kForeign:
      Line(page, word::kAdminResetForeign);
      break;
  }
  return SignedOutPage(frame, page, status);
}

}  // namespace

Response RecoverPage(Visit& visit) {
  const Frame frame = FrameOf(visit.context);
  const templates::Words& words = frame.words();
  Page page(frame, {}, templates::tpl::kAdminForms, words.Get(word::kAdminRecoverTitle), "");
  if (visit.context.request.Param("done")) page.Notice(words.Get(word::kAdminRecoverSent));
  if (frame.site.settings.MailIsSet()) {
    FormBlock(page, frame.links.To("/admin/recover"))
        .Text(words.Get(word::kAdminRecoverHelp))
        .Add(NameField(words, {}))
        .Button(words.Get(word::kAdminRecoverSend), "primary");
  }
  Line(page,
       frame.site.settings.MailIsSet() ? word::kAdminRecoverWithFile : word::kAdminRecoverWithout);
  return SignedOutPage(frame, page, 200);
}

Response RecoverPost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kFields);
  context.act = [&request = context.request, frame = FrameOf(context), now = context.now,
                 name = std::string(form["name"])](sql::Db& db) {
    const journal::Settings& settings = frame.site.settings;
    const std::string pages = frame.links.Full("/admin/recover/").str();
    const auto again = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      auto wait = journal::CountSignIn(tx, settings, "recover " + name, request.remote, now);
      if (!wait)
        journal::MailRecovery(tx, settings, name, pages, text::NetworkOf(request.remote), now);
      return wait;
    });
    if (again)
      return Said(frame, {}, word::kAdminRecoverTitle,
                  frame.words().Format(word::kAdminSignInWait,
                                       {{"time", TimeAfter(frame, *again, now)}}),
                  429)
          .Set("Retry-After", std::to_string(*again - now));
    return fcgi::Redirect(303, frame.links.To("/admin/recover", "?done=1").view());
  };
  return {};
}

Response RecoverLinkPage(Visit& visit) {
  Context& context = visit.context;
  const std::string_view link = context.captures["link"];
  const auto person = journal::ReadPasswordLink(context.tx, link, context.now);
  return ShowLink(FrameOf(context), person ? &*person : nullptr, link, {});
}

Response RecoverLinkPost(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const std::string link(context.captures["link"]);
  const auto person = journal::ReadPasswordLink(context.tx, link, context.now);
  if (!person) return ShowLink(frame, nullptr, link, {});
  const fcgi::Form form = ReadForm(context.request, kFields);
  Typed typed;
  typed.wrong_password = PasswordProblem(frame.words(), form["new-password"]);
  if (typed.IsWrong()) return ShowLink(frame, &*person, link, typed);
  context.act = [frame, link, password = std::string(form["new-password"]),
                 now = context.now](sql::Db& db) {
    const std::string hash = journal::HashPassword(password);
    const bool done = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      // It may have been used meanwhile.
      const auto whose = journal::ReadPasswordLink(tx, link, now);
      if (whose) journal::ChangePassword(tx, whose->id, hash, "", "password.link", whose->id, now);
      return whose.has_value();
    });
    if (!done) return ShowLink(frame, nullptr, link, {});
    return fcgi::Redirect(303, frame.links.To("/admin/sign-in", "?done=password").view());
  };
  return {};
}

Response ResetPage(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), now = visit.context.now](sql::Db& db) {
    const ResetState state = journal::LookForReset(HomeOf(db), now);
    return ShowReset(frame, state, {}, state == ResetState::kNone ? 404 : 200);
  };
  return {};
}

Response ResetPost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kFields);
  Typed typed;
  typed.name = form["name"];
  typed.code = form["code"];
  const auto account = journal::AccountNamed(context.tx, typed.name);
  context.act = [&request = context.request, frame = FrameOf(context), now = context.now,
                 begins = form["act"] == "begin", account, typed,
                 password = std::string(form["new-password"])](sql::Db& db) mutable {
    const templates::Words& words = frame.words();
    const journal::Home home = HomeOf(db);
    const ResetState state = journal::LookForReset(home, now);
    const text::SafeUrl here = frame.links.To("/admin/reset");
    if (state == ResetState::kEmpty && begins) {
      if (journal::BeginReset(home, now)) return fcgi::Redirect(303, here.view());
      typed.alert = words.Get(word::kAdminResetUnwritable);
      return ShowReset(frame, state, typed, 503);
    }
    if (state != ResetState::kCoded) return ShowReset(frame, state, {}, 403);
    if (begins) return fcgi::Redirect(303, here.view());
    // One name for all who try: there is one file.
    const auto again =
        db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
          return journal::CountSignIn(tx, frame.site.settings, journal::kResetFile, request.remote,
                                      now);
        });
    if (again) {
      typed.alert = words.Format(word::kAdminSignInWait, {{"time", TimeAfter(frame, *again, now)}});
      return ShowReset(frame, state, typed, 429).Set("Retry-After", std::to_string(*again - now));
    }
    if (!journal::ResetCodeFits(home, typed.code, now)) {
      typed.alert = typed.wrong_code = words.Get(word::kAdminResetWrong);
      return ShowReset(frame, state, typed, 403);
    }
    if (!account) typed.alert = typed.wrong_name = words.Get(word::kAdminResetNobody);
    typed.wrong_password = PasswordProblem(words, password);
    if (!typed.wrong_password.empty() && typed.alert.empty()) typed.alert = typed.wrong_password;
    if (typed.IsWrong()) return ShowReset(frame, state, typed, 422);
    const std::string hash = journal::HashPassword(password);
    // The code is gone before it does anything: it works once, whatever happens now.
    if (!journal::EndReset(home)) {
      typed.alert = words.Get(word::kAdminResetUnwritable);
      return ShowReset(frame, journal::LookForReset(home, now), typed, 503);
    }
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      const journal::Id id = account->person.id;
      journal::ChangePassword(tx, id, hash, "", "password.reset", id, now);
      if (journal::TurnSecondStepOff(tx, id)) journal::Log(tx, id, "second.off", "", now);
      journal::UncountSignIn(tx, frame.site.settings, journal::kResetFile, request.remote, now);
    });
    return fcgi::Redirect(303, frame.links.To("/admin/sign-in", "?done=password").view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
