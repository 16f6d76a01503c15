// Letters to many in words, for the pages that name them.
#pragma once

#include <string>

#include "handlers/frame.h"
#include "journal/mailing.h"

namespace daybook::handlers::admin {

std::string MailingName(const templates::Words& words, const journal::Mailing& mailing);
// "412 of 500 sent, done by 16:40"
std::string MailingProgress(const Frame& frame, sql::Tx& tx, const journal::Mailing& mailing,
                            journal::Seconds now);

}  // namespace daybook::handlers::admin
