// One thing of the queue on a page of its own: its whole text, an answer, and the block list.
#include "handlers/admin/frame.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/queue.h"
#include "handlers/comment_pages.h"
#include "journal/comment_read.h"
#include "journal/judge_block.h"
#include "journal/render.h"
#include "templates/admin_keys.h"
#include "text/html_clean.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::HttpError;
using fcgi::Response;
using journal::AnswerKind;
using journal::AnswerStatus;
using journal::BlockKind;
using journal::Which;
using templates::Block;

namespace {

constexpr std::size_t kReplyMax = 64 * 1024;
constexpr fcgi::FormField kBlockFields[] = {{"kind", 20}, {"word", 500}, {"spam", 5}};
constexpr fcgi::FormField kReplyFields[] = {{"text", kReplyMax}};

struct Shown {
  journal::QueueItem item;
  AnswerStatus status = AnswerStatus::kHeld;
};
std::optional<Shown> Find(sql::Tx& tx, const Which& which) {
  const auto answer = journal::AnswerById(tx, which.kind, which.id);
  if (!answer) return std::nullopt;
  Shown shown;
  shown.status = answer->status;
  journal::QueueItem& item = shown.item;
  item.which = which;
  item.created_at = answer->created_at;
  item.author = answer->author;
  item.email = answer->email;
  item.url = answer->url;
  item.title = answer->title;
  item.text = answer->text;
  item.entry_path = answer->entry_path;
  item.entry_title = answer->entry_title;
  item.network = answer->network;
  item.reasons = answer->reasons;
  if (which.kind == AnswerKind::kComment) {
    const auto comment = journal::CommentById(tx, which.id);
    if (!comment) return std::nullopt;
    item.html = comment->html;
    item.entry_id = comment->entry_id;
    item.author_id = comment->author_id;
  } else {
    item.entry_id = journal::EntryOfReference(tx, which.id);
  }
  return shown;
}

Which WhichOf(const Visit& visit) {
  const auto which = journal::ReadWhich(visit.context.captures["item"]);
  if (!which) throw HttpError(404);
  return *which;
}

// What may be blocked of it, and in which form.
std::string PatternOf(const Viewer& viewer, const journal::QueueItem& item, BlockKind kind) {
  switch (kind) {
    case BlockKind::kEmail:
      return viewer.person.IsOwner() ? item.email : "";
    case BlockKind::kUrl:
      return text::HostOf(item.url);
    case BlockKind::kNetwork:
      return item.network;
    case BlockKind::kWord:
      break;
  }
  return "";
}

struct Typed {
  std::string reply, word, wrong_reply, wrong_block;
  std::optional<BlockKind> kind;
  [[nodiscard]] bool IsWrong() const { return !(wrong_reply + wrong_block).empty(); }
};

Response Show(const Frame& frame, const Viewer& viewer, const Shown& shown, const Typed& typed,
              std::string_view notice, journal::Seconds now) {
  const templates::Words& words = frame.words();
  const journal::QueueItem& item = shown.item;
  const bool is_comment = item.which.kind == AnswerKind::kComment;
  Page page(frame, viewer, templates::tpl::kAdminWaitingItem,
            words.Get(is_comment ? word::kAdminQueueTitleComment : word::kAdminQueueTitleReference),
            "/admin/waiting", typed.IsWrong());
  if (!notice.empty()) page.Notice(notice);
  if (typed.IsWrong())
    page.Alert(typed.wrong_reply.empty() ? typed.wrong_block : typed.wrong_reply);
  templates::View& view = page.view();
  FillWaiting(view, frame, viewer, item, now);
  const QueueList* list = QueueListOf(shown.status);
  view.Set(key::kWaitState, words.Get(list ? list->label : word::kAdminQueuePublic));
  if (is_comment)
    view.Add(key::kWaitWhole).Set(key::kWaitHtml, item.html);
  else
    view.Show(key::kWaitPart, key::kWaitText, item.text);
  view.Set(key::kQueueUrl, frame.links.To("/admin/waiting"));
  view.Set(key::kQueueList, list ? list->name : "public");
  FillActs(view, key::kItemAct, words, shown.status);
  if (shown.status == AnswerStatus::kPublic)
    view.Show(key::kWaitThere, key::kThereUrl,
              frame.links.To(item.entry_path,
                             is_comment ? "#comment-" + std::to_string(item.which.id) : ""));
  const std::string here = QueueItemPath(item.which);
  if (is_comment) {
    Block reply = view.Add(key::kReplyForm);
    reply.Set(key::kReplyUrl, frame.links.To(here + "/reply"));
    reply.Set(key::kReplyValue, typed.reply);
    reply.Set(key::kReplyLabel,
              words.Get(shown.status == AnswerStatus::kPublic ? word::kAdminQueueReplyButton
                                                              : word::kAdminQueueReplyApprove));
    reply.Show(key::kReplyWrong, key::kReplyError, typed.wrong_reply);
  }
  view.Set(key::kBlockUrl, frame.links.To(here + "/block"));
  view.Set(key::kBlocksUrl, frame.links.To("/admin/blocks"));
  constexpr std::pair<BlockKind, templates::WordKey> kKinds[] = {
      {BlockKind::kEmail, word::kAdminBlocksEmail},
      {BlockKind::kUrl, word::kAdminBlocksUrl},
      {BlockKind::kNetwork, word::kAdminBlocksNetwork}};
  for (const auto& [kind, label] : kKinds) {
    const std::string pattern = PatternOf(viewer, item, kind);
    if (pattern.empty()) continue;
    Block choice = view.Add(key::kBlockChoice);
    choice.Set(key::kBlockKind, journal::NameOf(kind));
    choice.Set(key::kBlockText, words.Get(label));
    choice.Set(key::kBlockPattern, pattern);
    choice.Show(key::kBlockChosen, typed.kind == kind);
  }
  view.Set(key::kWordValue, typed.word);
  view.Show(key::kWordChosen, typed.kind == BlockKind::kWord);
  view.Show(key::kBlockWrong, key::kBlockError, typed.wrong_block);
  return page.Done(typed.IsWrong() ? 422 : 200);
}

Shown Found(sql::Tx& tx, const Which& which) {
  auto shown = Find(tx, which);
  if (!shown) throw HttpError(404);
  return *std::move(shown);
}

}  // namespace

