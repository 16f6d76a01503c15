// Which entry of ours an address names, for those who say that they link to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "handlers/context.h"
#include "handlers/frame.h"

namespace daybook::handlers {

// Whether readers may add references to it at all, by form or webmention.
[[nodiscard]] bool TakesReferences(const journal::Settings& settings, const journal::Entry& entry);

// The visible entry at a whole address of this journal, whichever of its addresses that is.
[[nodiscard]] std::optional<journal::Entry> EntryAt(Context& context, std::string_view address);
// The visible entry above "…/respond"; throws HttpError 404 or 410 without one.
[[nodiscard]] journal::Entry EntryAbovePath(Context& context, std::string_view captured);

// "16:40" in the journal's zone.
[[nodiscard]] std::string ClockOf(const Frame& frame, journal::Seconds at);

}  // namespace daybook::handlers
