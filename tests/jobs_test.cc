// The queue of jobs, and the mails that go through it. Whoever does the jobs is tested in
// work_test.cc.
#include "journal/jobs.h"

#include "journal/mail.h"
#include "tests/journal_fixture.h"
#include "text/email.h"

namespace daybook::journal {
namespace {

class JobsTest : public JournalTest {
 protected:
  void Add(JobKind kind, Id subject, Seconds run_at, int priority = 5) {
    Write([&](sql::Tx& tx) { Enqueue(tx, {kind, subject, run_at, priority}); });
  }
  std::optional<Job> Claim(std::string_view lease, Seconds now) {
    return Write([&](sql::Tx& tx) { return ClaimJob(tx, lease, now); });
  }
  bool Finish(const Job& job) {
    return Write([&](sql::Tx& tx) { return FinishJob(tx, job); });
  }
  QueueCounts Count(Seconds now) {
    return Read([&](sql::Tx& tx) { return CountJobs(tx, now); });
  }
};

TEST_F(JobsTest, IsDoneOnceAndNotBeforeItsTime) {
  Add(JobKind::kSpread, 7, now_ + 10);
  EXPECT_FALSE(Claim("a", now_ + 9));
  const auto job = Claim("a", now_ + 10);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->kind, JobKind::kSpread);
  EXPECT_EQ(job->subject, 7);
  EXPECT_TRUE(Finish(*job));
  EXPECT_FALSE(Claim("a", now_ + 10));
  EXPECT_EQ(Count(now_).waiting, 0);
}

TEST_F(JobsTest, TwoWorkersNeverHoldTheSameJob) {
  Add(JobKind::kSpread, 1, now_);
  Add(JobKind::kSpread, 2, now_);
  const auto first = Claim("a", now_), second = Claim("b", now_);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->subject, second->subject);
  EXPECT_FALSE(Claim("c", now_));
  EXPECT_EQ(Count(now_).running, 2);
}

TEST_F(JobsTest, AJobOfAKilledWorkerIsTakenUpWhenItsLeaseEndsAndTheLateWorkerIsRefused) {
  Add(JobKind::kVerify, 1, now_);
  const auto lost = Claim("a", now_);
  ASSERT_TRUE(lost);
  EXPECT_FALSE(Claim("b", now_ + kLease - 1));
  const auto again = Claim("b", now_ + kLease);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempts, 2);
  EXPECT_FALSE(Finish(*lost));
  EXPECT_FALSE(Write([&](sql::Tx& tx) { return FailJob(tx, *lost, "late", now_); }));
  EXPECT_TRUE(Finish(*again));
}

TEST_F(JobsTest, ReleasedByWhoeverKnowsThatItsWorkerEndedItIsDueAtOnce) {
  Add(JobKind::kVerify, 1, now_);
  ASSERT_TRUE(Claim("a", now_));
  Write([&](sql::Tx& tx) { ReleaseJobs(tx, "a"); });
  EXPECT_TRUE(Claim("b", now_));
}

TEST_F(JobsTest, FailuresAreTriedAgainAfterAMinuteThenTwiceAsLongUpToADayThenDead) {
  EXPECT_EQ(RetryDelay(1), 60);
  EXPECT_EQ(RetryDelay(2), 120);
  EXPECT_EQ(RetryDelay(11), 61440);
  EXPECT_EQ(RetryDelay(12), 86400);
  EXPECT_EQ(RetryDelay(1000), 86400);
  Add(JobKind::kMail, 1, now_);
  Seconds now = now_;
  for (int attempt = 1; attempt <= kMaxAttempts; ++attempt) {
    const auto job = Claim("a", now);
    ASSERT_TRUE(job) << attempt;
    EXPECT_EQ(job->attempts, attempt);
    const auto again = Write([&](sql::Tx& tx) { return FailJob(tx, *job, "no route", now); });
    EXPECT_EQ(again, attempt < kMaxAttempts);
    EXPECT_FALSE(Claim("a", now + RetryDelay(attempt) - 1));
    now += RetryDelay(attempt);
  }
  EXPECT_FALSE(Claim("a", now + 100 * kDay));
  EXPECT_EQ(Count(now).dead, 1);
  EXPECT_EQ(Write([&](sql::Tx& tx) { return ReviveJobs(tx, now); }), 1);
  EXPECT_EQ(Claim("a", now)->attempts, 1);
}

