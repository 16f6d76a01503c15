// `daybook doctor`: the core of it. Each finding says what is so and, where something is to be
// done, the exact mend. Checks of the web server, of CGI and of mail by sending are the owner's
// pages' (handlers/admin).
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "journal/counts.h"
#include "journal/jobs.h"
#include "journal/journal.h"
#include "journal/launch.h"
#include "sql/filesystem.h"
#include "sql/health.h"
#include "sql/queries/state.h"
#include "sql/queries/write_counts.h"
#include "sql/query.h"
#include "templates/templates.h"
#include "text/dates.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;

struct Finding {
  enum class State { kGood, kWarning, kBad };
  std::string name;
  State state = State::kGood;
  std::string text;
  std::string mend;  // empty: nothing to do
};
using Findings = std::vector<Finding>;

void Good(Findings& all, std::string name, std::string text) {
  all.push_back({std::move(name), Finding::State::kGood, std::move(text), ""});
}
void Warn(Findings& all, std::string name, std::string text, std::string mend) {
  all.push_back({std::move(name), Finding::State::kWarning, std::move(text), std::move(mend)});
}
void Bad(Findings& all, std::string name, std::string text, std::string mend) {
  all.push_back({std::move(name), Finding::State::kBad, std::move(text), std::move(mend)});
}

std::string Octal(unsigned mode) {
  std::string digits;
  for (unsigned rest = mode & 07777; rest > 0; rest /= 8)
    digits.insert(digits.begin(), static_cast<char>('0' + rest % 8));
  return "0" + digits;
}

void CheckFolder(Findings& all, std::string name, const fs::path& folder, unsigned forbidden,
                 std::string_view mode) {
  struct stat info;
  if (stat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
    Bad(all, name, folder.string() + " is not there.",
        "Restore the folder from a backup, or make it: mkdir -m " + std::string(mode) + " '" +
            folder.string() + "'");
  } else if ((info.st_mode & forbidden) != 0) {
    Bad(all, name,
        folder.string() + " has the mode " + Octal(info.st_mode) + ": others can look into it.",
        "chmod " + std::string(mode) + " '" + folder.string() + "'");
  } else if (access(folder.c_str(), W_OK | X_OK) != 0) {
    Bad(all, name, folder.string() + " cannot be written by this user.",
        "Run this as the user that serves the journal, or give the folder to it with chown.");
  } else {
    Good(all, name, folder.string() + ", mode " + Octal(info.st_mode));
  }
}

void CheckDatabase(Findings& all, const journal::Home& home) {
  sql::Health health;
  try {
    health = sql::HealthOf(home.Database());
  } catch (const sql::DbError& error) {
    Bad(all, "database", std::string("It cannot be read: ") + error.what(),
        "Stop Daybook and restore a copy from " + home.Backups().string() + ".");
    return;
  }
  if (!health.damage.empty()) {
    Bad(all, "database", "It is damaged: " + health.damage,
        "Stop Daybook and restore a copy from " + home.Backups().string() + ".");
  } else {
    Good(all, "database", "whole");
  }
  int64_t wanted = sql::kMigrations.empty() ? 0 : sql::kMigrations.back().number;
  std::string schema = "schema " + std::to_string(health.schema);
  if (health.schema < wanted) {
    Bad(all, "schema", schema + ", but this program uses " + std::to_string(wanted) + ".",
        "daybook migrate");
  } else if (health.schema > wanted) {
    Bad(all, "schema", schema + " is newer than this program.", "Install the newer Daybook again.");
  } else {
    Good(all, "schema", schema);
  }
  bool network = sql::IsOnNetwork(home.Database());
  if (network) {
    Warn(all, "file system",
         "The database is on a network file system; it is safe there, but slower.",
         "Move the home to a disk of this machine if there is one.");
  } else {
    Good(all, "file system", "a disk of this machine");
  }
  bool fits = health.journal_mode == (network ? "delete" : "wal");
  if (fits) {
    Good(all, "journal mode", health.journal_mode);
  } else {
    Warn(all, "journal mode",
         health.journal_mode + (network ? ", which a network file system cannot keep." : "."),
         "Another program changed it: stop that program, then open the journal with Daybook once.");
  }
  if (health.checkpoint_bug) {
    Warn(all, "sqlite",
         health.sqlite +
             ". Before 3.51.3 other programs that write to the file while Daybook runs can damage "
             "it.",
         "Do not open journal.db with other programs while Daybook runs. A release with a newer "
         "SQLite has no such limit.");
  } else {
    Good(all, "sqlite", health.sqlite);
  }
}

