// Variables to Request: address, host, peer, headers, length, each checked here and nowhere else.
#include "fcgi/parse.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "fcgi/decode.h"
#include "text/utf8.h"

namespace daybook::fcgi {
namespace {

struct Variables {
  std::string_view method, uri, query, script_name, path_info, host, server_name, server_port,
      https, remote, content_length, content_type, redirect_status, redirect_method, prefix,
      software, web_root;
};

constexpr std::pair<std::string_view, std::string_view Variables::*> kNames[] = {
    {"REQUEST_METHOD", &Variables::method},
    {"REQUEST_URI", &Variables::uri},
    {"QUERY_STRING", &Variables::query},
    {"SCRIPT_NAME", &Variables::script_name},
    {"PATH_INFO", &Variables::path_info},
    {"SERVER_NAME", &Variables::server_name},
    {"SERVER_PORT", &Variables::server_port},
    {"HTTPS", &Variables::https},
    {"REMOTE_ADDR", &Variables::remote},
    {"CONTENT_LENGTH", &Variables::content_length},
    {"CONTENT_TYPE", &Variables::content_type},
    {"REDIRECT_STATUS", &Variables::redirect_status},
    {"REDIRECT_REQUEST_METHOD", &Variables::redirect_method},
    {"DAYBOOK_PREFIX", &Variables::prefix},
    {"SERVER_SOFTWARE", &Variables::software},
    {"DOCUMENT_ROOT", &Variables::web_root},
};

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

void Refuse(Request& request, int status) {
  if (!request.refused) request.refused = status;
}

// HTTP_ACCEPT_LANGUAGE -> accept-language. False if a cap is passed or the value holds a control.
void TakeHeader(std::string_view name, std::string_view value, Request& request,
                std::size_t& bytes) {
  // A client's "Proxy:" header arrives as HTTP_PROXY, which HTTP clients would believe: it does not
  // exist.
  if (name == "proxy") return;
  bytes += name.size() + value.size();
  if (request.headers.size() == kMaxHeaders || bytes > kMaxHeaderBytes) {
    Refuse(request, 431);
    return;
  }
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7F) {
      Refuse(request, 400);
      return;
    }
  }
  request.headers.push_back({std::string(name), std::string(value)});
}

Variables ReadVariables(const char* const* env, Request& request) {
  Variables vars;
  std::size_t bytes = 0;
  std::string_view redirected_authorization;
  for (; env && *env; ++env) {
    const std::string_view item(*env);
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = item.substr(0, equals), value = item.substr(equals + 1);
    if (name.starts_with("HTTP_")) {
      std::string header = Lower(name.substr(5));
      std::replace(header.begin(), header.end(), '_', '-');
      if (header == "host") vars.host = value;
      TakeHeader(header, value, request, bytes);
      continue;
    }
    if (name == "REDIRECT_HTTP_AUTHORIZATION") redirected_authorization = value;
    for (const auto& [known, member] : kNames)
      if (name == known) vars.*member = value;
  }
  if (!vars.content_type.empty()) TakeHeader("content-type", vars.content_type, request, bytes);
  if (!redirected_authorization.empty() && request.Get("authorization").empty())
    TakeHeader("authorization", redirected_authorization, request, bytes);
  return vars;
}

Method MethodOf(std::string_view name) {
  constexpr std::pair<std::string_view, Method> kMethods[] = {
      {"GET", Method::kGet},        {"HEAD", Method::kHead},   {"POST", Method::kPost},
      {"PUT", Method::kPut},        {"PATCH", Method::kPatch}, {"DELETE", Method::kDelete},
      {"OPTIONS", Method::kOptions}};
  for (const auto& [known, method] : kMethods)
    if (name == known) return method;
  return Method::kOther;
}

// One '/' for each run, one at the beginning; false if a segment is "." or "..".
bool MergeSlashes(std::string_view decoded, std::string& out) {
  out = "/";
  while (!decoded.empty()) {
    const std::size_t end = decoded.find('/');
    const std::string_view segment = decoded.substr(0, end);
    if (segment == "." || segment == "..") return false;
    out += segment;
    if (end == std::string_view::npos) break;
    if (out.back() != '/') out += '/';
    decoded = decoded.substr(end + 1);
  }
  return true;
}

