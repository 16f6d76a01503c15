// Writing: the form of a new entry and of one that is there, saving, the trash. Nothing that was
// typed is lost: what cannot be saved comes back in the form, and what somebody else changed
// meanwhile is shown beside it.
#include "handlers/admin/entry_form.h"
#include "handlers/admin/pages.h"
#include "handlers/comment_pages.h"
#include "handlers/pages.h"
#include "journal/audit.h"
#include "journal/mailing.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::HttpError;
using fcgi::Response;
using journal::EntryDraft;
using journal::EntryStatus;
using journal::Id;

namespace {

// What is public now or would be afterwards.
bool IsOpen(const EntryDraft& draft) { return draft.status == EntryStatus::kPublished; }

std::string PlaceOf(Id id) { return "/admin/entries/" + std::to_string(id); }

struct Saving {
  Frame frame;
  Viewer viewer;
  journal::Seconds now;
  Id id;  // 0: new
  EntryDraft base;
  EntryValues values;
  EntryChoices choices;
  CheckedEntry checked;
  journal::RenderedEntry rendered;
};

struct Saved {
  Id id = 0;
  std::optional<EntryDraft> other;  // not saved: this was there instead
  std::string edition;              // of that
};

// In the write transaction; may run more than once.
Saved Save(sql::Tx& tx, const Saving& saving) {
  const journal::Settings& settings = saving.frame.site.settings;
  EntryDraft draft = saving.checked.draft;
  Id id = saving.id;
  // A form that was sent before, and whose answer got lost.
  if (id == 0) id = journal::EntryWithGuid(tx, draft.guid);
  const auto current = id == 0 ? std::nullopt : journal::LoadDraft(tx, id);
  if (id != 0 && !current) return {};
  const std::string edition =
      current ? journal::EditionOf(*current, journal::SourcesText(tx, id)) : "";
  if (current && edition != saving.values.edition) {
    const bool sent_before = journal::SameText(*current, draft) && current->status == draft.status;
    if (sent_before) {
      journal::DropAutosave(tx, id, saving.viewer.person.id, saving.values.tab);
      return {id, std::nullopt, ""};
    }
    journal::KeepTyped(tx, id, saving.viewer.person.id, draft, saving.now);
    return {id, current, edition};
  }
  draft.tags = journal::TagsNamed(tx, saving.checked.tags);
  if (!saving.checked.category.empty()) {
    journal::CategoryDraft category;
    category.name = saving.checked.category;
    draft.categories.push_back(journal::UpsertCategory(tx, category));
  }
  if (IsOpen(draft) || (current && IsOpen(*current))) tx.MarkPublic();
  if (id == 0) {
    id = journal::SaveEntry(tx, settings, draft, saving.now, &saving.rendered);
    journal::ReplaceSources(tx, id, saving.checked.sources, saving.now);
    return {id, std::nullopt, ""};
  }
  journal::ReplaceEntry(tx, settings, id, draft, saving.now, saving.viewer.person.id,
                        &saving.rendered);
  journal::ReplaceSources(tx, id, saving.checked.sources, saving.now);
  journal::DropAutosave(tx, id, saving.viewer.person.id, saving.values.tab);
  return {id, std::nullopt, ""};
}

EntryPage PageOf(const Saving& saving) {
  EntryPage page;
  page.id = saving.id;
  page.base = saving.base;
  page.values = saving.values;
  page.choices = saving.choices;
  page.now = saving.now;
  return page;
}

Response Conflict(const Saving& saving, const Saved& saved) {
  EntryPage page = PageOf(saving);
  page.id = saved.id;
  page.base = *saved.other;
  page.values.edition = saved.edition;
  page.other = saved.other;
  page.alert = saving.frame.words().Format(
      word::kAdminConflict, {{"time", TimeOf(saving.frame, saved.other->updated_at, saving.now)}});
  return ShowEntryPage(saving.frame, saving.viewer, page, 409);
}

// The store could not take it just now; the text is in the form.
Response NotSaved(const Saving& saving, const sql::DbError& error) {
  EntryPage page = PageOf(saving);
  const templates::Words& words = saving.frame.words();
  const bool full = error.kind() == sql::DbError::Kind::kFull;
  const journal::Seconds safe = saving.id == 0 ? saving.now : saving.base.updated_at;
  page.alert =
      full ? words.Format(word::kAdminDiskfull, {{"time", TimeOf(saving.frame, safe, saving.now)}})
           : words.Get(word::kAdminErrStore);
  return ShowEntryPage(saving.frame, saving.viewer, page, full ? 507 : 503);
}

std::string_view DoneOf(const EntryDraft& draft, journal::Seconds now) {
  if (draft.status == EntryStatus::kPending) return "handed-in";
  if (draft.status == EntryStatus::kPrivate) return "private";
  if (draft.status != EntryStatus::kPublished) return "saved";
  return draft.visible_at > now ? "scheduled" : "published";
}

Response SaveForm(Visit& visit, Id id) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const fcgi::Form form = ReadEntryForm(context.request);
  Saving saving{frame, visit.viewer, context.now, id, {}, EntryValuesOf(form), {}, {}, {}};
  if (saving.values.is_page && !visit.person().IsEditor()) throw HttpError(403, "pages");
  if (id != 0) {
    saving.base = EntryForWriter(visit, id);
    saving.values.is_page = saving.base.kind == journal::EntryKind::kPage;
  } else {
    saving.base = NewDraft(visit, saving.values.is_page);
    if (saving.values.guid.starts_with("urn:uuid:") && saving.values.guid.size() == 45)
      saving.base.guid = saving.values.guid;
    // Of somebody else it is nobody's business here.
    if (const Id sent = journal::EntryWithGuid(context.tx, saving.base.guid); sent != 0)
      saving.base = EntryForWriter(visit, sent);
    saving.values.guid = saving.base.guid;
  }
  saving.choices = ChoicesFor(context.tx, saving.values.is_page);
  saving.checked =
      CheckEntry(frame, saving.values, saving.base, ActOf(form), visit.person(), context.now);
  KeepOffered(saving.choices, id, saving.checked.draft);
  if (!saving.checked.errors.empty()) {
    EntryPage page = PageOf(saving);
    page.errors = saving.checked.errors;
    return ShowEntryPage(frame, visit.viewer, page, 422);
  }
  saving.rendered = journal::RenderEntry(
      frame.site.settings, saving.checked.draft,
      [&](std::string_view path) { return journal::PictureFromMedia(context.tx, path); });
  context.act = [saving = std::move(saving)](sql::Db& db) {
    Saved saved;
    try {
      saved = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { return Save(tx, saving); });
    } catch (const sql::DbError& error) {
      return NotSaved(saving, error);
    }
    if (saved.other) return Conflict(saving, saved);
    if (saved.id == 0) throw HttpError(404, "erased meanwhile");
    const std::string done(DoneOf(saving.checked.draft, saving.now));
    return fcgi::Redirect(303, saving.frame.links.To(PlaceOf(saved.id), "?done=" + done).view());
  };
  return {};
}

