// The second step of signing in, by the clock of the test: codes that are good once, and slow to
// guess. And the links to a new password, which die with the one they replace.
#include "journal/second.h"

#include <gtest/gtest.h>

#include "journal/people.h"
#include "tests/journal_fixture.h"
#include "text/totp.h"

namespace daybook::journal {
namespace {

class SecondTest : public JournalTest {
 protected:
  SecondTest() : secret_(NewSecondSecret()) {
    Write([&](sql::Tx& tx) {
      static_cast<void>(ChangeRole(tx, author_, Role::kEditor, false, 0, now_));
      ChangePassword(tx, author_, "a hash", "", "password", 0, now_);
    });
  }
  std::string Code(int shift = 0) const {
    return text::TotpCode(*text::FromBase32(secret_), now_ / text::kTotpSeconds + shift);
  }
  bool TurnOn() {
    const bool on = Write([&](sql::Tx& tx) {
      return TurnSecondStepOn(tx, author_, secret_, Code(), {"aaaa-bbbb-cccc-dddd"}, now_);
    });
    now_ += 2 * text::kTotpSeconds;
    return on;
  }
  SecondTry Try(std::string_view typed) {
    return Write([&](sql::Tx& tx) { return TrySecondStep(tx, settings_, author_, typed, now_); })
        .result;
  }

  std::string secret_;
};

TEST_F(SecondTest, ACodeIsGoodInItsOwnTimeAndItsNeighboursAndNeverTwice) {
  EXPECT_EQ(Try(Code()), SecondTry::kWrong) << "it is off";
  ASSERT_TRUE(TurnOn());
  EXPECT_EQ(Try(Code(2)), SecondTry::kWrong);
  EXPECT_EQ(Try(Code(-2)), SecondTry::kWrong);
  EXPECT_EQ(Try(Code(-1)), SecondTry::kGood);
  EXPECT_EQ(Try(Code(-1)), SecondTry::kWrong);
  EXPECT_EQ(Try(Code(1)), SecondTry::kGood);
  EXPECT_EQ(Try(Code(0)), SecondTry::kWrong) << "older than one that was used";
  now_ += 2 * text::kTotpSeconds;
  EXPECT_EQ(Try(" " + Code().substr(0, 3) + " " + Code().substr(3)), SecondTry::kGood);
}

TEST_F(SecondTest, ARecoveryCodeIsGoodOnceHoweverItIsTyped) {
  ASSERT_TRUE(TurnOn());
  EXPECT_EQ(Try("aaaa-bbbb-cccc-dddq"), SecondTry::kWrong);
  EXPECT_EQ(Try("AAAABBBB CCCCDDDD\n"), SecondTry::kRecovery);
  EXPECT_EQ(Try("aaaa-bbbb-cccc-dddd"), SecondTry::kWrong);
  EXPECT_EQ(Read([&](sql::Tx& tx) { return SecondStepOf(tx, author_).recovery_codes; }), 0);
}

TEST_F(SecondTest, GuessingGetsASlowAnswerAndTheRightCodeCostsNothing) {
  ASSERT_TRUE(TurnOn());
  for (int n = 0; n < 30; ++n) {
    EXPECT_EQ(Try(Code()), SecondTry::kGood);
    now_ += text::kTotpSeconds;
  }
  for (int n = 0; n < 8; ++n) EXPECT_EQ(Try("nonsense"), SecondTry::kWrong);
  EXPECT_EQ(Try(Code()), SecondTry::kWait);
  now_ += 300;
  EXPECT_EQ(Try(Code()), SecondTry::kGood);
}

TEST_F(SecondTest, IsTurnedOnOnlyByACodeOfASecretOfOurs) {
  EXPECT_TRUE(IsSecondSecret(secret_));
  for (const char* weak : {"", "AAAA", "not base32!"}) EXPECT_FALSE(IsSecondSecret(weak)) << weak;
  secret_ = "AAAAAAAA";
  EXPECT_FALSE(TurnOn());
}

TEST_F(SecondTest, ALinkIsGoodOnceForItsTimeAndForItsPersonAlone) {
  const auto link = [&](LinkKind kind) {
    return Read([&](sql::Tx& tx) { return PasswordLink(tx, kind, author_, now_); });
  };
  const auto open = [&](const std::string& token) {
    return Read([&](sql::Tx& tx) { return ReadPasswordLink(tx, token, now_).has_value(); });
  };
  const std::string token = link(LinkKind::kRecover);
  EXPECT_TRUE(open(token));
  EXPECT_FALSE(open(link(LinkKind::kInvite))) << "who has a password is not invited";
  std::string other = token;
  other[1] = '2';
  EXPECT_FALSE(open(other));
  other = token;
  other[0] = 'i';
  EXPECT_FALSE(open(other));
  now_ += 3600;
  EXPECT_TRUE(open(token));
  ++now_;
  EXPECT_FALSE(open(token));
  const std::string fresh = link(LinkKind::kRecover);
  Write([&](sql::Tx& tx) { ChangePassword(tx, author_, "another", "", "password", 0, now_); });
  EXPECT_FALSE(open(fresh));
  const std::string last = link(LinkKind::kRecover);
  Write([&](sql::Tx& tx) {
    static_cast<void>(ChangeRole(tx, author_, Role::kNone, false, 0, now_));
  });
  EXPECT_FALSE(open(last));
}

TEST_F(SecondTest, TheLastOwnerStaysOne) {
  const auto change = [&](Id id, Role role) {
    return Write([&](sql::Tx& tx) { return ChangeRole(tx, id, role, false, 0, now_); });
  };
  EXPECT_EQ(change(author_, Role::kOwner), RoleChange::kChanged);
  EXPECT_EQ(change(author_, Role::kOwner), RoleChange::kSame);
  EXPECT_EQ(change(author_, Role::kEditor), RoleChange::kLastOwner);
  EXPECT_EQ(change(author_, Role::kNone), RoleChange::kLastOwner);
  const Id ed = Write([&](sql::Tx& tx) {
    return AddPerson(tx, "Ed", "ed@example.org", Role::kOwner, false, author_, now_);
  });
  EXPECT_EQ(Write([&](sql::Tx& tx) {
              return AddPerson(tx, "Ed", "ED@example.org", Role::kAuthor, false, author_, now_);
            }),
            0);
  EXPECT_EQ(change(author_, Role::kAuthor), RoleChange::kChanged);
  EXPECT_EQ(change(ed, Role::kNone), RoleChange::kLastOwner);
  EXPECT_EQ(change(999, Role::kAuthor), RoleChange::kGone);
}

}  // namespace
}  // namespace daybook::journal
