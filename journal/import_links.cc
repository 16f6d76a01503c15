// Looks at attributes that hold addresses, srcset among them, and nothing else of the HTML.
#include "journal/import_links.h"

#include <algorithm>

#include <utility>
#include <vector>

#include "text/html_entities.h"
#include "text/html_escape.h"
#include "text/html_tokenizer.h"

namespace daybook::journal {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// What the attribute is for; nothing if it holds no address.
std::optional<bool> IsShown(const std::string& tag, std::string_view attribute) {
  if (attribute == "href" && (tag == "a" || tag == "area")) return false;
  if (attribute == "src") return tag != "script";
  if (attribute == "poster" && tag == "video") return true;
  if (attribute == "data" && tag == "object") return true;
  return std::nullopt;
}

std::string Lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

// "a.jpg 300w, b.jpg 600w". Candidates that would only be a stand-in are left out where there is a
// real one; nothing if the whole stays as it is, an empty text if no candidate is left.
std::optional<std::string> RewriteSrcset(const std::string& value, const AddressOf& address_of) {
  struct Candidate {
    std::string url, descriptor;
    bool exact;
  };
  std::vector<Candidate> all;
  bool changed = false, any_exact = false;
  std::size_t at = 0;
  while (all.size() < 100) {
    while (at < value.size() && (IsSpace(value[at]) || value[at] == ',')) ++at;
    if (at >= value.size()) break;
    const std::size_t begin = at;
    while (at < value.size() && !IsSpace(value[at])) ++at;
    std::string url = value.substr(begin, at - begin);
    std::string descriptor;
    if (url.ends_with(',')) {
      while (url.ends_with(',')) url.pop_back();
    } else {
      const std::size_t end = std::min(value.find(',', at), value.size());
      descriptor = value.substr(at, end - at);
      at = end;
      while (!descriptor.empty() && IsSpace(descriptor.front())) descriptor.erase(0, 1);
      while (!descriptor.empty() && IsSpace(descriptor.back())) descriptor.pop_back();
    }
    const auto to = address_of(url, true);
    changed = changed || to;
    const bool exact = !to || to->exact;
    any_exact = any_exact || exact;
    all.push_back({to ? to->url : std::move(url), std::move(descriptor), exact});
  }
  if (!changed) return std::nullopt;
  std::string out;
  for (const Candidate& c : all) {
    if (!c.exact) continue;
    if (!out.empty()) out += ", ";
    out += c.url;
    if (!c.descriptor.empty()) out.append(" ").append(c.descriptor);
  }
  return out;
}

// Tells address_of of every url(…) and leaves the style as it is: no page shows it.
void TellStyle(const std::string& style, const AddressOf& address_of) {
  const std::string lower = Lower(style);
  for (std::size_t at = 0; (at = lower.find("url(", at)) != std::string::npos; at += 4) {
    const std::size_t end = style.find(')', at);
    if (end == std::string::npos) return;
    std::string url = style.substr(at + 4, end - at - 4);
    std::erase_if(url, [](char c) { return c == '"' || c == '\'' || IsSpace(c); });
    (void)address_of(url, true);
  }
}

struct Edit {
  std::size_t from, length;  // in the token's text
  std::string with;
};

}  // namespace

std::string RewriteHtml(std::string_view html, const AddressOf& address_of) {
  if (html.find('<') == std::string_view::npos) return std::string(html);
  std::string out;
  out.reserve(html.size());
  text::HtmlTokenizer tokenizer(html);
  text::HtmlToken token;
  std::vector<Edit> edits;
  while (tokenizer.Next(token)) {
    edits.clear();
    if (token.kind == text::HtmlTokenKind::kStartTag) {
      for (const text::HtmlAttribute& attribute : token.attributes) {
        if (attribute.raw_value.empty()) continue;
        const std::string name = Lower(attribute.name);
        std::optional<std::string> with;
        if (name == "srcset") {
          with = RewriteSrcset(attribute.Value(), address_of);
        } else if (name == "style") {
          TellStyle(attribute.Value(), address_of);
        } else if (const auto shown = IsShown(token.name, name)) {
          std::string url = attribute.Value();
          std::erase_if(url, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
          while (!url.empty() && url.front() == ' ') url.erase(0, 1);
          while (!url.empty() && url.back() == ' ') url.pop_back();
          if (auto to = address_of(url, *shown)) with = std::move(to->url);
        }
        if (!with) continue;
        const auto from = static_cast<std::size_t>(attribute.raw_value.data() - token.raw.data());
        edits.push_back({from, attribute.raw_value.size(), text::EscapeHtml(*with)});
      }
    }
    std::size_t done = 0;
    for (const Edit& edit : edits) {
      if (edit.from < done || edit.from + edit.length > token.raw.size()) continue;
      out.append(token.raw, done, edit.from - done);
      out += edit.with.empty()
                 ? std::string("\"\"").substr(0, token.raw[edit.from - 1] == '=' ? 2 : 0)
                 : edit.with;
      done = edit.from + edit.length;
    }
    out.append(token.raw, done, token.raw.size() - done);
  }
  return out;
}

std::string RewriteMarkdown(std::string_view text, const AddressOf& address_of) {
  std::string out;
  while (true) {
    const std::size_t at = std::min(text.find("http://"), text.find("https://"));
    out.append(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at);
    std::size_t end = std::min(text.find_first_of(" \t\r\n<>\"')]`\\"), text.size());
    while (end > 8 && (text[end - 1] == '.' || text[end - 1] == ',')) --end;
    const std::string_view url = text.substr(0, end);
    const bool shown = out.size() >= 2 && out.ends_with("](");
    const auto to = address_of(url, shown);
    out.append(to ? std::string_view(to->url) : url);
    text.remove_prefix(end);
  }
}

}  // namespace daybook::journal
