// The first page of the first run: the code, in the language of the browser. The journal and its
// owner follow (setup_owner.cc), then the host and what is brought along (setup_host.cc), where the
// new owner is signed in like any other.
#include <system_error>

#include "handlers/admin/door.h"
#include "handlers/admin/frame.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/setup.h"
#include "handlers/admin/spoken.h"
#include "handlers/comment_pages.h"
#include "journal/setup.h"
#include "templates/admin_keys.h"
#include "templates/embedded.h"
#include "templates/keys.h"
#include "text/dates.h"
#include "text/email.h"
#include "text/html_clean.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Request;
using fcgi::Response;
using journal::CodeOutcome;
using templates::Block;
using templates::Words;

namespace {

constexpr std::string_view kCodeFile = "private/SETUP-CODE.txt";
constexpr fcgi::FormField kCodeField[] = {{"code", 200}};

struct CodePage {
  bool missing = false;
  std::string typed, error, notice;
  int status = 200;
};

Response ShowCode(const Frame& frame, const CodePage& shown) {
  const Words& words = frame.words();
  Page page(frame, {}, templates::tpl::kAdminSetupCode, words.Get(word::kAdminSetupTitle),
            kFirstRun, !shown.error.empty());
  templates::View& view = page.view();
  view.Set(key::kSetupStep, SetupStep(words, 1));
  if (shown.missing) {
    view.Show(key::kCodeMissing, key::kCodeWriteUrl, frame.links.To("/admin/setup/code"));
    page.Alert(words.Format(word::kAdminSetupCodeMissing, {{"file", kCodeFile}}));
    return page.Done(shown.status);
  }
  Block form = view.Add(key::kCodeAsked);
  form.Set(key::kSetupUrl, frame.links.To("/admin/setup"));
  form.Set(key::kCodeHelp, words.Format(word::kAdminSetupCodeHelp, {{"file", kCodeFile}}));
  form.Set(key::kCodeValue, shown.typed);
  form.Show(key::kCodeWrong, key::kCodeError, shown.error);
  if (!shown.error.empty()) page.Alert(shown.error);
  if (!shown.notice.empty()) page.Notice(shown.notice);
  return page.Done(shown.status);
}

}  // namespace

std::string SetupStep(const Words& words, int step) {
  return words.Format(word::kAdminSetupStep, {{"n", std::to_string(step)}});
}

Response SetupClosed(const Context& context) {
  return fcgi::Redirect(303, context.links.To("/admin/sign-in").view());
}

Response SetupUnwritable(const Frame& frame, const journal::Home& home) {
  // Its owner has the log and sees the place; a stranger does not.
  return Said(frame, {}, word::kAdminSetupTitle,
              frame.words().Format(word::kAdminSetupUnwritable,
                                   {{"folder", home.Private().filename().string()}}),
              507);
}

std::string SetupNote() {
  std::string note;
  for (const templates::EmbeddedCatalogue& one : templates::EmbeddedWords()) {
    if (one.language.find('-') != std::string_view::npos) continue;
    note += Words(one.language).Get(word::kAdminSetupFile) + "\n\n";
  }
  return note;
}

Response SetupPage(Visit& visit) {
  Context& context = visit.context;
  if (!journal::SetupIsOpen(context.tx)) {
    const bool unchecked = visit.person().IsOwner() && journal::HostIsUnchecked(context.tx);
    return unchecked ? fcgi::Redirect(303, context.links.To("/admin/setup/host").view())
                     : SetupClosed(context);
  }
  const Spoken spoken = SpokenBy(context.request);
  const std::string token = SetupToken(context.request);
  if (journal::IsSettingUp(context.tx, token, context.now))
    return SetupOwnerForm(FrameOf(context), context.request);
  const auto elsewhere = journal::SetUpElsewhere(context.tx, token, context.now);
  const bool written = context.request.Param("written").has_value();
  context.act = [frame = FrameOf(context), spoken, token, elsewhere, written,
                 now = context.now](sql::Db& db) {
    return Speak(frame, spoken.language, [&](const Frame& own) {
      CodePage page;
      page.missing = !journal::HasSetupCode(HomeOf(db));
      const Words& words = own.words();
      if (written) {
        page.notice = words.Get(word::kAdminSetupCodeWritten);
      } else if (!token.empty()) {
        page.notice = elsewhere ? words.Format(word::kAdminSetupCodeElsewhere,
                                               {{"time", TimeOf(own, *elsewhere, now)}})
                                : words.Get(word::kAdminSetupCodeLate);
      }
      return ShowCode(own, page);
    });
  };
  return {};
}

Response SetupCodePost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kCodeField);
  context.act = [&request = context.request, frame = FrameOf(context),
                 typed = std::string(form["code"]), now = context.now](sql::Db& db) {
    const journal::Home home = HomeOf(db);
    const std::string note = SetupNote();
    return Speak(frame, SpokenBy(request).language, [&](const Frame& own) {
      const Words& words = own.words();
      journal::CodeAnswer answer;
      if (!text::TrimHtmlSpace(typed).empty()) {
        try {
          answer = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
            return journal::TakeSetupCode(tx, home, frame.site.settings, typed, request.remote,
                                          note, now);
          });
        } catch (const std::system_error&) {
          return SetupUnwritable(own, home);
        }
      }
      CodePage page;
      page.typed = typed;
      page.status = 422;
      switch (answer.outcome) {
        case CodeOutcome::kTaken:
          return fcgi::Redirect(303, frame.links.To("/admin/setup").view())
              .Set("Set-Cookie", SetupCookie(request, answer.token));
        case CodeOutcome::kClosed:
          return fcgi::Redirect(303, frame.links.To("/admin/sign-in").view());
        case CodeOutcome::kNoFile:
          page.missing = true;
          break;
        case CodeOutcome::kUsed:
          page.error =
              words.Format(word::kAdminSetupCodeUsed, {{"time", TimeOf(own, answer.at, now)}});
          break;
        case CodeOutcome::kWait:
          page.status = 429;
          page.error =
              words.Format(word::kAdminSetupCodeWait, {{"time", TimeAfter(own, answer.at, now)}});
          break;
        case CodeOutcome::kWrong:
          page.error = words.Get(text::TrimHtmlSpace(typed).empty() ? word::kAdminSetupCodeEmpty
                                                                    : word::kAdminSetupCodeWrong);
      }
      Response response = ShowCode(own, page);
      if (answer.outcome == CodeOutcome::kWait)
        response.Set("Retry-After", std::to_string(answer.at - now));
      return response;
    });
  };
  return {};
}

Response SetupWritePost(Visit& visit) {
  Context& context = visit.context;
  if (!journal::SetupIsOpen(context.tx)) return SetupClosed(context);
  context.act = [&request = context.request, frame = FrameOf(context)](sql::Db& db) {
    const journal::Home home = HomeOf(db);
    // One that is there stays: nobody can spoil the code that its owner is just copying.
    const bool written = db.Write(sql::Publicity::kPrivate, [&](sql::Tx&) {
      return journal::HasSetupCode(home) || journal::WriteSetupCode(home, SetupNote());
    });
    if (!written)
      return Speak(frame, SpokenBy(request).language,
                   [&](const Frame& own) { return SetupUnwritable(own, home); });
    return fcgi::Redirect(303, frame.links.To("/admin/setup", "?written=1").view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
