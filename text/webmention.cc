#include "text/webmention.h"

// Link headers follow RFC 8288, section 3, read leniently.
#include <algorithm>

#include "text/url.h"

namespace daybook::text {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t'; }

// "http://h/p#f" and "https://h/p" become "h/p".
std::string Bare(std::string_view typed) {
  if (!IsWebUrl(typed)) return "";
  const auto url = ParseWebUrl(typed.substr(0, typed.find('#')));
  if (!url) return "";
  const std::string_view view = url->view();
  std::string bare(view.substr(view.find("//") + 2));
  if (const size_t end = std::min(bare.find_first_of("/?"), bare.size());
      end == bare.size() || bare[end] == '?')
    bare.insert(end, 1, '/');
  return bare;
}

// One link of the header after another: `<uri>; param=value; param="value", <uri> …`.
class LinkHeader {
 public:
  explicit LinkHeader(std::string_view text) : rest_(text) {}

  bool Next() {
    uri.clear();
    rel.clear();
    has_rel_ = false;
    const size_t open = rest_.find('<');
    const size_t close = rest_.find('>', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos) return false;
    uri = rest_.substr(open + 1, close - open - 1);
    rest_.remove_prefix(close + 1);
    while (true) {
      SkipSpace();
      if (rest_.empty() || rest_.front() != ';') break;
      rest_.remove_prefix(1);
      Parameter();
    }
    // To the next link; what stands between is not understood.
    rest_.remove_prefix(std::min(rest_.find(','), rest_.size()));
    return true;
  }

  std::string uri, rel;

 private:
  void SkipSpace() {
    while (!rest_.empty() && IsSpace(rest_.front())) rest_.remove_prefix(1);
  }

  void Parameter() {
    SkipSpace();
    const size_t end = std::min(rest_.find_first_of("=;, \t"), rest_.size());
    std::string name(rest_.substr(0, end));
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    rest_.remove_prefix(end);
    SkipSpace();
    if (rest_.empty() || rest_.front() != '=') return;
    rest_.remove_prefix(1);
    SkipSpace();
    std::string value;
    if (!rest_.empty() && rest_.front() == '"') {
      rest_.remove_prefix(1);
      while (!rest_.empty() && rest_.front() != '"') {
        if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
        value += rest_.front();
        rest_.remove_prefix(1);
      }
      if (!rest_.empty()) rest_.remove_prefix(1);
    } else {
      const size_t stop = std::min(rest_.find_first_of(";, \t"), rest_.size());
      value = rest_.substr(0, stop);
      rest_.remove_prefix(stop);
    }
    if (name == "rel" && !has_rel_) {  // a second one is ignored
      has_rel_ = true;
      rel = value;
    }
  }

  std::string_view rest_;
  bool has_rel_ = false;
};

bool HasWord(std::string_view text, std::string_view wanted) {
  for (size_t i = 0; i < text.size();) {
    const size_t end = std::min(text.find_first_of(" \t", i), text.size());
    std::string word(text.substr(i, end - i));
    for (char& c : word)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (word == wanted) return true;
    i = end + 1;
  }
  return false;
}

// The endpoint keeps its query and everything else but its fragment.
std::optional<std::string> Endpoint(std::string_view base, std::string_view reference) {
  const auto whole =
      reference.empty() ? std::optional<std::string>(base) : ResolveRelative(base, reference);
  if (!whole || !IsWebUrl(*whole)) return std::nullopt;
  const auto url = ParseWebUrl(whole->substr(0, whole->find('#')));
  if (!url) return std::nullopt;
  return url->str();
}

// What may stand in an address, so that a longer one is not taken for it.
bool GoesOn(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_~/?&=%+@").find(c) != std::string_view::npos;
}

}  // namespace

bool SamePage(std::string_view a, std::string_view b) {
  const std::string left = Bare(a);
  return !left.empty() && left == Bare(b);
}

bool LinksTo(const HtmlPage& page, std::string_view target) {
  const std::string wanted = Bare(target);
  if (wanted.empty()) return false;
  for (const HtmlElement& element : page.elements) {
    for (const std::string* reference : {&element.href, &element.src}) {
      if (!reference->empty() && Bare(page.Absolute(*reference)) == wanted) return true;
    }
  }
  return false;
}

bool TextNames(std::string_view text, std::string_view target) {
  std::string plain;  // JSON may write \/ for /
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '/') continue;
    plain += text[i];
  }
  const std::string wanted = "//" + Bare(target);
  if (wanted.size() <= 2) return false;
  for (size_t at = plain.find(wanted); at != std::string::npos; at = plain.find(wanted, at + 1)) {
    const bool scheme = at >= 5 && (plain.compare(at - 5, 5, "http:") == 0 ||
                                    (at >= 6 && plain.compare(at - 6, 6, "https:") == 0));
    size_t end = at + wanted.size();
    // A dot ends a sentence, unless the address goes on behind it.
    if (end < plain.size() && plain[end] == '.') ++end;
    if (scheme && (end >= plain.size() || !GoesOn(plain[end]))) return true;
  }
  return false;
}

std::optional<std::string> EndpointInHeaders(const std::vector<std::string>& links,
                                             std::string_view url) {
  for (const std::string& line : links) {
    LinkHeader header(line);
    while (header.Next()) {
      if (HasWord(header.rel, "webmention")) return Endpoint(url, header.uri);
    }
  }
  return std::nullopt;
}

std::optional<std::string> EndpointInPage(const HtmlPage& page) {
  for (const HtmlElement& element : page.elements) {
    if ((element.name == "link" || element.name == "a") && element.has_href &&
        element.HasRel("webmention"))
      return Endpoint(page.base, element.href);
  }
  return std::nullopt;
}

std::vector<std::string> WebLinks(std::string_view html, std::string_view base, size_t most) {
  const HtmlPage page = ReadHtmlPage(html, base);
  std::vector<std::string> links;
  for (const HtmlElement& element : page.elements) {
    if (element.name != "a" || element.href.empty()) continue;
    const std::string url = page.Absolute(element.href);
    if (url.empty() || std::find(links.begin(), links.end(), url) != links.end()) continue;
    if (links.size() >= most) break;
    links.push_back(url);
  }
  return links;
}

}  // namespace daybook::text
