// Words and lines of commands: see console.h.
#include "text/console.h"

#include <unistd.h>

#include <cstdio>

namespace daybook::text {

std::string Arguments::Get(std::string_view option, std::string_view otherwise) const {
  auto found = options.find(option);
  return found == options.end() ? std::string(otherwise) : found->second;
}

std::vector<std::string> WordsOf(const Arguments& arguments) {
  std::vector<std::string> words;
  for (const auto& [name, value] : arguments.options)
    words.push_back("--" + name + (value.empty() ? "" : "=" + value));
  words.emplace_back("--");
  words.insert(words.end(), arguments.rest.begin(), arguments.rest.end());
  return words;
}

Arguments ArgumentsOf(const std::vector<std::string>& words) {
  Arguments arguments;
  bool options_ended = false;
  for (const std::string& word : words) {
    if (options_ended) {
      arguments.rest.push_back(word);
    } else if (word == "--") {
      options_ended = true;
    } else if (word.starts_with("--")) {
      const size_t equals = word.find('=');
      arguments.options[word.substr(2, equals == std::string::npos ? equals : equals - 2)] =
          equals == std::string::npos ? "" : word.substr(equals + 1);
    }
  }
  return arguments;
}

void Print(std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
}

void Complain(std::string_view line) {
  std::fflush(stdout);
  std::fwrite("daybook: ", 1, 9, stderr);
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fputc('\n', stderr);
}

std::string Grouped(long long n) {
  std::string digits = std::to_string(n);
  for (size_t at = digits.size(); at > 3 + (n < 0 ? 1U : 0U);) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

Progress::Progress() : terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::Show(std::string_view line) {
  if (!terminal_) return;
  std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(line.size()), line.data());
  std::fflush(stderr);
  shown_ = true;
}

}  // namespace daybook::text
