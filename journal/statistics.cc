// Reading and counting of statistics.h.
#include "journal/statistics.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "sql/db.h"
#include "sql/queries/statistics.h"
#include "sql/tx.h"
#include "text/dates.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr std::size_t kChunk = 128 << 10;
constexpr Seconds kPause = 600, kKept = 396 * 86400;
constexpr std::int64_t kReferrersADay = 200;

class File {
 public:
  explicit File(const std::string& path)
      : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    struct stat info {};
    if (fd_ < 0 || fstat(fd_, &info) != 0 || !S_ISREG(info.st_mode)) return;
    id_ = std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
    size_ = info.st_size;
    // A new log often gets the number of the one that was just packed and removed; its first line
    // is of another moment.
    const std::string head = Read(0, 4096);
    const std::string_view first = std::string_view(head).substr(0, head.find('\n'));
    const std::size_t from = first.find('[');
    if (first.size() < head.size() && from != first.npos)
      id_.append(":").append(first.substr(from + 1, first.find(']') - from - 1));
  }
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  const std::string& id() const { return id_; }  // empty: no file
  std::int64_t size() const { return size_; }
  std::string Read(std::int64_t at, std::size_t most = kChunk) const {
    std::string bytes(most, '\0');
    const ssize_t n = pread(fd_, bytes.data(), bytes.size(), at);
    bytes.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return bytes;
  }

 private:
  int fd_;
  std::string id_;
  std::int64_t size_ = 0;
};

std::string Lower(std::string_view s) {
  std::string lower(s);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

// "19/Mar/2026:08:15:00 +0100"
std::optional<Seconds> ParseTime(std::string_view s) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (s.size() != 26 || s[2] != '/' || s[6] != '/' || s[11] != ':' || s[20] != ' ')
    return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) {
    int n = -1;
    const auto [end, error] = std::from_chars(s.data() + at, s.data() + at + size, n);
    return error == std::errc() && end == s.data() + at + size ? n : -1;
  };
  const std::size_t month = kMonths.find(s.substr(3, 3));
  text::LocalTime time;
  time.day = number(0, 2);
  time.month = month == std::string_view::npos ? -1 : static_cast<int>(month / 3) + 1;
  time.year = number(7, 4);
  time.hour = number(12, 2);
  time.minute = number(15, 2);
  time.second = number(18, 2);
  const int hours = number(22, 2), minutes = number(24, 2);
  if (std::min({time.month, time.hour, time.minute, time.second, hours, minutes}) < 0 ||
      !text::IsRealDate(time.year, time.month, time.day) || (s[21] != '+' && s[21] != '-'))
    return std::nullopt;
  const int offset = (hours * 60 + minutes) * 60;
  return text::FromOffset(time, s[21] == '-' ? -offset : offset);
}

struct State {
  std::string file, key;
  std::int64_t at = 0, day = 0;
  Seconds read_at = 0;
  LogProblem problem = LogProblem::kNone;
};

State LoadState(sql::Tx& tx) {
  State state;
  sql::Rows row = tx.Query(query::kStatisticState);
  if (!row.Step()) return state;
  state.file = row.String(0);
  state.at = row.Int(1);
  state.day = row.Int(2);
  state.key = row.String(3);
  state.read_at = row.Int(4);
  state.problem = row.As<LogProblem>(5);
  return state;
}

void PutState(sql::Tx& tx, const State& s) {
  tx.Exec(query::kStatisticPutState, s.file, s.at, s.day, s.key, s.read_at, s.problem);
}

class Counter {
 public:
  Counter(sql::Tx& tx, const Settings& settings, State& state, std::int64_t oldest)
      : tx_(tx),
        settings_(settings),
        state_(state),
        oldest_(oldest),
        own_(text::HostOf(settings.url)),
        base_(settings.BasePath()) {}

  void Count(const AccessLine& line) {
    if (line.method != "GET" || (line.status != 200 && line.status != 304)) return;
    const auto raw = text::DecodePath(line.target.substr(0, line.target.find_first_of("?#")));
    if (!raw || !raw->starts_with(base_)) return;
    const std::string path = raw->substr(base_.size());
    const bool feed =
        path.ends_with("/rss.xml") || path.ends_with("/atom.xml") || path.ends_with("/feed.json");
    if (!feed && (!IsPage(path) || IsBot(line.agent))) return;
    BeginDay(DayOf(line.at, settings_.zone));
    if (state_.day < oldest_) return;
    if (feed) return CountFeed(line);
    Once(Counted::kReaders, "", line);
    if (const auto entry = tx_.Int(query::kStatisticEntry, path))
      Once(Counted::kEntry, std::to_string(*entry), line);
    CountReferrer(line);
  }

