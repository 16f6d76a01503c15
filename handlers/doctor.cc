// The doctor's checks of machine, home and settings.
#include "handlers/doctor.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <optional>

#include "journal/backups.h"
#include "journal/counts.h"
#include "journal/jobs.h"
#include "journal/journal.h"
#include "journal/launch.h"
#include "journal/setup.h"
#include "sql/filesystem.h"
#include "sql/health.h"
#include "sql/lock.h"
#include "sql/queries/state.h"
#include "sql/queries/write_counts.h"
#include "sql/query.h"
#include "templates/admin_keys.h"
#include "templates/templates.h"
#include "text/config_error.h"
#include "text/dates.h"

namespace daybook::handlers {
namespace {

namespace fs = std::filesystem;
namespace word = templates::word;
using State = Finding::State;
using templates::WordKey;
using Args = templates::Words::Args;

class Examination {
 public:
  explicit Examination(const templates::Words& words) : words_(words) {}

  // What is so, in words or as it is.
  void Good(std::string_view name, WordKey title, std::string text) {
    all_.push_back({std::string(name), State::kGood, words_.Get(title), std::move(text), ""});
  }
  void Look(std::string_view name, WordKey title, std::string text, std::string mend) {
    all_.push_back(
        {std::string(name), State::kLook, words_.Get(title), std::move(text), std::move(mend)});
  }
  void Bad(std::string_view name, WordKey title, std::string text, std::string mend) {
    all_.push_back(
        {std::string(name), State::kBad, words_.Get(title), std::move(text), std::move(mend)});
  }
  void Add(Findings findings) {
    for (Finding& finding : findings) all_.push_back(std::move(finding));
  }
  std::string Say(WordKey key, Args args = {}) const { return words_.Format(key, args); }
  const templates::Words& words() const { return words_; }
  Findings Take() { return std::move(all_); }

