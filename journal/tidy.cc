// What is kept only for a while: see tidy.h.
#include "journal/tidy.h"

#include "journal/contact.h"
#include "journal/friend.h"
#include "journal/mail.h"
#include "journal/mentions.h"
#include "journal/moderate.h"
#include "journal/related.h"
#include "journal/site.h"
#include "journal/subscriber.h"
#include "sql/queries/audit.h"
#include "sql/queries/job.h"
#include "sql/queries/mail.h"
#include "sql/queries/mention.h"
#include "sql/queries/site.h"
#include "sql/queries/statistics.h"
#include "sql/tx.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr Seconds kPause = 3600, kDay = 86400;
constexpr Seconds kMailsKept = 30 * kDay;
constexpr Seconds kLogKept = 365 * kDay;

}  // namespace

bool TidyIsDue(sql::Tx& tx, Seconds now) {
  const Seconds done = tx.Int(query::kTidiedAt).value_or(0);
  return done + kPause <= now || done > now ||  // a clock that was wrong
         RelationsWanted(tx) || tx.Has(query::kStatisticDue, now) ||
         tx.Has(query::kSiteRenderingWanted);
}

bool Tidy(sql::Tx& tx, const Settings& settings, Seconds now) {
  if (RelateSome(tx)) return true;
  if (ForgetOldAnswers(tx, settings, now)) return true;
  if (EmptyTrash(tx, now - settings.trash_days * kDay, now)) return true;
  const Seconds networks = now - settings.network_days * kDay;
  tx.Exec(query::kMentionForgetNetworks, networks);
  tx.Exec(query::kMailForgetNetworks, networks);
  ForgetMails(tx, now - kMailsKept);
  ForgetAsked(tx, now - kMailsKept);
  ForgetMentions(tx, now);
  ForgetFriendMails(tx, now);
  ForgetMessages(tx, settings, now);
  constexpr std::int64_t kSome = 500;
  if (tx.Exec(query::kLogForget, now - kLogKept, kSome) >= kSome) return true;
  tx.Exec(query::kTidiedPut, std::to_string(now));
  return false;
}

}  // namespace daybook::journal
