// The form alone, its signature, and receipts: what is read. Posting is comment_post.cc.
#include "handlers/comment_pages.h"

#include <charconv>

#include "handlers/entry_parts.h"
#include "handlers/pages.h"
#include "handlers/reader_cookie.h"
#include "handlers/reference_target.h"
#include "journal/comment_own.h"
#include "journal/sign.h"
#include "templates/keys.h"
#include "text/title.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace tpl = templates::tpl;
namespace word = templates::word;
using fcgi::HttpError;
using fcgi::Response;
using journal::AnswerStatus;
using journal::StoredComment;
using templates::View;

std::optional<journal::Entry> EntryOfPlace(Context& context, std::string_view place) {
  if (place.empty()) return std::nullopt;
  const std::string base = "/" + std::string(place);
  if (const auto found =
          journal::FirstAt(context.tx, {base + ".html", base + "/", base}, context.now))
    return journal::EntryByPath(context.tx, found->path);
  // Its address was changed while somebody wrote.
  const auto moved = journal::RedirectOf(context.tx, base + ".html", context.now);
  if (!moved || !journal::FirstAt(context.tx, {moved->path, "", ""}, context.now))
    return std::nullopt;
  return journal::EntryByPath(context.tx, moved->path);
}

CommentTarget TargetOf(const Context& context, const journal::Entry& entry) {
  return {
      entry.id, entry.path,
      text::TypographicTitle(TitleOf(FrameOf(context), entry.title, entry.visible_at, entry.zone)),
      TakesReferences(context.site.settings, entry)};
}

fcgi::Form ReadForm(const fcgi::Request& request, std::span<const fcgi::FormField> fields) {
  auto parsed = fcgi::Form::Parse(request, fields);
  if (fcgi::Form* form = std::get_if<fcgi::Form>(&parsed)) return std::move(*form);
  if (std::get<fcgi::FormProblem>(parsed) == fcgi::FormProblem::kNotAForm)
    throw HttpError(415, "form");
  throw HttpError(request.body_state == fcgi::BodyState::kTooLarge ? 413 : 400, "form");
}

ShownComment ShownOf(const StoredComment& comment, std::string id) {
  return {std::move(id), comment.created_at, comment.author_name, comment.author_url, comment.html};
}

std::string TimeOf(const Frame& frame, journal::Seconds at, journal::Seconds now) {
  const text::LocalTime local = MomentOf(frame, at, "").local;
  const text::LocalTime today = MomentOf(frame, now, "").local;
  if (local.day != today.day || local.month != today.month || local.year != today.year)
    return MomentOf(frame, at, "").date_time;
  const journal::HourClock clock = frame.site.settings.date_clock;
  const int hours12 = clock == journal::HourClock::kAuto ? -1
                      : clock == journal::HourClock::k12 ? 1
                                                         : 0;
  return frame.words().Time(
      {local.year, local.month, local.day, local.weekday, local.hour, local.minute}, hours12);
}

std::string TimeAfter(const Frame& frame, journal::Seconds at, journal::Seconds now) {
  constexpr journal::Seconds kMinute = 60;
  return TimeOf(frame, (at + kMinute - 1) / kMinute * kMinute, now);
}

Response RenderCommentPage(const Frame& frame, const CommentTarget& target, const CommentPage& page,
                           journal::Seconds now) {
  View view(frame.templates, tpl::kComment);
  const bool is_wrong = !page.alert.empty() || !page.form.errors.empty();
  Head head;
  head.title = frame.words().Get(word::kFormTitle);
  if (is_wrong) head.title = frame.words().Format(word::kFormErrorTitle, {{"title", head.title}});
  head.noindex = true;
  head.whole_width = true;
  FillFrame(view, frame, head);
  view.Set(key::kEntryUrl, frame.links.To(target.path));
  FillHeadline(view, target.title);
  view.Show(key::kFormAlert, key::kAlertText, page.alert);
  view.Show(key::kFormNotice, key::kNoticeText, page.notice);
  if (page.answered)
    FillShownComment(view.Add(key::kAnswered), frame,
                     ShownOf(*page.answered, std::to_string(page.answered->id)));
  if (page.preview)
    FillShownComment(view.Add(key::kPreview), frame,
                     {"preview", now, page.preview->author, text::SafeUrl::Vouch(page.preview->url),
                      page.preview->html});
  CommentForm form = page.form;
  form.entry_id = target.id;
  form.entry_path = target.path;
  form.respond = target.takes_references && form.buttons;
  FillCommentForm(view.Add(key::kCommentForm), frame, form);
  return fcgi::Html(view.Render(), page.status);
}

