// "ID.MAC", the MAC over everything that makes this reader this reader.
#include "handlers/reader_cookie.h"

#include <charconv>

#include "fcgi/cookies.h"
#include "journal/sign.h"

namespace daybook::handlers {
namespace {

constexpr std::string_view kName = "daybook-reader";
constexpr std::int64_t kLife = 365 * 86400;

// Numbers of rows may be used again after one is erased; what else the row holds may not.
std::string Text(const journal::Reader& reader) {
  return std::to_string(reader.id) + "." + std::to_string(reader.created_at) + "." + reader.email;
}

fcgi::NewCookie Cookie(const fcgi::Request& request, std::string value, std::int64_t life) {
  fcgi::NewCookie cookie;
  cookie.name = kName;
  cookie.value = std::move(value);
  cookie.path = request.Link("/comment");
  cookie.max_age = life;
  cookie.secure = request.https;
  return cookie;
}

}  // namespace

std::optional<journal::Reader> ReaderOf(const Context& context) {
  const std::optional<std::string> value = fcgi::Cookie(context.request, kName);
  if (!value) return std::nullopt;
  const std::size_t dot = value->find('.');
  journal::Id id = 0;
  const auto [end, error] =
      std::from_chars(value->data(), value->data() + std::min(dot, value->size()), id);
  if (dot == std::string::npos || error != std::errc() || end != value->data() + dot)
    return std::nullopt;
  std::optional<journal::Reader> reader = journal::ReaderById(context.tx, id);
  if (!reader || !reader->confirmed_at ||
      !journal::SignerOf(context.tx)
           .Fits(std::string_view(*value).substr(dot + 1), "reader", Text(*reader)))
    return std::nullopt;
  return reader;
}

std::string ReaderCookie(const fcgi::Request& request, const journal::Signer& signer,
                         const journal::Reader& reader) {
  const std::string value = std::to_string(reader.id) + "." + signer.Mac("reader", Text(reader));
  return fcgi::SetCookie(Cookie(request, value, kLife)).value_or("");
}

std::string NoReaderCookie(const fcgi::Request& request) {
  return fcgi::SetCookie(Cookie(request, "", 0)).value_or("");
}

}  // namespace daybook::handlers
