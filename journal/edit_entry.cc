// Entries and pages of edit.h: what is written where when one is saved, moved, thrown away or
// erased.
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <utility>

#include "journal/counts.h"
#include "journal/edit.h"
#include "journal/edit_address.h"
#include "journal/edit_common.h"
#include "journal/mailing.h"
#include "journal/media.h"
#include "journal/mentions.h"
#include "journal/related.h"
#include "journal/search_text.h"
#include "journal/settings.h"
#include "sql/queries/site.h"
#include "sql/queries/write_entry.h"
#include "text/dates.h"
#include "text/excerpt.h"
#include "text/html_escape.h"
#include "text/slug.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr size_t kSummary = 300;

// What a row of `entry` says beyond the draft.
struct Row {
  std::string path;  // empty: none yet
  std::string slug;
  text::LocalTime date;  // local, of first publication
  std::string summary, image;
  Seconds comments_close = kNever;
};

// How an entry stands in the database before it is replaced.
struct Old {
  EntryDraft draft;
  std::string slug;
  text::LocalTime date;
};

std::optional<Old> LoadOld(sql::Tx& tx, Id id) {
  Old old;
  EntryDraft& d = old.draft;
  {
    sql::Rows row = tx.Query(query::kEntryDraft, id);
    if (!row.Step()) return std::nullopt;
    d.kind = row.As<EntryKind>(0);
    d.status = row.As<EntryStatus>(1);
    d.path = row.String(2);
    old.slug = row.String(3);
    d.title = row.String(4);
    d.format = row.As<Format>(5);
    d.body = row.String(6);
    d.more = row.String(7);
    d.excerpt = row.String(8);
    d.author_id = row.Int(9);
    d.language = row.String(10);
    d.visible_at = row.Int(11);
    d.zone = row.String(12);
    d.created_at = row.Int(13);
    d.updated_at = row.Int(14);
    d.expires_at = row.Int(15);
    d.password = row.String(16);
    d.pinned = row.Bool(17);
    d.comments = row.As<Allow>(18);
    d.pings = row.As<Allow>(19);
    d.guid = row.String(20);
    d.parent_id = row.Int(21);
    d.position = row.Int(22);
    d.featured_id = row.Int(23);
    d.toc = row.Bool(27);
    old.date.year = static_cast<int>(row.Int(24));
    old.date.month = static_cast<int>(row.Int(25));
    old.date.day = static_cast<int>(row.Int(26));
  }
  sql::Rows categories = tx.Query(query::kEntryDraftCategories, id);
  while (categories.Step()) d.categories.push_back(categories.Int(0));
  sql::Rows tags = tx.Query(query::kEntryDraftTags, id);
  while (tags.Step()) d.tags.push_back(tags.Int(0));
  sql::Rows updates = tx.Query(query::kEntryDraftUpdates, id);
  while (updates.Step()) d.updates.push_back({updates.Int(0), updates.String(1)});
  // As long as it has no address, a slug that came from the title goes on following it.
  bool follows_title = d.path.empty() && (old.slug == text::MakeSlug(d.title).str() ||
                                          old.slug == std::to_string(id));
  if (!follows_title) d.slug = old.slug;
  return old;
}

EntryDraft Cleaned(const Settings& settings, EntryDraft draft, Seconds now) {
  draft.title = CleanLine(draft.title);
  draft.body = CleanText(draft.body);
  draft.more = CleanText(draft.more);
  draft.excerpt = CleanText(draft.excerpt);
  draft.language = CleanLine(draft.language);
  for (NewUpdate& update : draft.updates) update.body = CleanText(update.body);
  if (draft.visible_at == 0) draft.visible_at = now;
  if (draft.zone.empty() || !text::ZoneKnown(draft.zone)) draft.zone = settings.zone;
  if (draft.created_at == 0) draft.created_at = draft.visible_at;
  return draft;
}

bool NeedsAddress(EntryStatus status) {
  return status == EntryStatus::kPublished || status == EntryStatus::kPrivate;
}

// Whether everyone may read it, once its time has come.
bool IsOpen(const EntryDraft& draft) {
  return draft.status == EntryStatus::kPublished && draft.password.empty();
}

// What makes an entry related to others (related.h).
bool SameRelations(const EntryDraft& a, const EntryDraft& b) {
  return a.kind == b.kind && IsOpen(a) == IsOpen(b) && a.visible_at == b.visible_at &&
         a.categories == b.categories && a.tags == b.tags;
}

