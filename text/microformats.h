// What a page says of itself by microformats2 (microformats.org): the entry on it that answers one
// of ours. Only what is shown beside a reference is read; no picture is.
#pragma once

#include <string>
#include <string_view>

#include "text/html_page.h"

namespace daybook::text {

enum class AnswerKind { kMention = 0, kReply = 1, kLike = 2, kRepost = 3, kBookmark = 4 };

// All plain text of somebody else; addresses absolute or empty.
struct AnswerPage {
  AnswerKind kind = AnswerKind::kMention;
  std::string title, content;
  std::string author, author_url;
  std::string site_name;
};

// The h-entry that points to `target`, else the first one; what it lacks comes from the page's
// title, its one h-card, Open Graph, and the text around the link.
[[nodiscard]] AnswerPage ReadAnswer(const HtmlPage& page, std::string_view target);

}  // namespace daybook::text
