// Where a request that would change something was sent from: the whole of our CSRF defence but for
// tokens.
#pragma once

#include <cstdint>

#include "fcgi/request.h"

namespace daybook::fcgi {

// The class of a route that changes something (each POST route in the table has exactly one).
enum class Csrf : uint8_t {
  kNone,        // reads only
  kSameOrigin,  // the owner's side: anything but a proven same origin is refused with 403
  kReader,      // readers' forms: the handler asks CheckOrigin, refuses kForeign showing the text,
                // and leads kUnknown to the preview step
  kAnyOrigin,   // protocol endpoints, and links from mails that carry their own token
};

enum class OriginVerdict : uint8_t { kSame, kForeign, kUnknown };

// Sec-Fetch-Site decides if sent; else Origin against Host (default ports count as absent). Neither
// header, or `Origin: null` without Sec-Fetch-Site: kUnknown.
OriginVerdict CheckOrigin(const Request& request);

}  // namespace daybook::fcgi
