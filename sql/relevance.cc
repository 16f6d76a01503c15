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
constexpr double kLeast = 1e-6;               // the weight of a word that most rows have
constexpr sqlite3_int64 kRowsLookedAt = 250;  // for how rare a word is: to a tenth or so

// What is the same for all rows of one query.
struct Corpus {
  std::vector<double> weight;  // by column; the last is that of all further ones
  std::vector<double> rarity;  // by phrase
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

int Gather(const Fts5ExtensionApi* api, Fts5Context* context, int weights, sqlite3_value** weight,
           Corpus*& corpus) {
  corpus = static_cast<Corpus*>(api->xGetAuxdata(context, 0));
  if (corpus != nullptr) return SQLITE_OK;
  auto fresh = std::make_unique<Corpus>();
  const auto phrases = static_cast<std::size_t>(api->xPhraseCount(context));
  for (int i = 0; i < weights; ++i) fresh->weight.push_back(sqlite3_value_double(weight[i]));
  fresh->weight.push_back(1);
  fresh->rarity.assign(phrases, 1);  // with one phrase alone it changes no order
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

int Score(const Fts5ExtensionApi* api, Fts5Context* context, Corpus* corpus, double& score) {
  int length = 0;
  int code = api->xColumnSize(context, -1, &length);
  const double share = length / corpus->mean_length;
  const double damping = kSaturation * (1 - kLengthWeight + kLengthWeight * share);
  const std::size_t last_weight = corpus->weight.size() - 1;
  for (std::size_t i = 0; code == SQLITE_OK && i < corpus->rarity.size(); ++i) {
    double frequency = 0;
    Fts5PhraseIter place;
    int column = 0, offset = 0;
    code = api->xPhraseFirst(context, static_cast<int>(i), &place, &column, &offset);
    if (code != SQLITE_OK) break;
    for (; column >= 0; api->xPhraseNext(context, &place, &column, &offset))
      frequency += corpus->weight[std::min(static_cast<std::size_t>(column), last_weight)];
    score -= corpus->rarity[i] * frequency * (kSaturation + 1) / (frequency + damping);
  }
  return code;
}

void Relevance(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result,
               int count, sqlite3_value** values) {
  Corpus* corpus = nullptr;
  double score = 0;
  int code = count < 1 ? SQLITE_MISUSE : Gather(api, context, count - 1, values + 1, corpus);
  if (code == SQLITE_OK && corpus->rows++ >= sqlite3_value_int64(values[0])) return;
  if (code == SQLITE_OK) code = Score(api, context, corpus, score);
  if (code == SQLITE_OK) {
    sqlite3_result_double(result, score);
  } else {
    sqlite3_result_error_code(result, code);
  }
}

}  // namespace

int AddRelevance(fts5_api* api) {
  return api->xCreateFunction(api, "relevance", nullptr, Relevance, nullptr);
}

}  // namespace daybook::sql
