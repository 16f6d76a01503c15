// What an entry's HTML lacks for those who listen, mended when it is shown.
#pragma once

#include "templates/words.h"
#include "text/safe.h"

namespace daybook::templates {

// A link around nothing but a picture without a description is named after the picture's file. A
// picture whose caption says the same words is not described twice. A table's empty heading is an
// empty cell. `html` is the sanitiser's: every tag closed, double quotes, lower case. Linear.
text::SafeHtml ForListeners(const text::SafeHtml& html, const Words& words);

}  // namespace daybook::templates
