// From the variables of RFC 3875, as a FastCGI or CGI server hands them over, to a checked Request.
// It does not read the body: that is body.h, once the route has said how much it may be.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "fcgi/request.h"
#include "fcgi/spool.h"

namespace daybook::fcgi {

inline constexpr std::size_t kMaxUrl = 16 * 1024;
inline constexpr std::size_t kMaxHeaders = 64;
inline constexpr std::size_t kMaxHeaderBytes = 64 * 1024;

struct ParseOptions {
  std::string_view prefix;       // the mount, if it is known
  bool trust_forwarded = false;  // X-Forwarded-Proto and -For are the proxy's own
};

struct Parsed {
  Request request;
  std::optional<uint64_t> content_length;  // absent: the body, if any, goes on until its end
  bool has_body = false;
  Spool spool;  // what Request::body_file is
};

// `env`: "NAME=value" strings up to a null pointer. Never fails: what cannot be understood sets
// Request::refused (400 bad address, host, header or length; 414; 431) and leaves safe values.
//
// The address is REQUEST_URI, decoded here once; PATH_INFO is used only where there is none. The
// mount is ParseOptions::prefix or the variable DAYBOOK_PREFIX; else SCRIPT_NAME if the address
// begins with it, else its folder (a rewrite or an error document hides the program), else the
// root. With a known mount an address below the program's own name counts as a merged path, which
// the router leads to the clean one. After Apache sent a missing file here as an error document,
// method and address are those of the reader.
Parsed ParseRequest(const char* const* env, const ParseOptions& options);

}  // namespace daybook::fcgi
