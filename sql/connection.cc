// Opening, pragmas, error codes, the cache of statements. Transactions are in db.cc.
#include "sql/connection.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "sql/relevance.h"
#include "sql/snippet.h"

namespace daybook::sql {
namespace {

using Kind = DbError::Kind;

// A path as an SQLite URI: what could be read as a query, a fragment or an escape is escaped.
std::string Uri(const std::filesystem::path& file, std::string_view parameters) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string uri = "file:";
  for (const unsigned char c : file.string()) {
    if (c == '%' || c == '?' || c == '#' || c < 0x20) {
      uri += {'%', kHex[c >> 4], kHex[c & 15]};
    } else {
      uri += static_cast<char>(c);
    }
  }
  return uri.append(parameters);
}

Kind KindOf(int code, int system_error) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return Kind::kBusy;
    case SQLITE_INTERRUPT:
      return Kind::kTimeout;
    case SQLITE_FULL:
      return Kind::kFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Kind::kCorrupt;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Kind::kReadOnly;
    case SQLITE_CANTOPEN:
      return Kind::kMissing;
    case SQLITE_CONSTRAINT:
      return Kind::kConstraint;
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
      return Kind::kMisuse;
    case SQLITE_IOERR:
      return system_error == ENOSPC || system_error == EDQUOT ? Kind::kFull : Kind::kOther;
    default:
      return Kind::kOther;
  }
}

// Processes have one thread each (design 1), so SQLite needs no mutexes; nor does anybody ask it
// for its statistics.
void ConfigureOnce() {
  [[maybe_unused]] static const bool done =
      sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) == SQLITE_OK &&
      sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
      sqlite3_config(SQLITE_CONFIG_MMAP_SIZE, sqlite3_int64{0}, sqlite3_int64{0}) == SQLITE_OK;
}

constexpr std::chrono::milliseconds kWriterWait(250);  // db.cc tries again, up to its own limit
constexpr std::chrono::milliseconds kReaderWait(2000);
constexpr int kStepsBetweenLooks = 50'000;  // of the virtual machine; about a millisecond

}  // namespace

int AddSearchFunctions(sqlite3* db) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(db, "select fts5(?1)", -1, &statement, nullptr);
  if (code != SQLITE_OK) return code;
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  code = sqlite3_finalize(statement);
  if (code == SQLITE_OK && api == nullptr) code = SQLITE_ERROR;
  if (code == SQLITE_OK) code = AddRelevance(api);
  return code == SQLITE_OK ? AddSnippet(db, api) : code;
}

Prepared::~Prepared() { sqlite3_finalize(statement); }

