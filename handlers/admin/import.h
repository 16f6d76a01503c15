// What the pages around an import share: the first run's last step and /admin/import.
#pragma once

#include <string>

#include "handlers/admin/frame.h"
#include "journal/home.h"
#include "templates/view.h"

namespace daybook::handlers::admin {

struct ImportOffer {
  std::string back;   // which page the upload comes back to: "setup" or ""
  std::string added;  // the file that was just added
  std::string error;  // why one was not
};
// parts/import_list and parts/import_add; gives how many files can be chosen.
std::size_t FillImports(templates::View& view, const Frame& frame, const journal::Home& home,
                        const ImportOffer& offer);
// What was ticked in parts/import_list.
inline constexpr std::string_view kImportField = "file";

}  // namespace daybook::handlers::admin
