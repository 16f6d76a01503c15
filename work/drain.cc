// Doing what is due: see drain.h.
#include "work/drain.h"

#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>

#include "journal/alert.h"
#include "journal/contact.h"
#include "journal/follow.h"
#include "journal/friend.h"
#include "journal/import_slices.h"
#include "journal/mail.h"
#include "journal/mentions.h"
#include "journal/sign.h"
#include "journal/site.h"
#include "journal/statistics.h"
#include "journal/terms.h"
#include "journal/tidy.h"
#include "journal/wrong_clock.h"
#include "sql/tx.h"
#include "work/alert.h"
#include "work/backup.h"
#include "work/import_report.h"

namespace daybook::work {
namespace {

using journal::Job;
using journal::JobKind;
using journal::Seconds;

constexpr Seconds kDay = 86400;

void Do(const Tools& tools, const Job& job) {
  switch (job.kind) {
    case JobKind::kMail:
      return DoMail(tools, job);
    case JobKind::kVerify:
      return DoVerify(tools, job);
    case JobKind::kSpread:
      return DoSpread(tools, job);
    case JobKind::kSendMention:
      return DoSendMention(tools, job);
    case JobKind::kTellFollowers:
      return DoTellFollowers(tools, job);
    case JobKind::kAlert:
      return DoAlert(tools, job);
    case JobKind::kTellWriter:
      return DoTellWriter(tools, job);
    case JobKind::kPicture:
      return DoPicture(tools, job);
    case JobKind::kMailing:
      return DoMailing(tools, job);
    case JobKind::kDigest:
      return DoDigest(tools, job);
    case JobKind::kKeep:
      return DoKeep(tools, job);
    case JobKind::kHang:
      return DoHang(tools, job);
    case JobKind::kImport:
      return DoImport(tools, job);
    case JobKind::kMailCheck:
      return DoMailCheck(tools, job);
  }
  // Of a newer program; it may come back.
  tools.journal.db.Write(sql::Publicity::kPrivate,
                         [&](sql::Tx& tx) { journal::PostponeJob(tx, job, tools.clock() + kDay); });
}

// What is read when a mail leaves; false where nobody wants it any more.
bool Fill(sql::Tx& tx, const journal::Settings& settings, const templates::Templates& templates,
          journal::QueuedMail& mail, Seconds now) {
  switch (mail.kind) {
    case journal::MailTemplate::kFollowUp:
      return journal::FillFollowUp(tx, settings, mail, now);
    case journal::MailTemplate::kAlert:
      return FillAlert(tx, settings, templates, mail, now);
    case journal::MailTemplate::kApproved:
      return journal::FillApproved(tx, settings, mail, now);
    case journal::MailTemplate::kFriend:
      return journal::FriendMailIsWanted(tx, mail, now);
    case journal::MailTemplate::kMessage:
      return journal::FillMessage(tx, mail);
    default:
      return true;
  }
}

// One small step, since jobs may become due meanwhile; true if there is more to do. A failure costs
// the backup, not the jobs; it is tried again an hour later.
bool BackUpSome(const Tools& tools) {
  if (!tools.journal.Load().backup_daily) return false;
  constexpr std::chrono::seconds kSlice(1);
  constexpr std::chrono::hours kPause(1);
  const journal::Home& home = tools.journal.home;
  std::error_code none;
  const auto at = std::filesystem::last_write_time(home.Backups() / ".failed", none);
  const auto ago = std::filesystem::file_time_type::clock::now() - at;
  if (!none && ago >= ago.zero() && ago < kPause) return false;
  if (!BackupIsDue(home, tools.clock())) return false;
  const auto slice = KeepSlice(home, tools.clock(), kSlice);
  return slice && slice->outcome == BackupSlice::Outcome::kMore;
}

}  // namespace

void LogDelivery(journal::Id mail, const Delivered& delivered) {
  if (delivered.outcome == Delivery::kTaken) return;
  const char* what = delivered.outcome == Delivery::kTryAgain ? "is tried again" : "was refused";
  std::fprintf(stderr, "daybook-work: mail %lld %s: %s\n", static_cast<long long>(mail), what,
               delivered.detail.c_str());
}

void DoMail(const Tools& tools, const Job& job) {
  sql::Db& db = tools.journal.db;
  const Seconds now = tools.clock();
  const journal::Settings settings = tools.journal.Load();
  auto mail = db.Read([&](sql::Tx& tx) { return journal::LoadMail(tx, job.subject); });
  const auto write = [&](auto&& f) { db.Write(sql::Publicity::kPrivate, f); };
  if (!mail || mail->to.empty())
    return write([&](sql::Tx& tx) { static_cast<void>(journal::FinishJob(tx, job)); });
  if (!settings.mail_sending)
    return write([&](sql::Tx& tx) { journal::PostponeJob(tx, job, now + kMailHeld); });
  const Seconds next = db.Read([&](sql::Tx& tx) { return journal::NextMailAt(tx, settings, now); });
  if (next > now) return write([&](sql::Tx& tx) { journal::PostponeJob(tx, job, next); });
  if (!db.Read([&](sql::Tx& tx) { return Fill(tx, settings, tools.templates, *mail, now); })) {
    return write([&](sql::Tx& tx) {
      if (journal::FinishJob(tx, job)) journal::DropMail(tx, mail->id);
    });
  }
  std::optional<Message> made = mail->kind == journal::MailTemplate::kIssueTest
                                    ? IssueTest(tools, settings, *mail)
                                    : MessageOf(*mail, settings, tools.templates);
  if (!made) {
    return write([&](sql::Tx& tx) {
      if (journal::FinishJob(tx, job)) journal::DropMail(tx, mail->id);
    });
  }
  Message& message = *made;
  message.sender = BounceSender(
      settings, db.Read([](sql::Tx& tx) { return journal::SignerOf(tx); }), mail->id, message.to);
  Delivered delivered{Delivery::kTryAgain, "mail is not set up"};
  if (message.from.empty()) {
    delivered.detail = "the setting mail.from is empty";
  } else if (tools.mailer != nullptr) {
    delivered = tools.mailer->Send(message);
  }
  LogDelivery(mail->id, delivered);
  write([&](sql::Tx& tx) {
    switch (delivered.outcome) {
      case Delivery::kTaken:
        // It left, whoever holds the job by now.
        journal::NoteMailSent(tx, mail->id, tools.clock());
        static_cast<void>(journal::FinishJob(tx, job));
        break;
      case Delivery::kNoSuchAddress:
        journal::SuppressAddress(tx, mail->to, now);
        [[fallthrough]];
      case Delivery::kRefused:
        if (journal::FinishJob(tx, job))
          journal::NoteMailFailed(tx, mail->id, delivered.detail, now);
        break;
      case Delivery::kTryAgain:
        static_cast<void>(journal::FailJob(tx, job, delivered.detail, tools.clock()));
        break;
    }
  });
}

void DoImport(const Tools& tools, const Job& job) {
  const auto slice = journal::RunImportSlice(
      tools.journal.home, tools.clock(), [&](const journal::ImportReport& report) {
        return ImportReportText(report, tools.templates.words());
      });
  tools.journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    if (slice == journal::ImportSlice::kEnded)
      static_cast<void>(journal::FinishJob(tx, job));
    else  // the owner's page is at it, too: whoever comes first
      journal::PostponeJob(tx, job,
                           tools.clock() + (slice == journal::ImportSlice::kOccupied ? 2 : 0));
  });
}

