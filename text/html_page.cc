#include "text/html_page.h"

// One pass of the tokenizer, with a stack of open elements: what is left open ends with its parent.
#include <algorithm>
#include <array>

#include "text/html_clean.h"
#include "text/html_tokenizer.h"
#include "text/url.h"

namespace daybook::text {
namespace {

constexpr size_t kMaxElements = 50'000, kMaxDepth = 500;

constexpr std::array<std::string_view, 14> kVoid = {"area",  "base",   "br",    "col",  "embed",
                                                    "hr",    "img",    "input", "link", "meta",
                                                    "param", "source", "track", "wbr"};
// A paragraph ends where one of these begins.
constexpr std::array<std::string_view, 26> kBlocks = {
    "address", "article", "aside", "blockquote", "details", "div", "dl",      "fieldset", "figure",
    "footer",  "form",    "h1",    "h2",         "h3",      "h4",  "h5",      "h6",       "header",
    "hr",      "main",    "nav",   "ol",         "p",       "pre", "section", "table"};

template <size_t N>
bool Is(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string Trimmed(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::vector<std::string> Split(std::string_view text, bool lower) {
  constexpr size_t kMost = 50;
  std::vector<std::string> words;
  for (size_t i = 0; i < text.size() && words.size() < kMost;) {
    while (i < text.size() && IsSpace(text[i])) ++i;
    const size_t begin = i;
    while (i < text.size() && !IsSpace(text[i])) ++i;
    if (i > begin) words.emplace_back(text.substr(begin, i - begin));
  }
  if (lower) {
    for (std::string& word : words)
      for (char& c : word)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return words;
}

class Reader {
 public:
  Reader(std::string_view html, std::string_view url) : tokens_(html) {
    page_.base = url;
    page_.elements.emplace_back();
    open_.push_back(0);
  }

  HtmlPage Read() {
    HtmlToken token;
    while (tokens_.Next(token)) {
      switch (token.kind) {
        case HtmlTokenKind::kText:
          Text(token);
          break;
        case HtmlTokenKind::kStartTag:
          Begin(token);
          break;
        case HtmlTokenKind::kEndTag:
          End(token.name);
          break;
        case HtmlTokenKind::kComment:
          break;
      }
    }
    while (!open_.empty()) Close();
    return std::move(page_);
  }

 private:
  HtmlElement& Top() { return page_.elements[open_.back()]; }

  void Text(const HtmlToken& token) {
    const std::string& name = Top().name;
    if (token.literal || name == "script" || name == "style" || in_template_ > 0) return;
    const std::string text = token.Text();
    if (name == "title" && page_.title.empty()) {
      page_.title = Trimmed(text);
      return;
    }
    page_.text += text;
  }

  void Begin(const HtmlToken& token) {
    if (token.name == "template") ++in_template_;
    if (in_template_ > 0) return;
    if (Is(kBlocks, token.name) || token.name == "li" || token.name == "br" || token.name == "tr") {
      page_.text += '\n';
      if (Top().name == "p" && token.name != "br") Close();
    }
    if (Top().name == token.name && (token.name == "li" || token.name == "option")) Close();
    if (token.name == "base" && !has_base_ && token.Find("href") != nullptr) {
      has_base_ = true;
      if (const auto base = ResolveRelative(page_.base, Trimmed(token.Value("href"))))
        page_.base = *base;
    }
    if (page_.elements.size() >= kMaxElements) {
      page_.cut = true;
      return;
    }
    const bool too_deep = open_.size() >= kMaxDepth;
    HtmlElement element;
    element.name = token.name;
    element.classes = Split(token.Value("class"), false);
    element.rels = Split(token.Value("rel"), true);
    element.has_href = token.Find("href") != nullptr;
    element.href = Trimmed(token.Value("href"));
    element.src = Trimmed(token.Value("src"));
    element.title = Trimmed(token.Value("title"));
    element.alt = Trimmed(token.Value("alt"));
    if (token.name == "meta") {
      element.content = Trimmed(token.Value("content"));
      element.property = Trimmed(token.Value("property"));
    } else {
      element.content = Trimmed(token.Value(token.name == "time" ? "datetime" : "value"));
    }
    element.parent = open_.back();
    element.text_begin = element.text_end = page_.text.size();
    page_.elements.push_back(std::move(element));
    const size_t place = page_.elements.size() - 1;
    page_.elements[place].last = place;
    if (Is(kVoid, token.name)) return;
    if (too_deep) {
      ++not_opened_;  // it is there, but holds nothing
    } else {
      open_.push_back(place);
    }
  }

  void End(const std::string& name) {
    if (name == "template" && in_template_ > 0) --in_template_;
    if (in_template_ > 0) return;
    if (Is(kBlocks, name) || name == "li") page_.text += '\n';
    if (not_opened_ > 0) {
      if (!Is(kVoid, name)) --not_opened_;
      return;
    }
    // Only so far up: an end tag that nothing began must not cost a walk each time.
    constexpr size_t kLook = 50;
    for (size_t up = 0; up < kLook && up + 1 < open_.size(); ++up) {
      if (page_.elements[open_[open_.size() - 1 - up]].name != name) continue;
      for (size_t i = 0; i <= up; ++i) Close();
      return;
    }
  }

  void Close() {
    HtmlElement& element = Top();
    element.text_end = page_.text.size();
    element.last = page_.elements.size() - 1;
    open_.pop_back();
  }

  HtmlTokenizer tokens_;
  HtmlPage page_;
  std::vector<size_t> open_;
  int in_template_ = 0;
  size_t not_opened_ = 0;  // elements below the deepest level
  bool has_base_ = false;
};

}  // namespace

bool IsWebUrl(std::string_view url) {
  std::string scheme(url.substr(0, std::min(url.find(':'), url.size())));
  for (char& c : scheme)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return scheme.size() < url.size() && (scheme == "http" || scheme == "https");
}

bool HtmlElement::HasClass(std::string_view wanted) const {
  return std::find(classes.begin(), classes.end(), wanted) != classes.end();
}

bool HtmlElement::HasRel(std::string_view wanted) const {
  return std::find(rels.begin(), rels.end(), wanted) != rels.end();
}

std::string HtmlPage::TextOf(const HtmlElement& element) const {
  std::string out;
  for (size_t i = element.text_begin; i < element.text_end; ++i) {
    if (!IsSpace(text[i])) {
      out += text[i];
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string HtmlPage::Absolute(std::string_view reference) const {
  const auto whole = ResolveRelative(base, reference);
  if (!whole || !IsWebUrl(*whole)) return "";
  const auto url = ParseWebUrl(whole->substr(0, whole->find('#')));
  return url ? url->str() : "";
}

HtmlPage ReadHtmlPage(std::string_view html, std::string_view url) {
  return Reader(html, url).Read();
}

}  // namespace daybook::text
