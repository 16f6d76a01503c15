// What the pages of mail share: letters to many in words, and the panel of records in DNS.
#pragma once

#include <string>

#include "handlers/admin/site.h"
#include "journal/mailing.h"

namespace daybook::handlers::admin {

std::string MailingName(const templates::Words& words, const journal::Mailing& mailing);
// "412 of 500 sent, done by 16:40"
std::string MailingProgress(const Frame& frame, sql::Tx& tx, const journal::Mailing& mailing,
                            journal::Seconds now);
// mail_records.cc
void AddRecords(Page& page, sql::Tx& tx, const journal::Settings& settings, journal::Seconds now);

}  // namespace daybook::handlers::admin
