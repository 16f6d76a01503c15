// Signatures with the journal's secret (table `secret`).
#include "journal/sign.h"

#include <sodium.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <vector>

#include "sql/queries/comment.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

constexpr std::size_t kMacBytes = 16;

std::string Hex(const unsigned char* bytes, std::size_t size) {
  std::string hex(size * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, size);
  hex.pop_back();
  return hex;
}

std::optional<Seconds> Number(std::string_view digits) {
  Seconds number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
    return std::nullopt;
  return number;
}

std::vector<std::string_view> SplitAtDots(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t dot = text.find('.');
    parts.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos || parts.size() > 4) return parts;
    text.remove_prefix(dot + 1);
  }
}

std::string StampText(Id entry, const FormStamp& stamp) {
  return std::to_string(entry) + "." + static_cast<char>(stamp.kind) + "." +
         std::to_string(stamp.first_at) + "." + stamp.nonce;
}

// The whole HMAC of purpose and text.
std::string Hash(std::string_view secret, std::string_view purpose, std::string_view text) {
  if (sodium_init() < 0) std::abort();
  crypto_auth_hmacsha512256_state state;
  crypto_auth_hmacsha512256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()),
                                 secret.size());
  const auto update = [&](std::string_view part) {
    crypto_auth_hmacsha512256_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                                     part.size());
  };
  update(purpose);
  update(std::string_view("\0", 1));
  update(text);
  std::string mac(crypto_auth_hmacsha512256_BYTES, '\0');
  crypto_auth_hmacsha512256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
  return mac;
}

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
constexpr int kInAddresses = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

}  // namespace

std::string Signer::Mac(std::string_view purpose, std::string_view text) const {
  const std::string mac = Hash(secret_, purpose, text);
  return Hex(Bytes(std::string_view(mac)), kMacBytes);
}

std::string Signer::KeyFor(std::string_view purpose) const {
  static_assert(crypto_secretbox_KEYBYTES == crypto_auth_hmacsha512256_BYTES);
  return Hash(secret_, "seal", purpose);
}

std::string Signer::Seal(std::string_view purpose, std::string_view text) const {
  const std::string key = KeyFor(purpose);
  std::string box(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size(), '\0');
  randombytes_buf(box.data(), crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(Bytes(box) + crypto_secretbox_NONCEBYTES, Bytes(text), text.size(),
                        Bytes(box), Bytes(std::string_view(key)));
  std::string out(sodium_base64_encoded_len(box.size(), kInAddresses), '\0');
  sodium_bin2base64(out.data(), out.size(), Bytes(std::string_view(box)), box.size(), kInAddresses);
  out.pop_back();  // NUL
  return out;
}

std::optional<std::string> Signer::Open(std::string_view purpose, std::string_view sealed) const {
  constexpr std::size_t kFront = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  const std::string key = KeyFor(purpose);
  std::string box(sealed.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(Bytes(box), box.size(), sealed.data(), sealed.size(), nullptr, &size,
                        nullptr, kInAddresses) != 0 ||
      size < kFront)
    return std::nullopt;
  std::string text(size - kFront, '\0');
  if (crypto_secretbox_open_easy(Bytes(text), Bytes(box) + crypto_secretbox_NONCEBYTES,
                                 size - crypto_secretbox_NONCEBYTES, Bytes(box),
                                 Bytes(std::string_view(key))) != 0)
    return std::nullopt;
  return text;
}

bool Signer::Fits(std::string_view mac, std::string_view purpose, std::string_view text) const {
  const std::string right = Mac(purpose, text);
  return mac.size() == right.size() && sodium_memcmp(mac.data(), right.data(), right.size()) == 0;
}

Signer SignerOf(sql::Tx& tx) {
  return Signer(tx.Text(sql::query::kSecretByName, "forms").value_or(""));
}

std::string RandomName() {
  if (sodium_init() < 0) std::abort();
  std::array<unsigned char, 8> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return Hex(bytes.data(), bytes.size());
}

FormStamp NewStamp(FormStamp::Kind kind, Seconds now) { return {kind, now, RandomName()}; }

std::string WriteStamp(const Signer& signer, Id entry, const FormStamp& stamp) {
  const std::string text = StampText(entry, stamp);
  return text.substr(text.find('.') + 1) + "." + signer.Mac("form", text);
}

ReadStamp CheckStamp(const Signer& signer, Id entry, std::string_view text, Seconds now) {
  if (text.empty()) return {};
  using State = ReadStamp::State;
  const std::vector<std::string_view> parts = SplitAtDots(text);
  if (parts.size() != 4 || (parts[0] != "s" && parts[0] != "u")) return {State::kForged, {}};
  const std::optional<Seconds> first_at = Number(parts[1]);
  if (!first_at) return {State::kForged, {}};
  FormStamp stamp{static_cast<FormStamp::Kind>(parts[0][0]), *first_at, std::string(parts[2])};
  if (!signer.Fits(parts[3], "form", StampText(entry, stamp))) return {State::kForged, {}};
  const bool expired = *first_at + kStampLife < now;
  return {expired ? State::kExpired : State::kGood, std::move(stamp)};
}

std::string WriteToken(const Signer& signer, std::string_view purpose, std::string_view text,
                       Seconds now) {
  const std::string time = std::to_string(now);
  return time + "." + signer.Mac(purpose, time + "." + std::string(text));
}

TokenState CheckToken(const Signer& signer, std::string_view purpose, std::string_view text,
                      std::string_view token, Seconds now, Seconds life) {
  const std::vector<std::string_view> parts = SplitAtDots(token);
  if (parts.size() != 2) return TokenState::kForged;
  const std::optional<Seconds> at = Number(parts[0]);
  if (!at || !signer.Fits(parts[1], purpose, std::string(parts[0]) + "." + std::string(text)))
    return TokenState::kForged;
  return *at + life < now ? TokenState::kExpired : TokenState::kGood;
}

}  // namespace daybook::journal
