// Signatures: what this journal made for one purpose, and nothing else, is taken.
#include "journal/sign.h"

#include <gtest/gtest.h>

#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

using Kind = FormStamp::Kind;
using State = ReadStamp::State;

class Signing : public JournalTest {
 protected:
  Signer signer_ = Read([](sql::Tx& tx) { return SignerOf(tx); });
};

TEST_F(Signing, AStampIsGoodForItsEntryAndADay) {
  const FormStamp stamp = NewStamp(Kind::kProved, now_);
  const std::string text = WriteStamp(signer_, 7, stamp);
  const ReadStamp read = CheckStamp(signer_, 7, text, now_ + kStampLife);
  EXPECT_EQ(read.state, State::kGood);
  EXPECT_EQ(read.stamp.first_at, now_);
  EXPECT_EQ(read.stamp.nonce, stamp.nonce);
  EXPECT_EQ(CheckStamp(signer_, 7, text, now_ + kStampLife + 1).state, State::kExpired);
  EXPECT_EQ(CheckStamp(signer_, 8, text, now_).state, State::kForged);
  EXPECT_EQ(CheckStamp(signer_, 7, "", now_).state, State::kAbsent);
}

TEST_F(Signing, NoByteOfAStampCanBeChanged) {
  const std::string text = WriteStamp(signer_, 7, NewStamp(Kind::kUnproved, now_));
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char other : {'0', '1', 's', 'u', '.', 'a', '\0', ' '}) {
      if (text[at] == other) continue;
      std::string changed = text;
      changed[at] = other;
      EXPECT_EQ(CheckStamp(signer_, 7, changed, now_).state, State::kForged) << changed;
    }
    EXPECT_NE(CheckStamp(signer_, 7, text.substr(0, at), now_).state, State::kGood);
  }
  EXPECT_EQ(CheckStamp(signer_, 7, text + "0", now_).state, State::kForged);
}

TEST_F(Signing, EachJournalHasItsOwnSecret) {
  EXPECT_GE(Ask("select length(value) from secret where name = 'forms'"), "64");
  EXPECT_NE(signer_.Mac("a", "text"), Signer("other").Mac("a", "text"));
  EXPECT_NE(signer_.Mac("a", "text"), signer_.Mac("b", "text"));
}

TEST_F(Signing, ATokenEndsWithItsTime) {
  const std::string token = WriteToken(signer_, "act", "3.ann@example.org", now_);
  const auto check = [&](std::string_view purpose, std::string_view text, Seconds now) {
    return CheckToken(signer_, purpose, text, token, now, 100);
  };
  EXPECT_EQ(check("act", "3.ann@example.org", now_ + 100), TokenState::kGood);
  EXPECT_EQ(check("act", "3.ann@example.org", now_ + 101), TokenState::kExpired);
  EXPECT_EQ(check("act", "4.ann@example.org", now_), TokenState::kForged);
  EXPECT_EQ(check("confirm", "3.ann@example.org", now_), TokenState::kForged);
  EXPECT_EQ(CheckToken(signer_, "act", "x", "", now_, 100), TokenState::kForged);
  EXPECT_EQ(CheckToken(signer_, "act", "x", "99999999999999999999.aa", now_, 100),
            TokenState::kForged);
}

}  // namespace
}  // namespace daybook::journal
