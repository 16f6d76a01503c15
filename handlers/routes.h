// The site map.
#pragma once

#include <span>
#include <string_view>

#include "handlers/context.h"

namespace daybook::handlers {

std::span<const fcgi::Route<Context>> Routes();  // what readers use
// The table that a path is looked up in: the owner's side has one of its own (handlers/admin).
std::span<const fcgi::Route<Context>> RoutesFor(std::string_view path);
// How soon a request for that row is answered while too many ask. The owner's come with reading.
fcgi::Rank RankOf(const fcgi::Request& request, const fcgi::Route<Context>& row);

}  // namespace daybook::handlers
