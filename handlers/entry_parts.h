// Parts that an entry's own page, lists and print share.
#pragma once

#include <string>
#include <vector>

#include "handlers/frame.h"

namespace daybook::handlers {

// What the lines under an entry need of it.
struct LinesOf {
  std::string path, title;
  Moment published;
  journal::Seconds visible_at = 0, updated_at = 0;
  std::string zone, author, author_slug;
  std::int64_t comment_count = 0;
  bool comments_shown = true;  // the entry has a comment area
  bool locked = false;         // nothing to print without its password
  journal::Terms terms;
};
void FillLines(templates::Block block, const Frame& frame, const LinesOf& entry);

// By the reader's own mail program: until the owner has mail working, and of what has a password.
text::SafeUrl MailtoOf(const Frame& frame, std::string_view path, std::string_view title);

// Whether an entry or page has a comment area, and whether it takes comments at this moment.
struct CommentState {
  bool shown = false, open = false;
};
CommentState CommentStateOf(const journal::Settings& settings, journal::Allow allow,
                            journal::Seconds close, journal::Seconds now);

// A comment as it is shown everywhere: on its entry, in a preview, on its receipt. Refers to values
// that outlive it.
struct CommentParts {
  std::string id;  // of its anchor: "7", "preview"
  journal::Seconds created_at;
  const std::string& author_name;
  const text::SafeUrl& author_url;  // empty: none
  const text::SafeHtml& body;
};
void FillComment(templates::Block block, const Frame& frame, const CommentParts& comment);

// Reader Comments, oldest first, replies below what they answer. `answer_at`: the page where one
// answers, if one can.
// parts/headline.tpl; `title` as text::TypographicTitle gives it.
void FillHeadline(templates::View& view, std::string_view title);
void FillThreads(templates::View& view, const Frame& frame,
                 const std::vector<journal::Comment>& comments, bool with_replies,
                 const text::SafeUrl& answer_at = {});
// "Reader Comments (5)"; at 0 without a number.
std::string CommentsHeading(const Frame& frame, std::int64_t count);

}  // namespace daybook::handlers
