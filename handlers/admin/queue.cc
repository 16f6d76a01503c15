// The one list of what waits, with spam and trash: shown page by page, decided about in bulk or one
// by one, and taken back. One thing's own page is queue_item.cc.
#include "handlers/admin/queue.h"

#include <charconv>

#include "handlers/admin/frame.h"
#include "handlers/admin/pages.h"
#include "handlers/comment_pages.h"
#include "journal/edit.h"
#include "templates/admin_keys.h"
#include "text/excerpt.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;
using journal::AnswerKind;
using journal::AnswerStatus;
using journal::Decision;
using journal::QueueItem;
using journal::Which;
using templates::Block;

namespace {

constexpr int kOnAPage = 50;
constexpr std::size_t kExcerpt = 400;  // characters of what is long

constexpr QueueList kLists[] = {
    {"waiting", AnswerStatus::kHeld, word::kAdminQueueWaiting, word::kAdminQueueEmpty},
    {"spam", AnswerStatus::kSpam, word::kAdminQueueSpam, word::kAdminQueueSpamEmpty},
    {"trash", AnswerStatus::kTrash, word::kAdminQueueTrash, word::kAdminQueueTrashEmpty},
};

struct Act {
  std::string_view name;
  Decision decision;
  templates::WordKey label;
  templates::PluralKey done;
  unsigned lists;  // bits by AnswerStatus
};
constexpr unsigned Bit(AnswerStatus status) { return 1U << static_cast<unsigned>(status); }
constexpr unsigned kHeld = Bit(AnswerStatus::kHeld), kPublic = Bit(AnswerStatus::kPublic),
                   kSpam = Bit(AnswerStatus::kSpam), kTrash = Bit(AnswerStatus::kTrash);
constexpr Act kActs[] = {
    {"approve", Decision::kApprove, word::kAdminQueueApprove, word::kAdminQueueApproved,
     kHeld | kSpam},
    {"spam", Decision::kSpam, word::kAdminQueueIsSpam, word::kAdminQueueSpammed,
     kHeld | kPublic | kTrash},
    {"restore", Decision::kRestore, word::kAdminRestore, word::kAdminQueueRestored, kSpam | kTrash},
    {"delete", Decision::kDelete, word::kAdminQueueDelete, word::kAdminQueueDeleted,
     kHeld | kPublic | kSpam},
};

const Act* ActNamed(std::string_view name) {
  for (const Act& act : kActs)
    if (act.name == name) return &act;
  return nullptr;
}

constexpr fcgi::FormField kFields[] = {{"show", 20}, {"from", 60},  {"item", 30}, {"act", 20},
                                       {"one", 60},  {"first", 20}, {"last", 20}};

std::string QueueQuery(const QueueList& list, std::string_view rest) {
  std::string query = &list == kLists ? "" : "?show=" + std::string(list.name);
  if (!rest.empty()) query += (query.empty() ? "?" : "&") + std::string(rest);
  return query;
}

std::int64_t NumberOf(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// What was done just now, from the address that it led to, with the way back.
void FillDone(Page& page, const fcgi::Request& request, const QueueList& list) {
  const templates::Words& words = page.words();
  const std::string done = request.Param("done").value_or("");
  const std::int64_t n = NumberOf(request.Param("n").value_or(""));
  const std::int64_t other = NumberOf(request.Param("other").value_or(""));
  std::string text;
  if (done == "none") return page.Alert(words.Get(word::kAdminQueueNone));
  if (done == "undone") text = words.Plural(word::kAdminQueueUndone, n);
  if (done == "nothing") text = words.Get(word::kAdminQueueNothing);
  if (done == "erased") text = words.Plural(word::kAdminQueueErased, n);
  const Act* act = ActNamed(done);
  if (act && n > 0) text = words.Plural(act->done, n);
  if (other > 0) text += (text.empty() ? "" : " ") + words.Plural(word::kAdminQueueOther, other);
  if (text.empty()) return;
  if (!act || n == 0) return page.Notice(text);
  Block undo = page.view().Add(key::kUndo);
  undo.Set(key::kUndoText, text);
  undo.Set(key::kUndoUrl, page.frame().links.To("/admin/waiting/undo"));
  undo.Set(key::kUndoFirst, NumberOf(request.Param("first").value_or("")));
  undo.Set(key::kUndoLast, NumberOf(request.Param("last").value_or("")));
  undo.Set(key::kUndoList, list.name);
}

void FillFeed(Page& page, sql::Tx& tx, const Viewer& viewer) {
  const Links& links = page.frame().links;
  Block feed = page.view().Add(key::kQueueFeed);
  feed.Set(key::kFeedMakeUrl, links.To("/admin/waiting/feed"));
  const std::string secret = journal::FeedSecret(tx, viewer.person.id);
  feed.Show(key::kFeedNone, secret.empty());
  if (!secret.empty())
    feed.Show(key::kFeedThere, key::kFeedAddress, links.Full("/admin/feed/" + secret).view());
}

struct Asked {
  const QueueList& list;
  AnswerStatus shown;  // as the page had it
  std::string from;
  std::vector<Which> all;
};
Asked AskedOf(const fcgi::Form& form) {
  const QueueList& list = QueueListNamed(form["show"]);
  // What is public is in none of the lists, but has a page of its own.
  Asked asked{list,
              form["show"] == "public" ? AnswerStatus::kPublic : list.status,
              std::string(form["from"]),
              {}};
  for (const std::string_view item : form.All("item"))
    if (const auto which = journal::ReadWhich(item)) asked.all.push_back(*which);
  return asked;
}

// Back to the page of the list from which it was asked.
Response Back(const Frame& frame, const QueueList& list, const std::string& from,
              const std::string& what) {
  std::string rest = what;
  if (!from.empty()) rest += "&from=" + text::EncodeComponent(from);
  return fcgi::Redirect(303, frame.links.To("/admin/waiting", QueueQuery(list, rest)).view());
}

}  // namespace

std::span<const QueueList> QueueLists() { return kLists; }

const QueueList& QueueListNamed(std::string_view name) {
  for (const QueueList& list : kLists)
    if (list.name == name) return list;
  return kLists[0];
}

const QueueList* QueueListOf(AnswerStatus status) {
  for (const QueueList& list : kLists)
    if (list.status == status) return &list;
  return nullptr;
}

std::string QueueItemPath(const Which& which) {
  return "/admin/waiting/" + journal::WriteWhich(which);
}

void FillActs(Block block, templates::SectionKey section, const templates::Words& words,
              AnswerStatus status) {
  for (const Act& act : kActs) {
    if ((act.lists & Bit(status)) == 0) continue;
    Block button = block.Add(section);
    button.Set(key::kActName, act.name);
    button.Set(key::kActLabel, words.Get(act.label));
  }
}

void FillWaiting(Block block, const Frame& frame, const Viewer& viewer, const QueueItem& item,
                 journal::Seconds now) {
  const templates::Words& words = frame.words();
  const bool is_comment = item.which.kind == AnswerKind::kComment;
  block.Set(key::kWaitKey, journal::WriteWhich(item.which));
  block.Set(key::kWaitName, !item.author.empty()  ? item.author
                            : !item.title.empty() ? item.title
                                                  : words.Get(word::kCommentNameless));
  block.Set(key::kWaitKind,
            words.Get(is_comment ? word::kAdminQueueComment : word::kAdminQueueReference));
  block.Set(key::kWaitPageUrl, frame.links.To(QueueItemPath(item.which)));
  block.Set(key::kWaitEntryUrl, frame.links.To("/admin/entries/" + std::to_string(item.entry_id)));
  block.Set(key::kWaitEntry,
            item.entry_title.empty() ? words.Get(word::kAdminUntitled) : item.entry_title);
  const Moment moment = MomentOf(frame, item.created_at, "");
  block.Set(key::kRowDatetime, moment.machine);
  block.Set(key::kRowDate, TimeOf(frame, item.created_at, now));
  if (viewer.person.IsOwner()) block.Show(key::kWaitMailed, key::kWaitEmail, item.email);
  block.Show(key::kWaitNetworked, key::kWaitNetwork, item.network);
  if (const auto url = text::ParseWebUrl(item.url)) {
    Block site = block.Add(key::kWaitSited);
    site.Set(key::kWaitSiteUrl, *url);
    site.Set(key::kWaitSite, is_comment ? text::HostOf(url->view()) : url->str());
  }
  if (!is_comment && !item.author.empty())
    block.Show(key::kWaitTitled, key::kWaitTitle, item.title);
  for (const journal::JudgeReason& reason : item.reasons) {
    const std::string* text = words.Lookup(reason.key);
    const bool secret = reason.key == "reason.block.email" && !viewer.person.IsOwner();
    block.Add(key::kWaitReason)
        .Set(
            key::kReasonText,
            text ? templates::Fill(*text, {{"what", secret ? "…" : reason.argument}}) : reason.key);
  }
}

Response WaitingPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const QueueList& list = QueueListNamed(context.request.Param("show").value_or(""));
  const std::string from = context.request.Param("from").value_or("");
  Page page(frame, visit.viewer, templates::tpl::kAdminWaiting, words.Get(word::kAdminQueueWaiting),
            "/admin/waiting");
  templates::View& view = page.view();
  FillDone(page, context.request, list);
  for (const QueueList& one : kLists) {
    const std::int64_t count = one.status == AnswerStatus::kHeld
                                   ? visit.viewer.waiting
                                   : journal::CountQueue(context.tx, one.status);
    Block link = view.Add(key::kListLink);
    link.Set(key::kListName, words.Get(one.label));
    link.Set(key::kListNumber, CountText(words, count));
    link.Set(key::kListUrl, frame.links.To("/admin/waiting", QueueQuery(one, "")));
    link.Show(key::kListCurrent, &one == &list);
  }
  view.Set(key::kBlocksUrl, frame.links.To("/admin/blocks"));
  const journal::QueuePage found =
      journal::ReadQueue(context.tx, list.status, journal::ReadPlace(from), kOnAPage);
  if (found.items.empty()) {
    view.Show(key::kNoEntries, key::kEmptyText,
              words.Format(from.empty() ? list.empty : word::kAdminQueueEnd,
                           {{"n", words.Number(context.site.settings.trash_days)}}));
  } else {
    Block queue = view.Add(key::kQueue);
    queue.Set(key::kQueueUrl, frame.links.To("/admin/waiting"));
    queue.Set(key::kQueueList, list.name);
    queue.Set(key::kQueueFrom, from);
    FillActs(queue, key::kQueueAct, words, list.status);
    if (list.status == AnswerStatus::kTrash)
      queue.Show(key::kQueueErase, key::kEraseUrl, frame.links.To("/admin/waiting/erase"));
    for (const QueueItem& item : found.items) {
      Block row = queue.Add(key::kQueueItem);
      FillWaiting(row, frame, visit.viewer, item, context.now);
      if (!item.html.empty())
        row.Add(key::kWaitWhole).Set(key::kWaitHtml, item.html);
      else
        row.Show(key::kWaitPart, key::kWaitText, text::MakeExcerpt(item.text, kExcerpt));
      row.Show(key::kWaitCut, item.is_cut);
      FillActs(row, key::kItemAct, words, list.status);
    }
  }
  if (!from.empty() || found.next) {
    Block more = view.Add(key::kQueuePaging);
    if (!from.empty())
      more.Show(key::kQueueBegin, key::kBeginUrl,
                frame.links.To("/admin/waiting", QueueQuery(list, "")));
    if (found.next)
      more.Show(key::kQueueMore, key::kMoreUrl,
                frame.links.To("/admin/waiting",
                               QueueQuery(list, "from=" + journal::WritePlace(*found.next))));
  }
  if (list.status == AnswerStatus::kHeld && from.empty()) FillFeed(page, context.tx, visit.viewer);
  return page.Done();
}

