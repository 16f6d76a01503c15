// Search: from what was typed to ranked hits with snippets.
#include "journal/search.h"

#include <algorithm>
#include <optional>
#include <span>

#include "sql/queries/search.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
using sql::Rows;

constexpr std::size_t kMaxTerms = 8, kMaxWords = 12, kMaxTitleWords = 3;
constexpr std::int64_t kCounted = 1000, kRanked = 400;
constexpr double kEntryWeight = 1, kCommentWeight = 0.5;  // a comment is of an entry
constexpr std::size_t kMaxTyped = 256;  // bytes; the rest of what was typed is not looked at

// Whether a code point is part of a word for unicode61 as far as that can be told cheaply: letters
// and digits of ASCII, and everything beyond it but punctuation and spaces.
bool IsWord(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7) return false;
  if (c >= 0x2000 && c <= 0x206F) return false;  // spaces, dashes, typographic quotes
  if (c >= 0x3000 && c <= 0x3004) return false;
  if (c >= 0x3008 && c <= 0x3020) return false;
  return c != 0xFEFF && c != 0xFFFD;
}

struct Term {
  std::string words;  // separated by single spaces
  std::size_t count = 0;
  bool prefix = false;
  bool operator==(const Term&) const = default;
};

bool MayBeUnfinished(std::string_view words) {
  return text::CountCodePoints(words.substr(words.rfind(' ') + 1)) >= 3;
}

// Splits like a reader means it: words, "phrases", and a * for a beginning.
std::vector<Term> Terms(std::string_view typed) {
  std::vector<Term> terms;
  Term current;
  bool in_phrase = false, word_open = false;
  const auto finish = [&] {
    if (!current.words.empty() && terms.size() < kMaxTerms &&
        std::find(terms.begin(), terms.end(), current) == terms.end())
      terms.push_back(current);
    current = {};
    word_open = false;
  };
  for (std::size_t at = 0; at < typed.size();) {
    const text::Decoded decoded = text::DecodeNext(typed, at);
    at += decoded.length;
    const char32_t c = decoded.code;
    const bool quote =
        c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB;
    if (quote) {
      finish();
      in_phrase = !in_phrase;
    } else if (IsWord(c)) {
      if (!word_open && current.count++ > 0 && current.count <= kMaxWords) current.words += ' ';
      word_open = true;
      if (current.count <= kMaxWords) text::AppendUtf8(current.words, c);
    } else if (c == '*' && word_open && !in_phrase) {
      current.prefix = true;
      finish();
    } else if (in_phrase) {
      word_open = false;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0) {
      finish();
    } else {
      word_open =
          false;  // don't, well-known: the tokenizer sees two words side by side, and so a phrase
    }
  }
  const bool open_word = word_open && !in_phrase;
  const std::size_t before = terms.size();
  finish();
  if (open_word && terms.size() > before && MayBeUnfinished(terms.back().words))
    terms.back().prefix = true;
  return terms;
}

Hit HitAt(const Rows& rows, bool comment) {
  Hit hit;
  hit.id = rows.Int(0);
  hit.path = rows.String(2);
  hit.title = rows.String(3);
  hit.at = rows.Int(4);
  hit.zone = rows.String(5);
  if (comment) {
    hit.kind = Hit::Kind::kComment;
    hit.author = rows.String(6);
  } else {
    hit.kind = rows.Int(6) == 0 ? Hit::Kind::kEntry : Hit::Kind::kPage;
  }
  if (hit.title.empty()) hit.title = rows.String(7);
  return hit;
}

struct Scored {
  double score;
  Hit hit;
};

// The relevance is better the smaller it is. `hits`, if given, becomes the number of all hits.
std::vector<Scored> Gather(Rows rows, bool comment, std::int64_t* hits = nullptr) {
  std::vector<Scored> found;
  while (rows.Step()) {
    if (hits != nullptr) *hits = rows.Int(8);
    if (rows.IsNull(0)) continue;
    found.push_back({rows.Real(1), HitAt(rows, comment)});
  }
  return found;
}

// The scores of two indexes cannot be compared: what a journal is about stands in most of its
// entries and so weighs nothing there, while a comment of six words that says it weighs much. So
// each kind is measured by its own best.
void MergeByShareOfBest(std::vector<Scored> kind, double weight, std::vector<Scored>& into) {
  double best = 0;
  for (const Scored& one : kind) best = std::min(best, one.score);
  for (Scored& one : kind) {
    one.score = best < 0 ? weight * one.score / best : weight;
    into.push_back(std::move(one));
  }
}

std::string Expression(std::span<const Term> terms) {
  std::string match;
  for (const Term& term : terms) {
    if (!match.empty()) match += " AND ";
    match.append("\"").append(term.words).append(term.prefix ? "\" *" : "\"");
  }
  return match;
}

