// A password from the terminal, not shown while it is typed, or from a line of standard input.
#include "cli/password.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>

#include "cli/command.h"
#include "text/utf8.h"

namespace daybook::cli {
namespace {

// Asks on the terminal without showing what is typed.
std::optional<std::string> AskHidden(const char* question) {
  std::fputs(question, stderr);
  termios before;
  if (tcgetattr(STDIN_FILENO, &before) != 0) return std::nullopt;
  termios silent = before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  std::optional<std::string> line = ReadLine();
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
  std::fputc('\n', stderr);
  return line;
}

std::optional<std::string> PasswordProblem(const std::string& password) {
  size_t length = text::CountCodePoints(password);
  if (length < journal::kPasswordMin) {
    return "A password has at least " + std::to_string(journal::kPasswordMin) +
           " characters; this one has " + std::to_string(length) + ".";
  }
  if (password.size() > journal::kPasswordMax) {
    return "A password has at most " + std::to_string(journal::kPasswordMax) + " bytes.";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> NewPassword(bool from_stdin) {
  if (from_stdin) {
    std::optional<std::string> password = ReadLine();
    std::optional<std::string> problem = PasswordProblem(password.value_or(""));
    if (problem) {
      Complain(*problem);
      return std::nullopt;
    }
    return password;
  }
  if (isatty(STDIN_FILENO) != 1) {
    Complain("There is no terminal to ask for the password. Give it with --password-stdin.");
    return std::nullopt;
  }
  for (int i = 0; i < 3; ++i) {
    std::optional<std::string> password = AskHidden("Password (at least 10 characters): ");
    if (!password) return std::nullopt;
    if (std::optional<std::string> problem = PasswordProblem(*password)) {
      Complain(*problem);
    } else if (AskHidden("The same once more: ") == password) {
      return password;
    } else {
      Complain("The two differ. Type it again.");
    }
  }
  return std::nullopt;
}

}  // namespace daybook::cli
