// The lists of entries that are alike.
#include "journal/related.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "sql/queries/related.h"
#include "sql/tx.h"
#include "text/excerpt.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr int kKept = 6, kShown = 4;  // some of those kept may not be there yet, or no more
constexpr int kTerms = 12;            // of an entry with more, the rarest
constexpr int kNearest = 20;          // of each term, on either side in time
constexpr int kOthers = 20;           // lists that are made again because it was in them

struct Candidate {
  Id id = 0;
  double score = 0;
  Seconds apart = 0;
};

struct Shared {
  bool is_tag = false;
  Id id = 0;
  double weight = 0;
};

std::vector<Shared> TermsOf(sql::Tx& tx, Id entry) {
  std::vector<Shared> terms;
  sql::Rows rows = tx.Query(query::kRelatedTerms, entry);
  while (rows.Step()) {
    const bool is_tag = rows.Int(0) == 1;
    const double rarity = 1 / std::log(4.0 + static_cast<double>(rows.Int(2)));
    terms.push_back({is_tag, rows.Int(1), is_tag ? 2 * rarity : rarity});
  }
  std::sort(terms.begin(), terms.end(),
            [](const Shared& a, const Shared& b) { return a.weight > b.weight; });
  if (terms.size() > kTerms) terms.resize(kTerms);
  return terms;
}

// Best first. Some may be drafts, pages or behind a password.
std::vector<Candidate> CandidatesFor(sql::Tx& tx, Id entry, Seconds moment) {
  std::unordered_map<Id, Candidate> found;
  for (const Shared& term : TermsOf(tx, entry)) {
    sql::Rows rows = term.is_tag ? tx.Query(query::kRelatedOfTag, term.id, moment, kNearest)
                                 : tx.Query(query::kRelatedOfCategory, term.id, moment, kNearest);
    while (rows.Step()) {
      const Id id = rows.Int(0);
      if (id == entry) continue;
      Candidate& candidate = found[id];
      candidate.id = id;
      candidate.score += term.weight;
      candidate.apart = std::abs(rows.Int(1) - moment);
    }
  }
  std::vector<Candidate> all;
  all.reserve(found.size());
  for (const auto& [id, candidate] : found) all.push_back(candidate);
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    if (a.score != b.score) return a.score > b.score;
    return a.apart != b.apart ? a.apart < b.apart : a.id > b.id;
  });
  return all;
}

std::vector<Id> PutList(sql::Tx& tx, Id entry) {
  std::vector<Id> list;
  const std::optional<Seconds> moment = tx.Int(query::kRelatedMoment, entry);
  if (moment) {
    for (const Candidate& candidate : CandidatesFor(tx, entry, *moment)) {
      if (!tx.Int(query::kRelatedMoment, candidate.id)) continue;
      list.push_back(candidate.id);
      if (list.size() == kKept) break;
    }
  }
  tx.Exec(query::kRelatedDrop, entry);
  for (std::size_t i = 0; i < list.size(); ++i) tx.Exec(query::kRelatedPut, entry, i, list[i]);
  tx.Exec(query::kRelatedCount, entry, list.size());
  return list;
}

}  // namespace

bool RelationsWanted(sql::Tx& tx) { return tx.Has(query::kRelatedWanted, 1); }

bool RelateSome(sql::Tx& tx) {
  std::vector<Id> some;
  {
    sql::Rows rows = tx.Query(query::kRelatedWanted, kRelatedStep);
    while (rows.Step()) some.push_back(rows.Int(0));
  }
  bool seen = false;
  for (const Id id : some) seen = !PutList(tx, id).empty() || seen;
  if (seen) tx.MarkPublic();
  return some.size() == kRelatedStep;
}

void Relate(sql::Tx& tx, Id entry) {
  std::vector<Id> others;
  {
    sql::Rows rows = tx.Query(query::kRelatedOthers, entry, kOthers);
    while (rows.Step()) others.push_back(rows.Int(0));
  }
  for (const Id id : PutList(tx, entry))
    if (std::find(others.begin(), others.end(), id) == others.end()) others.push_back(id);
  for (const Id id : others) PutList(tx, id);
}

std::vector<Link> RelatedTo(sql::Tx& tx, Id entry, Seconds now) {
  std::vector<Link> links;
  sql::Rows rows = tx.Query(query::kRelatedEntries, entry, now, kShown);
  while (rows.Step())
    links.push_back({rows.String(0),
                     rows.Text(1).empty() ? text::MakeExcerpt(rows.Text(2), 60) : rows.String(1)});
  return links;
}

}  // namespace daybook::journal
