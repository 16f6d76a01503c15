// Letters to many, copy by copy: the letter is made once, each copy is that with the links of its
// receiver put in. It works in turns of two seconds, so that what others wait for leaves between
// them; a copy is marked when the server has it, so a kill sends at most one copy twice.
#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "journal/mail.h"
#include "journal/mailing.h"
#include "sql/tx.h"
#include "text/email.h"
#include "work/drain.h"
#include "work/mailing_letter.h"

namespace daybook::work {
namespace {

using journal::Job;
using journal::Mailing;
using journal::MailingKind;
using journal::MailingStatus;
using journal::Seconds;

constexpr std::chrono::seconds kTurn{2};
constexpr int kMostAttempts = 14;          // some three days
constexpr int kInARow = 3;                 // copies not taken one after another: it is the server
constexpr std::chrono::seconds kSlow{10};  // for not taking one: it is the server, too

enum class Ended { kNo, kTurn, kCap, kServer, kStop, kHeld, kLost };

class Round {
 public:
  Round(const Tools& tools, const journal::Settings& settings, const Mailing& mailing,
        const Job& job)
      : tools_(tools),
        settings_(settings),
        mailing_(mailing),
        job_(job),
        maker_(tools, settings, mailing),
        signer_(tools.journal.db.Read([](sql::Tx& tx) { return journal::SignerOf(tx); })) {}

  // Until nothing waits, the turn is over, the cap is reached or the server cannot. `next`: when to
  // go on.
  Ended Run(Seconds& next) {
    const Ended ended = Copies(next);
    if (ended != Ended::kLost) Settle(ended == Ended::kNo);
    return ended;
  }

 private:
  Ended Copies(Seconds& next) {
    const auto end = std::chrono::steady_clock::now() + kTurn;
    for (;;) {
      const auto copies = db().Read(
          [&](sql::Tx& tx) { return journal::NextCopies(tx, mailing_.id, tools_.clock()); });
      // Those that were refused last are not marked yet.
      if (copies.size() <= refused_.size()) return Ended::kNo;
      for (const journal::Copy& copy : copies) {
        const Seconds now = tools_.clock();
        if (IsRefused(copy)) continue;
        bool wanted = false, others = false, held = false, ours = false;
        db().Read([&](sql::Tx& tx) {
          ours = journal::HoldsJob(tx, job_);
          held = journal::MailIsHeld(tx);
          wanted = journal::IsWanted(tx, copy.id);
          others = journal::OthersWait(tx, now);
          next = journal::NextCopyAt(tx, settings_, now);
        });
        if (!ours) return Ended::kLost;
        if (held) return Ended::kHeld;
        if (!wanted) {
          if (!StillGoes()) return Ended::kStop;
          Drop(copy);
          continue;
        }
        if (next > now) return Ended::kCap;
        if (others || std::chrono::steady_clock::now() >= end) return Ended::kTurn;
        if (!Send(copy, now)) return Ended::kServer;
      }
    }
  }

  sql::Db& db() const { return tools_.journal.db; }
  bool IsRefused(const journal::Copy& copy) const {
    return std::any_of(refused_.begin(), refused_.end(),
                       [&](const auto& one) { return one.first.id == copy.id; });
  }
  bool StillGoes() const {
    const auto now = db().Read([&](sql::Tx& tx) { return journal::MailingById(tx, mailing_.id); });
    return now && now->status == MailingStatus::kSending;
  }
  void Drop(const journal::Copy& copy) const {
    db().Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed,
               [&](sql::Tx& tx) { journal::DropMail(tx, copy.id); });
  }

