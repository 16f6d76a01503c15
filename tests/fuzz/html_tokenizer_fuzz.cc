// Any bytes through the tokenizer: its pieces are the source, in order and without a gap.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/html_tokenizer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daybook::text;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const auto mode : {HtmlTokenizer::Mode::kBrowser, HtmlTokenizer::Mode::kReader}) {
    HtmlTokenizer tokens(input, mode);
    HtmlToken token;
    size_t position = 0;
    while (tokens.Next(token)) {
      if (token.raw.empty() || token.raw.data() != input.data() + position) std::abort();
      position += token.raw.size();
      if (tokens.position() != position) std::abort();
      for (const HtmlAttribute& attribute : token.attributes) {
        if (attribute.Value().size() > attribute.raw_value.size() * 3) std::abort();
      }
      if (token.kind == HtmlTokenKind::kText && token.Text().size() > token.raw.size() * 3)
        std::abort();
    }
    if (position != size) std::abort();
  }
  return 0;
}
