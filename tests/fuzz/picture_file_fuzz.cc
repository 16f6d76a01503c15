// The plan for a picture's clean copy from hostile bytes: whatever is kept lies in the file, and
// what is clean once is clean for good.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/picture_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daybook::text;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const std::string_view mime : {"image/jpeg", "image/png", "image/gif", "image/webp"}) {
    const PicturePlan plan = PlanPicture(mime, size, ReadAtOf(input));
    if (plan.state != PictureState::kGood) {
      if (!plan.pieces.empty()) std::abort();
      continue;
    }
    if (plan.size.width < 1 || plan.size.height < 1) std::abort();
    if (plan.orientation < 1 || plan.orientation > 8) std::abort();
    std::string clean;
    for (const Piece& piece : plan.pieces) {
      if (piece.at > size || piece.length > size - piece.at) std::abort();
      clean += piece.bytes.empty() ? input.substr(piece.at, piece.length) : piece.bytes;
    }
    if (clean.size() != plan.Bytes() || (plan.same && clean != input)) std::abort();
    const PicturePlan again = PlanPicture(mime, clean.size(), ReadAtOf(clean));
    if (again.state != PictureState::kGood || !(again.size == plan.size) ||
        again.orientation != plan.orientation || again.animated != plan.animated)
      std::abort();
    if (again.same != (plan.orientation == 1) || again.Bytes() != clean.size()) std::abort();
  }
  return 0;
}
