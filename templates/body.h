// What a page does to an entry's or a comment's HTML when it is shown; never stored, and not in
// feeds. Links on paper are print_links.h.
#pragma once

#include "templates/words.h"
#include "text/safe.h"

namespace daybook::templates {

// A table gets a group around it that scrolls by itself and that the keyboard reaches; a run of
// ten or more _ - = * is hidden from those who listen; strike and acronym become s and abbr. `html`
// is what the sanitiser made: every tag closed, double quotes, lower case.
text::SafeHtml BodyForPage(const text::SafeHtml& html, const Words& words);

}  // namespace daybook::templates
