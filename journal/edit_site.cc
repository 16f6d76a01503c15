// Media, redirects, navigation and sidebar of edit.h.
#include "journal/edit.h"
#include "journal/edit_common.h"
#include "journal/media.h"
#include "journal/site.h"
#include "sql/queries/media.h"
#include "sql/queries/write_entry.h"
#include "sql/queries/write_site.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

bool PutRedirect(sql::Tx& tx, std::string_view from, Id entry, std::string_view target,
                 int status) {
  if (!from.starts_with('/') || tx.Has(query::kPathIsEntry, from)) return false;
  tx.Exec(query::kRedirectPut, from, Nullable(entry), target, status);
  return true;
}

}  // namespace

std::string LinkAddress(std::string_view typed) {
  std::string url = CleanLine(typed);
  bool relative = (url.starts_with('/') && !url.starts_with("//")) || url.starts_with('#');
  if (relative && url.find_first_of("\\\"<>") == std::string::npos) return url;
  if (url.starts_with("mailto:") && url.find_first_of(" \"<>") == std::string::npos) return url;
  return CleanAddress(url);
}

Id AddMedia(sql::Tx& tx, const NewMedia& media) {
  const Id id = tx.Insert(query::kMediaUpsert, media.path, media.mime, media.bytes, media.width,
                          media.height, CleanLine(media.title), CleanLine(media.alt),
                          CleanText(media.caption), media.created_at);
  if (media.width && !WidthsFor(*media.width).empty())
    WantSmaller(tx, id, media.mime, media.created_at);
  return id;
}

std::optional<PictureSize> PictureFromMedia(sql::Tx& tx, std::string_view path) {
  sql::Rows rows = tx.Query(query::kMediaPicture, path);
  if (!rows.Step()) return std::nullopt;
  return PictureSize{rows.Int(0), rows.Int(1), rows.String(2), ReadWidths(rows.Text(3)),
                     rows.Int(4)};
}

bool AddEntryRedirect(sql::Tx& tx, std::string_view from, Id entry, std::string_view tail,
                      int status) {
  return PutRedirect(tx, from, entry, tail, status);
}

bool AddRedirect(sql::Tx& tx, std::string_view from, std::string_view target, int status) {
  if (from == target) return false;
  return PutRedirect(tx, from, 0, status == 410 ? std::string_view() : target, status);
}

void ReplaceNavigation(sql::Tx& tx, const std::vector<LinkDraft>& links) {
  tx.Exec(query::kNavDropAll);
  for (size_t i = 0; i < links.size(); ++i) {
    tx.Exec(query::kNavPut, i, CleanLine(links[i].title), LinkAddress(links[i].url));
  }
}

void ReplaceSidebar(sql::Tx& tx, const std::vector<SectionDraft>& sections) {
  tx.Exec(query::kSidebarDropLinks);
  tx.Exec(query::kSidebarDropAll);
  for (size_t i = 0; i < sections.size(); ++i) {
    const SectionDraft& section = sections[i];
    Id id = tx.Insert(query::kSidebarPut, i, section.side, section.kind, CleanLine(section.caption),
                      CleanText(section.content), section.amount);
    for (size_t j = 0; j < section.links.size(); ++j) {
      tx.Exec(query::kSidebarPutLink, id, j, CleanLine(section.links[j].title),
              LinkAddress(section.links[j].url));
    }
  }
}

}  // namespace daybook::journal
