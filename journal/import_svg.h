// Whether an SVG picture only draws: no script, no event, no style sheet, nothing from elsewhere.
#pragma once

#include <string_view>

namespace daybook::journal {

// An allow-list of elements; attributes may not begin with "on" nor lead out of the file. What is
// no well-formed XML, or has a document type or a processing instruction, is not safe.
struct SvgFacts {
  bool passive = false;
  int width = 0, height = 0;  // as the picture says in pixels, or by its viewBox; 0: it does not
};
[[nodiscard]] SvgFacts LookAtSvg(std::string_view svg);

}  // namespace daybook::journal
