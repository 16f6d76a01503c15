// What becomes of a posted comment, and what its confirmed writer may do with it.
#include "journal/comment_post.h"

#include <gtest/gtest.h>

#include "journal/comment_own.h"
#include "journal/comment_read.h"
#include "journal/judge.h"
#include "journal/mail.h"
#include "journal/moderate.h"
#include "journal/read.h"
#include "journal/render.h"
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class Commenting : public JournalTest {
 protected:
  Commenting() : signer_(Read([](sql::Tx& tx) { return SignerOf(tx); })), entry_(Save("Open")) {
    Set("rates", "off");
  }

  CommentPost Form(std::string body) {
    CommentPost post;
    post.entry_id = entry_;
    post.author_name = "Ann";
    post.body = std::move(body);
    post.html = RenderComment(CommentMode::kLimitedHtml, post.body);
    post.address = "203.0.113.77";
    post.stamp = NewStamp(FormStamp::Kind::kProved, now_ - 60);
    post.confirm = "https://example.org/comment/confirm/";
    return post;
  }
  Posted Post(const CommentPost& post) {
    return db_.Write(sql::Publicity::kPrivate,
                     [&](sql::Tx& tx) { return PostComment(tx, settings_, signer_, post, now_); });
  }
  StoredComment Receipt(const Posted& posted) {
    return Read([&](sql::Tx& tx) { return CommentByReceipt(tx, posted.receipt); }).value();
  }
  std::int64_t Shown() {
    return Read([&](sql::Tx& tx) { return CommentsOf(tx, entry_).size(); });
  }
  std::string LinkOfLastMail() {
    std::string fields = Ask("select fields from mail order by id desc limit 1");
    const std::size_t begin = fields.find("/comment/confirm/") + 17;
    return fields.substr(begin, fields.find('"', begin) - begin);
  }
  std::optional<Reader> Press(const std::string& token) {
    return db_.Write(sql::Publicity::kPrivate,
                     [&](sql::Tx& tx) { return Confirm(tx, settings_, signer_, token, now_); });
  }
  // A reader whose address is confirmed, with one public comment.
  Reader Known(StoredComment& comment) {
    Set("smtp", "mail.example.org:587");
    Set("comments.hold", "none");
    CommentPost form = Form("Mine");
    form.author_email = "ann@example.org";
    const Posted posted = Post(form);
    const Reader reader = Press(LinkOfLastMail()).value();
    comment = Receipt(posted);
    return reader;
  }

  Signer signer_;
  Id entry_;
};

TEST_F(Commenting, OneWithoutAnApprovedAddressWaitsAndIsNoPublicChange) {
  const std::int64_t rev = Rev();
  const Posted posted = Post(Form("Hello"));
  EXPECT_EQ(posted.outcome, PostOutcome::kTaken);
  EXPECT_EQ(Receipt(posted).status, AnswerStatus::kHeld);
  EXPECT_EQ(Shown(), 0);
  EXPECT_EQ(Rev(), rev);
  ExpectCountsHold();
}

TEST_F(Commenting, WithNothingHeldItIsPublicAtOnce) {
  Set("comments.hold", "none");
  const std::int64_t rev = Rev();
  EXPECT_EQ(Receipt(Post(Form("Hello"))).status, AnswerStatus::kPublic);
  EXPECT_EQ(Shown(), 1);
  EXPECT_GT(Rev(), rev);
  ExpectCountsHold();
}

TEST_F(Commenting, OnlyTheBeginningOfTheNetworkIsKept) {
  EXPECT_EQ(Receipt(Post(Form("Hello"))).network, "203.0.113.0/24");
}

TEST_F(Commenting, TheSameFormAgainGivesTheSameReceiptHoweverLateItComes) {
  const CommentPost form = Form("Once");
  const Posted first = Post(form);
  now_ += 3600;
  const Posted again = Post(form);
  EXPECT_EQ(again.outcome, PostOutcome::kRepeated);
  EXPECT_EQ(again.receipt, first.receipt);
  EXPECT_EQ(Ask("select count(*) from comment"), "1");
}

