// Nothing is loaded from anyone else's server: what a body would load from elsewhere becomes a link
// to it. The policy of the pages (Csp in fcgi/response.h) would stop it anyway, but leave a hole
// where it stood.
#pragma once

#include "templates/words.h"
#include "text/safe.h"

namespace daybook::templates {

// Pictures, frames, video and sound with an http or https address become links (inside a link:
// their words); foreign candidates of srcset and foreign posters go. `html` is what the sanitiser
// made: every tag closed, double quotes, lower case. What has nothing foreign comes back as it is.
text::SafeHtml ForeignToLinks(const text::SafeHtml& html, const Words& words);

}  // namespace daybook::templates
