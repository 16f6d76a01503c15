// Splitting, normalising and resolving addresses. Escapes, paths and queries: percent.cc; hosts:
// host.cc.
#include "text/url.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace daybook::text {
namespace {

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string Lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = Lower(c);
  return out;
}

std::string_view TrimSpace(std::string_view s) {
  while (!s.empty()) {
    const Decoded d = DecodeNext(s, 0);
    if (!d.valid || !IsSpace(d.code)) break;
    s.remove_prefix(d.length);
  }
  for (size_t i = s.size(); i > 0;) {
    size_t start = i - 1;
    while (start > 0 && (static_cast<unsigned char>(s[start]) & 0xC0) == 0x80) --start;
    const Decoded d = DecodeNext(s, start);
    if (!d.valid || !IsSpace(d.code) || start + d.length != i) break;
    i = start;
    s = s.substr(0, i);
  }
  return s;
}

// Unreserved and reserved characters that may stand in path, query and fragment.
bool MayStand(char c) {
  return IsAlpha(c) || IsDigit(c) ||
         std::string_view("-._~!$&'()*+,;=:@/?").find(c) != std::string_view::npos;
}

// Escapes what may not stand; correct escapes stay, with upper-case digits.
void AppendNormal(std::string& out, std::string_view part) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (size_t i = 0; i < part.size(); ++i) {
    const char c = part[i];
    if (c == '%' && i + 2 < part.size() && IsHex(part[i + 1]) && IsHex(part[i + 2])) {
      out += {'%', Upper(part[i + 1]), Upper(part[i + 2])};
      i += 2;
    } else if (MayStand(c)) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
}

bool IsDot(std::string_view segment) { return segment == "." || Lower(segment) == "%2e"; }
bool IsDotDot(std::string_view segment) {
  constexpr std::array<std::string_view, 4> kForms = {"..", ".%2e", "%2e.", "%2e%2e"};
  return segment.size() <= 6 &&
         std::find(kForms.begin(), kForms.end(), Lower(segment)) != kForms.end();
}

// RFC 3986, 5.2.4, for a path that begins with '/'. Linear: a segment is put out and taken back
// once.
std::string RemoveDotSegments(std::string_view path) {
  std::string out;
  for (size_t at = 0; at < path.size();) {
    const size_t end = std::min(path.find('/', at + 1), path.size());
    const std::string_view segment = path.substr(at + 1, end - at - 1);
    const bool last = end == path.size();
    if (IsDotDot(segment)) {
      const size_t cut = out.rfind('/');
      out.erase(cut == std::string::npos ? 0 : cut);
      if (last) out.push_back('/');
    } else if (IsDot(segment)) {
      if (last) out.push_back('/');
    } else {
      out.push_back('/');
      out.append(segment);
    }
    at = end;
  }
  return out;
}

struct HostPort {
  std::string_view host;
  std::string_view port;  // without the colon
};

HostPort SplitAuthority(std::string_view authority) {
  if (const size_t at = authority.rfind('@'); at != std::string_view::npos)
    authority.remove_prefix(at + 1);
  const size_t colon = authority.rfind(':');
  const size_t bracket = authority.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket))
    return {authority, {}};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

// The port in its one form, empty for the default. Nothing if it is no port.
std::optional<std::string> NormalPort(std::string_view port, bool https) {
  if (!std::all_of(port.begin(), port.end(), IsDigit)) return std::nullopt;
  while (port.size() > 1 && port.front() == '0') port.remove_prefix(1);
  if (port.empty()) return "";
  if (port.size() > 5) return std::nullopt;
  const int number = std::stoi(std::string(port));
  if (number < 1 || number > 65535) return std::nullopt;
  if (number == (https ? 443 : 80)) return "";
  return ":" + std::string(port);
}

// "example.com:8080/x" splits as the scheme "example.com"; what follows tells that it is a port.
bool LooksLikePort(std::string_view after_colon) {
  const std::string_view digits = after_colon.substr(0, after_colon.find_first_of("/?#"));
  return !digits.empty() && digits.size() <= 5 &&
         std::all_of(digits.begin(), digits.end(), IsDigit);
}

}  // namespace

