// Cleaning of typed text, slugs of terms, and the categories of an entry with all above them.
#include "journal/edit_common.h"

#include <cstdint>
#include <optional>

#include "sql/queries/write_entry.h"
#include "sql/queries/write_site.h"
#include "text/html_clean.h"
#include "text/slug.h"
#include "text/url.h"

namespace daybook::journal {

std::string CleanText(std::string_view text) {
  return text::CleanSource(text, text::BidiControls::kKeep);
}

std::string CleanLine(std::string_view text) {
  std::string line = CleanText(text);
  for (char& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  size_t first = line.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return line.substr(first, line.find_last_not_of(' ') - first + 1);
}

std::string CleanAddress(std::string_view typed) {
  std::optional<text::SafeUrl> url = text::ParseWebUrl(typed);
  return url ? url->str() : "";
}

std::string ShortHash(std::string_view text) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  std::string digits;
  for (; hash > 0; hash /= 36) digits += "0123456789abcdefghijklmnopqrstuvwxyz"[hash % 36];
  return digits;
}

std::string TermSlug(std::string_view slug, std::string_view name, std::string_view kind) {
  text::Slug made = text::MakeSlug(slug);
  if (made.empty()) made = text::MakeSlug(name);
  if (!made.empty()) return made.str();
  return std::string(kind) + "-" + ShortHash(name.empty() ? slug : name);
}

void PutCategories(sql::Tx& tx, Id entry, Seconds visible_at, const std::vector<Id>& direct) {
  tx.Exec(sql::query::kEntryDropCategories, entry);
  for (size_t i = 0; i < direct.size(); ++i) {
    tx.Exec(sql::query::kEntryPutCategory, direct[i], visible_at, entry, 1, i);
  }
  for (Id category : direct) {
    sql::Rows rows = tx.Query(sql::query::kCategoryLine, category);
    std::vector<Id> above;
    while (rows.Step()) above.push_back(rows.Int(0));
    for (Id id : above) {
      if (id != category) tx.Exec(sql::query::kEntryPutCategory, id, visible_at, entry, 0, 0);
    }
  }
}

std::string CategoryPath(sql::Tx& tx, Id category) {
  std::string path;
  sql::Rows rows = tx.Query(sql::query::kCategoryLine, category);
  while (rows.Step()) path += (path.empty() ? "" : "/") + rows.String(1);
  return path;
}

}  // namespace daybook::journal
