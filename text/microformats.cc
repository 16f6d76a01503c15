// The h-entry of a page, its author and what it is to another page, from classes and rel values.
#include "text/microformats.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "text/url.h"
#include "text/webmention.h"

namespace daybook::text {
namespace {

constexpr size_t kNone = static_cast<size_t>(-1);
constexpr size_t kAround = 300;  // bytes of text around a bare link

class Finder {
 public:
  Finder(const HtmlPage& page, std::string_view target) : page_(page) {
    const auto& all = page_.elements;
    targets_.assign(all.size() + 1, 0);
    root_.assign(all.size(), kNone);
    for (size_t i = 1; i < all.size(); ++i) {
      const size_t parent = all[i].parent;
      root_[i] = IsRoot(all[parent]) ? parent : root_[parent];
      const bool points = (!all[i].href.empty() && SamePage(page_.Absolute(all[i].href), target)) ||
                          (!all[i].src.empty() && SamePage(page_.Absolute(all[i].src), target));
      points_.push_back(points);
      targets_[i + 1] = targets_[i] + (points ? 1 : 0);
    }
  }

  // The innermost h-entry around the first link to the target, else the first on the page.
  size_t Entry() const {
    size_t first = kNone, found = kNone;
    for (size_t i = 1; i < page_.elements.size(); ++i) {
      if (!page_.elements[i].HasClass("h-entry")) continue;
      if (first == kNone) first = i;
      if (PointsWithin(i)) found = i;
      if (found != kNone && i > page_.elements[found].last) break;
    }
    return found == kNone ? first : found;
  }

  // The first element below `root` that is a property of it.
  size_t Property(size_t root, std::string_view name) const {
    if (root == kNone) return kNone;
    for (size_t i = root + 1; i <= page_.elements[root].last; ++i) {
      if (root_[i] == root && page_.elements[i].HasClass(name)) return i;
    }
    return kNone;
  }

  // Whether a property of `root` is, or holds, a link to the target.
  bool PropertyPoints(size_t root, std::string_view name) const {
    if (root == kNone) return false;
    for (size_t i = root + 1; i <= page_.elements[root].last; ++i) {
      if (root_[i] == root && page_.elements[i].HasClass(name) && PointsWithin(i)) return true;
    }
    return false;
  }

  std::string Text(size_t at) const {
    if (at == kNone) return "";
    const HtmlElement& element = page_.elements[at];
    if (element.name == "img" || element.name == "area") return element.alt;
    if (element.name == "abbr" && !element.title.empty()) return element.title;
    if (element.name == "data" && !element.content.empty()) return element.content;
    return page_.TextOf(element);
  }

  std::string Url(size_t at) const {
    if (at == kNone) return "";
    const HtmlElement& element = page_.elements[at];
    return element.href.empty() ? "" : page_.Absolute(element.href);
  }

  // The one h-card of a page that belongs to nothing else.
  size_t OnlyCard() const {
    size_t card = kNone;
    for (size_t i = 1; i < page_.elements.size(); ++i) {
      if (!page_.elements[i].HasClass("h-card") || root_[i] != kNone) continue;
      if (card != kNone) return kNone;
      card = i;
    }
    return card;
  }

  void Author(size_t at, AnswerPage& answer) const {
    if (at == kNone) return;
    const HtmlElement& element = page_.elements[at];
    if (!element.HasClass("h-card")) {
      answer.author = Text(at);
      answer.author_url = Url(at);
      return;
    }
    const size_t name = Property(at, "p-name"), url = Property(at, "u-url");
    answer.author = name == kNone ? Text(at) : Text(name);
    if (answer.author.empty()) {  // only a picture of them
      for (size_t i = at + 1; i <= element.last && answer.author.empty(); ++i)
        answer.author = page_.elements[i].alt;
    }
    answer.author_url = url == kNone ? Url(at) : Url(url);
  }

  // The words around the first link to the target.
  std::string Around() const {
    for (size_t i = 1; i < page_.elements.size(); ++i) {
      if (!points_[i - 1] || page_.elements[i].name != "a") continue;
      const HtmlElement& link = page_.elements[i];
      size_t begin = page_.text.rfind('\n', link.text_begin);
      begin = begin == std::string::npos ? 0 : begin + 1;
      if (link.text_begin - begin > kAround) begin = WordBegin(link.text_begin - kAround);
      size_t end = std::min(page_.text.find('\n', link.text_end), page_.text.size());
      if (end - link.text_end > kAround) end = WordBegin(link.text_end + kAround);
      HtmlElement part;
      part.text_begin = begin;
      part.text_end = std::max(begin, end);
      return page_.TextOf(part);
    }
    return "";
  }

 private:
  static bool IsRoot(const HtmlElement& element) {
    return std::any_of(element.classes.begin(), element.classes.end(), [](const std::string& name) {
      return name.size() > 2 && name.starts_with("h-") && name[2] >= 'a' && name[2] <= 'z';
    });
  }
  bool PointsWithin(size_t at) const {
    return targets_[page_.elements[at].last + 1] > targets_[at];
  }
  size_t WordBegin(size_t at) const {
    const size_t space = page_.text.find(' ', at);
    return std::min(space, page_.text.size());
  }

  const HtmlPage& page_;
  std::vector<size_t> targets_;  // links to the target before the element
  std::vector<size_t> root_;     // the microformat that an element is part of
  std::vector<bool> points_;     // by element, the root left out
};

std::string Meta(const HtmlPage& page, std::string_view property) {
  for (const HtmlElement& element : page.elements) {
    if (element.name == "meta" && element.property == property) return element.content;
  }
  return "";
}

AnswerKind KindOf(const Finder& finder, size_t entry) {
  if (finder.PropertyPoints(entry, "u-in-reply-to")) return AnswerKind::kReply;
  if (finder.PropertyPoints(entry, "u-like-of")) return AnswerKind::kLike;
  if (finder.PropertyPoints(entry, "u-repost-of")) return AnswerKind::kRepost;
  if (finder.PropertyPoints(entry, "u-bookmark-of")) return AnswerKind::kBookmark;
  return AnswerKind::kMention;
}

}  // namespace

AnswerPage ReadAnswer(const HtmlPage& page, std::string_view target) {
  const Finder finder(page, target);
  AnswerPage answer;
  const size_t entry = finder.Entry();
  if (entry != kNone) {
    answer.kind = KindOf(finder, entry);
    answer.title = finder.Text(finder.Property(entry, "p-name"));
    answer.content = finder.Text(finder.Property(entry, "p-summary"));
    for (const std::string_view name : {"e-content", "p-content"}) {
      if (answer.content.empty()) answer.content = finder.Text(finder.Property(entry, name));
    }
    finder.Author(finder.Property(entry, "p-author"), answer);
    if (answer.author.empty()) finder.Author(finder.Property(entry, "u-author"), answer);
    // A note's name is its text again.
    if (answer.title == answer.content) answer.title.clear();
  }
  if (answer.author.empty()) finder.Author(finder.OnlyCard(), answer);
  if (answer.title.empty()) answer.title = Meta(page, "og:title");
  if (answer.title.empty()) answer.title = page.title;
  const bool says_all = answer.kind == AnswerKind::kLike || answer.kind == AnswerKind::kRepost ||
                        answer.kind == AnswerKind::kBookmark;
  if (answer.content.empty() && !says_all) answer.content = finder.Around();
  answer.site_name = Meta(page, "og:site_name");
  return answer;
}

}  // namespace daybook::text
