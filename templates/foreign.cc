// One pass over the tags.
#include "templates/foreign.h"

#include <string>
#include <string_view>

#include "templates/keys.h"
#include "templates/load.h"

namespace daybook::templates {
namespace {

bool IsForeign(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://") || url.starts_with("//");
}

// The value of an attribute as it stands, references not decoded; empty if the tag has none.
std::string_view Attribute(std::string_view tag, std::string_view name) {
  const std::string pattern = " " + std::string(name) + "=\"";
  const size_t at = tag.find(pattern);
  if (at == std::string_view::npos) return {};
  const size_t start = at + pattern.size();
  return tag.substr(start, tag.find('"', start) - start);
}

std::string WithoutAttribute(std::string_view tag, std::string_view name) {
  const std::string pattern = " " + std::string(name) + "=\"";
  const size_t at = tag.find(pattern);
  if (at == std::string_view::npos) return std::string(tag);
  const size_t end = tag.find('"', at + pattern.size());
  if (end == std::string_view::npos) return std::string(tag);
  return std::string(tag.substr(0, at)).append(tag.substr(end + 1));
}

std::string_view Host(std::string_view url) {
  url.remove_prefix(url.find("//") + 2);
  return url.substr(0, url.find_first_of("/?#"));
}

bool IsTag(std::string_view tag, std::string_view name) {
  if (!tag.starts_with(name)) return false;
  return tag.size() == name.size() || tag[name.size()] == '>' || tag[name.size()] == ' ';
}

class Rewriter {
 public:
  Rewriter(std::string_view html, const Words& words) : rest_(html), words_(words) {}

  std::string Run() {
    std::string out;
    out.reserve(rest_.size());
    while (!rest_.empty()) {
      const size_t open = std::min(rest_.find('<'), rest_.size());
      out.append(rest_.substr(0, open));
      rest_.remove_prefix(open);
      const size_t end = rest_.find('>');
      if (end == std::string_view::npos) break;
      const std::string_view tag = rest_.substr(0, end + 1);
      rest_.remove_prefix(end + 1);
      Tag(tag, out);
    }
    return out.append(rest_);
  }

 private:
  void Tag(std::string_view tag, std::string& out) {
    if (IsTag(tag, "<a")) in_link_ = true;
    if (tag == "</a>") in_link_ = false;
    if (IsTag(tag, "<img")) return Picture(tag, out);
    if (IsTag(tag, "<source") &&
        (IsForeign(Attribute(tag, "src")) || IsForeign(Attribute(tag, "srcset"))))
      return;
    if (IsTag(tag, "<iframe")) return Container(tag, "</iframe>", word::kForeignFrame, out);
    if (IsTag(tag, "<video")) return Container(tag, "</video>", word::kForeignMedia, out);
    if (IsTag(tag, "<audio")) return Container(tag, "</audio>", word::kForeignMedia, out);
    out.append(tag);
  }

  void Picture(std::string_view tag, std::string& out) {
    const std::string_view src = Attribute(tag, "src");
    if (!IsForeign(src)) {
      out += Attribute(tag, "srcset").find("//") != std::string_view::npos
                 ? WithoutAttribute(tag, "srcset")
                 : std::string(tag);
      return;
    }
    const std::string_view alt = Attribute(tag, "alt");
    const std::string label =
        alt.empty() ? words_.Format(word::kForeignPictureBare, {{"host", Host(src)}})
                    : words_.Format(word::kForeignPicture, {{"alt", alt}, {"host", Host(src)}});
    Link(src, label, out);
  }

  // An element whose content goes with it if its source is foreign.
  void Container(std::string_view tag, std::string_view close, WordKey label, std::string& out) {
    const size_t end = rest_.find(close);
    const std::string_view inside = rest_.substr(0, end);
    std::string_view src = Attribute(tag, "src");
    if (src.empty()) src = Attribute(inside, "src");
    if (!IsForeign(src)) {
      out +=
          IsForeign(Attribute(tag, "poster")) ? WithoutAttribute(tag, "poster") : std::string(tag);
      return;
    }
    Link(src, words_.Format(label, {{"host", Host(src)}}), out);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + close.size());
  }

  // Values come from attributes, so they are escaped already; so is what the catalogue adds, which
  // has no markup.
  void Link(std::string_view url, std::string_view label, std::string& out) {
    if (in_link_) {
      out.append(label);
    } else {
      out.append("<a class=\"foreign\" href=\"")
          .append(url)
          .append("\">")
          .append(label)
          .append("</a>");
    }
  }

  std::string_view rest_;
  const Words& words_;
  bool in_link_ = false;
};

}  // namespace

text::SafeHtml ForeignToLinks(const text::SafeHtml& html, const Words& words) {
  if (html.view().find("//") == std::string_view::npos) return html;
  return text::SafeHtml::Vouch(Rewriter(html.view(), words).Run());
}

}  // namespace daybook::templates
