// A blank journal, its code, its first owner, the canary.
#include "journal/setup.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <vector>

#include "journal/account.h"
#include "journal/counts.h"
#include "journal/edit.h"
#include "journal/rates.h"
#include "journal/sign.h"
#include "sql/filesystem.h"
#include "sql/lock.h"
#include "sql/migrate.h"
#include "sql/queries/job.h"
#include "sql/queries/judge.h"
#include "sql/queries/settings.h"
#include "sql/queries/setup.h"
#include "sql/query.h"
#include "sql/tx.h"
#include "text/network.h"

namespace daybook::journal {
namespace {

namespace fs = std::filesystem;
namespace query = sql::query;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // no I, L, O, U
constexpr std::size_t kCode = 24, kGroup = 4;
constexpr std::size_t kFileMax = 8192;
constexpr Seconds kGoOn = 7200;
constexpr RateLimit kWrongCodes = {10, 10};
constexpr std::chrono::seconds kPatience(10);
// Notes among the settings.
constexpr std::string_view kBrowser = "setup.browser";  // "HASH since", of who goes on
constexpr std::string_view kUsedCode = "setup.used";    // "HASH since", of the code that was taken
constexpr std::string_view kDone = "setup.done";
constexpr std::string_view kCanary = "setup.canary";  // "name text"
constexpr std::string_view kCanaryPrefix = "canary-";

std::string NewCode() {
  if (sodium_init() < 0) std::abort();
  std::string code;
  for (std::size_t i = 0; i < kCode; ++i) {
    if (i > 0 && i % kGroup == 0) code += '-';
    code += kAlphabet[randombytes_uniform(kAlphabet.size())];
  }
  return code;
}

// The one form of a code; empty for what can be none.
std::string Normal(std::string_view typed) {
  std::string code;
  for (char c : typed) {
    if (c == '-' || c == ' ' || c == '\t' || c == '\r') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kAlphabet.find(c) == std::string_view::npos) return "";
    code += c;
  }
  return code.size() == kCode ? code : "";
}

bool WriteWhole(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return fsync(fd) == 0;
}

// Whole or not at all, for nobody but the owner of the process.
bool PutFile(const fs::path& file, std::string_view bytes) {
  const fs::path fresh = file.string() + ".new-" + std::to_string(getpid());
  unlink(fresh.c_str());
  const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool written = WriteWhole(fd, bytes);
  close(fd);
  if (written && rename(fresh.c_str(), file.c_str()) == 0) return true;
  unlink(fresh.c_str());
  return false;
}

// The code in the file's first line; empty without one.
std::string CodeIn(const fs::path& file) {
  const int fd = open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return "";
  std::string text(kFileMax, '\0');
  const ssize_t n = read(fd, text.data(), text.size());
  close(fd);
  text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
  std::string_view line = std::string_view(text).substr(0, text.find('\n'));
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);  // an editor's
  return Normal(line);
}

struct Mark {
  std::string hash;
  Seconds at = 0;
};
Mark MarkAt(sql::Tx& tx, std::string_view name) {
  const std::string text = tx.Text(query::kSetupNote, name).value_or("");
  const std::size_t blank = text.find(' ');
  if (blank == std::string::npos) return {};
  return {text.substr(0, blank), std::strtoll(text.c_str() + blank + 1, nullptr, 10)};
}
void PutMark(sql::Tx& tx, std::string_view name, std::string_view secret, Seconds now) {
  tx.Exec(query::kSettingPut, name, HashSessionToken(secret) + " " + std::to_string(now));
}
bool Fits(const Mark& mark, std::string_view secret) {
  const std::string hash = HashSessionToken(secret);
  return !secret.empty() && hash.size() == mark.hash.size() &&
         sodium_memcmp(hash.data(), mark.hash.data(), hash.size()) == 0;
}

// A folder that a journal was in has more than its empty rooms.
bool LooksUsed(const Home& home) {
  std::error_code error;
  for (const fs::path& room : {home.Backups(), home.Media()}) {
    const fs::directory_iterator first(room, error);
    if (!error && first != fs::directory_iterator()) return true;
  }
  // The lock is made by the first write of a journal in its place, and stays.
  return fs::exists(home.Database().string() + "-wal", error) ||
         fs::exists(home.Private() / "journal.lock", error);
}

