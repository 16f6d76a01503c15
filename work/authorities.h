// The file of certificate authorities that TLS is checked against.
#pragma once

#include <string>

namespace daybook::work {

// SSL_CERT_FILE of the environment, else where systems keep it; empty if it is nowhere, then
// libcurl's own. Looked for once.
[[nodiscard]] const std::string& Authorities();

}  // namespace daybook::work