TEST_F(Commenting, TheSameTextInAnotherFormIsTakenOnceInAMinute) {
  const Posted first = Post(Form("Twice"));
  EXPECT_EQ(first.outcome, PostOutcome::kTaken);
  now_ += 30;
  const Posted again = Post(Form("Twice"));
  EXPECT_EQ(again.outcome, PostOutcome::kRepeated);
  EXPECT_EQ(again.receipt, first.receipt);
  CommentPost other = Form("Twice");
  other.author_name = "Ben";
  EXPECT_EQ(Post(other).outcome, PostOutcome::kTaken);
  now_ += 31;
  EXPECT_EQ(Post(Form("Twice")).outcome, PostOutcome::kTaken);
}

TEST_F(Commenting, ClosedAndHiddenEntriesTakeNone) {
  EntryDraft draft = Load(entry_);
  draft.comments = Allow::kClosed;
  Replace(entry_, draft);
  EXPECT_EQ(Post(Form("Late")).outcome, PostOutcome::kClosed);
  draft.comments = Allow::kNone;
  Replace(entry_, draft);
  EXPECT_EQ(Post(Form("Never")).outcome, PostOutcome::kNowhere);
  draft.comments = Allow::kOpen;
  draft.status = EntryStatus::kDraft;
  Replace(entry_, draft);
  EXPECT_EQ(Post(Form("Hidden")).outcome, PostOutcome::kNowhere);
}

TEST_F(Commenting, AReplyHangsBelowPublicCommentsOfTheSameEntryOnly) {
  Set("comments.hold", "none");
  const Id first = Receipt(Post(Form("First"))).id;
  CommentPost reply = Form("Reply");
  reply.parent_id = first;
  const Id second = Receipt(Post(reply)).id;
  EXPECT_EQ(Ask("select parent_id from comment where id = " + std::to_string(second)),
            std::to_string(first));
  CommentPost deeper = Form("Deeper");
  deeper.parent_id = second;
  EXPECT_EQ(Receipt(Post(deeper)).parent_id, first);
  CommentPost lost = Form("Lost");
  lost.parent_id = 99999;
  EXPECT_EQ(Receipt(Post(lost)).parent_id, 0);
}

TEST_F(Commenting, TypingAnAddressAsksItsOwnerOnceAndGivesNothing) {
  Set("smtp", "mail.example.org:587");
  CommentPost form = Form("Hello");
  form.author_email = "ann@example.org";
  const Posted posted = Post(form);
  EXPECT_EQ(Ask("select count(*) from mail"), "1");
  EXPECT_EQ(Receipt(posted).reader_id, 0);
  EXPECT_EQ(Ask("select count(*) from reader"), "0");
  EXPECT_EQ(Ask("select fields from mail").find("Hello"), std::string::npos);
}

TEST_F(Commenting, PressingTheButtonMakesTheCommentTheirs) {
  StoredComment comment;
  const Reader reader = Known(comment);
  EXPECT_EQ(comment.reader_id, reader.id);
  EXPECT_TRUE(reader.confirmed_at);
  EXPECT_FALSE(reader.trusted_at);  // public because nothing is held: nobody approved it
  EXPECT_FALSE(Press("1-0-1.aa"));
}

TEST_F(Commenting, ConfirmedAndOnceApprovedIsTrustedAndNoLongerWaits) {
  Set("smtp", "mail.example.org:587");
  CommentPost form = Form("Hello");
  form.author_email = "ann@example.org";
  const Posted posted = Post(form);
  const Reader reader = Press(LinkOfLastMail()).value();
  const Id id = Receipt(posted).id;
  Write([&](sql::Tx& tx) {
    return Moderate(tx, AnswerKind::kComment, id, Decision::kApprove, 0, now_).has_value();
  });
  CommentPost next = Form("Another thought about walks");
  next.author_email = "ann@example.org";
  EXPECT_EQ(Receipt(Post(next)).status, AnswerStatus::kHeld);  // typed only: no trust
  next = Form("A third thought about hills");
  next.reader_id = reader.id;
  EXPECT_EQ(Receipt(Post(next)).status, AnswerStatus::kPublic);
}

