// `daybook serve`, and every other way in which a web server starts this program: what is said on
// the wire is in fcgi/, what is answered in handlers/; here the two are put together.
#include "cli/serve.h"

#include <malloc.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <ctime>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "cli/command.h"
#include "fcgi/server.h"
#include "handlers/app.h"
#include "handlers/errors.h"
#include "handlers/public_files.h"
#include "handlers/stored_pages.h"
#include "journal/journal.h"
#include "journal/launch.h"
#include "journal/upgrade.h"
#include "journal/worker.h"

namespace daybook::cli {
namespace {

// Whether the file that this process was started from is still the one that lies there, and nothing
// was uploaded beside it that the web server's entry might put there (scripts/web/entry.sh).
class ProgramWatch {
 public:
  explicit ProgramWatch(const std::string& program) : program_(program) {
    known_ = Look(program_, seen_);
    waits_ = Look(program_ + ".bin", waiting_);
  }
  // Looks once a second at most: it is asked after each request.
  bool Changed() {
    const std::time_t second = std::time(nullptr);
    if (second == looked_at_) return false;
    looked_at_ = second;
    struct stat now {
    }, upload{};
    return known_ && ((Look(program_, now) && Differ(now, seen_)) ||
                      (Look(program_ + ".bin", upload) && (!waits_ || Differ(upload, waiting_))));
  }

