// The networks that are not fetched from: IANA's registries of special-purpose addresses.
#include "work/peers.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace daybook::work {
namespace {

struct Network4 {
  std::uint32_t base;
  int bits;
};
constexpr std::uint32_t Quad(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}
constexpr Network4 kClosed4[] = {
    {Quad(0, 0, 0, 0), 8},        // this host
    {Quad(10, 0, 0, 0), 8},       // private
    {Quad(100, 64, 0, 0), 10},    // shared by carriers
    {Quad(127, 0, 0, 0), 8},      // loopback
    {Quad(169, 254, 0, 0), 16},   // link-local, and what clouds tell their machines
    {Quad(172, 16, 0, 0), 12},    // private
    {Quad(192, 0, 0, 0), 24},     // protocol assignments
    {Quad(192, 0, 2, 0), 24},     // documentation
    {Quad(192, 88, 99, 0), 24},   // 6to4 relays
    {Quad(192, 168, 0, 0), 16},   // private
    {Quad(198, 18, 0, 0), 15},    // benchmarks
    {Quad(198, 51, 100, 0), 24},  // documentation
    {Quad(203, 0, 113, 0), 24},   // documentation
    {Quad(224, 0, 0, 0), 3},      // multicast, reserved, broadcast
};

struct Network6 {
  std::array<std::uint8_t, 4> base;
  int bits;
};
constexpr Network6 kOpen6 = {{0x20, 0, 0, 0}, 3};  // global unicast
constexpr Network6 kClosed6[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23},  // protocol assignments, Teredo and ORCHID among them
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x20, 0x02, 0x00, 0x00}, 16},  // 6to4
    {{0x3f, 0xff, 0x00, 0x00}, 20},  // documentation
};

bool In(const Network6& network, const std::uint8_t* address) {
  for (int bit = 0; bit < network.bits; ++bit) {
    const int mask = 0x80 >> bit % 8;
    if ((network.base[static_cast<size_t>(bit / 8)] & mask) != (address[bit / 8] & mask))
      return false;
  }
  return true;
}

bool Public4(std::uint32_t address) {
  return std::none_of(std::begin(kClosed4), std::end(kClosed4), [&](const Network4& network) {
    return (address ^ network.base) >> (32 - network.bits) == 0;
  });
}

bool Public6(const std::uint8_t* address) {
  return In(kOpen6, address) &&
         std::none_of(std::begin(kClosed6), std::end(kClosed6),
                      [&](const Network6& network) { return In(network, address); });
}

// Copied, since what is pointed at need not be aligned for its family.
template <typename T>
bool As(const sockaddr& address, socklen_t size, int family, T& out) {
  if (address.sa_family != family || size < sizeof out) return false;
  std::memcpy(&out, &address, sizeof out);
  return true;
}

std::uint16_t PortOf(const sockaddr& address, socklen_t size) {
  sockaddr_in v4;
  sockaddr_in6 v6;
  if (As(address, size, AF_INET, v4)) return ntohs(v4.sin_port);
  if (As(address, size, AF_INET6, v6)) return ntohs(v6.sin6_port);
  return 0;
}

std::string TextOf(const sockaddr& address, socklen_t size) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  sockaddr_in v4;
  sockaddr_in6 v6;
  if (As(address, size, AF_INET, v4)) {
    inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
  } else if (As(address, size, AF_INET6, v6)) {
    inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    return "[" + std::string(text.data()) + "]";
  }
  return text.data();
}

}  // namespace

bool IsPublicAddress(const sockaddr& address, socklen_t size) {
  sockaddr_in v4;
  sockaddr_in6 v6;
  if (As(address, size, AF_INET, v4)) return Public4(ntohl(v4.sin_addr.s_addr));
  if (As(address, size, AF_INET6, v6)) return Public6(v6.sin6_addr.s6_addr);
  return false;
}

bool IsLoopback(const sockaddr& address, socklen_t size) {
  sockaddr_in v4;
  sockaddr_in6 v6;
  if (As(address, size, AF_INET, v4)) return ntohl(v4.sin_addr.s_addr) >> 24 == 127;
  if (As(address, size, AF_INET6, v6)) return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
  return false;
}

Allowed::Allowed(std::string_view setting) {
  while (!setting.empty()) {
    const size_t end = std::min(setting.find(' '), setting.size());
    const std::string_view word = setting.substr(0, end);
    setting.remove_prefix(std::min(end + 1, setting.size()));
    const size_t colon = word.rfind(':');
    if (colon == std::string_view::npos) continue;
    std::uint16_t port = 0;
    const auto [stop, error] =
        std::from_chars(word.data() + colon + 1, word.data() + word.size(), port);
    if (error == std::errc() && stop == word.data() + word.size() && port != 0)
      entries_.push_back({std::string(word.substr(0, colon)), port});
  }
}

bool Allowed::Port(std::uint16_t port) const {
  return port == 80 || port == 443 ||
         std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.port == port; });
}

bool Allowed::Peer(const sockaddr& address, socklen_t size, std::string_view host) const {
  const std::uint16_t port = PortOf(address, size);
  if (IsPublicAddress(address, size)) return port == 80 || port == 443;
  if (!IsLoopback(address, size)) return false;
  const std::string peer = TextOf(address, size);
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.port == port && (entry.host == peer || entry.host == host);
  });
}

}  // namespace daybook::work
