// The list of what waits: its pages, and undoing what was decided, exactly.
#include "journal/queue.h"

#include <gtest/gtest.h>

#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class QueueTest : public JournalTest {
 protected:
  QueueTest() : entry_(Save("An entry")) {}

  Id Comment(Seconds at, AnswerStatus status = AnswerStatus::kHeld) {
    NewComment comment;
    comment.entry_id = entry_;
    comment.status = status;
    comment.created_at = at;
    comment.author_name = "Otto";
    comment.body = "Boats and herons by the quay";
    return Write([&](sql::Tx& tx) { return AddComment(tx, comment); });
  }
  Id Reference(Seconds at) {
    NewReference reference;
    reference.entry_id = entry_;
    reference.kind = ReferenceKind::kResponse;
    reference.via = ReferenceVia::kWebmention;
    reference.status = AnswerStatus::kHeld;
    reference.created_at = at;
    reference.url = "https://other.example/";
    return Write([&](sql::Tx& tx) { return AddReference(tx, reference); });
  }
  // The act's row in the log.
  Id Decide(Id comment, Decision decision) {
    const auto before = Ask("select coalesce(max(id), 0) from log");
    Write([&](sql::Tx& tx) {
      static_cast<void>(Moderate(tx, AnswerKind::kComment, comment, decision, author_, now_));
    });
    EXPECT_NE(Ask("select max(id) from log"), before);
    return std::stoll(Ask("select max(id) from log"));
  }
  int Undo(Id act) {
    return Write([&](sql::Tx& tx) { return UndoActs(tx, act, act, author_, now_); });
  }
  // Status, training and the number of public comments.
  std::string State(Id comment) {
    const std::string id = std::to_string(comment);
    return Ask(
        "select status || ' ' || (select count(*) from spam_training) || ' ' || "
        "(select coalesce(sum(good * 1000 + bad), 0) from spam_token) || ' ' || "
        "(select comment_count from entry) from comment where id = " +
        id);
  }

  Id entry_;
};

TEST_F(QueueTest, PagesGoOnWhereTheLastOneEndedAlsoWithinOneMoment) {
  for (int n = 0; n < 4; ++n) {
    Reference(100);
    Comment(100);
  }
  const Id newest = Reference(200), oldest = Comment(50);
  Comment(300, AnswerStatus::kPublic);
  std::vector<std::string> seen;
  QueuePlace place;
  for (int page = 0; page < 10; ++page) {
    const QueuePage found =
        Read([&](sql::Tx& tx) { return ReadQueue(tx, AnswerStatus::kHeld, place, 3); });
    for (const QueueItem& item : found.items) seen.push_back(WriteWhich(item.which));
    if (!found.next) break;
    place = ReadPlace(WritePlace(*found.next));
  }
  ASSERT_EQ(seen.size(), 10u);
  EXPECT_EQ(seen.front(), "r" + std::to_string(newest));
  EXPECT_EQ(seen.back(), "c" + std::to_string(oldest));
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
  EXPECT_EQ(Read([&](sql::Tx& tx) { return CountQueue(tx, AnswerStatus::kHeld); }), 10);
}

TEST_F(QueueTest, WhatIsNoNameOfAThingIsNone) {
  for (const char* text : {"", "c", "c0", "c-1", "x1", "c1x", "c 1", "c99999999999999999999"})
    EXPECT_FALSE(ReadWhich(text)) << text;
  for (const char* text : {"", "-", "1-", "1-x", "x-c1", "--c1"})
    EXPECT_EQ(ReadPlace(text).at, kNever) << text;
}

