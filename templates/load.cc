// From a template's source to what ctemplate reads: parts and texts put in, modifiers added.
#include "templates/load.h"

#include <ctemplate/template_modifiers.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "text/config_error.h"

namespace daybook::templates {
namespace {

constexpr int kMaxDepth = 8;

bool NameChar(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

std::string_view Entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

// For {{X_URL}}: a SafeUrl has a checked scheme, so that only the quotes matter. ctemplate's own
// check would turn mailto: into "#".
class UrlModifier : public ctemplate::TemplateModifier {
 public:
  void Modify(const char* in, size_t size, const ctemplate::PerExpandData*,
              ctemplate::ExpandEmitter* out, const std::string&) const override {
    const std::string escaped = EscapeHtml({in, size});
    out->Emit(escaped);
  }
};

// Length of the well-formed UTF-8 sequence at the start of s that XML 1.0 allows; 0 if there is
// none.
size_t XmlCharacter(std::string_view s) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return lead >= 0x20 || lead == '\t' || lead == '\n' || lead == '\r' ? 1 : 0;
  const size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || s.size() < size) return 0;
  uint32_t code = lead & (0x7f >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xc0) != 0x80) return 0;
    code = code << 6 | (at(i) & 0x3f);
  }
  const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  if (overlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return 0;
  return code == 0xfffe || code == 0xffff ? 0 : size;
}

// For every variable in XML: entities, and without what XML 1.0 forbids even as a reference.
constexpr std::array<bool, 256> kPlainXml = [] {
  std::array<bool, 256> plain{};
  for (int c = 0x20; c < 0x7f; ++c) plain[c] = true;
  for (const char c : {'&', '<', '>', '"', '\''}) plain[c] = false;
  plain['\n'] = plain['\t'] = true;
  return plain;
}();

class XmlModifier : public ctemplate::TemplateModifier {
 public:
  void Modify(const char* in, size_t size, const ctemplate::PerExpandData*,
              ctemplate::ExpandEmitter* out, const std::string&) const override {
    std::string escaped;
    escaped.reserve(size + size / 4);
    for (std::string_view rest(in, size); !rest.empty();) {
      // Most of a text is ASCII that stands for itself: taken in runs.
      size_t plain = 0;
      while (plain < rest.size() && kPlainXml[static_cast<unsigned char>(rest[plain])]) ++plain;
      escaped.append(rest.substr(0, plain));
      rest.remove_prefix(plain);
      if (rest.empty()) break;
      const size_t width = XmlCharacter(rest);
      if (const std::string_view entity = Entity(rest[0]); !entity.empty()) {
        escaped += entity;
      } else {
        escaped.append(rest.substr(0, width));
      }
      rest.remove_prefix(width == 0 ? 1 : width);
    }
    out->Emit(escaped);
  }
};

// For every variable in a file of plain text lines: a value cannot begin a line of its own.
class LineModifier : public ctemplate::TemplateModifier {
 public:
  void Modify(const char* in, size_t size, const ctemplate::PerExpandData*,
              ctemplate::ExpandEmitter* out, const std::string&) const override {
    std::string line;
    for (const char c : std::string_view(in, size)) {
      if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) line.push_back(c);
    }
    out->Emit(line);
  }
};

class Loader {
 public:
  Loader(const LoadSources& sources, const Words& words) : sources_(sources), words_(words) {}

  std::string Load(std::string_view name) {
    name_ = name;
    std::string body = Include(name, 0);
    body = AddModifiers(Texts(body));
    // ctemplate knows no context for plain text: there our own modifiers are all there is.
    return context_ == "TEXT" ? body : "{{%AUTOESCAPE context=\"" + context_ + "\"}}\n" + body;
  }

 private:
  struct File {
    std::string name;
    std::string_view source;
  };

  [[noreturn]] void Fail(const std::string& what) const {
    throw text::ConfigError("The template " + name_ + " cannot be used: " + what);
  }
  // With the file and the line where `there` is first written, be it in a part.
  [[noreturn]] void FailAt(std::string_view there, const std::string& what) const {
    for (const File& file : files_) {
      const size_t at = file.source.find(there);
      if (at == std::string_view::npos) continue;
      const auto line = 1 + std::count(file.source.begin(), file.source.begin() + at, '\n');
      Fail(what + " (" + file.name + ", line " + std::to_string(line) + ")");
    }
    Fail(what);
  }