// A small red picture with `text` as its comment (GIF89a): shown by every browser, whatever type a
// server gives it.
std::string RedPicture(std::string_view text) {
  using namespace std::literals;
  constexpr unsigned kWidth = 96, kHeight = 24;
  std::string gif = "GIF89a"s;
  const auto size = [&] { gif += {kWidth, 0, kHeight, 0}; };
  size();
  gif += "\x80\0\0\xc8\x10\x10\xff\xff\xff!\xfe"sv;
  gif += static_cast<char>(text.size());
  gif += text;
  gif += "\0,\0\0\0\0"sv;
  size();
  gif += "\0\2"sv;
  // Codes of three bits: "forget", then two pixels; so no code ever grows.
  std::string bytes;
  unsigned bits = 0, count = 0;
  const auto put = [&](unsigned code) {
    bits |= code << count;
    for (count += 3; count >= 8; count -= 8, bits >>= 8) bytes += static_cast<char>(bits & 0xff);
  };
  for (unsigned i = 0; i < kWidth * kHeight / 2; ++i) {
    for (const unsigned code : {4U, 0U, 0U}) put(code);
  }
  put(5);
  if (count > 0) bytes += static_cast<char>(bits);
  for (std::size_t at = 0; at < bytes.size(); at += 255) {
    const std::size_t n = std::min<std::size_t>(255, bytes.size() - at);
    gif += static_cast<char>(n);
    gif.append(bytes, at, n);
  }
  return gif + "\0;"s;
}

void RemoveCanaries(const Home& home) {
  std::error_code error;
  std::vector<fs::path> old;
  for (const auto& item : fs::directory_iterator(home.Private(), error)) {
    if (item.path().filename().string().starts_with(kCanaryPrefix)) old.push_back(item.path());
  }
  for (const fs::path& path : old) unlink(path.c_str());
}

}  // namespace

void BeginJournal(const Home& home, std::string_view note) {
  std::error_code error;
  if (HasJournal(home) || !fs::is_directory(home.root, error) || LooksUsed(home)) return;
  CreateRooms(home);
  const auto lock = sql::FileLock::Take(home.Private() / "setup.lock", kPatience);
  if (!lock || HasJournal(home)) return;
  // Made elsewhere and put in its place whole: whatever is killed when, a database that is there
  // is a journal.
  const fs::path room = home.Private() / "setup.new";
  fs::remove_all(room);
  fs::create_directory(room);
  fs::permissions(room, fs::perms::owner_all);
  const fs::path file = room / home.Database().filename();
  {
    const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) close(fd);
    sql::Db db = sql::Db::Open(file, sql::OpenMode::kCreate);
    sql::Migrate(db, sql::kMigrations);
    db.Write(sql::Publicity::kPublic,
             [](sql::Tx& tx) { tx.Exec(query::kSettingPut, kJournalId, NewGuid()); });
  }
  if (!WriteSetupCode(home, note))
    throw fs::filesystem_error("write", SetupCodeFile(home),
                               std::error_code(errno, std::generic_category()));
  fs::rename(file, home.Database());
  sql::SyncDirectory(home.Private());
  fs::remove_all(room, error);
}

bool SetupIsOpen(sql::Tx& tx) {
  return !tx.Has(query::kSetupHasOwner) && !tx.Has(query::kSettingIsSet, kDone);
}

bool IsBlank(sql::Tx& tx) { return SetupIsOpen(tx) && !tx.Has(query::kSetupHasEntry); }

bool IsBlank(const Home& home) {
  sql::Db db = sql::Db::Open(home.Database(), sql::OpenMode::kReadWrite);
  if (sql::StateOfSchema(db, sql::kMigrations) != sql::SchemaState::kCurrent) return false;
  return db.Read([](sql::Tx& tx) { return IsBlank(tx); });
}

fs::path SetupCodeFile(const Home& home) { return home.Private() / "SETUP-CODE.txt"; }

bool WriteSetupCode(const Home& home, std::string_view note) {
  return PutFile(SetupCodeFile(home), NewCode() + "\n\n" + std::string(note));
}

bool HasSetupCode(const Home& home) { return !CodeIn(SetupCodeFile(home)).empty(); }

void RemoveSetupCode(const Home& home) { unlink(SetupCodeFile(home).c_str()); }

bool IsSetupCode(const Home& home, std::string_view typed) {
  const std::string code = CodeIn(SetupCodeFile(home));
  std::string given = Normal(typed.substr(0, 200));
  const bool sized = !given.empty() && !code.empty();
  given.resize(kCode);
  std::string wanted = code;
  wanted.resize(kCode);
  return (sodium_memcmp(given.data(), wanted.data(), kCode) == 0) & sized;
}

