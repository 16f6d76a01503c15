// The taint types: trust is given in one way only.
#include "text/safe.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace daybook::text {
namespace {

TEST(Checked, CannotBeMadeFromAPlainString) {
  static_assert(!std::is_convertible_v<std::string, SafeHtml>);
  static_assert(!std::is_constructible_v<SafeHtml, std::string>);
  static_assert(!std::is_convertible_v<SafeUrl, SafeHtml>);
  EXPECT_EQ(SafeHtml::Vouch("<b>x</b>").view(), "<b>x</b>");
}

}  // namespace
}  // namespace daybook::text
