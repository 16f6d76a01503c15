// The slices of a backup. All that one knows of those before it is in
// backups/.making/progress.json.
#include "work/backup.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "fcgi/http_error.h"
#include "handlers/app.h"
#include "journal/backups.h"
#include "journal/config.h"
#include "journal/settings.h"
#include "sql/filesystem.h"
#include "sql/lock.h"
#include "sql/snapshot.h"
#include "text/html_tokenizer.h"
#include "text/url.h"
#include "work/readable.h"
#include "work/zip.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostPages = 500'000;

std::string Bytes(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  return std::move(all).str();
}

void Put(const fs::path& file, std::string_view bytes) {
  const fs::path part = file.string() + ".part";
  {
    std::ofstream out(part, std::ios::binary);
    out << bytes;
    out.flush();
    if (!out) throw ZipTrouble{"The disk is full, so there is no new backup."};
  }
  fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(part, file);
}

// Regular files below a folder, as paths relative to it; links are not followed.
std::vector<std::string> FilesBelow(const fs::path& folder) {
  std::vector<std::string> all;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().filename().string().starts_with('.')) {
      if (at->is_directory(error)) at.disable_recursion_pending();
      continue;
    }
    if (at->is_regular_file(error) && !at->is_symlink(error))
      all.push_back(fs::relative(at->path(), folder).string());
  }
  std::sort(all.begin(), all.end());
  return all;
}

// The same bytes under a second name, or copied where that cannot be.
void LinkOrCopy(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path());
  fs::create_hard_link(from, to, error);
  if (!error) return;
  fs::copy_file(from, to, fs::copy_options::skip_existing, error);
}

// Lines that hold a password, or name what only this machine has, stay here.
std::string ConfWithoutSecrets(const fs::path& file) {
  std::istringstream lines(Bytes(file));
  std::string kept, line;
  while (std::getline(lines, line)) {
    std::string key = line.substr(0, line.find('='));
    key.erase(0, key.find_first_not_of(" \t"));
    key.erase(key.find_last_not_of(" \t\r") + 1);
    const journal::SettingDef* def = journal::FindSetting(key);
    const bool secret = line.find('=') != std::string::npos &&
                        (def == nullptr ? key.find("password") != std::string::npos
                                        : def->kind == journal::SettingDef::Kind::kSecret);
    if (!secret) kept += line + "\n";
  }
  return kept;
}

class Making {
 public:
  Making(const journal::Home& home, journal::Seconds now) : home_(home), now_(now) {}

  [[nodiscard]] fs::path Folder() const { return home_.Backups() / ".making"; }

  // What is there of an unfinished one; one that is too old is begun anew.
  void Resume() {
    constexpr journal::Seconds kStale = 86400;
    try {
      state_ = Json::parse(Bytes(Folder() / "progress.json"));
      at_ = state_.at("at").get<journal::Seconds>();
      if (at_ <= now_ && at_ + kStale > now_) return;
    } catch (const Json::exception&) {
    }
    fs::remove_all(Folder());
    Begin();
  }

  BackupSlice Slice(std::chrono::milliseconds budget,
                    const std::function<void(const BackupProgress&)>& show) {
    const auto until = Clock::now() + budget;
    const auto more = [&] { return Clock::now() < until; };
    if (state_.at("step") == "pages" && !Pages(more, show)) return Rest();
    if (state_.at("step") == "files" && !Files(more, show)) return Rest();
    return Finish();
  }

 private:
  [[nodiscard]] journal::Home Stage() const { return {Folder() / "home"}; }

  BackupSlice Rest() {
    Save();
    return {};
  }
  void Save() { Put(Folder() / "progress.json", state_.dump()); }

