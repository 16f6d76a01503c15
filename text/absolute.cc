// One pass over the tags; text between them is copied whole.
#include "text/absolute.h"

#include <array>

namespace daybook::text {
namespace {

constexpr std::array<std::string_view, 4> kSingle = {" href=\"", " src=\"", " poster=\"",
                                                     " cite=\""};
constexpr std::string_view kSrcset = " srcset=\"";

bool IsRooted(std::string_view s) { return s.starts_with('/') && !s.starts_with("//"); }

// The value of a srcset: candidates separated by ", ".
void AppendSrcset(std::string& out, std::string_view value, std::string_view origin) {
  while (true) {
    const std::size_t start = value.find_first_not_of(" ,");
    if (start == std::string_view::npos) break;
    out.append(value.substr(0, start));
    value.remove_prefix(start);
    if (IsRooted(value)) out.append(origin);
    const std::size_t comma = value.find(',');
    const std::size_t end = comma == std::string_view::npos ? value.size() : comma + 1;
    out.append(value.substr(0, end));
    value.remove_prefix(end);
  }
  out.append(value);
}

void AppendTag(std::string& out, std::string_view tag, std::string_view origin,
               std::string_view page) {
  std::size_t at = 0;
  while (at < tag.size()) {
    const std::size_t open = tag.find("=\"", at);
    if (open == std::string_view::npos) break;
    const std::size_t start = open + 2;
    std::size_t close = tag.find('"', start);
    if (close == std::string_view::npos) close = tag.size();
    out.append(tag.substr(at, start - at));
    const std::string_view before = tag.substr(0, start);
    const std::string_view value = tag.substr(start, close - start);
    if (before.ends_with(kSrcset)) {
      AppendSrcset(out, value, origin);
    } else {
      for (const std::string_view name : kSingle)
        if (before.ends_with(name) && IsRooted(value)) out.append(origin);
      if (value.starts_with('#') && before.ends_with(kSingle[0])) out.append(page);
      out.append(value);
    }
    at = close;
  }
  out.append(tag.substr(at));
}

}  // namespace

SafeHtml AbsoluteHtml(const SafeHtml& html, std::string_view origin, std::string_view page) {
  std::string_view rest = html.view();
  std::string out;
  out.reserve(rest.size() + 256);
  while (!rest.empty()) {
    const std::size_t open = rest.find('<');
    out.append(rest.substr(0, open));
    if (open == std::string_view::npos) break;
    rest.remove_prefix(open);
    const std::size_t close = rest.find('>');
    const std::size_t end = close == std::string_view::npos ? rest.size() : close + 1;
    AppendTag(out, rest.substr(0, end), origin, page);
    rest.remove_prefix(end);
  }
  return SafeHtml::Vouch(std::move(out));
}

}  // namespace daybook::text
