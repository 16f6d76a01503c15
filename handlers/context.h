// What a handler is given, and what all pages of one state of the journal share. Handlers are
// functions `Response f(Context&)`; routes.cc lists them all.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/request.h"
#include "fcgi/response.h"
#include "fcgi/router.h"
#include "handlers/links.h"
#include "journal/read.h"
#include "journal/settings.h"
#include "sql/db.h"
#include "templates/templates.h"
#include "templates/view.h"

namespace daybook::handlers {

// Read once for each `rev` and kept by the process.
struct Site {
  std::int64_t rev = -1;
  std::int64_t entry_count = 0;
  journal::Settings settings;
  std::vector<journal::TitledUrl> navigation;
  bool several_authors = false;
  std::string prefix;      // of the links in the sidebar
  text::SafeHtml sidebar;  // rendered
  bool old_data = false;   // App reads an older edition's data, and writes nothing
};

struct Context {
  const fcgi::Request& request;
  const fcgi::Captures& captures;
  sql::Tx& tx;  // one read transaction for the whole page
  const templates::Templates& templates;
  const Site& site;
  const Links& links;
  journal::Seconds now;
  // A handler whose answer is not the same for everyone, or must not be kept, clears it: no ETag,
  // no store.
  bool cacheable = true;
  // Cleared where the answer, though the same for everyone, is kept nowhere: not in this process,
  // not among the web server's files.
  bool storable = true;
  // A handler that writes sets it. It runs when the read transaction has ended, its response is the
  // answer, for one person; of what stands above it may use all but `tx` and `captures`.
  std::function<fcgi::Response(sql::Db&)> act = {};
  // What follows from it and can wait until the reader has the answer.
  std::function<void(sql::Db&)> afterwards = {};
};

}  // namespace daybook::handlers
