// Addresses in finished HTML made absolute, for feeds and mail, which are read far from the site.
#pragma once

#include <string>
#include <string_view>

#include "text/safe.h"

namespace daybook::text {

// Every href, src, poster, cite and srcset that begins with one '/' gets `origin` ("https://example.org") in front.
// Only for the sanitiser's output: attributes in double quotes, no raw '>' inside a tag.
SafeHtml AbsoluteHtml(const SafeHtml& html, std::string_view origin);

}  // namespace daybook::text