TEST_F(JobsTest, OneThatKillsItsWorkerEachTimeEndsDead) {
  Add(JobKind::kVerify, 1, now_);
  Seconds now = now_;
  for (int attempt = 1; attempt <= kMaxAttempts; ++attempt, now += kLease)
    ASSERT_TRUE(Claim("a", now));
  EXPECT_FALSE(Claim("a", now));
  EXPECT_EQ(Count(now).dead, 1);
}

TEST_F(JobsTest, AskedForTwiceItIsDoneOnce) {
  Add(JobKind::kSpread, 7, now_ + 500);
  Add(JobKind::kSpread, 7, now_);
  EXPECT_EQ(Count(now_).waiting, 1);
  const auto job = Claim("a", now_);
  ASSERT_TRUE(job);
  EXPECT_TRUE(Finish(*job));
  EXPECT_EQ(Count(now_).waiting, 0);
}

TEST_F(JobsTest, AskedForWhileItIsBeingDoneItIsDoneOnceMore) {
  Add(JobKind::kSpread, 7, now_);
  const auto job = Claim("a", now_);
  Add(JobKind::kSpread, 7, now_ + 5);
  EXPECT_FALSE(Claim("b", now_ + 5)) << "it is in somebody's hands";
  EXPECT_TRUE(Finish(*job));
  const auto again = Claim("b", now_ + 5);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempts, 1);
}

TEST_F(JobsTest, OfEachHostOneJobAtATimeIsInHands) {
  const auto add = [&](Id subject, const std::string& host) {
    Write([&](sql::Tx& tx) { Enqueue(tx, {JobKind::kVerify, subject, now_, 5, host}); });
  };
  add(1, "slow.example");
  add(2, "slow.example");
  add(3, "other.example");
  add(4, "");
  add(5, "");
  std::vector<Id> held;
  while (const auto job = Claim("worker" + std::to_string(held.size()), now_))
    held.push_back(job->subject);
  EXPECT_EQ(held, (std::vector<Id>{1, 3, 4, 5}));
  EXPECT_FALSE(Read([&](sql::Tx& tx) { return HasDueJob(tx, now_); })) << "nobody need look again";
  Write([&](sql::Tx& tx) { ReleaseJobs(tx, "worker0"); });
  EXPECT_TRUE(Read([&](sql::Tx& tx) { return HasDueJob(tx, now_); }));
}

TEST_F(JobsTest, AHostThatDoesNotAnswerWaitsWithAllItsJobsLongerEachTime) {
  const auto add = [&](Id subject, const std::string& host) {
    Write([&](sql::Tx& tx) { Enqueue(tx, {JobKind::kVerify, subject, now_, 5, host}); });
  };
  for (const Id subject : {1, 2, 3}) add(subject, "slow.example");
  add(4, "other.example");
  const auto fail = [&](const Job& job, Seconds at) {
    Write([&](sql::Tx& tx) {
      HoldHost(tx, job, at);
      static_cast<void>(FailJob(tx, job, "no answer", at));
    });
  };
  auto job = Claim("a", now_);
  ASSERT_TRUE(job && job->subject == 1);
  fail(*job, now_);
  job = Claim("a", now_);
  ASSERT_TRUE(job && job->subject == 4) << "the others go on";
  EXPECT_TRUE(Finish(*job));
  EXPECT_FALSE(Claim("a", now_ + 59));
  job = Claim("a", now_ + 60);
  ASSERT_TRUE(job && job->subject == 1);
  EXPECT_EQ(job->attempts, 2);
  fail(*job, now_ + 60);
  EXPECT_FALSE(Claim("a", now_ + 60 + 119)) << "2 and 3 were never asked, and wait with it";
  EXPECT_TRUE(Claim("a", now_ + 60 + 120));
}

