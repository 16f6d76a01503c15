// Files into the library: by a form, or in pieces by a script, which gets JSON.
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "handlers/admin/frame.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/pieces.h"
#include "journal/media_pieces.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace word = templates::word;
using journal::Media;
using journal::MediaRefusal;
using journal::Stored;
using Json = nlohmann::ordered_json;

namespace {

constexpr fcgi::FormField kUpload[] = {{"file", 0, true}};
constexpr int kPicked = 24;

Json JsonOf(const Frame& frame, const Media& media) {
  return {{"id", media.id},
          {"name", media.path.substr(media.path.rfind('/') + 1)},
          {"address", AddressOf(media)},
          {"page", frame.links.To("/admin/media/" + std::to_string(media.id)).str()},
          {"thumb", ThumbOf(frame.links, media).str()},
          {"picture", media.IsPicture()},
          {"alt", media.alt},
          {"title", media.title},
          {"caption", media.caption},
          {"width", media.width},
          {"height", media.height},
          {"markdown", MarkdownFor(media)}};
}

// The last piece is there: the file is taken or refused, and the pieces are gone.
fcgi::Response Finish(sql::Db& db, const Frame& frame, const Viewer& viewer,
                      const std::string& upload, std::uint64_t total, const std::string& name,
                      journal::Seconds now) {
  const journal::Home home = HomeOf(db);
  const int fd = journal::OpenPieces(home, viewer.person.id, upload);
  if (fd < 0) throw fcgi::HttpError(404);
  journal::UploadedFile file{name, total, journal::ReadAtOfFile(fd, 0, total)};
  Stored stored;
  try {
    stored = journal::StoreMedia(db, home, frame.site.settings, file,
                                 {"", "", "", viewer.person.id}, now);
  } catch (...) {
    close(fd);  // the pieces stay: asking again is enough
    throw;
  }
  close(fd);
  if (stored.refusal != MediaRefusal::kDiskFull)
    journal::DropPieces(home, viewer.person.id, upload);
  if (stored.refusal != MediaRefusal::kNone)
    return PieceAnswer({{"error", RefusalText(frame.words(), frame.site.settings, stored, name)}},
                       422);
  Json done = JsonOf(frame, *stored.media);
  done["known"] = stored.known;
  return PieceAnswer({{"upload", upload}, {"offset", total}, {"done", done}});
}

}  // namespace

journal::UploadedFile UploadOf(const fcgi::Request& request, const fcgi::FormFile& file) {
  return {file.name, file.size,
          file.spooled ? journal::ReadAtOfFile(request.body_file, file.at, file.size)
                       : text::ReadAtOf(file.bytes)};
}

fcgi::Response MediaUpload(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    const journal::Settings& settings = frame.site.settings;
    std::vector<std::string> refused;
    std::vector<Stored> taken;
    const auto refuse = [&](const Stored& stored, std::string_view name) {
      refused.push_back(RefusalText(frame.words(), settings, stored, name));
    };
    if (request.body_state == fcgi::BodyState::kNotKept) {
      Stored full;
      full.refusal = MediaRefusal::kDiskFull;
      refuse(full, "…");
    } else {
      const fcgi::Form form = ReadForm(request, kUpload);
      for (const fcgi::FormFile& file : form.files()) {
        if (file.name.empty() && file.size == 0) continue;  // nothing was chosen
        Stored stored = journal::StoreMedia(db, HomeOf(db), settings, UploadOf(request, file),
                                            {"", "", "", viewer.person.id}, now);
        if (stored.refusal == MediaRefusal::kNone) {
          taken.push_back(std::move(stored));
        } else {
          refuse(stored, file.name);
        }
      }
      if (refused.empty() && taken.empty())
        refused.push_back(frame.words().Get(word::kAdminMediaNone));
    }
    if (!refused.empty()) {
      const std::string notice =
          taken.empty() ? ""
                        : frame.words().Plural(word::kAdminMediaAdded,
                                               static_cast<std::int64_t>(taken.size()));
      return db.Read(
          [&](sql::Tx& tx) { return LibraryPage(frame, viewer, tx, {}, 1, refused, notice); });
    }
    if (taken.size() == 1)
      return fcgi::Redirect(303, frame.links
                                     .To("/admin/media/" + std::to_string(taken[0].media->id),
                                         taken[0].known ? "?known=1" : "?new=1")
                                     .view());
    return fcgi::Redirect(
        303, frame.links.To("/admin/media", "?added=" + std::to_string(taken.size())).view());
  };
  return {};
}

fcgi::Response MediaPiece(Visit& visit) {
  const fcgi::Request& request = visit.context.request;
  const PieceSent sent = PieceOf(request);
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer, &request, sent,
                       now = visit.context.now](sql::Db& db) {
    const journal::Settings& settings = frame.site.settings;
    const auto refuse = [&](MediaRefusal refusal) {
      Stored stored;
      stored.refusal = refusal;
      return PieceError(RefusalText(frame.words(), settings, stored, sent.name),
                        refusal == MediaRefusal::kDiskFull ? 507 : 422);
    };
    if (sent.total == 0) return refuse(MediaRefusal::kEmpty);
    if (sent.total > static_cast<std::uint64_t>(settings.media_limit) << 20)
      return refuse(MediaRefusal::kTooLarge);
    return TakePiece(frame.words(), HomeOf(db), viewer, sent, request.body, now,
                     [&](bool disk_full, const std::string& upload) {
                       return disk_full
                                  ? refuse(MediaRefusal::kDiskFull)
                                  : Finish(db, frame, viewer, upload, sent.total, sent.name, now);
                     });
  };
  return {};
}

fcgi::Response MediaPieceState(Visit& visit) {
  visit.context.act = [viewer = visit.viewer,
                       upload = std::string(visit.context.captures["upload"])](sql::Db& db) {
    const auto offset = journal::PieceOffset(HomeOf(db), viewer.person.id, upload);
    if (!offset) return PieceAnswer({{"offset", nullptr}}, 404);
    return PieceAnswer({{"upload", upload}, {"offset", *offset}});
  };
  return {};
}

fcgi::Response MediaPicker(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  journal::MediaFilter filter;
  filter.words = context.request.Param("q").value_or("").substr(0, 200);
  filter.limit = kPicked;
  Json items = Json::array();
  for (const Media& media : journal::ListMedia(context.tx, filter))
    items.push_back(JsonOf(frame, media));
  return PieceAnswer({{"items", items}});
}

}  // namespace daybook::handlers::admin
