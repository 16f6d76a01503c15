// RFC 5321 mailboxes without the quoted form.
#include "text/email.h"

#include <algorithm>
#include <string>

#include "text/url.h"

namespace daybook::text {
namespace {

bool IsLocal(std::string_view local) {
  if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.' ||
      local.front() == '-' || local.find("..") != std::string_view::npos)
    return false;
  for (const char c : local) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!word && std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) == std::string_view::npos)
      return false;
  }
  return true;
}

}  // namespace

std::optional<EmailAddress> ParseEmail(std::string_view typed) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t first = typed.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return std::nullopt;
  typed = typed.substr(first, typed.find_last_not_of(kSpace) - first + 1);
  const size_t at = typed.find('@');
  if (typed.size() > 1000 || at == std::string_view::npos || !IsLocal(typed.substr(0, at)))
    return std::nullopt;
  const std::optional<std::string> domain = NormalHost(typed.substr(at + 1));
  if (!domain || domain->front() == '[' || domain->find('_') != std::string::npos)
    return std::nullopt;
  const size_t dot = domain->rfind('.');
  if (dot == std::string::npos || (domain->back() >= '0' && domain->back() <= '9' &&
                                   domain->find_first_not_of("0123456789.") == std::string::npos))
    return std::nullopt;
  std::string out = std::string(typed.substr(0, at)) + "@" + *domain;
  if (out.size() > kEmailMax) return std::nullopt;
  return EmailAddress::Vouch(std::move(out));
}

std::string MailboxOf(const EmailAddress& address) {
  const std::string_view all = address.view();
  const size_t at = std::min(all.find('@'), all.size());
  // A name that begins with '+' is one.
  const size_t plus = std::min(all.find('+', 1), at);
  std::string out;
  for (const char c : all.substr(0, plus))
    if (c != '.') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out + std::string(all.substr(at));
}

}  // namespace daybook::text
