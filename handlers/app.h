// One journal, ready to answer requests: its database, templates and shared state. Made in each
// process after fork.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "fcgi/http_error.h"
#include "fcgi/request.h"
#include "fcgi/response.h"
#include "handlers/context.h"
#include "handlers/kept_pages.h"
#include "handlers/stored_pages.h"
#include "journal/config.h"
#include "journal/home.h"
#include "journal/model.h"
#include "sql/db.h"
#include "templates/templates.h"

namespace daybook::handlers {

struct AppOptions {
  journal::Home home;
  bool one_request = false;                 // CGI: prepare only what the one request needs
  std::function<journal::Seconds()> clock;  // empty: the system's
  bool alone = false;                       // no other process answers readers while this one waits
  bool old_data = false;  // of an older schema, which could not be brought to this program's:
                          // there is reading only, and pages say so
};

// A home that is there and holds nothing yet gets a journal that waits for its owner. Throws
// DbError, std::filesystem::filesystem_error.
void BeginIfEmpty(const journal::Home& home);

class App {
 public:
  // Throws sql::DbError, ConfigError.
  explicit App(AppOptions options);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Throws fcgi::HttpError for every answer that is an error page.
  fcgi::Response Handle(fcgi::Request& request);
  // The page for an error, in the journal's design.
  fcgi::Response ErrorPage(const fcgi::Request& request, const fcgi::HttpError& error);
  // A small piece of background work, for a process that has nothing to answer.
  bool Idle();
  // Before a fork: the child will open the database for itself.
  void LetGo();
  static std::size_t BodyCap(const fcgi::Request& request);
  // Where a large body may lie: for whoever is signed in only.
  std::filesystem::path SpoolFolder(const fcgi::Request& request);

  sql::Db& db() { return db_; }

 private:
  fcgi::Response Answer(fcgi::Request& request, journal::Seconds now);
  const Site& Refresh(sql::Tx& tx, const journal::State& state, const fcgi::Request& request,
                      journal::Seconds now);
  // Settings and navigation only, for pages without a sidebar.
  const Site& RefreshBare(sql::Tx& tx, const journal::State& state, const fcgi::Request& request,
                          journal::Seconds now);
  // What can wait until the reader has the page. `changed`: the request may have left a job.
  bool NeedsAfterReply(bool changed) const;
  void AfterReply(bool changed, const fcgi::Response& response);
  void NoteStorable(const fcgi::Request& request, const fcgi::Response& response,
                    const journal::State& state);
  // What of it has to do with the database.
  void Finish(sql::Db& db, const fcgi::Response& response);
  const journal::State& StateAt(sql::Tx& tx, journal::Seconds now);
  Links LinksFor(const fcgi::Request& request) const;
  std::string Etag(const journal::State& state) const;

  AppOptions options_;
  journal::Config config_;
  sql::Db db_;
  std::unique_ptr<templates::Templates> templates_;
  std::string build_;  // of program, templates, words, theme and daybook.conf
  Site site_;
  journal::State state_;  // as it was read at state_at_ from state_version_ of the database
  std::int64_t state_version_ = -1;
  journal::Seconds state_at_ = 0;
  KeptPages kept_pages_;
  std::function<void(sql::Db&)> afterwards_;
  journal::Seconds next_look_ = 0;        // of Idle
  bool keep_sidebar_ = false;             // it was made anew and should be kept for other processes
  std::optional<StorablePage> to_store_;  // the page that was just made may be a file
};

}  // namespace daybook::handlers