void CheckDisk(Findings& all, const journal::Home& home) {
  constexpr int64_t kLittle = 200 << 20, kNothing = 20 << 20;
  int64_t free = sql::FreeBytes(home.Private());
  std::string megabytes = Grouped(free >> 20) + " MiB free";
  if (free < 0) {
    Warn(all, "disk", "Nobody can say how much is free.", "Look into your host's control panel.");
  } else if (free < kNothing) {
    Bad(all, "disk", megabytes + ": writing will be refused.",
        "Delete what is not needed, or ask for more room.");
  } else if (free < kLittle) {
    Warn(all, "disk", megabytes + ".", "Make room before the next backup.");
  } else {
    Good(all, "disk", megabytes);
  }
}

void CheckClock(Findings& all, journal::Journal& opened, std::string_view zone) {
  if (text::ZoneKnown(zone) && (zone == "UTC" || text::ZoneKnown("Europe/Berlin"))) {
    Good(all, "zone data", std::string(zone));
  } else {
    Bad(all, "zone data", "This machine does not know the zone “" + std::string(zone) + "”.",
        "Install the package tzdata, or choose another zone: daybook settings set zone UTC");
  }
  std::time_t now = std::time(nullptr);
  journal::Seconds settled =
      opened.db.Read([](sql::Tx& tx) { return tx.Int(sql::query::kSettledAt).value_or(0); });
  std::string shown = text::Rfc3339Date(now, zone);
  if (now + 300 < settled) {
    Bad(all, "clock",
        shown + ", but the journal has already been changed at " +
            text::Rfc3339Date(settled, zone) + ".",
        "Set this machine's clock, and let it follow a time server.");
  } else {
    Good(all, "clock", shown);
  }
}

void CheckSettings(Findings& all, const journal::Settings& settings) {
  if (settings.url.empty()) {
    Warn(all, "url", "The journal does not know its address, so feeds and mails cannot name it.",
         "daybook settings set url https://…");
  } else if (!settings.url.starts_with("https://")) {
    Warn(all, "url", settings.url + " is not encrypted.",
         "Get a certificate, then: daybook settings set url https://…");
  } else {
    Good(all, "url", settings.url);
  }
  if (settings.MailIsSet()) {
    Good(all, "mail", settings.smtp.empty() ? "sendmail" : settings.smtp);
  } else {
    Warn(all, "mail", "Mail is not set up: no mail goes out.",
         "daybook settings set smtp HOST:PORT, or: set mail sendmail");
  }
  // What outside checks need and a real journal does not.
  if (!settings.rates)
    Warn(all, "rates", "Limits on posting are off.", "daybook settings set rates on");
  if (!settings.fetch_allow.empty()) {
    Warn(all, "fetch.allow",
         "Ports of this machine may be fetched from: " + settings.fetch_allow + ".",
         "Take the line fetch.allow out of daybook.conf.");
  }
  if (settings.comments_hold == journal::Hold::kNone) {
    Warn(all, "comments.hold", "Comments of strangers appear at once.",
         "daybook settings set comments.hold first");
  }
  if (settings.proxy_trust) {
    Warn(all, "proxy.trust", "X-Forwarded-Proto and X-Forwarded-For are believed.",
         "Right behind a proxy of your own; else: daybook settings set proxy.trust off");
  }
}

void CheckWork(Findings& all, journal::Journal& opened) {
  constexpr journal::Seconds kLong = 3600;
  const journal::Seconds now = std::time(nullptr);
  if (const auto program = journal::WorkProgram(opened.home)) {
    Good(all, "daybook-work", program->string());
  } else {
    Bad(all, "daybook-work",
        "The program that sends mail and webmentions is neither in " +
            journal::ProgramFolder().string() + " nor in " + opened.home.Private().string() +
            ", so nothing in the queue is done.",
        "Put daybook-work, of the same release, beside this program, with mode 0755.");
  }
  const journal::QueueCounts counts =
      opened.db.Read([&](sql::Tx& tx) { return journal::CountJobs(tx, now); });
  const auto oldest = opened.db.Read([&](sql::Tx& tx) { return journal::OldestDueJob(tx, now); });
  const journal::Seconds late = oldest ? now - *oldest : 0;
  const std::string text = Grouped(counts.waiting) + " waiting; the oldest is " +
                           Grouped(late / 60) + (late / 60 == 1 ? " minute" : " minutes") + " late";
  if (late > kLong) {
    Warn(all, "queue", text + ": nothing works on it.",
         "daybook work, and once in five minutes by cron: */5 * * * * daybook work --home '" +
             opened.home.root.string() + "'");
  } else {
    Good(all, "queue", counts.waiting == 0 ? "empty" : text);
  }
  if (counts.dead > 0) {
    Warn(all, "given up", Grouped(counts.dead) + " could not be done in three days.",
         "`daybook mentions list` shows webmentions that failed; the others were mails.");
  }
}

