// `daybook upgrade [FILE]` and `daybook upgrade --undo`; the owner's page has it run, too.
#include <ctime>
#include <filesystem>

#include "journal/home.h"
#include "templates/words.h"
#include "work/command.h"
#include "work/release.h"
#include "work/upgrade.h"

namespace daybook::work {

using text::Arguments, text::Complain, text::kDone, text::kFailed, text::kWrongUse, text::Print;

int RunUpgrade(const Arguments& arguments) {
  const auto home = journal::FindHome(arguments.Get("home"));
  if (!home) {
    Complain("Which journal? Name its folder with --home DIR, or set DAYBOOK_HOME.");
    return kWrongUse;
  }
  try {
    if (arguments.Has("undo")) {
      const journal::UpgradeState done = UndoUpgrade(*home, std::time(nullptr));
      Print("Daybook " + done.from + " is back in the place of " + done.to +
            ". What was written since is kept.");
      if (!done.what.empty())
        Print("It has no place for some of it (" + done.what + "), which stays in " +
              home->Backups().string() + ", in the file before-undo.");
      return kDone;
    }
    const std::filesystem::path file(arguments.rest.empty() ? "" : arguments.rest.front());
    const journal::UpgradeState done = Upgrade(*home, file, std::time(nullptr));
    if (done.step == journal::UpgradeState::Step::kNone) {
      Print("Daybook " + done.to + " of this release is in its place already.");
      return kDone;
    }
    Print("Daybook " + done.to + " is in the place of " + done.from + ".");
    if (done.schema_from != done.schema_to)
      Print("The database went from schema " + std::to_string(done.schema_from) + " to " +
            std::to_string(done.schema_to) + ".");
    Print("`daybook upgrade --undo` brings the one before back.");
    return kDone;
  } catch (const UpgradeTrouble& trouble) {
    const templates::Words words("en");
    const std::string* text = words.Lookup("admin.upgrade.why." + trouble.why);
    Complain(text == nullptr ? trouble.why : templates::Fill(*text, {{"what", trouble.what}}));
    return kFailed;
  }
}

}  // namespace daybook::work
