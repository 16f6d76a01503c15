// QR codes (ISO/IEC 18004): a text as black and white squares that a phone's camera reads. Bytes
// only, error correction of level M (15 %), as small as the text allows. How they are shown is the
// page's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::work {

struct QrCode {
  int side = 0;             // squares, without the white border of four that has to be around it
  std::vector<bool> black;  // row by row from above
  [[nodiscard]] bool At(int x, int y) const {
    return black[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
                 static_cast<std::size_t>(x)];
  }
};

// Of a text of at most 666 bytes; nothing for a longer one.
[[nodiscard]] std::optional<QrCode> MakeQrCode(std::string_view text);

// The black squares as the `d` of an SVG path, each square one unit, moved by `border`.
[[nodiscard]] std::string SvgPathOf(const QrCode& code, int border);

}  // namespace daybook::work