Connection::Connection(const std::filesystem::path& file, Access access, bool rollback)
    : rollback_(rollback) {
  ConfigureOnce();
  const bool writes = access == Access::kCreate || access == Access::kReadWrite;
  const bool immutable = access == Access::kImmutable;
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= immutable || access == Access::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (access == Access::kCreate) flags |= SQLITE_OPEN_CREATE;
  const std::string uri = Uri(file, immutable ? "?immutable=1" : "");
  const int code = sqlite3_open_v2(uri.c_str(), &handle_, flags, nullptr);
  try {
    if (code != SQLITE_OK) throw Error(code, "opening " + file.string());
    SetBusyWait(writes ? kWriterWait : kReaderWait);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    // Off for whatever answers readers. A writer needs it for the triggers that keep the search
    // index: 3.40 counts FTS5 among the tables that a schema may not touch without it. No function
    // of ours exists that a schema could misuse.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, writes ? 1 : 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    Execute("pragma cell_size_check = on; pragma cache_size = -2000; pragma temp_store = memory");
    if (writes) {
      const std::string mode = Word("pragma journal_mode");
      const std::string_view wanted = rollback ? "delete" : "wal";
      if (mode != wanted &&
          Word(rollback ? "pragma journal_mode = delete" : "pragma journal_mode = wal") != wanted) {
        throw DbError(Kind::kOther, "cannot set the journal mode of " + file.string());
      }
      sqlite3_wal_autocheckpoint(handle_, 0);
      Execute("pragma synchronous = full");
      sqlite3_wal_hook(handle_, &Connection::OnCommit,
                       this);  // after the pragma, which would replace it
    } else {
      sqlite3_wal_autocheckpoint(handle_, 0);
      Execute("pragma query_only = on");
      sqlite3_progress_handler(handle_, kStepsBetweenLooks, &Connection::OnProgress, this);
    }
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

Connection::~Connection() {
  kept_.clear();
  sqlite3_close_v2(handle_);
}

// Searches alone need them, and a run under CGI is over sooner without.
void Connection::PrepareSearching(const char* text) {
  if (searches_ ||
      (std::strstr(text, "relevance(") == nullptr && std::strstr(text, "snippet_of(") == nullptr))
    return;
  if (const int code = AddSearchFunctions(handle_); code != SQLITE_OK)
    throw Error(code, "adding functions to search with");
  searches_ = true;
}

void Connection::Compile(Prepared& prepared) {
  const Query& query = *prepared.query;
  PrepareSearching(query.text);
  const int code = sqlite3_prepare_v3(handle_, query.text, -1, SQLITE_PREPARE_PERSISTENT,
                                      &prepared.statement, nullptr);
  if (code != SQLITE_OK) throw Error(code, std::string("preparing ") + query.name);
  prepared.index.reserve(static_cast<size_t>(query.parameters));
  for (int i = 1; i <= query.parameters; ++i) {
    const std::string name = "$" + std::to_string(i);
    prepared.index.push_back(sqlite3_bind_parameter_index(prepared.statement, name.c_str()));
  }
}

Prepared* Connection::Borrow(const Query& query, std::unique_ptr<Prepared>& own) {
  const auto id = static_cast<size_t>(query.id);
  if (id >= kept_.size()) kept_.resize(id + 1);
  std::unique_ptr<Prepared>& kept = kept_[id];
  if (!kept) {
    auto fresh = std::make_unique<Prepared>(query);
    Compile(*fresh);
    kept = std::move(fresh);
  }
  if (!kept->in_use) return kept.get();
  own = std::make_unique<Prepared>(query);
  Compile(*own);
  return own.get();
}

void Connection::Run(const Query& query) {
  std::unique_ptr<Prepared> own;
  sqlite3_stmt* statement = Borrow(query, own)->statement;
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(statement);
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement);
    return;
  }
  const DbError error = Error(code, std::string("query ") + query.name);
  sqlite3_reset(statement);
  throw error;
}

void Connection::Execute(const char* text) {
  const int code = sqlite3_exec(handle_, text, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw Error(code, std::string(text).substr(0, 60));
}

int64_t Connection::Number(const char* text) {
  const std::string word = Word(text);
  return word.empty() ? 0 : std::stoll(word);
}

std::string Connection::Word(const char* text) {
  PrepareSearching(text);
  std::string word;
  const auto take = [](void* out, int columns, char** values, char**) {
    std::string& first = *static_cast<std::string*>(out);
    if (first.empty() && columns > 0 && values[0] != nullptr) first = values[0];
    return 0;
  };
  const int code = sqlite3_exec(handle_, text, take, &word, nullptr);
  if (code != SQLITE_OK) throw Error(code, text);
  return word;
}

bool Connection::InTransaction() const { return sqlite3_get_autocommit(handle_) == 0; }

int Connection::Changes() const { return sqlite3_changes(handle_); }

void Connection::SetSynchronous(bool full) {
  if (full == full_ || rollback_) return;  // the rollback journal is always FULL
  Execute(full ? "pragma synchronous = full" : "pragma synchronous = normal");
  full_ = full;
}

void Connection::SetBusyWait(std::chrono::milliseconds wait) {
  sqlite3_busy_timeout(handle_, static_cast<int>(wait.count()));
}

bool Connection::Checkpoint() {
  if (rollback_) return true;
  SetBusyWait(std::chrono::milliseconds(50));
  const int code =
      sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  SetBusyWait(kWriterWait);
  if (code == SQLITE_OK) log_frames_ = 0;
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) throw Error(code, "emptying the log");
  return code == SQLITE_OK;
}

int Connection::OnCommit(void* self, sqlite3*, const char*, int frames) {
  static_cast<Connection*>(self)->log_frames_ = frames;
  return SQLITE_OK;
}

int Connection::OnProgress(void* self) {
  const auto deadline = static_cast<Connection*>(self)->deadline_;
  return deadline != std::chrono::steady_clock::time_point{} &&
         std::chrono::steady_clock::now() > deadline;
}

DbError Connection::Error(int code, const std::string& doing) const {
  const char* message = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
  const int system_error = handle_ == nullptr ? 0 : sqlite3_system_errno(handle_);
  return DbError(KindOf(code, system_error),
                 doing + ": " + message + " (SQLite " + std::to_string(code) + ")");
}

}  // namespace daybook::sql
