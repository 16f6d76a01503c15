// Letters to many: see mailing.h.
#include "journal/mailing.h"

#include <algorithm>

#include "journal/edit.h"
#include "journal/jobs.h"
#include "journal/mail.h"
#include "journal/mail_check.h"
#include "sql/queries/mailing.h"
#include "sql/tx.h"
#include "text/dates.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr Seconds kHour = 3600;
constexpr Seconds kFresh = 3600;  // an entry that is older when it appears was dated back
constexpr std::int64_t kPart = 500, kCopiesAtOnce = 50;
constexpr int kPriority = 7, kDigestPriority = 6;

Mailing FromRow(sql::Rows& rows) {
  Mailing m;
  m.id = rows.Int(0);
  m.kind = rows.As<MailingKind>(1);
  m.status = rows.As<MailingStatus>(2);
  m.entry_id = rows.Int(3);
  m.since = rows.Int(4);
  m.send_at = rows.Int(5);
  m.audience = rows.As<Audience>(6);
  m.tag_id = rows.Int(7);
  m.archive = rows.Bool(8);
  m.queued_to = rows.Int(9);
  m.created_at = rows.Int(10);
  m.began_at = rows.OptionalInt(11);
  m.ended_at = rows.OptionalInt(12);
  m.sent = rows.Int(13);
  m.failed = rows.Int(14);
  m.total = m.sent + m.failed;
  m.title = rows.String(15);
  m.path = rows.String(16);
  return m;
}

void FillProgress(sql::Tx& tx, Mailing& m) {
  if (m.ended_at) return;
  sql::Rows rows = tx.Query(query::kMailingProgress, m.id);
  if (!rows.Step()) return;
  m.total = rows.Int(0);
  m.sent = rows.Int(1);
  m.failed = rows.Int(2);
}

void Ask(sql::Tx& tx, Id mailing, Seconds at) {
  Enqueue(tx, {JobKind::kMailing, mailing, at, kPriority});
}

// What letters to many may take of the host's caps.
Settings ForCopies(const Settings& settings) {
  Settings less = settings;
  for (auto cap : {&Settings::mail_per_hour, &Settings::mail_per_day, &Settings::mail_per_5min}) {
    if (less.*cap > 0) less.*cap = std::max<std::int64_t>(1, less.*cap - less.*cap / 10);
  }
  return less;
}

bool UnderWay(MailingStatus status) {
  return status == MailingStatus::kWriting || status == MailingStatus::kSending;
}

}  // namespace

std::optional<Mailing> MailingById(sql::Tx& tx, Id id) {
  std::optional<Mailing> found;
  {
    sql::Rows rows = tx.Query(query::kMailingById, id);
    if (!rows.Step()) return std::nullopt;
    found = FromRow(rows);
  }
  FillProgress(tx, *found);
  return found;
}

std::vector<Mailing> Mailings(sql::Tx& tx, std::int64_t limit) {
  std::vector<Mailing> list;
  {
    sql::Rows rows = tx.Query(query::kMailingList, limit);
    while (rows.Step()) list.push_back(FromRow(rows));
  }
  for (Mailing& m : list) FillProgress(tx, m);
  return list;
}

std::vector<Mailing> OpenMailings(sql::Tx& tx) {
  std::vector<Mailing> list;
  {
    sql::Rows rows = tx.Query(query::kMailingOpen);
    while (rows.Step()) list.push_back(FromRow(rows));
  }
  for (Mailing& m : list) FillProgress(tx, m);
  return list;
}

void NoteEntryForMail(sql::Tx& tx, const Settings& settings, Id entry, bool is_open,
                      Seconds visible_at, Seconds now) {
  Id id = 0;
  auto status = MailingStatus::kNever;
  {
    sql::Rows rows = tx.Query(query::kMailingOfEntry, entry);
    if (rows.Step()) {
      id = rows.Int(0);
      status = rows.As<MailingStatus>(1);
    }
  }
  if (!is_open) return;  // a letter that waits looks again when its time comes
  const Seconds at = std::max(now, visible_at) + kSecondThoughts;
  if (id == 0) {
    if (!settings.MailIsSet() || !MailWorked(tx)) return;
    const bool old = visible_at + kFresh < now;
    id = tx.Insert(query::kMailingInsert, MailingKind::kEntry,
                   old ? MailingStatus::kNever : MailingStatus::kWaits, entry, 0, at, now);
    if (!old) Ask(tx, id, at);
  } else if (status == MailingStatus::kWaits) {
    // Edited while it waits: its time does not move, but with that of the entry.
    const Seconds had = MailingById(tx, id)->send_at;
    const Seconds then = visible_at > now || had <= now ? at : had;
    tx.Exec(query::kMailingSendAt, id, then);
    Ask(tx, id, then);
  } else if (UnderWay(status)) {
    Ask(tx, id, now);
  }
}

