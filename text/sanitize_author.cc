// What authors write and what is imported: the wider policy. See sanitize.h.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "text/html_builder.h"
#include "text/html_clean.h"
#include "text/html_entities.h"
#include "text/html_escape.h"
#include "text/html_policy.h"
#include "text/html_tokenizer.h"
#include "text/html_url.h"
#include "text/html_values.h"
#include "text/sanitize.h"

namespace daybook::text {
namespace {

constexpr size_t kNone = std::string_view::npos;

void Add(std::string& out, std::string_view name, std::string_view value) {
  out.append(" ").append(name).append("=\"");
  AppendEscaped(value, out);
  out += '"';
}

// The relations a link may claim; the others are unknown to HTML or about the page itself.
constexpr auto kRelations = std::to_array<std::string_view>(
    {"author", "bookmark", "external", "help", "license", "me", "next", "nofollow", "noopener",
     "noreferrer", "prev", "search", "tag", "ugc"});

// The ids of a source, so that links to them can follow them to their new names.
std::unordered_set<std::string> IdsOf(std::string_view source) {
  std::unordered_set<std::string> ids;
  if (source.find('#') == kNone) return ids;
  HtmlTokenizer tokens(source);
  HtmlToken token;
  while (tokens.Next(token)) {
    if (token.kind != HtmlTokenKind::kStartTag || token.attributes.empty()) continue;
    if (token.Find("id") != nullptr) ids.insert(token.Value("id"));
    if (token.name == "a" && token.Find("name") != nullptr) ids.insert(token.Value("name"));
  }
  return ids;
}

class AuthorSanitizer {
 public:
  AuthorSanitizer(std::string_view source, const AuthorPolicy& policy)
      : source_(source),
        policy_(policy),
        tokens_(source),
        html_(source.size()),
        known_ids_(IdsOf(source)) {}

  std::string Run() {
    while (tokens_.Next(token_)) {
      switch (token_.kind) {
        case HtmlTokenKind::kText:
          ReadText();
          break;
        case HtmlTokenKind::kStartTag:
          Start();
          break;
        case HtmlTokenKind::kEndTag:
          End();
          break;
        case HtmlTokenKind::kComment:
          break;
      }
    }
    return html_.Finish();
  }

 private:
  void ReadText() {
    if (token_.literal) {
      if (in_xmp_) html_.Text(token_.raw);
      return;
    }
    decoded_.clear();
    AppendDecoded(token_.raw, References::kText, BidiControls::kKeep, decoded_);
    html_.Text(decoded_);
  }

  void Start() {
    in_xmp_ = token_.name == "xmp";
    Tag tag = AuthorTag(token_.name);
    switch (tag) {
      case Tag::kUnknown:
      case Tag::kSource:
      case Tag::kTrack:
        return;
      case Tag::kDropContent:
        return SkipContent();
      case Tag::kEmbed:
        return Embed();
      case Tag::kBr:
        return html_.InlineHtml("<br>");
      case Tag::kWbr:
        return html_.InlineHtml("<wbr>");
      case Tag::kImg:
        return Image();
      case Tag::kAudio:
      case Tag::kVideo:
        return Media(tag);
      case Tag::kIframe:
        return Frame();
      case Tag::kA:
        return Anchor();
      default:
        break;
    }
    std::string attributes;
    std::string id;
    if (!token_.attributes.empty()) {
      id = Id();
      attributes = Common(tag);
      if (!Particular(tag, attributes)) return;
    } else if (tag == Tag::kBdo || tag == Tag::kTime) {
      return;  // nothing without their attribute
    } else if (token_.name == "center") {
      Add(attributes, "class", "has-text-align-center");
    }
    if (IsInline(tag)) {
      if (tag == Tag::kDfn && html_.InInline(tag)) return;
      html_.OpenInline(tag, std::move(attributes), std::move(id));
    } else if (IsHeading(tag)) {
      Heading(id + attributes);
    } else {
      const bool open = tag == Tag::kDetails && token_.Find("open") != nullptr;
      html_.OpenBlock(tag, (open ? " open" : "") + id + attributes);
    }
  }

  void End() {
    in_xmp_ = false;
    Tag tag = AuthorTag(token_.name);
    if (tag == Tag::kBr) return html_.InlineHtml("<br>");
    if (IsInline(tag)) return html_.CloseInline(tag, false);
    if (IsBlock(tag)) html_.CloseBlock(tag);
  }