std::string NoticeFor(const Frame& frame, const std::string& done) {
  constexpr std::pair<std::string_view, templates::WordKey> kDone[] = {
      {"saved", word::kAdminDoneSaved},         {"published", word::kAdminDonePublished},
      {"scheduled", word::kAdminDoneScheduled}, {"private", word::kAdminDonePrivate},
      {"handed-in", word::kAdminDoneHandedIn},  {"restored", word::kAdminDoneRestored},
      {"put-back", word::kAdminDonePutBack},    {"linked", word::kAdminDoneLinked},
      {"unlinked", word::kAdminDoneUnlinked}};
  for (const auto& [name, text] : kDone)
    if (name == done) return frame.words().Get(text);
  return "";
}

// Moves an entry to another state; then `place`.
Response Move(Visit& visit, EntryStatus status, std::string place, std::string tail) {
  Context& context = visit.context;
  const Id id = context.captures.Int("id");
  const EntryDraft draft = EntryForWriter(visit, id);
  context.act = [frame = FrameOf(context), id, status, now = context.now,
                 editor = visit.person().id, was_open = IsOpen(draft), place = std::move(place),
                 tail = std::move(tail)](sql::Db& db) {
    db.Write(was_open ? sql::Publicity::kPublic : sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      auto moved = journal::LoadDraft(tx, id);
      if (!moved) return;
      if (IsOpen(*moved)) tx.MarkPublic();
      moved->status = status;
      moved->updated_at = now;
      journal::ReplaceEntry(tx, frame.site.settings, id, *moved, now, editor);
      if (status == EntryStatus::kTrash) journal::Log(tx, editor, "entry.trash", moved->title, now);
    });
    return fcgi::Redirect(303, frame.links.To(place, tail).view());
  };
  return {};
}

// What leaves by itself is to be seen where it was set off.
std::string MailsOf(const Visit& visit, const Frame& frame, const EntryPage& page) {
  if (!visit.person().IsOwner() || page.base.status != journal::EntryStatus::kPublished) return "";
  sql::Tx& tx = visit.context.tx;
  const auto mailing = journal::MailingOfEntry(tx, page.id);
  if (!mailing || mailing->status != journal::MailingStatus::kWaits ||
      journal::AudienceCount(tx, journal::Audience::kEach, 0) == 0)
    return "";
  return frame.words().Format(word::kAdminMailingsEntry,
                              {{"time", TimeOf(frame, mailing->send_at, page.now)}});
}

}  // namespace

EntryDraft NewDraft(const Visit& visit, bool is_page) {
  EntryDraft draft;
  draft.kind = is_page ? journal::EntryKind::kPage : journal::EntryKind::kEntry;
  draft.author_id = visit.person().id;
  draft.guid = journal::NewGuid();
  draft.created_at = draft.visible_at = visit.context.now;
  draft.zone = visit.context.site.settings.zone;
  return draft;
}