// "/blog" for "blog/", "/blog//"; "" for "/".
std::string MountOf(std::string_view text) {
  std::string mount;
  if (!MergeSlashes(text, mount)) return "";
  if (mount.back() == '/') mount.pop_back();
  return mount;
}

bool LiesBelow(std::string_view path, std::string_view mount) {
  return path.starts_with(mount) && (path.size() == mount.size() || path[mount.size()] == '/');
}

std::string FindMount(std::string_view path, const Variables& vars, std::string_view configured) {
  // "/" says the root as plainly as "/blog" says the folder.
  const std::string_view known = configured.empty() ? vars.prefix : configured;
  if (!known.empty()) return MountOf(known);
  std::string program = MountOf(vars.script_name);
  if (LiesBelow(path, program)) return program;
  program.resize(program.rfind('/') == std::string::npos ? 0 : program.rfind('/'));
  return LiesBelow(path, program) ? program : "";
}

// Below a known mount the program's own name is no part of an address: rewriting leads to it
// unseen, and "/daybook.cgi/archive" would be every page a second time.
bool TakeOffProgram(const Variables& vars, std::string_view mount, std::string& path) {
  const std::string program = MountOf(vars.script_name);
  const std::size_t slash = program.rfind('/');
  if (slash == std::string::npos || program.substr(0, slash) != mount) return false;
  const std::string name = program.substr(slash);
  if (!name.starts_with("/daybook.") || !LiesBelow(path, name)) return false;
  path.erase(0, name.size());
  return true;
}

void ReadAddress(const Variables& vars, const ParseOptions& options, Request& request) {
  std::string_view uri = vars.uri;
  std::string built;
  if (uri.empty()) {
    built = EncodePath(std::string(vars.script_name) + std::string(vars.path_info));
    if (!vars.query.empty()) built.append("?").append(vars.query);
    uri = built;
  }
  if (uri.size() > kMaxUrl) {
    Refuse(request, 414);
    return;
  }
  // RFC 9112 absolute-form: "GET http://host/path".
  const std::size_t scheme = uri.find("://");
  if (!uri.starts_with('/') && scheme != std::string_view::npos && scheme < 6) {
    const std::size_t slash = uri.find('/', scheme + 3);
    uri = slash == std::string_view::npos ? "/" : uri.substr(slash);
  }
  if (uri.empty() || uri == "*") uri = "/";
  uri = uri.substr(0, uri.find('#'));
  const std::size_t mark = uri.find('?');
  request.raw_path = uri.substr(0, mark);
  if (mark != std::string_view::npos) request.query = uri.substr(mark + 1);

  const std::optional<std::string> decoded = PercentDecode(request.raw_path);
  std::string path;
  if (!decoded || !decoded->starts_with('/') || !text::IsUtf8(*decoded) ||
      !HasNoControls(*decoded) || !MergeSlashes(*decoded, path)) {
    Refuse(request, 400);
    return;
  }
  // "/a%2Fb" and "/a//b" reach programs as "/a/b" from some servers and as they are from others.
  request.path_merged = path != *decoded || request.raw_path.find("%2F") != std::string::npos ||
                        request.raw_path.find("%2f") != std::string::npos;
  const std::string mount = FindMount(path, vars, options.prefix);
  request.prefix = EncodePath(mount);
  // A proxy may have taken the mount off already.
  if (LiesBelow(path, mount)) path.erase(0, mount.size());
  const bool known = !options.prefix.empty() || !vars.prefix.empty();
  // Without REQUEST_URI the name is there always, and nobody can be led away from it.
  if (known && TakeOffProgram(vars, mount, path) && !vars.uri.empty()) request.path_merged = true;
  if (known && path.empty() && vars.uri.empty()) path = "/";
  if (path.empty()) {
    path = "/";
    request.path_merged = true;  // "/blog" is "/blog/": relative links need it
  }
  request.path = std::move(path);
}

