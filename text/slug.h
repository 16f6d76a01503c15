// The part of an address that a title becomes. It is not the choice of a free one: journal/ asks
// the database and comes back for a suffix.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/safe.h"

namespace daybook::text {

inline constexpr size_t kSlugMax = 60;

// Letters of Latin, Greek, Cyrillic, Armenian, Georgian and others in ASCII ("Füße" -> "Fusse"),
// full-width forms narrowed, combining marks dropped; white space becomes ' '. What has no ASCII
// form is dropped, punctuation too.
[[nodiscard]] std::string Transliterate(std::string_view utf8);

// The rule of our addresses: transliterated, lower case, white space to '-', all else outside
// [a-z0-9-] deleted without a trace, hyphens collapsed, cut at 60 in mid-word too, trimmed.
// Nothing left: the empty slug, and the caller uses the entry's id.
[[nodiscard]] Slug MakeSlug(std::string_view title);
// slug-n, shortened where it must be to stay within 60.
[[nodiscard]] Slug WithSuffix(const Slug& slug, unsigned n);
// For slugs that were made elsewhere: only what already keeps the rule.
[[nodiscard]] std::optional<Slug> ParseSlug(std::string_view s);

}  // namespace daybook::text
