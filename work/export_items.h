// What JSON and Markdown exports are made of, as journal/import_json.h reads it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::work {

// One entry or page with everything below it.
[[nodiscard]] nlohmann::ordered_json EntryItem(sql::Tx& tx, journal::Id id);
// Settings, people, categories, tags, sidebar, navigation, media, redirects.
[[nodiscard]] nlohmann::ordered_json SiteItems(sql::Tx& tx);

}  // namespace daybook::work
