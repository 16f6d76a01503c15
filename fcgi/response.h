// One HTTP response as a value, and the bytes that leave the process.
// It is not where caching is decided (conditional.h) nor where errors become pages (http_error.h,
// server.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/request.h"

namespace daybook::fcgi {

// What a page may load, beyond its own style, script, images and forms. Sources are host sources
// such as "https://www.youtube-nocookie.com"; one that is not is left out.
struct Csp {
  std::vector<std::string> frame_src;
  std::vector<std::string> img_src;
  std::vector<std::string> media_src;
};

// Bytes of a file that nobody changes while it has its name.
struct FilePart {
  std::filesystem::path file;
  std::uint64_t from = 0, size = 0;
};

struct Response {
  int status = 200;
  std::string content_type;  // with its charset; empty only without a body
  std::vector<Header> headers;
  std::string body;
  std::optional<FilePart> part;  // sent in place of `body`, and never whole in memory
  Csp csp;
  // Runs when the reply is on its way: in this process under FastCGI, in a forked child under CGI
  // (where it must open its own database: SQLite connections and file locks do not survive a fork).
  // It is given this response again.
  std::function<void(const Response&)> after;

  // Adds a header; returns *this so that answers read as one expression.
  Response& Set(std::string_view name, std::string_view value) &;
  Response&& Set(std::string_view name, std::string_view value) &&;
};

Response Html(std::string body, int status = 200);
Response Text(std::string body, int status = 200);
// `location` is a whole address or a path with its prefix; status 301, 302, 303, 307 or 308.
Response Redirect(int status, std::string_view location);
Response NotModified(std::string_view etag);

// The CGI form of a response ("Status: 200 OK\r\n…"), as FastCGI and CGI both send it: security
// headers, request id, Content-Length. A header with a control character or a bad name is left out.
// HEAD, 204 and 304 get no body; HEAD keeps the length that GET would have had. A part of a file is
// not among them: SendPart sends it afterwards.
std::string Serialize(const Request& request, const Response& response);

// Gives the bytes of `response.part` to `send`, in pieces, until it returns false; nothing where
// there is none or `request` wants no body. False: not all of them could be read or sent.
bool SendPart(const Request& request, const Response& response,
              const std::function<bool(std::string_view)>& send);

// "Not Found" for 404; "" for a status without a name here.
std::string_view ReasonPhrase(int status);

}  // namespace daybook::fcgi