// Its last step takes the job away.
void DoHang(const Tools& tools, const Job& job) {
  for (std::optional<journal::HangCursor> at = journal::HangCursor(); at;
       tools.journal.db.CheckpointIfDue())
    at = tools.journal.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      return journal::HangSomeOfCategory(tx, job.subject, *at);
    });
}

void DoTellFollowers(const Tools& tools, const Job& job) {
  const journal::Settings settings = tools.journal.Load();
  bool more = true;
  while (more) {
    tools.journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      more = journal::TellFollowers(tx, settings, job.subject, tools.clock());
      if (!more) static_cast<void>(journal::FinishJob(tx, job));
    });
  }
}

int Drain(const Tools& tools, std::string_view lease, const std::function<bool()>& stop) {
  sql::Db& db = tools.journal.db;
  int done = 0;
  if (db.Read([&](sql::Tx& tx) { return journal::ClockWasWrong(tx, tools.clock()); })) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { journal::MendTimes(tx, tools.clock()); });
  }
  while (!stop()) {
    const Seconds now = tools.clock();
    // Looked at first without the write lock: mostly there is nothing.
    if (!db.Read([&](sql::Tx& tx) { return journal::HasDueJob(tx, now); })) break;
    const auto job = db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed,
                              [&](sql::Tx& tx) { return journal::ClaimJob(tx, lease, now); });
    if (!job) continue;  // another took it, or it was given up
    Do(tools, *job);
    db.CheckpointIfDue();
    ++done;
  }
  while (!stop() && journal::RenderOn(db, tools.journal.config)) db.CheckpointIfDue();
  const journal::Settings of_log = tools.journal.Load();
  while (!stop() && journal::ReadAccessLog(db, of_log, tools.clock())) db.CheckpointIfDue();
  if (!stop() && db.Read([&](sql::Tx& tx) { return journal::TidyIsDue(tx, tools.clock()); })) {
    const journal::Settings settings = tools.journal.Load();
    // In small steps, each of them a transaction; the last one notes that it was done.
    while (!stop() && db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::Tidy(tx, settings, tools.clock());
    })) {
    }
    db.CheckpointIfDue();
  }
  while (!stop() && BackUpSome(tools)) {
    if (db.Read([&](sql::Tx& tx) { return journal::HasDueJob(tx, tools.clock()); }))
      return done + Drain(tools, lease, stop);
  }
  return done;
}

}  // namespace daybook::work
