// A running transaction and the rows of its queries. Made by Db::Read and Db::Write (db.h) only.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "sql/errors.h"
#include "sql/query.h"

namespace daybook::sql {

class Connection;
struct Prepared;

// The result of a query, read row by row. Columns count from 0. Views end with the next Step.
//   Rows rows = tx.Query(query::kEntryByPath, path);
//   while (rows.Step()) Use(rows.Int(0), rows.Text(1));
class Rows {
 public:
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  [[nodiscard]] bool Step();  // to the next row; false: there is none. Throws DbError.

  [[nodiscard]] int64_t Int(int column) const;
  [[nodiscard]] bool Bool(int column) const { return Int(column) != 0; }
  [[nodiscard]] double Real(int column) const;
  [[nodiscard]] std::string_view Text(int column) const;  // empty for null
  [[nodiscard]] std::string String(int column) const { return std::string(Text(column)); }
  [[nodiscard]] std::span<const std::byte> Blob(int column) const;
  [[nodiscard]] bool IsNull(int column) const;
  [[nodiscard]] std::optional<int64_t> OptionalInt(int column) const;
  [[nodiscard]] std::optional<double> OptionalReal(int column) const;
  [[nodiscard]] std::optional<std::string> OptionalText(int column) const;
  template <typename Enum>
  requires std::is_enum_v<Enum>
  [[nodiscard]] Enum As(int column) const { return static_cast<Enum>(Int(column)); }

 private:
  friend class Tx;
  Rows(Connection& connection, const Query& query);
  // Values are copied while `copy` (the rows outlive the caller's arguments), else only pointed at.
  void Bind(int parameter, int64_t value, bool copy);
  void Bind(int parameter, double value, bool copy);
  void Bind(int parameter, std::string_view value, bool copy);
  void Bind(int parameter, std::span<const std::byte> value, bool copy);
  void Bind(int parameter, std::nullptr_t, bool copy);

  Connection* connection_;
  std::unique_ptr<Prepared> own_;  // before prepared_, whose maker may fill it
  Prepared* prepared_;
};

// Arguments may be: integers, bool, enums, double, anything that is a std::string_view, the checked
// types of text/safe.h, std::span<const std::byte>, nullptr, and std::optional of these. Text may
// hold NUL.
class Tx {
 public:
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;

  // Any number of rows. Nothing runs before the first Step.
  template <int N, typename... Args>
  [[nodiscard]] Rows Query(const QueryOf<N>& query, const Args&... args) {
    return Start(query, true, args...);
  }
  // Runs to the end; gives the number of rows inserted, changed or deleted.
  template <int N, typename... Args>
  int Exec(const QueryOf<N>& query, const Args&... args) {
    return Finish(Start(query, false, args...));
  }
  // For `returning id`: the first column of the first row. Throws DbError (kMisuse) if there is
  // none.
  template <int N, typename... Args>
  int64_t Insert(const QueryOf<N>& query, const Args&... args) {
    return FirstInt(Start(query, false, args...), query).value();
  }
  // The first column of the first row; nothing without a row or if it is null.
  template <int N, typename... Args>
  [[nodiscard]] std::optional<int64_t> Int(const QueryOf<N>& query, const Args&... args) {
    Rows rows = Start(query, false, args...);
    return rows.Step() ? rows.OptionalInt(0) : std::nullopt;
  }
  template <int N, typename... Args>
  [[nodiscard]] std::optional<std::string> Text(const QueryOf<N>& query, const Args&... args) {
    Rows rows = Start(query, false, args...);
    return rows.Step() ? rows.OptionalText(0) : std::nullopt;
  }
  // Whether there is any row.
  template <int N, typename... Args>
  [[nodiscard]] bool Has(const QueryOf<N>& query, const Args&... args) {
    return Start(query, false, args...).Step();
  }

  // Runs `f` as a part that may fail alone: a kConstraint error undoes what f did, and is given;
  // every other exception undoes it and goes on up. Parts may be nested.
  template <typename F>
  [[nodiscard]] std::optional<DbError> Try(F&& f) {
    BeginPart();
    try {
      f();
    } catch (const DbError& error) {
      UndoPart();
      if (error.kind() != DbError::Kind::kConstraint) throw;
      return error;
    } catch (...) {
      UndoPart();
      throw;
    }
    KeepPart();
    return std::nullopt;
  }

  // This transaction changes what a public page could show, although Write was not told so. Not in
  // a kRelaxed one.
  void MarkPublic();
  // Another number after every commit of another connection (SQLite's data_version): what was read
  // at the same number need not be read again. In read transactions; touches no page, so it counts
  // as no query.
  [[nodiscard]] int64_t DataVersion();
  // Queries run so far. A page for a reader may use six.
  [[nodiscard]] int queries() const { return queries_; }

 private:
  friend class Db;
  Tx(Connection& connection, const std::function<void(const sql::Query&)>& observer)
      : connection_(connection), observer_(observer) {}

  void BeginPart();
  void UndoPart();
  void KeepPart();

  template <int N, typename... Args>
  Rows Start(const QueryOf<N>& query, [[maybe_unused]] bool copy, const Args&... args) {
    static_assert(sizeof...(Args) == N, "a query wants one argument for each of its parameters");
    Rows rows = Begin(query);
    [[maybe_unused]] int parameter = 0;
    (BindValue(rows, ++parameter, args, copy), ...);
    return rows;
  }
  template <typename T>
  static void BindValue(Rows& rows, int parameter, const T& value, bool copy) {
    if constexpr (std::is_enum_v<T> || std::integral<T>) {
      rows.Bind(parameter, static_cast<int64_t>(value), copy);
    } else if constexpr (std::floating_point<T>) {
      rows.Bind(parameter, static_cast<double>(value), copy);
    } else if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::nullopt_t>) {
      rows.Bind(parameter, nullptr, copy);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
      rows.Bind(parameter, std::string_view(value), copy);
    } else if constexpr (requires {
                           { value.view() } -> std::same_as<std::string_view>;
                         }) {
      rows.Bind(parameter, value.view(), copy);
    } else if constexpr (std::convertible_to<const T&, std::span<const std::byte>>) {
      rows.Bind(parameter, std::span<const std::byte>(value), copy);
    } else {  // std::optional
      if (value.has_value()) {
        BindValue(rows, parameter, *value, copy);
      } else {
        rows.Bind(parameter, nullptr, copy);
      }
    }
  }
  Rows Begin(const sql::Query& query);
  int Finish(Rows rows);
  static std::optional<int64_t> FirstInt(Rows rows, const sql::Query& query);

  Connection& connection_;
  const std::function<void(const sql::Query&)>& observer_;
  bool public_ = false;
  bool relaxed_ = false;
  int queries_ = 0;
};

}  // namespace daybook::sql
