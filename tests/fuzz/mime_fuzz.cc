// Types and sizes of files from hostile bytes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/mime.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daybook::text;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string_view mime = MimeByContent(input);
  if (!mime.empty() && ExtensionFor(mime).empty()) std::abort();
  if (MimeByName(input).empty()) std::abort();
  if (const auto image = ReadImageSize(input)) {
    if (image->width < 1 || image->width > 65535 || image->height < 1 || image->height > 65535)
      std::abort();
    if (!mime.starts_with("image/")) std::abort();
  }
  return 0;
}
