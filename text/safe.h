// Types that carry trust: a value of one of these was checked, and by whom the type says.
// It is not where checking happens: that is sanitize.h, markdown.h, url.h, slug.h and mail
// addresses in email.h.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace daybook::text {

// A string whose only makers are the functions that prove what the tag promises. They call
// `Vouch`; so `git grep Vouch` lists every place where trust is given.
template <typename Tag>
class Checked {
 public:
  Checked() = default;  // the empty string keeps every promise
  static Checked Vouch(std::string proved) { return Checked(std::move(proved)); }

  const std::string& str() const { return value_; }
  std::string_view view() const { return value_; }
  bool empty() const { return value_.empty(); }
  std::string Take() && { return std::move(value_); }
  friend bool operator==(const Checked&, const Checked&) = default;

 private:
  explicit Checked(std::string proved) : value_(std::move(proved)) {}
  std::string value_;
};

// HTML that may stand in a page as it is. Made by the sanitiser, the Markdown renderer and View
// only.
using SafeHtml = Checked<struct SafeHtmlTag>;
// An absolute http(s) or mailto address, or one relative to the journal, that may stand in href or
// src (still to be escaped for HTML like any text).
using SafeUrl = Checked<struct SafeUrlTag>;
// [a-z0-9-]{0,60}, no hyphen at either end and no two together.
using Slug = Checked<struct SlugTag>;
// One mailbox, no display name, at most 254 bytes, no control character: cannot inject a mail
// header.
using EmailAddress = Checked<struct EmailAddressTag>;

}  // namespace daybook::text
