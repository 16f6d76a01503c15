// What waits, told by mail: see alert.h.
#include "work/alert.h"

#include "journal/alert.h"
#include "templates/keys.h"
#include "templates/view.h"
#include "text/excerpt.h"
#include "work/drain.h"

namespace daybook::work {
namespace {

namespace key = templates::key;
namespace word = templates::word;
constexpr size_t kQuoted = 1000;  // characters

}  // namespace

bool FillAlert(sql::Tx& tx, const journal::Settings& settings,
               const templates::Templates& templates, journal::QueuedMail& mail,
               journal::Seconds now) {
  const auto alert = journal::ReadAlert(tx, settings, mail, now);
  if (!alert) return false;
  const templates::Words& words = templates.words();
  templates::View view(templates, templates::tpl::kMailAlert);
  view.Set(key::kJournalName, settings.title);
  view.Set(key::kJournalAddress, settings.url);
  view.Set(key::kAlertCount, words.Plural(word::kMailAlertCount, alert->waiting));
  view.Set(key::kLinkAddress, settings.Origin() + settings.BasePath() + "/admin/waiting");
  for (const journal::AlertItem& item : alert->items) {
    const journal::Answered& answer = item.answer;
    const bool comment = answer.kind == journal::AnswerKind::kComment;
    templates::Block block = view.Add(key::kAlertItem);
    block.Set(key::kAlertWho,
              words.Format(comment ? word::kMailAlertComment : word::kMailAlertReference,
                           {{"name", !answer.author.empty() ? answer.author
                                     : item.clean           ? answer.url
                                                            : "…"},
                            {"entry", answer.entry_title.empty() ? answer.entry_path
                                                                 : answer.entry_title}}));
    const auto detail = [&](const std::string& text) {
      if (!text.empty()) block.Add(key::kAlertDetail).Set(key::kDetailText, text);
    };
    detail(answer.email);
    // An address that did not look clean is not made into a link.
    if (item.clean) detail(answer.url);
    for (const journal::JudgeReason& reason : answer.reasons)
      if (const std::string* said = words.Lookup(reason.key))
        detail(templates::Fill(*said, {{"what", item.clean ? reason.argument : "…"}}));
    if (item.clean)
      block.Show(key::kAlertQuote, key::kQuoteText, text::MakeExcerpt(answer.text, kQuoted));
    else
      block.Show(key::kAlertHidden);
    block.Set(key::kDecideAddress, item.link);
  }
  mail.fields.emplace_back("ready", view.Render());
  return true;
}

void DoAlert(const Tools& tools, const journal::Job& job) {
  const journal::Settings settings = tools.journal.Load();
  tools.journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    journal::AlertOwner(tx, settings, tools.clock());
    static_cast<void>(journal::FinishJob(tx, job));
  });
}

void DoTellWriter(const Tools& tools, const journal::Job& job) {
  const journal::Settings settings = tools.journal.Load();
  tools.journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    journal::TellWriter(tx, settings, job.subject, tools.clock());
    static_cast<void>(journal::FinishJob(tx, job));
  });
}

}  // namespace daybook::work
