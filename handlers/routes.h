// The site map.
#pragma once

#include <span>

#include "handlers/context.h"

namespace daybook::handlers {

std::span<const fcgi::Route<Context>> Routes();

}  // namespace daybook::handlers