void FillDerived(sql::Tx& tx, const Settings& settings, const EntryDraft& draft,
                 const RenderedEntry& rendered, Row& row) {
  if (draft.password.empty()) {  // else nothing of it may show in lists and link previews
    row.summary =
        text::MakeExcerpt(draft.excerpt.empty() ? rendered.body.plain : draft.excerpt, kSummary);
    row.image = rendered.body.image;
    if (draft.featured_id != 0) {
      std::optional<std::string> path = tx.Text(query::kEntryMediaPath, draft.featured_id);
      if (path) row.image = settings.BasePath() + "/media/" + *path;
    }
  }
  if (draft.kind == EntryKind::kEntry && draft.comments == Allow::kAsJournal &&
      settings.comments_close_days > 0) {
    row.comments_close = draft.visible_at + settings.comments_close_days * 86400;
  }
}

template <typename Query>
void PutRow(sql::Tx& tx, const Query& query, Id id, const EntryDraft& d, const Row& row,
            const RenderedEntry& rendered) {
  std::optional<std::string_view> path;
  if (!row.path.empty()) path = row.path;
  tx.Exec(query, id, d.kind, d.status, path, row.slug, d.title, d.format, d.body, d.more, d.excerpt,
          rendered.body.body, rendered.body.more, row.summary, row.image, d.author_id, d.language,
          d.visible_at, d.zone, row.date.year, row.date.month, row.date.day, d.created_at,
          d.updated_at, d.expires_at, d.password, d.pinned, d.comments, row.comments_close, d.pings,
          d.guid, Nullable(d.parent_id), d.position, Nullable(d.featured_id), d.updates.size(),
          d.toc, rendered.body.toc);
}

void PutTerms(sql::Tx& tx, Id id, const EntryDraft& draft) {
  PutCategories(tx, id, draft.visible_at, draft.categories);
  tx.Exec(query::kEntryDropTags, id);
  for (size_t i = 0; i < draft.tags.size(); ++i)
    tx.Exec(query::kEntryPutTag, draft.tags[i], draft.visible_at, id, i);
}

void PutUpdates(sql::Tx& tx, Id id, const EntryDraft& draft, const RenderedEntry& rendered) {
  tx.Exec(query::kEntryDropUpdates, id);
  for (size_t i = 0; i < draft.updates.size(); ++i) {
    tx.Exec(query::kEntryPutUpdate, id, draft.updates[i].at, draft.updates[i].body,
            rendered.updates[i]);
  }
}

std::string SearchText(const RenderedEntry& rendered) {
  std::string text = rendered.body.search;
  for (const text::SafeHtml& update : rendered.updates)
    text += "\n" + text::PlainText(update.view());
  return text;
}

// What search finds: the words of what everyone may read, and of its comments.
void PutSearch(sql::Tx& tx, Id id, const EntryDraft& draft, const RenderedEntry& rendered,
               bool is_new) {
  bool was_open = !is_new && HasEntryText(tx, id);
  if (IsOpen(draft)) {
    PutEntryText(tx, id, draft.title, SearchText(rendered));
  } else if (was_open) {
    DropEntryText(tx, id);
  }
  const bool with_comments = IsOpen(draft) && draft.comments != Allow::kNone;
  if (is_new || with_comments == HasCommentTextsOf(tx, id)) return;
  if (!with_comments) {
    DropCommentTextsOf(tx, id);
    return;
  }
  std::vector<CommentWords> comments;
  {
    sql::Rows rows = tx.Query(query::kEntryPublicComments, id);
    while (rows.Step())
      comments.push_back({rows.Int(0), rows.String(2), text::PlainText(rows.Text(1))});
  }
  PutNewCommentTexts(tx, comments);
}

// After the row was written: its own address leads nowhere else, an old one leads to it, and in the
// trash it is gone.
void PutRedirects(sql::Tx& tx, Id id, const std::string& old_path, const Row& row,
                  EntryStatus status) {
  if (!old_path.empty() && old_path != row.path)
    tx.Exec(query::kRedirectPut, old_path, id, "", 301);
  if (row.path.empty()) return;
  if (status == EntryStatus::kTrash) {
    tx.Exec(query::kRedirectPut, row.path, id, "", 410);
  } else {
    tx.Exec(query::kRedirectDrop, row.path);
  }
}

void PutUse(sql::Tx& tx, Id id, const EntryDraft& draft, const RenderedEntry& rendered) {
  std::vector<std::string> paths = rendered.media;
  if (draft.featured_id != 0) {
    std::optional<std::string> path = tx.Text(query::kEntryMediaPath, draft.featured_id);
    if (path) paths.push_back(*std::move(path));
  }
  PutMediaUse(tx, id, paths);
}

std::string FreeGuid(sql::Tx& tx, const std::string& wanted, Id id) {
  if (!wanted.empty() && !tx.Has(query::kEntryGuidTaken, wanted, id)) return wanted;
  return NewGuid();
}

