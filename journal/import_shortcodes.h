// WordPress's shortcodes ([gallery ids="1,2"]) turned to HTML, those that a journal can show; the
// others stay as they are and are counted.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::journal {

struct GalleryPicture {
  std::string url, alt, caption;
};
struct GalleryRequest {
  std::vector<std::string> ids;  // in this order; empty: all pictures that hang on the entry
  std::vector<std::string> exclude;
  std::string parent;  // another entry's id; empty: this one's
};
using GalleryOf = std::function<std::vector<GalleryPicture>(const GalleryRequest&)>;

// caption and wp_caption become a figure, gallery a row of figures, embed, youtube, vimeo and lone
// addresses of a line links, audio and video players. "[[name]]" is a shown "[name]". Nothing
// inside tags is touched. Linear.
[[nodiscard]] std::string HtmlFromShortcodes(std::string_view body, const GalleryOf& gallery,
                                             std::map<std::string, std::int64_t>& dropped);

}  // namespace daybook::journal
