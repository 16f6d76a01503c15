// The signed mark in a copy's envelope sender, by which a refusal that comes back as mail names the
// copy that was refused. Who reads such mails: work/bounce.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/model.h"
#include "journal/sign.h"

namespace daybook::journal {

// "ID-MAC", at most 40 characters, of letters, digits and '-'. Ids are given anew when the newest
// rows were deleted, so the recipient is signed, too: a mark is nothing for anybody else's address.
[[nodiscard]] std::string BounceTag(const Signer& signer, Id mail, std::string_view recipient);
// The id of the table `mail` that it names, checked or not; nothing where none is named.
[[nodiscard]] std::optional<Id> IdOfBounceTag(std::string_view tag);
// Whether this journal made it for a mail to `recipient`.
[[nodiscard]] bool FitsBounceTag(const Signer& signer, std::string_view tag,
                                 std::string_view recipient);

}  // namespace daybook::journal