RenderedEntry Render(sql::Tx& tx, const Settings& settings, const EntryDraft& draft) {
  return RenderEntry(settings, draft,
                     [&tx](std::string_view path) { return PictureFromMedia(tx, path); });
}

// Whom an entry concerns, beyond those who come to read it.
void Tell(sql::Tx& tx, const Settings& settings, Id id, const EntryDraft& draft, Seconds now) {
  NoteEntryLinks(tx, settings, id, IsOpen(draft), draft.visible_at, now);
  if (draft.kind == EntryKind::kEntry)
    NoteEntryForMail(tx, settings, id, IsOpen(draft), draft.visible_at, now);
}

}  // namespace

std::string NewGuid() {
  if (sodium_init() < 0) std::abort();  // no randomness: nothing that follows could be trusted
  std::array<unsigned char, 16> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x40);  // version 4 of RFC 9562
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);
  std::string guid = "urn:uuid:";
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) guid += '-';
    guid += "0123456789abcdef"[bytes[i] >> 4];
    guid += "0123456789abcdef"[bytes[i] & 15];
  }
  return guid;
}

RenderedEntry RenderEntry(
    const Settings& settings, const EntryDraft& draft,
    const std::function<std::optional<PictureSize>(std::string_view)>& picture) {
  RenderOptions options{settings.BasePath(), picture, "in-" + ShortHash(draft.guid) + "-",
                        draft.toc};
  RenderedEntry rendered;
  rendered.body = RenderBody(draft.format, CleanText(draft.body), CleanText(draft.more), options);
  rendered.media = rendered.body.media;
  for (size_t i = 0; i < draft.updates.size(); ++i) {
    RenderOptions own = options;
    own.toc = false;
    own.id_prefix += "u" + std::to_string(i) + "-";
    RenderedBody update = RenderBody(draft.format, CleanText(draft.updates[i].body), "", own);
    rendered.updates.push_back(std::move(update.body));
    rendered.media.insert(rendered.media.end(), update.media.begin(), update.media.end());
  }
  return rendered;
}

Id SaveEntry(sql::Tx& tx, const Settings& settings, const EntryDraft& given, Seconds now,
             const RenderedEntry* rendered) {
  Settle(tx, now);
  EntryDraft draft = Cleaned(settings, given, now);
  if (draft.updated_at == 0) draft.updated_at = draft.visible_at;
  Id id = tx.Int(query::kEntryNextId).value_or(1);
  draft.guid = FreeGuid(tx, draft.guid, id);

  Row row;
  row.date = text::ToLocal(draft.visible_at, draft.zone);
  if (NeedsAddress(draft.status)) {
    Address address = FreeAddress(tx, settings, draft, id, row.date);
    row.slug = address.slug;
    row.path = address.path;
  } else {
    row.slug = SlugFor(draft, id);
  }
  RenderedEntry own;
  if (rendered == nullptr) own = Render(tx, settings, draft);
  const RenderedEntry& made = rendered == nullptr ? own : *rendered;
  FillDerived(tx, settings, draft, made, row);
  PutRow(tx, query::kEntryInsert, id, draft, row, made);
  PutTerms(tx, id, draft);
  PutUpdates(tx, id, draft, made);
  PutUse(tx, id, draft, made);
  PutRedirects(tx, id, "", row, draft.status);
  PutSearch(tx, id, draft, made, true);
  Count(tx, id);
  if (!draft.quiet) Relate(tx, id);  // else later: RelateSome
  if (!draft.quiet) Tell(tx, settings, id, draft, now);
  return id;
}

