// Markdown (CommonMark with GitHub's tables, strikethrough and autolinks, and footnotes) to HTML,
// and the table of contents of a text. It is not the sanitiser: what comes out here holds the
// writer's own HTML and must go through a policy of sanitize.h before anybody sees it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/safe.h"

namespace daybook::text {

inline constexpr size_t kMarkdownMax = 1 << 20;  // bytes

// Punctuation stays as typed. Bad bytes become U+FFFD. What is longer than kMarkdownMax, or nested
// so deep that only an attack looks like it, comes back as escaped text in <pre>: nothing is lost.
[[nodiscard]] std::string MarkdownToHtml(std::string_view markdown);

struct TocItem {
  int level = 2;     // 1-6
  std::string id;    // unique in the text; begins with "h-" unless the author gave one
  std::string text;  // plain, not escaped
};

struct WithToc {
  SafeHtml html;  // every heading now has an id
  std::vector<TocItem> items;
};
// Expects what the sanitiser made: lower-case names, double quotes, every tag closed.
[[nodiscard]] WithToc AddHeadingIds(const SafeHtml& html);

inline constexpr size_t kTocMost = 300;  // more headings than that are no table
// Lists of links, a list in a list where a heading is below another; empty without headings.
[[nodiscard]] SafeHtml TocList(const std::vector<TocItem>& items);

}  // namespace daybook::text
