// Telling the pages that an entry links to: which ones (a job for each entry that changed), and
// each of them (a job of its own, so that one slow site delays no other).
#include <algorithm>

#include "journal/mentions.h"
#include "sql/tx.h"
#include "text/url.h"
#include "text/webmention.h"
#include "work/drain.h"

namespace daybook::work {
namespace {

using journal::Job;
using journal::SentMention;
using journal::SentState;

constexpr size_t kMostLinks = 100;

std::string BaseOf(const journal::Settings& settings) {
  std::string base = settings.url;
  while (base.ends_with('/')) base.pop_back();
  return base;
}

bool IsOwn(std::string_view link, const std::string& base) {
  return link.starts_with(base) &&
         (link.size() == base.size() || link[base.size()] == '/' || link[base.size()] == '?');
}

struct Told {
  SentState state = SentState::kWaiting;  // waiting: to be tried again
  std::string endpoint, detail;
  bool slow = false;  // it was not there in time
};

bool IsSlow(const Fetched& got) {
  return got.problem == FetchProblem::kNoAnswer || got.problem == FetchProblem::kTooSlow;
}

bool Later(const Fetched& got) {
  return IsSlow(got) || (got.problem == FetchProblem::kNone &&
                         (got.status >= 500 || got.status == 429 || got.status == 408));
}

std::string Describe(const Fetched& got) {
  return got.problem == FetchProblem::kNone ? "it answered " + std::to_string(got.status)
                                            : got.detail;
}

Told Discover(Fetcher& fetcher, const SentMention& sent) {
  const Fetched got = fetcher.Fetch({sent.target, std::nullopt, "text/html, */*;q=0.5"});
  if (Later(got)) return {SentState::kWaiting, "", Describe(got), IsSlow(got)};
  std::optional<std::string> endpoint;
  if (got.problem == FetchProblem::kNone && got.status >= 200 && got.status < 300) {
    std::vector<std::string> links;
    for (const auto& [name, value] : got.headers)
      if (name == "link") links.push_back(value);
    endpoint = text::EndpointInHeaders(links, got.url);
    const std::string_view type = got.Header("content-type");
    if (!endpoint && (type.empty() || type.find("html") != std::string_view::npos))
      endpoint = text::EndpointInPage(text::ReadHtmlPage(got.body, got.url));
  }
  // A page that is gone may still be told at the place that it had named.
  if (!endpoint && !sent.endpoint.empty()) endpoint = sent.endpoint;
  if (endpoint) return {SentState::kWaiting, *endpoint, ""};
  return {SentState::kTakesNone, "", Describe(got)};
}

Told Tell(Fetcher& fetcher, const SentMention& sent) {
  Told told = Discover(fetcher, sent);
  if (told.endpoint.empty()) return told;
  const Fetched got =
      fetcher.Fetch({told.endpoint,
                     text::EncodeQuery({{"source", sent.source}, {"target", sent.target}}), "*/*"});
  told.detail = Describe(got);
  told.slow = IsSlow(got);
  if (Later(got)) return told;
  const bool taken = got.problem == FetchProblem::kNone && got.status >= 200 && got.status < 300;
  told.state = taken ? SentState::kTold : SentState::kFailed;
  if (taken) told.detail.clear();
  return told;
}

}  // namespace

void DoSpread(const Tools& tools, const Job& job) {
  const journal::Settings settings = tools.journal.Load();
  const std::string base = BaseOf(settings);
  const journal::Seconds now = tools.clock();
  sql::Db& db = tools.journal.db;
  const auto shown =
      db.Read([&](sql::Tx& tx) { return journal::PublicTextOf(tx, job.subject, now); });
  std::string source;
  std::vector<std::string> links;
  const auto add = [&](const std::string& link) {
    const bool known = std::find(links.begin(), links.end(), link) != links.end();
    if (!known && !IsOwn(link, base) && links.size() < kMostLinks) links.push_back(link);
  };
  if (shown && !base.empty()) {
    source = base + text::EncodePath(shown->path);
    for (const std::string& html : shown->html)
      for (const std::string& link : text::WebLinks(html, source, kMostLinks)) add(link);
    for (const std::string& link : shown->links) {
      if (const auto url = text::ParseWebUrl(link.substr(0, link.find('#')))) add(url->str());
    }
  }
  db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    if (journal::FinishJob(tx, job)) journal::SpreadLinks(tx, job.subject, source, links, now);
  });
}

void DoSendMention(const Tools& tools, const Job& job) {
  sql::Db& db = tools.journal.db;
  const auto sent = db.Read([&](sql::Tx& tx) { return journal::LoadSent(tx, job.subject); });
  Told told;
  if (sent) told = Tell(tools.fetcher, *sent);
  const journal::Seconds now = tools.clock();
  db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    if (!sent) return static_cast<void>(journal::FinishJob(tx, job));
    if (told.slow) journal::HoldHost(tx, job, now);
    if (told.state == SentState::kWaiting) {
      const auto again = journal::FailJob(tx, job, told.detail, now);
      if (!again) return;
      journal::NoteSent(tx, sent->id, *again ? SentState::kWaiting : SentState::kFailed,
                        told.endpoint, told.detail, now);
      return;
    }
    if (journal::FinishJob(tx, job))
      journal::NoteSent(tx, sent->id, told.state, told.endpoint, told.detail, now);
  });
}

}  // namespace daybook::work
