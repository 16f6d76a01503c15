// Character references of HTML (&amp; &#38; &NewLine; ...), decoded as a browser does.
// The table of names is made by make_entities.py when the project is built.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/html_clean.h"

namespace daybook::text {

enum class References {
  kText,        // a browser's rule between tags: `&copy` needs no semicolon
  kAttribute,   // a browser's rule in attributes: `&copy=1` and `&copyx` stay as they are
  kTerminated,  // only with a semicolon: what people who type `?a=1&copy=2` mean
};

// Decodes the reference at the start of `s`, which begins with '&'; appends its text to `out`
// without what IsPageCharacter refuses (CR becomes LF). Gives the number of bytes read, 0 where
// there is none.
[[nodiscard]] size_t DecodeReference(std::string_view s, References rule, BidiControls bidi,
                                     std::string& out);

// All of `raw` decoded, appended to `out`.
void AppendDecoded(std::string_view raw, References rule, BidiControls bidi, std::string& out);
[[nodiscard]] std::string DecodeHtml(std::string_view raw, References rule = References::kText,
                                     BidiControls bidi = BidiControls::kKeep);

}  // namespace daybook::text
