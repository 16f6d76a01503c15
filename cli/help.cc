// `daybook help` and `daybook version`.
#include <sqlite3.h>

#include "cli/command.h"
#include "text/utf8.h"

namespace daybook::cli {

int RunHelp(const Arguments& arguments) {
  if (!arguments.rest.empty()) {
    const Command* command = FindCommand(arguments.rest.front());
    if (command == nullptr) return WrongUse("help", NoCommand(arguments.rest.front()));
    Print(std::string(command->summary) + ".");
    Print("daybook " + std::string(command->name) + " " + std::string(command->usage));
    Print("");
    const auto show = [](std::string_view name, std::string_view value, std::string_view help) {
      std::string line =
          "  --" + std::string(name) + (value.empty() ? "" : " ") + std::string(value);
      const size_t wide = text::CountCodePoints(line);
      line.append(wide < 26 ? 26 - wide : 1, ' ');
      Print(line + std::string(help));
    };
    for (const Option& option : command->options) show(option.name, option.value, option.help);
    show("home", "DIR", "The journal's folder; that of the variable DAYBOOK_HOME if not given");
    return kDone;
  }
  Print("Daybook keeps a journal. Use: daybook COMMAND …");
  Print("");
  for (const Command& command : AllCommands()) {
    std::string name(command.name);
    name.resize(12, ' ');
    Print("  " + name + std::string(command.summary));
  }
  Print("");
  Print("The journal's folder is that of --home DIR, else of the variable DAYBOOK_HOME.");
  return kDone;
}

int RunVersion(const Arguments&) {
  Print("daybook " DAYBOOK_VERSION);
  Print(std::string("SQLite ") + sqlite3_libversion());
  return kDone;
}

}  // namespace daybook::cli
