// Links between this journal and other sites: see mentions.h.
#include "journal/mentions.h"

#include <algorithm>

#include "journal/alert.h"
#include "journal/edit.h"
#include "journal/edit_common.h"
#include "journal/jobs.h"
#include "journal/judge.h"
#include "journal/launch.h"
#include "sql/queries/mention.h"
#include "sql/queries/read.h"
#include "sql/tx.h"
#include "text/excerpt.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr int kFetchPriority = 5;
constexpr Seconds kKept = 30 * 86400;
constexpr size_t kExcerpt = 500, kLine = 300;

std::string Line(std::string_view text) { return text::MakeExcerpt(CleanLine(text), kLine); }

struct Have {
  Id id = 0;
  AnswerStatus status = AnswerStatus::kHeld;
  std::string title, author, excerpt, site_name, author_url;
  MentionType type = MentionType::kMention;
};

std::optional<Have> ReferenceAt(sql::Tx& tx, const Mention& mention) {
  sql::Rows rows = tx.Query(query::kMentionReference, mention.source, mention.entry_id);
  if (!rows.Step()) return std::nullopt;
  return Have{rows.Int(0),    rows.As<AnswerStatus>(1), rows.String(2), rows.String(3),
              rows.String(4), rows.String(6),           rows.String(7), rows.As<MentionType>(5)};
}

std::string Either(const std::string& first, const std::string& second) {
  return first.empty() ? second : first;
}

SentMention SentFrom(sql::Rows& rows) {
  return {rows.Int(0),  rows.Int(1),           rows.String(2), rows.String(3), rows.String(4),
          rows.Bool(5), rows.As<SentState>(6), rows.String(7), rows.Int(8)};
}

TakenMention PutMention(sql::Tx& tx, const NewMention& mention, Seconds now) {
  sql::Rows rows =
      tx.Query(query::kMentionPut, NewLease() + NewLease(), mention.via, mention.entry_id,
               mention.source, mention.target, Line(mention.title),
               text::MakeExcerpt(CleanText(mention.excerpt), kExcerpt), Line(mention.site_name),
               CleanAddress(mention.site_url), Line(mention.author), mention.network, now);
  TakenMention taken;
  while (rows.Step()) taken = {rows.Int(0), rows.String(1)};
  return taken;
}

// Whether the owner let a page of the same site in.
bool IsKnownSite(sql::Tx& tx, std::string_view url) {
  const size_t slash = url.find('/', url.find("//") + 2);
  std::string begin(url.substr(0, slash));
  std::string end = begin + '0';  // what follows '/'
  begin += '/';
  return tx.Has(query::kMentionSiteIsKnown, begin, end);
}

void JudgeReference(sql::Tx& tx, const Settings& settings, const Mention& mention, Id id,
                    const Candidate& candidate, Seconds now) {
  const Verdict verdict = Judge(tx, settings, candidate);
  const bool spam = verdict.outcome == JudgeOutcome::kSpam;
  tx.Exec(query::kMentionJudged, id, spam ? AnswerStatus::kSpam : AnswerStatus::kHeld,
          verdict.score, StoredReasons(verdict.reasons));
  if (verdict.outcome == JudgeOutcome::kPublish && candidate.sender_trusted &&
      mention.via != ReferenceVia::kTrackback)
    SetReferenceStatus(tx, id, AnswerStatus::kPublic, now);
  else if (!spam)
    NoteWaiting(tx, now);
}

}  // namespace

TakenMention TakeMention(sql::Tx& tx, const NewMention& mention, Seconds now) {
  TakenMention taken = PutMention(tx, mention, now);
  Enqueue(tx, {JobKind::kVerify, taken.id, now, kFetchPriority, text::HostOf(mention.source)});
  return taken;
}

void TakeTrackback(sql::Tx& tx, const Settings& settings, const NewMention& mention, Seconds now) {
  const auto stored = LoadMention(tx, PutMention(tx, mention, now).id);
  if (stored) TakeReference(tx, settings, *stored, {}, now);
}

std::optional<Mention> LoadMention(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kMentionLoad, id);
  if (!rows.Step()) return std::nullopt;
  Mention mention;
  mention.id = rows.Int(0);
  mention.token = rows.String(1);
  mention.via = rows.As<ReferenceVia>(2);
  mention.state = rows.As<MentionState>(3);
  mention.entry_id = rows.Int(4);
  mention.source = rows.String(5);
  mention.target = rows.String(6);
  mention.title = rows.String(7);
  mention.excerpt = rows.String(8);
  mention.site_name = rows.String(9);
  mention.site_url = rows.String(10);
  mention.author = rows.String(11);
  mention.created_at = rows.Int(12);
  mention.checked_at = rows.Int(13);
  mention.is_public = rows.Bool(14);
  return mention;
}

std::optional<Mention> MentionByToken(sql::Tx& tx, std::string_view token) {
  const auto id = tx.Int(query::kMentionByToken, token);
  return id ? LoadMention(tx, *id) : std::nullopt;
}

bool HasReference(sql::Tx& tx, const Mention& mention) {
  return ReferenceAt(tx, mention).has_value();
}

