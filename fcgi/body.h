// Reading a request's body from whatever the server gives it as, under a cap.
#pragma once

#include <cstddef>
#include <functional>

#include "fcgi/parse.h"

namespace daybook::fcgi {

// Puts up to `size` bytes into `buffer`; returns how many, 0 at the end or on failure.
using BodySource = std::function<std::size_t(char* buffer, std::size_t size)>;

// Reads until the declared length, or until the end where none was declared (chunked requests come
// so). The first `cap` bytes are kept; what is over is read and dropped, because a server that
// cannot get rid of a body resets the connection and our answer is lost. Sets Request::body and
// body_state.
void ReadBody(Parsed& parsed, std::size_t cap, const BodySource& source);

}  // namespace daybook::fcgi
