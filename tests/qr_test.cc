// QR codes. That a camera reads them is admin_people_test.py's, where a reader is installed.
#include "work/qr.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::work {
namespace {

std::string Row(const QrCode& code, int y, int from, int count) {
  std::string row;
  for (int x = from; x < from + count; ++x) row += code.At(x, y) ? '#' : '.';
  return row;
}

TEST(Qr, IsAsSmallAsTheTextAllows) {
  EXPECT_EQ(MakeQrCode("")->side, 21);
  EXPECT_EQ(MakeQrCode(std::string(14, 'a'))->side, 21);
  EXPECT_EQ(MakeQrCode(std::string(15, 'a'))->side, 25);
  EXPECT_EQ(MakeQrCode(std::string(180, 'a'))->side, 53);
  EXPECT_EQ(MakeQrCode(std::string(181, 'a'))->side, 57);
  EXPECT_EQ(MakeQrCode(std::string(666, 'a'))->side, 97);
  EXPECT_FALSE(MakeQrCode(std::string(667, 'a')));
}

TEST(Qr, HasThreeCornersAndTheLinesBetweenThem) {
  for (const std::size_t length : {10u, 100u, 300u, 600u}) {
    const QrCode code = *MakeQrCode(std::string(length, '\xE9'));
    const int last = code.side - 7;
    for (const auto& [x, y] : {std::pair{0, 0}, std::pair{last, 0}, std::pair{0, last}}) {
      EXPECT_EQ(Row(code, y, x, 7), "#######");
      EXPECT_EQ(Row(code, y + 1, x, 7), "#.....#");
      EXPECT_EQ(Row(code, y + 3, x, 7), "#.###.#");
    }
    EXPECT_EQ(Row(code, 7, 0, 8), "........");
    for (int x = 8; x < last; ++x) EXPECT_EQ(code.At(x, 6), x % 2 == 0);
    EXPECT_TRUE(code.At(8, code.side - 8));
  }
}

TEST(Qr, IsDrawnAsRowsOfSquares) {
  const QrCode code{3, {true, true, false, false, false, true, true, false, true}};
  EXPECT_EQ(SvgPathOf(code, 4), "M4 4h2v1h-2zM6 5h1v1h-1zM4 6h1v1h-1zM6 6h1v1h-1z");
}

}  // namespace
}  // namespace daybook::work
