// Any text through the finder of addresses: links are in order, inside the text, and safe to write.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/html_url.h"
#include "text/linkify.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daybook::text;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  size_t last = 0;
  for (const FoundLink& link : FindLinks(input)) {
    if (link.begin < last || link.begin >= link.end || link.end > size) std::abort();
    if (!link.href.starts_with("http://") && !link.href.starts_with("https://")) std::abort();
    if (link.href.find_first_of(" <>\"'`\\") != std::string::npos) std::abort();
    if (CleanUrl(link.href, kWebUrl) != link.href) std::abort();
    last = link.end;
  }
  for (const UrlRule rule : {kWebUrl, kReaderLink, kAuthorLink, kAuthorMedia}) {
    const auto url = CleanUrl(input, rule);
    if (url && CleanUrl(*url, rule) != url) std::abort();
  }
  bool widths = false;
  const std::string set = CleanSrcset(input, widths);
  if (CleanSrcset(set, widths) != set) std::abort();
  return 0;
}
