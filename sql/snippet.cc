// Finds the words in one pass over the text, then chooses the piece that has most of them.
#include "sql/snippet.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::sql {
namespace {

using std::size_t;

constexpr size_t kMostTerms = 64, kMostWords = 64;  // of a term; bits of `seen`

struct Tokenizer {
  fts5_tokenizer calls{};
  Fts5Tokenizer* handle = nullptr;
  ~Tokenizer() {
    if (handle != nullptr) calls.xDelete(handle);
  }
  int Run(std::string_view text, void* to,
          int (*token)(void*, int, const char*, int, int, int)) const {
    return calls.xTokenize(handle, to, FTS5_TOKENIZE_QUERY, text.data(),
                           static_cast<int>(text.size()), token);
  }
};

// Words side by side.
struct Term {
  std::vector<std::string> words;
  bool prefix = false;     // the last word may go on
  std::uint64_t seen = 0;  // bit n: the text's last n + 1 words are the first n + 1 of these
};

struct Word {
  int begin = 0, end = 0;  // bytes in the text
  bool opens = false;      // a sentence
};

struct Found {
  size_t first = 0, last = 0;  // words
  size_t term = 0;
};

struct Reading {
  std::string_view text;
  size_t length = 0;  // words of a snippet
  std::vector<Term> terms;
  std::vector<Word> words;
  std::vector<Found> found;
  std::array<size_t, kMostTerms> last_seen{};  // the word behind the last place of each term
  size_t enough = SIZE_MAX;                    // words after which nothing better can come
};

int TakeWord(void* data, int, const char* token, int size, int, int) {
  static_cast<Term*>(data)->words.emplace_back(token, static_cast<size_t>(size));
  return SQLITE_OK;
}

int Parse(const Tokenizer& tokenizer, std::string_view match, std::vector<Term>& terms) {
  for (size_t at = 0; at < match.size() && terms.size() < kMostTerms;) {
    const size_t open = match.find('"', at);
    const size_t close = open == match.npos ? match.npos : match.find('"', open + 1);
    if (close == match.npos) break;
    Term term;
    if (const int code = tokenizer.Run(match.substr(open + 1, close - open - 1), &term, TakeWord);
        code != SQLITE_OK)
      return code;
    term.prefix = match.substr(close + 1, 2) == " *";
    if (!term.words.empty() && term.words.size() <= kMostWords) terms.push_back(std::move(term));
    at = close + 1;
  }
  return SQLITE_OK;
}

bool Opens(const Reading& reading, int begin) {
  if (reading.words.empty()) return true;
  const auto end = static_cast<size_t>(reading.words.back().end);
  return reading.text.substr(end, static_cast<size_t>(begin) - end).find_first_of(".?!:\n") !=
         std::string_view::npos;
}

int TakeText(void* data, int, const char* token, int size, int begin, int end) {
  Reading& reading = *static_cast<Reading*>(data);
  const std::string_view word(token, static_cast<size_t>(size));
  const size_t at = reading.words.size();
  reading.words.push_back({begin, end, Opens(reading, begin)});
  bool complete = false;
  for (size_t i = 0; i < reading.terms.size(); ++i) {
    Term& term = reading.terms[i];
    const size_t count = term.words.size();
    const std::uint64_t open =
        (term.seen << 1) | 1;  // places of the term that this word could fill
    term.seen = 0;
    for (size_t n = 0; n < count && open >> n != 0; ++n) {
      const bool same =
          n + 1 == count && term.prefix ? word.starts_with(term.words[n]) : word == term.words[n];
      if ((open >> n & 1) != 0 && same) term.seen |= std::uint64_t{1} << n;
    }
    if ((term.seen >> (count - 1) & 1) == 0) continue;
    reading.found.push_back({at + 1 - count, at, i});
    reading.last_seen[i] = at + 1;
    complete = true;
  }
  if (complete && reading.enough == SIZE_MAX) {
    const auto end_of_terms = reading.last_seen.begin() + static_cast<long>(reading.terms.size());
    const size_t oldest = *std::min_element(reading.last_seen.begin(), end_of_terms);
    if (oldest > 0 && oldest + reading.length > at + 1) reading.enough = at + 1 + reading.length;
  }
  return reading.words.size() < reading.enough ? SQLITE_OK : SQLITE_DONE;
}

struct Piece {
  size_t begin = 0;  // word
  size_t end = 0;    // the word behind the last place in it
  size_t score = 0;
};

// The piece from word `begin` on, `i` being the first place in it: of most worth is that it has
// many different terms, then that it begins with a sentence, then that it has many places.
Piece PieceAt(const Reading& reading, size_t begin, size_t i) {
  Piece piece{begin, begin, reading.words[begin].opens ? size_t{100} : 0};
  std::bitset<kMostTerms> terms;
  for (; i < reading.found.size() && reading.found[i].last < begin + reading.length; ++i) {
    terms.set(reading.found[i].term);
    piece.end = reading.found[i].last + 1;
    ++piece.score;
  }
  piece.score += terms.count() * 1000;
  return piece;
}

// The word that the snippet begins with.
size_t Begin(const Reading& reading) {
  Piece best;
  size_t sentence = 0, at = 0;
  for (size_t i = 0; i < reading.found.size(); ++i) {
    const size_t first = reading.found[i].first;
    for (; at <= first; ++at)
      if (reading.words[at].opens) sentence = at;
    for (const size_t begin : {std::min(sentence, first), first}) {
      const Piece piece = PieceAt(reading, begin, i);
      if (piece.score > best.score) best = piece;
    }
  }
  if (best.end <= reading.length) return 0;
  if (reading.words[best.begin].opens) return best.begin;
  const size_t spare = reading.length - std::min(reading.length, best.end - best.begin);
  return best.begin - std::min(best.begin, spare / 2);
}

std::string Marked(const Reading& reading) {
  if (reading.words.empty()) return std::string(reading.text);
  const size_t begin = Begin(reading);
  const size_t end = std::min(reading.words.size(), begin + reading.length);
  std::vector<bool> marked(end), joined(end);  // joined: to the word before, by one place of a term
  for (const Found& place : reading.found) {
    for (size_t n = std::max(place.first, begin); n <= place.last && n < end; ++n) {
      marked[n] = true;
      if (n > std::max(place.first, begin)) joined[n] = true;
    }
  }
  std::string out;
  int at = begin == 0 ? 0 : reading.words[begin].begin;
  const auto copy_to = [&](int to) {
    out += reading.text.substr(static_cast<size_t>(at), static_cast<size_t>(to - at));
    at = to;
  };
  if (begin > 0) out += "…";
  for (size_t n = begin; n < end; ++n) {
    if (!marked[n]) continue;
    copy_to(reading.words[n].begin);
    if (!joined[n]) out += '\x01';
    copy_to(reading.words[n].end);
    if (n + 1 >= end || !joined[n + 1]) out += '\x02';
  }
  copy_to(reading.words[end - 1].end);
  if (end < reading.words.size() || reading.words.size() >= reading.enough) {
    out += "…";
  } else {
    copy_to(static_cast<int>(reading.text.size()));
  }
  return out;
}

std::string_view TextOf(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (text == nullptr) return {};
  return {text, static_cast<size_t>(sqlite3_value_bytes(value))};
}

void SnippetOf(sqlite3_context* context, int, sqlite3_value** values) {
  const auto& tokenizer = *static_cast<Tokenizer*>(sqlite3_user_data(context));
  Reading reading;
  reading.text = TextOf(values[0]);
  reading.length = static_cast<size_t>(std::max(1, sqlite3_value_int(values[2])));
  int code = Parse(tokenizer, TextOf(values[1]), reading.terms);
  if (code == SQLITE_OK) code = tokenizer.Run(reading.text, &reading, TakeText);
  if (code != SQLITE_OK && code != SQLITE_DONE) {
    sqlite3_result_error_code(context, code);
    return;
  }
  const std::string out = Marked(reading);
  sqlite3_result_text(context, out.data(), static_cast<int>(out.size()), SQLITE_TRANSIENT);
}

}  // namespace

int AddSnippet(sqlite3* db, fts5_api* api) {
  auto tokenizer = std::make_unique<Tokenizer>();
  void* made_with = nullptr;
  int code = api->xFindTokenizer(api, "unicode61", &made_with, &tokenizer->calls);
  const char* options[] = {"remove_diacritics", "2"};
  if (code == SQLITE_OK) code = tokenizer->calls.xCreate(made_with, options, 2, &tokenizer->handle);
  if (code != SQLITE_OK) return code;
  return sqlite3_create_function_v2(db, "snippet_of", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                    tokenizer.release(), SnippetOf, nullptr, nullptr,
                                    [](void* data) { delete static_cast<Tokenizer*>(data); });
}

}  // namespace daybook::sql
