// /privacy: what is kept of readers, for how long and why, as the settings have it now. A page of
// the owner's at that address stands in its place.
#include "handlers/frame.h"
#include "handlers/pages.h"
#include "templates/keys.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using templates::Block;

fcgi::Response PrivacyPage(Context& context) {
  if (journal::EntryByPath(context.tx, context.request.path)) return ByPath(context);
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const journal::Settings& settings = context.site.settings;
  templates::View view(context.templates, templates::tpl::kPrivacy);
  Head head;
  head.title = words.Get(word::kPrivacyTitle);
  head.path = "/privacy";
  FillFrame(view, frame, head);
  view.Set(key::kPrivacyTitle, head.title);
  const auto part = [&](templates::WordKey title) {
    Block block = view.Add(key::kPrivacyPart);
    block.Set(key::kPartTitle, words.Get(title));
    return block;
  };
  const auto say = [](Block block, const std::string& text) {
    block.Add(key::kPartLine).Set(key::kLineText, text);
  };
  Block reading = part(word::kPrivacyReading);
  say(reading, words.Get(word::kPrivacyReadingText));
  say(reading, words.Get(settings.statistics_log.empty() ? word::kPrivacyStatisticsOff
                                                         : word::kPrivacyStatisticsOn));
  if (settings.comments != journal::CommentPolicy::kNone) {
    Block comments = part(word::kPrivacyComments);
    say(comments, words.Get(word::kPrivacyCommentsText));
    say(comments, settings.network_days == 0
                      ? words.Get(word::kPrivacyNetworkNone)
                      : words.Plural(word::kPrivacyNetwork, settings.network_days));
    say(comments, words.Plural(word::kPrivacySpam, settings.trash_days));
    if (settings.MailIsSet()) say(comments, words.Get(word::kPrivacyCookie));
  }
  if (settings.webmention || settings.trackback || settings.webmention_send) {
    Block references = part(word::kPrivacyReferences);
    if (settings.webmention || settings.trackback)
      say(references, words.Get(word::kPrivacyReferencesText));
    if (settings.webmention_send) say(references, words.Get(word::kPrivacyReferencesSent));
  }
  Block mail = part(word::kPrivacyMail);
  if (settings.MailIsSet()) {
    say(mail, words.Get(word::kPrivacyMailText));
    say(mail, words.Get(word::kPrivacyFriend));
  }
  say(mail, words.Get(word::kPrivacyContact));
  Block rights = part(word::kPrivacyRights);
  say(rights, settings.owner.empty()
                  ? words.Get(word::kPrivacyRightsText)
                  : words.Format(word::kPrivacyRightsOwner, {{"owner", settings.owner}}));
  return fcgi::Html(view.Render());
}

}  // namespace daybook::handlers
