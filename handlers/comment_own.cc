// What a reader who confirmed an address can do: confirm it, change or withdraw a comment, leave a
// thread, take or erase everything. GET shows, POST acts; what acts through the cookie came from
// this very site, or carries the token of a form that it was shown.
#include <charconv>

#include "fcgi/origin.h"
#include "handlers/comment_pages.h"
#include "handlers/pages.h"
#include "handlers/reader_cookie.h"
#include "journal/comment_own.h"
#include "journal/judge.h"
#include "journal/search_text.h"
#include "templates/keys.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace tpl = templates::tpl;
namespace word = templates::word;
using fcgi::HttpError;
using fcgi::OriginVerdict;
using fcgi::Response;
using journal::AnswerStatus;
using journal::Reader;
using journal::StoredComment;
using templates::Block;
using templates::View;

namespace {

constexpr fcgi::FormField kFields[] = {{"token", 200}, {"post", 1 << 20}, {"action", 20}};
constexpr journal::Seconds kTokenLife = 86400;

std::string TokenText(const Reader& reader) {
  return std::to_string(reader.id) + "." + reader.email;
}

// One of these pages, with its frame and title.
class OwnPage {
 public:
  OwnPage(const Frame& frame, templates::WordKey title, bool wrong = false)
      : frame_(frame), view_(frame.templates, tpl::kOwn) {
    Head head;
    head.title = frame.words().Get(title);
    view_.Set(key::kOwnTitle, head.title);
    if (wrong) head.title = frame.words().Format(word::kFormErrorTitle, {{"title", head.title}});
    head.noindex = true;
    head.whole_width = true;
    FillFrame(view_, frame, head);
    view_.Set(key::kMineUrl, frame.links.To("/comment/mine"));
    view_.Set(key::kExportUrl, frame.links.To("/comment/mine.json"));
    view_.Set(key::kEraseUrl, frame.links.To("/comment/erase"));
    view_.Set(key::kForgetUrl, frame.links.To("/comment/forget"));
  }
  View& view() { return view_; }
  const Frame& frame() const { return frame_; }
  void Notice(std::string_view text) { view_.Show(key::kFormNotice, key::kNoticeText, text); }
  void Alert(std::string_view text) { view_.Show(key::kFormAlert, key::kAlertText, text); }
  void Token(const journal::Signer& signer, const Reader& reader, journal::Seconds now) {
    view_.Set(key::kActToken, journal::WriteToken(signer, "act", TokenText(reader), now));
  }
  Response Done(int status = 200) { return fcgi::Html(view_.Render(), status); }

