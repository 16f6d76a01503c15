// The block editor's comments (<!-- wp:name {…} -->) taken out of a body, and what stands between
// them left as HTML.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace daybook::journal {

[[nodiscard]] bool HasBlocks(std::string_view body);

// HTML without block comments; <!--more--> and <!--nextpage--> stay. Text outside of blocks gets
// its paragraphs. Embeds become links, covers show their picture, reusable blocks (by id, from
// `reusable`) are put in; a gallery without HTML becomes [gallery]. Blocks that only WordPress
// could fill are counted by name in `dropped`. Linear.
[[nodiscard]] std::string HtmlFromBlocks(
    std::string_view body, const std::function<std::string(const std::string&)>& reusable,
    std::map<std::string, std::int64_t>& dropped);

}  // namespace daybook::journal
