// The records in DNS by which receivers tell a journal's mail from a forgery: SPF (RFC 7208), DKIM
// (RFC 6376) and DMARC (RFC 7489) of the sender's domain, and what to add where one is missing.
#pragma once

#include <functional>
#include <string>

#include "journal/mail_check.h"
#include "work/dkim.h"
#include "work/dns.h"

namespace daybook::work {

using TxtLookUp = std::function<TxtAnswer(const std::string& name)>;

// `key`: that signs; null: mail is not signed here. Three to some ten look-ups. The times of the
// answer are the caller's to fill.
[[nodiscard]] journal::MailRecords LookUpMailRecords(const journal::Settings& settings,
                                                     const DkimKey* key, const TxtLookUp& look_up);

}  // namespace daybook::work
