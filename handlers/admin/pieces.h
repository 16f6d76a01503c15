// A file that a page's script sends in pieces, whatever it is for: what it sends, and what it is
// told. The pieces themselves are journal/media_pieces.h.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "handlers/admin/visit.h"
#include "journal/home.h"

namespace daybook::handlers::admin {

struct PieceSent {
  std::uint64_t offset = 0, total = 0;
  std::string upload;  // "": the first piece of a new one
  std::string name;    // of the file
};
// Throws HttpError for what no script of ours sends.
PieceSent PieceOf(const fcgi::Request& request);

fcgi::Response PieceAnswer(const nlohmann::ordered_json& json, int status = 200);
fcgi::Response PieceError(std::string_view text, int status);

// Keeps the piece and says where to go on. When the last one is there, or the disk is full,
// `end(disk_full, upload)` gives the answer.
fcgi::Response TakePiece(
    const templates::Words& words, const journal::Home& home, const Viewer& viewer,
    const PieceSent& sent, std::string_view bytes, journal::Seconds now,
    const std::function<fcgi::Response(bool disk_full, const std::string& upload)>& end);

}  // namespace daybook::handlers::admin
