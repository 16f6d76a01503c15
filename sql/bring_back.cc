// Table by table, into a copy of the older file; only when that is whole does it take the place.
#include "sql/bring_back.h"

#include <sqlite3.h>

#include <map>
#include <memory>
#include <optional>
#include <set>

#include "sql/errors.h"
#include "sql/lock.h"
#include "sql/snapshot.h"

namespace daybook::sql {
namespace {

namespace fs = std::filesystem;
using Kind = DbError::Kind;

constexpr std::chrono::seconds kPatience(60);

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, Close>;
using Rows = std::vector<std::vector<std::string>>;

[[noreturn]] void Fail(sqlite3* handle, const std::string& doing) {
  const bool full = (sqlite3_errcode(handle) & 0xff) == SQLITE_FULL;
  throw DbError(full ? Kind::kFull : Kind::kOther, doing + ": " + sqlite3_errmsg(handle));
}

Rows Ask(sqlite3* handle, const std::string& text) {
  Rows rows;
  const auto take = [](void* into, int count, char** values, char**) {
    auto& row = static_cast<Rows*>(into)->emplace_back();
    for (int i = 0; i < count; ++i) row.emplace_back(values[i] == nullptr ? "" : values[i]);
    return 0;
  };
  if (sqlite3_exec(handle, text.c_str(), take, &rows, nullptr) != SQLITE_OK) Fail(handle, text);
  return rows;
}

std::string Quoted(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

std::map<std::string, std::string> Tables(sqlite3* handle, const std::string& which) {
  std::map<std::string, std::string> all;
  for (auto& row : Ask(handle, "select name, sql from " + which +
                                   ".sqlite_schema where type = 'table' and name not like "
                                   "'sqlite\\_%' escape '\\'"))
    all[row[0]] = row[1];
  return all;
}

std::set<std::string> Columns(sqlite3* handle, const std::string& which, const std::string& table) {
  std::set<std::string> all;
  for (auto& row : Ask(handle, "pragma " + which + ".table_info(" + Quoted(table) + ")"))
    all.insert(row[1]);
  return all;
}

bool IsVirtual(const std::string& text) {
  return sqlite3_strnicmp(text.c_str(), "create virtual", 14) == 0;
}

void CopyRows(sqlite3* handle, const std::string& table) {
  std::string names;
  const std::set<std::string> now = Columns(handle, "now", table);
  for (const std::string& column : Columns(handle, "main", table)) {
    if (now.contains(column)) names += (names.empty() ? "" : ", ") + Quoted(column);
  }
  const std::string name = Quoted(table);
  Ask(handle, "delete from main." + name);
  Ask(handle,
      "insert into main." + name + " (" + names + ") select " + names + " from now." + name);
}

std::vector<LeftBehind> Fill(sqlite3* handle) {
  const auto older = Tables(handle, "main"), now = Tables(handle, "now");
  // A search index is tables of its own: those are rows like others where both have the same one.
  std::set<std::string> rebuilt, parts;
  for (const auto& [table, text] : older) {
    if (!IsVirtual(text)) continue;
    const auto same = now.find(table);
    if (same == now.end() || same->second != text) rebuilt.insert(table);
    for (const char* part : {"_data", "_idx", "_content", "_docsize", "_config"})
      parts.insert(table + part);
  }
  const auto part_of_rebuilt = [&](const std::string& table) {
    const std::string base = table.substr(0, table.rfind('_'));
    return parts.contains(table) && rebuilt.contains(base);
  };
  std::vector<LeftBehind> left;
  for (const auto& [table, text] : now) {
    if (IsVirtual(text)) continue;
    const auto known = older.find(table);
    if (known != older.end() && !IsVirtual(known->second)) {
      if (!part_of_rebuilt(table)) CopyRows(handle, table);
      continue;
    }
    const std::string rows = Ask(handle, "select count(*) from now." + Quoted(table))[0][0];
    if (rows != "0" && known == older.end() && table.find("_fts_") == table.npos)
      left.push_back({table, std::stoll(rows)});
  }
  for (const std::string& table : rebuilt)
    Ask(handle,
        "insert into main." + Quoted(table) + " (" + Quoted(table) + ") values ('rebuild')");
  if (!Ask(handle, "pragma main.foreign_key_check").empty())
    throw DbError(Kind::kConstraint, "rows would point to nothing in the older schema");
  return left;
}

}  // namespace

std::vector<LeftBehind> BringBack(const fs::path& database, const fs::path& older,
                                  const fs::path& kept, const fs::path& public_folder) {
  const std::optional<FileLock> lock =
      FileLock::TakeInTurn(database.parent_path() / "journal.lock", kPatience);
  if (!lock) throw DbError(Kind::kBusy, "another process writes for long; try again");
  static_cast<void>(TakeSnapshot(database, kept));
  const fs::path work = kept.string() + ".back";
  const std::unique_ptr<const fs::path, void (*)(const fs::path*)> gone(
      &work, [](const fs::path* file) {
        std::error_code ignored;
        for (const char* tail : {"", "-journal", "-wal", "-shm"})
          fs::remove(file->string() + tail, ignored);
      });
  fs::copy_file(older, work, fs::copy_options::overwrite_existing);
  fs::permissions(work, fs::perms::owner_read | fs::perms::owner_write);
  std::vector<LeftBehind> left;
  {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(work.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
    const Handle handle(raw);
    if (code != SQLITE_OK) Fail(raw, "opening " + work.string());
    Ask(raw, "pragma foreign_keys = off; pragma trusted_schema = off; pragma temp_store = file");
    std::string file;
    for (const char c : kept.string()) file.append(c == '\'' ? 2 : 1, c);
    Ask(raw, "attach '" + file + "' as now");
    Ask(raw, "begin immediate");
    left = Fill(raw);
    Ask(raw, "commit");
  }
  ReplaceContents(*lock, database, work, public_folder);
  return left;
}

}  // namespace daybook::sql
