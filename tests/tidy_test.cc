// What a journal keeps only for a while.
#include "journal/tidy.h"

#include "journal/mail.h"
#include "journal/mentions.h"
#include "sql/queries/mail.h"
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class TidyTest : public JournalTest {
 protected:
  // All that is to be done now.
  void TidyUp() {
    while (Write([&](sql::Tx& tx) { return Tidy(tx, settings_, now_); })) {
    }
  }
  Id Comment(AnswerStatus status = AnswerStatus::kPublic) {
    NewComment comment;
    comment.entry_id = entry_;
    comment.status = status;
    comment.created_at = now_;
    comment.author_name = "Cy";
    comment.body = "Words";
    comment.network = "203.0.113.0/24";
    const Id id = Write([&](sql::Tx& tx) { return AddComment(tx, comment); });
    if (status != AnswerStatus::kPublic)
      Write([&](sql::Tx& tx) { return SetCommentStatus(tx, id, status, now_); });
    return id;
  }
  const Id entry_ = Save("An entry");
};

TEST_F(TidyTest, NetworksAreKeptForTheirDaysAndNotASecondLonger) {
  Set("network.days", "7");
  Set("smtp", "127.0.0.1:25");
  Set("email", "ann@example.org");
  Comment();
  NewMention mention;
  mention.entry_id = entry_;
  mention.source = "https://b.example/";
  mention.target = "https://example.org/x";
  mention.network = "203.0.113.0/24";
  Write([&](sql::Tx& tx) { return TakeMention(tx, mention, now_).id; });
  Write([&](sql::Tx& tx) {
    tx.Exec(sql::query::kMailInsert, MailTemplate::kConfirmComment, "x@b.example", "{}",
            "203.0.113.0/24", now_);
    return 0;
  });
  const auto kept = [&] {
    return Ask(
        "select (select count(*) from comment where network <> '') || ' ' ||"
        " (select count(*) from mention where network <> '') || ' ' ||"
        " (select count(*) from mail where network <> '')");
  };
  now_ += 7 * kDay - 1;
  TidyUp();
  EXPECT_EQ(kept(), "1 1 1");
  now_ += 1;
  TidyUp();
  EXPECT_EQ(kept(), "0 0 0");
}

TEST_F(TidyTest, SpamAndTrashGoAfterTheirDaysHoweverManyThereAre) {
  for (int i = 0; i < 300; ++i) Comment(i % 2 == 0 ? AnswerStatus::kSpam : AnswerStatus::kTrash);
  const Id stays = Comment();
  now_ += 30 * kDay - 1;
  TidyUp();
  EXPECT_EQ(Ask("select count(*) from comment"), "301");
  now_ += 2;
  TidyUp();
  EXPECT_EQ(Ask("select count(*) || ' ' || max(id) from comment"), "1 " + std::to_string(stays));
}

TEST_F(TidyTest, IsDueOnceAnHourAndAfterAClockThatWasWrong) {
  const auto due = [&] { return Read([&](sql::Tx& tx) { return TidyIsDue(tx, now_); }); };
  EXPECT_TRUE(due());
  TidyUp();
  EXPECT_FALSE(due());
  now_ += 3599;
  EXPECT_FALSE(due());
  now_ += 1;
  EXPECT_TRUE(due());
  now_ -= kDay;
  EXPECT_TRUE(due());
}

}  // namespace
}  // namespace daybook::journal