  // A heading is one level below the one it stands under, whatever its number: no outline skips.
  void Heading(const std::string& attributes) {
    const int level = token_.name[1] - '0';
    std::vector<int> outline = outline_;
    while (!outline.empty() && outline.back() >= level) outline.pop_back();
    const int depth = std::min(policy_.top_heading + static_cast<int>(outline.size()), 6);
    outline.push_back(level);
    const Tag tag = static_cast<Tag>(static_cast<int>(Tag::kH1) + depth - 1);
    if (html_.OpenBlock(tag, attributes)) outline_ = std::move(outline);
  }

  std::optional<std::string> Value(std::string_view name) const {
    const HtmlAttribute* attribute = token_.Find(name);
    if (attribute == nullptr) return std::nullopt;
    return attribute->Value();
  }

  std::optional<std::string> Address(std::string_view name, UrlRule rule) const {
    const std::optional<std::string> value = Value(name);
    return value ? CleanUrl(*value, rule) : std::nullopt;
  }

  std::string Prefixed(const std::string& id) const {
    return id.starts_with(policy_.id_prefix) ? id : policy_.id_prefix + id;
  }

  // The id attribute of the element, empty where it has none or its id is taken.
  std::string Id() {
    std::optional<std::string> id = Value("id");
    if (!id && token_.name == "a") id = Value("name");
    std::string out;
    if (!id || !IsIdentifier(*id)) return out;
    const std::string full = Prefixed(*id);
    if (ids_.insert(full).second) Add(out, "id", full);
    return out;
  }

  // class (with what old attributes said of alignment), lang, dir, title.
  std::string Common(Tag tag) const {
    std::string out;
    std::vector<std::string> classes = CleanClasses(Value("class").value_or(""));
    const auto also = [&](std::string_view prefix, std::string_view name) {
      std::string full = std::string(prefix) + std::string(name);
      if (std::find(classes.begin(), classes.end(), full) == classes.end())
        classes.push_back(std::move(full));
    };
    const std::string style = Value("style").value_or("");
    const std::string align = AsciiLower(Value("align").value_or(""));
    const bool floats = tag == Tag::kImg || tag == Tag::kTable || tag == Tag::kIframe ||
                        tag == Tag::kVideo || tag == Tag::kFigure;
    std::string side = floats ? StyleProperty(style, "float") : StyleProperty(style, "text-align");
    if (side.empty()) side = align == "middle" ? "center" : align;
    if (side.empty() && token_.name == "center") side = "center";
    if (side == "left" || side == "right" || side == "center" || (!floats && side == "justify")) {
      also(floats ? "align" : "has-text-align-", side);
    }
    if (!classes.empty()) {
      std::string joined;
      for (const std::string& name : classes) joined.append(joined.empty() ? "" : " ").append(name);
      Add(out, "class", joined);
    }
    std::optional<std::string> language = Value("lang");
    if (!language) language = Value("xml:lang");
    if (language && IsLanguage(*language)) Add(out, "lang", *language);
    const std::string dir = AsciiLower(Value("dir").value_or(""));
    if (dir == "ltr" || dir == "rtl" || (dir == "auto" && tag != Tag::kBdo)) Add(out, "dir", dir);
    if (const std::optional<std::string> title = Value("title")) Add(out, "title", *title);
    return out;
  }

  void AddNumber(std::string& out, std::string_view name, long low, long high) const {
    const std::optional<std::string> number = CleanNumber(Value(name).value_or(""), low, high);
    if (number) Add(out, name, *number);
  }

  // Attributes of one element; false where the element is nothing without what it lacks.
  bool Particular(Tag tag, std::string& out) const {
    switch (tag) {
      case Tag::kBdo:
        return out.find(" dir=\"") != kNone;
      case Tag::kTime: {
        const std::string when(TrimHtmlSpace(Value("datetime").value_or("")));
        if (!IsDatetime(when, false)) return false;
        Add(out, "datetime", when);
        return true;
      }
      case Tag::kDel:
      case Tag::kIns: {
        const std::string when(TrimHtmlSpace(Value("datetime").value_or("")));
        if (IsDatetime(when, true)) Add(out, "datetime", when);
        [[fallthrough]];
      }
      case Tag::kBlockquote:
      case Tag::kQ:
        if (const auto url = Address("cite", kAuthorMedia)) Add(out, "cite", *url);
        return true;
      case Tag::kOl: {
        if (token_.Find("reversed") != nullptr) out += " reversed";
        AddNumber(out, "start", -999999, 999999);
        const std::string type = Value("type").value_or("");
        if (type == "1" || type == "a" || type == "A" || type == "i" || type == "I")
          Add(out, "type", type);
        return true;
      }
      case Tag::kTh: {
        const std::string scope = AsciiLower(Value("scope").value_or(""));
        if (scope == "row" || scope == "col") Add(out, "scope", scope);
        [[fallthrough]];
      }
      case Tag::kTd:
        AddNumber(out, "colspan", 2, 100);
        AddNumber(out, "rowspan", 2, 1000);
        return true;
      default:
        return true;
    }
  }

