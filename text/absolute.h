// Addresses in finished HTML made absolute, for feeds and mail, which are read far from the site.
#pragma once

#include <string>
#include <string_view>

#include "text/safe.h"

namespace daybook::text {

// Every href, src, poster, cite and srcset that begins with one '/' gets `origin`
// ("https://example.org") in front. A link to a place in the text itself ("#note-1") gets `page`,
// the text's own whole address, if that is given. Only for the sanitiser's output: attributes in
// double quotes, no raw '>' inside a tag.
SafeHtml AbsoluteHtml(const SafeHtml& html, std::string_view origin, std::string_view page = "");

}  // namespace daybook::text
