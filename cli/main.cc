// The program `daybook`: finds the command and runs it. The one place where errors of set-up and of
// the store become an exit code. The commands are one file each; the site that answers requests is
// in handlers/.
#include <cerrno>
#include <clocale>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/serve.h"
#include "sql/errors.h"
#include "text/config_error.h"

namespace daybook::cli {
namespace {

int RunCommand(const Command& command, const Arguments& arguments) {
  try {
    return command.run(arguments);
  } catch (const text::ConfigError& error) {
    Complain(error.what());
  } catch (const sql::DbError& error) {
    Complain(std::string("the database did not do it: ") + error.what());
    Complain("`daybook doctor` may know more.");
  } catch (const std::filesystem::filesystem_error& error) {
    Complain(error.path1().string() + ": " + error.code().message());
  } catch (const std::bad_alloc&) {
    Complain("there is not enough memory for this.");
  }
  return kFailed;
}

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
  return RunCommand(*command, *arguments);
}

}  // namespace
}  // namespace daybook::cli

int main(int argc, char** argv) {
  return daybook::cli::Main(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
