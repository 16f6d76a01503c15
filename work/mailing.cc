// Letters to many, copy by copy: the letter is made once, each copy is that with the links of its
// receiver put in. It works in turns of two seconds, so that what others wait for leaves between
// them; a copy is marked when the server has it, so a kill sends at most one copy twice.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>

#include "journal/mail.h"
#include "journal/mailing.h"
#include "sql/tx.h"
#include "templates/keys.h"
#include "text/absolute.h"
#include "text/email.h"
#include "text/letter.h"
#include "text/url.h"
#include "work/drain.h"

namespace daybook::work {
namespace {

namespace word = templates::word;
using journal::Job;
using journal::Mailing;
using journal::MailingKind;
using journal::MailingStatus;
using journal::Seconds;

constexpr std::chrono::seconds kTurn{2};
constexpr int kMostAttempts = 14;  // some three days
constexpr int kInARow = 3;         // copies put off one after another: it is the server

// A letter, with a mark where the receiver's own token comes.
struct Letter {
  Message message;
  std::string mark;
  bool empty = false;
};

std::string WithToken(const std::string& text, const std::string& mark, std::string_view token) {
  std::string out;
  out.reserve(text.size() + 200);
  size_t at = 0;
  for (size_t found; (found = text.find(mark, at)) != std::string::npos; at = found + mark.size()) {
    out.append(text, at, found - at);
    out += token;
  }
  out.append(text, at);
  return out;
}

class Maker {
 public:
  Maker(const Tools& tools, const journal::Settings& settings, const Mailing& mailing)
      : tools_(tools), settings_(settings), mailing_(mailing), mark_(journal::RandomName()) {}

  template <typename F>
  auto Read(F&& f) {
    return tools_.journal.db.Read(f);
  }
  // The letter for one receiver; nothing new for them: empty. Of a digest there are as many as
  // there are choices of tags.
  const Letter& For(const journal::Copy& copy) {
    std::vector<journal::Id> entries;
    const bool digest =
        mailing_.kind == MailingKind::kWeekly || mailing_.kind == MailingKind::kMonthly;
    if (digest) {
      if (!news_) news_ = Read([&](sql::Tx& tx) { return journal::EntriesOf(tx, mailing_); });
      for (const journal::NewEntry& entry : *news_) {
        if (copy.all_tags ||
            Read([&](sql::Tx& tx) { return journal::HasWantedTag(tx, entry.id, copy.subscriber); }))
          entries.push_back(entry.id);
      }
    }
    const auto found = letters_.find(entries);
    if (found != letters_.end()) return found->second;
    if (letters_.size() > 50) letters_.clear();
    return letters_[entries] = digest ? Digest(entries) : OfEntry();
  }

  // What is written so far, to who writes it; without anybody's links.
  Letter Test() {
    test_ = true;
    return OfEntry();
  }

 private:
  std::string Base() const { return settings_.Origin() + settings_.BasePath(); }
  std::string Get(templates::WordKey key) const { return tools_.templates.words().Get(key); }

  Letter New(std::string_view subject) const {
    Letter letter;
    letter.mark = mark_;
    Message& message = letter.message;
    message = NewMessage(settings_, {}, mailing_.send_at);
    message.subject = HeaderText(subject);
    const bool issue = mailing_.kind == MailingKind::kIssue;
    message.list = HeaderToken((issue ? "newsletter." : "entries.") + text::HostOf(settings_.url));
    message.list_name = HeaderText(settings_.title);
    return letter;
  }

  // Below each letter: why it came and how to change or end that.
  std::string Ways() const {
    if (test_) return Get(word::kMailListTest) + "\n";
    return Get(word::kMailListPrefs) + "\n" + Base() + "/preferences/" + mark_ + "\n\n" +
           Get(word::kMailListLeave) + "\n" + Base() + "/unsubscribe/" + mark_ + "\n";
  }
  std::string Foot() const {
    return "-- \n" + settings_.title + "\n" + settings_.url + "\n\n" + Ways();
  }

  Letter OfEntry() {
    const auto text = Read([&](sql::Tx& tx) { return journal::TextOf(tx, mailing_.entry_id); });
    Letter letter = New(text && !text->title.empty() ? text->title : settings_.title);
    letter.empty = !text;
    if (!text) return letter;
    // A page that is public already, or will be when this leaves.
    const bool issue = mailing_.kind == MailingKind::kIssue;
    const bool linked = !text->path.empty() && (!issue || Read([&](sql::Tx& tx) {
      return journal::PageIsOpen(tx, mailing_.entry_id, tools_.clock());
    }));
    const std::string address = Base() + text::EncodePath(text->path);
    std::string& body = letter.message.body;
    if (!text->title.empty()) body += text->title + "\n\n";
    // Places in the text itself have no address here.
    body += text::LetterText(text::AbsoluteHtml(
                text::SafeHtml::Vouch(text->body_html + text->more_html), settings_.Origin())) +
            "\n\n";
    const std::string read = linked ? Get(word::kMailListRead) + "\n" + address + "\n" : "";
    body += read + (linked ? "\n" : "") + Foot();
    // Both were made by the sanitiser when the entry was written.
    const auto whole = text::AbsoluteHtml(text::SafeHtml::Vouch(text->body_html + text->more_html),
                                          settings_.Origin(), linked ? address : "");
    letter.message.html = DressHtml(tools_.templates, settings_, text->title, whole, read, Ways());
    return letter;
  }

