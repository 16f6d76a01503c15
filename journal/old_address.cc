// Dates and slugs in the addresses of other engines.
#include "journal/old_address.h"

#include <array>
#include <charconv>

#include "journal/read.h"
#include "text/slug.h"

namespace daybook::journal {
namespace {

std::optional<int> Number(std::string_view s) {
  int value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error != std::errc() || end != s.data() + s.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::string> EntryByDateAndSlug(sql::Tx& tx, std::span<const std::string_view> s,
                                              Seconds now) {
  if (s.size() < 2 || s.size() > 5) return std::nullopt;
  const std::size_t from = Number(s[0]) ? 0 : 1;  // "/blog/2019/…"
  std::array<int, 3> date{};
  const std::size_t parts = s.size() - 1 - from;
  if (parts < 1 || parts > 3 || s[from].size() != 4) return std::nullopt;
  for (std::size_t i = 0; i < parts; ++i) {
    const auto number = Number(s[from + i]);
    if (!number || *number == 0) return std::nullopt;
    date[i] = *number;
  }
  std::string_view name = s.back();
  for (const std::string_view ending : {".html", ".htm", ".php", ".shtml"}) {
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  const std::string slug = text::MakeSlug(name).str();
  if (slug.empty()) return std::nullopt;
  const auto found = WithSlugOn(tx, slug, {date[0], date[1], date[2]}, now);
  if (!found) return std::nullopt;
  return found->path;
}

}  // namespace daybook::journal