std::optional<Mailing> MailingOfEntry(sql::Tx& tx, Id entry) {
  const auto id = tx.Int(query::kMailingOfEntry, entry);
  return id ? MailingById(tx, *id) : std::nullopt;
}

bool StoppedInTime(const Mailing& mailing) {
  return mailing.status == MailingStatus::kStopped && !mailing.began_at;
}

bool SendNow(sql::Tx& tx, Id mailing, Seconds now) { return SendAt(tx, mailing, now); }

bool SendAt(sql::Tx& tx, Id mailing, Seconds at) {
  const auto m = MailingById(tx, mailing);
  if (!m || (m->status != MailingStatus::kWaits && m->status != MailingStatus::kDraft &&
             !StoppedInTime(*m)))
    return false;
  tx.Exec(query::kMailingSendAt, mailing, at);
  Ask(tx, mailing, at);
  return true;
}

bool Stop(sql::Tx& tx, Id mailing, Seconds now) {
  const auto m = MailingById(tx, mailing);
  if (!m || m->status < MailingStatus::kWaits || m->status > MailingStatus::kPaused) return false;
  if (m->kind == MailingKind::kIssue && m->status == MailingStatus::kWaits)
    return Unsend(tx, mailing);
  EndMailing(tx, mailing, MailingStatus::kStopped, now);
  DropJob(tx, JobKind::kMailing, mailing);
  return true;
}

bool Unsend(sql::Tx& tx, Id mailing) {
  if (tx.Exec(query::kMailingUnsend, mailing) == 0) return false;
  DropJob(tx, JobKind::kMailing, mailing);
  return true;
}

bool Pause(sql::Tx& tx, Id mailing) {
  const auto m = MailingById(tx, mailing);
  if (!m || !UnderWay(m->status)) return false;
  tx.Exec(query::kMailingSetStatus, mailing, MailingStatus::kPaused);
  return true;
}

bool Resume(sql::Tx& tx, Id mailing, Seconds now) {
  const auto m = MailingById(tx, mailing);
  if (!m || m->status != MailingStatus::kPaused) return false;
  tx.Exec(query::kMailingSetStatus, mailing, MailingStatus::kWriting);
  Ask(tx, mailing, now);
  return true;
}

Id NewIssue(sql::Tx& tx, Id page, Seconds now) {
  return tx.Insert(query::kMailingInsert, MailingKind::kIssue, MailingStatus::kDraft, page, 0, 0,
                   now);
}

void SetIssue(sql::Tx& tx, Id mailing, Audience audience, Id tag, bool archive) {
  tx.Exec(query::kMailingSegment, mailing, audience,
          tag == 0 ? std::optional<Id>() : std::optional<Id>(tag), archive);
}

bool EraseIssue(sql::Tx& tx, const Settings& settings, Id mailing, Seconds now) {
  const auto m = MailingById(tx, mailing);
  if (!m || tx.Exec(query::kMailingErase, mailing) == 0) return false;
  const auto draft = m->entry_id == 0 ? std::nullopt : LoadDraft(tx, m->entry_id);
  if (draft && draft->status == EntryStatus::kDraft)
    return DeleteEntry(tx, settings, m->entry_id, now);
  return true;
}

Id IssueOf(sql::Tx& tx, Id page) { return tx.Int(query::kMailingIssueOf, page).value_or(0); }

std::int64_t AudienceCount(sql::Tx& tx, Audience audience, Id tag) {
  return tx.Int(query::kMailingCountIssue, audience, tag).value_or(0);
}

