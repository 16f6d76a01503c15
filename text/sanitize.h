// The only place where HTML that somebody wrote becomes HTML that may stand in a page.
// It is no template engine (escaping a value is html_escape.h) and no Markdown (markdown.h).
//
// Whatever goes in, what comes out is written anew from an allow-list of elements, attributes and
// address schemes: well nested, valid inside a <div>, no comments, no element whose content a
// browser reads by other rules, nothing to be read twice. Time and size are linear in the input;
// depth is bounded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/safe.h"

namespace daybook::text {

// How a journal's readers may write (a setting of the journal).
enum class CommentMode { kLimitedHtml, kPlainText, kMarkdown };

// A comment as it is shown: in the page, the preview, feeds, mail and exports.
// kLimitedHtml: a[href,title] abbr[title] acronym[title] b blockquote[cite] code em i strike
// strong;
//   any other tag is shown as text. kPlainText: all HTML is shown as text.
// In both a blank line begins a <p>, a newline is <br> (in code it stays), bare addresses become
// links. kMarkdown: Markdown, its HTML judged by SanitizeRenderedComment. Characters that turn the
// writing direction are removed; links carry kReaderRel.
[[nodiscard]] SafeHtml SanitizeComment(std::string_view source, CommentMode mode);

// HTML that was made from a reader's Markdown: the comment's elements and p br ul ol li pre.
// SanitizeRenderedComment(SanitizeComment(x)) is SanitizeComment(x).
[[nodiscard]] SafeHtml SanitizeRenderedComment(std::string_view html);

inline constexpr std::string_view kReaderRel = "nofollow ugc noopener";

// Hosts whose players may be framed: a start for the owner's setting.
[[nodiscard]] std::vector<std::string> DefaultFrameHosts();

struct AuthorPolicy {
  // The level of a body's highest headings, one below the heading it stands under. Headings keep
  // their order and lose their gaps: h1 h3 h3 becomes h2 h3 h3, so that no page skips a level.
  int top_heading = 2;
  // Put before every id (and in links to it) that does not begin with it, so that no body can take
  // an id of the page. Give each entry its own where several stand in one page. [a-z][a-z0-9-]*.
  std::string id_prefix = "in-";
  // Lower case hosts, matched whole. A frame from elsewhere becomes a link.
  std::vector<std::string> frame_hosts = DefaultFrameHosts();
};

// An entry, a page or a section written by someone who may log in, or imported from elsewhere.
// Obsolete elements and attributes become modern ones; unknown tags go, their content stays;
// script, style and the like go with their content. With the same policy, sanitising twice changes
// nothing.
[[nodiscard]] SafeHtml SanitizeAuthor(std::string_view html, const AuthorPolicy& policy = {});

// On render only: a run of ten or more of _ - = * in text is wrapped in <span aria-hidden="true">,
// so that nobody has to listen to thirty-six underscores. Applying it twice changes nothing.
[[nodiscard]] SafeHtml HideRuns(const SafeHtml& html);

}  // namespace daybook::text
