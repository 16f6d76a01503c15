// Log-in and log-out. What somebody sent when their session had ended travels through the log-in
// form, byte for byte, and is done as soon as they are back; the server keeps nothing of strangers.
#include "handlers/admin/sign_in.h"

#include <sodium.h>

#include <charconv>

#include "handlers/admin/door.h"
#include "handlers/admin/frame.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/comment_pages.h"
#include "journal/audit.h"
#include "journal/people.h"
#include "journal/reset_file.h"
#include "journal/second.h"
#include "journal/setup.h"
#include "journal/sign.h"
#include "templates/admin_keys.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Request;
using fcgi::Response;

namespace {

constexpr std::size_t kMostCarried = 8 << 20;
constexpr std::size_t kMostEncoded = 12 << 20;
constexpr fcgi::FormField kFields[] = {
    {"name", 254}, {"password", 1000},  {"next", 2000},      {"pending", 200},
    {"code", 100}, {"again_path", 200}, {"again_type", 200}, {"again_body", kMostEncoded},
};
constexpr fcgi::FormField kTexts[] = {{"body", kMostCarried}};
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

// A POST that came without a session.
struct Carried {
  std::string path, type, body;
  explicit operator bool() const { return !path.empty(); }
};

std::string Encode(const std::string& bytes) {
  std::string encoded(sodium_base64_ENCODED_LEN(bytes.size(), kBase64), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(),
                    reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), kBase64);
  encoded.pop_back();
  return encoded;
}

std::string Decode(std::string_view encoded) {
  std::string bytes(encoded.size() * 3 / 4 + 1, '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                        encoded.data(), encoded.size(), nullptr, &size, nullptr, kBase64) != 0)
    return "";
  bytes.resize(size);
  return bytes;
}

// The request that is done once its sender is back.
Request AgainOf(const Request& sent, const Carried& carried) {
  Request request = sent;
  request.path = request.raw_path = carried.path;
  request.query.clear();
  request.body = carried.body;
  std::erase_if(request.headers,
                [](const fcgi::Header& header) { return header.name == "content-type"; });
  request.headers.push_back({"content-type", carried.type});
  return request;
}

// What was written, to be read (and copied) meanwhile.
std::string TextOf(const Request& sent, const Carried& carried) {
  const Request request = AgainOf(sent, carried);
  auto parsed = fcgi::Form::Parse(request, kTexts, fcgi::FormText::kRepaired);
  const auto* form = std::get_if<fcgi::Form>(&parsed);
  return form ? std::string((*form)["body"]) : "";
}

struct Asked {
  std::string name, next;
  Carried carried;
  std::string notice, error;
  std::string pending;  // the password was right, the code is asked for: who it is, signed
  bool reset = false;   // RESET-PASSWORD.txt is there
};

constexpr journal::Seconds kPendingLife = 600;

// Dies with the password.
std::string PendingText(std::string_view id, std::string_view password) {
  return std::string(id) + "\n" + std::string(password);
}

Response Show(const Frame& frame, const Request& request, const Asked& asked, int status) {
  Page page(frame, {}, templates::tpl::kAdminSignIn, frame.words().Get(word::kAdminSignInTitle), "",
            !asked.error.empty());
  templates::View& view = page.view();
  view.Set(key::kSignInUrl, frame.links.To("/admin/sign-in"));
  view.Set(key::kNextPath, asked.next);
  templates::Block step = view.Add(asked.pending.empty() ? key::kAskPassword : key::kAskCode);
  step.Set(key::kPendingText, asked.pending);
  step.Set(key::kNameValue, asked.name);
  step.Show(key::kNameEmpty, asked.name.empty() && asked.error.empty() && asked.notice.empty());
  step.Show(key::kSignInWrong, key::kSignInError, asked.error);
  view.Show(key::kResetThere, key::kResetUrl,
            asked.reset ? frame.links.To("/admin/reset") : text::SafeUrl());
  if (asked.pending.empty())
    view.Show(key::kForgot, key::kForgotUrl, frame.links.To("/admin/recover"));
  if (!asked.error.empty()) page.Alert(asked.error);
  if (!asked.notice.empty()) page.Notice(asked.notice);
  if (asked.carried) {
    templates::Block block = view.Add(key::kCarried);
    block.Set(key::kCarriedPath, asked.carried.path);
    block.Set(key::kCarriedType, asked.carried.type);
    block.Set(key::kCarriedBody, Encode(asked.carried.body));
    view.Show(key::kCarriedShown, key::kCarriedText, TextOf(request, asked.carried));
  }
  return page.Done(status);
}

// Does what was sent without a session, now that there is one.
Response DoAgain(const Frame& frame, sql::Db& db, const Request& request, journal::Seconds now) {
  const auto found = fcgi::FindRoute(Routes(), request);
  if (found.answer) return *found.answer;
  std::function<Response(sql::Db&)> act;
  Response response = db.Read([&](sql::Tx& tx) {
    Context again{request, found.captures, tx, frame.templates, frame.site, frame.links, now};
    Response done = found.route->handler(again);
    act = std::move(again.act);
    return done;
  });
  return act ? act(db) : response;
}

}  // namespace

