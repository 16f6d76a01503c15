// How well the judge tells spam by its text alone: spam_splits FILE.jsonl [-v]
//
// Each line of FILE is {"set": "…", "spam": 0 or 1, "text": "…"}. For every set it prints what the
// judge makes of it when it was taught all other sets, and when it was taught nothing; -v also
// prints what was judged wrong. "Caught" is what is not published by itself.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <set>
#include <string>

#include "tests/tools/spam_sets.h"

namespace {

using namespace daybook::journal;

void Print(const char* what, const std::string& set, const SpamFigures& figures) {
  std::printf(
      "%-28s %-12s spam caught %5.1f %% (%d of %d; as spam %5.1f %%)   good caught %5.1f %% (%d of "
      "%d; as spam %d)\n",
      what, set.c_str(), 100.0 * figures.spam_caught / std::max(figures.spam, 1),
      figures.spam_caught, figures.spam, 100.0 * figures.spam_as_spam / std::max(figures.spam, 1),
      100.0 * figures.good_caught / std::max(figures.good, 1), figures.good_caught, figures.good,
      figures.good_as_spam);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: spam_splits FILE.jsonl [-v]\n", stderr);
    return 2;
  }
  const bool wordy = argc > 2 && std::strcmp(argv[2], "-v") == 0;
  const std::vector<LabelledText> texts = ReadLabelled(argv[1]);
  std::set<std::string> sets;
  for (const LabelledText& text : texts) sets.insert(text.set);
  const auto tell = [&](const LabelledText& text, double score) {
    if (wordy)
      std::printf("    %s %.3f %s\n", text.spam ? "missed" : "caught", score, text.text.c_str());
  };
  for (const std::string& set : sets)
    Print("taught the others", set, MeasureSplit(texts, set, true, tell));
  for (const std::string& set : sets)
    Print("taught nothing", set, MeasureSplit(texts, set, false, tell));
  return 0;
}
