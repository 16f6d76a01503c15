// Where systems keep certificate authorities: see authorities.h.
#include "work/authorities.h"

#include <unistd.h>

#include <cstdlib>

namespace daybook::work {
namespace {

std::string Find() {
  const char* named = std::getenv("SSL_CERT_FILE");
  if (named != nullptr && *named != '\0') return named;
  for (const char* file :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem", "/usr/local/share/certs/ca-root-nss.crt"}) {
    if (access(file, R_OK) == 0) return file;
  }
  return "";
}

}  // namespace

const std::string& Authorities() {
  static const std::string file = Find();
  return file;
}

}  // namespace daybook::work
