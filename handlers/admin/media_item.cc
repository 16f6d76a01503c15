// One file of the library: what it is, who uses it, its description; replaced, erased, described.
#include "handlers/admin/frame.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/comment_pages.h"
#include "journal/audit.h"
#include "templates/admin_keys.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::HttpError;
using journal::Media;
using journal::MediaState;
using templates::Block;

namespace {

constexpr int kUsesShown = 100;
constexpr fcgi::FormField kDescription[] = {
    {"title", kMediaTitleMax}, {"alt", kAltMax}, {"caption", kCaptionMax}};
constexpr fcgi::FormField kReplacement[] = {{"file", 0, true}};

Media MediaOf(Visit& visit, bool to_change) {
  auto media = journal::FindMedia(visit.context.tx, visit.context.captures.Int("id"));
  if (!media) throw HttpError(404);
  if (to_change && !MayChange(visit.person(), *media)) throw HttpError(404);
  return *std::move(media);
}

std::string PathOf(journal::Id id) { return "/admin/media/" + std::to_string(id); }

std::string StateText(const templates::Words& words, const Media& media) {
  if (media.state == MediaState::kDamaged) return words.Get(word::kAdminMediaDamaged);
  if (media.state == MediaState::kTooLarge) return words.Get(word::kAdminMediaTooLarge);
  if (media.state == MediaState::kMoves) return words.Get(word::kAdminMediaMoves);
  if (media.state == MediaState::kNew && journal::HasSmaller(media.mime))
    return words.Get(word::kAdminMediaWaiting);
  if (media.widths.empty()) return "";
  std::string widths;
  for (const int width : media.widths)
    widths += (widths.empty() ? "" : ", ") + std::to_string(width);
  return words.Format(word::kAdminMediaWidths, {{"widths", widths}});
}

std::string TooLong(const templates::Words& words, std::string_view text, std::size_t max) {
  if (text.size() <= max) return "";
  return words.Format(word::kErrLongBytes, {{"n", words.Number(static_cast<int64_t>(text.size()))},
                                            {"max", words.Number(static_cast<int64_t>(max))}});
}

void FillChanges(templates::View& view, const Frame& frame, const Media& media,
                 const MediaTyped& typed) {
  Block change = view.Add(key::kMediaChange);
  change.Set(key::kTitleValue, typed.title);
  change.Set(key::kAltValue, typed.alt);
  change.Set(key::kCaptionValue, typed.caption);
  change.Show(key::kTitleWrong, key::kTitleError, typed.wrong_title);
  change.Show(key::kAltWrong, key::kAltError, typed.wrong_alt);
  change.Show(key::kCaptionWrong, key::kCaptionError, typed.wrong_caption);
  change.Show(key::kFileWrong, key::kFileError, typed.wrong_file);
  change.Show(key::kAskAlt, media.IsPicture());
  change.Set(key::kDescribeUrl, frame.links.To(PathOf(media.id)));
  change.Set(key::kReplaceUrl, frame.links.To(PathOf(media.id) + "/replace"));
  const std::size_t dot = media.path.rfind('.');
  change.Set(key::kAcceptText, dot == std::string::npos ? "" : media.path.substr(dot));
  change.Set(
      key::kLimitText,
      frame.words().Format(word::kAdminMediaReplaceHelp,
                           {{"max", frame.words().Number(frame.site.settings.media_limit)}}));
  if (media.uses == 0)
    change.Show(key::kMayErase, key::kEraseUrl, frame.links.To(PathOf(media.id) + "/erase"));
  else
    change.Show(key::kMayNotErase);
}

}  // namespace

fcgi::Response MediaItem(const Frame& frame, const Viewer& viewer, sql::Tx& tx, const Media& media,
                         const MediaTyped& typed, std::string_view notice, std::string_view alert) {
  const templates::Words& words = frame.words();
  const bool wrong = typed.IsWrong() || !alert.empty();
  const std::string name = media.path.substr(media.path.rfind('/') + 1);
  Page page(frame, viewer, templates::tpl::kAdminMediaItem, name, "/admin/media", wrong);
  templates::View& view = page.view();
  if (!notice.empty()) page.Notice(notice);
  if (!alert.empty()) page.Alert(alert);
  view.Set(key::kLibraryUrl, frame.links.To("/admin/media"));
  const text::SafeUrl address = frame.links.To(
      "/media/" + media.path, media.edition > 0 ? "?v=" + std::to_string(media.edition) : "");
  view.Set(key::kFileUrl, address);
  view.Set(key::kFileAddress, frame.links.Full("/media/" + media.path).view());
  view.Set(key::kFileMarkdown, MarkdownFor(media));
  if (media.IsPicture()) {
    Block picture = view.Add(key::kMediaPicture);
    picture.Set(key::kPictureAlt, media.alt);
    picture.Set(key::kPictureUrl, address);
    if (media.width > 0) {
      Block size = picture.Add(key::kPictureSized);
      size.Set(key::kPictureWidth, media.width);
      size.Set(key::kPictureHeight, media.height);
    }
  }
  std::string facts = media.mime.substr(0, media.mime.find(';'));
  facts += " · " + BytesText(words, media.bytes);
  if (media.width > 0)
    facts += " · " + std::to_string(media.width) + " × " + std::to_string(media.height);
  view.Set(key::kMediaFacts, facts);
  view.Show(key::kMediaState, key::kStateText, StateText(words, media));
  const Moment moment = MomentOf(frame, media.created_at, "");
  view.Set(key::kRowDatetime, moment.machine);
  view.Set(key::kRowDate, moment.date_time);
  const auto uses = journal::UsesOfMedia(tx, media.path, kUsesShown);
  view.Set(key::kUsesText, words.Plural(word::kAdminMediaUses, media.uses));
  if (!uses.empty()) {
    Block list = view.Add(key::kMediaUses);
    for (const journal::MediaUse& use : uses) {
      Block row = list.Add(key::kMediaUse);
      row.Set(key::kUseTitle, use.title.empty() ? words.Get(word::kAdminUntitled) : use.title);
      row.Set(key::kUseUrl, frame.links.To("/admin/entries/" + std::to_string(use.entry)));
    }
  }
  if (MayChange(viewer.person, media)) FillChanges(view, frame, media, typed);
  return page.Done(wrong ? 422 : 200);
}

