// The way of a request through the application: route, state, conditional check, handler, headers.
#include "handlers/app.h"

#include <cstdio>
#include <ctime>
#include <utility>

#include "fcgi/conditional.h"
#include "handlers/admin/door.h"
#include "handlers/admin/setup.h"
#include "handlers/build.h"
#include "handlers/comment_pages.h"
#include "handlers/errors.h"
#include "handlers/frame.h"
#include "handlers/legacy.h"
#include "handlers/pages.h"
#include "handlers/routes.h"
#include "handlers/static_files.h"
#include "journal/account.h"
#include "journal/counts.h"
#include "journal/journal.h"
#include "journal/launch.h"
#include "journal/look.h"
#include "journal/setup.h"
#include "text/config_error.h"

namespace daybook::handlers {
namespace {

using fcgi::HttpError;
using fcgi::Request;
using fcgi::Response;

const std::string kSidebar =
    "sidebar";  // and the prefix: a program may be asked for by its own name, too
constexpr int kRetrySeconds = 5;
constexpr int kReadOnlyRetrySeconds = 600;  // until the owner has mended it

HttpError FromDb(const sql::DbError& error) {
  switch (error.kind()) {
    case sql::DbError::Kind::kBusy:
    case sql::DbError::Kind::kTimeout:
      return HttpError::Busy(kRetrySeconds, error.what());
    case sql::DbError::Kind::kReadOnly:
      return HttpError::Busy(kReadOnlyRetrySeconds, error.what());
    case sql::DbError::Kind::kFull:
      return HttpError(507, error.what());
    default:
      return HttpError(500, error.what());
  }
}

std::string DateOrderOf(const journal::Settings& settings) {
  const journal::SettingDef* def = journal::FindSetting("date.order");
  const bool own = settings.date_order == journal::DateOrder::kAuto;
  return own ? "" : journal::SettingText(settings, *def);
}

// What the templates are made of; another value of one needs others.
bool SameTemplates(const journal::Settings& a, const journal::Settings& b) {
  return a.language == b.language && a.date_order == b.date_order && a.theme == b.theme &&
         a.theme_edition == b.theme_edition && journal::LookCss(a) == journal::LookCss(b);
}

// A theme that cannot be used costs its looks, not the journal: the program's own files serve, and
// the log says why.
std::unique_ptr<templates::Templates> LoadFor(const journal::Settings& settings,
                                              const AppOptions& options) {
  templates::TemplateSet set{settings.language, DateOrderOf(settings),
                             options.home.Theme(settings.theme), options.one_request,
                             journal::LookCss(settings)};
  std::unique_ptr<templates::Templates> loaded;
  try {
    loaded = std::make_unique<templates::Templates>(set);
  } catch (const text::ConfigError& error) {
    std::fprintf(stderr, "daybook: the theme is left out: %s\n", error.what());
    set.theme.clear();
    loaded = std::make_unique<templates::Templates>(set);
  }
  PublishStatic(*loaded, options.home.Public() / "static");
  return loaded;
}

// A run of CGI keeps nobody waiting but its own reader. Of several processes one may wait for
// whoever keeps the journal locked; the others go on answering.
sql::DbOptions WaitingOf(const AppOptions& options) {
  sql::DbOptions waiting;
  if (!options.one_request) waiting.line = sql::FileLock::Line::kGiveWay;
  if (options.alone) waiting.lock_wait = std::chrono::seconds(1);
  return waiting;
}

}  // namespace

void BeginIfEmpty(const journal::Home& home) {
  if (!journal::HasJournal(home)) journal::BeginJournal(home, admin::SetupNote());
}

App::App(AppOptions options)
    : options_(std::move(options)),
      config_((BeginIfEmpty(options_.home), journal::LoadConfig(options_.home.ConfigFile()))),
      db_(options_.old_data ? journal::OpenOldDatabase(options_.home, WaitingOf(options_))
                            : journal::OpenDatabase(options_.home, WaitingOf(options_))) {
  site_.old_data = options_.old_data;
  if (!options_.clock)
    options_.clock = [] { return static_cast<journal::Seconds>(std::time(nullptr)); };
  site_.settings = db_.Read([&](sql::Tx& tx) { return journal::LoadSettings(tx, config_); });
  templates_ = LoadFor(site_.settings, options_);
  build_ = BuildOf(*templates_, config_);
  // Pages of another program, theme or configuration. Under CGI whoever finds them does it.
  const auto prefix = StoredPrefix(site_.settings.url);
  if (!options_.one_request && prefix && db_.writable())
    db_.ShutOldPages(StoreMark(build_, *prefix));
}

App::~App() = default;

Links App::LinksFor(const Request& request) const {
  std::string base = site_.settings.url;
  while (base.ends_with('/')) base.pop_back();
  if (base.empty()) base = request.Origin() + request.prefix;
  return Links(request.prefix, std::move(base));
}

std::string App::Etag(const journal::State& state) const {
  return EtagOf(state.rev, state.due > 0 ? build_ + "-" + std::to_string(state.due) : build_);
}

// What nobody has written to since it was read, in the same second, is still so.
const journal::State& App::StateAt(sql::Tx& tx, journal::Seconds now) {
  const std::int64_t version = tx.DataVersion();
  if (version != state_version_ || now != state_at_) {
    state_ = journal::ReadState(tx, now);
    state_version_ = version;
    state_at_ = now;
  }
  return state_;
}

const Site& App::Refresh(sql::Tx& tx, const journal::State& state, const Request& request,
                         journal::Seconds now) {
  if (site_.rev == state.rev && state.due == 0 && site_.prefix == request.prefix) return site_;
  Site fresh;
  fresh.prefix = request.prefix;
  fresh.old_data = options_.old_data;
  fresh.entry_count = state.entry_count;
  fresh.settings = journal::LoadSettings(tx, config_);
  if (!SameTemplates(fresh.settings, site_.settings)) {
    templates_ = LoadFor(fresh.settings, options_);
    build_ = BuildOf(*templates_, config_);
  }
  fresh.navigation = journal::Navigation(tx);
  fresh.several_authors = journal::Authors(tx).size() > 1;
  if (auto kept = journal::KeptFragment(tx, kSidebar + fresh.prefix, state.rev, build_);
      kept && state.due == 0) {
    fresh.sidebar = *std::move(kept);
  } else {
    fresh.sidebar = RenderSidebar(tx, *templates_, fresh, LinksFor(request), now);
    keep_sidebar_ = state.due == 0;
  }
  fresh.rev = state.due == 0 ? state.rev : -1;  // what fell due unsettled is not kept
  site_ = std::move(fresh);
  return site_;
}

const Site& App::RefreshBare(sql::Tx& tx, const journal::State& state, const Request& request,
                             journal::Seconds now) {
  if (site_.rev == -1) return Refresh(tx, state, request, now);
  if (site_.rev == state.rev) return site_;
  // Its rev stays the old one, so that the next page with a sidebar makes everything new.
  const journal::Settings before =
      std::exchange(site_.settings, journal::LoadSettings(tx, config_));
  if (!SameTemplates(site_.settings, before)) {
    templates_ = LoadFor(site_.settings, options_);
    build_ = BuildOf(*templates_, config_);
  }
  site_.navigation = journal::Navigation(tx);
  return site_;
}

Response App::Answer(Request& request, journal::Seconds now) {
  auto found = fcgi::FindRoute(RoutesFor(request.path), request);
  if (found.answer) return *std::move(found.answer);
  request.rank = RankOf(request, *found.route);

  std::optional<Links> links;
  std::function<Response(sql::Db&)> act;
  const auto answer = [&](sql::Tx& tx, const journal::State& state) {
    const std::string etag = Etag(state);
    if (fcgi::IsCurrent(request, etag)) return fcgi::Current(etag, site_.settings.cache_seconds);
    if (const Response* kept = kept_pages_.Find(request, etag)) {
      NoteStorable(request, *kept, state);
      return *kept;
    }
    if (request.crowded_out.Has(request.rank))
      throw HttpError::Busy(kRetrySeconds, "too many ask at once");
    const Site& site =
        found.route->bare ? RefreshBare(tx, state, request, now) : Refresh(tx, state, request, now);
    links = LinksFor(request);
    Context context{request, found.captures, tx, *templates_, site, *links, now};
    const auto old_feed = request.query.empty() ? std::nullopt : MovedToFeed(context);
    Response response = old_feed ? OldQuery(context, *old_feed) : found.route->handler(context);
    act = std::move(context.act);
    afterwards_ = std::move(context.afterwards);
    if (!context.cacheable) {
      fcgi::MarkPrivate(response);
    } else if (response.status == 200) {
      const std::string now_etag = Etag(state);  // of what was loaded anew meanwhile
      fcgi::MarkPublic(response, now_etag, site_.settings.cache_seconds);
      if (!act && context.storable) {
        kept_pages_.Keep(request, now_etag, response);
        NoteStorable(request, response, state);
      }
    }
    return response;
  };

  // A moment that fell due is folded into the kept columns first; if that cannot be done now (a
  // full or read-only disk), the page is right all the same, as every query compares times, but for
  // its counts.
  for (bool tried = !db_.writable();; tried = true) {
    bool due = false;
    Response response = db_.Read([&](sql::Tx& tx) {
      const journal::State& state = StateAt(tx, now);
      due = state.due > 0 && !tried;
      return due ? Response{} : answer(tx, state);
    });
    if (!due && act) {
      response = act(db_);
      fcgi::MarkPrivate(response);
    }
    if (!due) return response;
    try {
      static_cast<void>(
          db_.WriteIfFree(sql::Durability::kFull, [&](sql::Tx& tx) { journal::Settle(tx, now); }));
    } catch (const sql::DbError&) {
      // answered from the unsettled state
    }
  }
}

Response App::Handle(Request& request) {
  try {
    Response response = Answer(request, options_.clock());
    const bool changed = !request.IsRead();
    // Under CGI it costs a process.
    if (!options_.one_request || NeedsAfterReply(changed))
      response.after = [this, changed](const Response& sent) { AfterReply(changed, sent); };
    return response;
  } catch (const sql::DbError& error) {
    throw FromDb(error);
  }
}

// A page of what fell due unsettled is not of its rev alone.
void App::NoteStorable(const Request& request, const Response& response,
                       const journal::State& state) {
  if (state.due > 0 || !db_.writable() || !IsStorable(request, response)) return;
  if (site_.settings.cache_seconds > 0) return;  // the web server would say that it must ask
  const auto prefix = StoredPrefix(site_.settings.url);
  if (!prefix || *prefix != request.prefix || !StoreIsReady(db_.pages(), options_.clock())) return;
  to_store_ = {state.rev, StoreMark(build_, *prefix), request.path};
}

bool App::NeedsAfterReply(bool changed) const {
  return changed || keep_sidebar_ || to_store_ || afterwards_ ||
         journal::WorkIsOverdue(options_.home, options_.clock());
}

void App::LetGo() { db_.Close(); }

void App::AfterReply(bool changed, const Response& response) {
  if (!options_.one_request) {
    Finish(db_, response);
    if (changed) journal::StartWorkIfDue(options_.home, db_, options_.clock());
    return;
  }
  // A child of the process that replied, which has let go of its own. Most often there is a page to
  // be stored and nothing else: that needs no database.
  if (to_store_ && StorePage(db_.pages(), *to_store_, response.body)) to_store_.reset();
  if (!NeedsAfterReply(changed)) return;
  sql::Db own = sql::Db::Open(options_.home.Database(), sql::OpenMode::kReadWrite);
  Finish(own, response);
  if (changed || journal::WorkIsOverdue(options_.home, options_.clock()))
    journal::StartWorkIfDue(options_.home, own, options_.clock());
}

void App::Finish(sql::Db& db, const Response& response) {
  if (const auto afterwards = std::exchange(afterwards_, nullptr)) afterwards(db);
  if (std::exchange(keep_sidebar_, false)) {
    static_cast<void>(db.WriteIfFree(sql::Durability::kRelaxed, [&](sql::Tx& tx) {
      journal::KeepFragment(tx, kSidebar + site_.prefix, site_.rev, build_, site_.sidebar);
    }));
  }
  db.CheckpointIfDue();
  const auto page = std::exchange(to_store_, std::nullopt);
  if (page && !StorePage(db.pages(), *page, response.body))
    StoreAnew(db, *page, response.body, options_.clock());
}

bool App::Idle() {
  constexpr journal::Seconds kPause = 5;
  const journal::Seconds now = options_.clock();
  if (now < next_look_) return false;
  next_look_ = now + kPause;
  try {
    journal::StartWorkIfDue(options_.home, db_, now);
  } catch (const sql::DbError&) {
    // the next look may find it better
  }
  return false;
}

Response App::ErrorPage(const Request& request, const HttpError& error) {
  const journal::Seconds now = options_.clock();
  const Links links = LinksFor(request);
  if (auto page = ErrorWithText({*templates_, site_, links}, request, error, now))
    return *std::move(page);
  std::vector<journal::Link> suggestions;
  if (error.status() == 404 && request.IsRead()) {
    try {
      suggestions = db_.Read([&](sql::Tx& tx) {
        Refresh(tx, StateAt(tx, now), request, now);
        return SuggestionsFor(tx, request.path, now);
      });
    } catch (const sql::DbError&) {
      // the page does without them
    }
  }
  return RenderError(*templates_, site_, links, request, error, suggestions);
}

std::size_t App::BodyCap(const Request& request) {
  return fcgi::BodyCap(RoutesFor(request.path), request);
}

std::filesystem::path App::SpoolFolder(const Request& request) {
  const std::string token = admin::SessionToken(request);
  if (token.empty()) return {};
  try {
    const bool signed_in = db_.Read([&](sql::Tx& tx) {
      return journal::SessionOf(tx, site_.settings, token, options_.clock()).has_value();
    });
    if (signed_in) return options_.home.Uploads();
  } catch (const sql::DbError&) {
    // The request itself will meet it again, and say so.
  }
  return {};
}

}  // namespace daybook::handlers