bool IsDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// RFC 3986 host with an optional port, in the characters that DNS names and addresses really have.
bool IsHost(std::string_view host) {
  if (host.empty() || host.size() > 261) return false;
  std::string_view name = host;
  if (host.front() == '[') {
    const std::size_t close = host.find(']');
    if (close == std::string_view::npos || close < 3) return false;
    name = host.substr(1, close - 1);
    const std::string_view rest = host.substr(close + 1);
    return name.find_first_not_of("0123456789abcdef:.") == std::string_view::npos &&
           (rest.empty() ||
            (rest.size() > 1 && rest.size() <= 6 && rest[0] == ':' && IsDigits(rest.substr(1))));
  }
  const std::size_t colon = host.find(':');
  if (colon != std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !IsDigits(port)) return false;
    name = host.substr(0, colon);
  }
  return !name.empty() && name.front() != '.' && name.find("..") == std::string_view::npos &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_") ==
             std::string_view::npos;
}

void ReadHost(const Variables& vars, Request& request) {
  request.host = Lower(vars.host);
  if (request.host.empty()) {  // HTTP/1.0
    request.host = Lower(vars.server_name);
    if (!vars.server_port.empty() && vars.server_port != "80" && vars.server_port != "443")
      request.host.append(":").append(vars.server_port);
    if (!IsHost(request.host)) request.host = "localhost";
  } else if (!IsHost(request.host)) {
    request.host = "localhost";
    Refuse(request, 400);
  }
}

std::string_view IfAddress(std::string_view text) {
  const bool good = text.size() <= 45 &&
                    text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  return good ? text : std::string_view();
}

void ReadPeer(const Variables& vars, bool trust_forwarded, Request& request) {
  request.https = vars.https == "on" || vars.https == "ON" || vars.https == "1";
  request.remote = IfAddress(vars.remote);
  request.software = vars.software;
  request.web_root = vars.web_root;
  if (!trust_forwarded) return;
  if (request.Get("x-forwarded-proto") == "https") request.https = true;
  std::string_view chain = request.Get("x-forwarded-for");
  chain = chain.substr(chain.rfind(',') + 1);  // the last is the proxy's own; npos + 1 is 0
  while (chain.starts_with(' ')) chain.remove_prefix(1);
  if (!IfAddress(chain).empty()) request.remote = chain;
}

// Ten letters and digits of a person's telephone alphabet: no 0/o, 1/i/l mix-ups.
std::string NewId() {
  constexpr std::string_view kLetters = "23456789abcdefghjkmnpqrstuvwxyz2";
  constexpr std::size_t kLength = 10;
  // Fetched for many requests at once.
  static std::array<unsigned char, 64 * kLength> random;
  static std::size_t used = random.size();
  if (used == random.size()) {
    if (getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
      return "unnamed";
    used = 0;
  }
  std::string id;
  for (std::size_t i = 0; i < kLength; ++i) id += kLetters[random[used++] & 31];
  return id;
}

}  // namespace

Parsed ParseRequest(const char* const* env, const ParseOptions& options) {
  Parsed parsed;
  Request& request = parsed.request;
  request.id = NewId();
  const Variables vars = ReadVariables(env, request);

  // lighttpd asks again, as if for a page, when the process that had the request died over it.
  if (vars.redirect_status.size() == 3 && vars.redirect_status.front() == '5')
    Refuse(parsed.request, 503);
  const bool error_document = vars.redirect_status == "404" || vars.redirect_status == "403";
  request.method_name =
      error_document && !vars.redirect_method.empty() ? vars.redirect_method : vars.method;
  request.method = MethodOf(request.method_name);
  ReadAddress(vars, options, request);
  ReadHost(vars, request);
  ReadPeer(vars, options.trust_forwarded, request);

  if (!vars.content_length.empty()) {
    uint64_t length = 0;
    const char* const end = vars.content_length.data() + vars.content_length.size();
    const auto [stop, error] = std::from_chars(vars.content_length.data(), end, length);
    if (error != std::errc() || stop != end) {
      Refuse(request, 400);
    } else {
      parsed.content_length = length;
    }
    parsed.has_body = length > 0;
  } else {
    parsed.has_body = !request.IsRead() && request.method != Method::kOptions;
  }
  return parsed;
}

}  // namespace daybook::fcgi
