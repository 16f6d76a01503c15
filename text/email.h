// One mail address as somebody typed it. It is not a check that the mailbox exists.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/safe.h"

namespace daybook::text {

inline constexpr size_t kEmailMax = 254;  // RFC 5321, 4.5.3.1.3

// Trimmed; the domain in lower case, beyond ASCII as punycode; the local part as typed. Refused:
// what is not local@domain.tld, quoted local parts, letters beyond ASCII before the '@' (most
// servers cannot deliver there), a leading '-' (it could be read as an option), and everything
// longer than kEmailMax.
[[nodiscard]] std::optional<EmailAddress> ParseEmail(std::string_view typed);

// Whose mailbox it is, to count by: one may be written in many ways (Ann+x@, a.n.n@, ANN@). Lower
// case, without dots before the '@' and without what follows a '+'. Nothing is sent there.
[[nodiscard]] std::string MailboxOf(const EmailAddress& address);

}  // namespace daybook::text
