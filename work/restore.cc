// Unpacking what anybody may have made, checking it, and putting it in the place of what is there.
#include "work/restore.h"

#include <sodium.h>

#include <array>
#include <cstring>
#include <ctime>
#include <fstream>
#include <map>
#include <sstream>

#include "journal/counts.h"
#include "journal/journal.h"
#include "sql/filesystem.h"
#include "sql/migrate.h"
#include "sql/page_store.h"
#include "sql/queries/export.h"
#include "sql/queries/write_counts.h"
#include "sql/query.h"
#include "sql/snapshot.h"
#include "work/zip.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;
namespace query = sql::query;

constexpr std::size_t kMostEntries = 2'000'000, kMostName = 1000;

// A folder of ours that is gone when we are.
class Scratch {
 public:
  explicit Scratch(fs::path folder) : folder_(std::move(folder)) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

// "a/b.jpg", and nothing that leads elsewhere or that some system reads otherwise.
bool IsPlainName(std::string_view name) {
  if (name.empty() || name.size() > kMostName || name.front() == '/') return false;
  std::size_t at = 0;
  while (at <= name.size()) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    const std::string_view part = name.substr(at, end - at);
    if (part.empty() || part == "." || part == ".." || part.starts_with('.')) return false;
    for (const char c : part) {
      if (static_cast<unsigned char>(c) < 32 || c == '\\' || c == 127) return false;
    }
    at = end + 1;
  }
  return true;
}

bool IsWanted(std::string_view name) {
  return name == "journal.db" || name == "daybook.conf" || name == "manifest.sha256" ||
         name.starts_with("media/") || name.starts_with("theme/");
}

std::map<std::string, std::string> ReadManifest(const fs::path& file) {
  constexpr std::size_t kDigits = 64;
  std::map<std::string, std::string> all;
  std::ifstream in(file);
  std::string line;
  while (std::getline(in, line)) {
    if (line.size() > kDigits + 2) all[line.substr(kDigits + 2)] = line.substr(0, kDigits);
  }
  return all;
}

// Unpacks what is wanted into `folder` and compares all of it with the manifest.
std::vector<std::string> Unpack(const fs::path& file, const fs::path& folder) {
  ZipReader zip(file);
  std::map<std::string, std::string> digests;
  std::int64_t room = sql::FreeBytes(folder);
  std::vector<std::string> wrong;
  ZipReader::Entry entry;
  std::size_t count = 0;
  while (zip.Next(entry)) {
    if (++count > kMostEntries) throw ZipTrouble{"It holds more files than any journal has."};
    if (entry.name.ends_with('/')) continue;
    if (!IsPlainName(entry.name)) {
      wrong.push_back("It holds a file with a name that no backup has: “" +
                      entry.name.substr(0, 80) + "”.");
      continue;
    }
    if (digests.contains(entry.name)) {
      wrong.push_back("It holds “" + entry.name + "” twice.");
      continue;
    }
    const bool wanted = IsWanted(entry.name);
    std::ofstream out;
    const fs::path target = folder / entry.name;
    if (wanted) {
      room -= static_cast<std::int64_t>(entry.bytes);
      if (room < 0) throw ZipTrouble{"There is not enough room on the disk to unpack it."};
      fs::create_directories(target.parent_path());
      out.open(target, std::ios::binary);
    }
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    try {
      zip.Read([&](std::string_view bytes) {
        crypto_hash_sha256_update(&hash, reinterpret_cast<const unsigned char*>(bytes.data()),
                                  bytes.size());
        if (wanted) out << bytes;
      });
    } catch (const ZipTrouble& trouble) {
      wrong.push_back(trouble.reason);
      digests[entry.name] = "";
      continue;
    }
    if (wanted) {
      out.close();
      if (!out) throw ZipTrouble{"There is not enough room on the disk to unpack it."};
    }
    std::array<unsigned char, crypto_hash_sha256_BYTES> raw;
    crypto_hash_sha256_final(&hash, raw.data());
    std::array<char, 2 * raw.size() + 1> digits;
    sodium_bin2hex(digits.data(), digits.size(), raw.data(), raw.size());
    digests[entry.name] = digits.data();
  }
  if (!digests.contains("journal.db"))
    throw ZipTrouble{file.string() + " is no backup of a journal: it holds no journal.db."};
  if (!digests.contains("manifest.sha256")) {
    wrong.emplace_back("It holds no manifest.sha256, so it is not whole.");
    return wrong;
  }
  for (const auto& [name, digest] : ReadManifest(folder / "manifest.sha256")) {
    const auto found = digests.find(name);
    if (found == digests.end()) {
      wrong.push_back("“" + name + "” is missing in it.");
    } else if (found->second != digest && !found->second.empty()) {
      wrong.push_back("“" + name + "” in it is not what was put in.");
    }
  }
  return wrong;
}

