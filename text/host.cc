// Host names in their one form: lower case, and punycode (RFC 3492) for labels beyond ASCII. It is
// not the whole of IDNA: letters are folded for Latin, Greek and Cyrillic only, and nothing is
// composed.
#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "text/url.h"
#include "text/utf8.h"

namespace daybook::text {
namespace {

char32_t Fold(char32_t c) {
  if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
      (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
    return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if ((c >= 0x100 && c <= 0x12F) || (c >= 0x14A && c <= 0x177)) return c | 1;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c + (c & 1);
  return c;
}

// What could hide in a host name or look like a separator there.
bool IsForbidden(char32_t c) {
  if (c < 0x80) return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
  return c < 0xC0 || IsSpace(c) || IsBidiControl(c) || (c >= 0x200B && c <= 0x206F) ||
         (c >= 0x2070 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x3004) ||
         (c >= 0xD800 && c <= 0xF8FF) || (c >= 0xFE00 && c <= 0xFE6F) || c >= 0xFF00;
}

uint32_t Adapt(uint32_t delta, uint32_t points, bool first) {
  delta = first ? delta / 700 : delta / 2;
  delta += delta / points;
  uint32_t k = 0;
  for (; delta > 455; k += 36) delta /= 35;
  return k + 36 * delta / (delta + 38);
}

// RFC 3492, 6.3. A label has at most 63 code points here, so the inner loops are bounded.
std::string Punycode(const std::u32string& label) {
  std::string out;
  for (const char32_t c : label)
    if (c < 0x80) out.push_back(static_cast<char>(c));
  const auto basic = static_cast<uint32_t>(out.size());
  uint32_t handled = basic;
  if (basic > 0) out.push_back('-');
  uint32_t n = 0x80;
  uint32_t delta = 0;
  uint32_t bias = 72;
  const auto digit = [](uint32_t d) { return static_cast<char>(d < 26 ? 'a' + d : '0' + d - 26); };
  while (handled < label.size()) {
    uint32_t next = std::numeric_limits<uint32_t>::max();
    for (const char32_t c : label)
      if (c >= n) next = std::min<uint32_t>(next, c);
    delta += (next - n) * (handled + 1);
    n = next;
    for (const char32_t c : label) {
      if (c < n) ++delta;
      if (c != n) continue;
      uint32_t q = delta;
      for (uint32_t k = 36;; k += 36) {
        const uint32_t t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
        if (q < t) break;
        out.push_back(digit(t + (q - t) % (36 - t)));
        q = (q - t) / (36 - t);
      }
      out.push_back(digit(q));
      bias = Adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
  return out;
}

std::optional<std::string> NormalLabel(std::string_view label) {
  std::u32string folded;
  bool ascii = true;
  for (size_t i = 0; i < label.size();) {
    const Decoded d = DecodeNext(label, i);
    i += d.length;
    const char32_t c = Fold(d.code);
    if (!d.valid || IsForbidden(c) || folded.size() == 63) return std::nullopt;
    ascii = ascii && c < 0x80;
    folded.push_back(c);
  }
  if (folded.empty() || folded.front() == '-' || folded.back() == '-') return std::nullopt;
  const std::string out =
      ascii ? std::string(folded.begin(), folded.end()) : "xn--" + Punycode(folded);
  if (out.size() > 63) return std::nullopt;
  return out;
}

bool IsIpv6(const std::string& address) {
  in6_addr parsed;
  return inet_pton(AF_INET6, address.c_str(), &parsed) == 1;
}

bool IsIpv4(const std::string& address) {
  in_addr parsed;
  return inet_pton(AF_INET, address.c_str(), &parsed) == 1;
}

bool IsNumber(std::string_view label) {
  return label.starts_with("0x") ||
         std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> NormalHost(std::string_view host) {
  if (host.empty() || host.size() > 1000) return std::nullopt;
  if (host.front() == '[') {
    std::string inner(host.substr(1));
    if (inner.empty() || inner.back() != ']') return std::nullopt;
    inner.pop_back();
    for (char& c : inner)
      if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    if (!IsIpv6(inner)) return std::nullopt;
    return "[" + inner + "]";
  }
  if (host.back() == '.') host.remove_suffix(1);  // the root's dot
  std::string out;
  std::string_view last;
  for (std::string_view rest = host;;) {
    const size_t dot = rest.find('.');
    last = rest.substr(0, dot);
    const std::optional<std::string> label = NormalLabel(last);
    if (!label) return std::nullopt;
    out += *label;
    if (dot == std::string_view::npos) break;
    out.push_back('.');
    rest.remove_prefix(dot + 1);
  }
  if (out.size() > 253) return std::nullopt;
  // Numbers at the end are an address in every browser, so only the usual form may stand.
  if (IsNumber(last) && !IsIpv4(out)) return std::nullopt;
  return out;
}

}  // namespace daybook::text
