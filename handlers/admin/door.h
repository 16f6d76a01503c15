// The door of the owner's side: who is signed in, and what becomes of somebody who is not. The
// cookie is made and read here and nowhere else.
#pragma once

#include <string>

#include "handlers/admin/visit.h"

namespace daybook::handlers::admin {

// Runs a row's page for whoever may see it. Nobody signed in: a GET leads to the log-in page and
// back, a POST is answered by the log-in page, which carries what was sent.
fcgi::Response Enter(Context& context, const Row& row);

// The value of Set-Cookie for a new session, and for none. Over HTTPS and on this very machine
// the cookie is a __Host- one; a journal visited without HTTPS cannot have that.
std::string SessionCookie(const fcgi::Request& request, const std::string& token,
                          const journal::Settings& settings);
std::string NoSessionCookie(const fcgi::Request& request);
// The token that came with the request, "" without one.
std::string SessionToken(const fcgi::Request& request);
// The same for whoever gave the code of the first run: a cookie of its own, for this browser until
// it closes.
std::string SetupToken(const fcgi::Request& request);
std::string SetupCookie(const fcgi::Request& request, const std::string& token);
std::string NoSetupCookie(const fcgi::Request& request);
// The request as it would have come with that session.
void PutSession(fcgi::Request& request, const std::string& token);

// A person's viewer, with what pages show.
Viewer ViewerOf(sql::Tx& tx, const journal::Session& session);

// Where a log-in may lead: a path below /admin as it was asked for ("/admin/entries?q=x"), else
// "/admin".
std::string CheckedNext(std::string_view next);

}  // namespace daybook::handlers::admin
