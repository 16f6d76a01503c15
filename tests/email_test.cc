// Mail addresses: ordinary ones, and those that could inject a header or an option.
#include "text/email.h"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

using namespace std::string_literals;

TEST(Email, TakesOrdinaryAddresses) {
  const std::pair<const char*, const char*> golden[] = {
      {"a@example.com", "a@example.com"},
      {"  First.Last+tag@Sub.Example.COM \r\n", "First.Last+tag@sub.example.com"},
      {"o'neil@example.com", "o'neil@example.com"},
      {"x_y-z=1@example.co.uk", "x_y-z=1@example.co.uk"},
      {"post@münchen.de", "post@xn--mnchen-3ya.de"}};
  for (const auto& [in, out] : golden) {
    const auto email = ParseEmail(in);
    ASSERT_TRUE(email) << in;
    EXPECT_EQ(email->view(), out);
  }
}

TEST(Email, OneMailboxIsWrittenInManyWays) {
  for (const char* way : {"ann@example.com", "ANN@EXAMPLE.com", "Ann+x@example.com",
                          "a.n.n+y+z@example.com", "ann+@example.com"})
    EXPECT_EQ(MailboxOf(ParseEmail(way).value()), "ann@example.com") << way;
  EXPECT_EQ(MailboxOf(ParseEmail("ann@a.b.example.com").value()), "ann@a.b.example.com");
  EXPECT_EQ(MailboxOf(ParseEmail("+1@example.com").value()), "+1@example.com");
  EXPECT_EQ(MailboxOf(EmailAddress()), "");
}

TEST(Email, RefusesWhatCouldInjectAHeaderOrIsNone) {
  for (const std::string& bad : {""s,
                                 " "s,
                                 "a"s,
                                 "@"s,
                                 "a@"s,
                                 "@example.com"s,
                                 "a@b"s,
                                 "a@@example.com"s,
                                 "a@b@example.com"s,
                                 "a b@example.com"s,
                                 "a@exa mple.com"s,
                                 "a@example.com\nBcc: x@example.com"s,
                                 "a@example.com\0"s,
                                 "a\r@example.com"s,
                                 "\"a b\"@example.com"s,
                                 "a@[127.0.0.1]"s,
                                 "a@127.0.0.1"s,
                                 "a,b@example.com"s,
                                 "<a@example.com>"s,
                                 "A <a@example.com>"s,
                                 ".a@example.com"s,
                                 "a.@example.com"s,
                                 "a..b@example.com"s,
                                 "-oQ@example.com"s,
                                 "a@example..com"s,
                                 "a@.example.com"s,
                                 "a@-example.com"s,
                                 "a@exam_ple.com"s,
                                 "ü@example.com"s,
                                 "a@exa\u202Emple.com"s,
                                 "a;b@example.com"s,
                                 "a@example.com,b@example.com"s,
                                 std::string(65, 'a') + "@example.com",
                                 "a@" + std::string(250, 'b') + ".com"})
    EXPECT_FALSE(ParseEmail(bad)) << bad;
}

TEST(Email, CountsToTheLimit) {
  const std::string label(61, 'd');
  const std::string domain = label + "." + label + "." + label + ".com";  // 189 bytes
  EXPECT_TRUE(ParseEmail(std::string(64, 'a') + "@" + domain));           // 254
  EXPECT_FALSE(ParseEmail(std::string(64, 'a') + "@d" + domain));         // 255
}

}  // namespace
}  // namespace daybook::text
