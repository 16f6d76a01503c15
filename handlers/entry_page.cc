// An entry's or page's own page, with and without its password, and for paper.
#include "fcgi/form.h"
#include "handlers/comment_form.h"
#include "handlers/entry_parts.h"
#include "handlers/pages.h"
#include "handlers/reference_target.h"
#include "journal/desk.h"
#include "journal/edit.h"
#include "journal/judge.h"
#include "journal/related.h"
#include "sql/db.h"
#include "templates/admin_keys.h"
#include "templates/body.h"
#include "templates/json_ld.h"
#include "templates/keys.h"
#include "templates/print_links.h"
#include "text/absolute.h"
#include "text/slug.h"
#include "text/title.h"

#include <algorithm>

namespace daybook::handlers {

namespace key = templates::key;
namespace tpl = templates::tpl;
namespace word = templates::word;
using fcgi::Response;
using journal::Entry;
using templates::Block;
using templates::View;

namespace {

enum class Door { kOpen, kLocked, kWrongPassword };

templates::WordKey KindWord(journal::MentionType type) {
  switch (type) {
    case journal::MentionType::kReply:
      return word::kReferenceReply;
    case journal::MentionType::kLike:
      return word::kReferenceLike;
    case journal::MentionType::kRepost:
      return word::kReferenceRepost;
    case journal::MentionType::kBookmark:
      return word::kReferenceBookmark;
    case journal::MentionType::kMention:
      break;
  }
  return word::kReferenceResponse;
}

void FillReferences(View& view, const Frame& frame,
                    const std::vector<journal::Reference>& references) {
  if (references.empty()) return;
  Block section = view.Add(key::kReferences);
  section.Set(key::kReferencesHeading,
              frame.words().Format(
                  word::kReferencesHeading,
                  {{"n", frame.words().Number(static_cast<std::int64_t>(references.size()))}}));
  for (const journal::Reference& reference : references) {
    Block item = section.Add(key::kReference);
    Block title =
        item.Add(reference.kind == journal::ReferenceKind::kSource ? key::kReferenceSource
                                                                   : key::kReferenceResponse);
    if (reference.kind != journal::ReferenceKind::kSource)
      title.Set(key::kReferenceKind, frame.words().Get(KindWord(reference.type)));
    title.Set(key::kReferenceTitle, reference.title.empty() ? reference.url : reference.title);
    title.Set(key::kReferenceUrl, frame.links.Typed(reference.url));
    std::string by = reference.site_name;
    if (!reference.author.empty() && reference.author != by)
      by += (by.empty() ? "" : ", ") + reference.author;
    item.Show(key::kReferenceBy, key::kReferenceByline, by);
    if (reference.created_at > 0) {
      const Moment moment = MomentOf(frame, reference.created_at, "");
      item.Show(key::kReferenceDated);
      item.Set(key::kReferenceDatetime, moment.machine);
      item.Set(key::kReferenceDate, moment.date);
    }
    item.Show(key::kReferenceQuoted, key::kReferenceExcerpt, reference.excerpt);
  }
}

void FillDiscussion(View& view, const Context& context, const Frame& frame, const Entry& entry) {
  if (entry.reference_count > 0)
    FillReferences(view, frame, journal::ReferencesOf(context.tx, entry.id));
  const journal::Settings& settings = context.site.settings;
  CommentState state = CommentStateOf(settings, entry.comments, entry.comments_close, context.now);
  // A page has comments only where its own switch says so or it brought some along.
  if (entry.kind == journal::EntryKind::kPage && entry.comments == journal::Allow::kAsJournal &&
      entry.comment_count == 0)
    state.shown = false;
  if (!state.shown) return;
  view.Show(key::kComments);
  view.Set(key::kCommentsHeading, CommentsHeading(frame, entry.comment_count));
  if (entry.comment_count > 0) {
    FillThreads(view, frame, journal::CommentsOf(context.tx, entry.id), settings.comments_replies,
                state.open && settings.comments_replies && entry.password.empty()
                    ? CommentFormUrl(frame.links, entry.path)
                    : text::SafeUrl());
    view.Show(key::kCommentsFeed, key::kCommentsFeedUrl,
              frame.links.To(journal::SubAddress(entry.path, "/comments.xml")));
  }
  // Behind a password nobody writes: a form that went elsewhere would tell what is there.
  const bool form = state.open && entry.password.empty();
  view.Show(form ? key::kNoComments : key::kCommentsQuiet, state.open && entry.comment_count == 0);
  if (form)
    FillCommentForm(view.Add(key::kCommentForm), frame,
                    {.entry_id = entry.id,
                     .entry_path = entry.path,
                     .respond = TakesReferences(settings, entry)});
  if (!state.open) {
    Block closed = view.Add(key::kCommentsClosed);
    if (TakesReferences(settings, entry))
      closed.Show(key::kRespondLine, key::kRespondUrl,
                  frame.links.To(journal::SubAddress(entry.path, "/respond")));
  }
}

void FillNeighbours(View& view, const Context& context, const Frame& frame, const Entry& entry,
                    Head& head) {
  const journal::Neighbours neighbours = journal::NeighboursOf(context.tx, entry, context.now);
  view.Show(key::kNeighbours);
  if (neighbours.newer) {
    Block side = view.Add(key::kNewer);
    side.Set(key::kNewerUrl, frame.links.To(neighbours.newer->path));
    side.Set(key::kNewerTitle, neighbours.newer->title);
    head.newer = neighbours.newer->path;
  }
  if (neighbours.older) {
    Block side = view.Add(key::kOlder);
    side.Set(key::kOlderUrl, frame.links.To(neighbours.older->path));
    side.Set(key::kOlderTitle, neighbours.older->title);
    head.older = neighbours.older->path;
  }
}

void FillRelated(View& view, const Context& context, const Frame& frame, const Entry& entry) {
  if (entry.related_count <= 0 || !frame.site.settings.related) return;
  const std::vector<journal::Link> all = journal::RelatedTo(context.tx, entry.id, context.now);
  if (all.empty()) return;
  Block list = view.Add(key::kRelated);
  for (const journal::Link& link : all) {
    Block item = list.Add(key::kRelatedEntry);
    item.Set(key::kRelatedUrl, frame.links.To(link.path));
    item.Set(key::kRelatedTitle, link.title);
  }
}

void FillDoor(View& view, const Frame& frame, const Entry& entry, Door door) {
  if (door == Door::kOpen) return;
  Block block = view.Add(key::kLocked);
  block.Set(key::kUnlockUrl, frame.links.To(journal::SubAddress(entry.path, "/unlock")));
  block.Show(key::kUnlockWrong, door == Door::kWrongPassword);
}

std::string Description(const Entry& entry, Door door) {
  if (door != Door::kOpen) return "";
  return entry.excerpt.empty() ? entry.summary : entry.excerpt;
}

text::SafeHtml Structured(const Frame& frame, const Entry& entry, const Head& head,
                          bool comments_shown) {
  return templates::PostingJsonLd({
      .url = frame.links.Full(entry.path).str(),
      .headline = entry.title,
      .description = head.description,
      .published = head.published,
      .modified = head.modified,
      .language = entry.language.empty() ? frame.words().language() : entry.language,
      .image = head.image.starts_with('/') ? frame.links.Origin() + head.image : head.image,
      .author_name = entry.author,
      .author_url = frame.links.Full("/author/" + entry.author_slug).str(),
      .journal_name = frame.site.settings.title,
      .journal_url = frame.links.full_root().str(),
      .comments = comments_shown ? std::optional(entry.comment_count) : std::nullopt,
  });
}

// What an entry that is only shown to its writer has of its own; it is not in the database like
// this.
struct Unsaved {
  journal::Terms terms;
  std::vector<journal::Update> updates;
};

Response Show(Context& context, const Entry& entry, Door door, const Unsaved* unsaved = nullptr) {
  const Frame frame = FrameOf(context);
  const bool is_page = entry.kind == journal::EntryKind::kPage;
  const Moment published = MomentOf(frame, entry.visible_at, entry.zone);
  const std::string title = TitleOf(frame, entry.title, entry.visible_at, entry.zone);

  View view(context.templates, is_page ? tpl::kPage : tpl::kEntry);
  Head head;
  head.title = text::TypographicTitle(
      door == Door::kOpen ? title
                          : frame.words().Format(word::kEntryLockedTitle, {{"title", title}}));
  const std::string headline = head.title;
  if (unsaved) {
    head.title = frame.words().Format(word::kAdminPreviewTitle, {{"title", head.title}});
    head.noindex = true;
  }
  if (door == Door::kWrongPassword)
    head.title = frame.words().Format(word::kFormErrorTitle, {{"title", head.title}});
  head.description = Description(entry, door);
  head.path = entry.path;
  head.og_type = "article";
  head.image = door == Door::kOpen ? entry.image : "";
  head.published = published.machine;
  head.modified = MomentOf(frame, entry.updated_at, entry.zone).machine;
  head.feeds = FeedsAt(context.site.settings.title, "");
  const bool comments_shown =
      door == Door::kOpen &&
      CommentStateOf(context.site.settings, entry.comments, entry.comments_close, context.now)
          .shown;
  if (entry.comment_count > 0 && comments_shown)
    head.feeds.push_back({frame.words().Format(word::kFeedCommentsOn, {{"title", title}}),
                          "application/rss+xml", journal::SubAddress(entry.path, "/comments.xml")});

  LinesOf lines;
  lines.path = entry.path;
  lines.title = title;
  lines.published = published;
  lines.visible_at = entry.visible_at;
  lines.updated_at = entry.updated_at;
  lines.zone = entry.zone;
  lines.author = entry.author;
  lines.author_slug = entry.author_slug;
  lines.comment_count = entry.comment_count;
  lines.locked = !entry.password.empty();
  lines.comments_shown = comments_shown;
  if (!is_page) {
    FillNeighbours(view, context, frame, entry, head);
    lines.terms = unsaved ? unsaved->terms : journal::TermsOf(context.tx, entry.id);
    FillLeaf(view, frame, published);
    Block block = view.Add(key::kLines);
    FillLines(block, frame, lines);
  }

  FillLanguage(view, frame, entry.language);
  view.Set(key::kEntryUrl, frame.links.To(entry.path));
  FillHeadline(view, headline);
  view.Show(key::kUntitled, entry.title.empty());
  view.Show(key::kPinned, entry.pinned && !is_page);
  if (door == Door::kOpen) {
    Block open = view.Add(key::kOpenEntry);
    open.Show(key::kToc, key::kTocHtml, entry.toc);
    open.Set(key::kBodyHtml, templates::BodyForPage(entry.body, frame.words()));
    open.Show(key::kMore, key::kMoreHtml, templates::BodyForPage(entry.more, frame.words()));
    if (entry.update_count > 0) {
      for (const journal::Update& update :
           unsaved ? unsaved->updates : journal::UpdatesOf(context.tx, entry.id)) {
        const Moment at = MomentOf(frame, update.at, entry.zone);
        Block block = open.Add(key::kUpdate);
        block.Set(key::kUpdateDatetime, at.machine);
        block.Set(key::kUpdateDate, at.date);
        block.Set(key::kUpdateHtml, update.body);
      }
    }
    FillRelated(view, context, frame, entry);
    FillDiscussion(view, context, frame, entry);
    if (!is_page) head.json_ld = Structured(frame, entry, head, comments_shown);
  }
  FillDoor(view, frame, entry, door);
  FillFrame(view, frame, head);
  if (!TakesReferences(context.site.settings, entry)) return fcgi::Html(view.Render());
  const text::SafeUrl endpoint = frame.links.Full("/webmention");
  view.Show(key::kWebmention, key::kWebmentionUrl, endpoint);
  return fcgi::Html(view.Render()).Set("Link", "<" + endpoint.str() + ">; rel=\"webmention\"");
}

constexpr fcgi::FormField kUnlockFields[] = {{"password", 200}};

bool SameSecret(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;  // its length is no secret
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

}  // namespace

Response EntryPage(Context& context, const Entry& entry) {
  return Show(context, entry, entry.password.empty() ? Door::kOpen : Door::kLocked);
}

Response PreviewPage(Context& context, const journal::EntryDraft& draft,
                     const std::vector<std::string>& tags, journal::Id id) {
  const journal::Settings& settings = context.site.settings;
  const journal::RenderedEntry rendered = journal::RenderEntry(
      settings, draft,
      [&](std::string_view path) { return journal::PictureFromMedia(context.tx, path); });
  Entry entry = id == 0 ? Entry{} : journal::EntryById(context.tx, id).value_or(Entry{});
  const auto author = journal::PersonById(context.tx, draft.author_id);
  entry.id = id;
  entry.kind = draft.kind;
  entry.path = journal::FutureAddress(context.tx, settings, draft, id);
  entry.title = draft.title;
  entry.body = rendered.body.body;
  entry.more = rendered.body.more;
  entry.toc = rendered.body.toc;
  entry.related_count = 0;  // of what it was
  entry.language = draft.language;
  entry.visible_at = draft.visible_at;
  entry.zone = draft.zone;
  entry.updated_at = draft.visible_at;
  entry.pinned = draft.pinned;
  entry.comments = draft.comments;
  entry.pings = draft.pings;
  entry.author = author ? author->name : "";
  entry.author_slug = author ? author->slug : "";
  Unsaved unsaved;
  for (const journal::CategoryChoice& choice : journal::CategoryChoices(context.tx))
    if (std::find(draft.categories.begin(), draft.categories.end(), choice.id) !=
        draft.categories.end())
      unsaved.terms.categories.push_back({"", choice.name});
  for (const std::string& tag : tags)
    unsaved.terms.tags.push_back({text::MakeSlug(tag).str(), tag});
  for (std::size_t i = 0; i < draft.updates.size(); ++i)
    unsaved.updates.push_back({draft.updates[i].at, rendered.updates[i]});
  entry.update_count = static_cast<std::int64_t>(draft.updates.size());
  return Show(context, entry, Door::kOpen, &unsaved);
}

Response UnlockedPage(Context& context, const Entry& entry) {
  auto parsed = fcgi::Form::Parse(context.request, kUnlockFields);
  const auto* form = std::get_if<fcgi::Form>(&parsed);
  if (!form)
    throw fcgi::HttpError(
        std::get<fcgi::FormProblem>(parsed) == fcgi::FormProblem::kNotAForm ? 415 : 400);
  const journal::Settings& rules = context.site.settings;
  const std::string& remote = context.request.remote;
  // As often as comments, and then no more until it is time: words are guessed by the thousand.
  if (const auto again = journal::RateLimited(context.tx, rules, journal::AnswerKind::kPassword,
                                              remote, context.now))
    throw fcgi::HttpError(429, "", {{"Retry-After", std::to_string(*again - context.now)}});
  if (entry.password.empty() || SameSecret((*form)["password"], entry.password))
    return Show(context, entry, Door::kOpen);
  Response wrong = Show(context, entry, Door::kWrongPassword);
  wrong.status = 403;
  context.act = [wrong = std::move(wrong), rules, remote, now = context.now](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed, [&](sql::Tx& tx) {
      journal::CountPost(tx, rules, journal::AnswerKind::kPassword, remote, now);
    });
    return wrong;
  };
  return {};
}

Response PrintPage(Context& context, const Entry& entry) {
  if (!entry.password.empty()) return fcgi::Redirect(302, context.links.To(entry.path).view());
  const Frame frame = FrameOf(context);
  const Moment published = MomentOf(frame, entry.visible_at, entry.zone);
  const std::string title = TitleOf(frame, entry.title, entry.visible_at, entry.zone);
  View view(context.templates, tpl::kPrint);
  Head head;
  head.title = frame.words().Format(word::kPrintTitle, {{"title", title}});
  head.path = entry.path;
  head.whole_width = true;
  FillFrame(view, frame, head);
  FillLeaf(view, frame, published);
  FillLanguage(view, frame, entry.language);
  FillHeadline(view, text::TypographicTitle(title));
  view.Set(key::kPrintBodyHtml,
           templates::WriteOutLinks(text::AbsoluteHtml(
               text::SafeHtml::Vouch(entry.body.str() + entry.more.str()), frame.links.Origin())));
  view.Show(key::kByline, key::kAuthorName, entry.author);
  if (entry.update_count > 0) {
    for (const journal::Update& update : journal::UpdatesOf(context.tx, entry.id)) {
      const Moment at = MomentOf(frame, update.at, entry.zone);
      Block block = view.Add(key::kUpdate);
      block.Set(key::kUpdateDatetime, at.machine);
      block.Set(key::kUpdateDate, at.date);
      block.Set(key::kUpdateHtml, update.body);
    }
  }
  const CommentState state =
      CommentStateOf(context.site.settings, entry.comments, entry.comments_close, context.now);
  if (state.shown && entry.comment_count > 0) {
    view.Set(key::kCommentsHeading, CommentsHeading(frame, entry.comment_count));
    FillThreads(view, frame, journal::CommentsOf(context.tx, entry.id),
                context.site.settings.comments_replies);
  }
  return fcgi::Html(view.Render());
}

}  // namespace daybook::handlers
