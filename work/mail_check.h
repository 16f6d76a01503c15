// What the owner asks about mail, done at once: for the job (mail_check.cc) and the command line.
#pragma once

#include "journal/journal.h"
#include "journal/mail_check.h"
#include "templates/templates.h"

namespace daybook::work {

// Sends one message by the way that is set up now, also while mail is ended: the owner asked for
// just this one. At most a minute and a half.
[[nodiscard]] journal::MailTest SendTestMail(const journal::Home& home,
                                             const journal::Settings& settings,
                                             const templates::Templates& templates,
                                             const text::EmailAddress& to, journal::Seconds now);
[[nodiscard]] journal::MailRecords LookUpRecordsOf(const journal::Home& home,
                                                   const journal::Settings& settings);

}  // namespace daybook::work
