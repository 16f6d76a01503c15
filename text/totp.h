// Codes that change every thirty seconds: TOTP (RFC 6238) over HOTP (RFC 4226) with SHA-1, which
// every authenticator app speaks, and the base32 (RFC 4648) in which its secret is typed. SHA-1 is
// here for that alone. Which code may be used, and how often, is journal/second.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::text {

inline constexpr std::int64_t kTotpSeconds = 30;

[[nodiscard]] std::array<std::uint8_t, 20> Sha1(std::string_view bytes);
[[nodiscard]] std::array<std::uint8_t, 20> HmacSha1(std::string_view secret, std::string_view text);
// The code of a step of time, digits with leading zeros. `secret` in bytes.
[[nodiscard]] std::string TotpCode(std::string_view secret, std::int64_t step, int digits = 6);

// Without padding.
[[nodiscard]] std::string Base32(std::string_view bytes);
// In any case, with spaces, hyphens and padding anywhere; nothing for other characters.
[[nodiscard]] std::optional<std::string> FromBase32(std::string_view typed);

}  // namespace daybook::text
