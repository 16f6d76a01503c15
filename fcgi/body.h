// Reading a request's body from whatever the server gives it as, under a cap.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "fcgi/parse.h"

namespace daybook::fcgi {

// Puts up to `size` bytes into `buffer`; returns how many, 0 at the end or on failure.
using BodySource = std::function<std::size_t(char* buffer, std::size_t size)>;
// Where the file for a large body may lie; empty: nowhere.
using SpoolFolder = std::function<std::filesystem::path(const Request&)>;

inline constexpr std::size_t kBodyInMemory = 2 << 20;

// Reads until the declared length, or until the end where none was declared (chunked requests come
// so). The first `cap` bytes are kept; what is over is read and dropped, because a server that
// cannot get rid of a body resets the connection and our answer is lost. Sets Request::body and
// body_state. Of a multipart form what is over kBodyInMemory goes to a file in the folder that
// `spool` names when it comes to that; where it names none, nothing is kept.
void ReadBody(Parsed& parsed, std::size_t cap, const BodySource& source,
              const SpoolFolder& spool = {});

}  // namespace daybook::fcgi