  // ctemplate says only that something does not close; this says what, and where.
  void CheckSections(const std::string& name, std::string_view source) const {
    std::vector<std::pair<std::string_view, size_t>> open;
    const auto fail = [&](size_t at, const std::string& what) {
      const auto line = 1 + std::count(source.begin(), source.begin() + at, '\n');
      Fail(what + " (" + name + ", line " + std::to_string(line) + ")");
    };
    for (size_t at = source.find("{{"); at != std::string_view::npos;
         at = source.find("{{", at + 2)) {
      const size_t close = source.find("}}", at);
      if (close == std::string_view::npos)
        fail(at,
             source.substr(at).starts_with("{{!") ? "a comment is not closed" : "{{ is not closed");
      const std::string_view tag = source.substr(at + 2, close - at - 2);
      if (tag.starts_with('#')) open.emplace_back(tag.substr(1), at);
      if (!tag.starts_with('/')) continue;
      if (open.empty() || open.back().first != tag.substr(1))
        fail(at, "{{" + std::string(tag) + "}} closes nothing that is open there");
      open.pop_back();
    }
    if (!open.empty())
      fail(open.back().second, "{{#" + std::string(open.back().first) + "}} is not closed");
  }

  // The file without its first line and comments, parts put in.
  std::string Include(std::string_view name, int depth) {
    if (depth > kMaxDepth) Fail("its parts include each other without end");
    const std::optional<std::string_view> file = sources_.file(name);
    if (!file)
      FailAt("[[>" + std::string(name.substr(0, name.size() - 4)) + "]]",
             "there is no file " + std::string(name));
    std::string_view source = *file;
    files_.push_back({std::string(name), source});
    constexpr std::string_view kStart = "{{%AUTOESCAPE context=\"";
    const size_t line = std::min(source.find('\n'), source.size());
    const size_t quote = source.find("\"}}", kStart.size());
    if (!source.starts_with(kStart) || quote > line) {
      Fail(std::string(name) + " must begin with {{%AUTOESCAPE context=\"HTML\"}} or XML");
    }
    const std::string context(source.substr(kStart.size(), quote - kStart.size()));
    if (context != "HTML" && context != "XML" && context != "TEXT")
      Fail("the context " + context + " is not known");
    if (depth == 0) context_ = context;
    if (context != context_) Fail("a part for " + context + " stands in a file for " + context_);
    CheckSections(std::string(name), source);
    source.remove_prefix(std::min(line + 1, source.size()));
    return Parts(WithoutComments(source), depth);
  }

  std::string WithoutComments(std::string_view source) const {
    std::string out;
    for (size_t open = source.find("{{!"); open != std::string_view::npos;
         open = source.find("{{!")) {
      out.append(source.substr(0, open));
      const size_t close = source.find("}}", open);
      if (close == std::string_view::npos) FailAt("{{!", "a comment is not closed");
      source.remove_prefix(close + 2);
      if (source.starts_with('\n') && (out.empty() || out.back() == '\n')) source.remove_prefix(1);
    }
    return out.append(source);
  }

  std::string Parts(std::string_view source, int depth) {
    std::string out;
    for (size_t open = source.find("[[>"); open != std::string_view::npos;
         open = source.find("[[>")) {
      const size_t close = source.find("]]", open);
      if (close == std::string_view::npos) Fail("[[> is not closed");
      out.append(source.substr(0, open));
      std::string part =
          Include(std::string(source.substr(open + 3, close - open - 3)) + ".tpl", depth + 1);
      if (part.ends_with('\n')) part.pop_back();
      out += part;
      source.remove_prefix(close + 2);
    }
    return out.append(source);
  }

  std::string Texts(std::string_view source) const {
    std::string out;
    out.reserve(source.size() + source.size() / 4);
    for (size_t open = source.find("[["); open != std::string_view::npos;
         open = source.find("[[")) {
      out.append(source.substr(0, open));
      source.remove_prefix(open + 2);
      out += Text(Call(source, 1));
    }
    return out.append(source);
  }