UrlParts SplitUrl(std::string_view url) {
  UrlParts parts;
  if (const size_t hash = url.find('#'); hash != std::string_view::npos) {
    parts.fragment = url.substr(hash + 1);
    url = url.substr(0, hash);
  }
  if (const size_t mark = url.find('?'); mark != std::string_view::npos) {
    parts.query = url.substr(mark + 1);
    url = url.substr(0, mark);
  }
  const size_t colon = url.find_first_of(":/");
  if (colon != std::string_view::npos && colon > 0 && url[colon] == ':' && IsAlpha(url[0]) &&
      std::all_of(url.begin(), url.begin() + static_cast<ptrdiff_t>(colon), [](char c) {
        return IsAlpha(c) || IsDigit(c) || c == '+' || c == '-' || c == '.';
      })) {
    parts.scheme = url.substr(0, colon);
    url.remove_prefix(colon + 1);
  }
  if (url.starts_with("//")) {
    const size_t end = std::min(url.find('/', 2), url.size());
    parts.authority = url.substr(2, end - 2);
    url.remove_prefix(end);
  }
  parts.path = url;
  return parts;
}

std::string JoinUrl(const UrlParts& parts) {
  std::string out;
  if (parts.scheme) out.append(*parts.scheme).append(":");
  if (parts.authority) out.append("//").append(*parts.authority);
  out.append(parts.path);
  if (parts.query) out.append("?").append(*parts.query);
  if (parts.fragment) out.append("#").append(*parts.fragment);
  return out;
}

std::optional<SafeUrl> ParseWebUrl(std::string_view typed) {
  typed = TrimSpace(typed);
  if (typed.empty() || typed.size() > kUrlMax || !IsUtf8(typed) ||
      RemoveControls(typed).size() != typed.size() ||
      typed.find_first_of("\t\n") != std::string_view::npos)
    return std::nullopt;
  UrlParts parts = SplitUrl(typed);
  std::string with_scheme;
  bool guessed = false;
  if (!parts.scheme || LooksLikePort(typed.substr(parts.scheme->size() + 1))) {
    guessed = !parts.authority || parts.scheme;
    with_scheme = (parts.authority && !parts.scheme ? "https:" : "https://") + std::string(typed);
    parts = SplitUrl(with_scheme);
  }
  const std::string scheme = Lower(*parts.scheme);
  if ((scheme != "http" && scheme != "https") || !parts.authority ||
      parts.authority->find('@') != std::string_view::npos)
    return std::nullopt;
  const HostPort at = SplitAuthority(*parts.authority);
  const std::optional<std::string> host = NormalHost(at.host);
  const std::optional<std::string> port = NormalPort(at.port, scheme == "https");
  if (!host || !port || (guessed && host->find_first_of(".:") == std::string::npos))
    return std::nullopt;
  std::string out = scheme + "://" + *host + *port;
  AppendNormal(out, RemoveDotSegments(parts.path));
  if (parts.query) AppendNormal(out += '?', *parts.query);
  if (parts.fragment) AppendNormal(out += '#', *parts.fragment);
  if (out.size() > kUrlMax) return std::nullopt;
  return SafeUrl::Vouch(std::move(out));
}

std::string HostOf(std::string_view url) {
  const UrlParts parts = SplitUrl(url);
  return parts.authority ? Lower(SplitAuthority(*parts.authority).host) : std::string();
}

std::optional<std::string> ResolveRelative(std::string_view base, std::string_view ref) {
  const UrlParts from = SplitUrl(base);
  if (!from.scheme) return std::nullopt;
  UrlParts to = SplitUrl(ref);
  std::string path(to.path);
  const auto clean = [&] {
    if (path.starts_with('/')) path = RemoveDotSegments(path);
    to.path = path;
    // "/.//x" must not become an authority.
    if (!to.authority && path.starts_with("//")) to.path = path.insert(0, "/.");
  };
  if (to.scheme) {
    clean();
    return JoinUrl(to);
  }
  to.scheme = from.scheme;
  if (to.authority) {
    clean();
    return JoinUrl(to);
  }
  to.authority = from.authority;
  if (path.empty()) {
    path = from.path;
    if (!to.query) to.query = from.query;
    to.path = path;
    return JoinUrl(to);
  }
  if (!path.starts_with('/')) {
    const size_t slash = from.path.rfind('/');
    if (slash != std::string_view::npos)
      path.insert(0, from.path.substr(0, slash + 1));
    else if (from.authority)
      path.insert(0, "/");
  }
  clean();
  return JoinUrl(to);
}

}  // namespace daybook::text
