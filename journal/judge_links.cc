// The links of a text as somebody typed it.
#include "journal/judge_links.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/html_clean.h"
#include "text/html_entities.h"
#include "text/html_tokenizer.h"
#include "text/linkify.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

using text::AsciiLower;
using text::IsAsciiAlnum;
using text::IsAsciiLetter;

constexpr size_t kAddressBytes = 300;
constexpr size_t kNameBytes = 100;

// Endings of names that make a bare "name.ending" an address for readers. Those that are also words
// ("it", "so", "me") need a path behind them.
constexpr std::array<std::string_view, 62> kEndings = {
    "app",  "at",    "au",  "be",  "biz",    "blog", "br",   "ca",   "cc",  "ch",  "click",
    "club", "cn",    "co",  "com", "cz",     "de",   "dev",  "dk",   "edu", "es",  "eu",
    "fi",   "fm",    "fr",  "fun", "gg",     "gl",   "gov",  "gr",   "hu",  "icu", "in",
    "info", "io",    "it",  "jp",  "kr",     "life", "link", "live", "ly",  "me",  "mobi",
    "net",  "nl",    "no",  "nu",  "online", "org",  "pl",   "pw",   "ru",  "se",  "shop",
    "site", "store", "top", "tv",  "uk",     "xyz",  "us"};
constexpr std::array<std::string_view, 14> kWordEndings = {
    "at", "be", "co", "de", "es", "in", "it", "me", "no", "nu", "se", "us", "so", "app"};

bool IsOneOf(auto& list, std::string_view word) {
  return !word.empty() && std::any_of(list.begin(), list.end(), [word](std::string_view one) {
    return one[0] == word[0] && one == word;  // the first letter tells most of them apart
  });
}

bool IsNameChar(char c) { return IsAsciiAlnum(c) || c == '-'; }

// Nine digits or more, set off as people set them off.
bool IsTelephone(std::string_view text) {
  int digits = 0;
  for (const char c : text.substr(0, 30)) {
    if (text::IsAsciiDigit(c)) {
      ++digits;
    } else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.' && c != '/') {
      break;
    }
  }
  return digits >= 9;
}

class Seer {
 public:
  SeenText Run(std::string_view source);

 private:
  void Markup(const text::HtmlToken& token);
  void Dots();
  void Brackets();
  void Bare(std::string_view text);
  void Names(std::string_view text);
  size_t NameAt(std::string_view text, size_t dot, size_t done);
  void Note(std::string_view url);

  SeenText seen_;
  std::string text_;
};

SeenText Seer::Run(std::string_view source) {
  text::HtmlTokenizer tokenizer(source, text::HtmlTokenizer::Mode::kReader);
  text::HtmlToken token;
  while (tokenizer.Next(token)) {
    switch (token.kind) {
      case text::HtmlTokenKind::kText:
        // Twice: what was escaped once too often shows as the reference of a sign.
        text_ += text::DecodeHtml(token.Text(), text::References::kTerminated);
        break;
      case text::HtmlTokenKind::kStartTag:
        Markup(token);
        break;
      case text::HtmlTokenKind::kEndTag:
        if (token.name == "p" || token.name == "div" || token.name == "li") text_ += '\n';
        break;
      case text::HtmlTokenKind::kComment:
        break;
    }
  }
  Dots();
  Brackets();
  Bare(text_);
  return std::move(seen_);
}

void Seer::Markup(const text::HtmlToken& token) {
  if (token.name == "br" || token.name == "p" || token.name == "div" || token.name == "li") {
    text_ += '\n';
  } else if (token.name == "a") {
    // Through the one list of addresses below: the same one in its text is then one link.
    if (std::string href = token.Value("href"); !href.empty()) {
      ++seen_.markup;
      Note(href);
    }
  } else if (token.name == "img" || token.name == "iframe" || token.name == "video" ||
             token.name == "embed" || token.name == "object") {
    ++seen_.pictures;
    if (std::string src = token.Value("src"); !src.empty()) Note(src);
  }
}

void Seer::Note(std::string_view url) {
  std::string address = ShortAddress(text::TrimHtmlSpace(url));
  if (address.empty()) return;
  // <a href="x">x</a> and [url=x]x[/url] are one link.
  if (!seen_.addresses.empty() && seen_.addresses.back() == address) return;
  ++seen_.links;
  if (seen_.addresses.size() < kAddressesMax) seen_.addresses.push_back(std::move(address));
}

// Full stops of other scripts between letters: "example。com" is an address to a browser.
void Seer::Dots() {
  constexpr auto kStops = std::to_array<std::string_view>({"\u3002", "\uFF0E", "\uFF61", "\u2024"});
  std::string plain;
  plain.reserve(text_.size());
  for (size_t at = 0; at < text_.size();) {
    const std::string_view stop = std::string_view(text_).substr(at, 3);
    const bool between = at > 0 && at + 3 < text_.size() && IsAsciiAlnum(text_[at - 1]) &&
                         IsAsciiLetter(text_[at + 3]);
    if (between && IsOneOf(kStops, stop)) {
      ++seen_.disguised;
      plain += '.';
      at += stop.size();
    } else {
      plain += text_[at++];
    }
  }
  text_ = std::move(plain);
}

