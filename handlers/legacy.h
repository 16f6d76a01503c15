// Addresses that other engines gave to the things that this journal has: WordPress's feeds,
// archives and queries. What no rule can know (numbers, custom bases, attachments) an import has
// put into the table of redirects.
#pragma once

#include <optional>
#include <string>

#include "handlers/context.h"

namespace daybook::handlers {

// "/?p=12", "/?m=201005", "/?feed=rss2", "/?s=words": where it leads, as a path from the journal's
// root with its query, or a whole address. Nothing if the query means nothing here; then it is
// ignored.
std::optional<journal::Moved> MovedByQuery(Context& context);

// "?feed=rss2" behind any other address. Costs nothing where there is no query.
std::optional<journal::Moved> MovedToFeed(Context& context);

// "/category/a/b/", "/2010/05/name/feed/", "/page/2/", "/index.php/…". Nothing if no rule fits.
std::optional<std::string> MovedByRule(Context& context);

}  // namespace daybook::handlers
