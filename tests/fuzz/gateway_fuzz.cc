// The gateway's parsers on invented bytes: variables, addresses, routes, forms, cookies,
// conditions. What holds for every request is checked, not only that nothing breaks.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/body.h"
#include "fcgi/conditional.h"
#include "fcgi/cookies.h"
#include "fcgi/form.h"
#include "fcgi/parse.h"
#include "fcgi/response.h"
#include "fcgi/router.h"
#include "text/utf8.h"

namespace daybook::fcgi {
namespace {

void Must(bool holds) {
  if (!holds) std::abort();
}

struct Context {};
Response Page(Context&) { return Html("x"); }

constexpr Route<Context> kTable[] = {
    {kGet, "/", Page},
    {kGet, "/{year:int}/{month:int}/", Page},
    {kGet, "/{year:int}/{month:int}/{day:int}/{slug}.html", Page},
    {kGet | kPost, "/tag/{tag}", Page, Csrf::kReader, 100},
    {kGet, "/old/{rest:path}", Page},
};

constexpr FormField kFields[] = {{"a", 10}, {"b", 10}, {"f", 0, true}};

void CheckRequest(const Request& request) {
  Must(request.path.starts_with('/') && text::IsUtf8(request.path));
  Must(request.path.find("//") == std::string::npos);
  Must(("/" + request.path + "/").find("/../") == std::string::npos);
  for (const char c : request.path) Must(static_cast<unsigned char>(c) >= 0x20);
  Must(!request.host.empty() && request.host.find_first_of(" /\\@<>\"'\r\n") == std::string::npos);
  Must(request.headers.size() <= kMaxHeaders);
  Must(request.Get("proxy").empty());
}

// One header block: no line break but those that end a header.
void CheckAnswer(const Request& request, const Response& response) {
  const std::string bytes = Serialize(request, response);
  const std::size_t end = bytes.find("\r\n\r\n");
  Must(end != std::string::npos);
  std::string_view block = std::string_view(bytes).substr(0, end);
  while (!block.empty()) {
    const std::size_t line = block.find("\r\n");
    const std::string_view header = block.substr(0, line);
    Must(header.find(": ") != std::string_view::npos &&
         header.find('\n') == std::string_view::npos);
    block = line == std::string_view::npos ? std::string_view() : block.substr(line + 2);
  }
}

}  // namespace
}  // namespace daybook::fcgi

// The input: lines "NAME=value" up to an empty line, then a body.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daybook::fcgi;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t blank = input.find("\n\n");
  std::string_view head = input.substr(0, blank);
  std::string_view body = blank == std::string_view::npos ? "" : input.substr(blank + 2);
  std::vector<std::string> lines;
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    lines.emplace_back(head.substr(0, end));
    head = end == std::string_view::npos ? std::string_view() : head.substr(end + 1);
  }
  std::vector<const char*> env;
  for (const std::string& line : lines) env.push_back(line.c_str());
  env.push_back(nullptr);

  Parsed parsed = ParseRequest(env.data(), {"", size % 2 == 1});
  ReadBody(parsed, 4096, [&](char* buffer, std::size_t want) {
    const std::size_t got = body.copy(buffer, want);
    body.remove_prefix(got);
    return got;
  });
  Request& request = parsed.request;
  CheckRequest(request);
  Must(request.body.size() <= 4096);
  try {
    auto found = FindRoute(std::span<const Route<Context>>(kTable), request);
    if (found.answer) CheckAnswer(request, *found.answer);
  } catch (const HttpError& error) {
    Must(error.status() >= 400);
  }
  const auto form = Form::Parse(request, kFields);
  if (const Form* values = std::get_if<Form>(&form)) {
    Must(daybook::text::IsUtf8((*values)["a"]) &&
         (*values)["a"].find('\r') == std::string_view::npos);
    for (const FormFile& file : values->files()) Must(file.name.find('/') == std::string::npos);
  }
  Response response = Redirect(303, request.query);
  response.Set("X-Test", request.raw_path).Set(request.query, "x");
  response.csp.frame_src = {request.query};
  if (const auto cookie = SetCookie({.name = "s", .value = Cookie(request, "s").value_or("")}))
    response.Set("Set-Cookie", *cookie);
  CheckAnswer(request, response);
  (void)IsCurrent(request, "\"r1\"");
  (void)request.Param("q");
  (void)CheckOrigin(request);
  return 0;
}
