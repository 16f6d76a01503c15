// What the pages of asking for mail and of one's own subscription share.
#pragma once

#include <span>

#include "fcgi/form.h"
#include "handlers/frame.h"
#include "journal/subscriber.h"

namespace daybook::handlers {

inline constexpr fcgi::FormField kChoiceFields[] = {
    {"email", 400}, {"posts", 10},  {"newsletter", 5}, {"tag", 20},
    {"full", 5},    {"token", 200}, {"action", 10}};

// parts/subscribe_choices. Reads the tags that entries have most; without a transaction those that
// were chosen stay.
void FillChoices(templates::Block block, const Frame& frame, sql::Tx* tx,
                 const journal::Choices& choices);
[[nodiscard]] journal::Choices ChoicesOf(const fcgi::Form& form);
[[nodiscard]] bool WantsNothing(const journal::Choices& choices);
// "New entries (Once a week), only about swifts; Newsletter".
[[nodiscard]] std::string ChoiceWords(const templates::Words& words, sql::Tx& tx,
                                      const journal::Choices& choices);

}  // namespace daybook::handlers
