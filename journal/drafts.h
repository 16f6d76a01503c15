// What is kept around a text in the making: autosaves and earlier versions (table `revision`), and
// the secret links by which somebody may read it before it is public. The entry itself is edit.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

struct Revision {
  Id id = 0;
  Seconds at = 0;
  bool autosave = false;                   // typed and not saved; else a text that the entry had
  std::string author;                      // whose act ended it, or who typed it; may be empty
  std::string edition;                     // of an autosave: what the writer had before them
  std::string title, body, more, excerpt;  // RevisionsOf leaves the texts out
  Format format = Format::kMarkdown;
  std::string options;  // of an autosave: the rest of the form as its maker writes it; '': as saved
};
[[nodiscard]] std::vector<Revision> RevisionsOf(sql::Tx& tx, Id entry);  // newest first
[[nodiscard]] std::optional<Revision> RevisionById(sql::Tx& tx, Id entry, Id id);
void PutText(const Revision& revision, EntryDraft& draft);

// One text for each window (`tab`) in which somebody types; a later one takes its place. All of
// these want private write transactions.
void Autosave(sql::Tx& tx, Id entry, Id author, std::string_view tab, std::string_view edition,
              const EntryDraft& typed, std::string_view options, Seconds now);
// Saved as an entry now.
void DropAutosave(sql::Tx& tx, Id entry, Id author, std::string_view tab);
// What this author typed after the entry last changed, newest first.
[[nodiscard]] std::vector<Revision> UnsavedTexts(sql::Tx& tx, Id entry, Id author);

// --- secret links

struct PreviewLink {
  std::string token;
  Seconds created_at = 0, expires_at = 0;
};
std::string MakePreviewLink(sql::Tx& tx, Id entry, Seconds now, Seconds life);
[[nodiscard]] std::vector<PreviewLink> PreviewLinksOf(sql::Tx& tx, Id entry, Seconds now);
bool EndPreviewLink(sql::Tx& tx, Id entry, std::string_view token);
// 0 where the link is none, has expired or was taken back.
[[nodiscard]] Id PreviewedEntry(sql::Tx& tx, std::string_view token, Seconds now);

}  // namespace daybook::journal
