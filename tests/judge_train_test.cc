// What the judge learns from the owner's decisions, forgets, and counts.
#include <string>
#include <vector>

#include "journal/judge.h"
#include "journal/judge_tokens.h"
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class JudgeTrainTest : public JournalTest {
 protected:
  JudgeTrainTest() : entry_(Save("One")) { settings_.comments_hold = Hold::kNone; }

  Id Comment(std::string body, AnswerStatus status = AnswerStatus::kHeld) {
    NewComment comment;
    comment.entry_id = entry_;
    comment.status = status;
    comment.created_at = now_;
    comment.author_name = "Ida";
    comment.body = std::move(body);
    Id id = Write([&](sql::Tx& tx) { return AddComment(tx, comment); });
    // As the judge leaves it; what was imported has no score.
    Execute("update comment set score = 0.2 where id = " + std::to_string(id));
    return id;
  }
  void Execute(const std::string& text) {
    sql::Connection connection(db_.file(), sql::Connection::Access::kReadWrite, false);
    connection.Execute(text.c_str());
  }
  std::optional<Taught> Learn(Id id, Taught decision, AnswerKind kind = AnswerKind::kComment) {
    return Write([&](sql::Tx& tx) { return Train(tx, kind, id, decision, now_); });
  }
  std::optional<Taught> Forget(Id id) {
    return Write([&](sql::Tx& tx) { return Untrain(tx, AnswerKind::kComment, id); });
  }
  double Score(std::string body) {
    Candidate candidate;
    candidate.author_name = "Ida";
    candidate.body = std::move(body);
    return Read([&](sql::Tx& tx) { return Judge(tx, settings_, candidate); }).score;
  }
  std::string Memory() {
    return Ask(
        "select group_concat(token || ' ' || good || ' ' || bad, ',') from "
        "(select * from spam_token order by token)");
  }
  Trained Counts() {
    return Read([](sql::Tx& tx) { return WhatIsTrained(tx); });
  }

  Id entry_;
};

constexpr const char* kLamps =
    "Brass lanterns polished at our Grimsby workshop, lanterns for every porch";
constexpr const char* kGulls =
    "The gulls followed the ferry until it was dark and then turned home";

TEST_F(JudgeTrainTest, DecisionsMoveTheScoreOfTextsLikeThem) {
  const double before = Score(kLamps);
  Id spam = Comment(kLamps);
  Id good = Comment(kGulls);
  EXPECT_EQ(Learn(spam, Taught::kSpam), std::nullopt);
  EXPECT_EQ(Learn(good, Taught::kGood), std::nullopt);
  EXPECT_GT(Score(kLamps), before);
  EXPECT_GE(Score(kLamps), kHoldScore);
  EXPECT_LT(Score(kGulls), 0.2);
}

TEST_F(JudgeTrainTest, TakingADecisionBackRestoresTheMemoryExactly) {
  Id first = Comment(kGulls);
  Learn(first, Taught::kGood);
  const std::string memory = Memory();
  Id second = Comment(kLamps);
  Learn(second, Taught::kSpam);
  EXPECT_NE(Memory(), memory);
  EXPECT_EQ(Forget(second), Taught::kSpam);
  EXPECT_EQ(Memory(), memory);
  EXPECT_EQ(Forget(second), std::nullopt);
  EXPECT_EQ(Memory(), memory);
}

TEST_F(JudgeTrainTest, TheTextMayHaveChangedOrGoneBeforeTheUndo) {
  const std::string memory = Memory();
  Id changed = Comment(kLamps);
  Id gone = Comment(kGulls);
  Learn(changed, Taught::kSpam);
  Learn(gone, Taught::kGood);
  Execute("update comment set body = 'nothing' where id = " + std::to_string(changed));
  Write([&](sql::Tx& tx) { return EraseComment(tx, gone); });
  EXPECT_EQ(Forget(changed), Taught::kSpam);
  EXPECT_EQ(Forget(gone), Taught::kGood);
  EXPECT_EQ(Memory(), memory);
}

