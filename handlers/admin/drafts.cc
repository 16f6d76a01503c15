// Around a text in the making: what the page sends by itself every few seconds, the same text as
// readers would see it, earlier versions, and secret links. admin.js asks for the first two; they
// answer JSON and a piece of HTML.
#include <nlohmann/json.hpp>

#include "handlers/admin/entry_form.h"
#include "handlers/admin/pages.h"
#include "handlers/comment_pages.h"
#include "handlers/pages.h"
#include "journal/drafts.h"
#include "templates/admin_keys.h"
#include "templates/body.h"
#include "text/diff.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::HttpError;
using fcgi::Response;
using journal::EntryDraft;
using journal::Id;
using journal::Revision;
using templates::Block;

namespace {

constexpr journal::Seconds kLinkLife = 7 * 86400;

Response Json(const nlohmann::ordered_json& json, int status = 200) {
  Response response;
  response.status = status;
  response.content_type = "application/json; charset=utf-8";
  response.body = json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return response;
}

std::string PlaceOf(Id id) { return "/admin/entries/" + std::to_string(id); }

// All of a version as one text, for comparison: title first, options at the end.
std::string Whole(const EntryDraft& draft, const journal::Settings& settings,
                  const std::vector<std::string>& options) {
  std::string text = draft.title + "\n\n" + EntryValuesOf(draft, {}, settings).body +
                     (draft.excerpt.empty() ? "" : "\n\n" + draft.excerpt);
  for (const std::string& option : options) text += "\n\n" + option;
  return text;
}

}  // namespace

// For somebody without a session the door answers, as JSON, too (AskToSignIn).
Response AutosavePost(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const fcgi::Form form = ReadEntryForm(context.request);
  const EntryValues values = EntryValuesOf(form);
  if (values.guid.empty()) throw HttpError(400, "which entry");
  const Id id = journal::EntryWithGuid(context.tx, values.guid);
  EntryDraft base;
  if (id != 0) base = EntryForWriter(visit, id);
  if (id == 0) {
    if (values.is_page && !visit.person().IsEditor()) throw HttpError(403, "pages");
    base = NewDraft(visit, values.is_page);
    base.guid = values.guid;
  }
  CheckedEntry checked =
      CheckEntry(frame, values, base, EntryAct::kSave, visit.person(), context.now);
  for (const EntryError& error : checked.errors)
    if (error.field == "body") return Json({{"problem", error.text}}, 422);
  const std::string saved = frame.words().Format(
      word::kAdminStateSaved, {{"time", TimeOf(frame, context.now, context.now)}});
  const EntryValues kept =
      id == 0 ? EntryValuesOf(base, {}, frame.site.settings)
              : EntryValuesOf(base, journal::TagNamesOf(context.tx, id), frame.site.settings,
                              journal::SourcesText(context.tx, id));
  std::string options = OptionsText(values);
  if (options == OptionsText(kept)) options.clear();
  // What is new has a place from its first words on; words half typed become no tags.
  EntryDraft made = std::move(base);
  made.title = checked.draft.title;
  made.format = checked.draft.format;
  made.body = checked.draft.body;
  made.more = checked.draft.more;
  made.excerpt = checked.draft.excerpt;
  context.act = [frame, id, saved, draft = std::move(made), options = std::move(options),
                 edition = values.edition, tab = std::string(form["tab"]),
                 author = visit.person().id, now = context.now](sql::Db& db) mutable {
    nlohmann::ordered_json answer = {{"saved", saved}};
    try {
      db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
        Id entry = id == 0 ? journal::EntryWithGuid(tx, draft.guid) : id;
        if (entry != 0) {
          journal::Autosave(tx, entry, author, tab, edition, draft, options, now);
          return;
        }
        entry = journal::SaveEntry(tx, frame.site.settings, draft, now);
        const std::string first = journal::EditionOf(*journal::LoadDraft(tx, entry));
        if (!options.empty()) journal::Autosave(tx, entry, author, tab, first, draft, options, now);
        answer["edition"] = first;
        answer["address"] = frame.links.To(PlaceOf(entry)).str();
      });
    } catch (const sql::DbError& error) {
      const bool full = error.kind() == sql::DbError::Kind::kFull;
      return Json({{"full", full}}, full ? 507 : 503);
    }
    return Json(answer);
  };
  return {};
}

Response LivePost(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const EntryValues values = EntryValuesOf(ReadEntryForm(context.request));
  const CheckedEntry checked = CheckEntry(frame, values, NewDraft(visit, values.is_page),
                                          EntryAct::kSave, visit.person(), context.now);
  const journal::RenderedEntry rendered = journal::RenderEntry(
      frame.site.settings, checked.draft,
      [&](std::string_view path) { return journal::PictureFromMedia(context.tx, path); });
  return fcgi::Html(templates::BodyForPage(rendered.body.body, frame.words()).str() +
                    templates::BodyForPage(rendered.body.more, frame.words()).str());
}

Response RevisionsPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const Id id = context.captures.Int("id");
  const EntryDraft draft = EntryForWriter(visit, id);
  Page page(frame, visit.viewer, templates::tpl::kAdminRevisions,
            frame.words().Get(word::kAdminRevisions), "/admin/entries");
  page.view().Set(key::kRowTitle, TitleOf(frame, draft.title, draft.visible_at, draft.zone));
  page.view().Set(key::kRowUrl, frame.links.To(PlaceOf(id)));
  const auto revisions = journal::RevisionsOf(context.tx, id);
  page.view().Show(key::kNoRevisions, revisions.empty());
  if (!revisions.empty()) {
    Block list = page.view().Add(key::kRevisionList);
    for (const Revision& revision : revisions) {
      Block item = list.Add(key::kRevisionItem);
      item.Set(key::kRevisionDate, TimeOf(frame, revision.at, context.now));
      item.Set(key::kRevisionUrl,
               frame.links.To(PlaceOf(id) + "/revisions/" + std::to_string(revision.id)));
      item.Set(key::kRevisionTitle, revision.title);
      item.Show(key::kRevisionTyped, revision.autosave);
      item.Show(key::kRevisionBy, key::kRevisionAuthor, revision.author);
    }
  }
  return page.Done();
}

