// Which entry an address of another engine means, where its words say so. What an import wrote down
// of old addresses is not here: that is the table of redirects (read.h).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "journal/model.h"
#include "sql/tx.h"

namespace daybook::journal {

// "/2019/03/04/slug.html", cut at its slashes, where the journal writes another form: the date and
// the slug say which entry is meant, also below a folder ("/blog/2019/…"). Its path.
[[nodiscard]] std::optional<std::string> EntryByDateAndSlug(
    sql::Tx& tx, std::span<const std::string_view> segments, Seconds now);

}  // namespace daybook::journal
