// What readers wrote by the contact form: lists, one message, what becomes of it.
#include <charconv>

#include "handlers/admin/pages.h"
#include "handlers/admin/site.h"
#include "journal/contact.h"
#include "journal/judge.h"
#include "templates/admin_keys.h"
#include "text/email.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::Message;
using journal::MessageStatus;
using templates::Block;

namespace {

constexpr std::string_view kHere = "/admin/messages";
constexpr std::int64_t kOnAPage = 50;
constexpr fcgi::FormField kFields[] = {{"id", 20}, {"act", 20}, {"switch", 20}};
struct List {
  std::string_view name;
  templates::WordKey label;
};
constexpr List kLists[] = {{"new", word::kAdminMessagesNew},
                           {"read", word::kAdminMessagesOld},
                           {"spam", word::kAdminMessagesSpam},
                           {"trash", word::kAdminMessagesTrash}};

std::vector<Act> ActsOf(const templates::Words& words, MessageStatus status) {
  const Act mark{"read", words.Get(word::kAdminMessagesMark)};
  const Act unmark{"new", words.Get(word::kAdminMessagesUnmark)};
  const Act spam{"spam", words.Get(word::kAdminMessagesSpam)};
  const Act trash{"trash", words.Get(word::kAdminMessagesDelete), "quiet danger"};
  const Act erase{"erase", words.Get(word::kAdminErase), "quiet danger"};
  switch (status) {
    case MessageStatus::kNew:
      return {mark, spam, trash};
    case MessageStatus::kRead:
      return {unmark, trash};
    default:
      return {unmark, erase};
  }
}

std::string PathOf(const Message& message) {
  return std::string(kHere) + "/" + std::to_string(message.id);
}

}  // namespace

fcgi::Response MessagesPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  SitePage page(frame, visit.viewer, words.Get(word::kAdminMessages), kHere);
  NoticeDone(page, context.request);
  const std::string asked = context.request.Param("list").value_or("");
  std::size_t shown = 0;
  Block lists = AddPanel(page, words.Get(word::kAdminMessagesLists));
  for (std::size_t i = 0; i < std::size(kLists); ++i) {
    if (kLists[i].name == asked) shown = i;
    Block text = lists.Add(key::kPanelText);
    text.Set(key::kPanelWords,
             words.Number(journal::CountMessages(context.tx, static_cast<MessageStatus>(i))));
    Block link = text.Add(key::kPanelLink);
    link.Set(key::kPanelUrl, frame.links.To(kHere, "?list=" + std::string(kLists[i].name)));
    link.Set(key::kPanelLabel, words.Get(kLists[i].label));
  }
  const auto status = static_cast<MessageStatus>(shown);
  const std::int64_t count = journal::CountMessages(context.tx, status);
  Paging paging;
  paging.pages = std::max<std::int64_t>(1, (count + kOnAPage - 1) / kOnAPage);
  paging.page = PageAsked(context.request, paging.pages);
  Block panel = AddPanel(
      page, words.Get(kLists[shown].label),
      count > 0    ? ""
      : shown == 0 ? words.Format(word::kAdminMessagesEmpty,
                                  {{"address", frame.links.Full("/contact").str()}})
                   : words.Get(word::kAdminMessagesNone));
  if (count > 0) {
    Block list = panel.Add(key::kItems);
    for (const Message& message :
         journal::Messages(context.tx, status, kOnAPage, (paging.page - 1) * kOnAPage)) {
      Item item;
      item.title = message.name;
      item.url = frame.links.To(PathOf(message));
      if (!message.email.empty()) item.meta.push_back(message.email);
      item.meta.push_back(MomentOf(frame, message.created_at, "").date_time);
      AddActs(AddItem(list, item), frame, kHere, std::to_string(message.id),
              ActsOf(words, message.status));
    }
  }
  FillPaging(page.view(), frame, std::string(kHere) + "?list=" + std::string(kLists[shown].name),
             paging);
  return page.Done();
}

fcgi::Response MessagePage(Visit& visit) {
  Context& context = visit.context;
  const auto message = journal::MessageById(context.tx, context.captures.Int("id"));
  if (!message) throw fcgi::HttpError(404);
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  SitePage page(frame, visit.viewer, words.Get(word::kAdminMessages), kHere);
  Block panel = AddPanel(page, message->name);
  Block text = panel.Add(key::kPanelText);
  text.Set(key::kPanelWords, MomentOf(frame, message->created_at, "").date_time);
  if (const auto email = text::ParseEmail(message->email)) {
    Block link = text.Add(key::kPanelLink);
    link.Set(key::kPanelUrl, text::SafeUrl::Vouch("mailto:" + email->str()));
    link.Set(key::kPanelLabel,
             words.Get(word::kAdminMessagesAnswer) + " (" + email->str() + ")");
  }
  for (std::string_view rest = message->body; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) panel.Add(key::kPanelText).Set(key::kPanelWords, rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const auto reasons = journal::ReadReasons(message->reasons);
  if (!reasons.empty() && message->score >= journal::kHoldScore) {
    Block why = AddPanel(page, words.Get(word::kAdminMessagesReasons));
    for (const journal::JudgeReason& reason : reasons)
      if (const std::string* said = words.Lookup(reason.key))
        why.Add(key::kPanelText)
            .Set(key::kPanelWords, templates::Fill(*said, {{"what", reason.argument}}));
  }
  Block form = AddForm(panel, frame, kHere);
  AddHidden(form, "id", std::to_string(message->id));
  for (const Act& act : ActsOf(words, message->status))
    AddButton(form, act.label, act.name, act.name == "erase" ? "danger" : "");
  return page.Done();
}

fcgi::Response MessagesPost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kFields);
  const std::string act(form["act"]);
  journal::Id id = 0;
  std::from_chars(form["id"].data(), form["id"].data() + form["id"].size(), id);
  return Write(visit, sql::Publicity::kPrivate, std::string(kHere),
               [act, id, now = context.now](sql::Tx& tx) -> std::string {
                 if (act == "erase") return journal::EraseMessage(tx, id) ? "erased" : "";
                 for (std::size_t i = 0; i < std::size(kLists); ++i)
                   if (kLists[i].name == act &&
                       journal::SetMessage(tx, id, static_cast<MessageStatus>(i), now))
                     return "moved_message";
                 return "";
               });
}

}  // namespace daybook::handlers::admin
