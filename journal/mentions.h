// Links between this journal and other sites. In: somebody says that a page links to an entry (a
// webmention, or a reader's form); it waits in `mention` until daybook-work has seen that page, and
// only then becomes a reference, held. Out: when an entry changes, the pages that it links to, or
// did, are told. Fetching and reading pages is in work/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "journal/settings.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// --- in

enum class MentionState {
  kWaiting = 0,  // to be looked at
  kTaken = 1,    // it links here: a reference was made, or brought up to date
  kNoLink = 2,
  kGone = 3,        // 404 or 410
  kUnreadable = 4,  // no answer in many tries, or nothing that could be read
  kRefused = 5,     // an address that is not fetched from
  kTooLong = 6,     // no link in as much of it as is read
};

struct NewMention {
  ReferenceVia via = ReferenceVia::kWebmention;
  Id entry_id = 0;
  std::string source;                                       // normalised (text::ParseWebUrl)
  std::string target;                                       // of the entry, without a fragment
  std::string title, excerpt, site_name, site_url, author;  // as a reader typed them
  std::string network;                                      // /24 or /48; empty: unknown
};
struct TakenMention {
  Id id = 0;
  std::string token;  // of the page that says what became of it; the same when it is sent again
};
// Stores it and has it looked at; one that is known is looked at again. How many a network may send
// is the judge's business (judge.h).
TakenMention TakeMention(sql::Tx& tx, const NewMention& mention, Seconds now);
// A trackback is believed as far as the owner's queue: its reference is made at once, held.
void TakeTrackback(sql::Tx& tx, const Settings& settings, const NewMention& mention, Seconds now);

struct Mention {
  Id id = 0;
  std::string token;
  ReferenceVia via = ReferenceVia::kWebmention;
  MentionState state = MentionState::kWaiting;
  Id entry_id = 0;
  std::string source, target;
  std::string title, excerpt, site_name, site_url, author;
  Seconds created_at = 0, checked_at = 0;  // 0: not yet
  bool is_public = false;                  // its reference is shown
};
[[nodiscard]] std::optional<Mention> LoadMention(sql::Tx& tx, Id id);
[[nodiscard]] std::optional<Mention> MentionByToken(sql::Tx& tx, std::string_view token);

// Whether it has become a reference, of whatever status.
[[nodiscard]] bool HasReference(sql::Tx& tx, const Mention& mention);

// What the page says of itself.
struct SeenPage {
  MentionType type = MentionType::kMention;
  std::string title, excerpt;  // plain text
  std::string author, author_url;
  std::string site_name, site_url;
};
// The page links here. Makes the reference, or brings it up to date; then its status stays. A new
// one is judged: spam, or held; public only where the owner has let that site in before. Marks the
// transaction public where readers can see the difference.
void TakeReference(sql::Tx& tx, const Settings& settings, const Mention& mention,
                   const SeenPage& page, Seconds now);
// It does not (kNoLink, kGone), or nobody can say: in the first two cases a reference that was made
// for it goes, but for one that the owner called spam or put into the trash.
void RefuseReference(sql::Tx& tx, const Mention& mention, MentionState state, Seconds now);
// Answered ones of 30 days ago.
void ForgetMentions(sql::Tx& tx, Seconds now);

// --- out

// An entry was written, changed or deleted: have its links told, once it is visible. Called by
// edit.h inside its transaction.
void NoteEntryLinks(sql::Tx& tx, const Settings& settings, Id entry, bool is_public,
                    Seconds visible_at, Seconds now);

// What must be told for an entry now: `links` are absolute web addresses that readers of the entry
// see, none where it cannot be read. Queues a job for each page that is linked or was.
void SpreadLinks(sql::Tx& tx, Id entry, std::string_view source,
                 const std::vector<std::string>& links, Seconds now);
// The HTML of an entry that anyone can read at this moment, updates and the author's own
// references included, and its path. Nothing where it cannot be read.
struct PublicText {
  std::string path;
  std::vector<std::string> html;
  std::vector<std::string> links;
};
[[nodiscard]] std::optional<PublicText> PublicTextOf(sql::Tx& tx, Id entry, Seconds now);

enum class SentState { kWaiting = 0, kTold = 1, kTakesNone = 2, kFailed = 3 };
struct SentMention {
  Id id = 0;
  Id entry_id = 0;
  std::string source, target, endpoint;
  bool linked = true;
  SentState state = SentState::kWaiting;
  std::string error;    // the last one, one line
  Seconds sent_at = 0;  // of the last attempt; 0: none yet
};
[[nodiscard]] std::optional<SentMention> LoadSent(sql::Tx& tx, Id id);
void NoteSent(sql::Tx& tx, Id id, SentState state, std::string_view endpoint,
              std::string_view error, Seconds now);
[[nodiscard]] std::vector<SentMention> SentOf(sql::Tx& tx, Id entry);
// Newest first, of all entries.
[[nodiscard]] std::vector<SentMention> LatestSent(sql::Tx& tx, int limit);

}  // namespace daybook::journal
