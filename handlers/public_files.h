// Files of static/ and media/ where the web server does not give them out itself, as below the
// program's own name on hosts without rewriting. With the headers of nginx/nginx.conf.
#pragma once

#include <filesystem>
#include <optional>

#include "fcgi/request.h"
#include "fcgi/response.h"

namespace daybook::handlers {

// Nothing where the address is none of theirs or no such file is there.
std::optional<fcgi::Response> PublicFile(const std::filesystem::path& public_folder,
                                         const fcgi::Request& request);

}  // namespace daybook::handlers
