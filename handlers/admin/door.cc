// Sessions, roles and tokens, asked for once for every request to the owner's side.
#include "handlers/admin/door.h"

#include "fcgi/cookies.h"
#include "handlers/admin/frame.h"
#include "handlers/admin/sign_in.h"
#include "journal/contact.h"
#include "journal/edit_common.h"
#include "journal/queue.h"
#include "journal/sign.h"
#include "templates/admin_keys.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace word = templates::word;
using fcgi::Request;
using fcgi::Response;

namespace {

constexpr fcgi::FormField kTokenField[] = {{"token", 100}};

// Browsers take a Secure cookie from this machine without HTTPS, too.
bool IsLoopback(std::string_view host) {
  const std::string_view name =
      host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
  return name == "localhost" || name.ends_with(".localhost") || name.starts_with("127.") ||
         name == "[::1]";
}

// A proxy that ends TLS may not say so; the browser's Origin does.
bool IsSecure(const Request& request) {
  return request.https || IsLoopback(request.host) || request.Get("origin").starts_with("https://");
}

// A __Host- cookie is for the whole host, on which there may be two journals.
std::string CookieName(const Request& request, bool secure, std::string_view what = {}) {
  std::string name = secure ? "__Host-daybook" : "daybook";
  name += what;
  if (!request.prefix.empty()) name += "-" + journal::ShortHash(request.prefix);
  return name;
}

constexpr std::string_view kSetup = "-setup";

fcgi::NewCookie CookieOf(const Request& request, std::string value,
                         std::optional<std::int64_t> life, std::string_view what = {}) {
  const bool secure = IsSecure(request);
  fcgi::NewCookie cookie;
  cookie.name = CookieName(request, secure, what);
  cookie.value = std::move(value);
  if (!secure) cookie.path = request.Link("/admin");
  cookie.max_age = life;
  cookie.secure = secure;
  return cookie;
}

bool HasToken(const Context& context, const Viewer& viewer) {
  const fcgi::Form form = ReadForm(context.request, kTokenField);
  const std::string_view sent = form["token"];
  unsigned difference = sent.size() == viewer.token.size() ? 0 : 1;
  for (std::size_t i = 0; i < sent.size() && i < viewer.token.size(); ++i)
    difference |= static_cast<unsigned char>(sent[i]) ^ static_cast<unsigned char>(viewer.token[i]);
  return difference == 0;
}

Response Open(Context& context, const Row& row) {
  const journal::Settings& settings = context.site.settings;
  const std::string token = SessionToken(context.request);
  const auto session =
      token.empty() ? std::nullopt : journal::SessionOf(context.tx, settings, token, context.now);
  Visit visit{context, {}};
  if (session) visit.viewer = ViewerOf(context.tx, *session);
  if (row.least == Least::kAnyone) return row.page(visit);
  if (!session) return AskToSignIn(context);
  if (!Allows(row.least, session->person))
    return Said(FrameOf(context), visit.viewer, word::kAdminForbiddenTitle,
                context.templates.words().Get(word::kAdminForbidden), 403);
  if (row.proof == Proof::kToken && !HasToken(context, visit.viewer))
    return Said(FrameOf(context), visit.viewer, word::kAdminTokenTitle,
                context.templates.words().Get(word::kAdminToken), 403);
  Response response = row.page(visit);
  if (context.now - session->seen_at > journal::kSeenEvery && !context.act) {
    context.afterwards = [hash = session->hash, now = context.now](sql::Db& db) {
      db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed,
               [&](sql::Tx& tx) { journal::NoteSeen(tx, hash, now); });
    };
    // Lives as long as the session that was just used.
    response.Set("Set-Cookie", SessionCookie(context.request, token, settings));
  }
  return response;
}

}  // namespace

bool Allows(Least least, const journal::Person& person) {
  switch (least) {
    case Least::kAnyone:
      return true;
    case Least::kAuthor:
      return person.role != journal::Role::kNone;
    case Least::kEditor:
      return person.IsEditor();
    case Least::kOwner:
      break;
  }
  return person.IsOwner();
}

Response Enter(Context& context, const Row& row) {
  context.cacheable = false;
  Response response = Open(context, row);
  MarkOwners(response);
  if (context.act) {
    context.act = [act = std::move(context.act)](sql::Db& db) {
      Response done = act(db);
      MarkOwners(done);
      return done;
    };
  }
  return response;
}

Viewer ViewerOf(sql::Tx& tx, const journal::Session& session) {
  Viewer viewer;
  viewer.person = session.person;
  viewer.session = session.hash;
  viewer.token = journal::SignerOf(tx).Mac("admin", session.hash);
  if (viewer.person.IsEditor())
    viewer.waiting = journal::CountQueue(tx, journal::AnswerStatus::kHeld);
  if (viewer.person.IsOwner())
    viewer.messages = journal::CountMessages(tx, journal::MessageStatus::kNew);
  return viewer;
}

namespace {

std::string TokenIn(const Request& request, std::string_view what) {
  if (auto token = fcgi::Cookie(request, CookieName(request, true, what))) return *std::move(token);
  // Where a __Host- cookie can be had, nobody else's will do: one without the prefix may have been
  // put there by whoever sits on the line.
  if (request.https || IsLoopback(request.host)) return "";
  return fcgi::Cookie(request, CookieName(request, false, what)).value_or("");
}

}  // namespace

std::string SessionToken(const Request& request) { return TokenIn(request, {}); }
std::string SetupToken(const Request& request) { return TokenIn(request, kSetup); }

std::string SetupCookie(const Request& request, const std::string& token) {
  fcgi::NewCookie cookie = CookieOf(request, token, std::nullopt, kSetup);
  cookie.strict = true;
  return fcgi::SetCookie(cookie).value_or("");
}
std::string NoSetupCookie(const Request& request) {
  return fcgi::SetCookie(CookieOf(request, "", 0, kSetup)).value_or("");
}

void PutSession(Request& request, const std::string& token) {
  std::erase_if(request.headers,
                [](const fcgi::Header& header) { return header.name == "cookie"; });
  request.headers.push_back({"cookie", CookieName(request, IsSecure(request)) + "=" + token});
}

std::string SessionCookie(const Request& request, const std::string& token,
                          const journal::Settings& settings) {
  return fcgi::SetCookie(CookieOf(request, token, settings.session_days * 86400)).value_or("");
}

std::string NoSessionCookie(const Request& request) {
  return fcgi::SetCookie(CookieOf(request, "", 0)).value_or("");
}

std::string CheckedNext(std::string_view next) {
  constexpr std::string_view kRoot = "/admin";
  const std::string_view rest = next.substr(std::min(next.size(), kRoot.size()));
  const bool below = next.starts_with(kRoot) && (rest.empty() || rest[0] == '/' || rest[0] == '?');
  const bool plain = next.find_first_of("\\#") == std::string_view::npos &&
                     next.find("//") == std::string_view::npos && next.size() <= 2000;
  return std::string(below && plain ? next : kRoot);
}

}  // namespace daybook::handlers::admin
