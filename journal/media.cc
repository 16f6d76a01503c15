// Rows of media and media_use.
#include "journal/media.h"

#include <algorithm>
#include <charconv>

#include "journal/edit.h"
#include "journal/edit_common.h"
#include "journal/jobs.h"
#include "sql/queries/media.h"
#include "sql/queries/media_check.h"
#include "sql/tx.h"
#include "text/html_clean.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr int kWidths[] = {480, 960, 1600};

Media Row(const sql::Rows& row) {
  Media media;
  media.id = row.Int(0);
  media.path = row.String(1);
  media.mime = row.String(2);
  media.bytes = row.Int(3);
  media.width = row.Int(4);
  media.height = row.Int(5);
  media.title = row.String(6);
  media.alt = row.String(7);
  media.caption = row.String(8);
  media.created_at = row.Int(9);
  media.edition = row.Int(10);
  media.orientation = static_cast<int>(row.Int(11));
  media.widths = ReadWidths(row.Text(12));
  media.state = row.As<MediaState>(13);
  media.digest = row.String(14);
  media.uses = row.Int(15);
  media.author = row.Int(16);
  return media;
}

std::optional<Media> First(sql::Rows rows) {
  if (!rows.Step()) return std::nullopt;
  return Row(rows);
}

// For "like … escape '\'", in lower case as SQL's lower() has it.
std::string Pattern(std::string_view words) {
  if (words.empty()) return "";
  std::string pattern = "%";
  for (const char c : CleanLine(words)) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return pattern + "%";
}

}  // namespace

std::optional<Media> FindMedia(sql::Tx& tx, Id id) {
  return First(tx.Query(query::kMediaById, id));
}

std::optional<Media> FindMediaByPath(sql::Tx& tx, std::string_view path) {
  return First(tx.Query(query::kMediaByPath, path));
}

std::optional<Media> FindMediaByDigest(sql::Tx& tx, std::string_view digest) {
  if (digest.empty()) return std::nullopt;
  return First(tx.Query(query::kMediaByDigest, digest));
}

std::vector<Media> ListMedia(sql::Tx& tx, const MediaFilter& filter) {
  std::vector<Media> list;
  sql::Rows rows = tx.Query(query::kMediaList, Pattern(filter.words), filter.without_alt,
                            filter.limit, filter.offset);
  while (rows.Step()) list.push_back(Row(rows));
  return list;
}

std::int64_t CountMedia(sql::Tx& tx, const MediaFilter& filter) {
  return tx.Int(query::kMediaCount, Pattern(filter.words), filter.without_alt).value_or(0);
}

bool DescribeMedia(sql::Tx& tx, Id id, std::string_view title, std::string_view alt,
                   std::string_view caption) {
  return tx.Exec(query::kMediaDescribe, id, CleanLine(title), CleanLine(alt), CleanText(caption)) >
         0;
}

std::vector<MediaUse> UsesOfMedia(sql::Tx& tx, std::string_view path, int limit) {
  std::vector<MediaUse> uses;
  sql::Rows rows = tx.Query(query::kMediaUses, path, limit);
  while (rows.Step()) {
    uses.push_back({rows.Int(0), rows.String(1), rows.As<EntryStatus>(2), rows.As<EntryKind>(3),
                    rows.String(4)});
  }
  return uses;
}

std::vector<UnknownMedia> UnknownMediaOf(sql::Tx& tx) {
  std::vector<UnknownMedia> all;
  sql::Rows rows = tx.Query(query::kMediaUnknown);
  while (rows.Step()) all.push_back({rows.String(0), rows.Int(1), rows.String(2)});
  return all;
}

void PutMediaUse(sql::Tx& tx, Id entry, const std::vector<std::string>& paths) {
  tx.Exec(query::kMediaUseDrop, entry);
  for (const std::string& path : paths) tx.Exec(query::kMediaUsePut, path, entry);
}

Id RenderUsersAgain(sql::Tx& tx, const Settings& settings, std::string_view path, Id after,
                    int limit) {
  std::vector<Id> users;
  {
    sql::Rows rows = tx.Query(query::kMediaUsers, path, after, limit);
    while (rows.Step()) users.push_back(rows.Int(0));
  }
  for (const Id id : users) RenderEntryAgain(tx, settings, id);
  return users.empty() ? 0 : users.back();
}

bool HasSmaller(std::string_view mime) {
  return mime == "image/jpeg" || mime == "image/png" || mime == "image/webp" || mime == "image/gif";
}

void WantSmaller(sql::Tx& tx, Id id, std::string_view mime, Seconds now) {
  if (HasSmaller(mime)) Enqueue(tx, {JobKind::kPicture, id, now, 6});  // mails go first
}

std::vector<int> WidthsFor(std::int64_t width) {
  std::vector<int> widths;
  for (const int smaller : kWidths)
    if (smaller < width) widths.push_back(smaller);
  return widths;
}

std::pair<std::string, std::string> SmallerEnds(std::string_view path) {
  const std::size_t dot = std::min(path.rfind('.'), path.size());
  std::string ending(path.substr(dot));
  if (text::AsciiLower(ending) == ".gif") ending += ".webp";
  return {std::string(path.substr(0, dot)), std::move(ending)};
}

std::string SmallerPath(std::string_view path, int width, std::int64_t edition) {
  auto [smaller, ending] = SmallerEnds(path);
  smaller += ".w" + std::to_string(width);
  if (edition > 0) smaller += "-" + std::to_string(edition);
  return smaller + ending;
}

std::vector<int> ReadWidths(std::string_view text) {
  std::vector<int> widths;
  const char* at = text.data();
  const char* const end = at + text.size();
  int width = 0;
  while (at < end) {
    const auto [next, error] = std::from_chars(at, end, width);
    if (error != std::errc()) break;
    widths.push_back(width);
    at = next < end ? next + 1 : end;
  }
  return widths;
}

std::string WriteWidths(const std::vector<int>& widths) {
  std::string text;
  for (const int width : widths) text += (text.empty() ? "" : " ") + std::to_string(width);
  return text;
}

bool PutMade(sql::Tx& tx, Id id, std::int64_t edition, const MadeMedia& made) {
  const auto media = FindMedia(tx, id);
  if (!media || media->edition != edition) return false;
  tx.Exec(query::kMediaMade, id, made.bytes, made.width, made.height, made.orientation,
          WriteWidths(made.widths), made.state);
  return true;
}

}  // namespace daybook::journal
