// See totp.h. SHA-1 after FIPS 180-4.
#include "text/totp.h"

#include <bit>

namespace daybook::text {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kBlock = 64;

using State = std::array<std::uint32_t, 5>;

void Mix(State& state, std::string_view block) {
  std::array<std::uint32_t, 80> w;
  for (std::size_t t = 0; t < 16; ++t) {
    w[t] = 0;
    for (std::size_t i = 0; i < 4; ++i)
      w[t] = w[t] << 8 | static_cast<std::uint8_t>(block[4 * t + i]);
  }
  for (std::size_t t = 16; t < 80; ++t)
    w[t] = std::rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
  auto [a, b, c, d, e] = state;
  for (std::size_t t = 0; t < 80; ++t) {
    std::uint32_t f = b ^ c ^ d;
    if (t < 20) f = (b & c) | (~b & d);
    if (t >= 40 && t < 60) f = (b & c) | (b & d) | (c & d);
    constexpr std::array<std::uint32_t, 4> kRound = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc,
                                                     0xca62c1d6};
    const std::uint32_t next = std::rotl(a, 5) + f + e + kRound[t / 20] + w[t];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

std::string BigEndian(std::uint64_t number) {
  std::string bytes(8, '\0');
  for (std::size_t i = 8; i-- > 0; number >>= 8) bytes[i] = static_cast<char>(number & 0xff);
  return bytes;
}

std::string Bytes(const std::array<std::uint8_t, 20>& hash) { return {hash.begin(), hash.end()}; }

}  // namespace

std::array<std::uint8_t, 20> Sha1(std::string_view bytes) {
  State state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  const std::size_t whole = bytes.size() / kBlock * kBlock;
  for (std::size_t at = 0; at < whole; at += kBlock) Mix(state, bytes.substr(at, kBlock));
  std::string rest(bytes.substr(whole));
  rest += '\x80';
  while (rest.size() % kBlock != kBlock - 8) rest += '\0';
  rest += BigEndian(std::uint64_t{bytes.size()} * 8);
  for (std::size_t at = 0; at < rest.size(); at += kBlock)
    Mix(state, std::string_view(rest).substr(at, kBlock));
  std::array<std::uint8_t, 20> hash;
  for (std::size_t i = 0; i < hash.size(); ++i)
    hash[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - i % 4 * 8));
  return hash;
}

std::array<std::uint8_t, 20> HmacSha1(std::string_view secret, std::string_view text) {
  std::string inner = secret.size() > kBlock ? Bytes(Sha1(secret)) : std::string(secret);
  inner.resize(kBlock, '\0');
  std::string outer = inner;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
  return Sha1(outer + Bytes(Sha1(inner.append(text))));
}

std::string TotpCode(std::string_view secret, std::int64_t step, int digits) {
  const auto hash = HmacSha1(secret, BigEndian(static_cast<std::uint64_t>(step)));
  const std::size_t at = hash[19] & 0xf;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | hash[at + i];
  number &= 0x7fffffff;
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit, number /= 10)
    *digit = static_cast<char>('0' + number % 10);
  return code;
}

std::string Base32(std::string_view bytes) {
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = held << 8 | static_cast<std::uint8_t>(c);
    for (bits += 8; bits >= 5; bits -= 5) text += kAlphabet[held >> (bits - 5) & 31];
  }
  if (bits > 0) text += kAlphabet[held << (5 - bits) & 31];
  return text;
}

std::optional<std::string> FromBase32(std::string_view typed) {
  std::string bytes;
  std::uint32_t held = 0;
  int bits = 0;
  for (char c : typed) {
    if (c == ' ' || c == '-' || c == '=') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    held = held << 5 | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits >= 8) bytes += static_cast<char>(held >> (bits -= 8) & 0xff);
  }
  return bytes;
}

}  // namespace daybook::text
