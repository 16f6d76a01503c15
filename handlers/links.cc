// Addresses are put together here and nowhere else, so that the prefix is never forgotten.
#include "handlers/links.h"

#include <utility>

#include "text/email.h"
#include "text/url.h"

namespace daybook::handlers {
namespace {

text::SafeUrl Join(std::string_view front, std::string_view path, std::string_view tail) {
  std::string url(front);
  url.append(text::EncodePath(path)).append(tail);
  return text::SafeUrl::Vouch(std::move(url));  // begins with our own prefix or origin
}

}  // namespace

Links::Links(std::string prefix, std::string base)
    : prefix_(std::move(prefix)),
      base_(std::move(base)),
      root_(Join(prefix_, "/", "")),
      full_root_(Join(base_, "/", "")) {}

text::SafeUrl Links::To(std::string_view path, std::string_view tail) const {
  return Join(prefix_, path, tail);
}

text::SafeUrl Links::Full(std::string_view path, std::string_view tail) const {
  return Join(base_, path, tail);
}

text::SafeUrl Links::OnHost(std::string_view path, std::string_view tail) {
  return Join("", path, tail);
}

text::SafeUrl Links::Typed(std::string_view url) const {
  if (url.starts_with('/') && !url.starts_with("//")) {
    const std::size_t end = url.find_first_of("?#");
    const auto path = text::DecodePath(url.substr(0, end));
    if (!path) return {};
    std::string tail;
    for (const char c : end == std::string_view::npos ? "" : url.substr(end))
      if (c == ' ')
        tail += "%20";
      else if (static_cast<unsigned char>(c) > ' ')
        tail += c;
    return Join(prefix_, *path, tail);
  }
  if (url.starts_with("mailto:")) {
    const auto address = text::ParseEmail(url.substr(7));
    return address ? text::SafeUrl::Vouch("mailto:" + address->str()) : text::SafeUrl();
  }
  return text::ParseWebUrl(url).value_or(text::SafeUrl());
}

std::string Links::Origin() const {
  const std::size_t scheme = base_.find("://");
  if (scheme == std::string::npos) return base_;
  return base_.substr(0, base_.find('/', scheme + 3));
}

}  // namespace daybook::handlers
