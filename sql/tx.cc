// Binding, stepping, columns and savepoints.
#include "sql/tx.h"

#include <sqlite3.h>

#include <utility>

#include "sql/connection.h"
#include "sql/queries/transaction.h"

namespace daybook::sql {

Rows::Rows(Connection& connection, const Query& query)
    : connection_(&connection), prepared_(connection.Borrow(query, own_)) {
  prepared_->in_use = true;
}

Rows::Rows(Rows&& other) noexcept
    : connection_(other.connection_),
      own_(std::move(other.own_)),
      prepared_(std::exchange(other.prepared_, nullptr)) {}

Rows::~Rows() {
  if (prepared_ == nullptr) return;
  sqlite3_reset(prepared_->statement);
  sqlite3_clear_bindings(prepared_->statement);  // gives back copies, forgets pointers
  prepared_->in_use = false;
}

bool Rows::Step() {
  const int code = sqlite3_step(prepared_->statement);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw connection_->Error(code, std::string("query ") + prepared_->query->name);
}

int64_t Rows::Int(int column) const { return sqlite3_column_int64(prepared_->statement, column); }

double Rows::Real(int column) const { return sqlite3_column_double(prepared_->statement, column); }

std::string_view Rows::Text(int column) const {
  const auto* text =
      reinterpret_cast<const char*>(sqlite3_column_text(prepared_->statement, column));
  if (text == nullptr) return {};
  return {text, static_cast<size_t>(sqlite3_column_bytes(prepared_->statement, column))};
}

std::span<const std::byte> Rows::Blob(int column) const {
  const auto* bytes =
      static_cast<const std::byte*>(sqlite3_column_blob(prepared_->statement, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<size_t>(sqlite3_column_bytes(prepared_->statement, column))};
}

bool Rows::IsNull(int column) const {
  return sqlite3_column_type(prepared_->statement, column) == SQLITE_NULL;
}

std::optional<int64_t> Rows::OptionalInt(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(Int(column));
}

std::optional<double> Rows::OptionalReal(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(Real(column));
}

std::optional<std::string> Rows::OptionalText(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(String(column));
}

namespace {

void Check(const Connection& connection, const Prepared& prepared, int code) {
  if (code == SQLITE_OK) return;
  throw connection.Error(code, std::string("an argument of query ") + prepared.query->name);
}

sqlite3_destructor_type Copying(bool copy) { return copy ? SQLITE_TRANSIENT : SQLITE_STATIC; }

}  // namespace

void Rows::Bind(int parameter, int64_t value, bool) {
  const int index = prepared_->index[static_cast<size_t>(parameter - 1)];
  Check(*connection_, *prepared_, sqlite3_bind_int64(prepared_->statement, index, value));
}

void Rows::Bind(int parameter, double value, bool) {
  const int index = prepared_->index[static_cast<size_t>(parameter - 1)];
  Check(*connection_, *prepared_, sqlite3_bind_double(prepared_->statement, index, value));
}

void Rows::Bind(int parameter, std::string_view value, bool copy) {
  const int index = prepared_->index[static_cast<size_t>(parameter - 1)];
  const char* data = value.data() == nullptr ? "" : value.data();  // a null pointer would mean NULL
  Check(*connection_, *prepared_,
        sqlite3_bind_text64(prepared_->statement, index, data, value.size(), Copying(copy),
                            SQLITE_UTF8));
}

void Rows::Bind(int parameter, std::span<const std::byte> value, bool copy) {
  const int index = prepared_->index[static_cast<size_t>(parameter - 1)];
  const int code = value.empty() ? sqlite3_bind_zeroblob(prepared_->statement, index, 0)
                                 : sqlite3_bind_blob64(prepared_->statement, index, value.data(),
                                                       value.size(), Copying(copy));
  Check(*connection_, *prepared_, code);
}

void Rows::Bind(int parameter, std::nullptr_t, bool) {
  const int index = prepared_->index[static_cast<size_t>(parameter - 1)];
  Check(*connection_, *prepared_, sqlite3_bind_null(prepared_->statement, index));
}

Rows Tx::Begin(const sql::Query& query) {
  ++queries_;
  if (observer_) observer_(query);
  return Rows(connection_, query);
}

int64_t Tx::DataVersion() {
  Rows rows(connection_, query::kDataVersion);
  return rows.Step() ? rows.Int(0) : -1;
}

int Tx::Finish(Rows rows) {
  const int before = sqlite3_total_changes(connection_.handle());
  while (rows.Step()) {
  }
  // sqlite3_changes keeps the number of the last statement that changed anything: not ours if ours
  // changed nothing.
  return sqlite3_total_changes(connection_.handle()) == before ? 0 : connection_.Changes();
}

std::optional<int64_t> Tx::FirstInt(Rows rows, const sql::Query& query) {
  if (!rows.Step()) {
    throw DbError(DbError::Kind::kMisuse, std::string("query gave no row: ") + query.name);
  }
  const int64_t first = rows.Int(0);
  while (rows.Step()) {  // a statement with `returning` is done only when it was stepped to its end
  }
  return first;
}

void Tx::MarkPublic() {
  if (relaxed_)
    throw DbError(DbError::Kind::kMisuse, "a public change that a power cut may take back");
  public_ = true;
}

void Tx::BeginPart() { connection_.Run(query::kBeginPart); }

void Tx::UndoPart() {
  // A full disk or a damaged file has ended the whole transaction already.
  if (!connection_.InTransaction()) return;
  connection_.Run(query::kRollBackPart);
  connection_.Run(query::kKeepPart);
}

void Tx::KeepPart() { connection_.Run(query::kKeepPart); }

}  // namespace daybook::sql
