// The address check. See html_url.h; the parsing rules are those of the WHATWG URL standard.
#include "text/html_url.h"

#include <algorithm>

#include "text/html_clean.h"

namespace daybook::text {
namespace {

constexpr int kMostCandidates = 32;  // in one srcset; real ones hold fewer than ten

bool IsHex(char c) {
  const char lower = AsciiLower(c);
  return IsAsciiDigit(c) || (lower >= 'a' && lower <= 'f');
}

// What a URL parser drops or trims: controls inside, controls and spaces around.
std::string Squeeze(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
  }
  const size_t first = out.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

// Percent-encodes what may not stand literally in path, query and fragment.
void AppendEncoded(std::string_view text, bool square_too, std::string& out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  bool fragment = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool lone_percent =
        c == '%' && !(i + 2 < text.size() && IsHex(text[i + 1]) && IsHex(text[i + 2]));
    const bool second_hash = c == '#' && fragment;
    if (c == '#') fragment = true;
    if (lone_percent || second_hash || (square_too && (c == '[' || c == ']')) ||
        std::string_view(" \"<>\\^`{|}'").find(c) != std::string_view::npos) {
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
}

bool IsHost(std::string_view host) {
  if (host.empty() || host.size() > 255) return false;
  if (host.front() == '[') {
    if (host.size() < 4 || host.back() != ']') return false;
    return std::all_of(host.begin() + 1, host.end() - 1,
                       [](char c) { return IsHex(c) || c == ':' || c == '.'; }) &&
           host.find(':') != std::string_view::npos;
  }
  if (host.front() == '.' || host.front() == '-' || host.find("..") != std::string_view::npos)
    return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return IsAsciiAlnum(c) || c == '.' || c == '-' || c == '_' || c < 0;
  });
}

bool IsPort(std::string_view port) {
  if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), IsAsciiDigit))
    return false;
  int value = 0;
  for (const char c : port) value = value * 10 + (c - '0');
  return value <= 65535;
}

// A host whose last part is a number is read as an IPv4 address: only the plain form of one passes.
bool IsPlainIfNumeric(std::string_view host) {
  const size_t dot = host.rfind('.');
  const std::string_view last = host.substr(dot == std::string_view::npos ? 0 : dot + 1);
  const bool hex = last.size() > 1 && last[0] == '0' && AsciiLower(last[1]) == 'x';
  if (last.empty() || (!hex && !std::all_of(last.begin(), last.end(), IsAsciiDigit))) return true;
  int parts = 0;
  for (size_t pos = 0; pos <= host.size(); ++parts) {
    const size_t end = std::min(host.find('.', pos), host.size());
    const std::string_view part = host.substr(pos, end - pos);
    if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0') ||
        !std::all_of(part.begin(), part.end(), IsAsciiDigit) ||
        (part.size() == 3 && part > std::string_view("255"))) {
      return false;
    }
    pos = end + 1;
  }
  return parts == 4;
}

// `rest` follows "scheme:" and its slashes. Appends host, port and the rest, encoded; a
// user name before the host goes: it names nobody here and deceives readers.
bool AppendAuthority(std::string_view rest, std::string& out) {
  const size_t end = std::min(rest.find_first_of("/\\?#"), rest.size());
  const std::string_view authority = rest.substr(0, end);
  const size_t at = authority.rfind('@');
  std::string_view host = at == std::string_view::npos ? authority : authority.substr(at + 1);
  const size_t bracket = host.rfind(']');
  const size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  std::string_view port;
  if (colon != std::string_view::npos) {
    port = host.substr(colon + 1);
    host = host.substr(0, colon);
    if (!port.empty() && !IsPort(port)) return false;
  }
  if (!IsHost(host) || !IsPlainIfNumeric(host)) return false;
  out.append(host);
  if (!port.empty()) out.append(":").append(port);
  std::string_view path = rest.substr(end);
  const size_t path_end = std::min(path.find_first_of("?#"), path.size());
  std::string slashes(path.substr(0, path_end));
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  AppendEncoded(slashes + std::string(path.substr(path_end)), true, out);
  return true;
}

// Where the scheme's colon is; npos for an address without one. `path_end` bounds the search.
size_t SchemeColon(std::string_view url) {
  const size_t colon = url.find_first_of(":/\\?#");
  return colon != std::string_view::npos && url[colon] == ':' ? colon : std::string_view::npos;
}

}  // namespace

