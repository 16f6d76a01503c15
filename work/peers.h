// Which machines may be fetched from: the defence against requests that somebody outside makes us
// send to machines inside (SSRF). It is asked about the address that is about to be connected to,
// after every look-up of a name, so a name that changes its address gains nothing.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::work {

// Whether it is an address of the public internet. Not so: this machine, private, shared (CGNAT),
// link-local, multicast, reserved and documentation networks of IPv4; of IPv6 everything but global
// unicast, and there whatever holds an IPv4 address in it (6to4, Teredo; mapped, compatible and
// NAT64 addresses are no global unicast) or is set apart.
[[nodiscard]] bool IsPublicAddress(const sockaddr& address, socklen_t size);
[[nodiscard]] bool IsLoopback(const sockaddr& address, socklen_t size);

// Peers of this machine that tests may fetch from: the setting fetch.allow.
class Allowed {
 public:
  Allowed() = default;
  explicit Allowed(std::string_view setting);  // "127.0.0.1:8080 localhost:9000 [::1]:80"

  // 80, 443, or one that stands in the list.
  [[nodiscard]] bool Port(std::uint16_t port) const;
  // Whether a connection to this peer, for a page on `host` as its URL has it, may be made.
  [[nodiscard]] bool Peer(const sockaddr& address, socklen_t size, std::string_view host) const;

 private:
  struct Entry {
    std::string host;
    std::uint16_t port;
  };
  std::vector<Entry> entries_;
};

}  // namespace daybook::work
