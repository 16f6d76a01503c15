// How often something may happen: a scope has an allowance that fills up steadily, and what is
// stored (table `rate`) is the moment when it is whole again. Who is limited in what is the
// callers' business: judge_rates.cc for readers, account.h for log-ins.
#pragma once

#include <optional>
#include <string_view>

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

struct RateLimit {
  Seconds each;     // one more is allowed after so long
  Seconds at_once;  // so many without a wait
};
// The first moment with room for one more; it may have passed.
[[nodiscard]] Seconds RateOpens(sql::Tx& tx, std::string_view scope, const RateLimit& limit,
                                Seconds now);
void CountRate(sql::Tx& tx, std::string_view scope, const RateLimit& limit, Seconds now);
// It was nothing that should count, after all.
void UncountRate(sql::Tx& tx, std::string_view scope, const RateLimit& limit, Seconds now);

}  // namespace daybook::journal
