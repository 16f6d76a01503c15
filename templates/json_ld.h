// What search engines read about a page (schema.org as JSON-LD), from typed fields. The value
// stands in a data block, <script type="application/ld+json">, which no browser runs; "<" is
// escaped so that it cannot end there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "text/safe.h"

namespace daybook::templates {

// Addresses are absolute, moments RFC 3339; an empty field is left out.
struct PostingLd {
  std::string url = {};
  std::string headline = {};
  std::string description = {};
  std::string published = {};
  std::string modified = {};
  std::string language = {};
  std::string image = {};
  std::string author_name = {};
  std::string author_url = {};
  std::string journal_name = {};
  std::string journal_url = {};
  std::optional<int64_t> comments = {};  // where the entry has any part for them
};
text::SafeHtml PostingJsonLd(const PostingLd& posting);

struct JournalLd {
  std::string url = {};
  std::string name = {};
  std::string description = {};
  std::string language = {};
  std::string search_url = {};  // "https://example.org/search?q=", what is asked follows
};
text::SafeHtml JournalJsonLd(const JournalLd& journal);

}  // namespace daybook::templates