 private:
  const templates::Words& words_;
  Findings all_;
};

std::string Octal(unsigned mode) {
  std::string digits;
  for (unsigned rest = mode & 07777; rest > 0; rest /= 8)
    digits.insert(digits.begin(), static_cast<char>('0' + rest % 8));
  return "0" + digits;
}

std::string Quoted(const fs::path& path) { return "'" + path.string() + "'"; }

void CheckFolder(Examination& all, std::string_view name, WordKey title, const fs::path& folder,
                 unsigned forbidden, const std::string& mode) {
  struct stat info;
  const std::string shown = folder.string();
  if (stat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
    all.Bad(name, title, all.Say(word::kAdminDoctorFolderGone, {{"folder", shown}}),
            all.Say(word::kAdminDoctorFolderGoneMend,
                    {{"command", "mkdir -m " + mode + " " + Quoted(folder)}}));
    return;
  }
  const std::string is = Octal(info.st_mode);
  if ((info.st_mode & forbidden) != 0) {
    all.Bad(name, title, all.Say(word::kAdminDoctorFolderOpen, {{"folder", shown}, {"mode", is}}),
            "chmod " + mode + " " + Quoted(folder));
  } else if (access(folder.c_str(), W_OK | X_OK) != 0) {
    all.Bad(name, title, all.Say(word::kAdminDoctorFolderShut, {{"folder", shown}}),
            all.Say(word::kAdminDoctorFolderShutMend));
  } else {
    all.Good(name, title, all.Say(word::kAdminDoctorFolder, {{"folder", shown}, {"mode", is}}));
  }
}

// Also for owners without a shell; they must take the log away, too, since it belongs to what is
// damaged.
std::string HowToRestore(const Examination& all, const journal::Home& home) {
  const std::vector<journal::KeptFile> backups = journal::BackupsOf(home);
  const std::string root = Quoted(home.root);
  if (backups.empty())
    return all.Say(word::kAdminDoctorDatabaseMendElsewhere,
                   {{"folder", home.Backups().string()}, {"home", root}});
  return all.Say(word::kAdminDoctorDatabaseMend, {{"home", root},
                                                  {"file", Quoted(backups.front().file)},
                                                  {"database", home.Database().string()}});
}

void CheckDatabase(Examination& all, const journal::Home& home) {
  const std::string restore = HowToRestore(all, home);
  sql::Health health;
  try {
    health = sql::HealthOf(home.Database());
  } catch (const sql::DbError& error) {
    all.Bad("database", word::kAdminDoctorDatabase,
            all.Say(word::kAdminDoctorDatabaseUnread, {{"why", error.what()}}),
            error.kind() == sql::DbError::Kind::kCorrupt
                ? restore
                : all.Say(word::kAdminDoctorFolderShutMend));
    return;
  }
  if (!health.damage.empty()) {
    all.Bad("database", word::kAdminDoctorDatabase,
            all.Say(word::kAdminDoctorDatabaseDamaged, {{"why", health.damage}}), restore);
  } else {
    all.Good("database", word::kAdminDoctorDatabase, all.Say(word::kAdminDoctorDatabaseGood));
  }
  const int64_t wanted = sql::kMigrations.empty() ? 0 : sql::kMigrations.back().number;
  const std::string schema = std::to_string(health.schema);
  if (health.schema < wanted) {
    all.Bad(
        "schema", word::kAdminDoctorSchema,
        all.Say(word::kAdminDoctorSchemaOld, {{"n", schema}, {"wanted", std::to_string(wanted)}}),
        "daybook migrate");
  } else if (health.schema > wanted) {
    all.Bad("schema", word::kAdminDoctorSchema,
            all.Say(word::kAdminDoctorSchemaNew, {{"n", schema}}),
            all.Say(word::kAdminDoctorSchemaNewMend));
  } else {
    all.Good("schema", word::kAdminDoctorSchema,
             all.Say(word::kAdminDoctorSchemaGood, {{"n", schema}}));
  }
  const bool network = sql::IsOnNetwork(home.Database());
  if (network) {
    all.Look("file system", word::kAdminDoctorDiskKind, all.Say(word::kAdminDoctorDiskNetwork),
             all.Say(word::kAdminDoctorDiskNetworkMend));
  } else {
    all.Good("file system", word::kAdminDoctorDiskKind, all.Say(word::kAdminDoctorDiskLocal));
  }
  if (health.journal_mode == (network ? "delete" : "wal")) {
    all.Good("journal mode", word::kAdminDoctorMode, health.journal_mode);
  } else {
    all.Look("journal mode", word::kAdminDoctorMode,
             all.Say(word::kAdminDoctorModeChanged, {{"mode", health.journal_mode}}),
             all.Say(word::kAdminDoctorModeMend));
  }
  if (health.checkpoint_bug) {
    all.Look("sqlite", word::kAdminDoctorSqlite,
             all.Say(word::kAdminDoctorSqliteOld, {{"version", health.sqlite}}),
             all.Say(word::kAdminDoctorSqliteMend));
  } else {
    all.Good("sqlite", word::kAdminDoctorSqlite, health.sqlite);
  }
}

// Two holders of one lock are what must not be; a second descriptor is as good as a second process.
void CheckLocks(Examination& all, const journal::Home& home) {
  const fs::path file = home.Private() / "doctor.lock";
  bool holds = false;
  try {
    using std::chrono::milliseconds;
    const auto first = sql::FileLock::Take(file, milliseconds(2000));
    holds = first && !sql::FileLock::Take(file, milliseconds(0));
  } catch (const sql::DbError&) {
    // there are none
  }
  unlink(file.c_str());
  if (holds) {
    all.Good("locking", word::kAdminDoctorLocks, all.Say(word::kAdminDoctorLocksGood));
  } else {
    all.Bad("locking", word::kAdminDoctorLocks, all.Say(word::kAdminDoctorLocksNone),
            all.Say(word::kAdminDoctorLocksMend));
  }
}

void CheckDisk(Examination& all, const journal::Home& home) {
  constexpr int64_t kLittle = 200 << 20, kNothing = 20 << 20;
  const int64_t free = sql::FreeBytes(home.Private());
  const std::string megabytes = all.words().Number(free >> 20);
  const WordKey title = word::kAdminDoctorDisk;
  const std::string text = all.Say(word::kAdminDoctorDiskGood, {{"n", megabytes}});
  if (free < 0) {
    all.Look("disk", title, all.Say(word::kAdminDoctorDiskUnknown),
             all.Say(word::kAdminDoctorDiskUnknownMend));
  } else if (free < kNothing) {
    all.Bad("disk", title, all.Say(word::kAdminDoctorDiskNone, {{"n", megabytes}}),
            all.Say(word::kAdminDoctorDiskNoneMend));
  } else if (free < kLittle) {
    all.Look("disk", title, text, all.Say(word::kAdminDoctorDiskLittleMend));
  } else {
    all.Good("disk", title, text);
  }
}

void CheckClock(Examination& all, journal::Journal& opened, const std::string& zone) {
  if (text::ZoneKnown(zone) && (zone == "UTC" || text::ZoneKnown("Europe/Berlin"))) {
    all.Good("zone data", word::kAdminDoctorZone, zone);
  } else {
    all.Bad("zone data", word::kAdminDoctorZone,
            all.Say(word::kAdminDoctorZoneNone, {{"zone", zone}}),
            all.Say(word::kAdminDoctorZoneMend, {{"command", "daybook settings set zone UTC"}}));
  }
  const std::time_t now = std::time(nullptr);
  const journal::Seconds settled =
      opened.db.Read([](sql::Tx& tx) { return tx.Int(sql::query::kSettledAt).value_or(0); });
  const std::string shown = text::Rfc3339Date(now, zone);
  if (now + 300 < settled) {
    all.Bad("clock", word::kAdminDoctorClock,
            all.Say(word::kAdminDoctorClockLate,
                    {{"time", shown}, {"settled", text::Rfc3339Date(settled, zone)}}),
            all.Say(word::kAdminDoctorClockMend));
  } else {
    all.Good("clock", word::kAdminDoctorClock, shown);
  }
}

void CheckSettings(Examination& all, const journal::Settings& settings) {
  const WordKey url = word::kAdminDoctorUrl;
  const std::string set_url = "daybook settings set url https://…";
  if (settings.url.empty()) {
    all.Look("url", url, all.Say(word::kAdminDoctorUrlNone), set_url);
  } else if (!settings.url.starts_with("https://")) {
    all.Look("url", url, all.Say(word::kAdminDoctorUrlPlain, {{"url", settings.url}}),
             all.Say(word::kAdminDoctorUrlPlainMend, {{"command", set_url}}));
  } else {
    all.Good("url", url, settings.url);
  }
  // What outside checks need and a real journal does not.
  if (!settings.rates)
    all.Look("rates", word::kAdminDoctorRates, all.Say(word::kAdminDoctorRatesOff),
             "daybook settings set rates on");
  if (!settings.fetch_allow.empty())
    all.Look("fetch.allow", word::kAdminDoctorFetch,
             all.Say(word::kAdminDoctorFetchOn, {{"ports", settings.fetch_allow}}),
             all.Say(word::kAdminDoctorFetchMend));
  if (settings.comments_hold == journal::Hold::kNone)
    all.Look("comments.hold", word::kAdminDoctorHold, all.Say(word::kAdminDoctorHoldNone),
             "daybook settings set comments.hold first");
  if (settings.proxy_trust)
    all.Look("proxy.trust", word::kAdminDoctorProxy, all.Say(word::kAdminDoctorProxyOn),
             all.Say(word::kAdminDoctorProxyMend,
                     {{"command", "daybook settings set proxy.trust off"}}));
}

void CheckWork(Examination& all, journal::Journal& opened) {
  constexpr journal::Seconds kLong = 3600;
  const journal::Seconds now = std::time(nullptr);
  if (const auto program = journal::WorkProgram(opened.home)) {
    all.Good("daybook-work", word::kAdminDoctorWork, program->string());
  } else {
    all.Bad("daybook-work", word::kAdminDoctorWork,
            all.Say(word::kAdminDoctorWorkNone, {{"folder", journal::ProgramFolder().string()},
                                                 {"private", opened.home.Private().string()}}),
            all.Say(word::kAdminDoctorWorkMend));
  }
  const bool runs = sql::FileLock::IsHeld(opened.home.WorkerLock());
  all.Good("worker", word::kAdminDoctorWorker,
           all.Say(runs ? word::kAdminDoctorWorkerRuns : word::kAdminDoctorWorkerNone));
  const journal::QueueCounts counts =
      opened.db.Read([&](sql::Tx& tx) { return journal::CountJobs(tx, now); });
  const auto oldest = opened.db.Read([&](sql::Tx& tx) { return journal::OldestDueJob(tx, now); });
  const journal::Seconds late = oldest ? now - *oldest : 0;
  const std::string waiting = all.words().Number(counts.waiting);
  const std::string minutes = all.words().Number(late / 60);
  const std::string command = "daybook work --home " + Quoted(opened.home.root);
  if (late > kLong) {
    all.Look("queue", word::kAdminDoctorQueue,
             all.Say(word::kAdminDoctorQueueLate, {{"n", waiting}, {"minutes", minutes}}),
             all.Say(word::kAdminDoctorQueueMend,
                     {{"command", command}, {"cron", "*/5 * * * * " + command}}));
  } else {
    all.Good("queue", word::kAdminDoctorQueue,
             counts.waiting == 0
                 ? all.Say(word::kAdminDoctorQueueEmpty)
                 : all.Say(word::kAdminDoctorQueueWaits, {{"n", waiting}, {"minutes", minutes}}));
  }
  if (counts.dead > 0)
    all.Look("given up", word::kAdminDoctorLost,
             all.Say(word::kAdminDoctorLostSome, {{"n", all.words().Number(counts.dead)}}),
             all.Say(word::kAdminDoctorLostMend, {{"command", "daybook mentions list"}}));
}

void CheckTheme(Examination& all, const journal::Home& home, const journal::Settings& settings) {
  const fs::path folder = home.Theme(settings.theme);
  const std::string shown = folder.string();
  std::error_code error;
  if (!settings.theme.empty() && !fs::is_directory(folder, error)) {
    all.Bad(
        "theme", word::kAdminDoctorTheme, all.Say(word::kAdminDoctorThemeNone, {{"folder", shown}}),
        all.Say(word::kAdminDoctorThemeNoneMend, {{"command", "daybook settings set theme ''"}}));
    return;
  }
  const std::vector<std::string> complaints =
      templates::ThemeComplaints({.language = settings.language, .theme = folder});
  for (const std::string& complaint : complaints)
    all.Bad("theme", word::kAdminDoctorTheme, complaint,
            all.Say(word::kAdminDoctorThemeMend, {{"folder", shown}}));
  if (complaints.empty()) all.Good("theme", word::kAdminDoctorTheme, shown);
}

void CheckPageStore(Examination& all, journal::Journal& opened) {
  const WordKey title = word::kAdminDoctorStore;
  const std::optional<sql::Generation> live = opened.db.pages().Live();
  if (!live) {
    all.Good("page store", title, all.Say(word::kAdminDoctorStoreShut));
    return;
  }
  const int64_t rev =
      opened.db.Read([](sql::Tx& tx) { return tx.Int(sql::query::kReadRev).value_or(0); });
  const std::string edition = std::to_string(live->rev);
  if (live->rev == rev || !opened.db.pages().IsLive()) {
    all.Good("page store", title, all.Say(word::kAdminDoctorStoreOpen, {{"n", edition}}));
  } else {
    all.Bad("page store", title,
            all.Say(word::kAdminDoctorStoreOld, {{"n", edition}, {"now", std::to_string(rev)}}),
            all.Say(word::kAdminDoctorStoreMend, {{"folder", opened.home.Live().string()}}));
  }
}

void CheckOwner(Examination& all, journal::Journal& opened, const journal::Settings& settings) {
  if (!opened.db.Read([](sql::Tx& tx) { return journal::SetupIsOpen(tx); })) return;
  all.Look(
      "owner", word::kAdminDoctorOwner, all.Say(word::kAdminDoctorOwnerNone),
      all.Say(word::kAdminDoctorOwnerMend, {{"address", settings.url + "/admin/setup"},
                                            {"file", journal::SetupCodeFile(opened.home).string()},
                                            {"command", "daybook init"}}));
}

}  // namespace

Findings Examine(const journal::Home& home, const templates::Words& words) {
  Examination all(words);
  CheckFolder(all, "home", word::kAdminDoctorHome, home.root, 0002, "0755");
  CheckFolder(all, "private", word::kAdminDoctorPrivate, home.Private(), 0077, "0700");
  CheckFolder(all, "public", word::kAdminDoctorPublic, home.Public(), 0022, "0755");
  if (!journal::HasJournal(home)) {
    all.Bad("database", word::kAdminDoctorDatabase,
            all.Say(word::kAdminDoctorDatabaseNone, {{"folder", home.root.string()}}),
            "daybook init");
    return all.Take();
  }
  struct stat info;
  if (stat(home.Database().c_str(), &info) == 0 && (info.st_mode & 0007) != 0)
    all.Look("database file", word::kAdminDoctorFile,
             all.Say(word::kAdminDoctorFileOpen, {{"mode", Octal(info.st_mode)}}),
             "chmod 0600 " + Quoted(home.Database()));
  CheckDatabase(all, home);
  CheckLocks(all, home);
  CheckDisk(all, home);
  try {
    journal::Journal opened = journal::OpenJournal(home);
    const journal::Settings settings = opened.Load();
    all.Good("daybook.conf", word::kAdminDoctorConf,
             words.Plural(word::kAdminDoctorConfLines,
                          static_cast<int64_t>(opened.config.lines.size())));
    CheckOwner(all, opened, settings);
    CheckSettings(all, settings);
    all.Add(opened.db.Read([&](sql::Tx& tx) { return ExamineMail(tx, settings, words); }));
    CheckWork(all, opened);
    CheckTheme(all, home, settings);
    CheckClock(all, opened, settings.zone);
    CheckPageStore(all, opened);
  } catch (const text::ConfigError& error) {
    all.Bad("set-up", word::kAdminDoctorSetup, error.what(), all.Say(word::kAdminDoctorSetupMend));
  } catch (const sql::DbError& error) {
    all.Bad("opening", word::kAdminDoctorOpening, error.what(),
            all.Say(word::kAdminDoctorOpeningMend));
  }
  return all.Take();
}

void SortBySeverity(Findings& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.state > b.state; });
}

}  // namespace daybook::handlers
