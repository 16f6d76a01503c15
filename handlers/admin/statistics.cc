// Readers a day and of each entry, where they came from, and who follows by feed; or why that is
// not known.
#include "journal/statistics.h"

#include <fcntl.h>
#include <unistd.h>

#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/settings.h"
#include "handlers/comment_pages.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::Counted;
using templates::Block;

namespace {

constexpr std::string_view kPath = "/admin/statistics";
constexpr std::string_view kNames = "statistics.log";
constexpr journal::Seconds kMonth = 30 * 86400;
constexpr std::int64_t kShown = 20;

std::string DayName(const templates::Words& words, std::int64_t day) {
  const auto year = static_cast<int>(day / 10000), month = static_cast<int>(day / 100 % 100),
             of_month = static_cast<int>(day % 100);
  return words.Date({year, month, of_month, text::Weekday(year, month, of_month), 0, 0});
}

void AddDays(Page& page, const std::vector<journal::DayCount>& days, templates::WordKey title,
             templates::WordKey of) {
  if (days.empty()) return;
  const templates::Words& words = page.words();
  std::vector<Figure> figures;
  for (const journal::DayCount& day : days)
    figures.push_back({DayName(words, day.day), day.readers});
  AddFigures(AddPanel(page, words.Get(title)), words, words.Get(title),
             words.Get(word::kAdminStatisticsDay), words.Get(of), figures);
}

fcgi::Response Show(const Frame& frame, const Viewer& viewer, sql::Db& db,
                    const fcgi::Request& request, const TypedSettings& typed,
                    journal::Seconds now) {
  const templates::Words& words = frame.words();
  const journal::Config config = journal::LoadConfig(HomeOf(db).ConfigFile());
  SitePage page(frame, viewer, words.Get(word::kAdminSiteStatistics), kPath, !typed.wrong.empty());
  NoticeDone(page, request);
  db.Read([&](sql::Tx& tx) {
    const journal::Settings settings = journal::LoadSettings(tx, config);
    const std::int64_t since = journal::DayOf(now - kMonth, settings.zone);
    const journal::LogState state = journal::AccessLogState(tx);
    const auto days = journal::ReadersByDay(tx, Counted::kReaders, since);
    std::string about;
    if (settings.statistics_log.empty())
      about = words.Get(word::kAdminStatisticsOff);
    else if (state.problem == journal::LogProblem::kUnreadable)
      about = words.Get(word::kAdminStatisticsUnreadable);
    else if (state.problem == journal::LogProblem::kOtherFormat)
      about = words.Get(word::kAdminStatisticsFormat);
    else if (state.read_at == 0)
      about = words.Get(word::kAdminStatisticsWaiting);
    else
      about =
          words.Format(word::kAdminStatisticsAbout, {{"time", TimeOf(frame, state.read_at, now)}});
    AddPanel(page, "", about);
    if (!settings.statistics_log.empty() && days.empty() && state.read_at > 0 &&
        state.problem == journal::LogProblem::kNone)
      AddPanel(page, "", words.Get(word::kAdminStatisticsEmpty));
    AddDays(page, days, word::kAdminStatisticsDays, word::kAdminStatisticsReaders);
    std::vector<Figure> entries, referrers;
    for (const auto& one : journal::MostRead(tx, since, kShown))
      entries.push_back({one.name.empty() ? words.Get(word::kAdminUntitled) : one.name, one.readers,
                         frame.links.To(one.path)});
    for (const auto& one : journal::TopReferrers(tx, since, kShown))
      referrers.push_back({one.name, one.readers});
    if (!entries.empty())
      AddFigures(AddPanel(page, words.Get(word::kAdminStatisticsEntries)), words,
                 words.Get(word::kAdminStatisticsEntries), words.Get(word::kAdminStatisticsEntry),
                 words.Get(word::kAdminStatisticsReaders), entries);
    if (!referrers.empty())
      AddFigures(AddPanel(page, words.Get(word::kAdminStatisticsReferrers)), words,
                 words.Get(word::kAdminStatisticsReferrers), words.Get(word::kAdminStatisticsHost),
                 words.Get(word::kAdminStatisticsReaders), referrers);
    auto feeds = journal::ReadersByDay(tx, Counted::kFeed, since);
    if (feeds.size() > 7) feeds.resize(7);
    AddDays(page, feeds, word::kAdminStatisticsFeeds, word::kAdminStatisticsSubscribers);
    Block form = AddForm(AddPanel(page, words.Get(word::kAdminStatisticsSource)), frame, kPath);
    AddSettings(AddGroup(form), kNames, frame, settings, config, typed);
    AddButton(form, words.Get(word::kAdminStatisticsSave));
  });
  return page.Done(typed.wrong.empty() ? 200 : 422);
}

bool CanRead(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

}  // namespace

fcgi::Response StatisticsPage(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    return Show(frame, viewer, db, request, {}, now);
  };
  return {};
}

fcgi::Response StatisticsPost(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    const journal::Config config = journal::LoadConfig(HomeOf(db).ConfigFile());
    const auto fields = SettingFields(kNames, {"act"});
    TypedSettings typed = ReadSettings(ReadForm(request, fields), kNames, frame, config);
    for (const auto& [name, value] : typed.changed)
      if (!value.empty() && !CanRead(value))
        typed.wrong.emplace(name, frame.words().Get(word::kAdminStatisticsClosed));
    if (!typed.wrong.empty()) return Show(frame, viewer, db, request, typed, now);
    // Readers are told of it on /privacy.
    db.Write(sql::Publicity::kPublic,
             [&](sql::Tx& tx) { WriteSettings(tx, config, typed, viewer.person.id, now); });
    return fcgi::Redirect(303, frame.links.To(kPath, "?done=saved").view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
