// Language tags (BCP 47) as far as pages need them.
#pragma once

#include <string_view>

namespace daybook::text {

// Whether text in this language usually runs from right to left: by script subtag ("az-Arab"), else
// by language.
bool RunsRightToLeft(std::string_view tag);
// The first subtag in any case: "de-AT" and "DE" have the same one.
bool SameLanguage(std::string_view a, std::string_view b);

}  // namespace daybook::text
