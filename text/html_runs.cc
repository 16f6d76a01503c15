// Hides typed rules (____, ----, ====, ****) from those who listen. Declared in sanitize.h.
#include <string>
#include <string_view>

#include "text/html_tokenizer.h"
#include "text/sanitize.h"

namespace daybook::text {
namespace {

constexpr size_t kShortest = 10;
constexpr std::string_view kOpen = "<span aria-hidden=\"true\">";

bool IsRule(char c) { return c == '_' || c == '-' || c == '=' || c == '*'; }

void AppendHiding(std::string_view text, std::string& out) {
  for (size_t pos = 0; pos < text.size();) {
    const size_t begin = pos;
    while (pos < text.size() && !IsRule(text[pos])) ++pos;
    out.append(text.substr(begin, pos - begin));
    const size_t run = pos;
    while (pos < text.size() && IsRule(text[pos])) ++pos;
    const std::string_view rule = text.substr(run, pos - run);
    if (rule.size() < kShortest) {
      out.append(rule);
    } else {
      out.append(kOpen).append(rule).append("</span>");
    }
  }
}

}  // namespace

SafeHtml HideRuns(const SafeHtml& html) {
  std::string out;
  out.reserve(html.view().size() + 64);
  HtmlTokenizer tokens(html.view());
  HtmlToken token;
  bool hidden = false;  // the text is in a span that we made
  while (tokens.Next(token)) {
    if (token.kind == HtmlTokenKind::kText && !token.literal && !hidden) {
      AppendHiding(token.raw, out);
    } else {
      out.append(token.raw);
    }
    hidden = token.kind == HtmlTokenKind::kStartTag && token.raw == kOpen;
  }
  return SafeHtml::Vouch(std::move(out));
}

}  // namespace daybook::text
