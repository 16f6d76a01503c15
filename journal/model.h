// The journal's things as plain structs, in the shapes in which they are written and stored. How
// they are read for pages is in read.h, how they are written in edit.h, how source becomes HTML in
// render.h. The numbers are those of sql/migrations; never change one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "text/safe.h"

namespace daybook::journal {

using Seconds = std::int64_t;  // Unix time, UTC
using Id = std::int64_t;       // of a row; 0 is none

inline constexpr Seconds kNever = 253402300799;  // 9999-12-31T23:59:59Z

enum class EntryKind { kEntry = 0, kPage = 1 };
enum class EntryStatus { kDraft = 0, kPublished = 1, kPrivate = 2, kPending = 3, kTrash = 4 };
enum class Format { kHtml = 0, kMarkdown = 1, kParagraphs = 2, kPlain = 3 };
enum class CommentMode { kLimitedHtml = 0, kPlain = 1, kMarkdown = 2 };
enum class AnswerStatus {
  kHeld = 0,
  kPublic = 1,
  kSpam = 2,
  kTrash = 3
};  // of comments and references
enum class Allow {
  kAsJournal = 0,
  kOpen = 1,
  kClosed = 2,
  kNone = 3
};  // comments; references use the first three
enum class ReferenceKind { kSource = 0, kResponse = 1 };
enum class ReferenceVia {
  kAuthor = 0,
  kWebmention = 1,
  kTrackback = 2,
  kPingback = 3,
  kReader = 4
};
// What a response does with the entry; numbers are stored.
enum class MentionType { kMention = 0, kReply = 1, kLike = 2, kRepost = 3, kBookmark = 4 };
enum class SectionKind {
  kHtml = 0,
  kSubscribe = 1,
  kNewsletter = 2,
  kLinks = 3,
  kConnect = 4,
  kSearch = 5,
  kComments = 6,
  kArchive = 7,
  kCategories = 8,
  kTags = 9,
};

struct NewUpdate {
  Seconds at = 0;
  std::string body;  // source, in the entry's format
};

// What SaveEntry takes: an entry or page as its writer means it. Text is UTF-8.
struct EntryDraft {
  EntryKind kind = EntryKind::kEntry;
  EntryStatus status = EntryStatus::kDraft;
  std::string path;   // decoded, from the journal's root; empty: made from the permalink pattern
                      // when published
  std::string slug;   // empty: made from the title
  std::string title;  // plain text; may be empty (a note)
  Format format = Format::kMarkdown;
  std::string body;  // source
  std::string more;  // source after the split
  std::string excerpt;
  Id author_id = 0;
  std::string language;
  Seconds visible_at = 0;
  std::string zone;        // empty: the journal's
  Seconds created_at = 0;  // 0: visible_at
  Seconds updated_at = 0;  // 0: visible_at
  Seconds expires_at = kNever;
  std::string password;
  bool pinned = false;
  bool toc = false;  // a table of contents before the text
  Allow comments = Allow::kAsJournal;
  Allow pings = Allow::kAsJournal;
  std::string guid;  // empty: urn:uuid:… is made
  Id parent_id = 0;  // of a page
  std::int64_t position = 0;
  Id featured_id = 0;
  std::vector<Id> categories;  // the first is the primary one
  std::vector<Id> tags;
  std::vector<NewUpdate> updates;
  bool quiet = false;  // imported: nobody is told that it links to them
};

struct NewComment {
  Id entry_id = 0;
  Id parent_id = 0;  // a reply to a reply is hung below the first
  AnswerStatus status = AnswerStatus::kHeld;
  Seconds created_at = 0;
  std::string author_name;
  std::string author_email;
  std::string author_url;
  Id author_id = 0;  // one of the journal's own people
  CommentMode mode = CommentMode::kLimitedHtml;
  std::string body;  // source
  // Of what was posted here; imports have none of it.
  std::optional<text::SafeHtml> html;  // what RenderComment makes of the body, if that is known
  Id reader_id = 0;
  std::string network;          // /24 or /48
  std::optional<double> score;  // of the judge
  std::string reasons;
  std::string receipt, digest;
};

struct NewReference {
  Id entry_id = 0;
  ReferenceKind kind = ReferenceKind::kResponse;
  ReferenceVia via = ReferenceVia::kReader;
  AnswerStatus status = AnswerStatus::kHeld;
  std::string title;
  std::string url;
  std::string site_name;
  std::string site_url;
  std::string author;
  std::string excerpt;  // plain text
  Seconds created_at = 0;
};

struct NewMedia {
  std::string path;  // below public/media
  std::string mime;
  std::int64_t bytes = 0;
  std::optional<std::int64_t> width, height;  // pixels
  std::string title, alt, caption;
  Seconds created_at = 0;
};

}  // namespace daybook::journal
