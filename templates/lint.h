// Rules that a template keeps before it may stand in the place of one of the program's: what the
// escaping of ctemplate does not see, and what would ask another host for something. Whether its
// sections close and its parts and texts exist, loading says (ThemeComplaints).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::templates {

struct LintFault {
  int line = 1;
  std::string_view why;  // admin.lint.WHY is its text
  std::string about;     // what it is about, as it stands there
};
// Of a file called `name`, which is one of the program's.
[[nodiscard]] std::vector<LintFault> Lint(std::string_view name, std::string_view source);

// The program's own file of that name; empty: there is none.
[[nodiscard]] std::string_view OriginalTemplate(std::string_view name);

}  // namespace daybook::templates