TEST_F(QueueTest, UndoGoesBackExactlyFromEveryStateByEveryWay) {
  using D = Decision;
  for (const AnswerStatus first :
       {AnswerStatus::kHeld, AnswerStatus::kSpam, AnswerStatus::kTrash, AnswerStatus::kPublic}) {
    for (const D one : {D::kApprove, D::kSpam, D::kDelete}) {
      for (const D two : {D::kApprove, D::kSpam, D::kDelete, D::kRestore}) {
        const Id comment = Comment(100, first);
        const std::string start = State(comment);
        Write([&](sql::Tx& tx) {
          static_cast<void>(Moderate(tx, AnswerKind::kComment, comment, one, author_, now_));
        });
        const std::string middle = State(comment);
        const std::string last = Ask("select coalesce(max(id), 0) from log");
        Write([&](sql::Tx& tx) {
          static_cast<void>(Moderate(tx, AnswerKind::kComment, comment, two, author_, now_));
        });
        const std::string newest = Ask("select coalesce(max(id), 0) from log");
        if (newest != last) {
          EXPECT_EQ(Undo(std::stoll(newest)), 1);
        }
        EXPECT_EQ(State(comment), middle)
            << static_cast<int>(first) << static_cast<int>(one) << static_cast<int>(two);
        // The earlier decision is undone by being restored, as if the undone one had never been.
        if (first == AnswerStatus::kHeld || first == AnswerStatus::kPublic) {
          Write([&](sql::Tx& tx) {
            static_cast<void>(Moderate(tx, AnswerKind::kComment, comment, D::kRestore, 0, now_));
          });
          EXPECT_EQ(State(comment), start);
        }
        Write([&](sql::Tx& tx) {
          static_cast<void>(Untrain(tx, AnswerKind::kComment, comment));
          EraseComment(tx, comment);
        });
      }
    }
  }
}

TEST_F(QueueTest, UndoIsForTheLastDecisionAndForWhoMadeIt) {
  const Id comment = Comment(100);
  const Id approved = Decide(comment, Decision::kApprove);
  const Id spam = Decide(comment, Decision::kSpam);
  EXPECT_EQ(Undo(approved), 0);
  EXPECT_EQ(Write([&](sql::Tx& tx) { return UndoActs(tx, spam, spam, author_ + 1, now_); }), 0);
  EXPECT_EQ(Undo(spam), 1);
  EXPECT_EQ(Undo(spam), 0);
  EXPECT_EQ(Ask("select status from comment"), "1");
}

TEST_F(QueueTest, ManyAreDecidedAndWhatIsNotAsItWasShownStays) {
  std::vector<Which> all;
  for (int n = 0; n < 25; ++n) all.push_back({AnswerKind::kComment, Comment(100 + n)});
  Decide(all[3].id, Decision::kApprove);
  all.push_back({AnswerKind::kComment, 9999});
  const Decided decided =
      DecideAll(db_, all, AnswerStatus::kHeld, Decision::kDelete, author_, now_);
  EXPECT_EQ(decided.done, 24);
  EXPECT_EQ(decided.other, 2);
  EXPECT_EQ(Ask("select count(*) from comment where status = 3"), "24");
  EXPECT_EQ(Write([&](sql::Tx& tx) {
              return UndoActs(tx, decided.first_act, decided.last_act, author_, now_);
            }),
            24);
  EXPECT_EQ(Ask("select count(*) from comment where status = 0"), "24");
  ExpectCountsHold();
}

TEST_F(QueueTest, TheFeedsAddressIsOnesOwnAndEnds) {
  const auto secret = [&] { return Read([&](sql::Tx& tx) { return FeedSecret(tx, author_); }); };
  const auto whose = [&](const std::string& text) {
    return Read([&](sql::Tx& tx) { return FeedOwner(tx, text); });
  };
  EXPECT_EQ(secret(), "");
  Write([&](sql::Tx& tx) { RenewFeed(tx, author_); });
  const std::string first = secret();
  EXPECT_EQ(whose(first), author_);
  EXPECT_FALSE(whose("2" + first.substr(1)));
  Write([&](sql::Tx& tx) { EndFeed(tx, author_); });
  EXPECT_EQ(secret(), "");
  EXPECT_FALSE(whose(first));
  Write([&](sql::Tx& tx) { RenewFeed(tx, author_); });
  EXPECT_NE(secret(), first);
  EXPECT_FALSE(whose(first));
}

}  // namespace
}  // namespace daybook::journal
