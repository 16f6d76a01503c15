// A posted comment, in this order: is it ours, is it whole, is it right, was it seen in the
// preview; then it is stored. Whatever the answer, everything typed is on the page that gives it.
#include "handlers/comment_pages.h"

#include <cstdio>

#include "fcgi/origin.h"
#include "handlers/pages.h"
#include "handlers/reader_cookie.h"
#include "journal/comment_own.h"
#include "journal/comment_post.h"
#include "journal/sign.h"
#include "sql/errors.h"
#include "templates/keys.h"

namespace daybook::handlers {

namespace word = templates::word;
using fcgi::OriginVerdict;
using fcgi::Response;
using journal::FormStamp;
using journal::PostOutcome;
using journal::ReadStamp;

namespace {

constexpr int kRetrySeconds = 5;

// Everything that the second half, outside of the read transaction, needs of the first.
struct Posting {
  CommentTarget target;
  CommentValues values;
  CheckedComment checked;
  journal::CommentPost post;
  journal::Signer signer;
};

Response Refusal(const Frame& frame, const Posting& posting, int status, std::string alert,
                 journal::Seconds now, bool buttons = true) {
  CommentPage page;
  page.status = status;
  page.alert = std::move(alert);
  page.form.values = &posting.values;
  page.form.buttons = buttons;
  return RenderCommentPage(frame, posting.target, page, now);
}

Response Store(const Frame& frame, const Posting& posting, journal::Seconds now, sql::Db& db) {
  const templates::Words& words = frame.words();
  journal::Posted posted;
  try {
    posted = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::PostComment(tx, frame.site.settings, posting.signer, posting.post, now);
    });
  } catch (const sql::DbError& error) {
    using Kind = sql::DbError::Kind;
    const bool full = error.kind() == Kind::kFull;
    if (!full && error.kind() != Kind::kBusy && error.kind() != Kind::kTimeout) throw;
    std::fprintf(stderr, "daybook: a comment could not be kept: %s\n", error.what());
    if (full) return Refusal(frame, posting, 507, words.Get(word::kErrFull), now);
    const std::string retry = std::to_string(kRetrySeconds);
    return Refusal(frame, posting, 503, words.Format(word::kErrBusy, {{"n", retry}}), now)
        .Set("Retry-After", retry);
  }
  switch (posted.outcome) {
    case PostOutcome::kTaken:
    case PostOutcome::kRepeated: {
      Response response =
          fcgi::Redirect(303, frame.links.To("/comment/receipt/" + posted.receipt).view());
      if (posted.outcome == PostOutcome::kTaken) return response;
      // For whatever does not go on by itself.
      response.content_type = "text/plain; charset=utf-8";
      response.body = words.Get(word::kErrDouble) + "\n";
      return response;
    }
    case PostOutcome::kTooMany:
      return Refusal(
                 frame, posting, 429,
                 words.Format(word::kErrRate, {{"time", TimeAfter(frame, posted.again_at, now)}}),
                 now)
          .Set("Retry-After", std::to_string(std::max<journal::Seconds>(1, posted.again_at - now)));
    case PostOutcome::kClosed:
      return Refusal(frame, posting, 403, words.Get(word::kErrClosed), now, false);
    case PostOutcome::kNowhere:
      break;
  }
  return Refusal(frame, posting, 410, words.Get(word::kErrGone), now, false);
}

journal::CommentPost PostOf(const Context& context, const Posting& posting, FormStamp stamp) {
  journal::CommentPost post;
  post.entry_id = posting.target.id;
  post.parent_id = posting.values.parent;
  post.author_name = posting.checked.author;
  post.author_email = posting.checked.email;
  post.author_url = posting.checked.url;
  post.body = posting.checked.body;
  post.html = posting.checked.html;
  post.address = context.request.remote;
  post.honeypot = posting.values.honeypot;
  post.notify = posting.values.notify;
  post.stamp = std::move(stamp);
  // Who gives another address is not known by this one.
  const auto reader = ReaderOf(context);
  if (reader && (post.author_email.empty() || post.author_email == reader->email))
    post.reader_id = reader->id;
  post.confirm = context.links.Full("/comment/confirm/").str();
  return post;
}

}  // namespace

Response PostComment(Context& context) {
  const auto entry = EntryOfPlace(context, context.captures["entry"]);
  if (!entry) return Unlock(context);  // no entry of that name: as for any other address
  context.cacheable = false;
  const fcgi::Form form = ReadForm(context.request, CommentFields());
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const journal::Seconds now = context.now;
  Posting posting{TargetOf(context, *entry), ValuesOf(form), {}, {}, journal::SignerOf(context.tx)};
  CommentValues& values = posting.values;

  // Which stamp the answer carries: the writer's first one as long as it is good.
  const OriginVerdict origin = fcgi::CheckOrigin(context.request);
  const FormStamp::Kind kind =
      origin == OriginVerdict::kUnknown ? FormStamp::Kind::kUnproved : FormStamp::Kind::kProved;
  const ReadStamp read = journal::CheckStamp(posting.signer, entry->id, values.signature, now);
  const bool is_good = read.state == ReadStamp::State::kGood;
  FormStamp stamp = is_good ? read.stamp : journal::NewStamp(kind, now);
  const bool may_post = is_good && (origin == OriginVerdict::kSame || stamp.kind == kind);
  if (stamp.kind != FormStamp::Kind::kUnproved) stamp.kind = kind;
  values.signature = journal::WriteStamp(posting.signer, entry->id, stamp);

  if (origin == OriginVerdict::kForeign)
    return Refusal(frame, posting, 403, words.Get(word::kErrOrigin), now);
  if (read.state == ReadStamp::State::kForged)
    return Refusal(frame, posting, 403, words.Get(word::kErrForged), now);
  if (context.request.body_state == fcgi::BodyState::kTooLarge)
    return Refusal(frame, posting, 413, words.Get(word::kErrLarger), now);
  const journal::GateOf gate =
      journal::GateOfEntry(context.tx, context.site.settings, entry->id, now);
  if (gate.gate == journal::Gate::kClosed)
    return Refusal(frame, posting, 403, words.Get(word::kErrClosed), now, false);
  if (gate.gate == journal::Gate::kNowhere)
    return Refusal(frame, posting, 410, words.Get(word::kErrGone), now, false);

  posting.checked = CheckComment(frame, values);
  const bool preview = form["action"] == "preview" || !may_post;
  if (!posting.checked.errors.empty() || preview) {
    CommentPage page;
    page.form.values = &values;
    page.form.errors = posting.checked.errors;
    if (values.parent != 0) {
      auto answered = journal::CommentById(context.tx, values.parent);
      if (answered && answered->status == journal::AnswerStatus::kPublic &&
          answered->entry_id == entry->id)
        page.answered = std::move(answered);
    }
    if (posting.checked.errors.empty()) {
      page.preview = &posting.checked;
      page.notice = words.Get(word::kCommentCheck);
    } else {
      page.status = posting.checked.too_large ? 413 : 422;
    }
    return RenderCommentPage(frame, posting.target, page, now);
  }
  posting.post = PostOf(context, posting, std::move(stamp));
  context.act = [frame, posting = std::move(posting), now](sql::Db& db) {
    return Store(frame, posting, now, db);
  };
  return {};
}

}  // namespace daybook::handlers
