// Exports on their way into private/import: by a form, or in pieces that pass every host's limits.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "handlers/admin/import.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/pieces.h"
#include "handlers/admin/setup.h"
#include "journal/import_slices.h"
#include "journal/media_pieces.h"
#include "templates/admin_keys.h"
#include "templates/keys.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;
using templates::Words;

namespace {

constexpr std::string_view kFolder = "private/import";
constexpr fcgi::FormField kUpload[] = {{"export", 0, true}, {"back", 10}};
constexpr std::uint64_t kMegabyte = 1 << 20;
// In one form, as much as the web servers' configurations let through; in pieces, more than any
// export that a browser should send.
constexpr std::uint64_t kMostInForm = 64 * kMegabyte, kMostInPieces = 2048 * kMegabyte;

std::string TooLarge(const Words& words, std::string_view name, std::uint64_t most) {
  return words.Format(
      word::kAdminImportRefusedLarge,
      {{"name", name}, {"max", std::to_string(most / kMegabyte)}, {"folder", kFolder}});
}

}  // namespace

std::size_t FillImports(templates::View& view, const Frame& frame, const journal::Home& home,
                        const ImportOffer& offer) {
  const Words& words = frame.words();
  const auto files = journal::ImportCandidates(home);
  if (files.empty()) {
    view.Show(key::kNoImports, key::kImportNone,
              words.Format(word::kAdminImportNone, {{"folder", kFolder}}));
  } else {
    templates::Block list = view.Add(key::kImportFiles);
    list.Set(key::kImportFolderText, words.Format(word::kAdminImportFiles, {{"folder", kFolder}}));
    int number = 0;
    for (const journal::ImportCandidate& file : files) {
      templates::Block one = list.Add(key::kImportFile);
      one.Set(key::kImportId, "file-" + std::to_string(++number));
      one.Set(key::kImportName, file.name);
      one.Set(key::kImportSize, BytesText(words, file.size));
      one.Show(key::kImportTicked, file.name == offer.added);
    }
  }
  view.Set(key::kAddUrl, frame.links.To("/admin/import/file"));
  view.Set(key::kPiecesUrl, frame.links.To("/admin/import/pieces"));
  view.Set(key::kAddBack, offer.back);
  view.Set(key::kAddLimit, words.Format(word::kAdminImportLimit,
                                        {{"max", std::to_string(kMostInForm / kMegabyte)}}));
  view.Show(key::kAddWrong, key::kAddError, offer.error);
  return files.size();
}

Response ImportUpload(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       &request = visit.context.request](sql::Db& db) {
    const Words& words = frame.words();
    const journal::Home home = HomeOf(db);
    std::string error, added, back;
    if (request.body_state == fcgi::BodyState::kNotKept) {
      error = words.Format(word::kAdminImportRefusedFull, {{"name", "…"}});
    } else {
      const fcgi::Form form = ReadForm(request, kUpload);
      back = form["back"];
      const fcgi::FormFile* file = form.files().empty() ? nullptr : &form.files().front();
      if (file == nullptr || (file->name.empty() && file->size == 0)) {
        error = words.Get(word::kAdminImportRefusedNone);
      } else if (file->size == 0) {
        error = words.Format(word::kAdminImportRefusedEmpty, {{"name", file->name}});
      } else if (file->size > kMostInForm) {
        error = TooLarge(words, file->name, kMostInForm);
      } else {
        added = journal::ImportNameFor(home, file->name);
        if (!journal::KeepUpload(UploadOf(request, *file), home.Import() / added))
          error = words.Format(word::kAdminImportRefusedFull, {{"name", file->name}});
      }
    }
    const bool setup = back == "setup";
    if (error.empty())
      return fcgi::Redirect(303, frame.links
                                     .To(setup ? "/admin/setup/host" : "/admin/import",
                                         "?added=" + text::EncodeComponent(added))
                                     .view());
    if (setup) return HostPage(frame, viewer, request, db, {{}, {"setup", "", error}}, 422);
    return ImportPageOf(frame, viewer, db, {"", "", error}, "", 422);
  };
  return {};
}

Response ImportPiece(Visit& visit) {
  const PieceSent sent = PieceOf(visit.context.request);
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer, sent,
                       &request = visit.context.request, now = visit.context.now](sql::Db& db) {
    const Words& words = frame.words();
    if (sent.total == 0)
      return PieceError(words.Format(word::kAdminImportRefusedEmpty, {{"name", sent.name}}), 422);
    if (sent.total > kMostInPieces)
      return PieceError(TooLarge(words, sent.name, kMostInPieces), 422);
    const journal::Home home = HomeOf(db);
    return TakePiece(
        words, home, viewer, sent, request.body, now,
        [&](bool disk_full, const std::string& upload) {
          std::string added;
          if (!disk_full) {
            added = journal::ImportNameFor(home, sent.name);
            disk_full = !journal::KeepPieces(home, viewer.person.id, upload, home.Import() / added);
          }
          if (disk_full)
            return PieceError(words.Format(word::kAdminImportRefusedFull, {{"name", sent.name}}),
                              507);
          return PieceAnswer(
              {{"upload", upload}, {"offset", sent.total}, {"done", {{"name", added}}}});
        });
  };
  return {};
}

}  // namespace daybook::handlers::admin