EntryDraft EntryForWriter(const Visit& visit, Id id) {
  auto draft = journal::LoadDraft(visit.context.tx, id);
  if (!draft || !journal::MayEdit(visit.person(), *draft) ||
      (draft->kind == journal::EntryKind::kPage && !visit.person().IsEditor()))
    throw HttpError(404, "not theirs");
  return *std::move(draft);
}

Response WritePage(Visit& visit) {
  Context& context = visit.context;
  EntryPage page;
  const bool is_page =
      visit.person().IsEditor() && context.request.Param("kind").value_or("") == "page";
  page.base = NewDraft(visit, is_page);
  page.values = EntryValuesOf(page.base, {}, context.site.settings);
  page.values.edition.clear();
  page.choices = ChoicesFor(context.tx, is_page);
  page.now = context.now;
  return ShowEntryPage(FrameOf(context), visit.viewer, page);
}

Response WritePost(Visit& visit) { return SaveForm(visit, 0); }

Response EditPage(Visit& visit) {
  Context& context = visit.context;
  EntryPage page;
  page.id = context.captures.Int("id");
  page.base = EntryForWriter(visit, page.id);
  page.values = EntryValuesOf(page.base, journal::TagNamesOf(context.tx, page.id),
                              context.site.settings, journal::SourcesText(context.tx, page.id));
  page.choices = ChoicesFor(context.tx, page.values.is_page);
  page.links = journal::PreviewLinksOf(context.tx, page.id, context.now);
  page.now = context.now;
  if (page.values.is_page && visit.person().IsOwner())
    page.issue = journal::IssueOf(context.tx, page.id);
  const Frame frame = FrameOf(context);
  page.mails = MailsOf(visit, frame, page);
  page.notice = NoticeFor(frame, context.request.Param("done").value_or(""));
  page.unsaved = journal::UnsavedTexts(context.tx, page.id, visit.person().id);
  // Where somebody stopped typing is where they go on, unless the entry is another by now.
  const std::string asked = context.request.Param("text").value_or("");
  for (auto one = page.unsaved.begin(); one != page.unsaved.end() && !page.asked_for; ++one) {
    page.asked_for = std::to_string(one->id) == asked;
    if (page.asked_for) std::rotate(page.unsaved.begin(), one, one + 1);
  }
  if (page.asked_for || (!page.unsaved.empty() && asked != "saved" &&
                         page.unsaved.front().edition == page.values.edition)) {
    EntryDraft typed = page.base;
    journal::PutText(page.unsaved.front(), typed);
    const EntryValues texts = EntryValuesOf(typed, {}, context.site.settings);
    page.values.title = texts.title;
    page.values.body = texts.body;
    page.values.excerpt = texts.excerpt;
    page.values.format = texts.format;
    if (const std::string& options = page.unsaved.front().options; !options.empty())
      PutOptions(options, page.values);
    page.put_in = true;
  }
  return ShowEntryPage(frame, visit.viewer, page);
}

Response EditPost(Visit& visit) { return SaveForm(visit, visit.context.captures.Int("id")); }

Response TrashPost(Visit& visit) {
  const EntryDraft draft = EntryForWriter(visit, visit.context.captures.Int("id"));
  const bool is_page = draft.kind == journal::EntryKind::kPage;
  return Move(visit, EntryStatus::kTrash, is_page ? "/admin/pages" : "/admin/entries",
              "?show=trash&done=trashed");
}

Response RestorePost(Visit& visit) {
  return Move(visit, EntryStatus::kDraft, PlaceOf(visit.context.captures.Int("id")),
              "?done=restored");
}

Response ErasePost(Visit& visit) {
  Context& context = visit.context;
  const Id id = context.captures.Int("id");
  const EntryDraft draft = EntryForWriter(visit, id);
  if (draft.status != EntryStatus::kTrash) throw HttpError(404, "not in the trash");
  const bool is_page = draft.kind == journal::EntryKind::kPage;
  context.act = [frame = FrameOf(context), id, is_page, who = visit.person().id,
                 title = draft.title, now = context.now](sql::Db& db) {
    db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      if (journal::EraseEntry(tx, id, now)) journal::Log(tx, who, "entry.erase", title, now);
    });
    return fcgi::Redirect(
        303, frame.links.To(is_page ? "/admin/pages" : "/admin/entries", "?show=trash").view());
  };
  return {};
}

Response PreviewPost(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const EntryValues values = EntryValuesOf(ReadEntryForm(context.request));
  EntryDraft base = NewDraft(visit, values.is_page);
  Id id = 0;
  if (!values.guid.empty()) id = journal::EntryWithGuid(context.tx, values.guid);
  if (id != 0) base = EntryForWriter(visit, id);
  CheckedEntry checked =
      CheckEntry(frame, values, base, EntryAct::kSave, visit.person(), context.now);
  return PreviewPage(context, checked.draft, checked.tags, id);
}

}  // namespace daybook::handlers::admin