TEST_F(JudgeTrainTest, AChangedMindCountsOnceAndUndoGoesBackToTheFirst) {
  Id id = Comment(kLamps);
  Learn(id, Taught::kSpam);
  const std::string memory = Memory();
  EXPECT_EQ(Learn(id, Taught::kSpam), Taught::kSpam);
  EXPECT_EQ(Memory(), memory);
  std::optional<Taught> former = Learn(id, Taught::kGood);
  EXPECT_EQ(former, Taught::kSpam);
  EXPECT_EQ(Counts().good, 1);
  EXPECT_EQ(Counts().spam, 0);
  Write([&](sql::Tx& tx) { return Teach(tx, AnswerKind::kComment, id, former, now_); });
  EXPECT_EQ(Memory(), memory);
}

TEST_F(JudgeTrainTest, NothingIsLearntFromTheOwnerOrFromWhatIsNotThere) {
  Id id = Comment(kLamps);
  Execute("update comment set author_id = 1 where id = " + std::to_string(id));
  EXPECT_EQ(Learn(id, Taught::kGood), std::nullopt);
  EXPECT_EQ(Learn(999, Taught::kSpam), std::nullopt);
  EXPECT_EQ(Counts().good + Counts().spam, 0);
}

TEST_F(JudgeTrainTest, ReferencesTeachToo) {
  NewReference reference;
  reference.entry_id = entry_;
  reference.title = "Lanterns";
  reference.url = "https://lamps.example/x";
  reference.excerpt = kLamps;
  reference.created_at = now_;
  Id id = Write([&](sql::Tx& tx) { return AddReference(tx, reference); });
  Learn(id, Taught::kSpam, AnswerKind::kReference);
  EXPECT_EQ(Counts().spam, 1);
  const std::string host = std::to_string(TokenHash("a:lamps.example"));
  EXPECT_EQ(Ask("select bad from spam_token where token = " + host), "1");
}

TEST_F(JudgeTrainTest, RetrainBuildsTheSameMemoryFromTheDecisions) {
  Id gone = Comment("Old lanterns that nobody remembers");
  Learn(gone, Taught::kSpam);
  for (int i = 0; i < 30; ++i)
    Learn(Comment(std::string(kGulls) + std::to_string(i)), Taught::kGood);
  Learn(Comment(kLamps), Taught::kSpam);
  Comment("Never decided upon", AnswerStatus::kPublic);
  Write([&](sql::Tx& tx) { return EraseComment(tx, gone); });
  const std::string memory = Memory();
  Execute("update spam_token set good = good + 7");
  Trained trained = Retrain(db_, now_);
  EXPECT_EQ(trained.good, 30);
  EXPECT_EQ(trained.spam, 2);
  EXPECT_EQ(Memory(), memory);
}

TEST_F(JudgeTrainTest, AnInterruptedRetrainGoesOnAndMeanwhileUndoIsExact) {
  Id first = Comment(kGulls);
  Id second = Comment(kLamps);
  Learn(first, Taught::kGood);
  const std::string memory = Memory();
  Learn(second, Taught::kSpam);
  Execute("delete from spam_token; update spam_training set counted = 0");
  EXPECT_EQ(Forget(second), Taught::kSpam);
  Retrain(db_, now_);
  EXPECT_EQ(Memory(), memory);
}

TEST_F(JudgeTrainTest, RetrainLearnsFromImportedDecisionsOnce) {
  Id good = Comment(kGulls, AnswerStatus::kPublic);
  Id spam = Comment(kLamps, AnswerStatus::kSpam);
  Id held = Comment("Waiting still");
  Execute("update comment set score = null");
  for (int round = 0; round < 2; ++round) {
    Trained trained = Retrain(db_, now_);
    EXPECT_EQ(trained.good, 1);
    EXPECT_EQ(trained.spam, 1);
  }
  EXPECT_EQ(Forget(good), Taught::kGood);
  EXPECT_EQ(Forget(spam), Taught::kSpam);
  EXPECT_EQ(Forget(held), std::nullopt);
  EXPECT_EQ(Memory(), "");
}

