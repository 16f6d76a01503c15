// Constructors of the usual answers, and the bytes of an answer with its security headers.
#include "fcgi/response.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace daybook::fcgi {
namespace {

constexpr std::string_view kCspBase =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// RFC 9110 token.
bool IsToken(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
  });
}

// One line, whatever a value was made of: this is what makes header injection impossible.
bool IsFieldValue(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) {
    return (static_cast<uint8_t>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
}

bool IsSource(std::string_view source) {
  return !source.empty() && source.find_first_not_of(
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                ":/.-_*") == std::string_view::npos;
}

void AddSources(std::string_view directive, std::string_view first,
                const std::vector<std::string>& sources, std::string& out) {
  if (first.empty() && sources.empty()) return;
  out.append("; ").append(directive).append(first);
  for (const std::string& source : sources)
    if (IsSource(source)) out.append(" ").append(source);
}

bool SameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return (x | 32) == (y | 32);  // both are tokens: close enough for our own names
         });
}

class Writer {
 public:
  Writer(const Response& response, std::size_t size) : response_(response) { out_.reserve(size); }
  void Line(std::string_view name, std::string_view value) {
    out_.append(name).append(": ").append(value).append("\r\n");
  }
  // Unless the response brought its own.
  void Default(std::string_view name, std::string_view value) {
    for (const Header& header : response_.headers)
      if (SameName(header.name, name)) return;
    Line(name, value);
  }
  std::string& out() { return out_; }

 private:
  const Response& response_;
  std::string out_;
};

Response Page(std::string body, std::string_view type, int status) {
  Response response;
  response.status = status;
  response.content_type = type;
  response.body = std::move(body);
  return response;
}

}  // namespace

Response& Response::Set(std::string_view name, std::string_view value) & {
  headers.push_back({std::string(name), std::string(value)});
  return *this;
}

Response&& Response::Set(std::string_view name, std::string_view value) && {
  headers.push_back({std::string(name), std::string(value)});
  return std::move(*this);
}

Response Html(std::string body, int status) {
  return Page(std::move(body), "text/html; charset=utf-8", status);
}

Response Text(std::string body, int status) {
  return Page(std::move(body), "text/plain; charset=utf-8", status);
}

Response Redirect(int status, std::string_view location) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  // "//host" would lead elsewhere: a path has one slash.
  while (location.starts_with("//") || location.starts_with("/\\")) {
    location.remove_prefix(2);
    while (location.starts_with('/') || location.starts_with('\\')) location.remove_prefix(1);
    return Redirect(status, "/" + std::string(location));
  }
  std::string safe;
  for (const char c : location) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte > 0x20 && byte < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\') {
      safe += c;
    } else {
      safe.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  Response response;
  response.status = status;
  return std::move(response).Set("Location", safe);
}

Response NotModified(std::string_view etag) {
  Response response;
  response.status = 304;
  return std::move(response).Set("ETag", etag);
}

std::string Serialize(const Request& request, const Response& response) {
  const bool bodiless = response.status == 204 || response.status == 304 || response.status < 200;
  const bool send_body = !bodiless && request.method != Method::kHead;
  Writer writer(response, 1024 + (send_body ? response.body.size() : 0));
  std::string status = std::to_string(response.status);
  writer.Line("Status", status.append(" ").append(ReasonPhrase(response.status)));
  if (!bodiless) {
    if (!response.content_type.empty() && IsFieldValue(response.content_type))
      writer.Line("Content-Type", response.content_type);
    writer.Line("Content-Length",
                std::to_string(response.part ? response.part->size : response.body.size()));
  }
  for (const Header& header : response.headers)
    if (IsToken(header.name) && IsFieldValue(header.value)) writer.Line(header.name, header.value);
  if (response.status != 304) {
    std::string csp(kCspBase);
    AddSources("img-src", " 'self'", response.csp.img_src, csp);
    AddSources("media-src", " 'self'", response.csp.media_src, csp);
    AddSources("frame-src", "", response.csp.frame_src, csp);
    writer.Default("Content-Security-Policy", csp);
    writer.Default("X-Content-Type-Options", "nosniff");
    writer.Default("Referrer-Policy", "same-origin");
    writer.Default("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    writer.Default("Cross-Origin-Opener-Policy", "same-origin");
  }
  writer.Line("X-Request-Id", request.id);
  writer.out().append("\r\n");
  if (send_body) writer.out().append(response.body);
  return std::move(writer.out());
}

std::string_view ReasonPhrase(int status) {
  constexpr std::pair<int, std::string_view> kPhrases[] = {
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {409, "Conflict"},
      {410, "Gone"},
      {411, "Length Required"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {416, "Range Not Satisfiable"},
      {422, "Unprocessable Content"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
  };
  for (const auto& [known, phrase] : kPhrases)
    if (known == status) return phrase;
  return "";
}

}  // namespace daybook::fcgi