  void Begin() {
    at_ = now_;
    fs::create_directories(home_.Backups());
    fs::permissions(home_.Backups(), fs::perms::owner_all);
    const journal::Home stage = Stage();
    fs::create_directories(stage.Private());
    fs::permissions(Folder(), fs::perms::owner_all);
    fs::create_directories(stage.Media());
    // First the files, then the database: a picture that comes meanwhile is missed by both or is a
    // file too many, never one too few. One that goes meanwhile is kept by its second name.
    for (const std::string& file : FilesBelow(home_.Media()))
      LinkOrCopy(home_.Media() / file, stage.Media() / file);
    static_cast<void>(sql::TakeSnapshot(home_.Database(), stage.Database()));
    for (const std::string& file : FilesBelow(home_.Media())) {
      if (!fs::exists(stage.Media() / file)) LinkOrCopy(home_.Media() / file, stage.Media() / file);
    }
    sql::ForgetSecrets(stage.Database());
    for (const std::string& file : FilesBelow(home_.Theme())) {
      fs::create_directories((stage.Theme() / file).parent_path());
      fs::copy_file(home_.Theme() / file, stage.Theme() / file);
    }
    if (fs::exists(home_.ConfigFile()))
      Put(stage.ConfigFile(), ConfWithoutSecrets(home_.ConfigFile()));
    state_ = {{"at", at_},      {"step", "pages"},          {"next", 0},
              {"pages", {"/"}}, {"kept", Json::array()},    {"moved", Json::object()},
              {"manifest", ""}, {"left_out", Json::array()}};
    Save();
  }

  // What readers would have been sent at the moment of the copy.
  class Site {
   public:
    explicit Site(const journal::Home& stage, journal::Seconds at)
        : app_({stage, false, [at] { return at; }}) {
      const journal::Config config = journal::LoadConfig(stage.ConfigFile());
      const journal::Settings settings =
          app_.db().Read([&](sql::Tx& tx) { return journal::LoadSettings(tx, config); });
      place = {settings.Origin(), settings.BasePath()};
    }
    // `moved`: where the address leads now.
    std::optional<std::string> Get(const std::string& path, std::string_view type,
                                   std::string* moved = nullptr) {
      fcgi::Request request;
      request.path = path;
      request.prefix = place.prefix;
      request.raw_path = place.prefix + text::EncodePath(path);
      request.host = text::HostOf(place.origin + "/");
      request.https = place.origin.starts_with("https:");
      try {
        fcgi::Response response = app_.Handle(request);
        for (const fcgi::Header& header : response.headers) {
          if (moved != nullptr && header.name == "Location") *moved = header.value;
        }
        if (response.status != 200 || !response.content_type.starts_with(type)) return std::nullopt;
        return std::move(response.body);
      } catch (const fcgi::HttpError& error) {
        // What is not there is no page; what cannot be made would be missed without a word.
        if (error.status() >= 500)
          throw ZipTrouble{"The page " + path + " could not be made: " + error.what()};
        return std::nullopt;
      }
    }
    ReadableSite place;

   private:
    handlers::App app_;
  };

  template <typename More, typename Show>
  bool Pages(const More& more, const Show& show) {
    Site site(Stage(), at_);
    Json& pages = state_["pages"];
    std::size_t next = state_["next"].get<std::size_t>();
    std::set<std::string> seen;
    for (const Json& page : pages) seen.insert(page.get<std::string>());
    const auto add = [&](const std::string& path) {
      if (pages.size() < kMostPages && seen.insert(path).second) pages.push_back(path);
    };
    if (next == 0) {
      // Pages that nothing links to are named here.
      std::string fragment;
      std::vector<std::string> maps = {"/sitemap.xml"};
      for (std::size_t i = 0; i < maps.size(); ++i) {
        const auto xml = site.Get(maps[i], "");
        if (!xml) continue;
        for (std::size_t at = xml->find("<loc>"); at != std::string::npos;
             at = xml->find("<loc>", at + 1)) {
          const std::string link = xml->substr(at + 5, xml->find('<', at + 5) - at - 5);
          const auto own = OwnPath(site.place, "/", link, fragment);
          if (own && IsReadable(*own)) add(*own);
          if (own && own->ends_with(".xml") && *own != maps[i]) maps.push_back(*own);
        }
      }
      add("/archive");
      fs::create_directories(Folder() / "pages");
    }
    Put(Folder() / "site.json", Json({site.place.origin, site.place.prefix}).dump());
    do {
      if (next >= pages.size()) {
        state_["step"] = "files";
        state_["next"] = 0;
        Plan();
        Save();
        return true;
      }
      const auto path = pages[next].get<std::string>();
      std::string moved, fragment;
      const auto html = site.Get(path, "text/html", &moved);
      if (const auto own =
              moved.empty() ? std::nullopt : OwnPath(site.place, path, moved, fragment)) {
        state_["moved"][path] = *own;
        add(*own);
      }
      if (html) {
        Put(Folder() / "pages" / std::to_string(next), *html);
        state_["kept"].push_back(next);
        for (const std::string& link : ReadableLinks(site.place, path, *html)) add(link);
      }
      state_["next"] = ++next;
      if (show) show({"pages", next, pages.size()});
    } while (more());
    return false;
  }