  Letter Digest(const std::vector<journal::Id>& wanted) {
    const auto subject =
        mailing_.kind == MailingKind::kWeekly ? word::kMailListWeekly : word::kMailListMonthly;
    const std::string title =
        tools_.templates.words().Format(subject, {{"journal", settings_.title}});
    Letter letter = New(title);
    letter.empty = wanted.empty();
    for (const journal::NewEntry& entry : *news_) {
      if (std::find(wanted.begin(), wanted.end(), entry.id) == wanted.end()) continue;
      if (!entry.title.empty()) letter.message.body += entry.title + "\n";
      letter.message.body += entry.summary + "\n" + Base() + text::EncodePath(entry.path) + "\n\n";
    }
    letter.message.html =
        DressText(tools_.templates, settings_, title, letter.message.body, Ways());
    letter.message.body += Foot();
    return letter;
  }

  const Tools& tools_;
  const journal::Settings& settings_;
  const Mailing& mailing_;
  std::string mark_;
  bool test_ = false;
  std::optional<std::vector<journal::NewEntry>> news_;
  std::map<std::vector<journal::Id>, Letter> letters_;
};

enum class Ended { kNo, kTurn, kCap, kServer, kStop, kHeld };

class Round {
 public:
  Round(const Tools& tools, const journal::Settings& settings, const Mailing& mailing)
      : tools_(tools),
        settings_(settings),
        mailing_(mailing),
        maker_(tools, settings, mailing),
        signer_(tools.journal.db.Read([](sql::Tx& tx) { return journal::SignerOf(tx); })) {}

  // Until nothing waits, the turn is over, the cap is reached or the server cannot. `next`: when to
  // go on.
  Ended Run(Seconds& next) {
    const auto end = std::chrono::steady_clock::now() + kTurn;
    for (;;) {
      const auto copies = db().Read(
          [&](sql::Tx& tx) { return journal::NextCopies(tx, mailing_.id, tools_.clock()); });
      if (copies.empty()) return Ended::kNo;
      for (const journal::Copy& copy : copies) {
        const Seconds now = tools_.clock();
        bool wanted = false, others = false, held = false;
        db().Read([&](sql::Tx& tx) {
          held = journal::MailIsHeld(tx);
          wanted = journal::IsWanted(tx, copy.id);
          others = journal::OthersWait(tx, now);
          next = journal::NextCopyAt(tx, settings_, now);
        });
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

 private:
  sql::Db& db() const { return tools_.journal.db; }
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
    message.sender = BounceSender(settings_, signer_, copy.id);
    message.body = WithToken(letter.message.body, letter.mark, token);
    message.html = WithToken(letter.message.html, letter.mark, token);
    message.leave = HeaderUrl(settings_.Origin() + settings_.BasePath() + "/unsubscribe/" + token);
    message.message_id =
        decltype(message.message_id)("daybook." + std::to_string(mailing_.created_at) + "." +
                                     std::to_string(mailing_.id) + "." + std::to_string(copy.id));
    Delivered delivered{Delivery::kTryAgain, "mail is not set up"};
    if (message.from.empty()) {
      delivered.detail = "the setting mail.from is empty";
    } else if (tools_.mailer != nullptr) {
      delivered = tools_.mailer->Send(message);
    }
    LogDelivery(copy.id, delivered);
    db().Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
      switch (delivered.outcome) {
        case Delivery::kTaken:
          journal::NoteMailSent(tx, copy.id, tools_.clock());
          break;
        case Delivery::kNoSuchAddress:
          journal::SuppressAddress(tx, *to, now);
          journal::NoteBounced(tx, copy.subscriber, now);
          [[fallthrough]];
        case Delivery::kRefused:
          journal::NoteMailFailed(tx, copy.id, delivered.detail, now);
          break;
        case Delivery::kTryAgain:
          if (copy.attempts + 1 >= kMostAttempts)
            journal::NoteMailFailed(tx, copy.id, delivered.detail, now);
          else
            journal::PutOffCopy(tx, copy.id, now + journal::RetryDelay(copy.attempts + 1),
                                delivered.detail);
          break;
      }
    });
    db().CheckpointIfDue();
    in_a_row_ = delivered.outcome == Delivery::kTryAgain ? in_a_row_ + 1 : 0;
    return in_a_row_ < kInARow;
  }

  const Tools& tools_;
  const journal::Settings& settings_;
  const Mailing& mailing_;
  Maker maker_;
  journal::Signer signer_;
  int in_a_row_ = 0;
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
      !settings.mail_sending ? Ended::kHeld : Round(tools, settings, *mailing).Run(next);
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
      case Ended::kStop:
        static_cast<void>(journal::FinishJob(tx, job));
        break;
    }
  });
}

std::optional<Message> IssueTest(const Tools& tools, const journal::Settings& settings,
                                 const journal::QueuedMail& mail) {
  journal::Id id = 0;
  for (const auto& [name, value] : mail.fields)
    if (name == "mailing") std::from_chars(value.data(), value.data() + value.size(), id);
  auto mailing = tools.journal.db.Read([&](sql::Tx& tx) { return journal::MailingById(tx, id); });
  if (!mailing) return std::nullopt;
  mailing->send_at = mail.created_at;
  Letter letter = Maker(tools, settings, *mailing).Test();
  if (letter.empty) return std::nullopt;
  letter.message.to = mail.to;
  letter.message.message_id = decltype(letter.message.message_id)(
      "daybook." + std::to_string(mail.created_at) + "." + std::to_string(mail.id));
  return letter.message;
}

void DoDigest(const Tools& tools, const Job& job) {
  const journal::Settings settings = tools.journal.Load();
  tools.journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    if (!journal::FinishJob(tx, job)) return;
    journal::MakeDigest(tx, settings, static_cast<journal::Cadence>(job.subject), tools.clock());
  });
}

}  // namespace daybook::work
