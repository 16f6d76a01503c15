// Addresses of the journal's own pages, as links (with the mount prefix) and in full (for feeds,
// canonical, mail).
#pragma once

#include <string>
#include <string_view>

#include "text/safe.h"

namespace daybook::handlers {

class Links {
 public:
  // prefix: mount as it stands in links, percent-encoded ("" or "/blog"). base: the journal's
  // address without a slash at its end, mount included ("https://example.org/blog").
  Links(std::string prefix, std::string base);

  // `path` is decoded and begins with '/'; `tail` is appended as it is ("?q=…", "#comment-7").
  text::SafeUrl To(std::string_view path, std::string_view tail = {}) const;
  text::SafeUrl Full(std::string_view path, std::string_view tail = {}) const;
  // Of this host, whoever answers there: without the journal's prefix.
  static text::SafeUrl OnHost(std::string_view path, std::string_view tail = {});
  // What an owner typed into a link or a page's field: relative to the journal if it begins with
  // '/', else a web or mail address. Empty if it is neither.
  text::SafeUrl Typed(std::string_view url) const;
  // "https://example.org", for AbsoluteHtml.
  std::string Origin() const;

  const text::SafeUrl& root() const { return root_; }  // "/" or "/blog/"
  const text::SafeUrl& full_root() const { return full_root_; }

 private:
  std::string prefix_, base_;
  text::SafeUrl root_, full_root_;
};

}  // namespace daybook::handlers
