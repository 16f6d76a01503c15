// Finds the addresses in a body and puts others in their place; every other byte stays. Which
// address becomes which, it is told.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::journal {

struct NewAddress {
  std::string url;    // relative to the journal, or absolute; percent-encoded
  bool exact = true;  // false: the nearest that there is, such as the picture in its full size
};
// Gives nothing for an address that is to stay. `shown`: the page shows what is there (src, srcset,
// poster); else it links to it.
using AddressOf = std::function<std::optional<NewAddress>(std::string_view url, bool shown)>;

// href of a and area; src, srcset and poster of pictures, sound, film, frames and objects; url() in
// style.
[[nodiscard]] std::string RewriteHtml(std::string_view html, const AddressOf& address_of);
// Absolute http addresses wherever they stand in a Markdown text.
[[nodiscard]] std::string RewriteMarkdown(std::string_view text, const AddressOf& address_of);

}  // namespace daybook::journal
