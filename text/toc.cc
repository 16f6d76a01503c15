// Ids for headings (declared in markdown.h). One pass over what the sanitiser made.
#include <algorithm>
#include <map>

#include "text/html_clean.h"
#include "text/html_escape.h"
#include "text/markdown.h"
#include "text/slug.h"

namespace daybook::text {
namespace {

// Text of a heading: tags out, the few escapes that the sanitiser writes undone.
std::string HeadingText(std::string_view html) {
  struct Escape {
    std::string_view name;
    char c;
  };
  constexpr Escape kEscapes[] = {{"&amp;", '&'},  {"&lt;", '<'},   {"&gt;", '>'},
                                 {"&quot;", '"'}, {"&#39;", '\''}, {"&#34;", '"'}};
  std::string out;
  for (size_t i = 0; i < html.size();) {
    if (html[i] == '<') {
      const size_t end = html.find('>', i);
      if (end == std::string_view::npos) break;
      i = end + 1;
      continue;
    }
    bool escaped = false;
    for (const Escape& escape : kEscapes) {
      if (html[i] != '&' || html.substr(i, escape.name.size()) != escape.name) continue;
      out.push_back(escape.c);
      i += escape.name.size();
      escaped = true;
      break;
    }
    if (!escaped) out.push_back(html[i++]);
  }
  return out;
}

// A footnote's number is no word of the heading.
std::string WithoutFootnotes(std::string_view html) {
  constexpr std::string_view kOpen = "<sup class=\"footnote-ref\"", kClose = "</sup>";
  std::string out;
  for (size_t at = 0; at < html.size();) {
    const size_t from = std::min(html.find(kOpen, at), html.size());
    out += html.substr(at, from - at);
    if (from == html.size()) break;
    const size_t end = html.find(kClose, from);
    if (end == std::string_view::npos) break;
    at = end + kClose.size();
  }
  return out;
}

// The value of id="…" in an opening tag, or nothing.
std::string_view IdIn(std::string_view tag) {
  const size_t at = tag.find(" id=\"");
  if (at == std::string_view::npos) return {};
  const size_t end = tag.find('"', at + 5);
  return end == std::string_view::npos ? std::string_view() : tag.substr(at + 5, end - at - 5);
}

// Ids already given, and for each the number to try next, so that equal headings stay cheap.
using Taken = std::map<std::string, unsigned, std::less<>>;

std::string FreeId(const std::string& text, Taken& taken) {
  // The prefix keeps a heading "Comment 12" away from the page's own ids.
  const Slug slug = MakeSlug(text);
  const std::string base = "h-" + (slug.empty() ? std::string("section") : slug.str());
  const auto [at, fresh] = taken.try_emplace(base, 1);
  if (fresh) return base;
  std::string id;
  do id = base + "-" + std::to_string(at->second++);
  while (!taken.try_emplace(id, 1).second);
  return id;
}

bool IsHeadingAt(std::string_view html, size_t at) {
  return at + 3 < html.size() && html[at + 1] == 'h' && html[at + 2] >= '1' &&
         html[at + 2] <= '6' && (html[at + 3] == '>' || html[at + 3] == ' ');
}

}  // namespace

WithToc AddHeadingIds(const SafeHtml& safe) {
  const std::string_view html = safe.view();
  Taken taken;
  WithToc out;
  std::string result;
  result.reserve(html.size() + html.size() / 16);
  size_t copied = 0;
  for (size_t at = html.find("<h"); at != std::string_view::npos; at = html.find("<h", at + 2)) {
    if (!IsHeadingAt(html, at)) continue;
    const size_t open_end = html.find('>', at);
    const std::string close = {'<', '/', 'h', html[at + 2], '>'};
    const size_t end = html.find(close, std::min(open_end, html.size()));
    if (open_end == std::string_view::npos || end == std::string_view::npos) break;
    TocItem item;
    item.level = html[at + 2] - '0';
    item.text = HeadingText(WithoutFootnotes(html.substr(open_end + 1, end - open_end - 1)));
    const std::string_view given = IdIn(html.substr(at, open_end - at));
    if (!given.empty() && taken.try_emplace(std::string(given), 1).second) {
      item.id = given;
    } else if (given.empty()) {
      item.id = FreeId(item.text, taken);
      result.append(html.substr(copied, at + 3 - copied)).append(" id=\"" + item.id + "\"");
      copied = at + 3;
    }
    if (!item.id.empty()) out.items.push_back(std::move(item));
    at = end;
  }
  result.append(html.substr(copied));
  out.html = SafeHtml::Vouch(std::move(result));
  return out;
}

SafeHtml TocList(const std::vector<TocItem>& items) {
  std::string out;
  std::vector<int> open;  // levels of the lists that are open
  size_t count = 0;
  for (const TocItem& item : items) {
    if (TrimHtmlSpace(item.text).empty()) continue;
    if (++count > kTocMost) break;
    while (open.size() > 1 && open[open.size() - 2] >= item.level) {
      out += "</li></ol>";
      open.pop_back();
    }
    if (open.empty() || item.level > open.back()) {
      out += "<ol>";
      open.push_back(item.level);
    } else {
      out += "</li>";
      open.back() = item.level;
    }
    out += "\n<li><a href=\"#" + EscapeHtml(item.id) + "\">" + EscapeHtml(item.text) + "</a>";
  }
  for (size_t i = 0; i < open.size(); ++i) out += "</li></ol>";
  return SafeHtml::Vouch(std::move(out));
}

}  // namespace daybook::text
