// Finished HTML as the plain text of a mail, which a person is to read: paragraphs with an empty
// line between them, lists with their marks, quotations with ">", addresses after what is linked.
#pragma once

#include <string>

#include "text/safe.h"

namespace daybook::text {

// Only for the sanitiser's output, with absolute addresses; those that are not (places in the text
// itself) are left out. Neither begins nor ends with white space; lines are as long as paragraphs.
// Linear.
[[nodiscard]] std::string LetterText(const SafeHtml& html);

}  // namespace daybook::text
