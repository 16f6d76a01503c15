// The library: what was uploaded, newest first, to be found by its words; and what its pages share.
#include "handlers/admin/media.h"

#include <algorithm>
#include <charconv>

#include "handlers/admin/frame.h"
#include "handlers/admin/pages.h"
#include "handlers/comment_pages.h"
#include "templates/admin_keys.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::Media;
using journal::MediaRefusal;
using templates::Block;

namespace {

constexpr int kOnAPage = 48;

std::int64_t PageNumber(const std::string& typed) {
  std::int64_t number = 1;
  std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return std::clamp<std::int64_t>(number, 1, 100'000);
}

std::string_view NameOf(const Media& media) {
  return std::string_view(media.path).substr(media.path.rfind('/') + 1);
}

void FillTile(Block tile, const Frame& frame, const Media& media) {
  const templates::Words& words = frame.words();
  tile.Set(key::kMediaUrl, frame.links.To("/admin/media/" + std::to_string(media.id)));
  tile.Set(key::kMediaName, NameOf(media));
  if (media.IsPicture() && media.state != journal::MediaState::kDamaged) {
    tile.Show(key::kMediaThumb, key::kThumbUrl, ThumbOf(frame.links, media));
  } else {
    const std::size_t dot = media.path.rfind('.');
    tile.Show(key::kMediaKind, key::kKindText,
              dot == std::string::npos ? "" : media.path.substr(dot + 1));
  }
  std::string facts = BytesText(words, media.bytes);
  if (media.width > 0)
    facts = std::to_string(media.width) + " × " + std::to_string(media.height) + " · " + facts;
  tile.Set(key::kMediaFacts, facts);
  tile.Show(key::kMediaUndescribed, media.IsPicture() && media.alt.empty());
  tile.Show(key::kMediaUnused, media.uses == 0);
}

void FillTabs(templates::View& view, const Frame& frame, const journal::MediaFilter& filter,
              sql::Tx& tx) {
  const std::string path = "/admin/media";
  for (const bool undescribed : {false, true}) {
    journal::MediaFilter counted = filter;
    counted.without_alt = undescribed;
    std::string query = undescribed ? "?show=undescribed" : "";
    if (!filter.words.empty())
      query += (query.empty() ? "?q=" : "&q=") + text::EncodeComponent(filter.words);
    Block link = view.Add(key::kListLink);
    link.Set(key::kListName,
             frame.words().Get(undescribed ? word::kAdminMediaUndescribed : word::kAdminMediaAll));
    link.Set(key::kListNumber, frame.words().Number(journal::CountMedia(tx, counted)));
    link.Set(key::kListUrl, frame.links.To(path, query));
    link.Show(key::kListCurrent, undescribed == filter.without_alt);
  }
}

}  // namespace

bool MayChange(const journal::Person& person, const Media& media) {
  return person.IsEditor() || (media.author != 0 && media.author == person.id);
}

journal::Home HomeOf(const sql::Db& db) {
  return journal::Home{db.file().parent_path().parent_path()};
}

text::SafeUrl ThumbOf(const Links& links, const Media& media) {
  const std::string path =
      media.widths.empty() ? media.path
                           : journal::SmallerPath(media.path, media.widths.front(), media.edition);
  const bool replaced = media.widths.empty() && media.edition > 0;
  return links.To("/media/" + path, replaced ? "?v=" + std::to_string(media.edition) : "");
}

std::string BytesText(const templates::Words& words, std::int64_t bytes) {
  constexpr std::int64_t kMega = 1 << 20;
  if (bytes < kMega)
    return words.Format(word::kAdminMediaKb, {{"n", words.Number((bytes + 1023) / 1024)}});
  const std::int64_t tenths = (bytes * 10 + kMega / 2) / kMega;
  std::string number = words.Number(tenths / 10);
  if (tenths < 100 && tenths % 10 != 0) number += "." + std::to_string(tenths % 10);
  return words.Format(word::kAdminMediaMb, {{"n", number}});
}

std::string RefusalText(const templates::Words& words, const journal::Settings& settings,
                        const journal::Stored& stored, std::string_view name) {
  const auto say = [&](templates::WordKey text) {
    return words.Format(
        text,
        {{"name", name}, {"detail", stored.detail}, {"max", words.Number(settings.media_limit)}});
  };
  switch (stored.refusal) {
    case MediaRefusal::kEmpty:
      return say(word::kAdminMediaRefusedEmpty);
    case MediaRefusal::kTooLarge:
      return say(word::kAdminMediaRefusedLarge);
    case MediaRefusal::kCutOff:
      return say(word::kAdminMediaRefusedCut);
    case MediaRefusal::kDamaged:
      return say(word::kAdminMediaRefusedDamaged);
    case MediaRefusal::kNotAPicture:
      return say(word::kAdminMediaRefusedPicture);
    case MediaRefusal::kTooManyPixels:
      return say(word::kAdminMediaRefusedPixels);
    case MediaRefusal::kHeic:
      return say(word::kAdminMediaRefusedHeic);
    case MediaRefusal::kCouldRun:
      return say(word::kAdminMediaRefusedRuns);
    case MediaRefusal::kUnsafeSvg:
      return say(word::kAdminMediaRefusedSvg);
    case MediaRefusal::kOtherKind:
      return say(word::kAdminMediaRefusedKind);
    case MediaRefusal::kDiskFull:
      return say(word::kAdminMediaRefusedFull);
    case MediaRefusal::kGone:
      return say(word::kAdminMediaRefusedGone);
    case MediaRefusal::kUnwritable:
    case MediaRefusal::kNone:
      break;
  }
  return say(word::kAdminMediaRefusedFolder);
}

std::string AddressOf(const Media& media) { return "/media/" + text::EncodePath(media.path); }

std::string MarkdownFor(const Media& media) {
  // What would end the description, or begin something of its own.
  std::string alt;
  for (const char c :
       media.alt.empty() && !media.IsPicture() ? std::string(NameOf(media)) : media.alt) {
    if (std::string_view("[]\\`*_<").find(c) != std::string_view::npos) alt += '\\';
    alt += c;
  }
  return std::string(media.IsPicture() ? "!" : "") + "[" + alt + "](" + AddressOf(media) + ")";
}

fcgi::Response LibraryPage(const Frame& frame, const Viewer& viewer, sql::Tx& tx,
                           const journal::MediaFilter& asked, std::int64_t number,
                           const std::vector<std::string>& refused, std::string_view notice) {
  const templates::Words& words = frame.words();
  Page page(frame, viewer, templates::tpl::kAdminMedia, words.Get(word::kAdminNavMedia),
            "/admin/media", !refused.empty());
  templates::View& view = page.view();
  if (!notice.empty()) page.Notice(notice);
  view.Set(key::kUploadUrl, frame.links.To("/admin/media"));
  view.Set(key::kLimitText, words.Format(word::kAdminMediaHelp,
                                         {{"max", words.Number(frame.site.settings.media_limit)}}));
  if (!refused.empty()) {
    Block block = view.Add(key::kRefused);
    for (const std::string& text : refused) block.Add(key::kRefusal).Set(key::kRefusalText, text);
  }
  journal::MediaFilter filter = asked;
  FillTabs(view, frame, filter, tx);
  view.Set(key::kFindUrl, frame.links.To("/admin/media"));
  view.Set(key::kFindList, filter.without_alt ? "undescribed" : "all");
  view.Set(key::kQuery, filter.words);
  const std::int64_t count = journal::CountMedia(tx, filter);
  Paging paging;
  paging.pages = std::max<std::int64_t>(1, (count + kOnAPage - 1) / kOnAPage);
  paging.page = std::min(number, paging.pages);
  filter.limit = kOnAPage;
  filter.offset = static_cast<int>((paging.page - 1) * kOnAPage);
  const std::vector<Media> list = journal::ListMedia(tx, filter);
  if (list.empty()) {
    view.Add(key::kNoEntries)
        .Set(key::kEmptyText, !filter.words.empty()
                                  ? words.Format(word::kAdminMediaFindNone, {{"q", filter.words}})
                                  : words.Get(filter.without_alt ? word::kAdminMediaAllDescribed
                                                                 : word::kAdminMediaEmpty));
  } else {
    Block tiles = view.Add(key::kMediaTiles);
    for (const Media& media : list) FillTile(tiles.Add(key::kMediaTile), frame, media);
  }
  std::string place =
      "/admin/media?show=" + std::string(filter.without_alt ? "undescribed" : "all");
  if (!filter.words.empty()) place += "&q=" + text::EncodeComponent(filter.words);
  FillPaging(view, frame, place, paging);
  return page.Done(refused.empty() ? 200 : 422);
}

fcgi::Response MediaPage(Visit& visit) {
  Context& context = visit.context;
  journal::MediaFilter filter;
  filter.words = context.request.Param("q").value_or("").substr(0, 200);
  filter.without_alt = context.request.Param("show").value_or("") == "undescribed";
  const Frame frame = FrameOf(context);
  const auto added = context.request.Param("added");
  std::string notice;
  if (added) notice = frame.words().Plural(word::kAdminMediaAdded, PageNumber(*added));
  if (context.request.Param("erased")) notice = frame.words().Get(word::kAdminMediaErased);
  return LibraryPage(frame, visit.viewer, context.tx, filter,
                     PageNumber(context.request.Param("page").value_or("1")), {}, notice);
}

}  // namespace daybook::handlers::admin
