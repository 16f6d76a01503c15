// What an old blog's things look like between the file that holds them and the journal: neutral
// structs that every parser (import_wxr, import_mt, import_json) makes and import_run writes.
// Nothing here reads or writes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "journal/import_clock.h"
#include "journal/model.h"

namespace daybook::journal {

// An item or a file that cannot be read as what it says it is. Caught in import_run.cc only.
struct ImportTrouble {
  std::int64_t line = 0;  // of the file; 0: of no line
  std::string reason;     // a sentence for the owner
};

// The owner pressed Ctrl-C.
struct ImportInterrupted {};

// The machine does not go on: a disk is full, a file cannot be written. What was taken is kept.
struct ImportStopped {
  std::string reason;
};

struct ScanOptions {
  std::string zone = "UTC";  // of the journal, for dates that name none
  std::function<void(std::uint64_t raw_bytes)>
      step;  // called now and then; may throw ImportInterrupted
};

// How dates are read once all files are known.
struct ImportClock {
  std::string zone = "UTC";  // of dates that name none
  bool is_old = false;       // it is the old journal's: what its dates showed, ours show
};

struct OldAuthor {
  std::string login;  // what entries name it by
  std::string name;
  std::string email;
  std::string url;
  std::string about;
  std::string old_id;
};

struct OldTerm {
  std::string slug;  // as on the old blog, decoded; may hold any letter
  std::string name;
  std::string parent;  // slug of the category above
  std::string description;
  std::string old_id;
};

// A picture or other file that the old blog kept.
struct OldFile {
  std::string key;     // its id there
  std::string url;     // absolute, or a path below public/media
  std::string link;    // of its own page
  std::string parent;  // key of the entry it hangs on
  std::string title, alt, caption;
  std::int64_t position = 0;
  std::int64_t line = 0;
  Seconds at = 0;
  std::string listed_in;   // name of another file of the same journal that lists it; else empty
  bool kept_path = false;  // url is already the path below public/media (JSON)
};

struct OldRedirect {
  std::string from;    // decoded path, with "?p=1" where the query names the page
  std::string suffix;  // what follows the entry's address
};

// An entry or page. `draft` holds all but what needs ids of this journal.
struct OldEntry {
  std::int64_t line = 0;
  std::string key;       // its id there
  std::string old_type;  // "post", "page", …
  EntryDraft draft;
  std::string author;  // login, or a name
  std::vector<OldTerm> categories;
  std::vector<OldTerm> tags;
  std::string parent_key;
  std::string featured_key;
  std::vector<OldRedirect> redirects;
  bool wordpress = false;  // its text holds shortcodes
  bool no_entry = false;   // Movable Type: only what is said below it is wanted
  std::map<std::string, std::int64_t>
      dropped;  // what of it could not be kept ("block “calendar”"), and how often
  std::vector<std::string> notes;  // for the report
};

// A comment or a reference.
struct OldAnswer {
  std::int64_t line = 0;
  std::string key;
  std::string parent_key;
  bool is_reference = false;
  NewComment comment;
  NewReference reference;
  std::string author;  // login or id of one of the journal's own people
};

// Where an entry or an answer lies in its file, and what deciding their order needs.
struct ItemPlace {
  Seconds at = 0;
  std::uint64_t offset = 0;
  std::uint32_t length = 0;
  std::uint32_t line = 0;
  std::uint32_t owner = 0;  // of an answer: the number of its entry
  std::uint32_t kind = 0;   // what the parser wants to remember
};

struct OldMenuItem {
  std::string title;
  std::string url;        // absolute, or empty
  std::string object_id;  // of the page or entry it leads to
  std::string term_slug;  // of the category it leads to
  std::string parent;
  std::string menu;  // slug of its menu
  std::string key;
  std::int64_t position = 0;
  std::int64_t line = 0;
};

struct OldSection {
  SectionKind kind = SectionKind::kHtml;
  std::string caption, content;
  std::vector<std::pair<std::string, std::string>> links;  // title, address
  std::int64_t amount = 10;
};

// One checked file. The vectors were filled by the first pass; entries and answers are read one by
// one.
struct OldJournal {
  std::string format;    // "wxr", "mt", "json"
  std::string identity;  // of the old journal: the same in a newer export of it
  std::string title, tagline, language;
  std::string home_url;  // where the old journal was
  std::string site_url;  // where its files were
  std::vector<OldAuthor> authors;
  std::vector<OldTerm> categories, tags;
  std::vector<OldFile> files;
  std::vector<OldMenuItem> menu;
  std::vector<ItemPlace> entries;  // oldest first
  std::vector<ItemPlace> answers;  // oldest first, a parent before its replies
  std::map<std::string, std::int64_t>
      skipped;  // kinds of item that a journal has no place for, and how many
  std::map<std::string, std::int64_t> skipped_lines;      // where the first of them was
  std::vector<ItemPlace> lost_comments, lost_references;  // of such items
  std::string permalink;  // the pattern of its addresses, where one explains nearly all; else empty
  std::vector<ImportTrouble> notes;
  std::map<std::string, std::string> settings;  // JSON only, as the next three
  std::vector<OldSection> sidebar;
  std::vector<std::pair<std::string, std::string>> navigation;
  std::vector<std::pair<std::string, std::pair<std::string, int>>> redirects;
  bool has_sidebar = false;

  ClockGuess clock;  // of the old journal, where its dates tell

  // Throw ImportTrouble for an item that cannot be taken.
  std::function<OldEntry(const ItemPlace&, const ImportClock&)> read_entry;
  std::function<OldAnswer(const ItemPlace&, const ImportClock&)> read_answer;
};

}  // namespace daybook::journal
