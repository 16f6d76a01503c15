// How often one network and the whole journal may post. Each scope has an allowance that fills up
// steadily; what is stored is the moment when it is whole again.
#include <algorithm>
#include <string>

#include "journal/judge.h"
#include "sql/queries.h"
#include "sql/tx.h"
#include "text/network.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

struct Limit {
  Seconds each;     // one more is allowed after so long
  Seconds at_once;  // so many without a wait
};
// A /24 may be a school or half a town behind one telephone company, so it gets room for a lively
// thread; a journal's own bound is there for floods from everywhere.
constexpr Limit kNetworkLimit = {20, 12};
constexpr Limit kJournalLimit = {2, 120};

struct Scope {
  std::string name;
  Limit limit;
};

Scope JournalScope(AnswerKind kind) {
  return {std::to_string(static_cast<int>(kind)), kJournalLimit};
}
Scope NetworkScope(AnswerKind kind, const std::string& network) {
  return {std::to_string(static_cast<int>(kind)) + " " + network, kNetworkLimit};
}

// When the allowance of `scope` is whole again. What lies further ahead than any use could bring it
// was written by a clock that was wrong.
Seconds FullAt(sql::Tx& tx, const Scope& scope, Seconds now) {
  Seconds full_at = tx.Int(query::kRateRead, scope.name).value_or(now);
  return full_at > now + scope.limit.each * scope.limit.at_once ? now : std::max(full_at, now);
}

// The first moment with room for one more.
Seconds Opens(sql::Tx& tx, const Scope& scope, Seconds now) {
  return FullAt(tx, scope, now) - scope.limit.each * (scope.limit.at_once - 1);
}

}  // namespace

std::optional<Seconds> RateLimited(sql::Tx& tx, const Settings& settings, AnswerKind kind,
                                   std::string_view address, Seconds now) {
  if (!settings.rates) return std::nullopt;
  Seconds opens = Opens(tx, JournalScope(kind), now);
  if (std::string network = text::NetworkOf(address); !network.empty())
    opens = std::max(opens, Opens(tx, NetworkScope(kind, network), now));
  return opens > now ? std::optional(opens) : std::nullopt;
}

void CountPost(sql::Tx& tx, const Settings& settings, AnswerKind kind, std::string_view address,
               Seconds now) {
  if (!settings.rates) return;
  tx.Exec(query::kRateForget, now);  // a few hundred rows at most: the limits bound them
  const auto count = [&](const Scope& scope) {
    tx.Exec(query::kRatePut, scope.name, FullAt(tx, scope, now) + scope.limit.each);
  };
  count(JournalScope(kind));
  if (std::string network = text::NetworkOf(address); !network.empty())
    count(NetworkScope(kind, network));
}

}  // namespace daybook::journal
