// Every way in which a journal changes by its owner's hand or an import. Each function runs inside
// the caller's write transaction, leaves the kept columns right (counts.h), keeps old addresses
// alive, and makes the HTML (render.h). What readers can see changes with all of them, so the
// caller's Write is a public one, but where a function says otherwise. Ids that do not exist give
// false or 0, not an exception. Text is taken as UTF-8 and repaired where it is none.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "journal/model.h"
#include "journal/render.h"
#include "journal/search_text.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

struct Settings;

// --- entries and pages (edit_entry.cc)

// "urn:uuid:…", random.
[[nodiscard]] std::string NewGuid();

// The expensive part of saving, for those who want it done before they take the lock. The draft
// should have its guid already (NewGuid): ids in the HTML begin with a hash of it.
struct RenderedEntry {
  RenderedBody body;
  std::vector<text::SafeHtml> updates;
  std::vector<std::string> media;  // below public/media: what body, rest and updates use
};
[[nodiscard]] RenderedEntry RenderEntry(
    const Settings& settings, const EntryDraft& draft,
    const std::function<std::optional<PictureSize>(std::string_view)>& picture);
// Asks the media table; for RenderEntry inside a transaction.
[[nodiscard]] std::optional<PictureSize> PictureFromMedia(sql::Tx& tx, std::string_view path);

// A new entry or page. It gets an address when its status is published or private (draft.path if
// given, else from the permalink pattern; pages: /slug); a taken or reserved one gets -1, -2, … .
// author_id must exist. `rendered`: from RenderEntry; without it the rendering is done here.
Id SaveEntry(sql::Tx& tx, const Settings& settings, const EntryDraft& draft, Seconds now,
             const RenderedEntry* rendered = nullptr);

// The entry becomes what the draft says. Kept: guid (unless the draft has another), created_at (if
// 0), the address once there is one, whatever the title becomes; it moves only if draft.path or a
// non-empty draft.slug differs, and then the old address leads to the new one for ever. The earlier
// text is kept as a revision (`editor`: whose act; 0 nobody).
bool ReplaceEntry(sql::Tx& tx, const Settings& settings, Id id, const EntryDraft& draft,
                  Seconds now, Id editor = 0, const RenderedEntry* rendered = nullptr);

// What ReplaceEntry would need to change nothing.
[[nodiscard]] std::optional<EntryDraft> LoadDraft(sql::Tx& tx, Id id);

// To the trash (ReplaceEntry with that status does the same): its address answers 410 until it is
// restored.
bool DeleteEntry(sql::Tx& tx, const Settings& settings, Id id, Seconds now);
// Back from the trash.
bool RestoreEntry(sql::Tx& tx, const Settings& settings, Id id, EntryStatus status, Seconds now);
// For ever, with comments, references and revisions. All addresses it ever had answer 410.
bool EraseEntry(sql::Tx& tx, Id id, Seconds now);

// Where an entry is; empty without an address.
[[nodiscard]] std::string PathOf(sql::Tx& tx, Id id);

// Makes all HTML again: after the mount prefix or the pipeline changed. Entries `after` < id, at
// most `limit`; gives the last id done, 0 when none was left. Comments likewise.
Id RenderEntriesAgain(sql::Tx& tx, const Settings& settings, Id after, int limit);
bool RenderEntryAgain(sql::Tx& tx, const Settings& settings, Id id);
Id RenderCommentsAgain(sql::Tx& tx, Id after, int limit);
// Whether the HTML was made by another edition of the pipeline, and that it no longer is.
[[nodiscard]] bool IsRenderedByOther(sql::Tx& tx);
void NoteRenderEdition(sql::Tx& tx);

// --- answers (edit_answer.cc)

// A comment that is not public is no public change. 0 if the entry is not there.
// `later`: its words go there and not yet into the search index (see IndexLater).
struct LaterWords {
  std::vector<CommentWords> comments;
};
// `wanted`: its number in an old journal, kept if it is free, so that links to #comment-N still
// arrive.
Id AddComment(sql::Tx& tx, const NewComment& comment, LaterWords* later = nullptr, Id wanted = 0);
// For many comments in one transaction: other statements between two entries of the index make it
// write itself out.
void IndexLater(sql::Tx& tx, const LaterWords& later);
// Approving one of a confirmed reader makes that reader trusted.
bool SetCommentStatus(sql::Tx& tx, Id id, AnswerStatus status, Seconds now);
// Another text; what readers can see of it follows.
bool EditComment(sql::Tx& tx, Id id, CommentMode mode, std::string_view body, Seconds now);
bool EraseComment(sql::Tx& tx, Id id);  // its replies stay, one level up
Id AddReference(sql::Tx& tx, const NewReference& reference);
bool SetReferenceStatus(sql::Tx& tx, Id id, AnswerStatus status, Seconds now);
bool EraseReference(sql::Tx& tx, Id id);

// --- people, categories, tags (edit_taxonomy.cc)

struct AuthorDraft {
  std::string slug;  // empty: made from the name
  std::string name;
  std::string email, url;
  std::string about;  // source, Markdown
  int role = 3;       // 0 author, 1 editor, 2 owner, 3 may not sign in (imported)
  bool may_publish = false;
};
// Found by slug. One that exists keeps its role and password, and every field for which the draft
// has nothing.
Id UpsertAuthor(sql::Tx& tx, const AuthorDraft& author, Seconds now);
// An argon2id string of libsodium; empty: cannot sign in.
bool SetPassword(sql::Tx& tx, Id author, std::string_view hash);

struct CategoryDraft {
  std::string slug;  // empty: made from the name
  std::string name;
  Id parent_id = 0;  // 0: at the root, or where it is
  std::string description;
  std::int64_t position = 0;
};
// Found by slug. A parent that is the category itself or lies below it is ignored.
Id UpsertCategory(sql::Tx& tx, const CategoryDraft& category);

// Found by slug; `name` is kept as first written. `slug` empty: made from the name.
Id UpsertTag(sql::Tx& tx, std::string_view name, std::string_view slug = {});

// --- the rest of the site (edit_site.cc)

// Found by path; one that exists is changed. Of pictures smaller ones are made afterwards.
Id AddMedia(sql::Tx& tx, const NewMedia& media);

// `from`: decoded path, with '?p=1' where the query names the page. Nothing is done, and false
// given, where an entry lives. To an entry (wherever it may go; `tail` follows its address), to a
// path or address, or 410.
bool AddEntryRedirect(sql::Tx& tx, std::string_view from, Id entry, std::string_view tail = {},
                      int status = 301);
bool AddRedirect(sql::Tx& tx, std::string_view from, std::string_view target, int status = 301);

struct LinkDraft {
  std::string title;
  std::string url;  // relative to the journal ("/archive"), or absolute
};
void ReplaceNavigation(sql::Tx& tx, const std::vector<LinkDraft>& links);

struct SectionDraft {
  SectionKind kind = SectionKind::kHtml;
  int side = 1;  // 0 start, 1 end
  std::string caption;
  std::string content;  // source of kind html
  std::int64_t amount = 10;
  std::vector<LinkDraft> links;
};
void ReplaceSidebar(sql::Tx& tx, const std::vector<SectionDraft>& sections);

}  // namespace daybook::journal
