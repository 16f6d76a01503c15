// A small application on the gateway that says what reached it: the real-server tests and the
// protocol tests talk to it, so that they test the gateway and the shipped server configurations,
// not the journal.
//
//   echo_app                        started by a web server: FastCGI on descriptor 0, or CGI
//   echo_app --socket PATH [--workers N] [--idle FILE] [--worker FILE] [--start FILE]
#include <poll.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "fcgi/conditional.h"
#include "fcgi/router.h"
#include "fcgi/server.h"

namespace daybook::fcgi {
namespace {

struct Context {
  Request& request;
  Captures captures;
};

void AppendTo(const std::string& file, const std::string& line) {
  if (std::FILE* out = std::fopen(file.c_str(), "a")) {
    std::fputs((line + "\n").c_str(), out);
    std::fclose(out);
  }
}

// FNV-1a: enough to see that every byte of a body arrived, in order.
std::string Hash(std::string_view bytes) {
  uint64_t hash = 14695981039346656037u;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return std::to_string(hash);
}

std::string Hex(std::string_view bytes) {
  std::string out;
  char two[3];
  for (const char c : bytes) {
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned char>(c));
    out += two;
  }
  return out;
}

Response Echo(Context& context) {
  const Request& request = context.request;
  std::string out = "method=" + request.method_name + "\npath=" + request.path +
                    "\npath_hex=" + Hex(request.path) + "\nprefix=" + request.prefix +
                    "\nraw=" + request.raw_path + "\nquery=" + request.query +
                    "\nhost=" + request.host + "\nhttps=" + (request.https ? "1" : "0") +
                    "\nremote=" + request.remote + "\npid=" + std::to_string(getpid()) +
                    "\nbody=" + std::to_string(request.body.size()) + " " + Hash(request.body) +
                    "\nbody_state=" + std::to_string(static_cast<int>(request.body_state)) + "\n";
  for (const Header& header : request.headers)
    out += "header " + header.name + "=" + header.value + "\n";
  return Text(out);
}

Response Tagged(Context& context) {
  if (IsCurrent(context.request, "\"r1\"")) return Current("\"r1\"");
  Response response =
      Html("<!DOCTYPE html>\n<title>tagged</title>\n<p>" + std::string(2000, 'x') + "\n");
  MarkPublic(response, "\"r1\"");
  return response;
}

// Headers that no file has: they must reach the reader as they are.
Response Own(Context&) {
  Response response = Html("<!DOCTYPE html>\n<title>own</title>\n");
  response.csp.frame_src.push_back("https://video.example");
  return std::move(response)
      .Set("Cache-Control", "private, no-cache")
      .Set("Content-Disposition", "inline")
      .Set("Referrer-Policy", "no-referrer");
}

Response Slow(Context& context) {
  poll(nullptr, 0, std::atoi(context.request.Param("ms").value_or("500").c_str()));
  return Text("slow\n");
}

Response Large(Context& context) {
  const int size = std::atoi(context.request.Param("bytes").value_or("1000000").c_str());
  return Text(std::string(static_cast<std::size_t>(size), 'y'));
}

Response Gone(Context&) { throw HttpError(410); }
Response Fails(Context&) { throw std::string("not even an exception"); }
Response Crash(Context&) { std::abort(); }

Response After(Context& context) {
  Response response = Text("first\n");
  const std::string file = context.request.Param("file").value_or("");
  response.after = [file](const Response&) { AppendTo(file, "after"); };
  return response;
}

constexpr Route<Context> kTable[] = {
    {kGet, "/", Echo},
    {kGet | kPost | kPut, "/echo", Echo, Csrf::kAnyOrigin, 64 << 20},
    {kGet | kPost, "/echo/{rest:path}", Echo, Csrf::kAnyOrigin, 1000},
    {kGet, "/archive", Tagged},
    {kGet, "/{year:int}/{month:int}/", Echo},
    {kGet, "/stored/{name}", Echo},
    {kGet, "/own", Own},
    {kGet, "/own/{rest:path}", Own, Csrf::kNone, 0, Slash::kExact},
    {kGet, "/slow", Slow},
    {kGet, "/large", Large},
    {kGet, "/gone", Gone},
    {kGet, "/fails", Fails},
    {kGet, "/crash", Crash},
    {kGet, "/after", After},
    {kPost, "/owner", Echo, Csrf::kSameOrigin, 1000},
};
constexpr std::span<const Route<Context>> kRoutes(kTable);

int Run(int argc, char** argv) {
  ServeOptions options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view flag(argv[i]);
    const std::string value(argv[i + 1]);
    if (flag == "--socket") options.socket = value;
    if (flag == "--workers") options.workers = std::atoi(argv[i + 1]);
    if (flag == "--stall") options.stall_seconds = std::atoi(argv[i + 1]);
    if (flag == "--reexec") options.argv.assign(argv, argv + argc), options.argv[0] = value;
    if (flag == "--start") {
      options.start = [value] {
        AppendTo(value, "start " + std::to_string(getpid()));
        return true;
      };
    }
    if (flag == "--idle") {
      options.idle_ms = 20;
      options.idle = [value] {
        AppendTo(value, "idle");
        return false;
      };
    }
    if (flag == "--worker") {
      options.worker = [value] {
        AppendTo(value, "worker " + std::to_string(getpid()));
        while (true) pause();
      };
    }
  }
  options.body_cap = [](const Request& request) { return BodyCap(kRoutes, request); };
  return Serve(options, [](Request& request) {
    auto found = FindRoute(kRoutes, request);
    if (found.answer) return std::move(*found.answer);
    Context context{request, found.captures};
    return found.route->handler(context);
  });
}

}  // namespace
}  // namespace daybook::fcgi

int main(int argc, char** argv) { return daybook::fcgi::Run(argc, argv); }
