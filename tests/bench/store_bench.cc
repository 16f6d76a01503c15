// What the store costs: a read, opening a journal for one CGI request, an acknowledged write.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "sql/db.h"
#include "sql/migrate.h"
#include "sql/queries/state.h"
#include "sql/query.h"

namespace daybook::sql {
namespace {

class Home {
 public:
  Home() {
    std::string name = (std::filesystem::temp_directory_path() / "daybook-XXXXXX").string();
    home_ = mkdtemp(name.data());
    std::filesystem::create_directory(home_ / "private");
    std::filesystem::create_directory(home_ / "public");
    Db db = Db::Open(file(), OpenMode::kCreate);
    Migrate(db, kMigrations);
  }
  Home(const Home&) = delete;
  ~Home() { std::filesystem::remove_all(home_); }
  std::filesystem::path file() const { return home_ / "private" / "journal.db"; }

 private:
  std::filesystem::path home_;
};

int64_t Rev(Db& db) {
  return db.Read([](Tx& tx) { return tx.Int(query::kReadRev).value(); });
}

void ReadTransactionOfOneQuery(benchmark::State& state) {
  const Home home;
  Db db = Db::Open(home.file(), OpenMode::kReadWrite);
  for (auto _ : state) benchmark::DoNotOptimize(Rev(db));
}
BENCHMARK(ReadTransactionOfOneQuery);

void OpenReadAndCloseWhileOthersHaveItOpen(benchmark::State& state) {
  const Home home;
  Db other = Db::Open(home.file(), OpenMode::kReadWrite);
  Rev(other);
  for (auto _ : state) {
    Db db = Db::Open(home.file(), OpenMode::kReadWrite);
    benchmark::DoNotOptimize(Rev(db));
  }
}
BENCHMARK(OpenReadAndCloseWhileOthersHaveItOpen);

void OpenReadAndCloseAlone(benchmark::State& state) {
  const Home home;
  for (auto _ : state) {
    Db db = Db::Open(home.file(), OpenMode::kReadWrite);
    benchmark::DoNotOptimize(Rev(db));
  }
}
BENCHMARK(OpenReadAndCloseAlone);

void EmptyWrite(benchmark::State& state, Publicity publicity, Durability durability) {
  const Home home;
  Db db = Db::Open(home.file(), OpenMode::kReadWrite);
  for (auto _ : state) {
    db.Write(publicity, durability, [](Tx& tx) { tx.Exec(query::kBumpRev); });
    db.CheckpointIfDue();
  }
}
BENCHMARK_CAPTURE(EmptyWrite, public_full, Publicity::kPublic, Durability::kFull);
BENCHMARK_CAPTURE(EmptyWrite, private_full, Publicity::kPrivate, Durability::kFull);
BENCHMARK_CAPTURE(EmptyWrite, private_relaxed, Publicity::kPrivate, Durability::kRelaxed);

}  // namespace
}  // namespace daybook::sql

BENCHMARK_MAIN();
