// SHA-1, HMAC and TOTP with the vectors of FIPS 180-4, RFC 2202, RFC 6238; base32 with those of
// RFC 4648.
#include "text/totp.h"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

std::string Hex(const std::array<std::uint8_t, 20>& hash) {
  std::string hex;
  for (const std::uint8_t byte : hash) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

TEST(Totp, Sha1GivesWhatTheStandardGives) {
  EXPECT_EQ(Hex(Sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(Hex(Sha1("")), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(Hex(Sha1("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
  EXPECT_EQ(Hex(Sha1(std::string(1000000, 'a'))), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

TEST(Totp, HmacGivesWhatTheRfcGives) {
  EXPECT_EQ(Hex(HmacSha1(std::string(20, '\x0b'), "Hi There")),
            "b617318655057264e28bc0b6fb378c8ef146be00");
  EXPECT_EQ(Hex(HmacSha1("Jefe", "what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(Hex(HmacSha1(std::string(80, '\xaa'),
                         "Test Using Larger Than Block-Size Key - Hash Key First")),
            "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

TEST(Totp, CodesAreThoseOfTheRfc) {
  constexpr std::string_view kSecret = "12345678901234567890";
  const std::pair<std::int64_t, std::string> vectors[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [time, code] : vectors) {
    EXPECT_EQ(TotpCode(kSecret, time / kTotpSeconds, 8), code) << time;
    EXPECT_EQ(TotpCode(kSecret, time / kTotpSeconds), code.substr(2)) << time;
  }
}

TEST(Totp, Base32IsThatOfTheRfcAndForgivesHowItIsTyped) {
  const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                         {"f", "MY"},
                                                         {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},
                                                         {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"},
                                                         {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(Base32(bytes), text);
    EXPECT_EQ(FromBase32(text), bytes);
  }
  EXPECT_EQ(FromBase32("mzxw 6ytb-oi======"), "foobar");
  EXPECT_EQ(FromBase32("MZXW0"), std::nullopt);
  EXPECT_EQ(FromBase32("Ä"), std::nullopt);
}

}  // namespace
}  // namespace daybook::text
