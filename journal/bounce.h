// The signed mark in a copy's envelope sender, by which a refusal that comes back as mail names the
// copy that was refused. Who reads such mails: work/bounce.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/model.h"
#include "journal/sign.h"

namespace daybook::journal {

// "ID-MAC", at most 40 characters, of letters, digits and '-'.
[[nodiscard]] std::string BounceTag(const Signer& signer, Id mail);
// The id of the table `mail`; nothing where this journal did not make the tag.
[[nodiscard]] std::optional<Id> ReadBounceTag(const Signer& signer, std::string_view tag);

}  // namespace daybook::journal
