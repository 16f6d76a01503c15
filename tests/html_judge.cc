// The rules of sanitised HTML, written a second time. See html_judge.h.
#include "html_judge.h"

#include <map>
#include <set>
#include <vector>

namespace daybook::test {
namespace {

using Set = std::set<std::string, std::less<>>;
using Table = std::map<std::string, Set, std::less<>>;

const Table& Allowed(Policy policy) {
  static const Table kComment = {{"a", {"href", "title", "rel"}},
                                 {"abbr", {"title"}},
                                 {"acronym", {"title"}},
                                 {"b", {}},
                                 {"blockquote", {"cite"}},
                                 {"code", {}},
                                 {"em", {}},
                                 {"i", {}},
                                 {"strike", {}},
                                 {"strong", {}},
                                 {"p", {}},
                                 {"br", {}}};
  static const Table kRendered = [] {
    Table table = kComment;
    for (const char* name : {"ul", "ol", "li", "pre"}) table[name];
    return table;
  }();
  static const Table kAuthor = [] {
    Table table = {
        {"a", {"href", "rel", "hreflang"}},
        {"img", {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"}},
        {"iframe", {"src", "width", "height", "allowfullscreen", "sandbox", "loading"}},
        {"video",
         {"src", "poster", "width", "height", "playsinline", "loop", "muted", "preload",
          "controls"}},
        {"audio", {"src", "loop", "muted", "preload", "controls"}},
        {"source", {"src", "type"}},
        {"track", {"kind", "src", "srclang", "label"}},
        {"blockquote", {"cite"}},
        {"q", {"cite"}},
        {"del", {"cite", "datetime"}},
        {"ins", {"cite", "datetime"}},
        {"time", {"datetime"}},
        {"ol", {"reversed", "start", "type"}},
        {"details", {"open"}},
        {"td", {"colspan", "rowspan"}},
        {"th", {"colspan", "rowspan", "scope"}}};
    for (const char* name :
         {"abbr",       "b",      "bdi",     "bdo",   "cite",    "code",  "dfn",    "em",  "i",
          "kbd",        "mark",   "s",       "samp",  "small",   "span",  "strong", "sub", "sup",
          "u",          "var",    "br",      "wbr",   "caption", "dd",    "div",    "dl",  "dt",
          "figcaption", "figure", "h2",      "h3",    "h4",      "h5",    "h6",     "hr",  "li",
          "p",          "pre",    "summary", "table", "tbody",   "tfoot", "thead",  "tr",  "ul"}) {
      table[name];
    }
    for (auto& [name, attributes] : table) {
      if (name == "br" || name == "wbr" || name == "source" || name == "track") continue;
      attributes.insert({"id", "class", "lang", "dir", "title"});
    }
    return table;
  }();
  return policy == Policy::kComment           ? kComment
         : policy == Policy::kRenderedComment ? kRendered
                                              : kAuthor;
}

const Set& Void() {
  static const Set kVoid = {"br", "hr", "img", "source", "track", "wbr"};
  return kVoid;
}
const Set& Blocks() {
  static const Set kBlocks = {"blockquote", "caption",    "dd",     "details", "div", "dl",
                              "dt",         "figcaption", "figure", "h2",      "h3",  "h4",
                              "h5",         "h6",         "hr",     "li",      "ol",  "p",
                              "pre",        "summary",    "table",  "tbody",   "td",  "tfoot",
                              "th",         "thead",      "tr",     "ul"};
  return kBlocks;
}

struct Element {
  std::string name;
  int children = 0;
  std::string last;  // name of the last child element
  bool words = false;
};

bool IsName(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

// "&amp;" and its few brothers.
bool IsReference(std::string_view s, bool quotes) {
  return s.starts_with("&amp;") || s.starts_with("&lt;") || s.starts_with("&gt;") ||
         (quotes && (s.starts_with("&quot;") || s.starts_with("&#39;")));
}

std::string AddressFault(std::string_view value, bool mailto, bool relative) {
  for (const char c : value) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == '`' || c == 0x7F)
      return "character in address";
  }
  if (value.starts_with("http://") || value.starts_with("https://")) {
    const char host = value.size() > 8 ? value[value.find("//") + 2] : value.back();
    return host == '/' || host == '?' || host == '#' || host == ':' ? "no host" : "";
  }
  if (value.starts_with("mailto:")) return mailto ? "" : "mailto here";
  if (!relative) return "scheme";
  if (value.starts_with("//")) return "other host";
  const size_t mark = value.find_first_of(":/?#");
  if (mark != std::string_view::npos && value[mark] == ':') return "scheme";
  return value.empty() ? "empty address" : "";
}

class Judge {
 public:
  Judge(std::string_view html, Policy policy) : html_(html), policy_(policy) {}

  std::string Run() {
    stack_.push_back({"", 0, "", false});
    while (fault_.empty() && pos_ < html_.size()) {
      if (html_[pos_] == '<') {
        html_.substr(pos_).starts_with("</") ? EndTag() : StartTag();
      } else {
        Text();
      }
    }
    if (fault_.empty() && stack_.size() != 1) fault_ = "left open: " + stack_.back().name;
    return fault_.empty() ? "" : fault_ + " at " + std::to_string(pos_);
  }

 private:
  void Fail(std::string what) {
    if (fault_.empty()) fault_ = std::move(what);
  }

  bool Open(std::string_view name) const {
    for (const Element& element : stack_) {
      if (element.name == name) return true;
    }
    return false;
  }

  void Text() {
    bool words = false;
    for (; pos_ < html_.size() && html_[pos_] != '<'; ++pos_) {
      const auto c = static_cast<unsigned char>(html_[pos_]);
      if (c == '>') return Fail("bare >");
      if (c == '&' && !IsReference(html_.substr(pos_), false)) return Fail("bare &");
      if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return Fail("control character");
      if (c > 0x20) words = true;
      if (policy_ != Policy::kAuthor) Bidi();
    }
    static const Set kNoText = {"ul",    "ol", "dl",    "table", "thead", "tbody",
                                "tfoot", "tr", "video", "audio", "iframe"};
    Element& parent = stack_.back();
    if (words && kNoText.count(parent.name) != 0) Fail("text in " + parent.name);
    if (words && policy_ == Policy::kComment &&
        (parent.name.empty() || parent.name == "blockquote")) {
      Fail("text outside a paragraph");
    }
    parent.words |= words;
    if (words) Figure(parent, "");
  }

  void Bidi() {
    const std::string_view s = html_.substr(pos_, 3);
    if (s.size() == 3 && s[0] == '\xE2' &&
        ((s[1] == '\x80' &&
          (s[2] == '\x8E' || s[2] == '\x8F' || (s[2] >= '\xAA' && s[2] <= '\xAE'))) ||
         (s[1] == '\x81' && s[2] >= '\xA6' && s[2] <= '\xA9'))) {
      Fail("bidi control");
    }
  }

  // A figure's caption is its first or last child.
  void Figure(Element& parent, std::string_view child) {
    if (parent.name != "figure") return;
    if (parent.last == "figcaption-last") Fail("content after figcaption");
    if (child == "figcaption") {
      if (parent.last == "figcaption") Fail("two captions");
      parent.last = parent.children > 1 || parent.words ? "figcaption-last" : "figcaption";
    }
  }

  std::string Name() {
    const size_t begin = pos_;
    while (pos_ < html_.size() && IsName(html_[pos_])) ++pos_;
    return std::string(html_.substr(begin, pos_ - begin));
  }

  void EndTag() {
    pos_ += 2;
    const std::string name = Name();
    if (pos_ >= html_.size() || html_[pos_] != '>') return Fail("bad end tag");
    ++pos_;
    if (stack_.size() == 1 || stack_.back().name != name) return Fail("crossed: </" + name + ">");
    const Element element = stack_.back();
    if (name == "tr" && element.children == 0) Fail("row without cells");
    if (name == "dl" && element.last == "dt") Fail("dt without dd");
    if (name == "details" && element.children == 0) Fail("details without summary");
    stack_.pop_back();
  }

  void StartTag() {
    ++pos_;
    const std::string name = Name();
    const Table& allowed = Allowed(policy_);
    const auto entry = allowed.find(name);
    if (entry == allowed.end()) return Fail("element <" + name + ">");
    Set seen;
    while (fault_.empty() && pos_ < html_.size() && html_[pos_] == ' ')
      Attribute(name, entry->second, seen);
    if (!fault_.empty()) return;
    if (pos_ >= html_.size() || html_[pos_] != '>') return Fail("bad start tag <" + name);
    ++pos_;
    Required(name, seen);
    Nesting(name);
    Element& parent = stack_.back();
    ++parent.children;
    if (parent.name == "figure") {
      Figure(parent, name);
    } else {
      parent.last = name;
    }
    if (Void().count(name) == 0) stack_.push_back({name, 0, "", false});
    if (stack_.size() > 120) Fail("too deep");
  }

  void Attribute(const std::string& element, const Set& allowed, Set& seen) {
    ++pos_;
    const std::string name = Name();
    if (allowed.count(name) == 0) return Fail("attribute " + name + " on " + element);
    if (!seen.insert(name).second) return Fail("double attribute " + name);
    static const Set kBare = {"allowfullscreen", "controls", "loop", "muted", "open",
                              "playsinline",     "reversed"};
    if (kBare.count(name) != 0) return;
    if (html_.substr(pos_, 2) != "=\"") return Fail("unquoted " + name);
    pos_ += 2;
    std::string value;
    for (; pos_ < html_.size() && html_[pos_] != '"'; ++pos_) {
      const char c = html_[pos_];
      if (c == '<' || c == '>') return Fail("bare < or > in " + name);
      if (c == '&' && !IsReference(html_.substr(pos_), true)) return Fail("bare & in " + name);
      value += c;
    }
    ++pos_;
    std::string fault;
    const bool author = policy_ == Policy::kAuthor;
    if (name == "href") fault = AddressFault(value, true, author);
    if (name == "src" || name == "poster" || name == "cite")
      fault = AddressFault(value, false, author);
    if (name == "id" && !value.starts_with("in-")) fault = "id without prefix";
    if (name == "id" && !ids_.insert(value).second) fault = "double id";
    if (name == "rel" && !author && value != "nofollow ugc noopener") fault = "rel";
    if (name == "srcset" && value.find("javascript:") != std::string::npos) fault = "srcset";
    if (!fault.empty()) Fail(fault + " in " + element + " " + name + "=" + value);
  }

  void Required(const std::string& name, const Set& seen) {
    const auto need = [&](const char* element, const char* attribute) {
      if (name == element && seen.count(attribute) == 0) Fail(name + " without " + attribute);
    };
    need("a", "href");
    if (policy_ != Policy::kAuthor) need("a", "rel");
    need("img", "src");
    need("img", "alt");
    need("iframe", "sandbox");
    need("iframe", "title");
    need("video", "controls");
    need("audio", "controls");
    need("source", "src");
    need("bdo", "dir");
    need("time", "datetime");
  }

  void Nesting(const std::string& name) {
    const std::string& parent = stack_.back().name;
    const bool block = Blocks().count(name) != 0;
    static const Set kFlow = {"",   "blockquote", "caption", "dd", "details", "div",
                              "dt", "figcaption", "figure",  "li", "td",      "th"};
    static const std::map<std::string, Set> kParents = {
        {"li", {"ul", "ol"}},
        {"dt", {"dl"}},
        {"dd", {"dl"}},
        {"caption", {"table"}},
        {"thead", {"table"}},
        {"tbody", {"table"}},
        {"tfoot", {"table"}},
        {"tr", {"table", "thead", "tbody", "tfoot"}},
        {"td", {"tr"}},
        {"th", {"tr"}},
        {"figcaption", {"figure"}},
        {"summary", {"details"}},
        {"source", {"video", "audio"}},
        {"track", {"video", "audio"}}};
    const auto parents = kParents.find(name);
    if (parents != kParents.end()) {
      if (parents->second.count(parent) == 0) Fail(name + " in " + parent);
    } else if (block && kFlow.count(parent) == 0) {
      Fail("block " + name + " in " + parent);
    } else if (!block) {
      static const Set kNoInline = {"ul",    "ol", "dl",    "table", "thead", "tbody",
                                    "tfoot", "tr", "video", "audio", "iframe"};
      if (kNoInline.count(parent) != 0) Fail("inline " + name + " in " + parent);
    }
    if (Open("a") && (name == "a" || name == "iframe" || name == "video" || name == "audio" ||
                      name == "details")) {
      Fail("interactive " + name + " in a");
    }
    if (name == "dfn" && Open("dfn")) Fail("dfn in dfn");
    if (parent == "dl" && name == "dd" && stack_.back().last.empty()) Fail("dd without dt");
    if (name == "summary" && stack_.back().children > 0) Fail("late summary");
    if (parent == "details" && name != "summary" && stack_.back().children == 0)
      Fail("details without summary");
    if (name == "caption" && stack_.back().children > 0) Fail("late caption");
    if (name == "thead" && stack_.back().children > 0 && stack_.back().last != "caption")
      Fail("late thead");
    if (parent == "table" && stack_.back().last == "tfoot") Fail("part after tfoot");
  }

  std::string_view html_;
  Policy policy_;
  size_t pos_ = 0;
  std::string fault_;
  std::vector<Element> stack_;
  Set ids_;
};

}  // namespace

std::string FaultOf(std::string_view html, Policy policy) { return Judge(html, policy).Run(); }

}  // namespace daybook::test
