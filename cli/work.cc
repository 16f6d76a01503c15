// `daybook work`: the worker, by hand or by cron.
#include <charconv>
#include <ctime>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "journal/mailing.h"
#include "journal/worker.h"
#include "text/dates.h"

namespace daybook::cli {
namespace {

// Letters to many that are under way: "The tide: 412 of 500 sent, done by 16:40".
nlohmann::ordered_json Letters(journal::Journal& opened) {
  const journal::Settings settings = opened.Load();
  const journal::Seconds now = std::time(nullptr);
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  opened.db.Read([&](sql::Tx& tx) {
    for (const journal::Mailing& m : journal::OpenMailings(tx)) {
      if (m.status == journal::MailingStatus::kWaits) continue;
      const bool paused = m.status == journal::MailingStatus::kPaused;
      const journal::Seconds done = journal::DoneBy(tx, settings, m.total - m.sent - m.failed, now);
      const char* name = m.kind == journal::MailingKind::kWeekly    ? "Weekly digest"
                         : m.kind == journal::MailingKind::kMonthly ? "Monthly digest"
                                                                    : "Untitled";
      all.push_back({{"title", m.title.empty() ? name : m.title},
                     {"sent", m.sent},
                     {"total", m.total},
                     {"paused", paused},
                     {"done_by", paused ? "" : text::Rfc3339Date(done, settings.zone)}});
    }
  });
  return all;
}

int Status(journal::Journal& opened, bool json) {
  journal::QueueStatus status = journal::StatusOfQueue(opened, std::time(nullptr));
  std::string next =
      status.next == journal::kNever ? "" : text::Rfc3339Date(status.next, opened.Load().zone);
  if (json) {
    nlohmann::ordered_json all = {
        {"waiting", status.waiting}, {"failed", status.failed}, {"running", status.running}};
    all["letters"] = Letters(opened);
    all["next"] = next.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(next);
    Print(all.dump(1));
    return kDone;
  }
  Print("Waiting: " + Grouped(status.waiting));
  Print("Given up: " + Grouped(status.failed));
  Print(std::string("A worker runs: ") + (status.running ? "yes" : "no"));
  for (const auto& letter : Letters(opened)) {
    const std::string done = letter["done_by"];
    Print(letter["title"].get<std::string>() + ": " + letter["sent"].dump() + " of " +
          letter["total"].dump() + " sent, " +
          (done.empty() ? std::string("paused") : "done by " + done.substr(11, 5)));
  }
  Print("Next scheduled moment: " + (next.empty() ? "none" : next));
  return kDone;
}

}  // namespace

int RunWork(const Arguments& arguments) {
  journal::WorkerOptions options{0};
  if (arguments.Has("for")) {
    std::string typed = arguments.Get("for");
    journal::Seconds seconds = 0;
    auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), seconds);
    if (typed.empty() || error != std::errc() || end != typed.data() + typed.size() ||
        seconds < 0) {
      return WrongUse("work", "--for needs a whole number of seconds.");
    }
    options.for_seconds = seconds;
  }
  std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  journal::Journal opened = journal::OpenJournal(*home);
  if (arguments.Has("status")) return Status(opened, arguments.Has("json"));
  if (journal::RunWorker(opened, options) == journal::Worked::kOccupied) {
    Print("Another worker is at it.");
  }
  journal::DoJobs(opened);
  return kDone;
}

}  // namespace daybook::cli