 private:
  Frame frame_;
  View view_;
};

Response Said(const Frame& frame, templates::WordKey title, templates::WordKey text,
              int status = 200) {
  OwnPage page(frame, title);
  page.Notice(frame.words().Get(text));
  return page.Done(status);
}

Response Unknown(const Frame& frame) {
  return Said(frame, word::kOwnTitle, word::kOwnUnknown, 403);
}

// Of somebody who is not known any more, or whose comment is not there: what was typed is.
Response EditUnknown(const Context& context, const Frame& frame) {
  const fcgi::Form form = ReadForm(context.request, kFields);
  return EditNotTaken(frame, context.request.path, form["post"],
                      frame.words().Get(word::kOwnUnknown), 403, false);
}

// A POST of somebody known: the reader, what was sent, and whether it may act.
struct Act {
  Reader reader;
  journal::Signer signer;
  fcgi::Form form;
  bool proved = false;
};
// Throws 403 for a foreign origin; nothing for whoever is not known.
std::optional<Act> ReadAct(Context& context) {
  context.cacheable = false;
  const OriginVerdict origin = fcgi::CheckOrigin(context.request);
  if (origin == OriginVerdict::kForeign) throw HttpError(403, "foreign origin");
  if (context.request.body_state == fcgi::BodyState::kTooLarge) throw HttpError(413);
  std::optional<Reader> reader = ReaderOf(context);
  if (!reader) return std::nullopt;
  Act act{*std::move(reader), journal::SignerOf(context.tx), ReadForm(context.request, kFields)};
  act.proved = origin == OriginVerdict::kSame ||
               journal::CheckToken(act.signer, "act", TokenText(act.reader), act.form["token"],
                                   context.now, kTokenLife) == journal::TokenState::kGood;
  return act;
}

std::string Until(const Frame& frame, const StoredComment& comment, journal::Seconds now) {
  return frame.words().Format(
      word::kOwnEditUntil,
      {{"time", TimeOf(frame, comment.created_at + journal::kEditWindow, now)}});
}

// `typed`: what stands in the box, if it is not the comment as it is. `check`: why it is shown
// again.
Response EditPage(const Frame& frame, const journal::Signer& signer, const Reader& reader,
                  const StoredComment& comment, journal::Seconds now, const std::string* typed,
                  const CheckedComment* check, bool unproved) {
  const bool wrong = check && !check->errors.empty();
  OwnPage page(frame, word::kOwnEditTitle, wrong);
  page.Token(signer, reader, now);
  if (unproved) page.Notice(frame.words().Get(word::kOwnCheck));
  Block form = page.view().Add(key::kEditForm);
  form.Set(key::kEditUrl, frame.links.To("/comment/edit/" + std::to_string(comment.id)));
  form.Show(key::kEditLimit, key::kEditUntil, Until(frame, comment, now));
  form.Show(key::kEditButtons);
  form.Set(key::kPostValue, typed ? *typed : comment.body);
  if (wrong) {
    form.Show(key::kPostWrong);
    form.Set(key::kPostError, check->errors.front().text);
    page.Alert(check->errors.front().text);
  }
  return page.Done(wrong ? (check->too_large ? 413 : 422) : 200);
}

Response MinePage(Context& context, const Reader& reader, const templates::WordKey* notice) {
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  OwnPage page(frame, word::kOwnTitle);
  page.Token(journal::SignerOf(context.tx), reader, context.now);
  if (notice) page.Notice(words.Get(*notice));
  Block mine = page.view().Add(key::kMine);
  mine.Set(key::kOwnWho, words.Format(word::kOwnWho, {{"email", reader.email}}));
  const std::vector<StoredComment> comments = journal::CommentsOfReader(context.tx, reader);
  mine.Show(key::kMineNone, comments.empty());
  if (!comments.empty()) {
    Block list = mine.Add(key::kMineList);
    for (const StoredComment& comment : comments) {
      Block item = list.Add(key::kMineItem);
      const bool is_public = comment.status == AnswerStatus::kPublic;
      const bool is_gone = comment.status == AnswerStatus::kTrash;
      item.Set(key::kMineStatus, words.Get(is_public ? word::kOwnStatusPublic
                                           : is_gone ? word::kOwnStatusGone
                                                     : word::kOwnStatusWaiting));
      item.Set(key::kMineEntry,
               comment.entry_title.empty() ? comment.entry_path : comment.entry_title);
      item.Set(key::kMineEntryUrl,
               frame.links.To(comment.entry_path,
                              is_public ? "#comment-" + std::to_string(comment.id) : ""));
      FillShownComment(item, frame, ShownOf(comment, std::to_string(comment.id)));
      if (!journal::MayEdit(comment, reader.id, context.now)) continue;
      Block edit = item.Add(key::kEditLink);
      edit.Set(key::kEditUrl, frame.links.To("/comment/edit/" + std::to_string(comment.id)));
      edit.Set(key::kEditUntil, Until(frame, comment, context.now));
    }
  }
  const std::vector<journal::Follow> follows = journal::FollowsOf(context.tx, reader.id);
  if (!follows.empty()) {
    Block list = mine.Add(key::kFollows);
    for (const journal::Follow& follow : follows) {
      Block item = list.Add(key::kFollow);
      item.Set(key::kFollowTitle, follow.title.empty() ? follow.path : follow.title);
      item.Set(key::kFollowUrl, frame.links.To(follow.path));
      item.Set(key::kLeaveUrl, frame.links.To("/comment/leave/" + std::to_string(follow.entry_id)));
    }
  }
  return page.Done();
}

}  // namespace