CodeAnswer TakeSetupCode(sql::Tx& tx, const Home& home, const Settings& settings,
                         std::string_view typed, std::string_view address, std::string_view note,
                         Seconds now) {
  if (!SetupIsOpen(tx)) return {CodeOutcome::kClosed, "", 0};
  if (!HasSetupCode(home)) return {CodeOutcome::kNoFile, "", 0};
  if (IsSetupCode(home, typed)) {
    // First the file: killed in between, there is a code that nobody has used.
    if (!WriteSetupCode(home, note))
      throw std::system_error(errno, std::generic_category(), "the next code");
    CodeAnswer answer{CodeOutcome::kTaken, NewSessionToken(), now};
    PutMark(tx, kBrowser, answer.token, now);
    PutMark(tx, kUsedCode, Normal(typed), now);
    return answer;
  }
  const Mark used = MarkAt(tx, kUsedCode);
  if (Fits(used, Normal(typed.substr(0, 200)))) return {CodeOutcome::kUsed, "", used.at};
  if (!settings.rates) return {};
  const std::string network = text::NetworkOf(address);
  const std::string scope = "setup " + network;
  const Seconds opens = RateOpens(tx, scope, kWrongCodes, now);
  if (opens > now) return {CodeOutcome::kWait, "", opens};
  tx.Exec(query::kRateForget, now);
  CountRate(tx, scope, kWrongCodes, now);
  return {};
}

bool IsSettingUp(sql::Tx& tx, std::string_view token, Seconds now) {
  const Mark mark = MarkAt(tx, kBrowser);
  return Fits(mark, token) && mark.at + kGoOn > now;
}

std::optional<Seconds> SetUpElsewhere(sql::Tx& tx, std::string_view token, Seconds now) {
  const Mark mark = MarkAt(tx, kBrowser);
  if (mark.hash.empty() || Fits(mark, token) || mark.at + kGoOn <= now) return std::nullopt;
  return mark.at;
}

std::optional<Id> SetUpOwner(sql::Tx& tx, const Config& config, const NewJournal& fresh,
                             Seconds now) {
  if (!SetupIsOpen(tx)) return std::nullopt;
  const std::pair<std::string_view, const std::string&> values[] = {
      {"title", fresh.title}, {"url", fresh.url},           {"owner", fresh.owner},
      {"email", fresh.email}, {"language", fresh.language}, {"zone", fresh.zone},
  };
  for (const auto& [name, value] : values) {
    if (value.empty()) continue;
    const SetResult result = SetSetting(tx, config, name, value);
    // What daybook.conf locks is so already.
    if (result.outcome == SetOutcome::kRefused) throw ConfigError(result.message);
  }
  if (!tx.Has(query::kSettingIsSet, kJournalId)) tx.Exec(query::kSettingPut, kJournalId, NewGuid());
  tx.Exec(query::kTidiedPut, std::to_string(now));  // nothing is old yet
  AuthorDraft owner;
  owner.name = fresh.owner;
  owner.email = fresh.email;
  owner.role = 2;
  owner.may_publish = true;
  const Id id = UpsertAuthor(tx, owner, now);
  SetPassword(tx, id, fresh.password_hash);
  if (!tx.Has(query::kSetupHasSection)) {
    std::vector<SectionDraft> sections(4);
    sections[0].kind = SectionKind::kSearch;
    sections[1].kind = SectionKind::kComments;
    sections[2].kind = SectionKind::kArchive;
    sections[3].kind = SectionKind::kCategories;
    ReplaceSidebar(tx, sections);
  }
  tx.Exec(query::kSettingPut, kDone, std::to_string(now));
  tx.Exec(query::kSetupForget, kBrowser);
  tx.Exec(query::kSetupForget, kUsedCode);
  Settle(tx, now);
  return id;
}

bool PutCanary(sql::Tx& tx, const Home& home) {
  RemoveCanaries(home);
  const Canary canary{std::string(kCanaryPrefix) + RandomName() + ".gif", RandomName()};
  if (!PutFile(home.Private() / canary.name, RedPicture(canary.text))) return false;
  tx.Exec(query::kSettingPut, kCanary, canary.name + " " + canary.text);
  return true;
}

std::optional<Canary> CanaryOf(sql::Tx& tx) {
  const std::string note = tx.Text(query::kSetupNote, kCanary).value_or("");
  const std::size_t blank = note.find(' ');
  if (blank == std::string::npos) return std::nullopt;
  return Canary{note.substr(0, blank), note.substr(blank + 1)};
}

bool HostIsUnchecked(sql::Tx& tx) { return tx.Has(query::kSettingIsSet, kCanary); }

void EndSetup(sql::Tx& tx, const Home& home) {
  tx.Exec(query::kSetupForget, kCanary);
  RemoveCanaries(home);
  RemoveSetupCode(home);
}

}  // namespace daybook::journal
