// Mails that say that a mail of ours did not arrive: `daybook bounce` reads one from a pipe. Which
// copy it was, the signed tag says that its envelope sender had (journal/bounce.h); so nobody can
// stop mail to an address who has not got one of its mails. Answers by machines that say something
// else (an absence) change nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "journal/model.h"
#include "journal/sign.h"

namespace daybook::work {

struct Bounce {
  journal::Id mail = 0;
  bool hard = false;       // the address is none; else it may be tried again another day
  std::string diagnostic;  // one line
};

// To whom a row of the table `mail` went; empty: there is none of that id.
using RecipientOf = std::function<std::string(journal::Id)>;

// `mail`: the whole message; `recipient`: whom it came to, where the mail server says so. Reads RFC
// 3464 (multipart/report, message/delivery-status) and older forms that have the server's line in
// their text. Nothing where it is no refusal of a mail of ours. Linear.
[[nodiscard]] std::optional<Bounce> ReadBounce(const journal::Signer& signer,
                                               const RecipientOf& recipient_of,
                                               std::string_view bounces, std::string_view mail,
                                               std::string_view recipient);

}  // namespace daybook::work
