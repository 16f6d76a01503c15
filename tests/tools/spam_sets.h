// Labelled comments in sets, and what the judge makes of their text alone: for spam_splits and for
// tests. The counts are kept in memory by the rules of journal/judge_train.cc.
#pragma once

#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "journal/judge_tokens.h"
#include "journal/judge_weights.h"
#include "text/utf8.h"

namespace daybook::journal {

struct LabelledText {
  std::string set;
  bool spam = false;
  std::string text;
};

struct SpamFigures {
  int spam = 0, spam_caught = 0, spam_as_spam = 0;
  int good = 0, good_caught = 0, good_as_spam = 0;
};

// The value of a string of JSON that begins at `at`, after its quote.
inline std::string JsonString(const std::string& line, size_t at) {
  std::string value;
  char32_t high = 0;
  for (; at < line.size() && line[at] != '"'; ++at) {
    if (line[at] != '\\') {
      value += line[at];
      continue;
    }
    const char c = line[++at];
    if (c == 'u') {
      const auto unit = static_cast<char32_t>(std::stoul(line.substr(at + 1, 4), nullptr, 16));
      at += 4;
      if (unit >= 0xD800 && unit < 0xDC00) {
        high = unit;
      } else if (unit >= 0xDC00 && unit < 0xE000) {
        text::AppendUtf8(value, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      } else {
        text::AppendUtf8(value, unit);
      }
    } else {
      value += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' || c == 'f' ? ' ' : c;
    }
  }
  return value;
}

// Lines of {"set": "a", "spam": 1, "text": "b"}, in that order.
inline std::vector<LabelledText> ReadLabelled(const std::string& path) {
  std::vector<LabelledText> texts;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const size_t set = line.find("\"set\": \"");
    const size_t spam = line.find("\"spam\": ");
    const size_t text = line.find("\"text\": \"");
    if (set == std::string::npos || spam == std::string::npos || text == std::string::npos)
      continue;
    texts.push_back({JsonString(line, set + 8), line[spam + 8] == '1', JsonString(line, text + 9)});
  }
  return texts;
}

class TextJudge {
 public:
  void Learn(const std::string& text, bool spam) {
    Candidate candidate;
    candidate.body = text;
    for (const Token& token : ReadCandidate(candidate).tokens)
      ++(spam ? counts_[token.hash].bad : counts_[token.hash].good);
    ++(spam ? all_.bad : all_.good);
  }
  [[nodiscard]] double Score(const std::string& text) const {
    Candidate candidate;
    candidate.body = text;
    const Reading reading = ReadCandidate(candidate);
    std::vector<TokenCounts> counts;
    for (const Token& token : reading.tokens) {
      auto found = counts_.find(token.hash);
      counts.push_back(found == counts_.end() ? TokenCounts{} : found->second);
    }
    return 1 / (1 + std::exp(-Weigh(reading.tokens, counts, all_).log_odds));
  }

 private:
  std::map<std::int64_t, TokenCounts> counts_;
  TokenCounts all_;
};

// `tell` hears of each mistake.
inline SpamFigures MeasureSplit(const std::vector<LabelledText>& texts, const std::string& set,
                                bool taught,
                                const std::function<void(const LabelledText&, double)>& tell) {
  TextJudge judge;
  for (const LabelledText& text : texts) {
    if (taught && text.set != set) judge.Learn(text.text, text.spam);
  }
  SpamFigures figures;
  for (const LabelledText& text : texts) {
    if (text.set != set) continue;
    const double score = judge.Score(text.text);
    const bool caught = score >= kHoldScore;
    ++(text.spam ? figures.spam : figures.good);
    if (caught) ++(text.spam ? figures.spam_caught : figures.good_caught);
    if (score >= kSpamScore) ++(text.spam ? figures.spam_as_spam : figures.good_as_spam);
    if (caught != text.spam) tell(text, score);
  }
  return figures;
}

}  // namespace daybook::journal
