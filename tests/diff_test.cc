// What changed between two texts.
#include "text/diff.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::text {
namespace {

using Kind = DiffPart::Kind;

std::string Show(std::string_view before, std::string_view after) {
  std::string shown;
  for (const DiffPart& part : Diff(before, after)) {
    if (part.kind == Kind::kSame) shown += part.text;
    if (part.kind == Kind::kGone) shown += "[-" + part.text + "-]";
    if (part.kind == Kind::kNew) shown += "{+" + part.text + "+}";
  }
  return shown;
}

void ExpectWhole(std::string_view before, std::string_view after) {
  std::string old_text, new_text;
  for (const DiffPart& part : Diff(before, after)) {
    if (part.kind != Kind::kNew) old_text += part.text;
    if (part.kind != Kind::kGone) new_text += part.text;
  }
  EXPECT_EQ(old_text, before);
  EXPECT_EQ(new_text, after);
}

TEST(Diff, ShowsTheWordsThatChanged) {
  EXPECT_EQ(Show("The cat sat.\n", "The dog sat.\n"), "The [-cat -]{+dog +}sat.\n");
  EXPECT_EQ(Show("one\ntwo\nthree\n", "one\nthree\n"), "one\n[-two\n-]three\n");
  EXPECT_EQ(Show("one\n", "one\nand more\n"), "one\n{+and more\n+}");
  EXPECT_EQ(Show("same", "same"), "same");
  EXPECT_EQ(Show("", "new"), "{+new+}");
  EXPECT_EQ(Show("", ""), "");
}

TEST(Diff, GivesBothTextsBackWhole) {
  ExpectWhole("a b c\nd e f\n\ng", "a x c\n\ng h\nd e f\n");
  std::string long_a, long_b;
  for (int i = 0; i < 5000; ++i) {
    long_a += std::to_string(i * 7 % 1001) + (i % 11 == 0 ? "\n" : " ");
    long_b += std::to_string(i * 13 % 997) + (i % 13 == 0 ? "\n" : " ");
  }
  ExpectWhole(long_a, long_b);
  ExpectWhole(std::string(100'000, '\n') + "a", std::string(90'000, '\n') + "b\nc");
}

TEST(Diff, EndsSoonWhateverTheTexts) {
  std::string a, b;
  for (int i = 0; i < 200'000; ++i) {
    a += "a\n";
    b += i % 2 == 0 ? "b\n" : "a \n";
  }
  ExpectWhole(a, b);
}

}  // namespace
}  // namespace daybook::text
