// `daybook init`: a new journal.
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <filesystem>

#include "cli/command.h"
#include "journal/journal.h"
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

// Nothing: there was a complaint.
std::optional<std::string> Password(bool from_stdin) {
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

// What keeps a journal from being made in this folder; empty: nothing does.
std::string PlaceProblem(const std::filesystem::path& root) {
  std::error_code error;
  if (std::filesystem::exists(root, error) && !std::filesystem::is_directory(root, error))
    return root.string() + " is a file. Name a folder with --home.";
  const std::filesystem::path whole = std::filesystem::weakly_canonical(root, error);
  for (std::filesystem::path up = whole; up.has_relative_path();) {
    up = up.parent_path();
    if (std::filesystem::is_directory(up, error) || !std::filesystem::exists(up, error)) {
      if (!journal::HasJournal({up})) continue;
      return root.string() + " is inside the journal in " + up.string() +
             ". Name a folder outside of it.";
    }
    return up.string() + " is a file. Name a folder with --home.";
  }
  return "";
}

}  // namespace

int RunInit(const Arguments& arguments) {
  journal::NewJournal fresh;
  const std::pair<std::string_view, std::string*> fields[] = {
      {"title", &fresh.title}, {"url", &fresh.url},           {"owner", &fresh.owner},
      {"email", &fresh.email}, {"language", &fresh.language}, {"zone", &fresh.zone},
  };
  for (const auto& [name, field] : fields) {
    if (arguments.Has(name)) *field = arguments.Get(name);
    if (field->empty() && name == "zone") continue;  // an import may know it
    if (field->empty()) return WrongUse("init", "--" + std::string(name) + " is missing.");
    journal::CheckedValue checked = journal::CheckSetting(*journal::FindSetting(name), *field);
    if (!checked.problem.empty())
      return WrongUse("init", "--" + std::string(name) + ": " + checked.problem);
    *field = checked.value;
  }
  std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  if (journal::HasJournal(*home)) {
    Complain("There is a journal in " + home->root.string() + " already. It was left as it is.");
    return kFailed;
  }
  if (const std::string problem = PlaceProblem(home->root); !problem.empty()) {
    Complain(problem);
    return kFailed;
  }
  std::optional<std::string> password = Password(arguments.Has("password-stdin"));
  if (!password) return kWrongUse;
  fresh.password_hash = journal::HashPassword(*password);
  journal::Journal made = journal::CreateJournal(*home, fresh, std::time(nullptr));
  Print("The journal “" + fresh.title + "” is in " + made.home.root.string() + ".");
  return kDone;
}

}  // namespace daybook::cli
