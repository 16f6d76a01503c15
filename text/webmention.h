// Reading what webmention needs of somebody else's page (W3C Recommendation, 2017): whether it
// links to an address, and where it wants to be told of links. It fetches nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/html_page.h"

namespace daybook::text {

// Two web addresses that name the same page: after normalisation the same but for the fragment, and
// http or https.
[[nodiscard]] bool SamePage(std::string_view a, std::string_view b);

// Whether an element of the page points to `target`: links, pictures, media, quotations.
[[nodiscard]] bool LinksTo(const HtmlPage& page, std::string_view target);
// The same for text that is no HTML: the address stands there as a whole word, in JSON as a string.
[[nodiscard]] bool TextNames(std::string_view text, std::string_view target);

// Where a page wants to be told (3.1.2): the first of its Link headers, else the first link or a
// element with rel=webmention and an href, absolute, its query kept. `url`: where the page was
// found after redirects. An endpoint that is no web address counts as none.
[[nodiscard]] std::optional<std::string> EndpointInHeaders(const std::vector<std::string>& links,
                                                           std::string_view url);
[[nodiscard]] std::optional<std::string> EndpointInPage(const HtmlPage& page);

// The addresses of a piece of our own HTML that lead to other sites: absolute, normalised, each
// once, without fragment, `most` at most.
[[nodiscard]] std::vector<std::string> WebLinks(std::string_view html, std::string_view base,
                                                size_t most);

}  // namespace daybook::text
