// The steps from handler to error page to the compiled-in page, each tried once.
#include "fcgi/answer.h"

#include <cstdio>
#include <exception>
#include <utility>

#include "fcgi/conditional.h"

namespace daybook::fcgi {
namespace {

// What is left when nothing else works. Its words are not in the catalogue because it must not need
// one.
Response CompiledIn(const Request& request, int status) {
  const bool ours = status >= 500 && status != 501;
  const std::string title = ours ? "Something went wrong" : "Cannot be read";
  const std::string said =
      ours ? "Something went wrong on our side. Reference " + request.id + " is in the log."
           : "This address cannot be answered. Reference " + request.id + ".";
  return Html("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
                  title + "</title>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n<p>" + said +
                  "</p>\n</main>\n</body>\n</html>\n",
              status);
}

enum class Step { kHandler, kErrorPage, kCompiledIn };

int RefusedStatus(const Request& request) {
  return !request.refused && request.body_state == BodyState::kCutOff ? 400 : request.refused;
}

}  // namespace

void Log(const ServeOptions& options, std::string line) {
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  if (options.log) {
    options.log(line);
  } else {
    std::fprintf(stderr, "daybook: %s\n", line.c_str());
  }
}

Response Answer(const ServeOptions& options, const Handler& handle, Request& request) noexcept {
  HttpError error(500);
  for (Step step = Step::kHandler; step != Step::kCompiledIn;) {
    std::string problem;
    try {
      if (step == Step::kHandler) {
        const int refused = RefusedStatus(request);
        if (refused) throw HttpError(refused, "request refused");
        return handle(request);
      }
      if (options.error_page) {
        Response page = options.error_page(request, error);
        page.status = error.status();
        page.headers.insert(page.headers.end(), error.headers().begin(), error.headers().end());
        MarkPrivate(page);
        return page;
      }
      break;
    } catch (const HttpError& thrown) {
      if (step == Step::kHandler) error = thrown;
      problem = thrown.detail();
    } catch (const std::exception& thrown) {
      problem = thrown.what();
    } catch (...) {
      problem = "something that is no exception was thrown";
    }
    if (step == Step::kErrorPage || error.status() >= 500)
      Log(options, request.id + " " + std::to_string(error.status()) + " " + request.method_name +
                       " " + request.raw_path.substr(0, 200) + ": " + problem);
    step = step == Step::kHandler ? Step::kErrorPage : Step::kCompiledIn;
  }
  Response page = CompiledIn(request, error.status());
  page.headers = error.headers();
  MarkPrivate(page);
  return page;
}

void RunAfter(const ServeOptions& options, const Response& response, std::string_view id) noexcept {
  if (!response.after) return;
  try {
    response.after(response);
  } catch (const std::exception& thrown) {
    Log(options, std::string(id) + " after the reply: " + thrown.what());
  } catch (...) {
    Log(options, std::string(id) + " after the reply: something that is no exception was thrown");
  }
}

}  // namespace daybook::fcgi
