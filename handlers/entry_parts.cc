// Shared parts of entry, list and print pages.
#include "handlers/entry_parts.h"

#include <unordered_map>

#include "templates/body.h"
#include "templates/keys.h"
#include "text/title.h"
#include "text/url.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using templates::Block;

namespace {

bool ShowsPostedBy(const Site& site) {
  switch (site.settings.line_posted_by) {
    case journal::Auto::kOn:
      return true;
    case journal::Auto::kOff:
      return false;
    case journal::Auto::kAuto:
      break;
  }
  return site.several_authors;
}

CommentParts PartsOf(const journal::Comment& comment) {
  return {std::to_string(comment.id), comment.created_at, comment.author_name, comment.author_url,
          comment.body};
}

}  // namespace

text::SafeUrl MailtoOf(const Frame& frame, std::string_view path, std::string_view title) {
  const std::string address(frame.links.Full(path).view());
  return text::SafeUrl::Vouch("mailto:?subject=" + text::EncodeComponent(title) +
                              "&body=" + text::EncodeComponent(address));
}

CommentState CommentStateOf(const journal::Settings& settings, journal::Allow allow,
                            journal::Seconds close, journal::Seconds now) {
  if (allow == journal::Allow::kNone) return {false, false};
  const bool journal_none = settings.comments == journal::CommentPolicy::kNone;
  const bool journal_open = settings.comments == journal::CommentPolicy::kOpen;
  if (allow != journal::Allow::kOpen && journal_none) return {false, false};
  const bool open =
      allow == journal::Allow::kOpen || (allow == journal::Allow::kAsJournal && journal_open);
  return {true, open && now < close};
}

void FillLines(Block block, const Frame& frame, const LinesOf& entry) {
  const journal::Settings& settings = frame.site.settings;
  const templates::Words& words = frame.words();
  block.Set(key::kAuthorName, entry.author);
  block.Set(key::kAuthorUrl, frame.links.To("/author/" + entry.author_slug));
  if (ShowsPostedBy(frame.site)) {
    block.Show(key::kPostedLine);
    block.Set(key::kPostedText, entry.published.date_time);
  } else {
    block.Show(key::kUnsigned);
  }
  constexpr journal::Seconds kDay = 86400;  // mending a slip on the first day is no news
  if (entry.updated_at > entry.visible_at + kDay) {
    const Moment updated = MomentOf(frame, entry.updated_at, entry.zone);
    block.Show(key::kUpdatedLine);
    block.Set(key::kUpdatedDatetime, updated.machine);
    block.Set(key::kUpdatedText, updated.date);
  }
  if (settings.line_categories && !entry.terms.categories.empty()) {
    Block line = block.Add(key::kFiledLine);
    for (const journal::Term& term : entry.terms.categories) {
      Block item = line.Add(key::kFiledCategory);
      item.Set(key::kCategoryName, term.name);
      item.Set(key::kCategoryUrl, frame.links.To("/category/" + term.slug));
    }
  }
  if (settings.line_categories && !entry.terms.tags.empty()) {
    Block line = block.Add(key::kTaggedLine);
    for (const journal::Term& term : entry.terms.tags) {
      Block item = line.Add(key::kFiledTag);
      item.Set(key::kTagName, term.name);
      item.Set(key::kTagUrl, frame.links.To("/tag/" + term.slug));
    }
  }
  const bool comments = entry.comments_shown && entry.comment_count > 0;
  const bool print = settings.line_print && !entry.locked;
  if (!settings.line_permalink && !print && !settings.line_mail && !comments) return;
  Block actions = block.Add(key::kActions);
  actions.Show(key::kPermalinkLine, settings.line_permalink);
  if (print)
    actions.Show(key::kPrintLine, key::kPrintUrl,
                 frame.links.To(journal::SubAddress(entry.path, "/print")));
  if (settings.line_mail)
    actions.Show(key::kMailLine, key::kMailUrl,
                 settings.MailIsSet() && !entry.locked
                     ? frame.links.To(journal::SubAddress(entry.path, "/mail"))
                     : MailtoOf(frame, entry.path, entry.title));
  if (comments) {
    actions.Show(key::kCommentsLine, key::kCommentsUrl, frame.links.To(entry.path, "#comments"));
    actions.Set(key::kCommentsLabel, words.Plural(word::kCommentsLabel, entry.comment_count));
  }
}

void FillComment(Block block, const Frame& frame, const CommentParts& comment) {
  const Moment moment = MomentOf(frame, comment.created_at, "");
  block.Set(key::kCommentId, comment.id);
  block.Set(key::kCommentDatetime, moment.machine);
  block.Set(key::kCommentDate, moment.date_time);
  block.Set(key::kCommentAuthor, comment.author_name.empty()
                                     ? frame.words().Get(word::kCommentNameless)
                                     : comment.author_name);
  block.Set(key::kCommentHtml, templates::BodyForPage(comment.body, frame.words()));
  block.Show(key::kCommentUnlinked, comment.author_url.empty());
  block.Show(key::kCommentLinked, key::kCommentAuthorUrl, comment.author_url);
}

void FillHeadline(templates::View& view, std::string_view title) {
  const text::Headline headline = text::SplitHeadline(title);
  view.Set(key::kEntryTitle, headline.start);
  if (headline.last.empty()) return;
  Block pair = view.Add(key::kEntryTitlePair);
  pair.Set(key::kEntryTitleLastButOne, headline.last_but_one);
  pair.Set(key::kEntryTitleLast, headline.last);
}

void FillThreads(templates::View& view, const Frame& frame,
                 const std::vector<journal::Comment>& comments, bool with_replies,
                 const text::SafeUrl& answer_at) {
  if (comments.empty()) return;
  Block threads = view.Add(key::kThreads);
  std::unordered_map<journal::Id, std::vector<const journal::Comment*>> replies;
  std::unordered_map<journal::Id, bool> is_first;
  for (const journal::Comment& comment : comments)
    if (comment.parent_id == 0) is_first[comment.id] = true;
  // A reply whose comment is not shown (held, withdrawn) stands by itself.
  const auto below = [&](const journal::Comment& c) {
    return with_replies && is_first.contains(c.parent_id);
  };
  for (const journal::Comment& comment : comments)
    if (below(comment)) replies[comment.parent_id].push_back(&comment);
  for (const journal::Comment& comment : comments) {
    if (below(comment)) continue;
    Block thread = threads.Add(key::kThread);
    Block first = thread.Add(key::kThreadFirst);
    FillComment(first, frame, PartsOf(comment));
    if (!answer_at.empty())
      first.Show(key::kReplyLine, key::kReplyUrl,
                 text::SafeUrl::Vouch(answer_at.str() + "?reply=" + std::to_string(comment.id)));
    const auto found = replies.find(comment.id);
    if (found == replies.end()) continue;
    Block list = thread.Add(key::kReplies);
    for (const journal::Comment* reply : found->second)
      FillComment(list.Add(key::kReply), frame, PartsOf(*reply));
  }
}

std::string CommentsHeading(const Frame& frame, std::int64_t count) {
  if (count == 0) return frame.words().Get(word::kCommentsHeading);
  return frame.words().Format(word::kCommentsHeadingCount, {{"n", frame.words().Number(count)}});
}

}  // namespace daybook::handlers
