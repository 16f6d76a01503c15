// Names of files that somebody uploads: which of them could be run, and under which name one is
// kept.
#pragma once

#include <string>
#include <string_view>

namespace daybook::text {

// "jpg" of "x.y.JPG", in lower case; empty for "x" and for ".x".
[[nodiscard]] std::string EndingOf(std::string_view name);

// An ending anywhere in the name that a browser or a web server could run ("php" of "x.php.jpg",
// which some servers run); empty where there is none.
[[nodiscard]] std::string ActiveEnding(std::string_view name);

// Whether the ending is one of a picture.
[[nodiscard]] bool IsPictureEnding(std::string_view ending);

// The name without folders in [a-z0-9-], with the ending given (".jpg"): "Été à Cork_2.JPEG" is
// "ete-a-cork-2.jpg". Never empty, hidden, or one that another name differs from by its case only.
[[nodiscard]] std::string MediaName(std::string_view typed, std::string_view ending);

}  // namespace daybook::text
