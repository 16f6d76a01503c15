// The links of a text as somebody typed it, those that a reader must put together too ("example .
// com", "example dot com"). For the judge; what becomes a link on a page is text/linkify.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::journal {

struct SeenText {
  std::string words;                   // without markup, addresses cut out
  std::vector<std::string> addresses;  // "host/path", in their order, at most kAddressesMax
  int links = 0;                       // all of them
  int disguised = 0;                   // addresses that no machine should find
  int markup = 0;                      // links in HTML or BBCode, not bare
  int pictures = 0;                    // <img> and the like
  bool handle = false;                 // "@somebody"
  bool hashtag = false;
  bool email = false;      // an address of mail
  bool telephone = false;  // "+1 (555) 010-0100"
};
inline constexpr size_t kAddressesMax = 50;

// `source` is HTML as readers type it, plain text or Markdown. Linear.
[[nodiscard]] SeenText SeeLinks(std::string_view source);

// "https://www.Example.com:80/A?b" -> "example.com/A?b"; empty for what has no host.
[[nodiscard]] std::string ShortAddress(std::string_view url);

}  // namespace daybook::journal
