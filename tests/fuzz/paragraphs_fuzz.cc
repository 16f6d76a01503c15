// Paragraphs and excerpts: nothing visible is lost, nothing grows beyond a bound.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/excerpt.h"
#include "text/paragraphs.h"
#include "text/tag_scan.h"
#include "text/title.h"
#include "text/utf8.h"

namespace {

using namespace daybook::text;

// Everything but white space and the tags that may have been added.
std::string Visible(std::string_view html) {
  std::string out;
  for (const char c : html)
    if (static_cast<unsigned char>(c) > ' ') out.push_back(c);
  for (const std::string_view tag : {"<p>", "</p>", "<br>"})
    for (size_t at = out.find(tag); at != std::string::npos; at = out.find(tag, at))
      out.erase(at, tag.size());
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), std::min<size_t>(size, 20'000));
  TagScanner scanner(input);
  size_t scanned = 0;
  for (Token t = scanner.Next(); t.kind != TokenKind::kEnd; t = scanner.Next()) {
    if (t.bytes.empty() || t.bytes.data() != input.data() + scanned) std::abort();
    scanned += t.bytes.size();
  }
  if (scanned != input.size()) std::abort();
  // Where the input could itself spell such a tag by parts, its removal would not be comparable.
  if (input.find('p') == std::string_view::npos && input.find('b') == std::string_view::npos)
    for (const std::string& out : {AddParagraphs(input), ConvertBreaks(input)})
      if (Visible(out) != Visible(input)) std::abort();
  if (AddParagraphs(input).size() > 16 * input.size() + 64) std::abort();
  const size_t max = size % 50;
  const std::string excerpt = MakeExcerpt(input, max);
  if (!IsUtf8(excerpt) || CountCodePoints(excerpt) > max) std::abort();
  if (TypographicTitle(input).size() > input.size() + 1) std::abort();
  return 0;
}
