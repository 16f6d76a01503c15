// Deflated bytes of the build are read back, and nothing else is.
#include "text/inflate.h"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

using std::string_literals::operator""s;

// "daybook daybook daybook\n", deflated.
const std::string kDeflated = "\x4b\x49\xac\x4c\xca\xcf\xcf\x56\x48\x41\xa5\xb9\x00"s;
constexpr size_t kSize = 24;

TEST(Inflate, GivesBackWhatTheBuildDeflated) {
  EXPECT_EQ(Inflate(kDeflated, kSize), "daybook daybook daybook\n");
}

TEST(Inflate, TakesNoOtherSizeAndNoOtherBytes) {
  EXPECT_EQ(Inflate(kDeflated, kSize - 1), "");
  EXPECT_EQ(Inflate(kDeflated, kSize + 1), "");
  EXPECT_EQ(Inflate(kDeflated.substr(0, kDeflated.size() - 3), kSize), "");
  EXPECT_EQ(Inflate("no deflate at all", kSize), "");
  EXPECT_EQ(Inflate("", kSize), "");
}

}  // namespace
}  // namespace daybook::text
