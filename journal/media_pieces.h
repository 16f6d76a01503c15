// An upload that comes in pieces, for hosts that let no larger body through and for lines that
// break: each piece is kept when its answer is given, and one may go on where the last one ended.
// What lies here is seen by nobody but its uploader, and forgotten after a day.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "journal/home.h"
#include "journal/model.h"

namespace daybook::journal {

inline constexpr int kMostUnfinished = 20;  // for each person

enum class PieceOutcome {
  kKept,
  kElsewhere,  // the file does not end there: go on at `offset`
  kGone,       // there is no such upload of this person
  kTooMany,    // unfinished uploads
  kDiskFull,
};

struct Piece {
  PieceOutcome outcome = PieceOutcome::kGone;
  std::string upload;        // its name: 32 hexadecimal digits
  std::uint64_t offset = 0;  // how many bytes are there
};

// `upload` empty: a new one. Bytes over `most` are not taken (kElsewhere). The piece is on the disk
// when this returns.
[[nodiscard]] Piece TakePiece(const Home& home, Id person, std::string_view upload,
                              std::uint64_t offset, std::string_view bytes, std::uint64_t most,
                              Seconds now);
// How much of it is there; nothing for one that is not this person's.
[[nodiscard]] std::optional<std::uint64_t> PieceOffset(const Home& home, Id person,
                                                       std::string_view upload);
// The file, to be read; -1 where there is none. The caller closes it.
[[nodiscard]] int OpenPieces(const Home& home, Id person, std::string_view upload);
// Makes the whole upload the file `to`, where none may be. False if it cannot be put there.
[[nodiscard]] bool KeepPieces(const Home& home, Id person, std::string_view upload,
                              const std::filesystem::path& to);
void DropPieces(const Home& home, Id person, std::string_view upload);

}  // namespace daybook::journal