std::string Stamp(journal::Seconds now) {
  std::array<char, 32> text;
  const auto seconds = static_cast<std::time_t>(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::strftime(text.data(), text.size(), "%Y-%m-%d-%H%M%S", &parts);
  return text.data();
}

// Moves a folder, over the borders of disks too.
void Move(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path());
  fs::rename(from, to, error);
  if (!error) return;
  fs::copy(from, to, fs::copy_options::recursive);
  fs::remove_all(from);
}

bool HasFiles(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder, error) && !fs::is_empty(folder, error) && !error;
}

std::string DigestOf(const fs::path& file) {
  constexpr std::size_t kDigest = 16;  // as journal/media_store.cc takes it
  std::ifstream in(file, std::ios::binary);
  crypto_generichash_state hash;
  crypto_generichash_init(&hash, nullptr, 0, kDigest);
  std::string buffer(256 << 10, '\0');
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    crypto_generichash_update(&hash, reinterpret_cast<const unsigned char*>(buffer.data()),
                              static_cast<unsigned long long>(in.gcount()));
  std::array<unsigned char, kDigest> raw;
  crypto_generichash_final(&hash, raw.data(), raw.size());
  std::array<char, 2 * kDigest + 1> digits;
  sodium_bin2hex(digits.data(), digits.size(), raw.data(), raw.size());
  return digits.data();
}

void CheckMedia(sql::Tx& tx, const journal::Home& home, CheckReport& report) {
  sql::Rows rows = tx.Query(query::kExportMedia);
  while (rows.Step()) {
    ++report.files;
    const std::string path = rows.String(1), mime = rows.String(2), digest = rows.String(9);
    std::error_code error;
    const fs::path file = home.Media() / path;
    const std::uintmax_t bytes = fs::file_size(file, error);
    if (error) {
      report.problems.push_back("The file media/" + path + " is missing.");
    } else if (bytes != static_cast<std::uintmax_t>(rows.Int(3))) {
      report.problems.push_back("The file media/" + path + " has " + std::to_string(bytes) +
                                " bytes; the journal says " + std::to_string(rows.Int(3)) + ".");
    } else if (!digest.empty() && !mime.starts_with("image/") && DigestOf(file) != digest) {
      report.problems.push_back("The file media/" + path + " is not what was uploaded.");
    }
  }
}

std::vector<std::string> KeptCounts(sql::Tx& tx) {
  std::vector<std::string> lines;
  sql::Rows rows = tx.Query(query::kKeptCounts);
  while (rows.Step()) lines.push_back(rows.String(0));
  return lines;
}

// Of a copy in a folder of its own. Settled first, as a page would have: a moment that has passed
// since the last write is no mistake.
void CheckCounts(sql::Db& copy, journal::Seconds now, std::vector<std::string>& problems) {
  copy.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { journal::Settle(tx, now); });
  const auto before = copy.Read(sql::Reading::kLong, [](sql::Tx& tx) { return KeptCounts(tx); });
  const auto after = copy.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    journal::RecountAll(tx, now);
    return KeptCounts(tx);
  });
  for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
    if (before[i] == after[i]) continue;
    problems.push_back("A kept count is wrong: “" + before[i] + "”, counted anew “" + after[i] +
                       "”.");
    if (problems.size() > 40) return;
  }
}

}  // namespace

std::vector<std::string> ComplaintsAboutBackup(const fs::path& file, const fs::path& scratch) {
  const Scratch folder(scratch);
  std::vector<std::string> wrong = Unpack(file, folder.folder());
  if (wrong.empty()) wrong = sql::Complaints(folder.folder() / "journal.db");
  return wrong;
}

CheckReport CheckJournal(const journal::Home& home, journal::Seconds now) {
  CheckReport report;
  const Scratch folder(home.Private() / ".checking");
  const fs::path copy = folder.folder() / "journal.db";
  try {
    static_cast<void>(sql::TakeSnapshot(home.Database(), copy));
  } catch (const sql::DbError& error) {
    if (error.kind() == sql::DbError::Kind::kFull) throw;
    report.problems.push_back(std::string("The database cannot be read: ") + error.what() + ".");
    return report;
  }
  report.problems = sql::Complaints(copy);
  if (!report.problems.empty()) return report;
  sql::Db db = sql::Db::Open(copy, sql::OpenMode::kReadWrite);
  if (sql::StateOfSchema(db, sql::kMigrations) != sql::SchemaState::kCurrent) {
    report.problems.emplace_back(
        "The journal was last used with another edition of Daybook; `daybook migrate` helps.");
    return report;
  }
  CheckCounts(db, now, report.problems);
  db.Read(sql::Reading::kLong, [&](sql::Tx& tx) {
    report.entries = tx.Int(query::kExportCountEntries).value_or(0);
    report.comments = tx.Int(query::kExportCountComments).value_or(0);
    CheckMedia(tx, home, report);
  });
  return report;
}

