// Tells, before cmark-gfm sees a text, that it would spend far more time or memory on it than its
// size warrants. It is not a check of Markdown: every ordinary text passes.
#pragma once

#include <string_view>

namespace daybook::text {

// `markdown` has '\n' as its only line end. One pass. True: the version that Debian 12 has is
// quadratic on this text, or worse (nesting by the thousand, tables completed cell by cell, a long
// reference named many times).
[[nodiscard]] bool IsCostlyMarkdown(std::string_view markdown);

// Whether the text has footnotes that this cmark-gfm reads without losing a letter: it measures a
// label by its columns, so "[^" that is closed on a later line only would cut the text between.
[[nodiscard]] bool HasSafeFootnotes(std::string_view markdown);

}  // namespace daybook::text
