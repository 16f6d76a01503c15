// What the judge makes of ordinary comments before anybody has taught it:
// fixtures/good_comments.txt. What it catches is measured on labelled sets (judge_train_test.cc,
// bench/spam_splits.cc).
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/tools/spam_sets.h"

namespace daybook::journal {
namespace {

TEST(JudgeUntaught, LetsNearlyAllOrdinaryCommentsThroughAndTakesNoneForSpam) {
  std::ifstream file(std::string(DAYBOOK_SOURCE_DIR) + "/tests/fixtures/good_comments.txt");
  const TextJudge judge;
  int count = 0;
  std::string held;
  int held_count = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    ++count;
    const double score = judge.Score(line);
    EXPECT_LT(score, kSpamScore) << line;
    if (score < kHoldScore) continue;
    ++held_count;
    held += line + "\n";
  }
  EXPECT_GE(count, 40);
  EXPECT_LE(held_count, count / 20) << held;
}

TEST(JudgeUntaught, HearsTheDifferenceBetweenAReportAndAnAppeal) {
  const TextJudge judge;
  EXPECT_LT(judge.Score("I subscribe to two newspapers, and neither of them mentioned it."),
            kHoldScore);
  EXPECT_GE(judge.Score("Please subscribe to my channel, I have two new videos"), kHoldScore);
}

}  // namespace
}  // namespace daybook::journal
