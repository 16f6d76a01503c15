// One pass; an address stands behind its link unless the link's text already is that address.
#include "templates/print_links.h"

#include <string>
#include <string_view>

namespace daybook::templates {
namespace {

bool StartsOutside(std::string_view address) {
  return address.starts_with("http://") || address.starts_with("https://") ||
         address.starts_with("mailto:");
}

// The address in the start tag, still escaped: it was escaped for an attribute, which is more than
// text needs.
std::string_view Href(std::string_view tag) {
  constexpr std::string_view kName = " href=\"";
  const size_t at = tag.find(kName);
  if (at == std::string_view::npos) return {};
  tag.remove_prefix(at + kName.size());
  return tag.substr(0, tag.find('"'));
}

}  // namespace

text::SafeHtml WriteOutLinks(const text::SafeHtml& html) {
  std::string out;
  std::string_view rest = html.view();
  while (!rest.empty()) {
    const size_t open = rest.find("<a ");
    const size_t close = open == std::string_view::npos ? open : rest.find("</a>", open);
    const size_t end = open == std::string_view::npos ? open : rest.find('>', open);
    if (close == std::string_view::npos || end > close) break;
    const std::string_view href = Href(rest.substr(open, end - open));
    const std::string_view text = rest.substr(end + 1, close - end - 1);
    out.append(rest.substr(0, close + 4));
    const std::string_view plain = href.starts_with("mailto:") ? href.substr(7) : href;
    if (StartsOutside(href) && text != plain && text != href) {
      out.append(" <span class=\"address\">(").append(plain).append(")</span>");
    }
    rest.remove_prefix(close + 4);
  }
  out.append(rest);
  // Only bytes of an attribute of safe HTML were added, and no < > or quote can be among them.
  return text::SafeHtml::Vouch(std::move(out));
}

}  // namespace daybook::templates