// [url=http://a.example]words[/url], as forums write links: the brackets go.
void Seer::Brackets() {
  constexpr auto kTags = std::to_array<std::string_view>({"url", "link", "img"});
  for (size_t at = text_.find('['); at != std::string::npos; at = text_.find('[', at + 1)) {
    const size_t name = at + (text_.compare(at, 2, "[/") == 0 ? 2 : 1);
    for (const std::string_view tag : kTags) {
      const std::string_view here = std::string_view(text_).substr(name, tag.size());
      const size_t after = name + tag.size();
      if (!text::EqualsIgnoringCase(here, tag) || after >= text_.size()) continue;
      if (text_[after] != '=' && text_[after] != ']') continue;
      const size_t end = std::string_view(text_).substr(after, kAddressBytes).find(']');
      if (end == std::string_view::npos) continue;
      text_[after + end] = ' ';
      std::fill(text_.begin() + static_cast<std::ptrdiff_t>(at),
                text_.begin() + static_cast<std::ptrdiff_t>(after) + (text_[after] == '=' ? 1 : 0),
                ' ');
      if (name == at + 1) ++(tag == "img" ? seen_.pictures : seen_.markup);
    }
  }
}

// Takes the addresses with a scheme or www. out of `text`, the others are left to Names.
void Seer::Bare(std::string_view text) {
  size_t done = 0;
  for (const text::FoundLink& link : text::FindLinks(text)) {
    Names(text.substr(done, link.begin - done));
    std::string_view before = text.substr(0, link.begin);
    if (before.ends_with("](")) ++seen_.markup;
    Note(link.href);
    seen_.words += ' ';
    done = link.end;
  }
  Names(text.substr(done));
}

// Addresses without a scheme: "example.com/x", "example . com", "example dot com", "a[.]com".
void Seer::Names(std::string_view text) {
  size_t done = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool starts = i == 0 || text[i - 1] == ' ' || text[i - 1] == '\n';
    const bool name_follows = i + 1 < text.size() && IsAsciiAlnum(text[i + 1]);
    if (c == '@' && name_follows && starts) seen_.handle = true;
    if (c == '#' && name_follows && starts && IsAsciiLetter(text[i + 1])) seen_.hashtag = true;
    if (c == '+' && name_follows && IsTelephone(text.substr(i + 1))) seen_.telephone = true;
    if (c != '.' && AsciiLower(c) != 'd') continue;
    const size_t end = NameAt(text, i, done);
    if (end == 0) continue;
    done = end;
    i = end - 1;
  }
  seen_.words += text.substr(done);
}

// `dot`: the position of a '.' or of the d of "dot". Where an address is written around it, it is
// noted and what stands before it becomes words; gives its end, else 0.
size_t Seer::NameAt(std::string_view text, size_t dot, size_t done) {
  size_t left = dot;
  size_t right = dot + 1;
  bool disguised = false;
  if (text[dot] != '.') {
    if (!text::EqualsIgnoringCase(text.substr(dot, 3), "dot")) return 0;
    right = dot + 3;
    disguised = true;
    const auto open = [&](char c) { return c == ' ' || c == '(' || c == '['; };
    if (left == done || !open(text[left - 1]) || right >= text.size() || IsNameChar(text[right]))
      return 0;
  }
  const auto gap = [](char c) { return c == ' ' || c == '(' || c == ')' || c == '[' || c == ']'; };
  size_t spaces = 0;
  while (left > done && gap(text[left - 1]) && spaces < 3) --left, ++spaces;
  const size_t before = spaces;
  size_t after = 0;
  while (right < text.size() && gap(text[right]) && after < 3) ++right, ++after;
  // "The end. Com…" is a sentence; a gap counts as a disguise only where it is on the left, too.
  if (text[dot] == '.' && after > 0 && before == 0) return 0;
  disguised = disguised || before > 0 || after > 0;

  size_t begin = left;
  while (begin > done && left - begin < kNameBytes &&
         (IsNameChar(text[begin - 1]) || (text[begin - 1] == '.' && !disguised)))
    --begin;
  if (begin > done && text[begin - 1] == '@') {
    if (begin > done + 1 && IsNameChar(text[begin - 2])) seen_.email = true;
    return 0;
  }
  if (left == begin || text[begin] == '.') return 0;
  size_t end = right;
  while (end < text.size() && end - right < kNameBytes &&
         (IsNameChar(text[end]) ||
          (text[end] == '.' && end + 1 < text.size() && IsNameChar(text[end + 1]))))
    ++end;
  std::string name = AsciiLower(text.substr(right, end - right));
  std::string_view ending = name;
  if (size_t last = ending.rfind('.'); last != std::string_view::npos)
    ending.remove_prefix(last + 1);
  if (!IsOneOf(kEndings, ending)) return 0;
  const bool path = end < text.size() && text[end] == '/';
  if (!path && (IsOneOf(kWordEndings, ending) || left - begin < 2)) return 0;
  if (disguised && name.find('.') != std::string::npos && ending != "com") return 0;
  size_t stop = end;
  if (path) {
    while (stop < text.size() && static_cast<unsigned char>(text[stop]) > ' ' &&
           text[stop] != '<' && text[stop] != '"')
      ++stop;
  }
  seen_.words += text.substr(done, begin - done);
  seen_.words += ' ';
  if (disguised) ++seen_.disguised;
  std::string address(text.substr(begin, left - begin));
  address.append(".").append(name).append(text.substr(end, stop - end));
  Note("http://" + address);
  return stop;
}

}  // namespace

SeenText SeeLinks(std::string_view source) { return Seer().Run(source); }

std::string ShortAddress(std::string_view url) {
  const text::UrlParts parts = text::SplitUrl(url);
  if (!parts.authority) return "";
  std::string host = text::HostOf(url);
  if (host.starts_with("www.")) host.erase(0, 4);
  if (host.empty()) return "";
  host.append(parts.path);
  if (parts.query) host.append("?").append(*parts.query);
  if (host.size() > kAddressBytes) host.resize(kAddressBytes);
  while (host.ends_with('/')) host.pop_back();
  return host;
}

}  // namespace daybook::journal
