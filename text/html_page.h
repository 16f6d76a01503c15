// A whole page of somebody else's, as a light tree: elements with classes and a few attributes, and
// the text that each one covers. For finding links (webmention.h) and microformats
// (microformats.h), not for showing: nothing of it may stand in a page of ours unescaped.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::text {

struct HtmlElement {
  std::string name;                  // lower case
  std::vector<std::string> classes;  // as written
  std::vector<std::string> rels;     // lower case
  // Decoded, white space around it cut; `has_…` tells an empty one from none.
  std::string href, src, content, title, alt, property;
  bool has_href = false;
  size_t parent = 0;                    // place in HtmlPage::elements; 0 is the root
  size_t last = 0;                      // place of its last descendant, or its own
  size_t text_begin = 0, text_end = 0;  // in HtmlPage::text

  [[nodiscard]] bool HasClass(std::string_view wanted) const;
  [[nodiscard]] bool HasRel(std::string_view wanted) const;
};

struct HtmlPage {
  std::vector<HtmlElement> elements;  // in document order; the first stands for the whole page
  std::string text;                   // of all elements, without scripts and styles
  std::string base;                   // what relative addresses are relative to
  std::string title;                  // of the title element
  bool cut = false;                   // it has more elements than are read

  // White space collapsed.
  [[nodiscard]] std::string TextOf(const HtmlElement& element) const;
  // Absolute, without its fragment; empty if it is no web address.
  [[nodiscard]] std::string Absolute(std::string_view reference) const;
};

// Whether it begins with http: or https:, in any case.
[[nodiscard]] bool IsWebUrl(std::string_view url);

// `url`: where the page was found. Elements past 50,000 are not read as such, their text is;
// those below 500 levels are there without what is in them. Linear.
[[nodiscard]] HtmlPage ReadHtmlPage(std::string_view html, std::string_view url);

}  // namespace daybook::text