TEST_F(Commenting, OwnersEditAndWithdrawForFifteenMinutes) {
  StoredComment comment;
  const Reader reader = Known(comment);
  const auto edit = [&](Id who) {
    return db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return EditOwn(tx, settings_, comment.id, who, "Changed words", "203.0.113.77", now_);
    });
  };
  EXPECT_FALSE(edit(reader.id + 1));
  EXPECT_FALSE(edit(0));
  const std::int64_t rev = Rev();
  EXPECT_TRUE(edit(reader.id));
  EXPECT_GT(Rev(), rev);
  EXPECT_EQ(Ask("select body from comment_text"), "Changed words");
  ExpectCountsHold();
  now_ += kEditWindow;
  EXPECT_FALSE(edit(reader.id));
  const auto withdraw = [&] {
    return db_.Write(sql::Publicity::kPrivate,
                     [&](sql::Tx& tx) { return WithdrawOwn(tx, comment.id, reader.id, now_); });
  };
  EXPECT_FALSE(withdraw());
  now_ -= 60;
  EXPECT_TRUE(withdraw());
  EXPECT_EQ(Shown(), 0);
  ExpectCountsHold();
}

TEST_F(Commenting, ErasingLeavesNothingUnderTheAddress) {
  StoredComment comment;
  const Reader reader = Known(comment);
  const std::string exported = Read([&](sql::Tx& tx) { return ExportReader(tx, reader); });
  EXPECT_NE(exported.find("\"Mine\""), std::string::npos);
  db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { EraseReader(tx, reader); });
  EXPECT_EQ(Ask("select count(*) from comment"), "0");
  EXPECT_EQ(Ask("select count(*) from reader"), "0");
  EXPECT_EQ(Shown(), 0);
  ExpectCountsHold();
}

TEST_F(Commenting, UndoingADecisionRestoresStatusTrainingAndTrust) {
  Set("smtp", "mail.example.org:587");
  CommentPost form = Form("A fine day for walking in the hills");
  form.author_email = "ann@example.org";
  const Id id = Receipt(Post(form)).id;
  const Reader reader = Press(LinkOfLastMail()).value();
  const auto memory = [&] {
    return Ask(
        "select coalesce(group_concat(token || ' ' || good || ' ' || bad), '') from "
        "(select * from spam_token order by token)");
  };
  const auto decide = [&](Decision decision) {
    return db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return Moderate(tx, AnswerKind::kComment, id, decision, 0, now_)->after;
    });
  };
  const std::string fresh = memory();
  EXPECT_EQ(decide(Decision::kApprove), AnswerStatus::kPublic);
  const std::string approved = memory();
  EXPECT_NE(approved, fresh);
  EXPECT_TRUE(Read([&](sql::Tx& tx) { return ReaderById(tx, reader.id); })->trusted_at);
  EXPECT_EQ(decide(Decision::kSpam), AnswerStatus::kSpam);
  EXPECT_EQ(decide(Decision::kRestore), AnswerStatus::kPublic);
  EXPECT_EQ(memory(), approved);
  EXPECT_EQ(decide(Decision::kDelete), AnswerStatus::kTrash);
  EXPECT_EQ(memory(), approved);
  EXPECT_EQ(decide(Decision::kRestore), AnswerStatus::kPublic);
  ExpectCountsHold();
}

