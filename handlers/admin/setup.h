// What the first run's pages, and whoever begins a journal, share.
#pragma once

#include <string>

#include "handlers/admin/frame.h"
#include "handlers/admin/import.h"
#include "sql/db.h"

namespace daybook::handlers::admin {

// What stands below the code in its file, in every language that there is.
std::string SetupNote();

// "Step 1 of 3".
std::string SetupStep(const templates::Words& words, int step);
// Every address of the first run once there is an owner.
fcgi::Response SetupClosed(const Context& context);
// Nothing can be written into the private folder.
fcgi::Response SetupUnwritable(const Frame& frame, const journal::Home& home);
// The second step, empty: the journal and its owner. (setup_owner.cc)
fcgi::Response SetupOwnerForm(const Frame& frame, const fcgi::Request& request);

struct HostShown {
  std::string alert;
  ImportOffer offer;
  bool open = false;  // the private room is: how to mend it stands in full
};
// The last step: the host, the canary, what to bring along. (setup_host.cc)
fcgi::Response HostPage(const Frame& frame, const Viewer& viewer, const fcgi::Request& request,
                        sql::Db& db, const HostShown& shown, int status = 200);
// The page of imports. (import.cc)
fcgi::Response ImportPageOf(const Frame& frame, const Viewer& viewer, sql::Db& db,
                            const ImportOffer& offer, const std::string& alert, int status = 200);

}  // namespace daybook::handlers::admin