void TakeReference(sql::Tx& tx, const Settings& settings, const Mention& mention,
                   const SeenPage& page, Seconds now) {
  // What a reader typed is what that reader wants to be read; the rest comes from the page.
  std::string title = Either(mention.title, Line(page.title));
  if (title.empty()) title = mention.source;
  const std::string site = Either(mention.site_name, Line(page.site_name));
  const std::string site_url = Either(mention.site_url, CleanAddress(page.site_url));
  const std::string author = Either(mention.author, Line(page.author));
  const std::string author_url = CleanAddress(page.author_url);
  const std::string excerpt =
      Either(mention.excerpt, text::MakeExcerpt(CleanText(page.excerpt), kExcerpt));
  if (const auto have = ReferenceAt(tx, mention)) {
    tx.Exec(query::kMentionReferenceRenew, have->id, title, site, site_url, author, author_url,
            excerpt, page.type, now);
    const bool differs = have->title != title || have->author != author ||
                         have->excerpt != excerpt || have->type != page.type ||
                         have->site_name != site || have->author_url != author_url;
    if (differs && have->status == AnswerStatus::kPublic) tx.MarkPublic();
  } else {
    const std::string network = tx.Text(query::kMentionNetwork, mention.id).value_or("");
    Candidate candidate;
    candidate.kind = AnswerKind::kReference;
    candidate.author_name = author;
    candidate.author_url = mention.source;
    candidate.title = title + " " + site;
    candidate.body = excerpt;
    candidate.address = network;
    candidate.sender_trusted = IsKnownSite(tx, mention.source);
    const Id id =
        tx.Insert(query::kMentionReferencePut, mention.entry_id, mention.via, title, mention.source,
                  site, site_url, author, author_url, excerpt, page.type, now, network);
    JudgeReference(tx, settings, mention, id, candidate, now);
  }
  tx.Exec(query::kMentionSetState, mention.id, MentionState::kTaken, now);
}

void RefuseReference(sql::Tx& tx, const Mention& mention, MentionState state, Seconds now) {
  const auto have = ReferenceAt(tx, mention);
  const bool lost = state == MentionState::kNoLink || state == MentionState::kGone;
  if (lost && have &&
      (have->status == AnswerStatus::kHeld || have->status == AnswerStatus::kPublic))
    EraseReference(tx, have->id);
  tx.Exec(query::kMentionSetState, mention.id, state, now);
}

void ForgetMentions(sql::Tx& tx, Seconds now) { tx.Exec(query::kMentionForget, now - kKept); }

void NoteEntryLinks(sql::Tx& tx, const Settings& settings, Id entry, bool is_public,
                    Seconds visible_at, Seconds now) {
  const bool told = tx.Has(query::kEntryHasTold, entry);
  const bool shows = is_public && settings.webmention_send &&
                     tx.Int(query::kEntryShowsLinks, entry).value_or(0) != 0;
  if (!told && !shows) return;
  Enqueue(tx, {JobKind::kSpread, entry, is_public ? std::max(now, visible_at) : now});
}

void SpreadLinks(sql::Tx& tx, Id entry, std::string_view source,
                 const std::vector<std::string>& links, Seconds now) {
  struct Row {
    Id id;
    std::string target;
    bool linked;
  };
  std::vector<Row> before;
  {
    sql::Rows rows = tx.Query(query::kSentLinked, entry);
    while (rows.Step()) before.push_back({rows.Int(0), rows.String(1), rows.Bool(2)});
  }
  for (const Row& row : before) {
    if (!row.linked || std::find(links.begin(), links.end(), row.target) != links.end()) continue;
    tx.Exec(query::kSentUnlink, row.id);
    Enqueue(tx, {JobKind::kSendMention, row.id, now, kFetchPriority, text::HostOf(row.target)});
  }
  for (const std::string& link : links) {
    const Id id = tx.Insert(query::kSentPut, entry, source, link);
    Enqueue(tx, {JobKind::kSendMention, id, now, kFetchPriority, text::HostOf(link)});
  }
}

std::optional<PublicText> PublicTextOf(sql::Tx& tx, Id entry, Seconds now) {
  PublicText text;
  {
    sql::Rows rows = tx.Query(query::kEntryPublicText, entry, now);
    if (!rows.Step()) return std::nullopt;
    text.path = rows.String(0);
    text.html = {rows.String(1), rows.String(2)};
  }
  sql::Rows updates = tx.Query(query::kUpdatesOfEntry, entry);
  while (updates.Step()) text.html.push_back(updates.String(1));
  sql::Rows own = tx.Query(query::kEntryOwnReferences, entry);
  while (own.Step()) text.links.push_back(own.String(0));
  return text;
}

std::optional<SentMention> LoadSent(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kSentLoad, id);
  if (!rows.Step()) return std::nullopt;
  return SentFrom(rows);
}

void NoteSent(sql::Tx& tx, Id id, SentState state, std::string_view endpoint,
              std::string_view error, Seconds now) {
  tx.Exec(query::kSentNote, id, state, endpoint, CleanLine(error.substr(0, kLine)), now);
}

std::vector<SentMention> SentOf(sql::Tx& tx, Id entry) {
  std::vector<SentMention> sent;
  sql::Rows rows = tx.Query(query::kSentOfEntry, entry);
  while (rows.Step()) sent.push_back(SentFrom(rows));
  return sent;
}

std::vector<SentMention> LatestSent(sql::Tx& tx, int limit) {
  std::vector<SentMention> sent;
  sql::Rows rows = tx.Query(query::kSentAll, limit);
  while (rows.Step()) sent.push_back(SentFrom(rows));
  return sent;
}

}  // namespace daybook::journal
