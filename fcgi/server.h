// One binary, every way to be started: prefork master on a unix socket, FastCGI process of
// mod_fcgid, lighttpd or systemd (listen socket inherited), or one CGI run. Serve() chooses; the
// loop is in loop.h.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/http_error.h"
#include "fcgi/request.h"
#include "fcgi/response.h"

namespace daybook::fcgi {

enum class Started : unsigned char {
  kByHand,   // neither of the two below: a terminal, a script, systemd
  kFastCgi,  // descriptor 0 is a listen socket
  kCgi,      // the variables of RFC 3875 are in the environment
};
Started HowStarted();

using Handler = std::function<Response(Request&)>;

// Every function may be empty. They run single-threaded in the process that their line names.
struct ServeOptions {
  std::string
      socket;  // prefork: path of the unix socket to bind, mode 0660; "" for an inherited one
  // Processes that answer. 0 with an inherited socket: this one alone, without a master, as process
  // managers that count for themselves want it (mod_fcgid, lighttpd). 0 with `socket` is 1.
  int workers = 0;
  std::vector<std::string> argv;  // how to start this program again, absolute path first: SIGHUP
                                  // and a retired child then run the file that lies there now

  std::string prefix;            // where the journal is mounted; "" finds it from SCRIPT_NAME
  bool trust_forwarded = false;  // believe X-Forwarded-Proto and X-Forwarded-For of the peer

  // In each answering process, after fork and before its first request: open the database here.
  // False stops that process; the master tries again with growing pauses.
  std::function<bool()> start;
  // How many bytes of body a request may bring (asked only if it has one). Default 64 KiB.
  std::function<std::size_t(const Request&)> body_cap;
  // Where a body over kBodyInMemory (body.h) may lie while it is looked at. Default: nowhere; then
  // a cap above that means memory.
  std::function<std::filesystem::path(const Request&)> spool;
  // A page for an error, in the application's design. If it throws, the compiled-in page is sent.
  std::function<Response(const Request&, const HttpError&)> error_page;
  // CGI: before what follows the reply is done in a child. What does not survive a fork is closed
  // here.
  std::function<void()> before_fork;
  // Asked after each request and about each second when idle: true lets this process leave (a new
  // program was installed, memory grew).
  std::function<bool()> retire;
  // In an answering process that had nothing to do for `idle_ms`: a small piece of background work.
  // True asks to be called again at once unless a request waits.
  std::function<bool()> idle;
  int idle_ms = 1000;
  // Prefork: runs in one further child, started again if it returns. It must end soon after SIGTERM
  // (whose default action is restored there).
  std::function<void()> worker;
  // Master, at SIGHUP, before new children start. False: they could not, so all stays as it is.
  std::function<bool()> reload;
  // One line for the log, without newline. Default: standard error.
  std::function<void(std::string_view line)> log;

  int stall_seconds = 30;  // a peer that neither sends nor takes for so long is dropped
};

// Serves until told to stop (prefork: SIGTERM or SIGINT; a request in flight is finished whole).
// Returns the exit code: 0 stopped as asked, 1 could not start (the reason is in the log).
int Serve(const ServeOptions& options, const Handler& handle);

}  // namespace daybook::fcgi