std::optional<std::string> CleanUrl(std::string_view decoded, UrlRule rule) {
  const std::string url = Squeeze(decoded);
  if (url.empty()) return std::nullopt;
  std::string out;
  out.reserve(url.size() + 8);
  const size_t colon = SchemeColon(url);
  if (colon != std::string_view::npos) {
    const std::string scheme = AsciiLower(std::string_view(url).substr(0, colon));
    std::string_view rest = std::string_view(url).substr(colon + 1);
    if (scheme == "http" || scheme == "https") {
      size_t slashes = 0;
      while (slashes < rest.size() && (rest[slashes] == '/' || rest[slashes] == '\\')) ++slashes;
      if (slashes < 2) return std::nullopt;
      out = scheme + "://";
      if (!AppendAuthority(rest.substr(slashes), out)) return std::nullopt;
      return out;
    }
    if (scheme == "mailto" && rule.mailto && !rest.empty() && rest[0] != '/') {
      out = "mailto:";
      AppendEncoded(rest, true, out);
      return out;
    }
    return std::nullopt;
  }
  if (!rule.relative) return std::nullopt;
  const size_t path_end = std::min(url.find_first_of("?#"), url.size());
  std::string path = url.substr(0, path_end);
  std::replace(path.begin(), path.end(), '\\', '/');
  if (path.starts_with("//")) {
    out = "https://";
    path.erase(0, path.find_first_not_of('/'));
    if (!AppendAuthority(path, out)) return std::nullopt;
    AppendEncoded(std::string_view(url).substr(path_end), true, out);
    return out;
  }
  AppendEncoded(path + url.substr(path_end), true, out);
  return out;
}

std::string UrlHost(std::string_view clean) {
  const size_t slashes = clean.find("://");
  if (slashes == std::string_view::npos || !clean.starts_with("http")) return {};
  std::string_view rest = clean.substr(slashes + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  const size_t at = rest.rfind('@');
  if (at != std::string_view::npos) rest.remove_prefix(at + 1);
  const size_t colon = rest.starts_with('[') ? rest.find(':', rest.rfind(']')) : rest.find(':');
  return AsciiLower(rest.substr(0, colon));
}

std::string CleanSrcset(std::string_view decoded, bool& widths) {
  std::string out;
  size_t pos = 0;
  int kinds = 0;  // 1: widths seen, 2: densities seen
  for (int candidates = 0; pos < decoded.size() && candidates < kMostCandidates; ++candidates) {
    while (pos < decoded.size() && (IsHtmlSpace(decoded[pos]) || decoded[pos] == ',')) ++pos;
    size_t end = pos;
    while (end < decoded.size() && !IsHtmlSpace(decoded[end])) ++end;
    std::string_view address = decoded.substr(pos, end - pos);
    pos = end;
    std::string_view descriptor;
    if (address.ends_with(',')) {
      while (address.ends_with(',')) address.remove_suffix(1);
    } else {
      const size_t comma = std::min(decoded.find(',', pos), decoded.size());
      descriptor = TrimHtmlSpace(decoded.substr(pos, comma - pos));
      pos = comma;
    }
    const std::optional<std::string> url = CleanUrl(address, kAuthorMedia);
    // A comma at an end of the address would be read as a separator by the next parser.
    if (!url || url->front() == ',' || url->back() == ',') continue;
    const std::string_view number =
        descriptor.substr(0, descriptor.empty() ? 0 : descriptor.size() - 1);
    const bool whole = !number.empty() && number.size() <= 5 && number[0] != '0' &&
                       std::all_of(number.begin(), number.end(), IsAsciiDigit);
    const size_t dot = number.find('.');
    const bool decimal = dot != std::string_view::npos && dot > 0 && dot + 1 < number.size() &&
                         number.size() <= 5 && number[0] != '0' &&
                         std::all_of(number.begin(), number.end(),
                                     [](char c) { return IsAsciiDigit(c) || c == '.'; }) &&
                         number.find('.', dot + 1) == std::string_view::npos;
    if (descriptor.ends_with('w') && whole) {
      kinds |= 1;
    } else if (descriptor.empty() || (descriptor.ends_with('x') && (whole || decimal))) {
      kinds |= 2;
    } else {
      continue;
    }
    const std::string candidate = *url + (descriptor.empty() ? "" : " " + std::string(descriptor));
    // Two candidates of one descriptor are an error; the first counts.
    const std::string tail =
        descriptor.empty() ? std::string(" 1x") : " " + std::string(descriptor);
    if ((out + ",").find(tail + ",") != std::string::npos) continue;
    if (!out.empty()) out += ", ";
    out += candidate;
  }
  widths = kinds == 1;
  return kinds == 3 ? std::string() : out;
}

}  // namespace daybook::text
