// The doctor: what is so about the machine, the home and the settings, and where something is to be
// done, the exact mend. `daybook doctor` and the owner's page (admin/doctor.cc) show the same; what
// only a request can tell is ExamineRequest's.
#pragma once

#include <string>
#include <vector>

#include "fcgi/request.h"
#include "journal/home.h"
#include "journal/settings.h"
#include "templates/words.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::handlers {

struct Finding {
  enum class State { kGood, kLook, kBad };
  std::string name;  // the same in every language: "file system"
  State state = State::kGood;
  std::string title;  // what it is about, in words
  std::string text;
  std::string mend;  // empty if and only if it is good
};
using Findings = std::vector<Finding>;

// Reads the whole database once; changes nothing but for a lock that it tries.
[[nodiscard]] Findings Examine(const journal::Home& home, const templates::Words& words);

// The web server, as this request came from it.
[[nodiscard]] Findings ExamineRequest(const fcgi::Request& request, const journal::Home& home,
                                      const journal::Settings& settings,
                                      const templates::Words& words);

// Mail alone (doctor_mail.cc).
[[nodiscard]] Findings ExamineMail(sql::Tx& tx, const journal::Settings& settings,
                                   const templates::Words& words);

// What must be mended first, then what wants a look; each kind in its order.
void SortBySeverity(Findings& findings);

}  // namespace daybook::handlers