Response CommentFormPage(Context& context) {
  const auto entry = EntryOfPlace(context, context.captures["entry"]);
  if (!entry) return ByPath(context);
  const Frame frame = FrameOf(context);
  const journal::GateOf gate =
      journal::GateOfEntry(context.tx, context.site.settings, entry->id, context.now);
  if (gate.gate == journal::Gate::kNowhere) throw HttpError(404, "takes no comments");
  if (gate.gate == journal::Gate::kClosed)
    return fcgi::Redirect(303, context.links.To(entry->path, "#comments").view());
  CommentPage page;
  CommentValues values;
  if (const auto reply = context.request.Param("reply"); reply && !reply->empty()) {
    std::from_chars(reply->data(), reply->data() + reply->size(), values.parent);
    auto answered = journal::CommentById(context.tx, values.parent);
    if (answered && answered->status == AnswerStatus::kPublic && answered->entry_id == entry->id &&
        context.site.settings.comments_replies)
      page.answered = std::move(answered);
    else
      values.parent = 0;
  }
  page.form.values = &values;
  return RenderCommentPage(frame, TargetOf(context, *entry), page, context.now);
}

Response CommentSignature(Context& context) {
  context.cacheable = false;
  const journal::Id entry = context.captures.Int("entry");
  const journal::GateOf gate =
      journal::GateOfEntry(context.tx, context.site.settings, entry, context.now);
  if (gate.gate != journal::Gate::kOpen) throw HttpError(404, "takes no comments");
  return fcgi::Text(
      journal::WriteStamp(journal::SignerOf(context.tx), entry,
                          journal::NewStamp(journal::FormStamp::Kind::kProved, context.now)));
}

Response CommentReceipt(Context& context) {
  context.cacheable = false;
  const auto comment = journal::CommentByReceipt(context.tx, context.captures["receipt"]);
  const Frame frame = FrameOf(context);
  if (!comment) {
    if (journal::WasWithdrawn(context.tx, context.captures["receipt"]))
      return WithdrawnReceipt(frame);
    throw HttpError(404, "no such receipt");
  }
  const auto reader = ReaderOf(context);
  const bool own = reader && comment->reader_id == reader->id;
  const bool may_edit = own && journal::MayEdit(*comment, reader->id, context.now);
  const bool is_public = comment->status == AnswerStatus::kPublic;

  View view(context.templates, tpl::kReceipt);
  Head head;
  head.title = frame.words().Get(word::kReceiptTitle);
  head.noindex = true;
  head.whole_width = true;
  FillFrame(view, frame, head);
  view.Set(key::kReceiptTitle, head.title);
  std::string said;
  if (is_public) {
    said = may_edit ? frame.words().Format(
                          word::kCommentPosted,
                          {{"time", TimeOf(frame, comment->created_at + journal::kEditWindow,
                                           context.now)}})
                    : frame.words().Get(word::kReceiptPublic);
  } else {
    // What was taken for spam waits like the rest: nobody learns here how to get past the judge.
    said = frame.words().Get(comment->status == AnswerStatus::kTrash ? word::kReceiptGone
                                                                     : word::kCommentWaiting);
  }
  view.Set(key::kReceiptText, said);
  // Nobody is written to about what was taken for spam, so nothing is promised.
  const bool is_away =
      comment->status == AnswerStatus::kSpam || comment->status == AnswerStatus::kTrash;
  view.Show(key::kConfirmNote, !is_away && comment->reader_id == 0 &&
                                   !comment->author_email.empty() &&
                                   context.site.settings.MailIsSet() &&
                                   context.now < comment->created_at + journal::kEditWindow);
  FillShownComment(view.Add(key::kReceiptComment), frame, ShownOf(*comment, "own"));
  const std::string path = "/comment/receipt/" + comment->receipt;
  view.Set(key::kReceiptUrl, context.links.To(path));
  view.Set(key::kReceiptAddress, context.links.Full(path).view());
  if (is_public)
    view.Show(key::kPublicLink, key::kPublicUrl,
              context.links.To(comment->entry_path, "#comment-" + std::to_string(comment->id)));
  if (may_edit)
    view.Show(key::kEditLink, key::kEditUrl,
              context.links.To("/comment/edit/" + std::to_string(comment->id)));
  if (reader) view.Show(key::kMineLink, key::kMineUrl, context.links.To("/comment/mine"));
  view.Set(key::kEntryUrl, context.links.To(comment->entry_path));
  return fcgi::Html(view.Render());
}

}  // namespace daybook::handlers
