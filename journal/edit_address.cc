// Tries a path, then the path with -1, -2 …, until neither an entry nor a redirect has it.
#include "journal/edit_address.h"

#include <algorithm>

#include "journal/permalink.h"
#include "sql/queries/write_entry.h"
#include "text/slug.h"

namespace daybook::journal {
namespace {

constexpr size_t kPathMax = 1000;

bool IsFree(sql::Tx& tx, std::string_view path, Id id) {
  return !IsReservedPath(path) && !tx.Has(sql::query::kEntryPathTaken, path, id);
}

// A path as it may be kept: no control characters, no dot segments, no doubled slash (requests lose
// theirs), nothing that would be a query.
bool IsUsable(std::string_view path) {
  if (!path.starts_with('/') || path.find("//") != path.npos || path.size() > kPathMax)
    return false;
  if (path.find_first_of("?#") != std::string_view::npos) return false;
  if (std::any_of(path.begin(), path.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }))
    return false;
  for (size_t i = 0; i != std::string_view::npos;) {
    size_t next = path.find('/', i + 1);
    std::string_view segment =
        path.substr(i + 1, next == std::string_view::npos ? next : next - i - 1);
    if (segment == "." || segment == "..") return false;
    i = next;
  }
  return true;
}

// "/tag/x" of an entry that kept its address from elsewhere: only another first segment helps.
std::string Numbered(std::string_view path, unsigned n) {
  size_t end = path.find('/', 1);
  bool deeper = end != std::string_view::npos && end + 1 < path.size();
  if (!deeper || !IsReservedName(path.substr(1, end - 1))) return PathWithSuffix(path, n);
  return std::string(path.substr(0, end)) + "-" + std::to_string(n) + std::string(path.substr(end));
}

}  // namespace

std::string SlugFor(const EntryDraft& draft, Id id) {
  std::string slug =
      IsUsable(draft.path) ? CleanLine(draft.slug) : text::MakeSlug(draft.slug).str();
  if (slug.empty()) slug = text::MakeSlug(draft.title).str();
  return slug.empty() ? std::to_string(id) : slug;
}

Address FreeAddress(sql::Tx& tx, const Settings& settings, const EntryDraft& draft, Id id,
                    const text::LocalTime& date) {
  Address address{SlugFor(draft, id), draft.path};
  if (IsUsable(draft.path)) {
    for (unsigned n = 1; !IsFree(tx, address.path, id); ++n) address.path = Numbered(draft.path, n);
    return address;
  }
  bool is_page = draft.kind == EntryKind::kPage;
  std::string_view pattern = is_page ? "/{slug}" : std::string_view(settings.permalink);
  PermalinkParts parts{date, address.slug, id, "", ""};
  if (pattern.find("{author}") != std::string_view::npos) {
    parts.author = tx.Text(sql::query::kEntryAuthorSlug, draft.author_id).value_or("");
  }
  if (pattern.find("{category}") != std::string_view::npos && !draft.categories.empty()) {
    parts.category = CategoryPath(tx, draft.categories.front());
  }
  std::string first = MakePath(pattern, parts);
  address.path = first;
  std::optional<text::Slug> slug = text::ParseSlug(address.slug);
  for (unsigned n = 1; !IsFree(tx, address.path, id); ++n) {
    if (slug) parts.slug = text::WithSuffix(*slug, n).str();
    std::string next = MakePath(pattern, parts);
    bool by_slug =
        next != first && !IsReservedName(std::string_view(next).substr(1, next.find('/', 1) - 1));
    address.path = by_slug ? next : Numbered(first, n);
    if (by_slug) address.slug = parts.slug;
  }
  return address;
}

}  // namespace daybook::journal
