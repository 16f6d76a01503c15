// The form in which an entry or page is written: what is typed, what it means, how it is shown
// again. It reads and writes no database beyond the choices that it offers; saving is write.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/form.h"
#include "handlers/admin/frame.h"
#include "journal/desk.h"
#include "journal/drafts.h"
#include "journal/edit.h"

namespace daybook::handlers::admin {

// As it was typed; nothing is changed before it is shown again.
struct EntryValues {
  bool is_page = false;
  std::string guid;     // of a new one: so that it is made once, however often it is sent
  std::string edition;  // of what the writer had before them
  std::string tab;      // the window in which it is typed, for autosaves; a script's
  std::string title, body, format, excerpt, tags, language, slug, comments, pings, password;
  std::string publish_at, expires_at, parent, position, category;
  std::vector<std::string> categories;  // ids
  std::string sources;                  // one a line: address and title
  std::vector<std::string> updates;     // those that are there, in their order
  std::string update;                   // a new one
  bool pinned = false, is_private = false, toc = false;
};
EntryValues EntryValuesOf(const fcgi::Form& form);
// As an entry is kept. `tags`: their names.
EntryValues EntryValuesOf(const journal::EntryDraft& draft, const std::vector<std::string>& tags,
                          const journal::Settings& settings, std::string sources = "");
// Everything but the words and what names them, as one text that an autosave keeps; equal texts for
// equal options. PutOptions takes it back.
std::string OptionsText(const EntryValues& values);
void PutOptions(std::string_view text, EntryValues& values);
// The same for people, one line for each option that is not as ever: "Tags: harbour, morning".
struct EntryChoices;
std::vector<std::string> OptionLines(const templates::Words& words, const EntryValues& values,
                                     const EntryChoices& choices);
fcgi::Form ReadEntryForm(const fcgi::Request& request);

enum class EntryAct { kSave, kPublish, kDraft };
EntryAct ActOf(const fcgi::Form& form);

struct EntryError {
  std::string_view field;  // id of its input
  templates::WordKey label;
  std::string text;
};
// What the values mean for an entry that was `base` until now. Tags are names still, and the
// category that was typed is not made yet: both belong into the write transaction.
struct CheckedEntry {
  journal::EntryDraft draft;
  std::vector<std::string> tags;
  std::string category;
  std::vector<journal::Source> sources;
  std::vector<EntryError> errors;
};
CheckedEntry CheckEntry(const Frame& frame, const EntryValues& values,
                        const journal::EntryDraft& base, EntryAct act,
                        const journal::Person& person, journal::Seconds now);

// What the form offers besides; read before a write, so that the form can be shown after it failed.
struct EntryChoices {
  std::vector<journal::CategoryChoice> categories;
  std::vector<journal::PageChoice> pages;
};
EntryChoices ChoicesFor(sql::Tx& tx, bool is_page);
// What the form does not offer is not taken from it.
void KeepOffered(const EntryChoices& choices, journal::Id own, journal::EntryDraft& draft);

// The whole page.
struct EntryPage {
  journal::Id id = 0;  // 0: new
  journal::EntryDraft base;
  EntryValues values;
  EntryChoices choices;
  std::vector<EntryError> errors;
  std::string alert, notice;
  std::vector<journal::PreviewLink> links;
  // Texts that this person typed here and did not save, the newest first; `put_in`: it stands in
  // the form.
  std::vector<journal::Revision> unsaved;
  journal::Id issue = 0;  // of the newsletter, which this page is the text of
  std::string mails;      // when they leave to subscribers, while that can be changed
  bool put_in = false;
  bool asked_for = false;  // and was chosen; what this browser remembers is not to take its place
  // The text as somebody else saved it meanwhile.
  std::optional<journal::EntryDraft> other;
  journal::Seconds now = 0;
};
fcgi::Response ShowEntryPage(const Frame& frame, const Viewer& viewer, const EntryPage& page,
                             int status = 200);

// An entry that nobody has yet, for this person.
journal::EntryDraft NewDraft(const Visit& visit, bool is_page);
// Throws 404 for what is not there for this person.
journal::EntryDraft EntryForWriter(const Visit& visit, journal::Id id);

}  // namespace daybook::handlers::admin
