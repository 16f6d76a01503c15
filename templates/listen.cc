// One pass that keeps only where the last link, picture and frame began.
#include "templates/listen.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "templates/keys.h"
#include "text/html_escape.h"

namespace daybook::templates {
namespace {

// The value of an attribute; nothing if the tag has none of that name.
std::string_view Attribute(std::string_view tag, std::string_view name_with_equals) {
  const size_t at = tag.find(name_with_equals);
  if (at == std::string_view::npos) return {};
  const size_t start = at + name_with_equals.size();
  return tag.substr(start, tag.find('"', start) - start);
}

bool IsTag(std::string_view tag, std::string_view name) {
  return tag.starts_with(name) && tag.size() > name.size() &&
         (tag[name.size()] == '>' || tag[name.size()] == ' ');
}

bool HasWords(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

class Mender {
 public:
  explicit Mender(const Words& words) : words_(words) {}

  void Text(std::string_view text) {
    if (HasWords(text)) link_named_ = true;
    out_.append(text);
  }

  void Tag(std::string_view tag) {
    if (IsTag(tag, "<a")) {
      link_end_ = out_.size() + tag.size() - 1;
      link_named_ = tag.find(" aria-label=\"") != tag.npos || tag.find(" title=\"") != tag.npos;
      link_picture_ = {};
    } else if (tag == "</a>") {
      CloseLink();
    } else if (IsTag(tag, "<img")) {
      Picture(tag);
    } else if (IsTag(tag, "<figure")) {
      alt_size_ = 0;
    } else if (IsTag(tag, "<figcaption")) {
      caption_start_ = out_.size() + tag.size();
    } else if (tag == "</figcaption>") {
      CloseCaption();
    }
    out_.append(tag);
  }

  std::string Take() { return std::move(out_); }

 private:
  void Picture(std::string_view tag) {
    const std::string_view alt = Attribute(tag, " alt=\"");
    alt_size_ = 0;
    if (HasWords(alt)) {
      link_named_ = true;
      if (link_end_ == 0) {
        alt_start_ = out_.size() + static_cast<size_t>(alt.data() - tag.data());
        alt_size_ = alt.size();
      }
    } else {
      const std::string_view src = Attribute(tag, " src=\"");
      const std::string_view path = src.substr(0, src.find_first_of("?#"));
      link_picture_ = path.substr(path.rfind('/') + 1);
    }
  }

  void CloseLink() {
    if (link_end_ > 0 && !link_named_ && !link_picture_.empty()) {
      // The file's name is escaped already, the words are not.
      std::string label = text::EscapeHtml(words_.Format(word::kBodyPicture, {{"name", "\x01"}}));
      const size_t at = label.find('\x01');
      if (at != std::string::npos) label.replace(at, 1, link_picture_);
      out_.insert(link_end_, " aria-label=\"" + label + "\"");
    }
    link_end_ = 0;
  }

  void CloseCaption() {
    if (alt_size_ > 0 && alt_start_ + alt_size_ < caption_start_ &&
        std::string_view(out_).substr(caption_start_) ==
            std::string_view(out_).substr(alt_start_, alt_size_))
      out_.erase(alt_start_, alt_size_);
    alt_size_ = 0;
  }

  const Words& words_;
  std::string out_;
  size_t link_end_ = 0;  // where its tag ends; 0 outside a link
  bool link_named_ = false;
  std::string_view link_picture_;  // file name of its last picture without words
  size_t alt_start_ = 0, alt_size_ = 0, caption_start_ = 0;
};

}  // namespace

text::SafeHtml ForListeners(const text::SafeHtml& html, const Words& words) {
  std::string_view rest = html.view();
  if (rest.find("<img") == rest.npos && rest.find("<th></th>") == rest.npos) return html;
  Mender mender(words);
  while (!rest.empty()) {
    const size_t open = std::min(rest.find('<'), rest.size());
    mender.Text(rest.substr(0, open));
    rest.remove_prefix(open);
    const size_t end = rest.find('>');
    if (end == std::string_view::npos) break;
    if (rest.starts_with("<th></th>")) {
      mender.Tag("<td></td>");
      rest.remove_prefix(9);
      continue;
    }
    mender.Tag(rest.substr(0, end + 1));
    rest.remove_prefix(end + 1);
  }
  mender.Text(rest);
  return text::SafeHtml::Vouch(mender.Take());
}

}  // namespace daybook::templates
