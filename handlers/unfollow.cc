// Leaving an entry by the link of a mail. The page has a button; the press, and the one click of a
// mail program (RFC 8058), is a POST. Links are opened by scanners: GET changes nothing.
#include "handlers/frame.h"
#include "handlers/pages.h"
#include "journal/comment_own.h"
#include "journal/follow.h"
#include "sql/db.h"
#include "templates/keys.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;

namespace {

std::optional<journal::Leaving> LeavingOf(Context& context) {
  return journal::ReadLeaveToken(journal::SignerOf(context.tx), context.captures["token"]);
}

// `button`: where its button sends to; empty: without one.
Response Said(const Frame& frame, std::string_view text, int status, std::string_view button = "") {
  templates::View view(frame.templates, templates::tpl::kLeave);
  Head head;
  head.title = frame.words().Get(word::kLeaveTitle);
  head.noindex = true;
  head.whole_width = true;
  FillFrame(view, frame, head);
  view.Set(key::kLeaveText, text);
  if (!button.empty()) view.Show(key::kLeaveForm, key::kLeaveUrl, frame.links.To(button));
  return fcgi::Html(view.Render(), status);
}

}  // namespace

Response LeavePage(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const auto leaving = LeavingOf(context);
  if (!leaving) return Said(frame, frame.words().Get(word::kLeaveBad), 404);
  for (const journal::Follow& follow : journal::FollowsOf(context.tx, leaving->reader_id)) {
    if (follow.entry_id != leaving->entry_id) continue;
    const std::string& entry = follow.title.empty() ? follow.path : follow.title;
    return Said(frame, frame.words().Format(word::kLeaveText, {{"entry", entry}}), 200,
                "/comment/unfollow/" + std::string(context.captures["token"]));
  }
  return Said(frame, frame.words().Get(word::kOwnLeft), 200);
}

Response LeavePost(Context& context) {
  context.cacheable = false;
  const auto leaving = LeavingOf(context);
  const Frame frame = FrameOf(context);
  if (!leaving) return Said(frame, frame.words().Get(word::kLeaveBad), 404);
  context.act = [frame, leaving = *leaving](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate,
             [&](sql::Tx& tx) { journal::LeaveThread(tx, leaving.entry_id, leaving.reader_id); });
    return Said(frame, frame.words().Get(word::kOwnLeft), 200);
  };
  return {};
}

}  // namespace daybook::handlers