Response WaitingItemPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const Shown shown = Found(context.tx, WhichOf(visit));
  const std::string done = context.request.Param("done").value_or("");
  const templates::Words& words = frame.words();
  return Show(frame, visit.viewer, shown, {},
              done == "blocked"   ? words.Get(word::kAdminBlocksAdded)
              : done == "replied" ? words.Get(word::kAdminQueueReplied)
                                  : "",
              context.now);
}

Response WaitingBlockPost(Visit& visit) {
  const Which which = WhichOf(visit);
  const Shown shown = Found(visit.context.tx, which);
  const Frame frame = FrameOf(visit.context);
  const fcgi::Form form = ReadForm(visit.context.request, kBlockFields);
  Typed typed;
  typed.word = form["word"];
  typed.kind = journal::BlockKindNamed(form["kind"]);
  if (!typed.kind) {
    typed.wrong_block = frame.words().Get(word::kAdminBlocksChoose);
    return Show(frame, visit.viewer, shown, typed, "", visit.context.now);
  }
  const std::string pattern = *typed.kind == BlockKind::kWord
                                  ? typed.word
                                  : PatternOf(visit.viewer, shown.item, *typed.kind);
  visit.context.act = [frame, viewer = visit.viewer, shown, typed, pattern, which,
                       spam = form.Has("spam"), now = visit.context.now](sql::Db& db) mutable {
    const journal::BlockResult result = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      const auto added = journal::BlockFrom(tx, *typed.kind, pattern, viewer.person.id, now);
      if (added.outcome != journal::BlockOutcome::kRefused && spam &&
          shown.status != AnswerStatus::kSpam)
        static_cast<void>(journal::Moderate(tx, which.kind, which.id, journal::Decision::kSpam,
                                            viewer.person.id, now));
      return added;
    });
    if (result.outcome == journal::BlockOutcome::kRefused) {
      typed.wrong_block = BlockRefusal(frame.words(), *typed.kind);
      return Show(frame, viewer, shown, typed, "", now);
    }
    return fcgi::Redirect(303, frame.links.To(QueueItemPath(which), "?done=blocked").view());
  };
  return {};
}

Response WaitingReplyPost(Visit& visit) {
  const Which which = WhichOf(visit);
  const Shown shown = Found(visit.context.tx, which);
  if (which.kind != AnswerKind::kComment) throw HttpError(404);
  const Frame frame = FrameOf(visit.context);
  const templates::Words& words = frame.words();
  const fcgi::Form form = ReadForm(visit.context.request, kReplyFields);
  Typed typed;
  typed.reply = form["text"];
  if (text::TrimHtmlSpace(typed.reply).empty()) {
    typed.wrong_reply = words.Get(word::kErrPostEmpty);
  } else if (form.TooLong("text")) {
    typed.wrong_reply = words.Format(
        word::kErrLongBytes, {{"n", words.Number(static_cast<std::int64_t>(typed.reply.size()))},
                              {"max", words.Number(kReplyMax)}});
  }
  if (typed.IsWrong()) return Show(frame, visit.viewer, shown, typed, "", visit.context.now);
  journal::Reply reply{which.id, visit.person().id, visit.person().name, typed.reply,
                       journal::RenderComment(frame.site.settings.comments_mode, typed.reply)};
  visit.context.act = [frame, which, reply = std::move(reply),
                       now = visit.context.now](sql::Db& db) {
    const auto id = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::ReplyTo(tx, frame.site.settings, reply, now);
    });
    if (!id) throw HttpError(404);
    return fcgi::Redirect(303, frame.links.To(QueueItemPath(which), "?done=replied").view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