TEST_F(Commenting, RestoreLeadsBackToWhereItLastWaitedOrWasPublic) {
  constexpr auto kApprove = Decision::kApprove, kSpam = Decision::kSpam,
                 kDelete = Decision::kDelete, kRestore = Decision::kRestore;
  const auto memory = [&] {
    return Ask(
        "select coalesce(group_concat(token || ' ' || good || ' ' || bad), '') from "
        "(select * from spam_token order by token)");
  };
  int number = 0;
  for (const bool approved : {false, true}) {
    for (const std::vector<Decision>& decisions :
         std::vector<std::vector<Decision>>{{kDelete, kDelete},
                                            {kSpam, kSpam},
                                            {kDelete, kSpam},
                                            {kSpam, kDelete},
                                            {kSpam, kDelete, kSpam, kSpam, kDelete},
                                            {kDelete, kRestore, kSpam, kDelete}}) {
      const Id id = Receipt(Post(Form("A fine day, number " + std::to_string(++number)))).id;
      const auto decide = [&](Decision decision) {
        return db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
          return Moderate(tx, AnswerKind::kComment, id, decision, 0, now_)->after;
        });
      };
      if (approved) decide(kApprove);
      const std::string before = memory();
      for (const Decision decision : decisions) decide(decision);
      EXPECT_EQ(decide(kRestore), approved ? AnswerStatus::kPublic : AnswerStatus::kHeld) << number;
      EXPECT_EQ(memory(), before) << number;
    }
  }
  ExpectCountsHold();
}

TEST_F(Commenting, DecidingTheSameAgainChangesNothing) {
  const Id id = Receipt(Post(Form("Hello"))).id;
  const auto decide = [&](Decision decision) {
    return db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return Moderate(tx, AnswerKind::kComment, id, decision, 0, now_)->after;
    });
  };
  const auto state = [&] {
    return Ask("select status || ' ' || coalesce(decided_at, 0) from comment") + " " +
           Ask("select count(*) from log");
  };
  const std::string first = state();
  EXPECT_EQ(decide(Decision::kRestore), AnswerStatus::kHeld);
  EXPECT_EQ(state(), first) << "there is nothing to take back";
  for (const Decision decision : {Decision::kSpam, Decision::kDelete}) {
    decide(decision);
    const std::string once = state();
    now_ += kDay;
    decide(decision);
    EXPECT_EQ(state(), once);
  }
  EXPECT_EQ(decide(Decision::kRestore), AnswerStatus::kHeld);
}

TEST_F(Commenting, AnApprovalTakenBackTakesTheTrustBack) {
  Set("smtp", "mail.example.org:587");
  CommentPost form = Form("Hello");
  form.author_email = "ann@example.org";
  const Id id = Receipt(Post(form)).id;
  const Reader reader = Press(LinkOfLastMail()).value();
  for (const Decision decision : {Decision::kApprove, Decision::kRestore}) {
    db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return Moderate(tx, AnswerKind::kComment, id, decision, 0, now_).has_value();
    });
  }
  EXPECT_FALSE(Read([&](sql::Tx& tx) { return ReaderById(tx, reader.id); })->trusted_at);
  EXPECT_EQ(Ask("select status from comment"), "0");
}

TEST_F(Commenting, SpamAndTrashGoAfterThirtyDaysAndNetworksToo) {
  const Id id = Receipt(Post(Form("Hello"))).id;
  Post(Form("Kept"));
  const auto forget = [&] {
    return db_.Write(sql::Publicity::kPrivate,
                     [&](sql::Tx& tx) { return ForgetOldAnswers(tx, settings_, now_); });
  };
  now_ += 20 * kDay;
  db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    return Moderate(tx, AnswerKind::kComment, id, Decision::kDelete, 0, now_).has_value();
  });
  now_ += 29 * kDay;
  forget();
  EXPECT_EQ(Ask("select count(*) from comment"), "2");
  EXPECT_EQ(Ask("select count(*) from comment where network <> ''"), "0");
  now_ += 2 * kDay;
  forget();
  EXPECT_EQ(Ask("select body from comment"), "Kept");
}

}  // namespace
}  // namespace daybook::journal