Response ConfirmPage(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const std::string_view token = context.captures["token"];
  const journal::Confirmation found =
      journal::CheckConfirmation(context.tx, journal::SignerOf(context.tx), token, context.now);
  if (found.state == journal::TokenState::kForged)
    return Said(frame, word::kConfirmTitle, word::kConfirmBad, 404);
  if (found.state == journal::TokenState::kExpired)
    return Said(frame, word::kConfirmTitle, word::kConfirmOld, 410);
  const auto comment = journal::CommentById(context.tx, found.comment_id);
  OwnPage page(frame, word::kConfirmTitle);
  Block form = page.view().Add(key::kConfirmForm);
  form.Set(key::kConfirmUrl, frame.links.To("/comment/confirm/" + std::string(token)));
  form.Set(key::kConfirmText,
           frame.words().Format(word::kConfirmText,
                                {{"email", found.email}, {"entry", comment->entry_title}}));
  form.Show(key::kConfirmFollow, found.notify);
  FillShownComment(page.view().Add(key::kOwnComment), frame,
                   ShownOf(*comment, std::to_string(comment->id)));
  return page.Done();
}

Response ConfirmPost(Context& context) {
  context.cacheable = false;
  // Else another site could make this browser somebody else's.
  if (fcgi::CheckOrigin(context.request) == fcgi::OriginVerdict::kForeign)
    throw HttpError(403, "a foreign origin");
  const journal::Signer signer = journal::SignerOf(context.tx);
  const journal::Confirmation found =
      journal::CheckConfirmation(context.tx, signer, context.captures["token"], context.now);
  if (found.state != journal::TokenState::kGood) return ConfirmPage(context);
  context.act = [&request = context.request, frame = FrameOf(context), signer,
                 token = std::string(context.captures["token"]), now = context.now](sql::Db& db) {
    const auto reader = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::Confirm(tx, frame.site.settings, signer, token, now);
    });
    if (!reader) return Said(frame, word::kConfirmTitle, word::kConfirmBad, 404);
    return fcgi::Redirect(303, frame.links.To("/comment/mine").view())
        .Set("Set-Cookie", ReaderCookie(request, signer, *reader));
  };
  return {};
}

Response OwnComments(Context& context) {
  context.cacheable = false;
  const auto reader = ReaderOf(context);
  if (!reader) return Unknown(FrameOf(context));
  const std::string done = context.request.Param("done").value_or("");
  if (done == "saved") return MinePage(context, *reader, &word::kOwnEditSaved);
  if (done == "withdrawn") return MinePage(context, *reader, &word::kOwnWithdrawn);
  if (done == "left") return MinePage(context, *reader, &word::kOwnLeft);
  return MinePage(context, *reader, nullptr);
}

Response ExportOwn(Context& context) {
  context.cacheable = false;
  const auto reader = ReaderOf(context);
  if (!reader) return Unknown(FrameOf(context));
  Response response;
  response.content_type = "application/json; charset=utf-8";
  response.body = journal::ExportReader(context.tx, *reader);
  response.Set("Content-Disposition", "attachment; filename=\"comments.json\"");
  return response;
}

Response EditOwnPage(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const auto reader = ReaderOf(context);
  if (!reader) return Unknown(frame);
  const auto comment = journal::CommentById(context.tx, context.captures.Int("id"));
  if (!comment || comment->reader_id != reader->id) throw HttpError(404, "not theirs");
  if (!journal::MayEdit(*comment, reader->id, context.now))
    return Said(frame, word::kOwnEditTitle, word::kOwnEditLate, 403);
  return EditPage(frame, journal::SignerOf(context.tx), *reader, *comment, context.now, nullptr,
                  nullptr, false);
}