  // False if the server seems to take nothing at all.
  bool Send(const journal::Copy& copy, Seconds now) {
    const Letter& letter = maker_.For(copy);
    const auto to = text::ParseEmail(copy.to);
    if (letter.empty || !to) {
      Drop(copy);
      return true;
    }
    const std::string token = journal::SubscriberToken(signer_, copy.subscriber, copy.secret);
    Message message = letter.message;
    message.to = *to;
    message.sender = BounceSender(settings_, signer_, copy.id, *to);
    message.body = WithToken(letter.message.body, letter.mark, token);
    message.html = WithToken(letter.message.html, letter.mark, token);
    message.leave = HeaderUrl(settings_.Origin() + settings_.BasePath() + "/unsubscribe/" + token);
    message.message_id =
        decltype(message.message_id)("daybook." + std::to_string(mailing_.created_at) + "." +
                                     std::to_string(mailing_.id) + "." + std::to_string(copy.id));
    Delivered delivered{Delivery::kTryAgain, "mail is not set up"};
    const auto begun = std::chrono::steady_clock::now();
    if (message.from.empty()) {
      delivered.detail = "the setting mail.from is empty";
    } else if (tools_.mailer != nullptr) {
      delivered = tools_.mailer->Send(message);
    }
    const bool slow = std::chrono::steady_clock::now() - begun >= kSlow;
    LogDelivery(copy.id, delivered);
    db().Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
      switch (delivered.outcome) {
        case Delivery::kTaken:
          journal::NoteMailSent(tx, copy.id, tools_.clock());
          if (!got_on_) journal::NoteProgress(tx, job_);
          got_on_ = true;
          break;
        case Delivery::kNoSuchAddress:
          journal::SuppressAddress(tx, *to, now);
          journal::NoteBounced(tx, copy.subscriber, now);
          journal::NoteMailFailed(tx, copy.id, delivered.detail, now);
          break;
        case Delivery::kRefused:
          break;  // see Settle
        case Delivery::kTryAgain:
          PutOff(tx, copy, delivered.detail);
          break;
      }
    });
    db().CheckpointIfDue();
    if (delivered.outcome == Delivery::kRefused) refused_.emplace_back(copy, delivered.detail);
    if (delivered.outcome == Delivery::kTaken) Settle(true);
    if (delivered.outcome == Delivery::kTaken) in_a_row_ = 0;
    if (delivered.outcome == Delivery::kRefused || delivered.outcome == Delivery::kTryAgain)
      ++in_a_row_;
    return in_a_row_ < kInARow && !(slow && delivered.outcome == Delivery::kTryAgain);
  }

  void PutOff(sql::Tx& tx, const journal::Copy& copy, const std::string& why) const {
    const Seconds now = tools_.clock();
    if (copy.attempts + 1 >= kMostAttempts)
      journal::NoteMailFailed(tx, copy.id, why, now);
    else
      journal::PutOffCopy(tx, copy.id, now + journal::RetryDelay(copy.attempts + 1), why);
  }

  // What becomes of those that were refused since the last one was taken. One of many, or all that
  // were left: `theirs`, they get none. Several in a row mean that the server refuses us ("daily
  // quota exceeded"): they are tried again, or the whole letter would be lost by it.
  void Settle(bool theirs) {
    if (refused_.empty()) return;
    db().Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
      for (const auto& [copy, why] : refused_) {
        if (theirs)
          journal::NoteMailFailed(tx, copy.id, why, tools_.clock());
        else
          PutOff(tx, copy, why);
      }
    });
    refused_.clear();
  }

  const Tools& tools_;
  const journal::Settings& settings_;
  const Mailing& mailing_;
  const Job& job_;
  LetterMaker maker_;
  journal::Signer signer_;
  std::vector<std::pair<journal::Copy, std::string>> refused_;  // with what the server said
  int in_a_row_ = 0;
  bool got_on_ = false;
};

}  // namespace

void DoMailing(const Tools& tools, const Job& job) {
  constexpr Seconds kServerPause = 120;
  sql::Db& db = tools.journal.db;
  const journal::Settings settings = tools.journal.Load();
  const auto write = [&](auto&& f) { db.Write(sql::Publicity::kPrivate, f); };
  const auto finish = [&] {
    write([&](sql::Tx& tx) { static_cast<void>(journal::FinishJob(tx, job)); });
  };
  const auto load = [&] {
    return db.Read([&](sql::Tx& tx) { return journal::MailingById(tx, job.subject); });
  };
  auto mailing = load();
  if (!mailing) return finish();
  if (mailing->status == MailingStatus::kWaits) {
    if (mailing->send_at > tools.clock())
      return write([&](sql::Tx& tx) { journal::PostponeJob(tx, job, mailing->send_at); });
    bool begun = false;
    write(
        [&](sql::Tx& tx) { begun = journal::BeginMailing(tx, settings, *mailing, tools.clock()); });
    if (!begun) return finish();
    mailing = load();
  }
  for (bool more = true; more && mailing && mailing->status == MailingStatus::kWriting;) {
    write([&](sql::Tx& tx) {
      const auto fresh = journal::MailingById(tx, job.subject);
      more = fresh && fresh->status == MailingStatus::kWriting &&
             journal::WriteCopies(tx, *fresh, tools.clock());
    });
    if (!more) mailing = load();
  }
  if (!mailing || mailing->status != MailingStatus::kSending) return finish();
  // Hidden again: it goes on when it is shown.
  if (mailing->kind == MailingKind::kEntry && !db.Read([&](sql::Tx& tx) {
        return journal::EntryIsOpen(tx, mailing->entry_id, tools.clock());
      }))
    return finish();
  Seconds next = tools.clock();
  const Ended ended =
      !settings.mail_sending ? Ended::kHeld : Round(tools, settings, *mailing, job).Run(next);
  write([&](sql::Tx& tx) {
    const Seconds now = tools.clock();
    const auto waits = journal::NextTry(tx, mailing->id);
    switch (ended) {
      case Ended::kNo:
        if (!waits) {
          journal::EndMailing(tx, mailing->id, MailingStatus::kDone, now);
          static_cast<void>(journal::FinishJob(tx, job));
        } else {
          journal::PostponeJob(tx, job, std::max(*waits, now + 1));
        }
        break;
      case Ended::kTurn:
        journal::PostponeJob(tx, job, now);
        break;
      case Ended::kCap:
        journal::PostponeJob(tx, job, next);
        break;
      case Ended::kServer:
        journal::PostponeJob(tx, job, now + kServerPause);
        break;
      case Ended::kHeld:
        journal::PostponeJob(tx, job, now + kMailHeld);
        break;
      case Ended::kLost:  // another worker is at it
        break;
      case Ended::kStop:
        static_cast<void>(journal::FinishJob(tx, job));
        break;
    }
  });
}

void DoDigest(const Tools& tools, const Job& job) {
  const journal::Settings settings = tools.journal.Load();
  tools.journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    if (!journal::FinishJob(tx, job)) return;
    journal::MakeDigest(tx, settings, static_cast<journal::Cadence>(job.subject), tools.clock());
  });
}

}  // namespace daybook::work