 private:
  static bool IsPage(std::string_view path) {
    if (path.empty() || path[0] != '/') return false;
    const std::string_view last = path.substr(path.rfind('/') + 1);
    if (last.find('.') != std::string_view::npos && !last.ends_with(".html")) return false;
    const std::string_view first = path.substr(1, path.find('/', 1) - 1);
    constexpr std::string_view kNone[] = {"admin",      "static",  "media",      "live",
                                          "webmention", "comment", ".well-known"};
    return std::find(std::begin(kNone), std::end(kNone), first) == std::end(kNone);
  }

  // Lines that were finished late belong to the day that is open.
  void BeginDay(std::int64_t day) {
    if (day <= state_.day && !state_.key.empty()) return;
    state_.day = day;
    std::array<unsigned char, crypto_generichash_KEYBYTES> key;
    randombytes_buf(key.data(), key.size());
    char hex[2 * crypto_generichash_KEYBYTES + 1];
    sodium_bin2hex(hex, sizeof hex, key.data(), key.size());
    state_.key = hex;
    tx_.Exec(query::kStatisticForgetSeen);
  }

  bool IsNew(Counted kind, std::string_view subject, const AccessLine& line) {
    std::string who = std::to_string(static_cast<int>(kind));
    for (const std::string_view part : {subject, line.address, line.agent})
      who.append(1, '\n').append(part);
    std::array<unsigned char, 16> mark;
    crypto_generichash(mark.data(), mark.size(), reinterpret_cast<const unsigned char*>(who.data()),
                       who.size(), reinterpret_cast<const unsigned char*>(state_.key.data()),
                       std::min<std::size_t>(state_.key.size(), crypto_generichash_KEYBYTES_MAX));
    char hex[33];
    sodium_bin2hex(hex, sizeof hex, mark.data(), mark.size());
    return tx_.Exec(query::kStatisticSee, std::string_view(hex)) > 0;
  }

  void Once(Counted kind, const std::string& subject, const AccessLine& line) {
    if (IsNew(kind, subject, line)) tx_.Exec(query::kStatisticAdd, state_.day, kind, subject, 1);
  }

  void CountFeed(const AccessLine& line) {
    const std::int64_t said = SubscribersSaid(line.agent);
    if (said == 0) return Once(Counted::kFeed, "", line);
    const std::string name(
        line.agent.substr(0, std::min<std::size_t>(40, line.agent.find_first_of("/ ;("))));
    if (HasRoom(Counted::kFeed, name))
      tx_.Exec(query::kStatisticAtLeast, state_.day, Counted::kFeed, name, said);
  }

  void CountReferrer(const AccessLine& line) {
    if (!line.referrer.starts_with("http")) return;
    const auto host = text::NormalHost(text::HostOf(line.referrer));
    if (!host || *host == own_ || host->size() > 100) return;
    if (HasRoom(Counted::kReferrer, *host)) Once(Counted::kReferrer, *host, line);
  }

  // Nobody fills the table with names that were made up.
  bool HasRoom(Counted kind, std::string_view name) {
    return tx_.Int(query::kStatisticSubjects, state_.day, kind).value_or(0) < kReferrersADay ||
           tx_.Has(query::kStatisticHas, state_.day, kind, name);
  }

  sql::Tx& tx_;
  const Settings& settings_;
  State& state_;
  std::int64_t oldest_;
  std::string own_, base_;
};

}  // namespace