void CheckTheme(Findings& all, const journal::Home& home, const journal::Settings& settings) {
  const fs::path folder = home.Theme(settings.theme);
  std::error_code error;
  if (!settings.theme.empty() && !fs::is_directory(folder, error)) {
    Bad(all, "theme", "There is no folder " + folder.string() + ".",
        "Put the theme there, or: daybook settings set theme ''");
    return;
  }
  const std::vector<std::string> complaints =
      templates::ThemeComplaints({.language = settings.language, .theme = folder});
  for (const std::string& complaint : complaints) {
    Bad(all, "theme", complaint,
        "Mend that file in " + folder.string() +
            "; while a template cannot be used, Daybook's own look is shown.");
  }
  if (complaints.empty()) Good(all, "theme", folder.string());
}

void CheckPageStore(Findings& all, journal::Journal& opened) {
  std::optional<sql::Generation> live = opened.db.pages().Live();
  if (!live) {
    Good(all, "page store", "shut; pages are made when they are asked for");
    return;
  }
  int64_t rev =
      opened.db.Read([](sql::Tx& tx) { return tx.Int(sql::query::kReadRev).value_or(0); });
  if (live->rev == rev || !opened.db.pages().IsLive()) {
    Good(all, "page store", "open, edition " + std::to_string(live->rev));
  } else {
    Bad(all, "page store",
        "It holds edition " + std::to_string(live->rev) + ", but the journal is at " +
            std::to_string(rev) + ".",
        "Remove the folder " + (opened.home.Live()).string() + "; nothing is lost.");
  }
}

Findings Examine(const journal::Home& home) {
  Findings all;
  CheckFolder(all, "home", home.root, 0002, "0755");
  CheckFolder(all, "private", home.Private(), 0077, "0700");
  CheckFolder(all, "public", home.Public(), 0022, "0755");
  if (!journal::HasJournal(home)) {
    Bad(all, "database", "There is no journal in " + home.root.string() + ".", "daybook init");
    return all;
  }
  struct stat info;
  if (stat(home.Database().c_str(), &info) == 0 && (info.st_mode & 0007) != 0) {
    Warn(all, "database file",
         "Its mode is " + Octal(info.st_mode) + "; only its folder keeps others out.",
         "chmod 0600 '" + home.Database().string() + "'");
  }
  CheckDatabase(all, home);
  CheckDisk(all, home);
  try {
    journal::Journal opened = journal::OpenJournal(home);
    const journal::Settings settings = opened.Load();
    Good(all, "daybook.conf",
         std::to_string(opened.config.lines.size()) +
             (opened.config.lines.size() == 1 ? " line" : " lines"));
    CheckSettings(all, settings);
    CheckWork(all, opened);
    CheckTheme(all, home, settings);
    CheckClock(all, opened, settings.zone);
    CheckPageStore(all, opened);
  } catch (const text::ConfigError& error) {
    Bad(all, "set-up", error.what(), "Do what that says, then run this again.");
  } catch (const sql::DbError& error) {
    Bad(all, "opening", error.what(), "See the findings above.");
  }
  return all;
}

}  // namespace

int RunDoctor(const Arguments& arguments) {
  std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  static constexpr std::string_view kStates[] = {"good", "warning", "bad"};
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  bool bad = false;
  for (const Finding& finding : Examine(*home)) {
    std::string_view state = kStates[static_cast<size_t>(finding.state)];
    bad = bad || finding.state == Finding::State::kBad;
    if (arguments.Has("json")) {
      list.push_back({{"name", finding.name},
                      {"state", state},
                      {"text", finding.text},
                      {"mend", finding.mend}});
      continue;
    }
    Print(std::string(state) + std::string(9 - state.size(), ' ') + finding.name + ": " +
          finding.text);
    if (!finding.mend.empty()) Print("         " + finding.mend);
  }
  if (arguments.Has("json")) Print(list.dump(1));
  return bad ? kFailed : kDone;
}

}  // namespace daybook::cli
