// The form Post a New Comment wherever it stands: below an entry, empty and the same for everyone,
// and on the pages of handlers/comment_post.cc, filled in. What becomes of what is posted is
// journal/comment_post.h.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/form.h"
#include "handlers/frame.h"
#include "journal/comment_post.h"

namespace daybook::handlers {

// As they were typed; nothing is changed before it is shown again.
struct CommentValues {
  std::string author, email, url, post;
  bool notify = false;
  bool honeypot = false;
  journal::Id parent = 0;
  std::string signature;
};
std::span<const fcgi::FormField> CommentFields();
CommentValues ValuesOf(const fcgi::Form& form);

// One thing to change: the part of the field's id ("author", "email", "url", "post") and what to
// do.
struct FieldError {
  std::string_view field;
  std::string text;
};
// What would be stored; only where there are no errors.
struct CheckedComment {
  std::vector<FieldError> errors;
  bool too_large = false;  // the text is longer than any comment
  std::string author, email, url, body;
  text::SafeHtml html;
};
CheckedComment CheckComment(const Frame& frame, const CommentValues& values);
// The text alone, for a comment that is edited.
void CheckBody(const Frame& frame, std::string_view post, CheckedComment& checked);

// Where forms for this entry go; it lies below /comment, where a reader's cookie is sent.
text::SafeUrl CommentFormUrl(const Links& links, std::string_view entry_path);

struct CommentForm {
  journal::Id entry_id = 0;
  std::string_view entry_path;
  const CommentValues* values = nullptr;  // none: the empty form
  std::span<const FieldError> errors = {};
  bool buttons = true;   // closed meanwhile: the text is there to be kept
  bool respond = false;  // the entry takes references: lead to the form for one
};
void FillCommentForm(templates::Block block, const Frame& frame, const CommentForm& form);

// A comment as it is shown in its thread, in a block with the names of parts/comment.tpl.
struct ShownComment {
  std::string id;  // "7", "preview": of its anchor
  journal::Seconds created_at = 0;
  std::string author_name;
  text::SafeUrl author_url;
  text::SafeHtml body;
};
void FillShownComment(templates::Block block, const Frame& frame, const ShownComment& comment);

}  // namespace daybook::handlers
