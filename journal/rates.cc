// The table `rate`.
#include "journal/rates.h"

#include <algorithm>

#include "sql/queries/judge.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

// When the allowance of `scope` is whole again. What lies further ahead than any use could bring it
// was written by a clock that was wrong.
Seconds FullAt(sql::Tx& tx, std::string_view scope, const RateLimit& limit, Seconds now) {
  Seconds full_at = tx.Int(query::kRateRead, scope).value_or(now);
  return full_at > now + limit.each * limit.at_once ? now : std::max(full_at, now);
}

}  // namespace

Seconds RateOpens(sql::Tx& tx, std::string_view scope, const RateLimit& limit, Seconds now) {
  return FullAt(tx, scope, limit, now) - limit.each * (limit.at_once - 1);
}

void CountRate(sql::Tx& tx, std::string_view scope, const RateLimit& limit, Seconds now) {
  tx.Exec(query::kRatePut, scope, FullAt(tx, scope, limit, now) + limit.each);
}

void UncountRate(sql::Tx& tx, std::string_view scope, const RateLimit& limit, Seconds now) {
  tx.Exec(query::kRatePut, scope, FullAt(tx, scope, limit, now) - limit.each);
}

}  // namespace daybook::journal
