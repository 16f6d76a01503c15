// Addresses of entries and pages: the pattern that the owner chose, what may stand in it, and the
// names that no page may take because the journal itself answers there. Which address is still
// free, edit.h asks the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/model.h"
#include "text/dates.h"

namespace daybook::journal {

inline constexpr std::string_view kDefaultPattern = "/{year}/{month}/{day}/{slug}.html";

// What a pattern's variables stand for.
struct PermalinkParts {
  text::LocalTime
      date;  // {year} {month} {day}, {month2} {day2} {hour} {minute} {second} with two digits
  std::string slug;      // {slug}
  Id id = 0;             // {id}
  std::string author;    // {author}: slug
  std::string category;  // {category}: slugs from the root down, "travel/ireland"; may be empty
};

// What is to be changed in a pattern: in English for a terminal, and the name of the page's text
// (CheckedValue::why).
struct PatternProblem {
  std::string text;
  std::string_view why;
  std::string about = {};
};
// Nothing if the pattern is good. A good one begins with '/', holds {slug} or {id}, knows no other
// variables than those above, and cannot give an address of the journal's own.
[[nodiscard]] std::optional<PatternProblem> CheckPattern(std::string_view pattern);

// The decoded path. Empty parts leave no "//".
[[nodiscard]] std::string MakePath(std::string_view pattern, const PermalinkParts& parts);

// "/a/x.html", 2 -> "/a/x-2.html"; "/a/x/", 2 -> "/a/x-2/".
[[nodiscard]] std::string PathWithSuffix(std::string_view path, unsigned n);

// First segments that belong to the journal: "admin", "search", "rss.xml", …
[[nodiscard]] bool IsReservedName(std::string_view first_segment);
// Whether an entry or page at this path would hide, or be hidden by, a page of the journal's own: a
// reserved first segment, or an archive of dates ("/2007", "/2007/3/").
[[nodiscard]] bool IsReservedPath(std::string_view path);

}  // namespace daybook::journal
