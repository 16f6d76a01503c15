// Finds a free address for an entry or page about to be published. Part of edit.h's work.
#pragma once

#include <string>

#include "journal/edit_common.h"
#include "journal/settings.h"
#include "text/dates.h"

namespace daybook::journal {

struct Address {
  std::string slug;
  std::string path;
};

// The slug of a draft: the one that it names, else that of its title, else its id.
[[nodiscard]] std::string SlugFor(const EntryDraft& draft, Id id);

// A path that nobody has: draft.path if it names one, else from the pattern (a page: "/slug").
// Where that is taken or the journal's own, -1, -2, …; the slug follows where the path was made
// from it.
[[nodiscard]] Address FreeAddress(sql::Tx& tx, const Settings& settings, const EntryDraft& draft,
                                  Id id, const text::LocalTime& date);

}  // namespace daybook::journal
