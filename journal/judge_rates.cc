// How often one network and the whole journal may post.
#include <algorithm>
#include <string>

#include "journal/judge.h"
#include "journal/rates.h"
#include "sql/queries/judge.h"
#include "sql/tx.h"
#include "text/network.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

// A /24 may be a school or half a town behind one telephone company, so it gets room for a lively
// thread; a journal's own bound is there for floods from everywhere.
constexpr RateLimit kNetworkLimit = {20, 12};
constexpr RateLimit kJournalLimit = {2, 120};

struct Scope {
  std::string name;
  RateLimit limit;
};

Scope JournalScope(AnswerKind kind) {
  return {std::to_string(static_cast<int>(kind)), kJournalLimit};
}
Scope NetworkScope(AnswerKind kind, const std::string& network) {
  return {std::to_string(static_cast<int>(kind)) + " " + network, kNetworkLimit};
}

// The first moment with room for one more.
Seconds Opens(sql::Tx& tx, const Scope& scope, Seconds now) {
  return RateOpens(tx, scope.name, scope.limit, now);
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
  const auto count = [&](const Scope& scope) { CountRate(tx, scope.name, scope.limit, now); };
  count(JournalScope(kind));
  if (std::string network = text::NetworkOf(address); !network.empty())
    count(NetworkScope(kind, network));
}

}  // namespace daybook::journal
