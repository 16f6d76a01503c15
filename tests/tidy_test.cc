// What a journal keeps only for a while.
#include "journal/tidy.h"

#include "journal/audit.h"
#include "journal/mail.h"
#include "journal/mentions.h"
#include "sql/queries/mail.h"
#include "sql/queries/write_answer.h"
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

// The reference itself is years old: what counts is when somebody threw it away.
TEST_F(TidyTest, AnOldReferenceIsKeptInTheTrashForItsDaysToo) {
  NewReference old;
  old.entry_id = entry_;
  old.status = AnswerStatus::kPublic;
  old.title = "An answer";
  old.url = "https://other.example/answer";
  old.created_at = now_ - 2'000 * Seconds{86400};
  const Id id = Write([&](sql::Tx& tx) { return AddReference(tx, old); });
  Write([&](sql::Tx& tx) { return SetReferenceStatus(tx, id, AnswerStatus::kTrash, now_); });
  const auto is_there = [&] {
    return Write([&](sql::Tx& tx) { return tx.Has(sql::query::kReferenceState, id); });
  };
  TidyUp();
  EXPECT_TRUE(is_there());
  now_ += 400 * Seconds{86400};
  TidyUp();
  EXPECT_FALSE(is_there());
}

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
            "203.0.113.0/24", now_, "x@b.example");
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

TEST_F(TidyTest, EntriesInTheTrashGoAfterTheirDaysAndWhatIsRestoredStays) {
  const Id gone = Save("Thrown away"), back = Save("Thrown away and restored");
  const std::string address = Path(gone);
  Write([&](sql::Tx& tx) { return DeleteEntry(tx, settings_, gone, now_); });
  Write([&](sql::Tx& tx) { return DeleteEntry(tx, settings_, back, now_); });
  now_ += 29 * kDay;
  Write([&](sql::Tx& tx) {
    return RestoreEntry(tx, settings_, back, EntryStatus::kPublished, now_);
  });
  now_ += kDay - 1;
  TidyUp();
  EXPECT_EQ(Ask("select count(*) from entry"), "3");
  now_ += 1;
  TidyUp();
  EXPECT_EQ(Ask("select group_concat(title, '; ') from (select title from entry order by id)"),
            "An entry; Thrown away and restored");
  EXPECT_EQ(Ask("select status from redirect where path = '" + address + "'"), "410");
  ExpectCountsHold();
}

TEST_F(TidyTest, TheLogIsKeptForAYear) {
  for (int i = 0; i < 1'200; ++i)
    Write([&](sql::Tx& tx) {
      Log(tx, author_, "entry.trash", "Title", now_);
      return 0;
    });
  now_ += 10;
  Write([&](sql::Tx& tx) {
    Log(tx, author_, "entry.trash", "Later", now_);
    return 0;
  });
  now_ += 365 * kDay - 11;
  TidyUp();
  EXPECT_EQ(Ask("select count(*) from log"), "1201");
  now_ += 2;
  TidyUp();
  EXPECT_EQ(Ask("select count(*) || subject from log"), "1Later");
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
