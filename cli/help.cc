// `daybook help` and `daybook version`.
#include <sqlite3.h>

#include "cli/command.h"

namespace daybook::cli {

int RunHelp(const Arguments& arguments) {
  if (!arguments.rest.empty()) {
    const Command* command = FindCommand(arguments.rest.front());
    if (command == nullptr) {
      return WrongUse("help", "There is no command “" + arguments.rest.front() +
                                  "”. `daybook help` shows all.");
    }
    Print(std::string(command->summary) + ".");
    Print("daybook " + std::string(command->name) + " " + std::string(command->usage));
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