Response AskToSignIn(Context& context) {
  const Request& request = context.request;
  if (request.IsRead()) {
    const std::string here = request.path + (request.query.empty() ? "" : "?" + request.query);
    const std::string tail = here == "/admin" ? "" : "?next=" + text::EncodeComponent(here);
    return fcgi::Redirect(303, context.links.To("/admin/sign-in", tail).view());
  }
  if (request.Get("accept") == "application/json") {  // a page's own script, which keeps the text
    Response response;
    response.status = 401;
    response.content_type = "application/json";
    response.body = "{}";
    return std::move(response).Set("WWW-Authenticate", "Session");
  }
  const Frame frame = FrameOf(context);
  Asked asked;
  asked.next = "/admin";
  if (request.body.size() <= kMostCarried && request.body_state == fcgi::BodyState::kComplete)
    asked.carried = {request.path, std::string(request.Get("content-type")), request.body};
  const auto seen = journal::LastSeen(context.tx, SessionToken(request));
  asked.notice = seen ? frame.words().Format(word::kAdminSession,
                                             {{"time", TimeOf(frame, *seen, context.now)}})
                      : frame.words().Get(word::kAdminSessionEnded);
  return Show(frame, request, asked, 403);
}

namespace {

// They are in: a session, and what they wanted.
Response Begin(const Frame& frame, sql::Db& db, const Request& request, const Asked& asked,
               const std::string& token, journal::Seconds now) {
  const std::string cookie = SessionCookie(request, token, frame.site.settings);
  if (asked.carried) {
    Request sent = AgainOf(request, asked.carried);
    PutSession(sent, token);
    try {
      return DoAgain(frame, db, sent, now).Set("Set-Cookie", cookie);
    } catch (const fcgi::HttpError&) {
      // nothing is at that address; they are signed in all the same
    }
  }
  const std::size_t query = std::min(asked.next.find('?'), asked.next.size());
  return fcgi::Redirect(
             303, frame.links.To(asked.next.substr(0, query), asked.next.substr(query)).view())
      .Set("Set-Cookie", cookie);
}

void Start(sql::Tx& tx, const Request& request, const std::string& token, journal::Id id,
           journal::Seconds now) {
  const std::string before = SessionToken(request);
  if (!before.empty()) journal::EndSession(tx, journal::HashSessionToken(before));
  journal::StartSession(tx, token, id, request.Get("user-agent"), now);
  journal::Log(tx, id, "sign_in", "", now);
}

Response Wait(const Frame& frame, const Request& request, Asked& asked, journal::Seconds again,
              journal::Seconds now) {
  asked.error =
      frame.words().Format(word::kAdminSignInWait, {{"time", TimeAfter(frame, again, now)}});
  return Show(frame, request, asked, 429).Set("Retry-After", std::to_string(again - now));
}

// The second step. Its proof of the first one names the account.
Response TakeCode(Visit& visit, Asked asked, std::string_view pending, std::string code) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const std::size_t dot = std::min(pending.find('.'), pending.size());
  const std::string number(pending.substr(0, dot));
  journal::Id id = 0;
  std::from_chars(number.data(), number.data() + number.size(), id);
  const auto password = journal::PasswordOf(context.tx, id);
  const bool good = password && dot < pending.size() &&
                    journal::CheckToken(journal::SignerOf(context.tx), "second",
                                        PendingText(number, *password), pending.substr(dot + 1),
                                        context.now, kPendingLife) == journal::TokenState::kGood;
  if (!good) {
    asked.notice = frame.words().Get(word::kAdminSignInLate);
    return Show(frame, context.request, asked, 403);
  }
  asked.pending = pending;
  context.act = [&request = context.request, frame, now = context.now, asked = std::move(asked), id,
                 code = std::move(code)](sql::Db& db) mutable {
    const std::string token = journal::NewSessionToken();
    const auto tried = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      const auto result = journal::TrySecondStep(tx, frame.site.settings, id, code, now);
      if (result.result == journal::SecondTry::kGood ||
          result.result == journal::SecondTry::kRecovery) {
        Start(tx, request, token, id, now);
        if (result.result == journal::SecondTry::kRecovery)
          journal::Log(tx, id, "second.recovery", "", now);
      } else {
        journal::LogCount(tx, "sign_in.failed", now);
      }
      return result;
    });
    switch (tried.result) {
      case journal::SecondTry::kGood:
      case journal::SecondTry::kRecovery:
        return Begin(frame, db, request, asked, token, now);
      case journal::SecondTry::kWait:
        return Wait(frame, request, asked, tried.again_at, now);
      case journal::SecondTry::kWrong:
        break;
    }
    asked.error = frame.words().Get(word::kAdminSignInCodeWrong);
    return Show(frame, request, asked, 403);
  };
  return {};
}

}  // namespace

