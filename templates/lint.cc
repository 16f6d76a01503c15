// Tags and attributes of a template, looked at one by one: see lint.h.
#include "templates/lint.h"

#include <algorithm>
#include <set>

#include "templates/embedded.h"
#include "text/utf8.h"

namespace daybook::templates {
namespace {

constexpr std::size_t kFaultsMax = 20;

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool IsNameChar(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

std::string Lower(std::string_view s) {
  std::string lower(s);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

// The names between {{ and }} with where they stand, comments left out.
template <typename F>
void ForEachMarker(std::string_view source, F&& f) {
  for (std::size_t at = source.find("{{"); at != std::string_view::npos;
       at = source.find("{{", at + 2)) {
    const std::size_t end = source.find("}}", at);
    if (end == std::string_view::npos) return;
    std::string_view marker = source.substr(at + 2, end - at - 2);
    if (marker.starts_with('#') || marker.starts_with('/')) marker.remove_prefix(1);
    marker = marker.substr(0, marker.find(':'));
    if (!marker.empty() && std::all_of(marker.begin(), marker.end(), IsNameChar)) f(at, marker);
  }
}

// Comments as blanks, so that lines stay where they are.
std::string WithoutComments(std::string_view source) {
  std::string out(source);
  for (std::size_t at = out.find("{{!"); at != std::string::npos; at = out.find("{{!", at)) {
    const std::size_t end = std::min(out.find("}}", at), out.size() - 2) + 2;
    for (std::size_t i = at; i < end; ++i)
      if (out[i] != '\n') out[i] = ' ';
    at = end;
  }
  return out;
}

class Linter {
 public:
  explicit Linter(std::string_view source) : source_(source) {}

  void Tags() {
    std::size_t at = source_.find('<');
    while (at != std::string_view::npos && faults_.size() < kFaultsMax)
      at = source_.find('<', Tag(at));
  }
  std::vector<LintFault> Faults() && { return std::move(faults_); }

  void Fault(std::size_t at, std::string_view why, std::string_view about) {
    if (faults_.size() >= kFaultsMax) return;
    const auto line = 1 + std::count(source_.begin(), source_.begin() + at, '\n');
    faults_.push_back({static_cast<int>(line), why, std::string(about.substr(0, 80))});
  }

 private:
  bool Is(std::size_t at, std::string_view text) const {
    return source_.substr(std::min(at, source_.size())).starts_with(text);
  }
  std::size_t After(std::size_t at, std::string_view end) const {
    const std::size_t found = source_.find(end, at);
    return found == std::string_view::npos ? source_.size() : found + end.size();
  }

  // The tag that begins at `at`; gives where it ends.
  std::size_t Tag(std::size_t at) {
    std::size_t i = at + 1;
    if (Is(i, "!--")) return After(i, "-->");
    if (Is(i, "/")) ++i;
    if (Is(i, "{{")) {
      Fault(at, "tag", source_.substr(at, 20));
      return i + 2;
    }
    const std::size_t name_at = i;
    while (i < source_.size() && IsNameChar(source_[i])) ++i;
    const std::string name = Lower(source_.substr(name_at, i - name_at));
    if (name.empty() || source_[name_at - 1] == '/') return i;
    for (const std::string_view refused : {"style", "iframe", "object", "embed", "base", "applet"})
      if (name == refused) Fault(at, "element", "<" + name);
    std::string type, src;
    while (i < source_.size() && source_[i] != '>') {
      if (IsSpace(source_[i]) || source_[i] == '/') {
        ++i;
      } else if (Is(i, "{{")) {
        i = After(i, "}}");
      } else if (Is(i, "[[")) {
        i = After(i, "]]");
      } else {
        i = Attribute(i, name, type, src);
      }
    }
    i = std::min(i + 1, source_.size());
    if (name == "script") return Script(at, i, type, src);
    if (name == "textarea" || name == "pre") Kept(i, "</" + name);
    return i;
  }

  std::size_t Attribute(std::size_t at, const std::string& tag, std::string& type,
                        std::string& src) {
    std::size_t i = at;
    while (i < source_.size() && !IsSpace(source_[i]) && source_[i] != '=' && source_[i] != '>' &&
           source_[i] != '/' && source_[i] != '{')
      ++i;
    const std::string name = Lower(source_.substr(at, i - at));
    if (i == at) return i + 1;
    if (!Is(i, "=")) {
      Refused(at, name, "");
      return i;
    }
    ++i;
    std::string_view value;
    if (Is(i, "\"") || Is(i, "'")) {
      const std::size_t end = std::min(source_.find(source_[i], i + 1), source_.size());
      value = source_.substr(i + 1, end - i - 1);
      i = std::min(end + 1, source_.size());
    } else {
      const std::size_t from = i;
      if (Is(i, "{{")) Fault(at, "quotes", name);
      while (i < source_.size() && !IsSpace(source_[i]) && source_[i] != '>') ++i;
      value = source_.substr(from, i - from);
    }
    if (name == "type") type = value;
    if (name == "src") src = value;
    Refused(at, name, value);
    if (value.find("_HTML}}") != std::string_view::npos ||
        value.find("_HTML:") != std::string_view::npos)
      Fault(at, "html", name);
    if (name == "href" || name == "src" || name == "action" || name == "cite" ||
        name == "formaction" || name == "data" || name == "manifest" || name == "ping")
      Address(at, tag, name, value);
    return i;
  }

  void Refused(std::size_t at, const std::string& name, std::string_view value) {
    const bool handler = name.size() > 2 && name.starts_with("on");
    if (name == "style" || handler) Fault(at, "inline", name);
    for (const std::string_view refused :
         {"poster", "xlink:href", "srcset", "srcdoc", "http-equiv", "background", "imagesrcset"})
      if (name == refused) Fault(at, "attribute", name);
    std::string packed;
    for (const char c : Lower(value))
      if (static_cast<unsigned char>(c) > 32) packed += c;
    if (packed.starts_with("javascript:") || packed.starts_with("data:") ||
        packed.starts_with("vbscript:"))
      Fault(at, "address", value);
  }

  void Address(std::size_t at, const std::string& tag, std::string_view name,
               std::string_view value) {
    if (value.starts_with("#") || value.starts_with("[[static:")) return;
    if (value.starts_with("{{")) {
      // Of several sections of which one is shown, each begins with a checked address.
      const std::size_t end = value.find("}}");
      std::string_view marker = value.substr(2, end == std::string_view::npos ? end : end - 2);
      marker = marker.substr(0, marker.find(':'));
      if (marker.ends_with("_URL")) return;
    }
    const bool elsewhere = value.starts_with("https://") || value.starts_with("http://") ||
                           value.starts_with("mailto:");
    if (tag == "a" && name == "href" && elsewhere) return;
    Fault(at, "address", value.empty() ? std::string_view(name) : value);
  }

  // Gives where the script ends.
  std::size_t Script(std::size_t at, std::size_t from, std::string_view type,
                     std::string_view src) {
    const std::size_t end =
        std::min(Lower(source_.substr(from)).find("</script"), source_.size() - from);
    const std::string_view inside = source_.substr(from, end);
    const bool data = type == "application/ld+json" && inside == "{{JSON_LD_HTML}}";
    const bool own = src.starts_with("[[static:") && inside.empty();
    if (!data && !own) Fault(at, "script", src);
    return from + end;
  }

  // ctemplate's escaping for HTML makes spaces of newlines.
  void Kept(std::size_t from, std::string_view end_tag) {
    const std::size_t end = std::min(source_.find(end_tag, from), source_.size());
    const std::string_view inside = source_.substr(from, end - from);
    for (std::size_t at = inside.find("{{"); at != std::string_view::npos;
         at = inside.find("{{", at + 2)) {
      const std::size_t close = inside.find("}}", at);
      const std::string_view marker = inside.substr(at + 2, close - at - 2);
      if (marker.empty() || marker[0] < 'A' || marker[0] > 'Z') continue;
      if (!marker.ends_with(":p")) Fault(from + at, "newlines", marker);
    }
  }

  std::string_view source_;
  std::vector<LintFault> faults_;
};

const std::set<std::string, std::less<>>& KnownNames() {
  static const std::set<std::string, std::less<>> names = [] {
    std::set<std::string, std::less<>> all;
    for (const EmbeddedFile& file : EmbeddedTemplates())
      ForEachMarker(file.bytes(), [&](std::size_t, std::string_view name) { all.emplace(name); });
    return all;
  }();
  return names;
}

}  // namespace

std::string_view OriginalTemplate(std::string_view name) {
  for (const EmbeddedFile& file : EmbeddedTemplates())
    if (file.name == name) return file.bytes();
  return {};
}

std::vector<LintFault> Lint(std::string_view name, std::string_view source) {
  const std::string_view original = OriginalTemplate(name);
  const std::string_view first = original.substr(0, original.find('\n'));
  if (!text::IsUtf8(source) || source.find('\0') != std::string_view::npos)
    return {{1, "text", ""}};
  if (source.substr(0, source.find('\n')) != first) return {{1, "first", std::string(first)}};
  const std::string bare = WithoutComments(source);
  Linter linter(bare);
  if (first.find("\"HTML\"") == std::string_view::npos && bare.find("CDATA") != std::string::npos)
    linter.Fault(bare.find("CDATA"), "cdata", "CDATA");
  ForEachMarker(bare, [&](std::size_t at, std::string_view marker) {
    if (!KnownNames().contains(marker)) linter.Fault(at, "name", marker);
  });
  if (first.find("\"HTML\"") != std::string_view::npos) linter.Tags();
  return std::move(linter).Faults();
}

}  // namespace daybook::templates
