// The auxiliary function and what it caches while one statement runs.
#include "sql/relevance.h"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace daybook::sql {
namespace {

constexpr double kSaturation = 1.2, kLengthWeight = 0.75;  // k1 and b of Okapi BM25
constexpr double kLeast = 1e-6;  // the weight of a word that most rows have
constexpr sqlite3_int64 kRowsLookedAt = 1000;

// What is the same for all rows of one query.
struct Corpus {
  std::vector<double> rarity;     // by phrase
  std::vector<double> frequency;  // of each phrase in the row at hand; kept for its memory
  double mean_length = 1;
  sqlite3_int64 rows = 0;  // ranked so far
};

struct Sample {
  sqlite3_int64 rows = 0, first = 0, last = 0;
};

int CountRow(const Fts5ExtensionApi* api, Fts5Context* context, void* data) {
  auto& sample = *static_cast<Sample*>(data);
  sample.last = api->xRowid(context);
  if (sample.rows++ == 0) sample.first = sample.last;
  return sample.rows < kRowsLookedAt ? SQLITE_OK : SQLITE_DONE;
}

// Rows come in the order of their numbers, so a sample that was cut off tells how dense they are.
int Rarity(const Fts5ExtensionApi* api, Fts5Context* context, int phrase, sqlite3_int64 all,
           sqlite3_int64 newest, double& rarity) {
  Sample sample;
  const int code = api->xQueryPhrase(context, phrase, &sample, CountRow);
  auto hits = static_cast<double>(sample.rows);
  if (sample.rows >= kRowsLookedAt) {
    const auto seen = static_cast<double>(sample.last - sample.first + 1);
    const auto span = static_cast<double>(std::max(newest, sample.last) - sample.first + 1);
    hits = std::min(static_cast<double>(all), hits * span / seen);
  }
  rarity = std::max(kLeast, std::log((static_cast<double>(all) - hits + 0.5) / (hits + 0.5)));
  return code;
}

int Gather(const Fts5ExtensionApi* api, Fts5Context* context, Corpus*& corpus) {
  corpus = static_cast<Corpus*>(api->xGetAuxdata(context, 0));
  if (corpus != nullptr) return SQLITE_OK;
  auto fresh = std::make_unique<Corpus>();
  const auto phrases = static_cast<std::size_t>(api->xPhraseCount(context));
  fresh->rarity.assign(phrases, 1);  // with one phrase alone it changes no order
  fresh->frequency.resize(phrases);
  sqlite3_int64 rows = 0, tokens = 0;
  int code = api->xRowCount(context, &rows);
  if (code == SQLITE_OK) code = api->xColumnTotalSize(context, -1, &tokens);
  if (code != SQLITE_OK) return code;
  if (rows > 0 && tokens > 0)
    fresh->mean_length = static_cast<double>(tokens) / static_cast<double>(rows);
  const sqlite3_int64 newest = api->xRowid(context);
  for (std::size_t i = 0; phrases > 1 && code == SQLITE_OK && i < phrases; ++i)
    code = Rarity(api, context, static_cast<int>(i), rows, newest, fresh->rarity[i]);
  if (code != SQLITE_OK) return code;
  corpus = fresh.get();
  return api->xSetAuxdata(context, fresh.release(),
                          [](void* data) { delete static_cast<Corpus*>(data); });
}

int Score(const Fts5ExtensionApi* api, Fts5Context* context, int weights, sqlite3_value** weight,
          Corpus* corpus, double& score) {
  int code = SQLITE_OK;
  std::fill(corpus->frequency.begin(), corpus->frequency.end(), 0);
  int instances = 0, length = 0;
  code = api->xInstCount(context, &instances);
  for (int i = 0; code == SQLITE_OK && i < instances; ++i) {
    int phrase = 0, column = 0, offset = 0;
    code = api->xInst(context, i, &phrase, &column, &offset);
    if (code == SQLITE_OK)
      corpus->frequency[static_cast<std::size_t>(phrase)] +=
          column < weights ? sqlite3_value_double(weight[column]) : 1;
  }
  if (code == SQLITE_OK) code = api->xColumnSize(context, -1, &length);
  if (code != SQLITE_OK) return code;
  const double share = length / corpus->mean_length;
  const double damping = kSaturation * (1 - kLengthWeight + kLengthWeight * share);
  for (std::size_t i = 0; i < corpus->rarity.size(); ++i) {
    const double frequency = corpus->frequency[i];
    score -= corpus->rarity[i] * frequency * (kSaturation + 1) / (frequency + damping);
  }
  return SQLITE_OK;
}

void Relevance(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result,
               int count, sqlite3_value** values) {
  Corpus* corpus = nullptr;
  double score = 0;
  int code = count < 1 ? SQLITE_MISUSE : Gather(api, context, corpus);
  if (code == SQLITE_OK && corpus->rows++ >= sqlite3_value_int64(values[0])) return;
  if (code == SQLITE_OK) code = Score(api, context, count - 1, values + 1, corpus, score);
  if (code == SQLITE_OK) {
    sqlite3_result_double(result, score);
  } else {
    sqlite3_result_error_code(result, code);
  }
}

}  // namespace

int AddRelevance(sqlite3* db) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(db, "select fts5(?1)", -1, &statement, nullptr);
  if (code != SQLITE_OK) return code;
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  code = sqlite3_finalize(statement);
  if (code != SQLITE_OK || api == nullptr) return code == SQLITE_OK ? SQLITE_ERROR : code;
  return api->xCreateFunction(api, "relevance", nullptr, Relevance, nullptr);
}

}  // namespace daybook::sql
