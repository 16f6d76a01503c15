// Network addresses of peers: IPv4 and IPv6, the coarse form that may be kept, and blocks of them.
// It resolves no names and decides nothing: what may be fetched is work/, who may post journal/.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::text {

// An address or a block in the form of IPv6; IPv4 is v4-mapped (::ffff:0:0/96).
struct Network {
  std::array<std::uint8_t, 16> bytes{};
  int prefix = 128;  // leading bits that count; the others are 0
  [[nodiscard]] bool is_v4() const;
  [[nodiscard]] bool Contains(const Network& other) const;
};

// "203.0.113.7", "2001:db8::1", "[2001:db8::1]", "203.0.113.0/24", "2001:db8::/48"; v4-mapped
// addresses are IPv4, a zone ("%eth0") is left out. Bits past the prefix become 0.
[[nodiscard]] std::optional<Network> ParseNetwork(std::string_view text);
// "203.0.113.7", "2001:db8::/48": without a prefix where it is one address.
[[nodiscard]] std::string NetworkText(const Network& network);

// What may be kept of a reader's address: "203.0.113.0/24", "2001:db8:1::/48"; empty for what is no
// address.
[[nodiscard]] std::string NetworkOf(std::string_view address);

}  // namespace daybook::text