  // What goes into the file, in its order: [name, source, page].
  void Plan() {
    Json plan = Json::array();
    const journal::Home stage = Stage();
    plan.push_back({"journal.db", stage.Database().string(), ""});
    if (fs::exists(stage.ConfigFile()))
      plan.push_back({"daybook.conf", stage.ConfigFile().string(), ""});
    for (const std::string& file : FilesBelow(stage.Theme()))
      plan.push_back({"theme/" + file, (stage.Theme() / file).string(), ""});
    for (const std::string& file : FilesBelow(stage.Media()))
      plan.push_back({"media/" + file, (stage.Media() / file).string(), ""});
    for (const std::string& file : FilesBelow(stage.Public() / "static")) {
      if (file.ends_with(".css") || file.ends_with(".ico"))
        plan.push_back(
            {"readable/static/" + file, (stage.Public() / "static" / file).string(), ""});
    }
    std::set<std::string> names;
    for (const Json& number : state_["kept"]) {
      const auto path = state_["pages"][number.get<std::size_t>()].get<std::string>();
      const std::string name = "readable/" + ReadableFile(path);
      if (names.insert(name).second)
        plan.push_back({name,
                        (Folder() / "pages" / std::to_string(number.get<std::size_t>())).string(),
                        path});
    }
    Put(Folder() / "plan.json", plan.dump());
  }

  template <typename More, typename Show>
  bool Files(const More& more, const Show& show) {
    const Json plan = Json::parse(Bytes(Folder() / "plan.json"));
    const Json where = Json::parse(Bytes(Folder() / "site.json"));
    const ReadableSite site{where.at(0).get<std::string>(), where.at(1).get<std::string>()};
    std::set<std::string> pages;
    for (const Json& number : state_["kept"])
      pages.insert(state_["pages"][number.get<std::size_t>()].get<std::string>());
    std::set<std::string> names;
    for (const Json& item : plan) names.insert(item[0].get<std::string>());
    const ReadableTargets targets{
        [&](std::string path) {
          constexpr int kHops = 5;
          for (int hop = 0; hop < kHops && !pages.contains(path); ++hop)
            path = state_["moved"].value(path, "");
          return pages.contains(path) ? path : "";
        },
        [&](const std::string& name) { return names.contains("media/" + name); },
        [&](const std::string& name) { return names.contains("readable/static/" + name); }};
    std::size_t next = state_["next"].get<std::size_t>();
    auto manifest = state_["manifest"].get<std::string>();
    ZipWriter zip(Folder() / "unfinished.zip");
    bool first = true;
    for (; next < plan.size() && (first || more()); ++next, first = false) {
      const auto name = plan[next][0].get<std::string>();
      const auto source = plan[next][1].get<std::string>();
      const auto page = plan[next][2].get<std::string>();
      try {
        const std::string digest =
            page.empty() ? zip.AddFile(name, source)
                         : zip.AddBytes(name, MakeReadable(site, page, Bytes(source), targets));
        manifest += digest + "  " + name + "\n";
      } catch (const ZipTrouble& trouble) {
        // A file that cannot be read costs itself; a disk that is full, all.
        if (!name.starts_with("media/") || trouble.reason.find(source) == std::string::npos) throw;
        state_["left_out"].push_back(name);
      }
      if (show) show({"files", next + 1, plan.size()});
    }
    const bool all = next >= plan.size();
    if (all) zip.AddBytes("manifest.sha256", manifest);
    zip.Close();
    state_["next"] = next;
    state_["manifest"] = manifest;
    if (all) state_["step"] = "finish";
    Save();
    return all;
  }

  BackupSlice Finish() {
    char stamp[32];
    const auto seconds = static_cast<std::time_t>(at_);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::strftime(stamp, sizeof stamp, "%Y-%m-%d-%H%M%S", &parts);
    BackupSlice done{BackupSlice::Outcome::kFinished,
                     home_.Backups() / (std::string("daybook-") + stamp + ".zip"),
                     state_["left_out"].get<std::vector<std::string>>()};
    fs::rename(Folder() / "unfinished.zip", done.file);
    sql::SyncDirectory(home_.Backups());
    fs::remove_all(Folder());
    RotateBackups(home_);
    return done;
  }

