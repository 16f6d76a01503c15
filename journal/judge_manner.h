// Manners of wooing that hold for many topics: who urges the reader to do something, who speaks of
// the own wares, and words that are a letter away from ones that spam cannot do without. Word lists
// are folded (text/fold.h).
#pragma once

#include <string_view>
#include <vector>

#include "text/fold.h"

namespace daybook::journal {

struct Manner {
  int urges = 0;  // sentences that begin with "visit", "check", "please follow" …
  int own = 0;    // "my new channel", "our site", "unser Angebot" …
  int misspelt = 0;
};
// `source` is what `words` were folded from.
[[nodiscard]] Manner MannerOf(std::string_view source, const std::vector<text::FoldedWord>& words);

// The word that `word` was meant to be taken for: "subcribe" -> "subscribe"; empty if none, or if
// it is that word.
[[nodiscard]] std::string_view MeantWord(std::string_view word);

// Whether the word at `i` is one that urges, but somebody only says that he does it.
[[nodiscard]] bool IsReport(const std::vector<text::FoldedWord>& words, size_t i);

}  // namespace daybook::journal