std::vector<TagChoice> TagChoices(sql::Tx& tx) {
  std::vector<TagChoice> list;
  sql::Rows rows = tx.Query(query::kMailingTags);
  while (rows.Step()) list.push_back({rows.Int(0), rows.String(1)});
  return list;
}

MailTaken AskForIssueTest(sql::Tx& tx, const Settings& settings, Id mailing,
                          const text::EmailAddress& to, Seconds now) {
  return EnqueueMail(
      tx, settings,
      {MailTemplate::kIssueTest, to, {{"mailing", std::to_string(mailing)}}, std::string()}, now);
}

std::vector<PastIssue> PastIssues(sql::Tx& tx, std::int64_t limit) {
  std::vector<PastIssue> list;
  sql::Rows rows = tx.Query(query::kMailingArchive, limit);
  while (rows.Step()) list.push_back({rows.String(0), rows.String(1), rows.Int(2)});
  return list;
}

Seconds DoneBy(sql::Tx& tx, const Settings& settings, std::int64_t waiting, Seconds now) {
  constexpr std::int64_t kEachSecond = 50;
  Seconds done = now + waiting / kEachSecond;
  for (const MailCap& cap : CapsOf(ForCopies(settings))) {
    const std::int64_t sent =
        tx.Int(query::kMailingSentSince, now - cap.window, now + cap.window).value_or(0);
    const std::int64_t room = std::max<std::int64_t>(0, cap.messages - sent);
    if (waiting > room)
      done =
          std::max(done, now + ((waiting - room) * cap.window + cap.messages - 1) / cap.messages);
  }
  return done;
}

Seconds NextDigestAt(const Settings& settings, Cadence cadence, Seconds now) {
  text::LocalTime at = text::ToLocal(now, settings.zone);
  at.hour = 8;
  at.minute = at.second = 0;
  const bool weekly = cadence == Cadence::kWeekly;
  if (weekly) {
    at.day += (8 - at.weekday) % 7;  // Monday
  } else {
    at.day = 1;
  }
  Seconds next = text::FromLocal(at, settings.zone);
  if (next <= now) {
    if (weekly)
      at.day += 7;
    else
      ++at.month;
    next = text::FromLocal(at, settings.zone);
  }
  return next;
}

void WantDigest(sql::Tx& tx, const Settings& settings, Cadence cadence, Seconds now) {
  if (tx.Has(query::kMailingDigestWaits, JobKind::kDigest, cadence)) return;
  Enqueue(tx, {JobKind::kDigest, static_cast<Id>(cadence), NextDigestAt(settings, cadence, now),
               kDigestPriority});
}

void MakeDigest(sql::Tx& tx, const Settings& settings, Cadence cadence, Seconds now) {
  constexpr Seconds kWeek = 7 * 86400, kMonth = 31 * 86400;
  const bool weekly = cadence == Cadence::kWeekly;
  const auto kind = weekly ? MailingKind::kWeekly : MailingKind::kMonthly;
  Mailing digest;
  digest.since = tx.Int(query::kMailingLastDigest, kind).value_or(now - (weekly ? kWeek : kMonth));
  digest.send_at = now;
  if (!EntriesOf(tx, digest).empty()) {
    const Id id = tx.Insert(query::kMailingInsert, kind, MailingStatus::kWaits, nullptr,
                            digest.since, now, now);
    Ask(tx, id, now);
  }
  Enqueue(tx, {JobKind::kDigest, static_cast<Id>(cadence), NextDigestAt(settings, cadence, now),
               kDigestPriority});
}

std::vector<NewEntry> EntriesOf(sql::Tx& tx, const Mailing& digest) {
  std::vector<NewEntry> list;
  sql::Rows rows = tx.Query(query::kMailingNewEntries, digest.since, digest.send_at);
  while (rows.Step())
    list.push_back(
        {rows.Int(0), rows.String(1), rows.String(2), rows.String(3), rows.String(5), rows.Int(4)});
  return list;
}

bool HasWantedTag(sql::Tx& tx, Id entry, Id subscriber) {
  return tx.Has(query::kMailingEntryTagged, entry, subscriber);
}

bool EntryIsOpen(sql::Tx& tx, Id entry, Seconds now) {
  return tx.Has(query::kMailingEntryOpen, entry, now);
}