  const journal::Home& home_;
  journal::Seconds now_, at_ = 0;
  Json state_;
};

}  // namespace

BackupSlice MakeBackupSlice(const journal::Home& home, journal::Seconds now,
                            std::chrono::milliseconds budget,
                            const std::function<void(const BackupProgress&)>& show) {
  fs::create_directories(home.Backups());
  const auto lock =
      sql::FileLock::Take(home.Backups() / ".making.lock", std::chrono::milliseconds(0));
  if (!lock) return {BackupSlice::Outcome::kOccupied, {}, {}};
  Making making(home, now);
  try {
    making.Resume();
    return making.Slice(budget, show);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(making.Folder(), ignored);
    throw;
  }
}

std::optional<BackupSlice> KeepSlice(const journal::Home& home, journal::Seconds now,
                                     std::chrono::milliseconds budget) {
  constexpr std::chrono::milliseconds kPause(500);
  auto next = Clock::now();
  const auto show = [&](const BackupProgress& p) {
    if (Clock::now() < next) return;
    next = Clock::now() + kPause;
    journal::NoteBackupStep(home, {p.step == "files", static_cast<std::int64_t>(p.done),
                                   static_cast<std::int64_t>(p.total)});
  };
  std::string why;
  try {
    BackupSlice slice = MakeBackupSlice(home, now, budget, show);
    if (slice.outcome == BackupSlice::Outcome::kFinished) journal::NoteNothingWasKept(home, "");
    return slice;
  } catch (const ZipTrouble& trouble) {
    why = trouble.reason;
  } catch (const std::exception& error) {  // of the file system, the store or the settings
    why = error.what();
  }
  std::fprintf(stderr, "daybook-work: no backup: %s\n", why.c_str());
  journal::NoteNothingWasKept(home, why);
  return std::nullopt;
}

std::vector<bool> KeptBackups(const std::vector<journal::Seconds>& newest_first) {
  constexpr std::size_t kDays = 7, kWeeks = 4, kMonths = 12;
  std::vector<bool> kept(newest_first.size());
  std::set<long> days, weeks, months;
  const auto first_of = [](std::set<long>& seen, std::size_t most, long which) {
    return seen.size() < most && seen.insert(which).second;
  };
  for (std::size_t i = 0; i < newest_first.size(); ++i) {
    const auto seconds = static_cast<std::time_t>(newest_first[i]);
    std::tm at{};
    gmtime_r(&seconds, &at);
    const long day = static_cast<long>(seconds / 86400);
    const bool of_day = first_of(days, kDays, day);
    const bool of_week = first_of(weeks, kWeeks, (day + 3) / 7);
    const bool of_month = first_of(months, kMonths, at.tm_year * 12L + at.tm_mon);
    kept[i] = of_day || of_week || of_month;
  }
  return kept;
}

void RotateBackups(const journal::Home& home) {
  std::vector<journal::KeptFile> all = journal::BackupsOf(home);
  std::vector<journal::Seconds> times;
  for (const journal::KeptFile& backup : all) times.push_back(backup.at);
  const std::vector<bool> kept = KeptBackups(times);
  std::uintmax_t together = 0;
  const std::int64_t free = std::max<std::int64_t>(sql::FreeBytes(home.Backups()), 0);
  for (const journal::KeptFile& backup : all) together += backup.bytes;
  std::uintmax_t room = (static_cast<std::uintmax_t>(free) + together) / 2;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool fits = all[i].bytes <= room;
    if (i == 0 || (kept[i] && fits)) {
      room -= std::min(room, all[i].bytes);
    } else {
      std::error_code ignored;
      fs::remove(all[i].file, ignored);
    }
  }
}

bool BackupIsDue(const journal::Home& home, journal::Seconds now) {
  constexpr journal::Seconds kDay = 86400;
  std::error_code error;
  if (fs::exists(home.Backups() / ".making" / "progress.json", error)) return true;
  const std::vector<journal::KeptFile> all = journal::BackupsOf(home);
  return all.empty() || all.front().at + kDay <= now || all.front().at > now + kDay;
}

}  // namespace daybook::work
