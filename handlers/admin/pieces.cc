// The conversation about pieces: JSON to the script, whatever the file is for.
#include "handlers/admin/pieces.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "fcgi/http_error.h"
#include "journal/media_pieces.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace word = templates::word;
using Json = nlohmann::ordered_json;
using journal::PieceOutcome;

namespace {

std::uint64_t NumberOf(const fcgi::Request& request, std::string_view name) {
  const std::string typed = request.Param(name).value_or("");
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  if (typed.empty() || error != std::errc() || end != typed.data() + typed.size())
    throw fcgi::HttpError(400, "number");
  return number;
}

}  // namespace

PieceSent PieceOf(const fcgi::Request& request) {
  return {NumberOf(request, "offset"), NumberOf(request, "total"),
          request.Param("upload").value_or(""), request.Param("name").value_or("")};
}

fcgi::Response PieceAnswer(const Json& json, int status) {
  fcgi::Response response;
  response.status = status;
  response.content_type = "application/json; charset=utf-8";
  response.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return response;
}

fcgi::Response PieceError(std::string_view text, int status) {
  return PieceAnswer({{"error", text}}, status);
}

fcgi::Response TakePiece(
    const templates::Words& words, const journal::Home& home, const Viewer& viewer,
    const PieceSent& sent, std::string_view bytes, journal::Seconds now,
    const std::function<fcgi::Response(bool disk_full, const std::string& upload)>& end) {
  const journal::Piece piece =
      journal::TakePiece(home, viewer.person.id, sent.upload, sent.offset, bytes, sent.total, now);
  switch (piece.outcome) {
    case PieceOutcome::kKept:
      if (piece.offset == sent.total) return end(false, piece.upload);
      return PieceAnswer({{"upload", piece.upload}, {"offset", piece.offset}});
    case PieceOutcome::kElsewhere:
      return PieceAnswer({{"upload", piece.upload}, {"offset", piece.offset}}, 409);
    case PieceOutcome::kGone:
      return PieceError(words.Get(word::kAdminMediaPieceGone), 404);
    case PieceOutcome::kTooMany:
      return PieceError(words.Get(word::kAdminMediaPieceCrowd), 429);
    case PieceOutcome::kDiskFull:
      break;
  }
  return end(true, piece.upload);
}

}  // namespace daybook::handlers::admin
