// The log: who did what to the journal, newest first.
#include <charconv>

#include "handlers/admin/forms.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/queue.h"
#include "handlers/admin/site.h"
#include "handlers/comment_pages.h"
#include "journal/audit.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;

namespace {

constexpr int kOnAPage = 100;

struct Subject {
  std::string text;
  text::SafeUrl url;
};

// "comment 12" and a part of the owner's side lead to their page; everything else is a text.
Subject SubjectOf(const Frame& frame, const std::string& stored) {
  const templates::Words& words = frame.words();
  if (stored.starts_with("/admin/")) {
    const std::string name = SitePartName(words, stored);
    if (!name.empty()) return {name, frame.links.To(stored)};
  }
  const bool comment = stored.starts_with("comment "), reference = stored.starts_with("reference ");
  if (!comment && !reference) return {stored, {}};
  const std::string number = stored.substr(stored.find(' ') + 1);
  const auto which = journal::ReadWhich((comment ? "c" : "r") + number);
  if (!which) return {stored, {}};
  return {
      words.Format(comment ? word::kAdminLogAComment : word::kAdminLogAReference, {{"n", number}}),
      frame.links.To(QueueItemPath(*which))};
}

}  // namespace

fcgi::Response LogPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  Page page(frame, visit.viewer, templates::tpl::kAdminLog, words.Get(word::kAdminLogTitle),
            "/admin/people");
  journal::Id before = journal::kNever;
  const std::string from = context.request.Param("before").value_or("");
  std::from_chars(from.data(), from.data() + from.size(), before);
  const auto lines = journal::LogLines(context.tx, before, kOnAPage + 1);
  templates::View& view = page.view();
  view.Set(key::kBackUrl, frame.links.To("/admin/people"));
  if (lines.empty()) {
    view.Show(key::kNoEntries);
    return page.Done();
  }
  templates::Block list = view.Add(key::kLogLines);
  for (std::size_t i = 0; i < lines.size() && i < kOnAPage; ++i) {
    const journal::LogLine& line = lines[i];
    templates::Block row = list.Add(key::kLogLine);
    row.Set(key::kRowDatetime, MomentOf(frame, line.at, "").machine);
    row.Set(key::kRowDate, TimeOf(frame, line.at, context.now));
    row.Set(key::kLogWho, line.who.empty() ? words.Get(word::kAdminLogNobody) : line.who);
    const Subject subject = SubjectOf(frame, line.subject);
    const std::string* text = words.Lookup("admin.log." + line.action);
    row.Set(key::kLogText,
            text ? templates::Fill(*text, {{"what", subject.text}, {"n", words.Number(line.count)}})
                 : line.action + " " + subject.text);
    if (!subject.url.empty()) row.Show(key::kLogLinked, key::kLogUrl, subject.url);
  }
  if (lines.size() > kOnAPage)
    view.Show(key::kQueueMore, key::kMoreUrl,
              frame.links.To("/admin/log", "?before=" + std::to_string(lines[kOnAPage - 1].id)));
  return page.Done();
}

}  // namespace daybook::handlers::admin