Response EditOwnPost(Context& context) {
  const Frame frame = FrameOf(context);
  std::optional<Act> act = ReadAct(context);
  if (!act) return EditUnknown(context, frame);
  const auto comment = journal::CommentById(context.tx, context.captures.Int("id"));
  if (!comment || comment->reader_id != act->reader.id) throw HttpError(404, "not theirs");
  const bool withdraw = act->form["action"] == "withdraw";
  std::string typed(act->form["post"]);
  CheckedComment checked;
  if (!withdraw) CheckBody(frame, typed, checked);
  const bool may = journal::MayEdit(*comment, act->reader.id, context.now);
  if (!may) {
    return EditNotTaken(frame, context.request.path, typed, frame.words().Get(word::kOwnEditLate),
                        403, false);
  }
  if (!checked.errors.empty() || !act->proved)
    return EditPage(frame, act->signer, act->reader, *comment, context.now, &typed, &checked,
                    !act->proved);
  context.act = [frame, id = comment->id, reader = act->reader.id, typed = std::move(typed),
                 withdraw, address = context.request.remote, now = context.now](sql::Db& db) {
    const journal::Settings& rules = frame.site.settings;
    std::optional<journal::Seconds> again;
    const bool done = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      if (withdraw) return journal::WithdrawOwn(tx, id, reader, now);
      again = journal::RateLimited(tx, rules, journal::AnswerKind::kComment, address, now);
      if (again) return true;
      journal::CountPost(tx, rules, journal::AnswerKind::kComment, address, now);
      return journal::EditOwn(tx, rules, id, reader, typed, address, now);
    });
    if (again) throw HttpError(429, "edits", {{"Retry-After", std::to_string(*again - now)}});
    if (!done) throw HttpError(404, "gone meanwhile");
    return fcgi::Redirect(
        303, frame.links.To("/comment/mine", withdraw ? "?done=withdrawn" : "?done=saved").view());
  };
  return {};
}

Response EditNotTaken(const Frame& frame, const std::string& path, std::string_view typed,
                      std::string_view alert, int status, bool again) {
  OwnPage page(frame, word::kOwnEditTitle, true);
  page.Alert(alert);
  Block form = page.view().Add(key::kEditForm);
  form.Set(key::kPostValue, typed);
  form.Set(key::kEditUrl, frame.links.To(path));
  form.Show(key::kEditButtons, again);
  return page.Done(status);
}

Response WithdrawnReceipt(const Frame& frame) {
  return Said(frame, word::kReceiptTitle, word::kReceiptWithdrawn, 410);
}

Response LeaveThreadPost(Context& context) {
  const Frame frame = FrameOf(context);
  const std::optional<Act> act = ReadAct(context);
  if (!act) return Unknown(frame);
  if (!act->proved) return MinePage(context, act->reader, &word::kOwnCheck);
  context.act = [frame, entry = context.captures.Int("entry"),
                 reader = act->reader.id](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate,
             [&](sql::Tx& tx) { journal::LeaveThread(tx, entry, reader); });
    return fcgi::Redirect(303, frame.links.To("/comment/mine", "?done=left").view());
  };
  return {};
}

Response ErasePage(Context& context) {
  context.cacheable = false;
  const Frame frame = FrameOf(context);
  const auto reader = ReaderOf(context);
  if (!reader) return Unknown(frame);
  OwnPage page(frame, word::kOwnEraseTitle);
  page.Token(journal::SignerOf(context.tx), *reader, context.now);
  Block form = page.view().Add(key::kEraseForm);
  form.Set(key::kEraseText, frame.words().Format(word::kOwnEraseHelp, {{"email", reader->email}}));
  return page.Done();
}

Response ErasePost(Context& context) {
  const Frame frame = FrameOf(context);
  const std::optional<Act> act = ReadAct(context);
  if (!act) return Unknown(frame);
  if (!act->proved) return ErasePage(context);
  context.act = [&request = context.request, frame, reader = act->reader](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { journal::EraseReader(tx, reader); });
    Response response = Said(frame, word::kOwnEraseTitle, word::kOwnErased);
    response.Set("Set-Cookie", NoReaderCookie(request));
    return response;
  };
  context.afterwards = [](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, [](sql::Tx& tx) { journal::ForgetDeletedWords(tx); });
  };
  return {};
}

Response ForgetBrowserPost(Context& context) {
  const Frame frame = FrameOf(context);
  const std::optional<Act> act = ReadAct(context);
  if (!act) return Unknown(frame);
  if (!act->proved) return MinePage(context, act->reader, &word::kOwnCheck);
  Response response = Said(frame, word::kOwnTitle, word::kOwnForgotten);
  response.Set("Set-Cookie", NoReaderCookie(context.request));
  return response;
}

}  // namespace daybook::handlers
