// What a Request can be asked for. How it is made is in parse.cc.
#include "fcgi/request.h"

#include <algorithm>

#include "fcgi/decode.h"
#include "text/utf8.h"

namespace daybook::fcgi {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool SameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace

std::string_view Request::Get(std::string_view name) const {
  for (const Header& header : headers)
    if (SameName(header.name, name)) return header.value;
  return {};
}

std::optional<std::string> Request::Param(std::string_view name) const {
  std::optional<std::string> found;
  ForEachPair(query, [&](std::string_view key, std::string_view value) {
    if (FormDecode(key) != name) return true;
    found = FormDecode(value);
    return false;
  });
  if (found && (!text::IsUtf8(*found) || found->find('\0') != std::string::npos)) found.reset();
  return found;
}

std::string Request::Origin() const { return (https ? "https://" : "http://") + host; }

std::string Request::Link(std::string_view below) const { return prefix + EncodePath(below); }

}  // namespace daybook::fcgi