Response RevisionPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const Id id = context.captures.Int("id");
  const EntryDraft now = EntryForWriter(visit, id);
  const auto revision = journal::RevisionById(context.tx, id, context.captures.Int("revision"));
  if (!revision) throw HttpError(404, "revision");
  EntryDraft then = now;
  journal::PutText(*revision, then);
  Page page(frame, visit.viewer, templates::tpl::kAdminRevision,
            frame.words().Format(word::kAdminRevisionOf,
                                 {{"time", TimeOf(frame, revision->at, context.now)}}),
            "/admin/entries");
  templates::View& view = page.view();
  view.Set(key::kRowTitle, TitleOf(frame, now.title, now.visible_at, now.zone));
  view.Set(key::kRowUrl, frame.links.To(PlaceOf(id)));
  view.Set(key::kListUrl, frame.links.To(PlaceOf(id) + "/revisions"));
  view.Set(key::kRestoreUrl,
           frame.links.To(PlaceOf(id) + "/revisions/" + std::to_string(revision->id) + "/restore"));
  const journal::Settings& settings = frame.site.settings;
  // Only what was typed and not saved has options of its own.
  std::vector<std::string> options, present;
  if (!revision->options.empty()) {
    EntryValues values = EntryValuesOf(now, journal::TagNamesOf(context.tx, id), settings,
                                       journal::SourcesText(context.tx, id));
    const EntryChoices choices = ChoicesFor(context.tx, values.is_page);
    present = OptionLines(frame.words(), values, choices);
    PutOptions(revision->options, values);
    options = OptionLines(frame.words(), values, choices);
  }
  bool differs = false;
  for (const text::DiffPart& part :
       text::Diff(Whole(then, settings, options), Whole(now, settings, present))) {
    Block block = view.Add(key::kDiffPart);
    const bool gone = part.kind == text::DiffPart::Kind::kGone;
    const bool fresh = part.kind == text::DiffPart::Kind::kNew;
    differs = differs || gone || fresh;
    block.Show(gone    ? key::kDiffGone
               : fresh ? key::kDiffNew
                       : key::kDiffSame,
               key::kDiffText, part.text);
  }
  view.Show(key::kNoDiff, !differs);
  return page.Done();
}

Response RevisionRestorePost(Visit& visit) {
  Context& context = visit.context;
  const Id id = context.captures.Int("id");
  EntryForWriter(visit, id);
  const Id number = context.captures.Int("revision");
  // Options mean something only once they are saved: they go into the form, with their text.
  const auto asked = journal::RevisionById(context.tx, id, number);
  if (asked && !asked->options.empty())
    return fcgi::Redirect(303,
                          context.links.To(PlaceOf(id), "?text=" + std::to_string(number)).view());
  context.act = [frame = FrameOf(context), id, number, editor = visit.person().id,
                 now = context.now](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      const auto revision = journal::RevisionById(tx, id, number);
      auto draft = journal::LoadDraft(tx, id);
      if (!revision || !draft) throw HttpError(404, "revision");
      journal::PutText(*revision, *draft);
      draft->updated_at = now;
      if (draft->status == journal::EntryStatus::kPublished) tx.MarkPublic();
      journal::ReplaceEntry(tx, frame.site.settings, id, *draft, now, editor);
    });
    return fcgi::Redirect(303, frame.links.To(PlaceOf(id), "?done=put-back").view());
  };
  return {};
}

Response PreviewLinkPost(Visit& visit) {
  Context& context = visit.context;
  const Id id = context.captures.Int("id");
  EntryForWriter(visit, id);
  context.act = [frame = FrameOf(context), id, now = context.now](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate,
             [&](sql::Tx& tx) { journal::MakePreviewLink(tx, id, now, kLinkLife); });
    return fcgi::Redirect(303, frame.links.To(PlaceOf(id), "?done=linked#links").view());
  };
  return {};
}

Response PreviewLinkEndPost(Visit& visit) {
  Context& context = visit.context;
  const Id id = context.captures.Int("id");
  EntryForWriter(visit, id);
  context.act = [frame = FrameOf(context), id,
                 token = std::string(context.captures["link"])](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate,
             [&](sql::Tx& tx) { journal::EndPreviewLink(tx, id, token); });
    return fcgi::Redirect(303, frame.links.To(PlaceOf(id), "?done=unlinked#links").view());
  };
  return {};
}

// Whoever has the link reads it; it says nothing about entries otherwise.
Response PreviewLinkPage(Visit& visit) {
  Context& context = visit.context;
  const Id id = journal::PreviewedEntry(context.tx, context.captures["link"], context.now);
  const auto draft = id == 0 ? std::nullopt : journal::LoadDraft(context.tx, id);
  if (!draft || draft->status == journal::EntryStatus::kTrash) throw HttpError(404, "link");
  return handlers::PreviewPage(context, *draft, journal::TagNamesOf(context.tx, id), id);
}

}  // namespace daybook::handlers::admin