bool ReplaceEntry(sql::Tx& tx, const Settings& settings, Id id, const EntryDraft& given,
                  Seconds now, Id editor, const RenderedEntry* rendered) {
  std::optional<Old> old = LoadOld(tx, id);
  if (!old) return false;
  Settle(tx, now);
  const EntryDraft& before = old->draft;
  EntryDraft draft = given;
  if (draft.visible_at == 0 && !before.path.empty()) draft.visible_at = before.visible_at;
  if (draft.created_at == 0) draft.created_at = before.created_at;
  if (draft.zone.empty()) draft.zone = before.zone;
  draft = Cleaned(settings, draft, now);
  if (draft.updated_at == 0) draft.updated_at = now;
  draft.guid =
      draft.guid.empty() || draft.guid == before.guid ? before.guid : FreeGuid(tx, draft.guid, id);

  Row row;
  bool same_moment = draft.visible_at == before.visible_at && draft.zone == before.zone;
  row.date = text::ToLocal(draft.visible_at, draft.zone);
  if (same_moment && !before.path.empty()) {
    row.date.year = old->date.year;
    row.date.month = old->date.month;
    row.date.day = old->date.day;
  }
  bool new_path = !draft.path.empty() && draft.path != before.path;
  bool new_slug = !draft.slug.empty() && draft.slug != old->slug;
  if (!new_path && (!new_slug || before.path.empty())) draft.path = before.path;
  if (!new_path && new_slug) draft.path.clear();  // made again from the slug
  if (before.path.empty() && !NeedsAddress(draft.status)) {
    row.slug = SlugFor(draft, id);
  } else if (!before.path.empty() && !new_path && !new_slug) {
    row.slug = old->slug;
    row.path = before.path;
  } else {
    Address address = FreeAddress(tx, settings, draft, id, row.date);
    row.slug = address.slug;
    row.path = address.path;
  }
  bool same_text = draft.title == before.title && draft.format == before.format &&
                   draft.body == before.body && draft.more == before.more &&
                   draft.excerpt == before.excerpt;
  if (!same_text) tx.Exec(query::kEntryKeepRevision, id, Nullable(editor), now);

  RenderedEntry own;
  if (rendered == nullptr) own = Render(tx, settings, draft);
  const RenderedEntry& made = rendered == nullptr ? own : *rendered;
  FillDerived(tx, settings, draft, made, row);
  Uncount(tx, id);
  PutRow(tx, query::kEntryReplace, id, draft, row, made);
  PutTerms(tx, id, draft);
  PutUpdates(tx, id, draft, made);
  PutUse(tx, id, draft, made);
  PutRedirects(tx, id, before.path, row, draft.status);
  if (draft.status != before.status)
    tx.Exec(query::kSiteTrashedAt, id,
            draft.status == EntryStatus::kTrash ? std::optional<Seconds>(now) : std::nullopt);
  PutSearch(tx, id, draft, made, false);
  Count(tx, id);
  if (!draft.quiet && !SameRelations(before, draft)) Relate(tx, id);
  if (!draft.quiet) Tell(tx, settings, id, draft, now);
  return true;
}

std::optional<EntryDraft> LoadDraft(sql::Tx& tx, Id id) {
  std::optional<Old> old = LoadOld(tx, id);
  if (!old) return std::nullopt;
  return std::move(old->draft);
}

bool DeleteEntry(sql::Tx& tx, const Settings& settings, Id id, Seconds now) {
  return RestoreEntry(tx, settings, id, EntryStatus::kTrash, now);
}

bool RestoreEntry(sql::Tx& tx, const Settings& settings, Id id, EntryStatus status, Seconds now) {
  std::optional<EntryDraft> draft = LoadDraft(tx, id);
  if (!draft) return false;
  draft->status = status;
  return ReplaceEntry(tx, settings, id, *draft, now);
}

bool EraseEntry(sql::Tx& tx, Id id, Seconds now) {
  std::optional<Old> old = LoadOld(tx, id);
  if (!old) return false;
  Settle(tx, now);
  Uncount(tx, id);
  DropCommentTextsOf(tx, id);
  DropEntryText(tx, id);
  tx.Exec(query::kEntryRedirectsGone, id);
  tx.Exec(query::kEntryOrphanPages, id);
  tx.Exec(query::kEntryErase, id);
  NoteEntryLinks(tx, DefaultSettings(), id, false, 0, now);
  if (!old->draft.path.empty()) tx.Exec(query::kRedirectPut, old->draft.path, nullptr, "", 410);
  return true;
}

std::string PathOf(sql::Tx& tx, Id id) { return tx.Text(query::kEntryPath, id).value_or(""); }

Id RenderEntriesAgain(sql::Tx& tx, const Settings& settings, Id after, int limit) {
  std::vector<Id> ids;
  {
    sql::Rows rows = tx.Query(query::kEntriesToRender, after, limit);
    while (rows.Step()) ids.push_back(rows.Int(0));
  }
  for (Id id : ids) RenderEntryAgain(tx, settings, id);
  return ids.empty() ? 0 : ids.back();
}

bool RenderEntryAgain(sql::Tx& tx, const Settings& settings, Id id) {
  std::optional<EntryDraft> draft = LoadDraft(tx, id);
  if (!draft) return false;
  RenderedEntry rendered = Render(tx, settings, *draft);
  Row row;
  FillDerived(tx, settings, *draft, rendered, row);
  tx.Exec(query::kEntryPutHtml, id, rendered.body.body, rendered.body.more, row.summary, row.image,
          rendered.body.toc);
  PutUpdates(tx, id, *draft, rendered);
  PutUse(tx, id, *draft, rendered);
  if (IsOpen(*draft)) PutEntryText(tx, id, draft->title, SearchText(rendered));
  return true;
}

bool IsRenderedByOther(sql::Tx& tx) { return tx.Int(query::kRenderEdition) != kRenderEdition; }

void NoteRenderEdition(sql::Tx& tx) { tx.Exec(query::kSetRenderEdition, kRenderEdition); }

}  // namespace daybook::journal