  // What stands up to the ]] that closes the call, and takes that from `source`. A text may stand
  // in the markup given to another: it is put in first.
  std::string Call(std::string_view& source, int depth) const {
    if (depth > kMaxDepth) Fail("[[ stands in [[ too often");
    std::string call;
    for (;;) {
      const size_t close = source.find("]]");
      if (close == std::string_view::npos) Fail("[[ is not closed");
      const size_t open = source.substr(0, close).find("[[");
      call.append(source.substr(0, std::min(open, close)));
      source.remove_prefix(std::min(open, close) + 2);
      if (open == std::string_view::npos) return call;
      call += Text(Call(source, depth + 1));
    }
  }

  std::string Text(std::string_view call) const {
    const std::string_view key = call.substr(0, call.find('|'));
    if (key.starts_with("static:")) {
      const std::optional<std::string_view> hashed = sources_.hashed(key.substr(7));
      if (!hashed)
        FailAt("[[" + std::string(key), "there is no static file " + std::string(key.substr(7)));
      return "{{ROOT_URL}}static/" + EscapeHtml(*hashed);
    }
    const std::string* text = words_.Lookup(key);
    if (text == nullptr) FailAt("[[" + std::string(key), "no text is called " + std::string(key));
    std::string out = context_ == "TEXT" ? *text : EscapeHtml(*text);
    if (out.find("{{") != std::string::npos) Fail("a text may not hold {{: " + std::string(key));
    std::string filled;
    std::string_view args = call.substr(key.size());
    // Each {name} once; markup that was put in is not looked at again.
    for (std::string_view rest = out; !rest.empty();) {
      const size_t open = std::min(rest.find('{'), rest.size());
      filled.append(rest.substr(0, open));
      rest.remove_prefix(open);
      if (rest.empty()) break;
      const size_t close = rest.find('}');
      if (close == std::string_view::npos) Fail("{ is not closed in " + std::string(key));
      filled += Argument(args, rest.substr(1, close - 1), key);
      rest.remove_prefix(close + 1);
    }
    return filled;
  }

  std::string Argument(std::string_view args, std::string_view name, std::string_view key) const {
    while (!args.empty()) {
      args.remove_prefix(1);  // the |
      const std::string_view one = args.substr(0, args.find('|'));
      if (one.starts_with(name) && one.substr(name.size()).starts_with('=')) {
        return std::string(one.substr(name.size() + 1));
      }
      args.remove_prefix(one.size());
    }
    FailAt("[[" + std::string(key),
           "[[" + std::string(key) + "]] needs a value for {" + std::string(name) + "}");
  }

  std::string AddModifiers(std::string_view source) const {
    std::string out;
    for (size_t open = source.find("{{"); open != std::string_view::npos;
         open = source.find("{{")) {
      size_t end = open + 2;
      while (end < source.size() && NameChar(source[end])) ++end;
      const std::string_view name = source.substr(open + 2, end - open - 2);
      out.append(source.substr(0, end));
      const bool plain = !name.empty() && source.substr(end).starts_with("}}");
      source.remove_prefix(end);
      if (!plain) continue;
      if (context_ == "XML") {
        out += ":x-xml";
      } else if (context_ == "TEXT") {
        out += ":x-line";
      } else if (name.ends_with("_HTML")) {
        out += ":none";
      } else if (name.ends_with("_URL")) {
        out += ":x-url";
      }
    }
    return out.append(source);
  }

  const LoadSources& sources_;
  const Words& words_;
  std::string name_;
  std::string context_;
  std::vector<File> files_;  // read so far: the template and its parts
};

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (;;) {
    const size_t plain = text.find_first_of("&<>\"'");
    out.append(text.substr(0, plain));
    if (plain == std::string_view::npos) return out;
    out += Entity(text[plain]);
    text.remove_prefix(plain + 1);
  }
}

std::string Prepare(std::string_view name, const LoadSources& sources, const Words& words) {
  return Loader(sources, words).Load(name);
}

void RegisterModifiers() {
  // ctemplate keeps pointers to them for ever, in a table of its own.
  static const UrlModifier url;
  static const XmlModifier xml;
  static const LineModifier line;
  static const bool once = ctemplate::AddXssSafeModifier("x-url", &url) &&
                           ctemplate::AddXssSafeModifier("x-xml", &xml) &&
                           ctemplate::AddXssSafeModifier("x-line", &line);
  (void)once;
}

}  // namespace daybook::templates
