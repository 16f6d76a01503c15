// `daybook serve`, and every other way in which a web server starts this program: what is said on the wire is in fcgi/,
// what is answered in handlers/; here the two are put together.
#include "cli/serve.h"

#include <sys/stat.h>

#include <cstdio>
#include <exception>
#include <memory>

#include "fcgi/server.h"
#include "handlers/app.h"

namespace daybook::cli {
namespace {

// Whether the file that this process was started from is still the one that lies there.
class ProgramWatch {
 public:
  explicit ProgramWatch(const std::string& program) : program_(program) { known_ = Look(seen_); }
  bool Changed() const {
    struct stat now{};
    return known_ && Look(now) && (now.st_ino != seen_.st_ino || now.st_mtime != seen_.st_mtime);
  }

 private:
  bool Look(struct stat& out) const { return !program_.empty() && stat(program_.c_str(), &out) == 0; }
  std::string program_;
  struct stat seen_{};
  bool known_ = false;
};

}  // namespace

int Serve(const journal::Home& home, const ServeArguments& arguments) {
  std::unique_ptr<handlers::App> app;
  const ProgramWatch program(arguments.argv.empty() ? "" : arguments.argv.front());
  const bool one_request = fcgi::HowStarted() == fcgi::Started::kCgi;

  fcgi::ServeOptions options;
  options.socket = arguments.socket;
  options.workers = arguments.workers;
  options.argv = arguments.argv;
  options.start = [&] {
    try {
      app = std::make_unique<handlers::App>(handlers::AppOptions{home, one_request, {}});
      return true;
    } catch (const std::exception& error) {
      std::fprintf(stderr, "daybook: %s\n", error.what());
      return false;
    }
  };
  options.body_cap = handlers::App::BodyCap;
  options.error_page = [&](const fcgi::Request& request, const fcgi::HttpError& error) {
    return app->ErrorPage(request, error);
  };
  options.retire = [&] { return program.Changed(); };
  options.worker = arguments.worker;
  return fcgi::Serve(options, [&](fcgi::Request& request) { return app->Handle(request); });
}

}  // namespace daybook::cli
