// The catalogues that were built in.
#include "cli/languages.h"

#include "templates/embedded.h"

namespace daybook::cli {

bool HasTextsIn(std::string_view tag) {
  const std::string_view wanted = tag.substr(0, tag.find('-'));
  for (const templates::EmbeddedCatalogue& one : templates::EmbeddedWords()) {
    if (one.language.substr(0, one.language.find('-')) == wanted) return true;
  }
  return false;
}

std::string NoTextsIn(std::string_view tag) {
  std::string list;
  for (const templates::EmbeddedCatalogue& one : templates::EmbeddedWords())
    list += (list.empty() ? "" : ", ") + std::string(one.language);
  return "Daybook has no texts in “" + std::string(tag) + "”. Use one of " + list;
}

}  // namespace daybook::cli
