// What a note to a friend may hold, and the links that nobody but the journal can read.
#include <gtest/gtest.h>

#include "journal/friend.h"
#include "text/email.h"

namespace daybook::journal {
namespace {

TEST(FriendNote, HoldsNothingThatCouldBeOpened) {
  for (const char* bad :
       {"see https://a.example/", "www.example.org", "example.org", "a.bc",
        "go to spam.example now", "me@home", "ftp://x", "(shop.example)", "пример.рф"})
    EXPECT_TRUE(HasLink(bad)) << bad;
  for (const char* good : {"", "Read this, please.", "At 3.5 km, e.g. there", "One. Two.",
                           "Wait...", "v1.2", "No. 7", "…", "a.b", "."})
    EXPECT_FALSE(HasLink(good)) << good;
}

TEST(SignerSeal, IsReadByTheSameJournalForTheSamePurposeOnly) {
  const Signer signer("one"), other("two");
  const std::string sealed = signer.Seal("never", "carl@third.test");
  EXPECT_EQ(sealed.find("carl"), std::string::npos);
  EXPECT_EQ(sealed.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789-_"),
            std::string::npos);
  EXPECT_NE(sealed, signer.Seal("never", "carl@third.test"));
  EXPECT_EQ(signer.Open("never", sealed), "carl@third.test");
  EXPECT_EQ(signer.Open("always", sealed), std::nullopt);
  EXPECT_EQ(other.Open("never", sealed), std::nullopt);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    const auto opened = signer.Open("never", changed);
    EXPECT_TRUE(!opened || changed == sealed) << i;
  }
  for (const char* bad : {"", "x", "!", "AAAA"}) EXPECT_EQ(signer.Open("never", bad), std::nullopt);
}

TEST(NeverLink, NamesOneAddressAndEndsNever) {
  const Signer signer("one");
  const auto address = text::ParseEmail("carl@third.test");
  ASSERT_TRUE(address);
  const auto never = ReadNeverToken(signer, NeverToken(signer, {7, *address}));
  ASSERT_TRUE(never);
  EXPECT_EQ(never->id, 7);
  EXPECT_EQ(never->address, *address);
}

}  // namespace
}  // namespace daybook::journal
