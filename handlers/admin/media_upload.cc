// Files into the library: by a form, or in pieces by a script, which gets JSON.
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <charconv>

#include "handlers/admin/frame.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "journal/media_pieces.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace word = templates::word;
using journal::Media;
using journal::MediaRefusal;
using journal::Stored;
using Json = nlohmann::json;

namespace {

constexpr fcgi::FormField kUpload[] = {{"file", 0, true}};
constexpr int kPicked = 24;

fcgi::Response JsonAnswer(const Json& json, int status = 200) {
  fcgi::Response response;
  response.status = status;
  response.content_type = "application/json; charset=utf-8";
  response.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return response;
}

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

std::uint64_t NumberOf(const fcgi::Request& request, std::string_view name) {
  const std::string typed = request.Param(name).value_or("");
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  if (typed.empty() || error != std::errc() || end != typed.data() + typed.size())
    throw fcgi::HttpError(400, "number");
  return number;
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
    return JsonAnswer({{"error", RefusalText(frame.words(), frame.site.settings, stored, name)}},
                      422);
  Json done = JsonOf(frame, *stored.media);
  done["known"] = stored.known;
  return JsonAnswer({{"upload", upload}, {"offset", total}, {"done", done}});
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
  const std::uint64_t total = NumberOf(request, "total"), offset = NumberOf(request, "offset");
  const std::string upload = request.Param("upload").value_or("");
  std::string name = request.Param("name").value_or("");
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer, &request, total,
                       offset, upload, name, now = visit.context.now](sql::Db& db) {
    const journal::Settings& settings = frame.site.settings;
    Stored stored;
    stored.refusal = total == 0 ? MediaRefusal::kEmpty
                     : total > static_cast<std::uint64_t>(settings.media_limit) << 20
                         ? MediaRefusal::kTooLarge
                         : MediaRefusal::kNone;
    if (stored.refusal == MediaRefusal::kNone) {
      const journal::Piece piece = journal::TakePiece(HomeOf(db), viewer.person.id, upload, offset,
                                                      request.body, total, now);
      switch (piece.outcome) {
        case journal::PieceOutcome::kKept:
          if (piece.offset == total)
            return Finish(db, frame, viewer, piece.upload, total, name, now);
          return JsonAnswer({{"upload", piece.upload}, {"offset", piece.offset}});
        case journal::PieceOutcome::kElsewhere:
          return JsonAnswer({{"upload", piece.upload}, {"offset", piece.offset}}, 409);
        case journal::PieceOutcome::kGone:
          return JsonAnswer({{"error", frame.words().Get(word::kAdminMediaPieceGone)}}, 404);
        case journal::PieceOutcome::kTooMany:
          return JsonAnswer({{"error", frame.words().Get(word::kAdminMediaPieceCrowd)}}, 429);
        case journal::PieceOutcome::kDiskFull:
          stored.refusal = MediaRefusal::kDiskFull;
      }
    }
    const int status = stored.refusal == MediaRefusal::kDiskFull ? 507 : 422;
    return JsonAnswer({{"error", RefusalText(frame.words(), settings, stored, name)}}, status);
  };
  return {};
}

fcgi::Response MediaPieceState(Visit& visit) {
  visit.context.act = [viewer = visit.viewer,
                       upload = std::string(visit.context.captures["upload"])](sql::Db& db) {
    const auto offset = journal::PieceOffset(HomeOf(db), viewer.person.id, upload);
    if (!offset) return JsonAnswer({{"offset", nullptr}}, 404);
    return JsonAnswer({{"upload", upload}, {"offset", *offset}});
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
  return JsonAnswer({{"items", items}});
}

}  // namespace daybook::handlers::admin