TEST_F(JobsTest, WhatSomebodyWaitsForComesFirst) {
  Add(JobKind::kVerify, 1, now_ - 100);
  Add(JobKind::kMail, 2, now_, 1);
  Add(JobKind::kMail, 3, now_, 0);
  for (const Id next : {3, 2, 1}) {
    const auto job = Claim("a", now_);
    ASSERT_TRUE(job);
    EXPECT_EQ(job->subject, next);
    EXPECT_TRUE(Finish(*job));
  }
}

TEST_F(JobsTest, MailsLeaveOneAtATimeSoThatTheHostsCapHolds) {
  Add(JobKind::kMail, 1, now_);
  Add(JobKind::kMail, 2, now_);
  const auto first = Claim("a", now_);
  ASSERT_TRUE(first);
  EXPECT_FALSE(Claim("b", now_));
  EXPECT_FALSE(Read([&](sql::Tx& tx) { return HasDueJob(tx, now_); }));
  EXPECT_TRUE(Finish(*first));
  EXPECT_TRUE(Claim("b", now_));
}

TEST_F(JobsTest, PostponedIsNoAttempt) {
  Add(JobKind::kMail, 1, now_);
  const auto job = Claim("a", now_);
  Write([&](sql::Tx& tx) { return PostponeJob(tx, *job, now_ + 30); });
  EXPECT_FALSE(Claim("a", now_ + 29));
  EXPECT_EQ(Claim("a", now_ + 30)->attempts, 1);
}

TEST_F(JobsTest, JobsAreNoPublicChange) {
  const auto rev = Rev();
  db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { Enqueue(tx, {JobKind::kMail, 1, now_}); });
  EXPECT_EQ(Rev(), rev);
}

class MailQueueTest : public JobsTest {
 protected:
  MailQueueTest() { Set("smtp", "mail.example.org:25"); }
  MailTaken Send(std::string_view to, std::string network = "192.0.2.0/24") {
    NewMail mail;
    mail.to = text::ParseEmail(to).value();
    mail.fields = {{"link", "https://example.org/confirm/x"}};
    mail.network = std::move(network);
    return Write([&](sql::Tx& tx) { return EnqueueMail(tx, settings_, mail, now_); });
  }
};

TEST_F(MailQueueTest, WithoutATransportNothingIsQueued) {
  Set("smtp", "");
  EXPECT_EQ(Send("ann@example.org"), MailTaken::kOff);
  EXPECT_EQ(Count(now_).waiting, 0);
}

TEST_F(MailQueueTest, IsQueuedWithAJobInOneTransaction) {
  EXPECT_EQ(Send("ann@example.org"), MailTaken::kQueued);
  const auto job = Claim("a", now_);
  ASSERT_TRUE(job);
  const auto mail = Read([&](sql::Tx& tx) { return LoadMail(tx, job->subject); });
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->to.view(), "ann@example.org");
  EXPECT_EQ(mail->fields.at(0).second, "https://example.org/confirm/x");
  Write([&](sql::Tx& tx) { NoteMailSent(tx, mail->id, now_); });
  EXPECT_FALSE(Read([&](sql::Tx& tx) { return LoadMail(tx, job->subject); }));
}

TEST_F(MailQueueTest, FieldsAreLinesWhateverTheyHeld) {
  NewMail mail;
  mail.to = text::ParseEmail("ann@example.org").value();
  mail.fields = {{"entry", "A\r\nBcc: all@example.org\n\n\x01x\xff"}};
  Write([&](sql::Tx& tx) { return EnqueueMail(tx, settings_, mail, now_); });
  const auto loaded = Read([&](sql::Tx& tx) { return LoadMail(tx, 1); });
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->fields.at(0).second.find_first_of("\r\n\x01"), std::string::npos);
}

