// Reading what stands around entries: navigation, sidebar, archive, redirects, the site map, kept
// fragments.
#include <algorithm>

#include "journal/read.h"
#include "sql/queries/read.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
using sql::Rows;

struct Row {
  Id id = 0, parent = 0;
  CategoryNode node;
};

// Depth first; a parent's count holds its children's, so an empty branch shows at its root.
void Walk(const std::vector<Row>& rows, Id parent, int depth, std::vector<CategoryNode>& out) {
  if (depth > 16) return;  // a ring in the tree must not hang a page
  for (const Row& row : rows) {
    if (row.parent != parent || row.node.entries == 0) continue;
    out.push_back(row.node);
    out.back().depth = depth;
    Walk(rows, row.id, depth + 1, out);
  }
}

}  // namespace

std::vector<Month> Months(sql::Tx& tx) {
  std::vector<Month> all;
  Rows rows = tx.Query(query::kMonthsWithEntries);
  while (rows.Step()) all.push_back({rows.Int(0), rows.Int(1), rows.Int(2)});
  return all;
}

std::vector<CategoryNode> CategoryTree(sql::Tx& tx) {
  std::vector<Row> all;
  Rows rows = tx.Query(query::kAllCategories);
  while (rows.Step()) {
    all.push_back({rows.Int(0), rows.Int(1), {{rows.String(2), rows.String(3)}, rows.Int(4), 0}});
  }
  std::vector<CategoryNode> tree;
  Walk(all, 0, 0, tree);
  return tree;
}

std::vector<CountedTerm> TopTags(sql::Tx& tx, std::int64_t limit) {
  std::vector<CountedTerm> all;
  Rows rows = tx.Query(query::kTopTags, limit);
  while (rows.Step()) all.push_back({{rows.String(0), rows.String(1)}, rows.Int(2)});
  return all;
}

std::vector<CountedTerm> Authors(sql::Tx& tx) {
  std::vector<CountedTerm> all;
  Rows rows = tx.Query(query::kAuthorsWithEntries);
  while (rows.Step()) all.push_back({{rows.String(0), rows.String(1)}, rows.Int(2)});
  return all;
}

std::vector<TitledUrl> Navigation(sql::Tx& tx) {
  std::vector<TitledUrl> all;
  Rows rows = tx.Query(query::kNavigation);
  while (rows.Step()) all.push_back({rows.String(0), rows.String(1)});
  return all;
}

std::vector<SidebarSection> Sidebar(sql::Tx& tx) {
  std::vector<SidebarSection> all;
  Rows sections = tx.Query(query::kSidebarSections);
  while (sections.Step()) {
    all.push_back({sections.Int(0),
                   sections.Int(1) == 0,
                   sections.As<SectionKind>(2),
                   sections.String(3),
                   sections.String(4),
                   sections.Int(5),
                   {}});
  }
  Rows links = tx.Query(query::kSidebarLinks);
  while (links.Step()) {
    const auto section = std::find_if(
        all.begin(), all.end(), [&](const SidebarSection& s) { return s.id == links.Int(0); });
    if (section != all.end()) section->links.push_back({links.String(1), links.String(2)});
  }
  return all;
}

std::optional<Moved> RedirectOf(sql::Tx& tx, std::string_view path, Seconds now) {
  Rows rows = tx.Query(query::kRedirectByPath, path);
  if (!rows.Step()) return std::nullopt;
  Moved moved{static_cast<int>(rows.Int(0)), rows.String(1)};
  if (rows.IsNull(3)) return moved;  // leads to an address, not to an entry; a draft may have none
  if (rows.As<EntryStatus>(3) != EntryStatus::kPublished || rows.Int(4) > now || rows.Int(5) <= now)
    return std::nullopt;  // nobody learns where a hidden entry will be
  moved.path = moved.path.empty() ? rows.String(2) : SubAddress(rows.Text(2), moved.path);
  return moved;
}

std::optional<Link> FirstAt(sql::Tx& tx, const std::array<std::string, 3>& paths, Seconds now) {
  Rows rows = tx.Query(query::kEntryNearPath, paths[0], paths[1], paths[2], now);
  if (!rows.Step()) return std::nullopt;
  return Link{rows.String(0), rows.String(1)};
}

std::optional<Link> WithSlugOn(sql::Tx& tx, std::string_view slug, const std::array<int, 3>& date,
                               Seconds now) {
  Rows rows = tx.Query(query::kVisiblePathBySlugOn, slug, now, date[0], date[1], date[2]);
  if (!rows.Step()) return std::nullopt;
  return Link{rows.String(0), rows.String(1)};
}

std::optional<Link> WithSlug(sql::Tx& tx, std::string_view slug, Seconds now) {
  Rows rows = tx.Query(query::kVisiblePathBySlug, slug, now);
  if (!rows.Step()) return std::nullopt;
  return Link{rows.String(0), rows.String(1)};
}

std::vector<Link> SlugsLike(sql::Tx& tx, std::string_view slug, Seconds now) {
  std::vector<Link> all;
  if (slug.empty()) return all;
  Rows rows = tx.Query(query::kEntryPathBySlug, slug, std::string(slug) + "~", now);
  while (rows.Step()) all.push_back({rows.String(0), rows.String(1)});
  return all;
}

std::vector<SitemapItem> Sitemap(sql::Tx& tx, Id after, std::int64_t limit, Seconds now) {
  std::vector<SitemapItem> all;
  Rows rows = tx.Query(query::kSitemapEntries, after, limit, now);
  while (rows.Step()) all.push_back({rows.Int(0), rows.String(1), rows.Int(2), rows.String(3)});
  return all;
}

Id LastEntryId(sql::Tx& tx) { return tx.Int(query::kSitemapLastId).value_or(0); }

std::optional<text::SafeHtml> KeptFragment(sql::Tx& tx, std::string_view name, std::int64_t rev,
                                           std::string_view build) {
  Rows rows = tx.Query(query::kKeptFragment, name);
  if (!rows.Step() || rows.Int(0) != rev || rows.Text(1) != build) return std::nullopt;
  return text::SafeHtml::Vouch(rows.String(2));  // only KeepFragment writes there
}

void KeepFragment(sql::Tx& tx, std::string_view name, std::int64_t rev, std::string_view build,
                  const text::SafeHtml& html) {
  tx.Exec(query::kKeepFragment, name, rev, build, html);
}

}  // namespace daybook::journal
