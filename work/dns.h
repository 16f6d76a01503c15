// TXT records of the domain name system, by the C library's resolver.
#pragma once

#include <string>
#include <vector>

namespace daybook::work {

struct TxtAnswer {
  bool answered = false;           // false: no name server said anything in some ten seconds
  std::vector<std::string> texts;  // each record's strings joined; empty: there is none
};

// `server`: HOST:PORT with an IPv4 address, in place of the machine's name servers; empty: those.
[[nodiscard]] TxtAnswer LookUpTxt(const std::string& name, const std::string& server = "");

}  // namespace daybook::work