bool PageIsOpen(sql::Tx& tx, Id page, Seconds now) {
  return tx.Has(query::kMailingPageOpen, page, now);
}

bool BeginMailing(sql::Tx& tx, const Settings& settings, const Mailing& mailing, Seconds now) {
  if (mailing.status != MailingStatus::kWaits || mailing.send_at > now) return false;
  if (mailing.kind == MailingKind::kEntry && !EntryIsOpen(tx, mailing.entry_id, now)) return false;
  if (mailing.kind == MailingKind::kIssue) {
    auto page = LoadDraft(tx, mailing.entry_id);
    if (!page || page->status == EntryStatus::kTrash) {
      static_cast<void>(Unsend(tx, mailing.id));
      return false;
    }
    if (mailing.archive && page->status != EntryStatus::kPublished) {
      tx.MarkPublic();
      page->status = EntryStatus::kPublished;
      page->visible_at = page->updated_at = now;
      ReplaceEntry(tx, settings, mailing.entry_id, *page, now);
    }
  }
  tx.Exec(query::kMailingBegin, mailing.id, now);
  return true;
}

bool WriteCopies(sql::Tx& tx, const Mailing& m, Seconds now) {
  const auto last = tx.Int(query::kMailingNextPart, m.queued_to, kPart);
  if (!last) {
    tx.Exec(query::kMailingQueuedTo, m.id, m.queued_to, MailingStatus::kSending);
    return false;
  }
  const auto kind = MailTemplate::kMailing;
  switch (m.kind) {
    case MailingKind::kEntry:
      tx.Exec(query::kMailingCopiesOfEntry, kind, now, m.id, m.queued_to, *last, m.entry_id);
      break;
    case MailingKind::kWeekly:
    case MailingKind::kMonthly:
      tx.Exec(query::kMailingCopiesOfDigest, kind, now, m.id, m.queued_to, *last, m.kind);
      break;
    case MailingKind::kIssue:
      tx.Exec(query::kMailingCopiesOfIssue, kind, now, m.id, m.queued_to, *last, m.audience,
              m.tag_id);
      break;
  }
  tx.Exec(query::kMailingQueuedTo, m.id, *last, MailingStatus::kWriting);
  return true;
}

std::vector<Copy> NextCopies(sql::Tx& tx, Id mailing, Seconds now) {
  std::vector<Copy> copies;
  sql::Rows rows = tx.Query(query::kMailingNextCopies, mailing, now, kCopiesAtOnce);
  while (rows.Step())
    copies.push_back({rows.Int(0), rows.String(1), rows.Int(2), rows.String(3), rows.Bool(4),
                      static_cast<int>(rows.Int(5))});
  return copies;
}

bool IsWanted(sql::Tx& tx, Id copy) { return tx.Has(query::kMailingCopyWanted, copy); }

Seconds NextCopyAt(sql::Tx& tx, const Settings& settings, Seconds now) {
  return NextMailAt(tx, ForCopies(settings), now);
}

void PutOffCopy(sql::Tx& tx, Id copy, Seconds until, std::string_view why) {
  tx.Exec(query::kMailingPutOff, copy, until, why.substr(0, 300));
}

std::optional<Seconds> NextTry(sql::Tx& tx, Id mailing) {
  return tx.Int(query::kMailingNextTry, mailing);
}

bool OthersWait(sql::Tx& tx, Seconds now) { return tx.Has(query::kMailingOthersWait, now); }

void EndMailing(sql::Tx& tx, Id mailing, MailingStatus status, Seconds now) {
  tx.Exec(query::kMailingDropWaiting, mailing);  // of who left meanwhile
  tx.Exec(query::kMailingEnd, mailing, status, now);
}

std::optional<MailingText> TextOf(sql::Tx& tx, Id entry) {
  sql::Rows rows = tx.Query(query::kMailingEntryText, entry);
  if (!rows.Step()) return std::nullopt;
  MailingText text;
  text.title = rows.String(0);
  text.path = rows.String(1);
  text.body_html = rows.String(2);
  text.more_html = rows.String(3);
  text.language = rows.String(4);
  text.visible_at = rows.Int(5);
  text.zone = rows.String(6);
  return text;
}

}  // namespace daybook::journal
