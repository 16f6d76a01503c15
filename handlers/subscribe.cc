// How to follow the journal. While it sends no mail, that is its feeds.
#include "handlers/frame.h"
#include "handlers/pages.h"
#include "templates/keys.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;

namespace {

fcgi::Response Show(Context& context, bool not_kept) {
  const Frame frame = FrameOf(context);
  templates::View view(context.templates, templates::tpl::kSubscribe);
  Head head;
  head.title = frame.words().Get(word::kSubscribeTitle);
  head.path = "/subscribe";
  head.feeds = FeedsAt(context.site.settings.title, "");
  FillFrame(view, frame, head);
  view.Show(key::kNotKept, not_kept);
  for (const FeedLink& feed : head.feeds) {
    templates::Block item = view.Add(key::kFollowFeed);
    item.Set(key::kFollowTitle, feed.title);
    item.Set(key::kFollowUrl, context.links.To(feed.path));
    item.Set(key::kFollowAddress, context.links.Full(feed.path).view());
  }
  return fcgi::Html(view.Render());
}

}  // namespace

fcgi::Response SubscribePage(Context& context) { return Show(context, false); }

fcgi::Response SubscribePost(Context& context) {
  context.cacheable = false;
  return Show(context, true);
}

}  // namespace daybook::handlers
