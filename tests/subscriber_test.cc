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

TEST_F(SubscriberTest, OneVictimsMailboxWrittenInThousandsOfWaysGetsThreeMails) {
  Write([&](sql::Tx& tx) {
    for (int i = 0; i < 3000; ++i) {
      std::string name = "victim";
      if (i % 3 == 0) name += "+" + std::to_string(i);
      if (i % 3 == 1) name.insert(static_cast<size_t>(1 + i % 5), ".");
      for (size_t at = 0; at < 6; ++at)
        if ((i >> at & 1) == 1 && name[at] != '.') name[at] = static_cast<char>(name[at] - 32);
      AskToSubscribe(tx, settings_, Address(name + "@other.test"), {},
                     "10." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ".0/24",
                     kMarch19 + i);
    }
    AskToSubscribe(tx, settings_, Address("honest@other.test"), {}, "192.0.2.0/24", kMarch19);
  });
  EXPECT_EQ(Mails(), 3 + 1);
}

TEST_F(SubscriberTest, WhoWantsNoMoreGetsNoneInOtherLettersOfTheAddress) {
  const auto ask = [&](const std::string& typed) {
    Write([&](sql::Tx& tx) {
      AskToSubscribe(tx, settings_, Address(typed), {}, "10.0.0.0/24", kMarch19);
    });
    return Mails();
  };
  EXPECT_EQ(ask("Bea@other.test"), 1);
  const Signer signer = Read([](sql::Tx& tx) { return SignerOf(tx); });
  const std::string token = LinkOf(1);
  const auto confirmed = Write([&](sql::Tx& tx) {
    return ConfirmSubscriber(tx, settings_, signer, token, "", "", kMarch19).state;
  });
  ASSERT_EQ(confirmed, LinkState::kGood);
  EXPECT_EQ(ask("bea@other.test"), 2);
  EXPECT_EQ(Read([](sql::Tx& tx) { return CountSubscribers(tx); }).asked, 0)
      << "it is the same one";
  Write([&](sql::Tx& tx) { LeaveForGood(tx, SubscriberById(tx, 1).value(), kMarch19); });
  for (const char* way : {"Bea@other.test", "bea@other.test", "BEA@other.test"})
    EXPECT_EQ(ask(way), 2) << way;
  const auto add = [&](sql::Tx& tx) {
    return AddSubscriber(tx, settings_, Address("bEa@other.test"), {}, "", kMarch19);
  };
  EXPECT_EQ(Write(add), Added::kSuppressed);
}

TEST_F(SubscriberTest, TheFileOfSubscribersComesBackAsItLeft) {
  const char* addresses[] = {"=cmd@other.test", "+49@other.test", "o'neil@other.test",
                             "'x@other.test", "bea@other.test"};
  const std::string file = Write([&](sql::Tx& tx) {
    for (const char* one : addresses)
      EXPECT_EQ(AddSubscriber(tx, settings_, Address(one), {}, "a list", kMarch19), Added::kAdded);
    std::string csv = SubscribersCsv(tx);
    for (const char* one : addresses) EraseSubscriber(tx, SubscriberByEmail(tx, one).value());
    return csv;
  });
  EXPECT_EQ(file.find("\n\"="), std::string::npos) << "no spreadsheet takes it for a formula";
  EXPECT_EQ(file.find("\n\"+"), std::string::npos);
  Write([&](sql::Tx& tx) {
    EXPECT_EQ(TakeSubscribersCsv(tx, settings_, file, "again", kMarch19).failed, 0);
    for (const char* one : addresses) EXPECT_TRUE(SubscriberByEmail(tx, one)) << one;
  });
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