Response SignInPage(Visit& visit) {
  Context& context = visit.context;
  if (journal::SetupIsOpen(context.tx))
    return fcgi::Redirect(303, context.links.To("/admin/setup").view());
  const std::string next = CheckedNext(context.request.Param("next").value_or(""));
  if (visit.person().id != 0) {
    const std::size_t query = std::min(next.find('?'), next.size());
    return fcgi::Redirect(303, context.links.To(next.substr(0, query), next.substr(query)).view());
  }
  Asked asked;
  asked.next = next;
  const Frame frame = FrameOf(context);
  if (context.request.Param("done").value_or("") == "password")
    asked.notice = frame.words().Get(word::kAdminRecoverDone);
  // Not for the database, but to know where the home is.
  context.act = [&request = context.request, frame, asked, now = context.now](sql::Db& db) mutable {
    asked.reset = journal::LookForReset(HomeOf(db), now) != journal::ResetState::kNone;
    return Show(frame, request, asked, 200);
  };
  return {};
}

Response SignInPost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kFields);
  Asked asked;
  asked.name = form["name"];
  asked.next = CheckedNext(form["next"]);
  if (form["again_path"].starts_with("/admin/") && form["again_path"] != context.request.path)
    asked.carried = {std::string(form["again_path"]), std::string(form["again_type"]),
                     Decode(form["again_body"])};
  if (!form["pending"].empty())
    return TakeCode(visit, std::move(asked), form["pending"], std::string(form["code"]));
  const auto account = journal::AccountNamed(context.tx, asked.name);
  const bool second = account && journal::SecondStepOf(context.tx, account->person.id).on;
  std::string pending;
  if (second) {
    const std::string number = std::to_string(account->person.id);
    pending = number + "." +
              journal::WriteToken(journal::SignerOf(context.tx), "second",
                                  PendingText(number, account->password), context.now);
  }
  context.act = [&request = context.request, frame = FrameOf(context), now = context.now,
                 asked = std::move(asked), account, pending,
                 password = std::string(form["password"])](sql::Db& db) mutable {
    const journal::Settings& settings = frame.site.settings;
    const auto again =
        db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
          return journal::CountSignIn(tx, settings, asked.name, request.remote, now);
        });
    if (again) return Wait(frame, request, asked, *again, now);
    if (!journal::SignsIn(account, password)) {
      db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed,
               [&](sql::Tx& tx) { journal::LogCount(tx, "sign_in.failed", now); });
      asked.error = frame.words().Get(word::kAdminSignInWrong);
      return Show(frame, request, asked, 403);
    }
    const std::string token = journal::NewSessionToken();
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      journal::UncountSignIn(tx, settings, asked.name, request.remote, now);
      if (pending.empty()) Start(tx, request, token, account->person.id, now);
    });
    if (pending.empty()) return Begin(frame, db, request, asked, token, now);
    asked.pending = pending;
    return Show(frame, request, asked, 200);
  };
  return {};
}

Response SignOutPost(Visit& visit) {
  Context& context = visit.context;
  context.act = [&request = context.request, frame = FrameOf(context),
                 session = visit.viewer.session](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { journal::EndSession(tx, session); });
    return fcgi::Redirect(303, frame.links.To("/admin/sign-in").view())
        .Set("Set-Cookie", NoSessionCookie(request))
        .Set("Clear-Site-Data", "\"cache\"");
  };
  return {};
}

}  // namespace daybook::handlers::admin
