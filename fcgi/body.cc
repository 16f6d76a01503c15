// The one loop that reads a body; where the bytes come from, its callers know.
#include "fcgi/body.h"

#include <algorithm>
#include <array>

namespace daybook::fcgi {

void ReadBody(Parsed& parsed, std::size_t cap, const BodySource& source) {
  Request& request = parsed.request;
  std::array<char, 16 * 1024> buffer;
  uint64_t total = 0;
  // The declared length is a claim: nothing is reserved for it before bytes arrive.
  while (!parsed.content_length || total < *parsed.content_length) {
    std::size_t want = buffer.size();
    if (parsed.content_length)
      want = static_cast<std::size_t>(std::min<uint64_t>(want, *parsed.content_length - total));
    const std::size_t got = source(buffer.data(), want);
    if (got == 0) break;
    const std::size_t room = cap - request.body.size();
    request.body.append(buffer.data(), std::min(got, room));
    total += got;
  }
  if (parsed.content_length && total < *parsed.content_length) {
    request.body_state = BodyState::kCutOff;
  } else if (total > cap) {
    request.body_state = BodyState::kTooLarge;
  }
}

}  // namespace daybook::fcgi
