// How a journal looks beyond its theme: the owner's colours and fonts as a few lines of CSS, how
// well such colours can be read, and whether a style sheet asks anybody else for something.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "journal/settings.h"

namespace daybook::journal {

// What follows the theme's style.css; empty where nothing was chosen.
[[nodiscard]] std::string LookCss(const Settings& settings);

// WCAG 2.2: from 1 (none) to 21; text needs 4.5. Colours are #rrggbb.
[[nodiscard]] double ContrastOf(std::string_view a, std::string_view b);

// The pairs that a reader meets with these settings, the theme's own where none was chosen.
struct ReadPair {
  bool dark = false;
  bool accent = false;  // links and what is to be changed; else the text
  double contrast = 1;
};
inline constexpr double kContrastAA = 4.5;
[[nodiscard]] std::vector<ReadPair> ReadPairs(const Settings& settings);

inline constexpr std::size_t kStyleMax = 65'536;
enum class StyleWrong { kNone, kLong, kText, kForeign, kOpen };
// Comments and escapes are read as a browser does. kForeign: an address of another host, @import,
// or what old browsers would run; kOpen: a brace, comment or text that does not end.
[[nodiscard]] StyleWrong CheckStyle(std::string_view css);

}  // namespace daybook::journal
