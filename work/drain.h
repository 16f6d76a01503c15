// Doing what is due: claims one job after another until there is none, or until told to stop. Any
// number of processes may do so at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "journal/jobs.h"
#include "journal/journal.h"
#include "journal/mail.h"
#include "templates/templates.h"
#include "work/fetch.h"
#include "work/message.h"
#include "work/transport.h"

namespace daybook::work {

// What the jobs work with. All of it outlives them.
struct Tools {
  journal::Journal& journal;
  const templates::Templates& templates;
  Fetcher& fetcher;
  Mailer* mailer = nullptr;  // none: mail is off
  std::function<journal::Seconds()> clock;
};

// What came of a job; the transaction that ends it is the job's own where something is to be kept.
void DoMail(const Tools& tools, const journal::Job& job);
void DoAlert(const Tools& tools, const journal::Job& job);
void DoTellWriter(const Tools& tools, const journal::Job& job);
void DoTellFollowers(const Tools& tools, const journal::Job& job);
void DoVerify(const Tools& tools, const journal::Job& job);       // verify.cc
void DoSpread(const Tools& tools, const journal::Job& job);       // spread.cc
void DoSendMention(const Tools& tools, const journal::Job& job);  // spread.cc
void DoMailing(const Tools& tools, const journal::Job& job);      // mailing.cc
// An issue as a mail to who writes it; nothing where it is gone.
std::optional<Message> IssueTest(const Tools& tools, const journal::Settings& settings,
                                 const journal::QueuedMail& mail);  // mailing.cc
void DoDigest(const Tools& tools, const journal::Job& job);         // mailing.cc
void DoPicture(const Tools& tools, const journal::Job& job);        // picture.cc
void DoImport(const Tools& tools, const journal::Job& job);
void DoMailCheck(const Tools& tools, const journal::Job& job);  // mail_check.cc
void DoKeep(const Tools& tools, const journal::Job& job);       // keep_job.cc
void DoHang(const Tools& tools, const journal::Job& job);

// While the owner has ended mail, its jobs look that often whether it goes on (at most 3,600:
// mail_wake); beginning again has them look at once.
inline constexpr journal::Seconds kMailHeld = 3600;
// A line of the log for what did not leave, without anybody's address.
void LogDelivery(journal::Id mail, const Delivered& delivered);

// Gives how many jobs were done. `lease` is this process's own (jobs.h). Throws DbError.
int Drain(const Tools& tools, std::string_view lease, const std::function<bool()>& stop);

}  // namespace daybook::work
