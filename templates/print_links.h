// Links on paper: behind each link its address is written out.
#pragma once

#include "text/safe.h"

namespace daybook::templates {

// Adds ` <span class="address">(https://…)</span>` behind each link to an http, https or mailto
// address, unless its text is the address already. `html` is what the sanitiser made: every tag
// closed, double quotes, lower case.
text::SafeHtml WriteOutLinks(const text::SafeHtml& html);

}  // namespace daybook::templates
