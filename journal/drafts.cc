// Autosaves, revisions and preview links.
#include "journal/drafts.h"

#include "journal/edit_common.h"
#include "journal/sign.h"
#include "sql/queries/drafts.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

Revision RevisionAt(const sql::Rows& rows) {
  Revision revision;
  revision.id = rows.Int(0);
  revision.at = rows.Int(1);
  revision.autosave = rows.Bool(2);
  revision.author = rows.String(3);
  revision.edition = rows.String(4);
  revision.title = rows.String(5);
  return revision;
}

void ReadTexts(const sql::Rows& rows, Revision& revision) {
  revision.format = rows.As<Format>(6);
  revision.body = rows.String(7);
  revision.more = rows.String(8);
  revision.excerpt = rows.String(9);
  revision.options = rows.String(10);
}

}  // namespace

std::vector<Revision> RevisionsOf(sql::Tx& tx, Id entry) {
  std::vector<Revision> revisions;
  sql::Rows rows = tx.Query(query::kRevisionsOf, entry);
  while (rows.Step()) revisions.push_back(RevisionAt(rows));
  return revisions;
}

std::optional<Revision> RevisionById(sql::Tx& tx, Id entry, Id id) {
  sql::Rows rows = tx.Query(query::kRevisionById, id, entry);
  if (!rows.Step()) return std::nullopt;
  Revision revision = RevisionAt(rows);
  ReadTexts(rows, revision);
  return revision;
}

void PutText(const Revision& revision, EntryDraft& draft) {
  draft.title = revision.title;
  draft.format = revision.format;
  draft.body = revision.body;
  draft.more = revision.more;
  draft.excerpt = revision.excerpt;
}

void Autosave(sql::Tx& tx, Id entry, Id author, std::string_view tab, std::string_view edition,
              const EntryDraft& typed, std::string_view options, Seconds now) {
  DropAutosave(tx, entry, author, tab);
  tx.Exec(query::kRevisionAutosave, entry, author, now, tab, edition, typed.title, typed.format,
          typed.body, typed.more, typed.excerpt, options);
}

void DropAutosave(sql::Tx& tx, Id entry, Id author, std::string_view tab) {
  if (!tab.empty()) tx.Exec(query::kRevisionDropAutosave, entry, author, tab);
}

std::vector<Revision> UnsavedTexts(sql::Tx& tx, Id entry, Id author) {
  std::vector<Revision> revisions;
  sql::Rows rows = tx.Query(query::kRevisionUnsaved, entry, author);
  while (rows.Step()) {
    revisions.push_back(RevisionAt(rows));
    ReadTexts(rows, revisions.back());
  }
  return revisions;
}

std::string MakePreviewLink(sql::Tx& tx, Id entry, Seconds now, Seconds life) {
  const std::string token = RandomName() + RandomName();
  tx.Exec(query::kPreviewLinkMake, token, entry, now, now + life);
  return token;
}

std::vector<PreviewLink> PreviewLinksOf(sql::Tx& tx, Id entry, Seconds now) {
  std::vector<PreviewLink> links;
  sql::Rows rows = tx.Query(query::kPreviewLinksOf, entry, now);
  while (rows.Step()) links.push_back({rows.String(0), rows.Int(1), rows.Int(2)});
  return links;
}

bool EndPreviewLink(sql::Tx& tx, Id entry, std::string_view token) {
  return tx.Exec(query::kPreviewLinkEnd, token, entry) > 0;
}

Id PreviewedEntry(sql::Tx& tx, std::string_view token, Seconds now) {
  return tx.Int(query::kPreviewLinkEntry, token, now).value_or(0);
}

}  // namespace daybook::journal