TEST_F(MailQueueTest, StrangersHaveBudgetsByAddressByNetworkAndInAll) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Send("ann@example.org"), MailTaken::kQueued);
  EXPECT_EQ(Send("ann@example.org"), MailTaken::kOverBudget);
  EXPECT_EQ(Send("ann@example.org", ""), MailTaken::kQueued) << "the journal's own";
  for (int i = 3; i < 10; ++i)
    EXPECT_EQ(Send("r" + std::to_string(i) + "@example.org"), MailTaken::kQueued);
  EXPECT_EQ(Send("bob@example.org"), MailTaken::kOverBudget);
  for (int i = 10; i < 200; ++i) {
    EXPECT_EQ(Send("r" + std::to_string(i) + "@example.org", std::to_string(i)),
              MailTaken::kQueued);
  }
  EXPECT_EQ(Send("bob@example.org", "203.0.113.0/24"), MailTaken::kOverBudget);
  Set("rates", "off");
  EXPECT_EQ(Send("bob@example.org"), MailTaken::kQueued);
}

TEST_F(MailQueueTest, AnAddressThatDoesNotExistGetsNoMore) {
  Write(
      [&](sql::Tx& tx) { SuppressAddress(tx, text::ParseEmail("ann@example.org").value(), now_); });
  EXPECT_EQ(Send("ann@example.org"), MailTaken::kSuppressed);
}

TEST_F(MailQueueTest, TheHostsCapSaysWhenTheNextOneMayLeave) {
  Set("mail.per_hour", "2");
  for (int i = 0; i < 3; ++i) Send("r" + std::to_string(i) + "@example.org");
  const auto next = [&] {
    return Read([&](sql::Tx& tx) { return NextMailAt(tx, settings_, now_); });
  };
  Write([&](sql::Tx& tx) { NoteMailSent(tx, 1, now_ - 1000); });
  EXPECT_EQ(next(), now_);
  Write([&](sql::Tx& tx) { NoteMailSent(tx, 2, now_ - 10); });
  EXPECT_EQ(next(), now_ - 1000 + 3601);
}

TEST_F(MailQueueTest, AClockThatWasInTheFutureHoldsNoMailBack) {
  Set("mail.per_hour", "2");
  for (int i = 0; i < 3; ++i) Send("r" + std::to_string(i) + "@example.org");
  Write([&](sql::Tx& tx) {
    for (Id id : {1, 2}) NoteMailSent(tx, id, now_ + 90 * kDay);
  });
  EXPECT_EQ(Read([&](sql::Tx& tx) { return NextMailAt(tx, settings_, now_); }), now_);
}

TEST_F(MailQueueTest, OfMessagesTheOwnerIsToldTwentyADay) {
  const auto tell = [&] {
    NewMail mail;
    mail.kind = MailTemplate::kMessage;
    mail.to = text::ParseEmail("ann@example.org").value();
    return Write([&](sql::Tx& tx) { return EnqueueMail(tx, settings_, mail, now_); });
  };
  for (int i = 0; i < 20; ++i) EXPECT_EQ(tell(), MailTaken::kQueued);
  EXPECT_EQ(tell(), MailTaken::kOverBudget);
  now_ += kDay + 1;
  EXPECT_EQ(tell(), MailTaken::kQueued);
}

TEST_F(JobsTest, WhoLostItsLeaseKnows) {
  Write([&](sql::Tx& tx) { Enqueue(tx, {JobKind::kMailing, 1, now_}); });
  const auto first = Claim("a", now_);
  ASSERT_TRUE(first);
  const auto holds = [&] { return Read([&](sql::Tx& tx) { return HoldsJob(tx, *first); }); };
  EXPECT_TRUE(holds());
  ASSERT_TRUE(Claim("b", now_ + kLease + 1)) << "the clock was put forward";
  EXPECT_FALSE(holds());
}

TEST_F(JobsTest, KillsCountOnlyWhileNothingIsDone) {
  Write([&](sql::Tx& tx) { Enqueue(tx, {JobKind::kMailing, 1, now_}); });
  for (int i = 0; i < 3 * kMaxAttempts; ++i) {
    const auto job = Claim("k" + std::to_string(i), now_);
    ASSERT_TRUE(job) << i;
    Write([&](sql::Tx& tx) { NoteProgress(tx, *job); });
    now_ += kLease + 1;
  }
}

}  // namespace
}  // namespace daybook::journal
