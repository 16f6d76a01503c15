// Every handler of the owner's side. Which address leads to which, and for whom, is in routes.cc.
#pragma once

#include "handlers/admin/visit.h"

namespace daybook::handlers::admin {

// sign_in.cc
fcgi::Response SignInPage(Visit& visit);
fcgi::Response SignInPost(Visit& visit);
fcgi::Response SignOutPost(Visit& visit);
// entries.cc
fcgi::Response EntriesPage(Visit& visit);
fcgi::Response PagesPage(Visit& visit);

}  // namespace daybook::handlers::admin
