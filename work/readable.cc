// Rewriting pages token by token: see readable.h.
#include "work/readable.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "text/html_escape.h"
#include "text/html_tokenizer.h"
#include "text/url.h"

namespace daybook::work {
namespace {

using text::HtmlToken;
using text::HtmlTokenKind;

bool EndsWithAny(std::string_view path, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

std::string Quoted(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + text::EscapeHtml(value) + "\"";
}

// From one file to another, both relative to the same folder.
std::string Relative(std::string_view from, std::string_view to) {
  std::string up;
  for (const char c : from) {
    if (c == '/') up += "../";
  }
  return up + text::EncodePath(to);
}

class Rewriter {
 public:
  Rewriter(const ReadableSite& site, std::string_view page, const ReadableTargets& targets)
      : site_(site), page_(page), file_(ReadableFile(page)), targets_(targets) {}

  std::string Run(std::string_view html, const std::set<std::string>* ids) {
    ids_ = ids;
    out_.clear();
    sections_.clear();
    in_aside_ = lost_link_ = false;
    text_ = paragraph_ = 0;
    text::HtmlTokenizer tokens(html);
    HtmlToken token;
    while (tokens.Next(token)) {
      if (!Skipping(token)) Take(token);
    }
    return std::move(out_);
  }

 private:
  // Inside an element that is left out, up to its end.
  bool Skipping(const HtmlToken& token) {
    if (skip_.empty()) return false;
    if (token.name != skip_) return true;
    if (token.kind == HtmlTokenKind::kStartTag) ++depth_;
    if (token.kind == HtmlTokenKind::kEndTag && --depth_ == 0) skip_.clear();
    return true;
  }
  void Skip(const std::string& name) {
    lost_link_ = true;
    skip_ = name;
    depth_ = 1;
  }

  void Take(const HtmlToken& token) {
    if (token.kind == HtmlTokenKind::kComment) {
      if (token.raw.starts_with("<!doctype") || token.raw.starts_with("<!DOCTYPE"))
        out_ += token.raw;
      return;
    }
    if (token.kind == HtmlTokenKind::kStartTag) return Start(token);
    if (token.kind == HtmlTokenKind::kEndTag) return End(token);
    out_ += token.raw;
  }

  void Start(const HtmlToken& token) {
    const std::string& name = token.name;
    if (name == "script" || name == "iframe" || name == "object") return Skip(name);
    if (name == "base" || name == "embed") return;
    if (name == "form") {
      if (!sections_.empty()) sections_.back().lost = true;
      return Skip(name);
    }
    if (name == "link") {
      const std::string rel = token.Value("rel");
      if (rel != "stylesheet" && rel != "icon") return;
    }
    if (name == "meta") {
      const std::string what = token.Value("property") + token.Value("name");
      if (token.Find("http-equiv") != nullptr || what.starts_with("og:")) return;
    }
    if (name == "aside") in_aside_ = true;
    if (name == "section" || (name == "div" && in_aside_))
      sections_.push_back({out_.size(), false, name});
    if (name == "p") paragraph_ = out_.size();
    if (name == "a") return Anchor(token);
    Tag(token, {});
    if (name == "p") text_ = out_.size();
  }

  void Anchor(const HtmlToken& token) {
    const bool linked = token.Find("href") != nullptr;
    if (!linked) return Tag(token, {});
    std::string fragment;
    const std::string link = token.Value("href");
    const auto own = OwnPath(site_, page_, link, fragment);
    if (!own) return Tag(token, {});
    const bool here = link.starts_with('#') || (*own == page_ && !fragment.empty());
    if (here && (ids_ == nullptr || fragment.size() < 2 || ids_->contains(fragment.substr(1))))
      return Tag(token, fragment.empty() ? "#" : fragment);
    if (here) return Skip("a");
    if (const auto there = File(*own)) {
      // Only comments are sure to be on the page that is meant.
      return Tag(token, *there + (fragment.starts_with("#comment-") ? fragment : ""));
    }
    // A door of the site itself has no use here; what somebody wrote stays to be read.
    if (!IsReadable(*own)) return Skip("a");
    Tag(token, {}, true);
  }

  void End(const HtmlToken& token) {
    // A paragraph that held nothing but a door.
    if (token.name == "p" && lost_link_ && paragraph_ < text_ && out_.size() >= text_ &&
        out_.find_first_not_of(" \n", text_) == std::string::npos) {
      out_.resize(paragraph_);
      if (!sections_.empty() && sections_.back().name == "div") sections_.back().lost = true;
      return;
    }
    out_ += token.raw;
    if (token.name == "aside") in_aside_ = false;
    if (sections_.empty() || token.name != sections_.back().name) return;
    if (sections_.back().lost) out_.resize(sections_.back().begins);
    sections_.pop_back();
  }

  [[nodiscard]] std::optional<std::string> File(const std::string& path) const {
    if (path.starts_with("/media/")) {
      if (!targets_.has_media(path.substr(7))) return std::nullopt;
      return "../" + Relative(file_, path.substr(1));
    }
    if (path.starts_with("/static/")) {
      if (!targets_.has_static(path.substr(8))) return std::nullopt;
      return Relative(file_, path.substr(1));
    }
    const std::string kept = targets_.page(path);
    if (kept.empty()) return std::nullopt;
    return Relative(file_, ReadableFile(kept));
  }

  // An address that is no link to a page: nothing if the attribute is to go.
  [[nodiscard]] std::optional<std::string> Source(const std::string& link) const {
    std::string fragment;
    const auto own = OwnPath(site_, page_, link, fragment);
    if (!own) return link;
    return File(*own);
  }

  [[nodiscard]] std::string SourceSet(const std::string& value) const {
    std::string all;
    std::size_t at = 0;
    while (at < value.size()) {
      const std::size_t end = std::min(value.find(',', at), value.size());
      std::string item = value.substr(at, end - at);
      at = end + 1;
      const std::size_t begins = item.find_first_not_of(" \t\n");
      if (begins == std::string::npos) continue;
      item.erase(0, begins);
      const std::size_t space = std::min(item.find_first_of(" \t\n"), item.size());
      if (const auto there = Source(item.substr(0, space)))
        all += (all.empty() ? "" : ", ") + *there + item.substr(space);
    }
    return all;
  }

  void Tag(const HtmlToken& token, const std::string& href, bool unlink = false) {
    out_ += '<' + token.name;
    std::set<std::string> done;
    for (const text::HtmlAttribute& attribute : token.attributes) {
      std::string name(attribute.name);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      if (!done.insert(name).second) continue;
      const std::string value = attribute.Value();
      if (name == "href" && token.name == "a") {
        if (!unlink) out_ += Quoted(name, href.empty() ? value : href);
      } else if (name == "href" || name == "src" || name == "poster" || name == "cite" ||
                 name == "longdesc") {
        if (const auto there = Source(value)) out_ += Quoted(name, *there);
      } else if (name == "srcset") {
        if (const std::string set = SourceSet(value); !set.empty()) out_ += Quoted(name, set);
      } else if (!name.starts_with("on")) {
        out_ += Quoted(name, value);
      }
    }
    out_ += '>';
  }

  struct Section {
    std::size_t begins;
    bool lost;
    std::string name;
  };
  const ReadableSite& site_;
  std::string page_, file_;
  const ReadableTargets& targets_;
  const std::set<std::string>* ids_ = nullptr;
  std::string out_, skip_;
  int depth_ = 0;
  bool in_aside_ = false, lost_link_ = false;
  std::size_t paragraph_ = 0, text_ = 0;
  std::vector<Section> sections_;
};

}  // namespace

std::optional<std::string> OwnPath(const ReadableSite& site, std::string_view page,
                                   std::string_view link, std::string& fragment) {
  fragment.clear();
  const std::string base = (site.origin.empty() ? "http://journal.invalid" : site.origin);
  const auto whole = text::ResolveRelative(base + site.prefix + text::EncodePath(page), link);
  if (!whole || !whole->starts_with(base + site.prefix)) return std::nullopt;
  const text::UrlParts parts = text::SplitUrl(*whole);
  if (parts.authority != text::SplitUrl(base).authority) return std::nullopt;
  if (parts.fragment) fragment = "#" + std::string(*parts.fragment);
  std::string_view raw = parts.path;
  if (!raw.starts_with(site.prefix)) return std::nullopt;
  raw.remove_prefix(site.prefix.size());
  if (raw.empty()) raw = "/";
  if (!raw.starts_with('/')) return std::nullopt;
  auto path = text::DecodePath(raw);
  // What a query asks for is no file; a path that cannot be decoded is no page either.
  if (!path || parts.query) return "/search";
  return path;
}

bool IsReadable(std::string_view path) {
  if (EndsWithAny(path, {"/print", "/mail", "/comment", "/respond", "/trackback", ".xml",
                         "/feed.json", ".txt"}))
    return false;
  for (const std::string_view door :
       {"/admin", "/search", "/subscribe", "/newsletter", "/confirm", "/preferences",
        "/unsubscribe", "/contact", "/comment", "/webmention", "/own", "/media", "/static"}) {
    if (path == door || (path.starts_with(door) && path[door.size()] == '/')) return false;
  }
  return true;
}

std::string ReadableFile(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string file;
  for (const char c : path) {
    if (static_cast<unsigned char>(c) < 32 ||
        std::string_view("\\:*?\"<>|=").find(c) != std::string_view::npos) {
      const auto byte = static_cast<unsigned char>(c);
      file += {'=', kDigits[byte >> 4], kDigits[byte & 15]};
    } else if (c != '/' || (!file.empty() && !file.ends_with('/'))) {
      file += c;
    }
  }
  if (file.empty() || file.ends_with('/')) return file + "index.html";
  return file.ends_with(".html") ? file : file + "/index.html";
}

std::vector<std::string> ReadableLinks(const ReadableSite& site, std::string_view page,
                                       std::string_view html) {
  std::vector<std::string> all;
  text::HtmlTokenizer tokens(html);
  HtmlToken token;
  std::string fragment;
  while (tokens.Next(token)) {
    if (token.kind != HtmlTokenKind::kStartTag || token.name != "a") continue;
    if (token.Find("href") == nullptr) continue;
    auto own = OwnPath(site, page, token.Value("href"), fragment);
    if (own && IsReadable(*own)) all.push_back(*std::move(own));
  }
  return all;
}

std::string MakeReadable(const ReadableSite& site, std::string_view page, std::string_view html,
                         const ReadableTargets& targets) {
  Rewriter rewriter(site, page, targets);
  const std::string first = rewriter.Run(html, nullptr);
  std::set<std::string> ids;
  text::HtmlTokenizer tokens(first);
  HtmlToken token;
  while (tokens.Next(token)) {
    if (token.kind == HtmlTokenKind::kStartTag && token.Find("id") != nullptr)
      ids.insert(token.Value("id"));
  }
  return rewriter.Run(html, &ids);
}

}  // namespace daybook::work