  void Anchor() {
    const std::string id = Id();
    std::optional<std::string> url = Address("href", kAuthorLink);
    if (!url) {  // the mark of a place: it stands for itself, as nobody ends it reliably
      if (!id.empty()) html_.InlineHtml("<span" + id + "></span>");
      return;
    }
    if (url->size() > 1 && url->front() == '#' && known_ids_.count(url->substr(1)) != 0) {
      url = "#" + Prefixed(url->substr(1));
    }
    std::string out;
    Add(out, "href", *url);
    out += Common(Tag::kA);
    std::string relations;
    for (const std::string& name : CleanClasses(AsciiLower(Value("rel").value_or("")))) {
      if (std::binary_search(kRelations.begin(), kRelations.end(), std::string_view(name))) {
        relations.append(relations.empty() ? "" : " ").append(name);
      }
    }
    if (!relations.empty()) Add(out, "rel", relations);
    const std::optional<std::string> language = Value("hreflang");
    if (language && IsLanguage(*language)) Add(out, "hreflang", *language);
    html_.EndAll(Tag::kA);
    html_.OpenInline(Tag::kA, std::move(out), id);
  }

  void Image() {
    const std::optional<std::string> url = Address("src", kAuthorMedia);
    const std::string alt = Value("alt").value_or("");
    if (!url) return html_.Text(alt);
    std::string out = "<img" + Id();
    Add(out, "src", *url);
    bool widths = false;
    const std::string set = CleanSrcset(Value("srcset").value_or(""), widths);
    if (!set.empty()) Add(out, "srcset", set);
    if (widths) Add(out, "sizes", Sizes());
    Add(out, "alt", alt);
    AddNumber(out, "width", 1, 99999);
    AddNumber(out, "height", 1, 99999);
    out += Common(Tag::kImg);
    html_.InlineHtml(out + " loading=\"lazy\" decoding=\"async\">");
  }

  // `(max-width: 600px) 100vw, 600px` and its like; anything else is the whole window.
  std::string Sizes() const {
    const std::string value = Value("sizes").value_or("");
    size_t pos = 0;
    const auto eat = [&](std::string_view word) {
      if (std::string_view(value).substr(pos, word.size()) != word) return false;
      pos += word.size();
      return true;
    };
    const auto length = [&] {
      const size_t begin = pos;
      while (pos < value.size() && pos - begin < 6 && IsAsciiDigit(value[pos])) ++pos;
      return pos > begin && (eat("px") || eat("vw") || eat("em") || eat("rem"));
    };
    for (;;) {
      if (eat("(")) {
        if (!eat("max-width:") && !eat("min-width:")) break;
        eat(" ");
        if (!length() || !eat(") ") || !length() || !eat(", ")) break;
        continue;
      }
      if (!length() || pos != value.size()) break;
      return value;
    }
    return "100vw";
  }

  void Media(Tag tag) {
    const std::string name = token_.name;
    const bool video = tag == Tag::kVideo;
    std::string out = "<" + name + Id();
    const std::optional<std::string> url = Address("src", kAuthorMedia);
    if (url) Add(out, "src", *url);
    if (video) {
      if (const auto poster = Address("poster", kAuthorMedia)) Add(out, "poster", *poster);
      AddNumber(out, "width", 1, 99999);
      AddNumber(out, "height", 1, 99999);
      if (token_.Find("playsinline") != nullptr) out += " playsinline";
    }
    if (token_.Find("loop") != nullptr) out += " loop";
    if (token_.Find("muted") != nullptr) out += " muted";
    const std::string preload = AsciiLower(Value("preload").value_or(""));
    if (preload == "none" || preload == "metadata" || preload == "auto")
      Add(out, "preload", preload);
    out += Common(tag) + " controls>";
    bool playable = url.has_value();
    if (HasEnd(name)) {
      std::string tracks;
      while (tokens_.Next(token_) &&
             !(token_.kind == HtmlTokenKind::kEndTag && token_.name == name)) {
        if (token_.kind != HtmlTokenKind::kStartTag) continue;
        if (token_.name == "source" && !url) playable |= Source(video, out);
        if (token_.name == "track") Track(tracks);
      }
      out += tracks;
    }
    if (!playable) return;
    html_.EndAll(Tag::kA);  // nothing interactive inside a link
    html_.InlineHtml(out + "</" + name + ">");
  }

