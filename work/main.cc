// `daybook-work`: the program that touches the network. It does the jobs that are due, then ends;
// `daybook work` and `daybook serve` start it when there are some, and cron may.
//   daybook-work [--home DIR] [--once] [--status] [--lease NAME]
// It also does the commands of `daybook` that no page needs (command.h).
//   daybook-work COMMAND [--NAME=VALUE…] -- [WORD…]
#include <curl/curl.h>
#ifdef DAYBOOK_PORTABLE
#include <nss.h>
#endif
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/guarded.h"
#include "journal/launch.h"
#include "journal/worker.h"
#include "work/command.h"
#include "work/dkim.h"
#include "work/drain.h"

namespace {

using namespace daybook;

using text::kDone, text::kFailed, text::kWrongUse;

struct Command {
  std::string_view name;
  int (*run)(const text::Arguments& arguments);
};
constexpr Command kCommands[] = {
    {"import", &work::RunImport},
    {"import-slice", &work::RunImportSlice},
    {"backup", &work::RunBackup},
    {"restore", &work::RunRestore},
    {"check", &work::RunCheck},
    {"export", &work::RunExport},
    {"look-at-svg", &work::RunLookAtSvg},
    {"qr", &work::RunQr},
    {"bounce", &work::RunBounce},
    {"dkim", &work::RunDkim},
    {"open", &work::RunOpen},
    {"media", &work::RunMedia},
    {"mail", &work::RunMail},
    {"upgrade", &work::RunUpgrade},
};

constexpr int kNiceness = 10;  // whoever reads or writes comes first

volatile sig_atomic_t told_to_stop = 0;
void Stop(int) { told_to_stop = 1; }

struct Words {
  std::string home, lease;
  bool status = false;
  bool wrong = false;
};

Words ReadWords(int count, char** words) {
  Words read;
  for (int i = 1; i < count && !read.wrong; ++i) {
    const std::string_view word = words[i];
    const bool has_value = i + 1 < count;
    if (word == "--home" && has_value) {
      read.home = words[++i];
    } else if (word == "--lease" && has_value) {
      read.lease = words[++i];
    } else if (word == "--status") {
      read.status = true;
    } else if (word != "--once") {
      read.wrong = true;
    }
  }
  return read;
}

int Status(journal::Journal& journal) {
  const journal::QueueStatus status = journal::StatusOfQueue(journal, std::time(nullptr));
  std::printf("Waiting: %lld\nGiven up: %lld\nA worker runs: %s\n",
              static_cast<long long>(status.waiting), static_cast<long long>(status.failed),
              status.running ? "yes" : "no");
  return kDone;
}

int Work(journal::Journal& journal, const std::string& lease) {
  struct sigaction stop {};
  stop.sa_handler = Stop;
  sigaction(SIGTERM, &stop, nullptr);  // the job in hand is finished
  sigaction(SIGINT, &stop, nullptr);
  signal(SIGPIPE, SIG_IGN);
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return kFailed;
  journal::Settings settings = journal.Load();
  const templates::Templates templates({settings.language, "", journal.home.Theme(), true});
  work::CurlFetcher fetcher(work::Allowed(settings.fetch_allow), "(" + settings.url + ")");
  const std::optional<work::DkimKey> key = work::DkimKey::Load(journal.home);
  for (bool again = true; again;) {
    const std::unique_ptr<work::Mailer> mailer = work::MailerFor(settings, key ? &*key : nullptr);
    const work::Tools tools{journal, templates, fetcher, mailer.get(),
                            [] { return static_cast<journal::Seconds>(std::time(nullptr)); }};
    // A long queue goes on by another way as soon as the owner changed it.
    again = false;
    work::Drain(tools, lease, [&] {
      again = told_to_stop == 0 && !work::IsSameWay(settings, journal.Load());
      return told_to_stop != 0 || again;
    });
    if (again) settings = journal.Load();
  }
  return kDone;
}

}  // namespace

int main(int count, char** words) {
#ifdef DAYBOOK_PORTABLE
  // A static program looks names up itself, and loads nothing of whatever system it runs on.
  __nss_configure_lookup("hosts", "files dns");
#endif
  for (const Command& command : kCommands) {
    if (count > 1 && command.name == words[1]) {
      const text::Arguments arguments =
          text::ArgumentsOf(std::vector<std::string>(words + 2, words + count));
      return journal::Guarded([&] { return command.run(arguments); });
    }
  }
  const Words read = ReadWords(count, words);
  const auto home = journal::FindHome(read.home);
  if (read.wrong || !home) {
    std::fputs("Use: daybook-work [--home DIR] [--once] [--status]\n", stderr);
    return kWrongUse;
  }
  try {
    journal::Journal journal = journal::OpenJournal(*home);
    if (read.status) return Status(journal);
    static_cast<void>(nice(kNiceness));
    return Work(journal, read.lease.empty() ? journal::NewLease() : read.lease);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "daybook-work: %s\n", failure.what());
    return kFailed;
  }
}
