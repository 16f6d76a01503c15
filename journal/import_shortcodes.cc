// Finds [name …] outside of code, reads its attributes, and has one function for each that is
// known.
#include "journal/import_shortcodes.h"
#include "journal/import_report.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "text/html_entities.h"
#include "text/html_escape.h"

namespace daybook::journal {
namespace {

bool IsNameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

std::string_view Trim(std::string_view s) {
  const std::size_t first = s.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

struct Shortcode {
  std::size_t end = 0;  // past ']'
  std::string name;
  std::map<std::string, std::string> named;
  std::vector<std::string> plain;
  bool has_attributes = false;  // with "=" or quotes, as nobody writes in a sentence
  bool alone = false;           // "[x /]"

  [[nodiscard]] std::string Get(const std::string& key) const {
    const auto found = named.find(key);
    return found == named.end() ? std::string() : found->second;
  }
};

// The shortcode whose '[' is at `at`; nothing if it is none.
std::optional<Shortcode> ReadShortcode(std::string_view s, std::size_t at) {
  constexpr std::size_t kLongest = 8192;
  Shortcode code;
  std::size_t i = at + 1;
  while (i < s.size() && IsNameChar(s[i])) ++i;
  code.name = s.substr(at + 1, i - at - 1);
  if (code.name.size() < 2 || code.name.size() > 60 ||
      !((code.name[0] | 32) >= 'a' && (code.name[0] | 32) <= 'z')) {
    return std::nullopt;
  }
  if (i >= s.size() ||
      (s[i] != ']' && s[i] != ' ' && s[i] != '/' && s[i] != '=' && s[i] != '\n' && s[i] != '\t')) {
    return std::nullopt;
  }
  if (s[i] == '=') {  // [youtube=http://…]
    const std::size_t end = s.find(']', i);
    if (end == std::string_view::npos || end - at > kLongest) return std::nullopt;
    code.plain.emplace_back(Trim(s.substr(i + 1, end - i - 1)));
    code.has_attributes = true;
    code.end = end + 1;
    return code;
  }
  while (i < s.size() && i - at < kLongest) {
    while (i < s.size() && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r')) ++i;
    if (i >= s.size() || s[i] == '[') return std::nullopt;
    if (s[i] == ']') {
      code.end = i + 1;
      return code;
    }
    if (s[i] == '/' && i + 1 < s.size() && s[i + 1] == ']') {
      code.alone = true;
      code.end = i + 2;
      return code;
    }
    const std::size_t begin = i;
    while (i < s.size() && IsNameChar(s[i])) ++i;
    std::string key;
    if (i > begin && i < s.size() && s[i] == '=') {
      key = s.substr(begin, i - begin);
      ++i;
      code.has_attributes = true;
    } else {
      i = begin;
    }
    std::string value;
    // Quotes as typed, and as an editor or the export's filters wrote them.
    static constexpr std::string_view kQuotes[] = {
        "\"", "'", "&quot;", "&#34;", "&#8220;", "&#8221;", "&#8243;", "”", "“", "″"};
    std::string_view quote;
    for (std::string_view q : kQuotes) {
      if (s.substr(i).starts_with(q)) quote = q;
    }
    if (!quote.empty()) {
      i += quote.size();
      std::size_t end = std::string_view::npos, length = 0;
      for (std::string_view q : kQuotes) {
        if ((quote == "\"" || quote == "'") && q != quote) continue;
        const std::size_t found = s.substr(0, std::min(s.size(), i + kLongest)).find(q, i);
        if (found < end) {
          end = found;
          length = q.size();
        }
      }
      if (end == std::string_view::npos) return std::nullopt;
      value = s.substr(i, end - i);
      i = end + length;
      code.has_attributes = true;
    } else {
      const std::size_t from = i;
      while (i < s.size() && s[i] != ' ' && s[i] != ']' && s[i] != '\n' && s[i] != '\t') ++i;
      std::string_view bare = s.substr(from, i - from);
      if (bare.ends_with('/') && i < s.size() && s[i] == ']' && !bare.starts_with("http")) {
        bare.remove_suffix(1);
        code.alone = true;
      }
      value = bare;
      if (value.empty() && key.empty() && i == from) ++i;
    }
    for (char& c : key) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (key.empty()) {
      code.plain.push_back(std::move(value));
    } else {
      code.named[key] = text::DecodeHtml(value, text::References::kTerminated);
    }
  }
  return std::nullopt;
}

std::vector<std::string> Ids(const std::string& list) {
  std::vector<std::string> ids;
  std::string id;
  for (char c : list + ",") {
    if (c >= '0' && c <= '9') {
      id += c;
    } else if (!id.empty()) {
      ids.push_back(std::exchange(id, {}));
    }
  }
  return ids;
}

std::string Link(std::string_view url) {
  const std::string plain = text::DecodeHtml(Trim(url), text::References::kTerminated);
  const std::string safe = text::EscapeHtml(plain);
  return "<a href=\"" + safe + "\">" + safe + "</a>";
}

std::string Figure(const Shortcode& code, std::string_view inside) {
  // The picture, with the link around it if there is one; what follows is the caption.
  inside = Trim(inside);
  std::size_t end = 0;
  if (inside.starts_with("<a")) {
    const std::size_t close = inside.find("</a>");
    if (close != std::string_view::npos &&
        inside.substr(0, close).find("<img") != std::string_view::npos)
      end = close + 4;
  }
  if (end == 0) {
    const std::size_t picture = inside.find("<img");
    const std::size_t close =
        picture == std::string_view::npos ? picture : inside.find('>', picture);
    end = close == std::string_view::npos ? 0 : close + 1;
  }
  std::string caption(Trim(inside.substr(end)));
  if (caption.empty()) caption = code.Get("caption");
  const std::string align = code.Get("align");
  std::string out = "\n\n<figure";
  if (!align.empty() && std::all_of(align.begin(), align.end(), IsNameChar))
    out += " class=\"" + align + "\"";
  out += ">";
  out += inside.substr(0, end);
  if (!caption.empty()) out += "<figcaption>" + caption + "</figcaption>";
  return out + "</figure>\n\n";
}

std::string Gallery(const Shortcode& code, const GalleryOf& gallery) {
  GalleryRequest request{Ids(code.Get("ids")), Ids(code.Get("exclude")), code.Get("id")};
  if (request.ids.empty()) request.ids = Ids(code.Get("include"));
  const std::vector<GalleryPicture> pictures = gallery(request);
  if (pictures.empty()) return {};
  std::string out = "\n\n<div class=\"gallery\">";
  for (const GalleryPicture& p : pictures) {
    const std::string url = text::EscapeHtml(p.url);
    const std::string picture = "<img src=\"" + url + "\" alt=\"" + text::EscapeHtml(p.alt) + "\">";
    out += "<figure>";
    out += code.Get("link") == "none" ? picture : "<a href=\"" + url + "\">" + picture + "</a>";
    if (!p.caption.empty()) out += "<figcaption>" + p.caption + "</figcaption>";
    out += "</figure>";
  }
  return out + "</div>\n\n";
}

// The address of a sound or film: named in one of the usual ways, or alone.
std::string SourceOf(const Shortcode& code) {
  for (const char* key :
       {"src", "mp3", "mp4", "m4a", "ogg", "wav", "webm", "m4v", "ogv", "flv", "wmv", "url"}) {
    if (const std::string url = code.Get(key); !url.empty()) return url;
  }
  for (const std::string& url : code.plain) {
    if (url.starts_with("http")) return url.substr(0, url.find('|'));
  }
  return {};
}

bool IsVideoSite(const std::string& name) {
  static const std::set<std::string, std::less<>> kNames = {
      "youtube", "vimeo", "googlevideo", "dailymotion", "youtu", "wpvideo", "instagram",
      "twitter", "tweet", "soundcloud",  "flickr",      "ted",   "spotify"};
  return kNames.contains(name);
}

// Words that people put into brackets by themselves.
bool IsWord(const std::string& name) {
  static const std::set<std::string, std::less<>> kWords = {
      "sic",      "edit",    "update", "note", "link",     "emphasis", "laughs", "laughter",
      "applause", "pause",   "image",  "pdf",  "citation", "spoiler",  "via",    "redacted",
      "deleted",  "removed", "and",    "or",   "the",      "of",       "to",     "in",
      "is",       "it",      "he",     "she",  "they",     "we",       "his",    "her",
      "their",    "my",      "our",    "that", "this",     "these",    "those",  "was",
      "are",      "were",    "has",    "have"};
  return kWords.contains(name);
}

class Converter {
 public:
  Converter(std::string_view body, const GalleryOf& gallery,
            std::map<std::string, std::int64_t>& dropped)
      : s_(body), gallery_(gallery), dropped_(dropped) {}

  std::string Run() {
    std::size_t at = 0, done = 0;
    while (at < s_.size()) {
      const std::size_t next = s_.find_first_of("[<", at);
      if (next == std::string_view::npos) break;
      at = next;
      if (s_[at] == '<') {
        at = SkipTag(at);
        continue;
      }
      if (at + 1 < s_.size() && s_[at + 1] == '[') {  // [[name]] is how one shows [name]
        const auto code = ReadShortcode(s_, at + 1);
        if (code && code->end < s_.size() && s_[code->end] == ']') {
          out_.append(s_, done, at - done);
          out_.append(s_, at + 1, code->end - at - 1);
          at = done = code->end + 1;
        } else {
          ++at;
        }
        continue;
      }
      const auto code = code_depth_ > 0 ? std::nullopt : ReadShortcode(s_, at);
      if (!code) {  // or one that somebody shows
        ++at;
        continue;
      }
      std::size_t end = code->end;
      const std::optional<std::string> html = Html(*code, end);
      if (html) {
        out_.append(s_, done, at - done);
        out_ += *html;
        at = done = end;
      } else {
        at = code->end;
      }
    }
    out_.append(s_, done, s_.size() - done);
    return std::move(out_);
  }

 private:
  // Past the tag or comment that begins at `at`, or past the '<'.
  std::size_t SkipTag(std::size_t at) {
    std::string_view rest = s_.substr(at);
    if (rest.starts_with("<!--")) {
      const std::size_t end = FindOnce("-->", at);
      return end == std::string_view::npos ? at + 1 : end + 3;
    }
    if (rest.size() < 2 || !(rest[1] == '/' || (rest[1] | 32) >= 'a')) return at + 1;
    const std::size_t end = FindOnce(">", at);
    if (end == std::string_view::npos) return at + 1;
    const std::string_view tag = s_.substr(at, end - at);
    for (std::string_view name : {"code", "pre"}) {
      const bool closes = tag.starts_with("</");
      const std::string_view here = tag.substr(closes ? 2 : 1);
      if (here.starts_with(name) &&
          (here.size() == name.size() || !IsNameChar(here[name.size()]))) {
        code_depth_ = std::max(0, code_depth_ + (closes ? -1 : 1));
      }
    }
    return end + 1;
  }

  // find(), remembering what it found, so that a body full of openings without an end takes no
  // square of its length.
  std::size_t FindOnce(const std::string& what, std::size_t from) {
    const auto known = found_.find(what);
    if (known != found_.end() && known->second >= from) return known->second;  // npos too
    if (known == found_.end() && found_.size() > 300) return std::string_view::npos;
    return found_[what] = s_.find(what, from);
  }

  // What to show instead; nothing: it stays. `end` is moved past what belongs to it.
  std::optional<std::string> Html(const Shortcode& code, std::size_t& end) {
    const std::string closing = "[/" + code.name + "]";
    const auto inside = [&]() -> std::optional<std::string_view> {
      const std::size_t close = code.alone ? std::string_view::npos : FindOnce(closing, code.end);
      if (close == std::string_view::npos) return std::nullopt;
      end = close + closing.size();
      return s_.substr(code.end, close - code.end);
    };
    if (code.name == "caption" || code.name == "wp_caption") {
      if (const auto text = inside()) return Figure(code, *text);
    } else if (code.name == "gallery") {
      if (std::string html = Gallery(code, gallery_); !html.empty()) return html;
      ++dropped_[Left("import.left.gallery")];
      return std::nullopt;
    } else if (code.name == "embed") {
      if (const auto text = inside(); text && Trim(*text).starts_with("http")) return Link(*text);
      if (const std::string url = SourceOf(code); !url.empty()) return Link(url);
    } else if (code.name == "audio" || code.name == "video") {
      const std::string url = SourceOf(code);
      if (!url.empty()) {
        if (!code.alone) (void)inside();
        std::string tag = "\n\n<" + code.name + " controls src=\"" + text::EscapeHtml(url) + "\"";
        if (const std::string poster = code.Get("poster"); !poster.empty())
          tag += " poster=\"" + text::EscapeHtml(poster) + "\"";
        return tag + "></" + code.name + ">\n\n";
      }
    } else if (IsVideoSite(code.name)) {
      std::string url = SourceOf(code);
      if (url.empty()) {
        const auto text = inside();
        if (text && Trim(*text).starts_with("http")) url = Trim(*text);
      }
      if (!url.empty()) return Link(url);
      end = code.end;
    }
    Count(code);
    return std::nullopt;
  }

  void Count(const Shortcode& code) {
    const bool bare = code.plain.empty() && code.named.empty();
    const bool odd_name = code.name.find_first_of("_-") != std::string::npos;
    if (!code.has_attributes && !code.alone && !odd_name && !IsVideoSite(code.name)) {
      if ((!bare || IsWord(code.name)) &&
          FindOnce("[/" + code.name + "]", code.end) == std::string_view::npos)
        return;
    }
    ++dropped_[Left("import.left.shortcode", code.name)];
  }

  std::string_view s_;
  const GalleryOf& gallery_;
  std::map<std::string, std::int64_t>& dropped_;
  std::string out_;
  int code_depth_ = 0;
  std::map<std::string, std::size_t> found_;
};

// An address alone on a line was shown by WordPress as what is there.
std::string LinkLoneAddresses(std::string_view text) {
  std::string out;
  int raw = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end), bare = Trim(line);
    for (std::string_view tag : {"<pre", "<script", "<style", "<textarea"})
      raw += line.find(tag) != std::string_view::npos;
    for (std::string_view tag : {"</pre", "</script", "</style", "</textarea"})
      raw -= line.find(tag) != std::string_view::npos;
    if (raw <= 0 && (bare.starts_with("http://") || bare.starts_with("https://")) &&
        bare.find_first_of(" \t<>\"'") == std::string_view::npos && bare.size() < 2000) {
      out += Link(bare);
    } else {
      out += line;
    }
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string HtmlFromShortcodes(std::string_view body, const GalleryOf& gallery,
                               std::map<std::string, std::int64_t>& dropped) {
  std::string out = body.find('[') == std::string_view::npos
                        ? std::string(body)
                        : Converter(body, gallery, dropped).Run();
  if (out.find("\nhttp") != std::string::npos || out.starts_with("http"))
    out = LinkLoneAddresses(out);
  return out;
}

}  // namespace daybook::journal
