// The program `daybook`: finds the command and runs it. The commands are one file each; the site
// that answers requests is in handlers/.
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/serve.h"
#include "journal/guarded.h"

namespace daybook::cli {
namespace {

int Main(std::vector<std::string> words) {
  if (IsCgiRequest() || (words.empty() && StartedByWebServer())) return ServeWebServer();
  if (words.empty()) return WrongUse("", "Which command? `daybook help` shows all.");
  std::string name = words.front();
  words.erase(words.begin());
  if (name == "--help" || name == "-h") name = "help";
  if (name == "--version") name = "version";
  const Command* command = FindCommand(name);
  if (command == nullptr) return WrongUse("", NoCommand(name));
  for (const std::string& word : words) {
    if (word == "--") break;
    if (word == "--help" || word == "-h") return RunHelp({{}, {std::string(command->name)}});
  }
  std::string problem;
  std::optional<Arguments> arguments = ParseArguments(*command, words, problem);
  if (!arguments) return WrongUse(command->name, problem);
  return journal::Guarded([&] { return command->run(*arguments); });
}

}  // namespace
}  // namespace daybook::cli

int main(int argc, char** argv) {
  return daybook::cli::Main(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