 private:
  static bool Look(const std::string& file, struct stat& out) {
    return stat(file.c_str(), &out) == 0;
  }
  static bool Differ(const struct stat& one, const struct stat& other) {
    return one.st_ino != other.st_ino || one.st_mtime != other.st_mtime ||
           one.st_size != other.st_size;
  }
  std::string program_;
  struct stat seen_ {
  }, waiting_{};
  bool waits_ = false;
  bool known_ = false;
  std::time_t looked_at_ = 0;
};

constexpr int kRetrySeconds = 60;
constexpr std::size_t kLargeBody = 256 * 1024;
constexpr std::chrono::seconds kUpgradePatience(25);  // requests wait so long for an upgrade to end

// Pages are built of strings of some 100 KB: they come from memory that is kept, not from the
// system each time.
void KeepMemory() {
  constexpr int kMegabyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, 4 * kMegabyte);
  mallopt(M_TRIM_THRESHOLD, 4 * kMegabyte);
  mallopt(M_TOP_PAD, kMegabyte);
}

struct Socket {
  std::string path;  // of the prefork master; "" where the web server gave one, or this is CGI
  int workers = 2;   // 0: the web server counts its processes itself
};

// Without a home, and while its journal cannot be opened, every page says so; each request tries
// anew, so that it answers again once the owner has mended it.
int Serve(const std::optional<journal::Home>& home, const Socket& socket) {
  KeepMemory();
  std::unique_ptr<handlers::App> app;
  std::error_code error;
  const std::string program = std::filesystem::read_symlink("/proc/self/exe", error).string();
  ProgramWatch watch(program);
  const bool one_request = fcgi::HowStarted() == fcgi::Started::kCgi;
  bool old_data = false;  // what is served is older than this program, which only reads it
  std::time_t looked_at = 0;

  fcgi::ServeOptions options;
  options.socket = socket.path;
  options.workers = socket.workers;
  if (home) {
    options.argv = {program,    "serve",     "--home",    home->root.string(),
                    "--socket", socket.path, "--workers", std::to_string(socket.workers)};
  }
  const auto open = [&] {
    if (!home) {
      Complain(
          "there is no journal: set DAYBOOK_HOME for this program, or write its folder into "
          "daybook.home beside it.");
      return;
    }
    try {
      const bool alone = socket.workers == 1;
      const journal::Brought brought = journal::BringUp(*home, kUpgradePatience);
      old_data = brought.outcome == journal::Brought::Outcome::kOld;
      if (old_data) Complain("the journal's older data is only read: " + brought.why);
      app = std::make_unique<handlers::App>(
          handlers::AppOptions{*home, one_request, {}, alone, old_data});
    } catch (const std::exception& failure) {
      Complain(failure.what());
    }
  };
  // One request may be answered by a stored page, for which nothing need be opened.
  bool tried = !one_request;  // by start(), for the first request
  options.start = [&] {
    if (tried) open();
    return true;
  };
  const auto ready = [&] {
    // Somebody may have mended it meanwhile.
    if (old_data && app && std::exchange(looked_at, std::time(nullptr)) != std::time(nullptr)) {
      const auto brought = journal::BringUp(*home, std::chrono::milliseconds(0));
      if (brought.outcome == journal::Brought::Outcome::kCurrent) {
        app.reset();
        tried = false;
      }
    }
    if (!app && !tried) open();
    tried = false;
    return app != nullptr;
  };
  options.body_cap = handlers::App::BodyCap;
  options.spool = [&](const fcgi::Request& request) {
    return app || (one_request && ready()) ? app->SpoolFolder(request) : std::filesystem::path();
  };
  options.error_page = [&](const fcgi::Request& request, const fcgi::HttpError& failure) {
    return app || (one_request && ready()) ? app->ErrorPage(request, failure)
                                           : handlers::RenderDown(request, failure);
  };
  // A child tries it: settings, theme and database. The master keeps nothing of that.
  options.reload = [&] {
    const pid_t child = fork();
    if (child == 0) {
      try {
        static_cast<void>(journal::OpenJournal(*home));
        const handlers::App trial({*home, one_request, {}, false, false});
        _exit(0);
      } catch (const std::exception& failure) {
        Complain(failure.what());
      }
      _exit(1);
    }
    int status = 0;
    return child < 0 ||
           (waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  };
  options.before_fork = [&] {
    if (app) app->LetGo();
  };
  options.idle = [&] { return app && app->Idle(); };
  bool was_large = false;
  options.retire = [&] {
    // Somebody's megabyte of text was held several times over; the memory is not kept for the next.
    if (std::exchange(was_large, false)) malloc_trim(0);
    return watch.Changed();
  };
  if (socket.workers > 0) {  // a master of its own, whoever made the socket
    options.idle = nullptr;  // the worker sees to it
    if (!std::getenv(journal::kStill))
      options.worker = [&] {
        using Outcome = journal::Brought::Outcome;
        while (journal::BringUp(*home, kUpgradePatience).outcome == Outcome::kOld)
          std::this_thread::sleep_for(std::chrono::seconds(1));
        journal::Journal journal = journal::OpenJournal(*home);
        static_cast<void>(journal::RunWorker(journal, {}));
      };
  }
  const int code = fcgi::Serve(options, [&](fcgi::Request& request) {
    was_large = request.body.size() > kLargeBody;
    if (home) {
      if (auto file = handlers::PublicFile(home->Public(), request)) return *std::move(file);
    }
    if (one_request && home) {
      if (auto stored = handlers::FromStore(home->Public(), request)) return *std::move(stored);
    }
    if (!ready()) throw fcgi::HttpError::Busy(kRetrySeconds, "the journal cannot be opened");
    return app->Handle(request);
  });
  // The system takes everything back at once, and an empty log may stay for the next run. One that
  // holds something is closed in order, which empties it.
  if (one_request && !(app && (app->db().has_written() || app->db().LogBytes() > 0))) _exit(code);
  return code;
}

}  // namespace

bool IsCgiRequest() { return fcgi::HowStarted() == fcgi::Started::kCgi; }

bool StartedByWebServer() { return fcgi::HowStarted() != fcgi::Started::kByHand; }

int ServeWebServer() {
  // The web server counts its processes itself.
  return Serve(journal::FindHome(""), {"", 0});
}

int RunServe(const Arguments& arguments) {
  Socket socket;
  socket.path = arguments.Get("socket");
  const std::string workers = arguments.Get("workers", "2");
  const auto [end, error] =
      std::from_chars(workers.data(), workers.data() + workers.size(), socket.workers);
  if (error != std::errc() || end != workers.data() + workers.size() || socket.workers < 1 ||
      socket.workers > 99)
    return WrongUse("serve", "--workers needs a number from 1 to 99.");
  if (socket.path.empty() && !StartedByWebServer())
    return WrongUse("serve", "--socket PATH says where to listen.");
  const std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  handlers::BeginIfEmpty(*home);
  // Says what is wrong before anything is started. Older data is read at least.
  if (journal::BringUp(*home, kUpgradePatience).outcome == journal::Brought::Outcome::kCurrent)
    static_cast<void>(journal::OpenJournal(*home));
  return Serve(home, socket);
}

}  // namespace daybook::cli
