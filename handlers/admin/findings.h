// The doctor's findings as a list on a page (parts/findings).
#pragma once

#include "handlers/doctor.h"
#include "handlers/links.h"
#include "templates/view.h"

namespace daybook::handlers::admin {

void FillFindings(templates::Block block, const Links& links, const Findings& findings);

}  // namespace daybook::handlers::admin