// The longest words must be in the title and the others anywhere: to look for each common word in
// all titles costs as much as all else.
std::string TitleExpression(std::vector<Term> terms) {
  std::stable_sort(terms.begin(), terms.end(),
                   [](const Term& a, const Term& b) { return a.words.size() > b.words.size(); });
  std::size_t in_title = 0;
  for (std::size_t words = 0; in_title < terms.size(); ++in_title) {
    words += terms[in_title].count;
    if (in_title > 0 && words > kMaxTitleWords) break;
  }
  const std::span<const Term> all = terms;
  std::string match = "title : (" + Expression(all.first(in_title)) + ")";
  if (in_title < all.size()) match += " AND " + Expression(all.subspan(in_title));
  return match;
}

// Comments that answer `match`, where `entries` entries do; `hits` becomes their number.
std::vector<Scored> Comments(sql::Tx& tx, const std::string& match, Seconds now,
                             std::int64_t wanted, std::int64_t entries, std::int64_t& hits) {
  if (entries > kCounted)
    return Gather(tx.Query(query::kSearchRecentComments, match, now, wanted), true, &hits);
  if (entries <= kRanked) {
    std::vector<Scored> few =
        Gather(tx.Query(query::kSearchFewComments, match, now, wanted), true, &hits);
    if (hits <= kCounted) return few;
  }
  return Gather(tx.Query(query::kSearchComments, match, now, wanted), true, &hits);
}

void AddSnippet(sql::Tx& tx, const std::string& match, Hit& hit) {
  const bool comment = hit.kind == Hit::Kind::kComment;
  Rows rows = comment ? tx.Query(query::kSearchCommentSnippet, match, hit.id)
                      : tx.Query(query::kSearchEntrySnippet, match, hit.id);
  if (rows.Step()) hit.snippet = rows.String(0);
}

}  // namespace

std::string MatchExpression(std::string_view typed) {
  return Expression(Terms(text::CutBytes(typed, kMaxTyped)));
}

Results Search(sql::Tx& tx, std::string_view typed, Seconds now, std::int64_t page) {
  Results results;
  const std::vector<Term> terms = Terms(text::CutBytes(typed, kMaxTyped));
  if (terms.empty() || page < 1 || page > kSearchPages) return results;
  const std::string match = Expression(terms);

  const std::int64_t wanted = page * kSearchPage + 1;
  std::int64_t entries = 0, comments = 0;
  std::vector<Scored> entry_hits =
      Gather(tx.Query(query::kSearchEntries, match, now, wanted), false, &entries);
  if (entries > kRanked) {
    for (Scored& one : Gather(
             tx.Query(query::kSearchTitles, TitleExpression(terms), now, std::int64_t{100}), false))
      entry_hits.push_back(std::move(one));
  }
  std::vector<Scored> found;
  MergeByShareOfBest(std::move(entry_hits), kEntryWeight, found);
  MergeByShareOfBest(Comments(tx, match, now, wanted, entries, comments), kCommentWeight, found);
  // What is not public yet, or not any more, is not counted either: a number would tell of it.
  if (entries > 0 && entries <= kCounted)
    entries -= tx.Int(query::kSearchEntryCountHidden, match, now).value_or(0);
  if (comments > 0 && comments <= kCounted)
    comments -= tx.Int(query::kSearchCommentCountHidden, match, now).value_or(0);
  results.total = std::min(kCounted + 1, entries + comments);

  // Equal scores fall to the newer.
  std::sort(found.begin(), found.end(), [](const Scored& a, const Scored& b) {
    if (a.score != b.score) return a.score > b.score;
    if (a.hit.at != b.hit.at) return a.hit.at > b.hit.at;
    return a.hit.id > b.hit.id;
  });
  const auto same = [](const Scored& a, const Scored& b) {
    return a.hit.id == b.hit.id &&
           (a.hit.kind == Hit::Kind::kComment) == (b.hit.kind == Hit::Kind::kComment);
  };
  std::vector<Scored> distinct;
  for (Scored& one : found) {
    if (std::none_of(distinct.begin(), distinct.end(),
                     [&](const Scored& d) { return same(d, one); }))
      distinct.push_back(std::move(one));
    if (static_cast<std::int64_t>(distinct.size()) > page * kSearchPage) break;
  }
  const auto first = static_cast<std::size_t>((page - 1) * kSearchPage);
  for (std::size_t i = first; i < distinct.size() && i < first + kSearchPage; ++i) {
    AddSnippet(tx, match, distinct[i].hit);
    results.hits.push_back(std::move(distinct[i].hit));
  }
  results.more = distinct.size() > first + kSearchPage && page < kSearchPages;
  return results;
}

}  // namespace daybook::journal
