// What the door asks of the log-in page (sign_in.cc).
#pragma once

#include "handlers/admin/visit.h"

namespace daybook::handlers::admin {

// For somebody who is not signed in, or no more: to the log-in page, or the page itself with what
// they sent. Nothing that was written is lost by it.
fcgi::Response AskToSignIn(Context& context);

}  // namespace daybook::handlers::admin
