// The cookie by which a reader who confirmed an address is known again. It goes to the commenting
// pages only (Path /comment), holds no more than a signed number, and is worth nothing once the
// reader's row is gone.
#pragma once

#include <optional>
#include <string>

#include "handlers/context.h"
#include "journal/comment_own.h"

namespace daybook::handlers {

// Whose cookie came along; nothing without one, or where it does not fit. No query without one.
std::optional<journal::Reader> ReaderOf(const Context& context);

// The value of Set-Cookie.
std::string ReaderCookie(const fcgi::Request& request, const journal::Signer& signer,
                         const journal::Reader& reader);
std::string NoReaderCookie(const fcgi::Request& request);

}  // namespace daybook::handlers