TEST_F(JudgeTrainTest, TheMemoryIsBoundedAndForgetsTheOldest) {
  Write([&](sql::Tx& tx) {
    for (int i = 0; i < 2003; ++i) {
      NewComment comment;
      comment.entry_id = entry_;
      comment.created_at = now_;
      comment.author_name = "A";
      comment.body = "b" + std::to_string(i);
      Train(tx, AnswerKind::kComment, AddComment(tx, comment), Taught::kSpam, now_ + i);
    }
  });
  EXPECT_EQ(Counts().spam, 2000);
  EXPECT_EQ(
      Ask("select count(*) from spam_token where token = " + std::to_string(TokenHash("w:b2"))),
      "0");
  EXPECT_EQ(
      Ask("select count(*) from spam_token where token = " + std::to_string(TokenHash("w:b3"))),
      "1");
}

class JudgeRatesTest : public JournalTest {
 protected:
  std::optional<Seconds> Limited(std::string_view address, AnswerKind kind = AnswerKind::kComment) {
    return Read([&](sql::Tx& tx) { return RateLimited(tx, settings_, kind, address, now_); });
  }
  // Posts until the limit says stop.
  int PostAll(std::string_view address, int most) {
    return Write([&](sql::Tx& tx) {
      int taken = 0;
      for (; taken < most; ++taken) {
        if (RateLimited(tx, settings_, AnswerKind::kComment, address, now_)) break;
        CountPost(tx, settings_, AnswerKind::kComment, address, now_);
      }
      return taken;
    });
  }
};

TEST_F(JudgeRatesTest, ANetworkThatPostsTooMuchIsToldWhenToTryAgain) {
  const int taken = PostAll("203.0.113.5", 1000);
  EXPECT_GT(taken, 3);
  EXPECT_LT(taken, 100);
  std::optional<Seconds> again = Limited("203.0.113.77");  // the same /24
  ASSERT_TRUE(again);
  EXPECT_GT(*again, now_);
  EXPECT_FALSE(Limited("203.0.114.5"));
  EXPECT_FALSE(Limited("203.0.113.5", AnswerKind::kMessage));
  now_ = *again;
  EXPECT_FALSE(Limited("203.0.113.5"));
  EXPECT_EQ(PostAll("203.0.113.5", 1000), 1);
}

TEST_F(JudgeRatesTest, SixthVersionAddressesCountByTheirFortyEightBits) {
  PostAll("2001:db8:1::1", 1000);
  EXPECT_TRUE(Limited("2001:db8:1:ffff::2"));
  EXPECT_FALSE(Limited("2001:db8:2::1"));
}

TEST_F(JudgeRatesTest, TheWholeJournalHasABoundToo) {
  int taken = 0;
  for (int net = 0; net < 250; ++net) taken += PostAll("198.18." + std::to_string(net) + ".1", 5);
  EXPECT_GT(taken, 50);
  EXPECT_LT(taken, 400);
  EXPECT_TRUE(Limited("192.0.2.1"));
  EXPECT_TRUE(Limited("no address"));
}

TEST_F(JudgeRatesTest, RatesOffCountsNothing) {
  settings_.rates = false;
  EXPECT_EQ(PostAll("203.0.113.5", 300), 300);
  EXPECT_EQ(Ask("select count(*) from rate"), "0");
}

TEST_F(JudgeRatesTest, AClockThatWasWrongShutsNobodyOutAndOldRowsGo) {
  now_ += 1000 * kDay;
  PostAll("203.0.113.5", 1000);
  now_ -= 1000 * kDay;
  EXPECT_FALSE(Limited("203.0.113.5"));
  now_ += 2000 * kDay;
  PostAll("192.0.2.1", 1);
  EXPECT_EQ(Ask("select count(*) from rate"), "2");
}

}  // namespace
}  // namespace daybook::journal
