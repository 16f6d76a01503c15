// Percent-encoding, request paths and query strings (the declarations are in url.h).
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::text {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The byte that the escape at `at` stands for, or -1.
int EscapeAt(std::string_view s, size_t at) {
  if (s[at] != '%' || at + 2 >= s.size()) return -1;
  const int high = HexValue(s[at + 1]);
  const int low = HexValue(s[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::string Encode(std::string_view s, std::string_view also_plain) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(s.size() + s.size() / 4);
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsUnreserved(c) || also_plain.find(c) != std::string_view::npos)
      out.push_back(c);
    else
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return out;
}

std::string FormValue(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    const int escaped = EscapeAt(raw, i);
    char c = raw[i] == '+' ? ' ' : raw[i];
    if (escaped >= 0) {
      c = static_cast<char>(escaped);
      i += 2;
    }
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F) continue;
    out.push_back(c);
  }
  return IsUtf8(out) ? out : RepairUtf8(out);
}

bool HasDotSegment(std::string_view path) {
  for (size_t at = 0; at != std::string_view::npos;) {
    const size_t next = path.find('/', at + 1);
    const std::string_view segment =
        path.substr(at + 1, next == std::string_view::npos ? next : next - at - 1);
    if (segment == "." || segment == "..") return true;
    at = next;
  }
  return false;
}

}  // namespace

std::optional<std::string> DecodePath(std::string_view raw) {
  if (raw.empty() || raw.front() != '/') return std::nullopt;
  std::string out;
  out.reserve(raw.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    char c = raw[i];
    if (c == '?' || c == '#') return std::nullopt;
    if (c == '%') {
      const int byte = EscapeAt(raw, i);
      if (byte < 0 || byte == '/') return std::nullopt;
      c = static_cast<char>(byte);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return std::nullopt;
    out.push_back(c);
  }
  if (!IsUtf8(out) || HasDotSegment(out)) return std::nullopt;
  return out;
}

std::string EncodePath(std::string_view path) { return Encode(path, "/!$&'()*+,;=:@"); }
std::string EncodeComponent(std::string_view s) { return Encode(s, ""); }

std::string DecodePercent(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (size_t i = 0; i < s.size(); ++i) {
    const int byte = EscapeAt(s, i);
    out.push_back(byte < 0 ? s[i] : static_cast<char>(byte));
    if (byte >= 0) i += 2;
  }
  return out;
}

QueryPairs ParseQuery(std::string_view raw) {
  QueryPairs pairs;
  while (!raw.empty() && pairs.size() < kQueryPairsMax) {
    const size_t end = raw.find('&');
    const std::string_view pair = raw.substr(0, end);
    raw.remove_prefix(end == std::string_view::npos ? raw.size() : end + 1);
    if (pair.empty()) continue;
    const size_t equals = pair.find('=');
    pairs.emplace_back(FormValue(pair.substr(0, equals)), equals == std::string_view::npos
                                                              ? std::string()
                                                              : FormValue(pair.substr(equals + 1)));
  }
  return pairs;
}

std::optional<std::string_view> QueryValue(const QueryPairs& query, std::string_view name) {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return std::nullopt;
}

std::string EncodeQuery(const QueryPairs& query) {
  std::string out;
  for (const auto& [key, value] : query) {
    if (!out.empty()) out.push_back('&');
    out += EncodeComponent(key) + "=" + EncodeComponent(value);
  }
  return out;
}

}  // namespace daybook::text
