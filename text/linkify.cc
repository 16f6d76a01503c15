// Automatic links. See linkify.h; the rules are those of the journal's comments.
#include "text/linkify.h"

#include <algorithm>
#include <array>
#include <optional>

#include "text/html_clean.h"
#include "text/html_escape.h"
#include "text/html_tokenizer.h"
#include "text/html_url.h"

namespace daybook::text {
namespace {

constexpr std::array<std::string_view, 12> kTrailing = {
    ".", ",", ";", ":", "!", "?", "'", "\"", "\u2019", "\u201D", "\u00BB", "\u2026"};

// The length of the white space character at `pos`, 0 if there is none: Unicode's White_Space.
size_t SpaceLength(std::string_view s, size_t pos) {
  const char c = s[pos];
  if (c >= 0) return c <= ' ' || c == 0x7F ? 1 : 0;
  const std::string_view two = s.substr(pos, 2);
  if (two == "\u00A0" || two == "\u0085") return 2;
  const std::string_view three = s.substr(pos, 3);
  if (three.size() < 3) return 0;
  if (three == "\u1680" || three == "\u2028" || three == "\u2029" || three == "\u202F" ||
      three == "\u205F" || three == "\u3000") {
    return 3;
  }
  const auto last = static_cast<unsigned char>(three[2]);
  return three.starts_with("\xE2\x80") && last >= 0x80 && last <= 0x8A ? 3 : 0;
}

// Where the address that begins at `begin` must stop.
size_t StopOf(std::string_view text, size_t begin) {
  size_t pos = begin;
  while (pos < text.size() && text[pos] != '<' && text[pos] != '>' && text[pos] != '"' &&
         SpaceLength(text, pos) == 0) {
    ++pos;
  }
  return pos;
}

std::string_view StripEnd(std::string_view url) {
  long round = std::count(url.begin(), url.end(), ')') - std::count(url.begin(), url.end(), '(');
  long square = std::count(url.begin(), url.end(), ']') - std::count(url.begin(), url.end(), '[');
  while (!url.empty()) {
    const auto* const trailing =
        std::find_if(kTrailing.begin(), kTrailing.end(),
                     [&](std::string_view mark) { return url.ends_with(mark); });
    if (trailing != kTrailing.end()) {
      url.remove_suffix(trailing->size());
    } else if (url.back() == ')' && round > 0) {
      url.remove_suffix(1);
      --round;
    } else if (url.back() == ']' && square > 0) {
      url.remove_suffix(1);
      --square;
    } else {
      break;
    }
  }
  return url;
}

// The length of "http://", "https://" or "www." at `pos`, 0 where there is none.
size_t PrefixLength(std::string_view text, size_t pos) {
  for (const std::string_view prefix : {"http://", "https://", "www."}) {
    if (EqualsIgnoringCase(text.substr(pos, prefix.size()), prefix)) return prefix.size();
  }
  return 0;
}

}  // namespace

std::vector<FoundLink> FindLinks(std::string_view text) {
  std::vector<FoundLink> links;
  for (size_t pos = 0; pos < text.size(); ++pos) {
    const char c = AsciiLower(text[pos]);
    if (c != 'h' && c != 'w') continue;
    if (pos > 0 && IsAsciiAlnum(text[pos - 1])) continue;
    const size_t prefix = PrefixLength(text, pos);
    if (prefix == 0) continue;
    const bool www = c == 'w';
    // user@www.example, a.www.b and /www. are parts of something else.
    if (www && pos > 0 && std::string_view("@./-_\\").find(text[pos - 1]) != std::string_view::npos)
      continue;
    const size_t stop = StopOf(text, pos);
    const std::string_view url = StripEnd(text.substr(pos, stop - pos));
    if (url.size() > prefix) {
      std::optional<std::string> href =
          CleanUrl(www ? "https://" + std::string(url) : std::string(url), kWebUrl);
      if (href) links.push_back({pos, pos + url.size(), *std::move(href)});
    }
    pos = stop - 1;  // nothing is read twice
  }
  return links;
}

void AppendLinkified(std::string_view text, std::string_view rel, std::string& out) {
  size_t done = 0;
  for (const FoundLink& link : FindLinks(text)) {
    AppendEscapedText(text.substr(done, link.begin - done), out);
    out += "<a href=\"";
    AppendEscaped(link.href, out);
    if (!rel.empty()) out.append("\" rel=\"").append(rel);
    out += "\">";
    AppendEscapedText(text.substr(link.begin, link.end - link.begin), out);
    out += "</a>";
    done = link.end;
  }
  AppendEscapedText(text.substr(done), out);
}

std::string LinkifyHtml(std::string_view html, std::string_view rel) {
  std::string out;
  out.reserve(html.size() + html.size() / 4);
  HtmlTokenizer tokens(html);
  HtmlToken token;
  int closed_to_links = 0;  // how many a, code and pre are open
  while (tokens.Next(token)) {
    if (token.kind == HtmlTokenKind::kText && closed_to_links == 0) {
      AppendLinkified(token.Text(), rel, out);
      continue;
    }
    out.append(token.raw);
    if (token.name != "a" && token.name != "code" && token.name != "pre") continue;
    if (token.kind == HtmlTokenKind::kStartTag) ++closed_to_links;
    if (token.kind == HtmlTokenKind::kEndTag) --closed_to_links;
  }
  return out;
}

}  // namespace daybook::text
