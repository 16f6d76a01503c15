// The seam to cmark-gfm. Headings and the table of contents: toc.cc.
#include "text/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <memory>

#include "text/markdown_guard.h"
#include "text/utf8.h"

namespace daybook::text {
namespace {

struct Free {
  void operator()(cmark_parser* p) const { cmark_parser_free(p); }
  void operator()(cmark_node* n) const { cmark_node_free(n); }
  void operator()(char* s) const { std::free(s); }
};

std::string AsPlain(std::string_view markdown) {
  std::string out = "<pre>";
  for (const char c : RepairUtf8(markdown)) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else
      out.push_back(c);
  }
  return out + "</pre>\n";
}

std::string WithPlainNewlines(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '\r')
      out.push_back(s[i]);
    else if (i + 1 == s.size() || s[i + 1] != '\n')
      out.push_back('\n');
  }
  return out;
}

}  // namespace

std::string MarkdownToHtml(std::string_view source) {
  if (source.size() > kMarkdownMax) return AsPlain(source);
  const std::string markdown = WithPlainNewlines(source);
  if (IsCostlyMarkdown(markdown)) return AsPlain(markdown);
  // Raw HTML passes: the author policy is stricter than cmark's own filter, and runs on all of it.
  const int options = CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8 |
                      (HasSafeFootnotes(markdown) ? CMARK_OPT_FOOTNOTES : 0);
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, Free> parser(cmark_parser_new(options));
  for (const char* name : {"table", "strikethrough", "autolink"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  const std::unique_ptr<cmark_node, Free> document(cmark_parser_finish(parser.get()));
  const std::unique_ptr<char, Free> html(
      cmark_render_html(document.get(), options, cmark_parser_get_syntax_extensions(parser.get())));
  return RepairUtf8(html.get());  // should a footnote's label have been cut after all
}

}  // namespace daybook::text