Restored RestoreBackup(const journal::Home& home, const fs::path& file, journal::Seconds now) {
  journal::CreateRooms(home);
  const Scratch folder(home.Private() / ".restoring");
  std::vector<std::string> wrong = Unpack(file, folder.folder());
  const fs::path database = folder.folder() / "journal.db";
  if (wrong.empty()) wrong = sql::Complaints(database);
  if (!wrong.empty())
    throw ZipTrouble{wrong.front() + (wrong.size() == 1 ? "" : " And more is wrong with it.") +
                     " Nothing was changed."};
  Restored done;
  {
    sql::Db db = sql::Db::Open(database, sql::OpenMode::kReadWrite);
    switch (sql::StateOfSchema(db, sql::kMigrations)) {
      case sql::SchemaState::kCurrent:
        break;
      case sql::SchemaState::kNewer:
        throw ZipTrouble{
            "It was made by a newer Daybook. Restore it with that one. Nothing was "
            "changed."};
      case sql::SchemaState::kOlder:
        if (db.SchemaVersion() == 0)
          throw ZipTrouble{"Its journal.db holds no journal. Nothing was changed."};
        sql::Migrate(db, sql::kMigrations);
        done.migrated = true;
    }
    // As one file without a log, which the copying below reads.
    db.Close();
  }
  if (journal::HasJournal(home) || HasFiles(home.Media())) {
    done.kept = home.Backups() / ("before-restore-" + Stamp(now));
    for (int n = 2; fs::exists(done.kept); ++n)
      done.kept = home.Backups() / ("before-restore-" + Stamp(now) + "-" + std::to_string(n));
    fs::create_directories(done.kept);
    fs::permissions(done.kept, fs::perms::owner_all);
  }
  bool replaceable = false;
  if (journal::HasJournal(home)) {
    try {
      static_cast<void>(sql::TakeSnapshot(home.Database(), done.kept / "journal.db"));
      replaceable = true;
    } catch (const sql::DbError& error) {
      if (error.kind() != sql::DbError::Kind::kCorrupt) throw;
      // What cannot be read is kept as it lies there.
      for (const char* tail : {"", "-wal", "-shm"}) {
        const fs::path part = home.Database().string() + tail;
        if (fs::exists(part)) fs::rename(part, done.kept / part.filename());
      }
    }
  }
  if (!replaceable && !journal::HasJournal(home)) journal::CreateHome(home);
  if (HasFiles(home.Theme())) {
    fs::copy(home.Theme(), done.kept / "theme", fs::copy_options::recursive);
  }
  if (HasFiles(home.Media())) Move(home.Media(), done.kept / "media");
  std::error_code ignored;
  fs::remove(home.Media(), ignored);
  fs::create_directories(folder.folder() / "media");
  Move(folder.folder() / "media", home.Media());
  constexpr fs::perms kRead =
      fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
  constexpr fs::perms kEnter =
      fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  fs::permissions(home.Media(), kRead | kEnter | fs::perms::owner_write);
  for (const fs::directory_entry& item : fs::recursive_directory_iterator(home.Media())) {
    const fs::perms more = item.is_directory() ? kEnter : fs::perms::none;
    fs::permissions(item.path(), kRead | fs::perms::owner_write | more);
  }
  sql::ReplaceContents(home.Database(), database, home.Public());
  for (const fs::directory_entry& item : fs::directory_iterator(home.Theme()))
    fs::remove_all(item.path());
  if (fs::exists(folder.folder() / "theme"))
    fs::copy(folder.folder() / "theme", home.Theme(), fs::copy_options::recursive);
  if (fs::exists(folder.folder() / "daybook.conf")) {
    if (!fs::exists(home.ConfigFile())) {
      fs::copy_file(folder.folder() / "daybook.conf", home.ConfigFile());
      fs::permissions(home.ConfigFile(), fs::perms::owner_read | fs::perms::owner_write);
    } else {
      done.left_out.emplace_back("daybook.conf, because there is one");
    }
  }
  return done;
}

}  // namespace daybook::work