fcgi::Response MediaItemPage(Visit& visit) {
  const Media media = MediaOf(visit, false);
  const Frame frame = FrameOf(visit.context);
  const fcgi::Request& request = visit.context.request;
  std::string notice;
  if (request.Param("new")) notice = frame.words().Plural(word::kAdminMediaAdded, 1);
  if (request.Param("known")) notice = frame.words().Get(word::kAdminMediaKnown);
  if (request.Param("saved")) notice = frame.words().Get(word::kAdminMediaSaved);
  if (request.Param("replaced")) notice = frame.words().Get(word::kAdminMediaReplaced);
  MediaTyped typed;
  typed.title = media.title;
  typed.alt = media.alt;
  typed.caption = media.caption;
  return MediaItem(frame, visit.viewer, visit.context.tx, media, typed, notice, "");
}

fcgi::Response MediaDescribe(Visit& visit) {
  const Media media = MediaOf(visit, true);
  const Frame frame = FrameOf(visit.context);
  const fcgi::Form form = ReadForm(visit.context.request, kDescription);
  MediaTyped typed;
  typed.title = form["title"];
  typed.alt = form["alt"];
  typed.caption = form["caption"];
  typed.wrong_title = TooLong(frame.words(), typed.title, kMediaTitleMax);
  typed.wrong_alt = TooLong(frame.words(), typed.alt, kAltMax);
  typed.wrong_caption = TooLong(frame.words(), typed.caption, kCaptionMax);
  if (typed.IsWrong())
    return MediaItem(frame, visit.viewer, visit.context.tx, media, typed, "", "");
  visit.context.act = [frame, typed, id = media.id](sql::Db& db) {
    const bool done = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::DescribeMedia(tx, id, typed.title, typed.alt, typed.caption);
    });
    if (!done) throw HttpError(404);
    return fcgi::Redirect(303, frame.links.To(PathOf(id), "?saved=1").view());
  };
  return {};
}

fcgi::Response MediaReplace(Visit& visit) {
  const Media media = MediaOf(visit, true);
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer, media,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    journal::Stored stored;
    std::string name = media.path.substr(media.path.rfind('/') + 1);
    if (request.body_state == fcgi::BodyState::kNotKept) {
      stored.refusal = journal::MediaRefusal::kDiskFull;
    } else {
      const fcgi::Form form = ReadForm(request, kReplacement);
      stored.refusal = journal::MediaRefusal::kEmpty;
      if (!form.files().empty()) {
        const fcgi::FormFile& file = form.files().front();
        if (!file.name.empty()) name = file.name;
        stored = journal::ReplaceMedia(db, HomeOf(db), frame.site.settings, media.id,
                                       UploadOf(request, file), now);
      }
    }
    if (stored.refusal == journal::MediaRefusal::kNone)
      return fcgi::Redirect(303, frame.links.To(PathOf(media.id), "?replaced=1").view());
    MediaTyped typed{media.title, media.alt, media.caption, "", "", "", ""};
    typed.wrong_file = RefusalText(frame.words(), frame.site.settings, stored, name);
    return db.Read([&](sql::Tx& tx) { return MediaItem(frame, viewer, tx, media, typed, "", ""); });
  };
  return {};
}

fcgi::Response MediaErase(Visit& visit) {
  const Media media = MediaOf(visit, true);
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer, media,
                       now = visit.context.now](sql::Db& db) {
    const journal::Erased erased = journal::EraseMedia(db, HomeOf(db), media.id);
    if (erased == journal::Erased::kDone)
      db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
        journal::Log(tx, viewer.person.id, "media.erase", media.path, now);
      });
    if (erased != journal::Erased::kUsed)
      return fcgi::Redirect(303, frame.links.To("/admin/media", "?erased=1").view());
    MediaTyped typed{media.title, media.alt, media.caption, "", "", "", ""};
    return db.Read([&](sql::Tx& tx) {
      const auto fresh = journal::FindMedia(tx, media.id);
      return MediaItem(frame, viewer, tx, fresh.value_or(media), typed, "",
                       frame.words().Get(word::kAdminMediaEraseUsed));
    });
  };
  return {};
}

}  // namespace daybook::handlers::admin
