// Looks whether a page that was named to us links to the entry that it is said to answer, and reads
// what it says of itself.
#include "journal/mentions.h"
#include "sql/tx.h"
#include "text/microformats.h"
#include "text/url.h"
#include "text/webmention.h"
#include "work/charset.h"
#include "work/drain.h"

namespace daybook::work {
namespace {

using journal::Job;
using journal::Mention;
using journal::MentionState;

constexpr int kTries = 6;  // half an hour; the sender can always send it again
// What was shown once is not taken away for a fault of a day: some three days.
constexpr int kTriesOfKnown = journal::kMaxAttempts - 1;

// kAway: not there now (404), which may be a mistake; kGone: it says so itself (410).
enum class Verdict { kLinks, kNoLink, kGone, kAway, kLater, kUnreadable, kTooLong, kRefused };
struct Looked {
  Verdict verdict = Verdict::kLater;
  std::string detail;
  journal::SeenPage page;
  bool slow = false;  // it was not there in time
};

bool TypeIs(std::string_view type, std::string_view wanted) {
  return type.substr(0, type.find(';')).find(wanted) != std::string_view::npos;
}

Looked Read(const Fetched& got, std::string_view target) {
  const std::string_view type = got.Header("content-type");
  const bool html = type.empty() || TypeIs(type, "html");
  const bool text = TypeIs(type, "text/") || TypeIs(type, "json") || TypeIs(type, "xml");
  if (!html && !text) return {Verdict::kUnreadable, "its type is " + std::string(type), {}};
  // It was not asked for, and what it would unfold to nobody knows.
  const std::string_view coding = got.Header("content-encoding");
  if (!coding.empty() && coding != "identity")
    return {Verdict::kUnreadable, "its encoding is " + std::string(coding), {}};
  const std::string body = PageAsUtf8(got.body, type);
  Looked looked;
  looked.verdict = Verdict::kLinks;
  looked.page.site_name = text::HostOf(got.url);
  bool cut = got.cut;
  if (html) {
    const text::HtmlPage page = text::ReadHtmlPage(body, got.url);
    cut = cut || page.cut;
    if (text::LinksTo(page, target)) {
      text::AnswerPage answer = text::ReadAnswer(page, target);
      looked.page.type = static_cast<journal::MentionType>(answer.kind);
      looked.page.title = std::move(answer.title);
      looked.page.excerpt = std::move(answer.content);
      looked.page.author = std::move(answer.author);
      looked.page.author_url = std::move(answer.author_url);
      if (!answer.site_name.empty()) looked.page.site_name = std::move(answer.site_name);
      return looked;
    }
  } else if (text::TextNames(body, target)) {
    return looked;
  }
  // What lies beyond the part that was read nobody knows.
  if (cut) return {Verdict::kTooLong, "it is too long, and its beginning has no link", {}};
  return {Verdict::kNoLink, "", {}};
}

Looked Look(Fetcher& fetcher, const Mention& mention) {
  const Fetched got =
      fetcher.Fetch({mention.source, std::nullopt, "text/html, application/xhtml+xml, */*;q=0.5"});
  switch (got.problem) {
    case FetchProblem::kAddress:
    case FetchProblem::kPeer:
      return {Verdict::kRefused, got.detail, {}};
    case FetchProblem::kRedirects:
      return {Verdict::kUnreadable, got.detail, {}};
    case FetchProblem::kNoAnswer:
    case FetchProblem::kTooSlow:
      return {Verdict::kLater, got.detail, {}, true};
    case FetchProblem::kNone:
      break;
  }
  const std::string status = "it answered " + std::to_string(got.status);
  if (got.status == 410) return {Verdict::kGone, status, {}};
  if (got.status == 404) return {Verdict::kAway, status, {}};
  if (got.status >= 200 && got.status < 300) return Read(got, mention.target);
  const bool later = got.status >= 500 || got.status == 429 || got.status == 408;
  return {later ? Verdict::kLater : Verdict::kUnreadable, status, {}};
}

}  // namespace

void DoVerify(const Tools& tools, const Job& job) {
  sql::Db& db = tools.journal.db;
  const auto mention = db.Read([&](sql::Tx& tx) { return journal::LoadMention(tx, job.subject); });
  Looked looked;
  if (mention) looked = Look(tools.fetcher, *mention);
  const journal::Seconds now = tools.clock();
  const journal::Settings settings = tools.journal.Load();
  db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    const bool later = looked.verdict == Verdict::kLater || looked.verdict == Verdict::kAway;
    const int tries = mention && journal::HasReference(tx, *mention) ? kTriesOfKnown : kTries;
    if (looked.slow) journal::HoldHost(tx, job, now);
    if (mention && later && job.attempts < tries) {
      static_cast<void>(journal::FailJob(tx, job, looked.detail, now));
      return;
    }
    if (!journal::FinishJob(tx, job) || !mention) return;
    switch (looked.verdict) {
      case Verdict::kLinks:
        return journal::TakeReference(tx, settings, *mention, looked.page, now);
      case Verdict::kNoLink:
        return journal::RefuseReference(tx, *mention, MentionState::kNoLink, now);
      case Verdict::kAway:
      case Verdict::kGone:
        return journal::RefuseReference(tx, *mention, MentionState::kGone, now);
      case Verdict::kRefused:
        return journal::RefuseReference(tx, *mention, MentionState::kRefused, now);
      case Verdict::kTooLong:
        return journal::RefuseReference(tx, *mention, MentionState::kTooLong, now);
      case Verdict::kLater:
      case Verdict::kUnreadable:
        return journal::RefuseReference(tx, *mention, MentionState::kUnreadable, now);
    }
  });
}

}  // namespace daybook::work
