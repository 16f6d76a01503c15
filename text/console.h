// What the commands of both programs share: the words that one was given, and lines on the
// terminal. How words are taken apart is cli/command.h.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::text {

// Exit codes everywhere: 0 done, 1 failed, 2 wrong use (nothing was tried).
inline constexpr int kDone = 0, kFailed = 1, kWrongUse = 2;

struct Arguments {
  std::map<std::string, std::string, std::less<>> options;  // "title" -> "My journal"; a flag -> ""
  std::vector<std::string> rest;

  [[nodiscard]] bool Has(std::string_view option) const { return options.contains(option); }
  [[nodiscard]] std::string Get(std::string_view option, std::string_view otherwise = "") const;
};

// One word for each option, "--title=My journal" or "--json", then "--" and the rest; and back.
// Only between our own two programs: nothing is checked.
[[nodiscard]] std::vector<std::string> WordsOf(const Arguments& arguments);
[[nodiscard]] Arguments ArgumentsOf(const std::vector<std::string>& words);

// Lines on standard output and standard error.
void Print(std::string_view line);
void Complain(std::string_view line);

// A count with its digits grouped for reading.
[[nodiscard]] std::string Grouped(long long n);

// A line on the terminal that changes while long work goes on; nothing where standard error is no
// terminal.
class Progress {
 public:
  Progress();
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void Show(std::string_view line);

 private:
  bool terminal_;
  bool shown_ = false;
};

}  // namespace daybook::text
