// One pass over stored HTML that is safe already: long rules are hidden from listeners, elements
// that HTML gave up get their heirs.
#include "templates/body.h"

#include <string>
#include <string_view>

#include "templates/foreign.h"
#include "templates/keys.h"
#include "templates/listen.h"
#include "templates/load.h"

namespace daybook::templates {
namespace {

constexpr size_t kRule = 10;

bool RuleCharacter(char c) { return c == '_' || c == '-' || c == '=' || c == '*'; }

// Text between two tags, its long runs wrapped.
void AppendText(std::string_view text, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    if (RuleCharacter(text[at])) {
      while (end < text.size() && text[end] == text[at]) ++end;
      if (end - at >= kRule) {
        out.append("<span class=\"rule\" aria-hidden=\"true\">")
            .append(text.substr(at, end - at))
            .append("</span>");
      } else {
        out.append(text.substr(at, end - at));
      }
    } else {
      while (end < text.size() && !RuleCharacter(text[end])) ++end;
      out.append(text.substr(at, end - at));
    }
    at = end;
  }
}

// What text/html_runs.h has put around a run already.
constexpr std::string_view kHidden = "<span aria-hidden=\"true\">";
constexpr std::string_view kHiddenRule = "<span class=\"rule\" aria-hidden=\"true\">";

// Comments may use two elements that HTML has given up; their heirs mean the same.
void AppendTag(std::string_view tag, std::string& out) {
  struct Heir {
    std::string_view old, now;
  };
  constexpr Heir kHeirs[] = {
      {"<strike>", "<s>"}, {"</strike>", "</s>"}, {"<acronym", "<abbr"}, {"</acronym", "</abbr"}};
  for (const Heir& heir : kHeirs) {
    if (!tag.starts_with(heir.old)) continue;
    out.append(heir.now).append(tag.substr(heir.old.size()));
    return;
  }
  out.append(tag);
}

bool IsTag(std::string_view tag, std::string_view name) {
  if (!tag.starts_with(name)) return false;
  return tag.size() == name.size() || tag[name.size()] == '>' || tag[name.size()] == ' ';
}

}  // namespace

text::SafeHtml BodyForPage(const text::SafeHtml& html, const Words& words) {
  const text::SafeHtml own = ForListeners(ForeignToLinks(html, words), words);
  std::string_view rest = own.view();
  std::string out;
  out.reserve(rest.size() + 256);
  int tables = 0;
  bool hidden = false;
  while (!rest.empty()) {
    const size_t open = std::min(rest.find('<'), rest.size());
    if (hidden) {
      out.append(rest.substr(0, open));
    } else {
      AppendText(rest.substr(0, open), out);
    }
    rest.remove_prefix(open);
    // In safe HTML a ">" inside an attribute is an entity, so the first one ends the tag.
    const size_t end = rest.find('>');
    if (end == std::string_view::npos) break;
    const std::string_view tag = rest.substr(0, end + 1);
    if (IsTag(tag, "<table") && tables++ == 0) {
      out += "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"" +
             EscapeHtml(words.Get(word::kBodyTable)) + "\">";
    }
    hidden = tag == kHidden && rest.size() > tag.size() && RuleCharacter(rest[tag.size()]);
    AppendTag(hidden ? kHiddenRule : tag, out);
    if (tag == "</table>" && tables > 0 && --tables == 0) out += "</div>";
    rest.remove_prefix(end + 1);
  }
  out.append(rest);
  return text::SafeHtml::Vouch(std::move(out));
}

}  // namespace daybook::templates