std::optional<AccessLine> ParseAccessLine(std::string_view line) {
  AccessLine read;
  read.address = line.substr(0, line.find(' '));
  const std::size_t open = line.find(" ["), close = line.find("] \"");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return std::nullopt;
  const auto at = ParseTime(line.substr(open + 2, close - open - 2));
  if (!at) return std::nullopt;
  read.at = *at;
  // A quoted part; servers write a quote within as \" or \x22.
  std::string_view rest = line.substr(close + 2);
  const auto quoted = [&rest]() -> std::optional<std::string_view> {
    const std::size_t from = rest.find('"');
    if (from == std::string_view::npos) return std::nullopt;
    std::size_t end = from + 1;
    while (end < rest.size() && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
    if (end >= rest.size()) return std::nullopt;
    const std::string_view part = rest.substr(from + 1, end - from - 1);
    rest.remove_prefix(end + 1);
    return part;
  };
  const auto request = quoted();
  if (!request) return std::nullopt;
  const std::size_t first = request->find(' '), last = request->rfind(' ');
  if (first != std::string_view::npos && last > first) {
    read.method = request->substr(0, first);
    read.target = request->substr(first + 1, last - first - 1);
  }
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  if (std::from_chars(rest.data(), rest.data() + std::min<std::size_t>(3, rest.size()), read.status)
          .ec != std::errc())
    return std::nullopt;
  const auto referrer = quoted();
  const auto agent = quoted();
  if (!referrer || !agent) return std::nullopt;
  read.referrer = *referrer;
  read.agent = *agent;
  return read;
}

bool IsBot(std::string_view agent) {
  if (agent.size() < 8) return true;  // "-", or nothing that a browser would say
  const std::string lower = Lower(agent);
  for (const std::string_view sign :
       {"bot",      "crawl",   "spider",     "slurp",      "curl/", "wget",    "python",
        "java/",    "go-http", "httpclient", "monitor",    "scan",  "preview", "fetch",
        "headless", "libwww",  "http://",    "https://",   "perl",  "ruby",    "php/",
        "okhttp",   "feed",    "rss",        "lighthouse", "archiv"}) {
    if (lower.find(sign) != std::string::npos) return true;
  }
  return false;
}

std::int64_t SubscribersSaid(std::string_view agent) {
  const std::size_t word = agent.find(" subscriber");
  if (word == std::string_view::npos) return 0;
  std::size_t from = word;
  while (from > 0 && agent[from - 1] >= '0' && agent[from - 1] <= '9') --from;
  std::int64_t said = 0;
  std::from_chars(agent.data() + from, agent.data() + word, said);
  return std::clamp<std::int64_t>(said, 0, 1'000'000);
}

bool ReadAccessLog(sql::Db& db, const Settings& settings, Seconds now) {
  if (settings.statistics_log.empty() || sodium_init() < 0) return false;
  const State before = db.Read([](sql::Tx& tx) { return LoadState(tx); });
  if (before.read_at <= now && now < before.read_at + kPause) return false;
  const File current(settings.statistics_log);
  const File rotated(settings.statistics_log + ".1");
  const bool of_rotated = !rotated.id().empty() && rotated.id() == before.file &&
                          rotated.id() != current.id() && before.at < rotated.size();
  const File& file = of_rotated ? rotated : current;
  std::int64_t at = before.file == file.id() && before.at <= file.size() ? before.at : 0;
  std::string bytes = file.id().empty() ? std::string() : file.Read(at);
  std::size_t whole = bytes.rfind('\n') + 1;                       // npos + 1 is 0
  if (whole == 0 && bytes.size() == kChunk) whole = bytes.size();  // no line is as long
  // The last line of a file that nobody writes to any more.
  if (whole == 0 && of_rotated) whole = bytes.size();
  const bool more = whole > 0;
  const Seconds oldest = now - kKept;
  db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    State state = LoadState(tx);
    if (state.file != before.file || state.at != before.at) return;  // another worker was here
    Counter counter(tx, settings, state, DayOf(oldest, settings.zone));
    int lines = 0, good = 0;
    for (std::string_view rest = std::string_view(bytes).substr(0, whole); !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      if (const auto line = ParseAccessLine(rest.substr(0, end))) {
        ++good;
        counter.Count(*line);
      }
      ++lines;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (file.id().empty())
      state.problem = LogProblem::kUnreadable;
    else if (lines > 0)
      state.problem = good > 0 ? LogProblem::kNone : LogProblem::kOtherFormat;
    else if (state.problem == LogProblem::kUnreadable)
      state.problem = LogProblem::kNone;
    if (!file.id().empty()) {
      state.file = file.id();
      state.at = at + static_cast<std::int64_t>(whole);
    }
    if (!more) {
      state.read_at = now;
      tx.Exec(query::kStatisticForget, DayOf(oldest, settings.zone));
      if (state.day != DayOf(now, settings.zone)) {  // its day is over
        tx.Exec(query::kStatisticForgetSeen);
        state.key.clear();
      }
    }
    PutState(tx, state);
  });
  return more;
}

LogState AccessLogState(sql::Tx& tx) {
  const State state = LoadState(tx);
  return {state.read_at, state.problem};
}

std::vector<DayCount> ReadersByDay(sql::Tx& tx, Counted kind, std::int64_t since) {
  std::vector<DayCount> all;
  sql::Rows rows = tx.Query(query::kStatisticDays, kind, since);
  while (rows.Step()) all.push_back({rows.Int(0), rows.Int(1)});
  return all;
}

std::vector<NamedCount> MostRead(sql::Tx& tx, std::int64_t since, std::int64_t limit) {
  std::vector<NamedCount> all;
  sql::Rows rows = tx.Query(query::kStatisticTopEntries, Counted::kEntry, since, limit);
  while (rows.Step())
    all.push_back({rows.String(rows.Text(2).empty() ? 4 : 2), rows.String(3), rows.Int(1)});
  return all;
}

std::vector<NamedCount> TopReferrers(sql::Tx& tx, std::int64_t since, std::int64_t limit) {
  std::vector<NamedCount> all;
  sql::Rows rows = tx.Query(query::kStatisticTop, Counted::kReferrer, since, limit);
  while (rows.Step()) all.push_back({rows.String(0), "", rows.Int(1)});
  return all;
}

std::int64_t DayOf(Seconds at, std::string_view zone) {
  const text::LocalTime local = text::ToLocal(at, zone);
  return local.year * 10000 + local.month * 100 + local.day;
}

}  // namespace daybook::journal
