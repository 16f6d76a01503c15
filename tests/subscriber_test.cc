// Asking for mail: floods, and links that have expired.
#include "journal/subscriber.h"

#include <gtest/gtest.h>

#include "journal/alert.h"
#include "journal/friend.h"
#include "journal/mail.h"
#include "journal/sign.h"
#include "sql/tx.h"
#include "tests/journal_fixture.h"
#include "text/email.h"

namespace daybook::journal {
namespace {

class SubscriberTest : public JournalTest {
 protected:
  SubscriberTest() {
    Set("smtp", "127.0.0.1:25");
    Set("mail.from", "journal@example.org");
  }
  static text::EmailAddress Address(const std::string& typed) { return *text::ParseEmail(typed); }
  // How many mails wait; the ids of rows go from 1 without a gap.
  int Mails() {
    return Read([](sql::Tx& tx) {
      int count = 0;
      while (LoadMail(tx, count + 1)) ++count;
      return count;
    });
  }
  std::string LinkOf(Id mail) {
    const auto queued = Read([&](sql::Tx& tx) { return LoadMail(tx, mail); });
    for (const auto& [name, value] : queued->fields)
      if (name == "link") return value.substr(value.rfind('/') + 1);
    return "";
  }
};

TEST_F(SubscriberTest, TenThousandSignUpsForOneVictimAreThreeMails) {
  Write([&](sql::Tx& tx) {
    for (int i = 0; i < 10000; ++i)
      AskToSubscribe(tx, settings_, Address("victim@other.test"), {},
                     "10." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ".0/24",
                     kMarch19 + i);
  });
  EXPECT_EQ(Mails(), 3);
  EXPECT_EQ(Read([](sql::Tx& tx) { return CountSubscribers(tx); }).asked, 1);
}

TEST_F(SubscriberTest, ARobotWithAsManyNetworksAndVictimsMeetsTheBreaker) {
  constexpr int kBreaker = 200;
  Write([&](sql::Tx& tx) {
    for (int i = 0; i < 10000; ++i)
      AskToSubscribe(tx, settings_, Address("v" + std::to_string(i) + "@other.test"), {},
                     "10." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ".0/24",
                     kMarch19);
  });
  EXPECT_EQ(Mails(), kBreaker);
}

TEST_F(SubscriberTest, LinksExpire) {
  constexpr Seconds kWeek = 7 * kDay;
  Write([&](sql::Tx& tx) {
    AskToSubscribe(tx, settings_, Address("bea@other.test"), {}, "10.0.0.0/24", kMarch19);
  });
  const std::string token = LinkOf(1);
  const Signer signer = Read([](sql::Tx& tx) { return SignerOf(tx); });
  const auto state = [&](Seconds at) {
    return Read([&](sql::Tx& tx) { return ReadConfirmLink(tx, signer, token, at).state; });
  };
  EXPECT_EQ(state(kMarch19 + kWeek - 10), LinkState::kGood);
  EXPECT_EQ(state(kMarch19 + kWeek + 10), LinkState::kExpired);
  const auto late = Write([&](sql::Tx& tx) {
    return ConfirmSubscriber(tx, settings_, signer, token, "", "", kMarch19 + kWeek + 10).state;
  });
  EXPECT_EQ(late, LinkState::kExpired);
  EXPECT_EQ(Read([](sql::Tx& tx) { return CountSubscribers(tx); }).confirmed, 0);
}

TEST_F(SubscriberTest, LinksThatProveTheOwnAddressToAFriendExpire) {
  const Id entry = Save(Draft("One"));
  const Signer signer = Read([](sql::Tx& tx) { return SignerOf(tx); });
  FriendMail mail;
  mail.entry_id = entry;
  mail.sender = Address("bea@other.test");
  mail.sender_name = "Bea";
  mail.recipient = Address("carl@third.test");
  mail.network = "10.0.0.0/24";
  Write(
      [&](sql::Tx& tx) { return MailToFriend(tx, settings_, signer, mail, false, kMarch19).kind; });
  const std::string token = LinkOf(1);
  ASSERT_FALSE(token.empty());
  const auto state = [&](Seconds at) {
    return Read([&](sql::Tx& tx) { return ReadFriendLink(tx, signer, token, at).state; });
  };
  EXPECT_EQ(state(kMarch19 + 60), FriendLink::State::kGood);
  EXPECT_EQ(state(kMarch19 + 60 * kDay), FriendLink::State::kExpired);
}

TEST_F(SubscriberTest, LinksThatDecideExpire) {
  constexpr Seconds kTwoWeeks = 14 * kDay;
  NewComment comment;
  comment.entry_id = Save(Draft("One"));
  comment.status = AnswerStatus::kHeld;
  comment.author_name = "Bea";
  comment.body = "Words";
  comment.created_at = kMarch19;
  const Id id = Write([&](sql::Tx& tx) { return AddComment(tx, comment); });
  const Signer signer = Read([](sql::Tx& tx) { return SignerOf(tx); });
  const std::string token = DecideToken(signer, {AnswerKind::kComment, id}, kMarch19);
  const auto state = [&](Seconds at) {
    return Read([&](sql::Tx& tx) { return ReadDecideToken(tx, signer, token, at).state; });
  };
  EXPECT_EQ(state(kMarch19 + kTwoWeeks - 10), Deciding::State::kGood);
  EXPECT_EQ(state(kMarch19 + kTwoWeeks + 10), Deciding::State::kExpired);
}

}  // namespace
}  // namespace daybook::journal
