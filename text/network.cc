// Network addresses of peers.
#include "text/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace daybook::text {
namespace {

constexpr std::array<std::uint8_t, 12> kV4Mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr size_t kLongest = 64;

void ClearBits(Network& network) {
  for (int bit = network.prefix; bit < 128; ++bit)
    network.bytes[static_cast<size_t>(bit / 8)] &= static_cast<std::uint8_t>(~(0x80 >> (bit % 8)));
}

std::optional<int> Number(std::string_view digits, int most) {
  int value = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty() || value < 0 ||
      value > most)
    return std::nullopt;
  return value;
}

}  // namespace

bool Network::is_v4() const {
  return prefix >= 96 && std::equal(kV4Mapped.begin(), kV4Mapped.end(), bytes.begin());
}

bool Network::Contains(const Network& other) const {
  if (other.prefix < prefix) return false;
  Network cut = other;
  cut.prefix = prefix;
  ClearBits(cut);
  return cut.bytes == bytes;
}

std::optional<Network> ParseNetwork(std::string_view text) {
  if (text.size() > kLongest) return std::nullopt;
  std::string_view host = text.substr(0, text.find('/'));
  std::optional<std::string_view> bits;
  if (host.size() < text.size()) bits = text.substr(host.size() + 1);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  host = host.substr(0, host.find('%'));
  Network network;
  in_addr v4{};
  const std::string terminated(host);
  if (terminated.find('\0') != std::string::npos) return std::nullopt;
  bool is_v4 = inet_pton(AF_INET, terminated.c_str(), &v4) == 1;
  if (is_v4) {
    std::copy(kV4Mapped.begin(), kV4Mapped.end(), network.bytes.begin());
    std::memcpy(network.bytes.data() + 12, &v4, 4);
  } else if (inet_pton(AF_INET6, terminated.c_str(), network.bytes.data()) != 1) {
    return std::nullopt;
  }
  if (bits) {
    std::optional<int> prefix = Number(*bits, is_v4 ? 32 : 128);
    if (!prefix) return std::nullopt;
    network.prefix = *prefix + (is_v4 ? 96 : 0);
  }
  ClearBits(network);
  return network;
}

std::string NetworkText(const Network& network) {
  char text[INET6_ADDRSTRLEN] = "";
  const bool v4 = network.is_v4();
  inet_ntop(v4 ? AF_INET : AF_INET6, network.bytes.data() + (v4 ? 12 : 0), text, sizeof text);
  std::string result = text;
  if (network.prefix < 128) result += "/" + std::to_string(network.prefix - (v4 ? 96 : 0));
  return result;
}

std::string NetworkOf(std::string_view address) {
  std::optional<Network> network = ParseNetwork(address);
  if (!network || network->prefix != 128) return "";
  network->prefix = network->is_v4() ? 120 : 48;
  ClearBits(*network);
  return NetworkText(*network);
}

}  // namespace daybook::text
