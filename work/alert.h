// The mail that tells the owner what waits: its words, made when it leaves.
#pragma once

#include "journal/mail.h"
#include "journal/settings.h"
#include "sql/tx.h"
#include "templates/templates.h"

namespace daybook::work {

// Puts the whole text into a mail of MailTemplate::kAlert, as its field "ready". False where
// nothing of it waits any more.
[[nodiscard]] bool FillAlert(sql::Tx& tx, const journal::Settings& settings,
                             const templates::Templates& templates, journal::QueuedMail& mail,
                             journal::Seconds now);

}  // namespace daybook::work
