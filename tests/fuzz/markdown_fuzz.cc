// Markdown: whatever comes in, cmark ends, and headings get ids once.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/markdown.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daybook::text;
  const std::string html = MarkdownToHtml({reinterpret_cast<const char*>(data), size});
  if (!IsUtf8(html)) std::abort();
  const WithToc once = AddHeadingIds(SafeHtml::Vouch(html));
  const WithToc twice = AddHeadingIds(once.html);
  if (once.items.size() > html.size() || twice.items.size() > once.items.size()) std::abort();
  return 0;
}