Response WaitingPost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  Asked asked = AskedOf(form);
  std::string_view name = form["act"];
  if (const std::string_view one = form["one"]; !one.empty()) {  // "spam c12": a button beside it
    const std::size_t blank = std::min(one.find(' '), one.size());
    name = one.substr(0, blank);
    const auto which = journal::ReadWhich(one.substr(std::min(blank + 1, one.size())));
    asked.all.assign(which ? 1 : 0, which.value_or(Which{}));
  }
  const Act* act = ActNamed(name);
  const Frame frame = FrameOf(visit.context);
  if (asked.all.empty() || !act) return Back(frame, asked.list, asked.from, "done=none");
  visit.context.act = [frame, asked = std::move(asked), act, who = visit.person().id,
                       now = visit.context.now](sql::Db& db) {
    const journal::Decided decided =
        journal::DecideAll(db, asked.all, asked.shown, act->decision, who, now);
    std::string what = "done=" + std::string(act->name) + "&n=" + std::to_string(decided.done);
    if (decided.other > 0) what += "&other=" + std::to_string(decided.other);
    what +=
        "&first=" + std::to_string(decided.first_act) + "&last=" + std::to_string(decided.last_act);
    return Back(frame, asked.list, asked.from, what);
  };
  return {};
}

Response WaitingUndoPost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  visit.context.act = [frame = FrameOf(visit.context), &list = QueueListNamed(form["show"]),
                       first = NumberOf(form["first"]), last = NumberOf(form["last"]),
                       who = visit.person().id, now = visit.context.now](sql::Db& db) {
    const int undone = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::UndoActs(tx, first, last, who, now);
    });
    return Back(frame, list, "",
                undone > 0 ? "done=undone&n=" + std::to_string(undone) : "done=nothing");
  };
  return {};
}

Response WaitingErasePost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  Asked asked = AskedOf(form);
  const Frame frame = FrameOf(visit.context);
  if (asked.all.empty()) return Back(frame, asked.list, asked.from, "done=none");
  visit.context.act = [frame, asked = std::move(asked), who = visit.person().id,
                       now = visit.context.now](sql::Db& db) {
    const int erased = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::EraseAll(tx, asked.all, who, now);
    });
    return Back(frame, asked.list, asked.from, "done=erased&n=" + std::to_string(erased));
  };
  return {};
}

}  // namespace daybook::handlers::admin
