// What the pages around the comment form share. They have no sidebar and are never kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/comment_form.h"
#include "handlers/context.h"
#include "journal/comment_read.h"

namespace daybook::handlers {

// The entry that a comment is for.
struct CommentTarget {
  journal::Id id = 0;
  std::string path;
  std::string title;  // as its page shows it
  bool takes_references = false;
};
// The visible entry whose address, or an earlier one, without ".html" is `place`, without a slash
// at its front.
std::optional<journal::Entry> EntryOfPlace(Context& context, std::string_view place);
CommentTarget TargetOf(const Context& context, const journal::Entry& entry);

struct CommentPage {
  int status = 200;
  std::string alert;   // why nothing was posted
  std::string notice;  // what to do next
  const CheckedComment* preview = nullptr;
  std::optional<journal::StoredComment> answered;
  CommentForm form;  // with the entry's id and path set by the renderer
};
fcgi::Response RenderCommentPage(const Frame& frame, const CommentTarget& target,
                                 const CommentPage& page, journal::Seconds now);

// "21:40", in the journal's zone; with the date if that is another one.
std::string TimeOf(const Frame& frame, journal::Seconds at, journal::Seconds now);
// The first whole minute that is not before: what is said to be possible then, is.
std::string TimeAfter(const Frame& frame, journal::Seconds at, journal::Seconds now);
ShownComment ShownOf(const journal::StoredComment& comment, std::string id);
// The form of a request, or HttpError 400, 413 or 415.
fcgi::Form ReadForm(const fcgi::Request& request, std::span<const fcgi::FormField> fields);
// The edit form with what was typed, which was not taken; `path`: where it goes; `again`: it may be
// sent once more.
fcgi::Response EditNotTaken(const Frame& frame, const std::string& path, std::string_view typed,
                            std::string_view alert, int status, bool again);
// Of a comment that whoever wrote it took back.
fcgi::Response WithdrawnReceipt(const Frame& frame);
// Instead of an error page where somebody had written something: the form with all that was typed,
// without a database. Nothing for any other request.
std::optional<fcgi::Response> ErrorWithText(const Frame& frame, const fcgi::Request& request,
                                            const fcgi::HttpError& error, journal::Seconds now);

}  // namespace daybook::handlers