  bool Source(bool video, std::string& out) const {
    const std::optional<std::string> url = Address("src", kAuthorMedia);
    if (!url) return false;
    out += "<source";
    Add(out, "src", *url);
    const std::string type = AsciiLower(Value("type").value_or(""));
    const std::string_view family = video ? "video/" : "audio/";
    if (type.starts_with(family) && type.size() > family.size() && type.size() <= 40 &&
        std::all_of(type.begin() + static_cast<std::ptrdiff_t>(family.size()), type.end(),
                    [](char c) { return IsAsciiAlnum(c) || c == '-' || c == '+' || c == '.'; })) {
      Add(out, "type", type);
    }
    out += ">";
    return true;
  }

  void Track(std::string& out) const {
    const std::optional<std::string> url = Address("src", kAuthorMedia);
    const std::string language = Value("srclang").value_or("");
    if (!url || !IsLanguage(language)) return;
    const std::string kind = AsciiLower(Value("kind").value_or(""));
    out += "<track";
    if (kind == "captions" || kind == "descriptions" || kind == "chapters") Add(out, "kind", kind);
    Add(out, "src", *url);
    Add(out, "srclang", language);
    const std::string label = Value("label").value_or("");
    if (!TrimHtmlSpace(label).empty()) Add(out, "label", label);
    out += ">";
  }

  void Frame() {
    const std::optional<std::string> url = Address("src", kAuthorMedia);
    if (!url) return;
    const std::string host = UrlHost(*url);
    if (host.empty()) return;
    if (std::find(policy_.frame_hosts.begin(), policy_.frame_hosts.end(), host) ==
        policy_.frame_hosts.end()) {
      return LinkTo(*url);
    }
    std::string out = "<iframe" + Id();
    Add(out, "src", "https" + url->substr(url->find(':')));
    std::string attributes = Common(Tag::kIframe);
    if (attributes.find(" title=\"") == kNone) Add(attributes, "title", host);
    out += attributes;
    AddNumber(out, "width", 1, 99999);
    AddNumber(out, "height", 1, 99999);
    if (token_.Find("allowfullscreen") != nullptr) out += " allowfullscreen";
    html_.EndAll(Tag::kA);
    html_.InlineHtml(out +
                     " sandbox=\"allow-scripts allow-same-origin allow-popups allow-presentation\""
                     " loading=\"lazy\"></iframe>");
  }

  // Plugins are gone; where their film or sound was, its address remains.
  void Embed() {
    const std::optional<std::string> url =
        Address(token_.name == "object" ? "data" : "src", kWebUrl);
    if (url) LinkTo(*url);
  }

  void LinkTo(const std::string& url) {
    if (url == last_link_) return;  // <object> and the <embed> in it
    last_link_ = url;
    if (html_.InInline(Tag::kA)) return html_.Text(url);
    std::string out = "<a";
    Add(out, "href", url);
    out += ">";
    AppendEscapedText(url, out);
    html_.InlineHtml(out + "</a>");
  }

  // Whether the element that just began has an end tag. Each stretch is searched once.
  bool HasEnd(const std::string& name) {
    for (auto& [known, at] : ends_) {
      if (known != name) continue;
      if (at < tokens_.position()) at = FindEndTag(source_, tokens_.position(), name);
      return at != kNone;
    }
    ends_.emplace_back(name, FindEndTag(source_, tokens_.position(), name));
    return ends_.back().second != kNone;
  }

  void SkipContent() {
    if (token_.self_closing && (token_.name == "svg" || token_.name == "math")) return;
    const std::string name = token_.name;
    if (!HasEnd(name)) return;
    while (tokens_.Next(token_)) {
      if (token_.kind == HtmlTokenKind::kEndTag && token_.name == name) return;
    }
  }

  std::string_view source_;
  const AuthorPolicy& policy_;
  HtmlTokenizer tokens_;
  HtmlToken token_;
  HtmlBuilder html_;
  std::unordered_set<std::string> known_ids_;
  std::vector<int>
      outline_;  // the source's levels of the headings that the next one may stand under
  bool in_xmp_ = false;
  std::string decoded_;
  std::string last_link_;
  std::unordered_set<std::string> ids_;
  std::vector<std::pair<std::string, size_t>> ends_;
};

}  // namespace

std::vector<std::string> DefaultFrameHosts() {
  return {
      "archive.org",      "bandcamp.com",          "open.spotify.com", "player.vimeo.com",
      "w.soundcloud.com", "www.openstreetmap.org", "www.youtube.com",  "www.youtube-nocookie.com"};
}

SafeHtml SanitizeAuthor(std::string_view html, const AuthorPolicy& policy) {
  const std::string clean = CleanSource(html, BidiControls::kKeep);
  return SafeHtml::Vouch(AuthorSanitizer(clean, policy).Run());
}

}  // namespace daybook::text
