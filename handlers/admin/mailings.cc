// Letters to many on the owner's page: what waits, is under way and was sent, with its buttons; and
// the issues of the newsletter, each written in the editor as a page that nobody sees.
#include <charconv>

#include "handlers/admin/mail.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/site.h"
#include "handlers/comment_pages.h"
#include "journal/edit.h"
#include "journal/mailing.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::Audience;
using journal::Mailing;
using journal::MailingKind;
using journal::MailingStatus;
using templates::Block;

namespace {

constexpr std::string_view kHere = "/admin/mailings";
constexpr fcgi::FormField kFields[] = {{"id", 20}, {"act", 20}};

}  // namespace

std::string MailingName(const templates::Words& words, const Mailing& m) {
  if (m.kind == MailingKind::kWeekly) return words.Get(word::kAdminMailingsWeekly);
  if (m.kind == MailingKind::kMonthly) return words.Get(word::kAdminMailingsMonthly);
  return m.title.empty() ? words.Get(word::kAdminUntitled) : m.title;
}

std::string MailingProgress(const Frame& frame, sql::Tx& tx, const Mailing& m,
                            journal::Seconds now) {
  const templates::Words& words = frame.words();
  const std::int64_t waiting = m.total - m.sent - m.failed;
  switch (m.status) {
    case MailingStatus::kDraft:
      return words.Get(word::kAdminMailingsDraft);
    case MailingStatus::kWaits:
      return words.Format(word::kAdminMailingsWaits, {{"time", TimeOf(frame, m.send_at, now)}});
    case MailingStatus::kWriting:
    case MailingStatus::kSending:
      return words.Format(
          word::kAdminMailingsSending,
          {{"sent", words.Number(m.sent)},
           {"total", words.Number(m.total)},
           {"time", TimeOf(frame, journal::DoneBy(tx, frame.site.settings, waiting, now), now)}});
    case MailingStatus::kPaused:
      return words.Format(word::kAdminMailingsPaused,
                          {{"sent", words.Number(m.sent)}, {"total", words.Number(m.total)}});
    case MailingStatus::kStopped:
      return words.Format(word::kAdminMailingsStopped, {{"sent", words.Number(m.sent)}});
    default:
      return words.Format(word::kAdminMailingsDone,
                          {{"sent", words.Number(m.sent)}, {"failed", words.Number(m.failed)}});
  }
}

namespace {

std::vector<Act> ActsOf(const templates::Words& words, const Mailing& m) {
  switch (m.status) {
    case MailingStatus::kDraft:
      // The rest is on its own page, where it is chosen to whom it goes.
      return {{"erase", words.Get(word::kAdminMessagesDelete), "quiet danger"}};
    case MailingStatus::kWaits:
      return {{"now", words.Get(word::kAdminMailingsNow)},
              {"stop", words.Get(word::kAdminMailingsStop), "quiet danger"}};
    case MailingStatus::kWriting:
    case MailingStatus::kSending:
      return {{"pause", words.Get(word::kAdminMailingsPause)},
              {"stop", words.Get(word::kAdminMailingsStop), "quiet danger"}};
    case MailingStatus::kPaused:
      return {{"resume", words.Get(word::kAdminMailingsResume)},
              {"stop", words.Get(word::kAdminMailingsStop), "quiet danger"}};
    case MailingStatus::kStopped:
      if (journal::StoppedInTime(m)) return {{"now", words.Get(word::kAdminMailingsNow)}};
      return {};
    default:
      return {};
  }
}

}  // namespace

fcgi::Response MailingsPage(Visit& visit) {
  constexpr std::int64_t kShown = 50;
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  SitePage page(frame, visit.viewer, words.Get(word::kAdminMailings), kHere);
  NoticeDone(page, context.request);
  const std::vector<Mailing> all = journal::Mailings(context.tx, kShown);
  Block panel = AddPanel(
      page, "", words.Get(all.empty() ? word::kAdminMailingsEmpty : word::kAdminMailingsAbout));
  if (!all.empty()) {
    Block list = panel.Add(key::kItems);
    for (const Mailing& m : all) {
      Item item;
      item.title = MailingName(words, m);
      if (m.kind == MailingKind::kIssue)
        item.url = frame.links.To(std::string(kHere) + "/" + std::to_string(m.id));
      else if (m.entry_id != 0)
        item.url = frame.links.To("/admin/entries/" + std::to_string(m.entry_id));
      if (m.kind == MailingKind::kIssue) item.state = words.Get(word::kAdminMailingsIssue);
      item.meta.push_back(MailingProgress(frame, context.tx, m, context.now));
      Block block = AddItem(list, item);
      const std::vector<Act> acts = ActsOf(words, m);
      if (!acts.empty()) AddActs(block, frame, kHere, std::to_string(m.id), acts);
    }
  }
  Block form = AddForm(
      AddPanel(page, words.Get(word::kAdminMailingsNew), words.Get(word::kAdminMailingsNewAbout)),
      frame, kHere);
  AddButton(form, words.Get(word::kAdminMailingsWrite), "issue");
  return page.Done();
}

fcgi::Response MailingsPost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kFields);
  const std::string act(form["act"]);
  journal::Id id = 0;
  std::from_chars(form["id"].data(), form["id"].data() + form["id"].size(), id);
  const journal::Seconds now = context.now;
  if (act == "issue") {
    context.act = [frame = FrameOf(context), who = visit.person().id, now](sql::Db& db) {
      journal::Id entry = 0;
      db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
        journal::EntryDraft draft;
        draft.kind = journal::EntryKind::kPage;
        draft.status = journal::EntryStatus::kDraft;
        draft.format = journal::Format::kMarkdown;
        draft.author_id = who;
        draft.comments = journal::Allow::kNone;
        draft.title = frame.words().Get(word::kAdminMailingsIssue);
        entry = journal::SaveEntry(tx, frame.site.settings, draft, now);
        static_cast<void>(journal::NewIssue(tx, entry, now));
      });
      return fcgi::Redirect(303, frame.links.To("/admin/entries/" + std::to_string(entry)).view());
    };
    return {};
  }
  const auto mailing = journal::MailingById(context.tx, id);
  if (!mailing) throw fcgi::HttpError(404);
  const std::string_view stopped = mailing->began_at                      ? "stopped"
                                   : mailing->kind == MailingKind::kIssue ? "restored"
                                                                          : "held";
  return Write(
      visit, sql::Publicity::kPrivate, std::string(kHere),
      [act, id, now, stopped, settings = context.site.settings](sql::Tx& tx) -> std::string {
        if (act == "now") return journal::SendNow(tx, id, now) ? "sending" : "late";
        if (act == "stop") {
          if (!journal::Stop(tx, id, now)) return "late";
          return std::string(stopped);
        }
        if (act == "pause") return journal::Pause(tx, id) ? "paused" : "late";
        if (act == "resume") return journal::Resume(tx, id, now) ? "sending" : "late";
        if (act == "erase") return journal::EraseIssue(tx, settings, id, now) ? "unsent" : "late";
        return "";
      });
}

}  // namespace daybook::handlers::admin
