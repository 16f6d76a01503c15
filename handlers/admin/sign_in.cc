// Log-in and log-out. What somebody sent when their session had ended travels through the log-in
// form, byte for byte, and is done as soon as they are back; the server keeps nothing of strangers.
#include "handlers/admin/sign_in.h"

#include <sodium.h>

#include "handlers/admin/door.h"
#include "handlers/admin/frame.h"
#include "handlers/admin/pages.h"
#include "handlers/comment_pages.h"
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
    {"name", 254},       {"password", 1000},  {"next", 2000},
    {"again_path", 200}, {"again_type", 200}, {"again_body", kMostEncoded},
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
};

Response Show(const Frame& frame, const Request& request, const Asked& asked, int status) {
  Page page(frame, {}, templates::tpl::kAdminSignIn, frame.words().Get(word::kAdminSignInTitle), "",
            !asked.error.empty());
  templates::View& view = page.view();
  view.Set(key::kSignInUrl, frame.links.To("/admin/sign-in"));
  view.Set(key::kNextPath, asked.next);
  view.Set(key::kNameValue, asked.name);
  view.Show(key::kNameEmpty, asked.name.empty() && asked.error.empty() && asked.notice.empty());
  view.Show(key::kSignInWrong, key::kSignInError, asked.error);
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

Response SignInPage(Visit& visit) {
  Context& context = visit.context;
  const std::string next = CheckedNext(context.request.Param("next").value_or(""));
  if (visit.person().id != 0) {
    const std::size_t query = std::min(next.find('?'), next.size());
    return fcgi::Redirect(303, context.links.To(next.substr(0, query), next.substr(query)).view());
  }
  Asked asked;
  asked.next = next;
  return Show(FrameOf(context), context.request, asked, 200);
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
  const auto account = journal::AccountNamed(context.tx, asked.name);
  context.act = [&request = context.request, frame = FrameOf(context), now = context.now,
                 asked = std::move(asked), account,
                 password = std::string(form["password"])](sql::Db& db) mutable {
    const journal::Settings& settings = frame.site.settings;
    const auto again =
        db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
          return journal::CountSignIn(tx, settings, asked.name, request.remote, now);
        });
    if (again) {
      asked.error =
          frame.words().Format(word::kAdminSignInWait, {{"time", TimeAfter(frame, *again, now)}});
      return Show(frame, request, asked, 429).Set("Retry-After", std::to_string(*again - now));
    }
    if (!journal::SignsIn(account, password)) {
      asked.error = frame.words().Get(word::kAdminSignInWrong);
      return Show(frame, request, asked, 403);
    }
    const std::string token = journal::NewSessionToken();
    const std::string before = SessionToken(request);
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      journal::UncountSignIn(tx, settings, asked.name, request.remote, now);
      if (!before.empty()) journal::EndSession(tx, journal::HashSessionToken(before));
      journal::StartSession(tx, token, account->person.id, request.Get("user-agent"), now);
    });
    const std::string cookie = SessionCookie(request, token, settings);
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
