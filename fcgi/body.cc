// The one loop that reads a body; where the bytes come from, its callers know.
#include "fcgi/body.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace daybook::fcgi {

void ReadBody(Parsed& parsed, std::size_t cap, const BodySource& source, const SpoolFolder& spool) {
  Request& request = parsed.request;
  std::array<char, 16 * 1024> buffer;
  uint64_t total = 0, kept = 0;
  bool lost = false;
  // Only a form with files in it is read from a file.
  const bool may_spool = spool && request.Get("content-type").starts_with("multipart/");
  const auto keep = [&](std::string_view bytes) {
    kept += bytes.size();
    if (lost) return;
    if (parsed.spool.descriptor() < 0) {
      request.body += bytes;
      if (request.body.size() <= kBodyInMemory || !may_spool) return;
      const std::filesystem::path folder = spool(request);
      lost = folder.empty() || !parsed.spool.Open(folder) || !parsed.spool.Append(request.body);
      request.body.clear();
      request.body.shrink_to_fit();
    } else {
      lost = !parsed.spool.Append(bytes);
    }
    if (lost) parsed.spool.Drop();
  };
  // The declared length is a claim: nothing is reserved for it before bytes arrive.
  while (!parsed.content_length || total < *parsed.content_length) {
    std::size_t want = buffer.size();
    if (parsed.content_length)
      want = static_cast<std::size_t>(std::min<uint64_t>(want, *parsed.content_length - total));
    const std::size_t got = source(buffer.data(), want);
    if (got == 0) break;
    keep({buffer.data(), static_cast<std::size_t>(std::min<uint64_t>(got, cap - kept))});
    total += got;
  }
  request.body_file = parsed.spool.descriptor();
  request.body_size = parsed.spool.size();
  if (parsed.content_length && total < *parsed.content_length) {
    request.body_state = BodyState::kCutOff;
  } else if (total > cap) {
    request.body_state = BodyState::kTooLarge;
  } else if (lost) {
    request.body_state = BodyState::kNotKept;
  }
}

}  // namespace daybook::fcgi
