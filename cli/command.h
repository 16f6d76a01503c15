// What a command of `daybook` is: its name, what may follow it, and the function that runs it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "journal/home.h"
#include "journal/journal.h"
#include "text/console.h"

namespace daybook::cli {

using text::Arguments, text::Complain, text::Grouped, text::Print, text::Progress;
using text::kDone, text::kFailed, text::kWrongUse;

struct Option {
  std::string_view name;   // without "--"
  std::string_view value;  // what its value is called in the help; empty: a flag
  std::string_view help;   // one line, with what holds if it is not given
};

struct Command {
  std::string_view name;
  std::string_view usage;           // what follows "daybook NAME"
  std::string_view summary;         // one line
  std::span<const Option> options;  // --home is everybody's
  size_t least, most;               // words that are no options
  int (*run)(const Arguments& arguments);
};

[[nodiscard]] std::span<const Command> AllCommands();
[[nodiscard]] const Command* FindCommand(std::string_view name);

// "There is no command “comment”. Was “comments” meant?"
[[nodiscard]] std::string NoCommand(std::string_view name);

// Splits what follows the command's name: "--name value", "--name=value", "--" ends the options.
// Nothing: wrong use, and `problem` says what to type instead.
[[nodiscard]] std::optional<Arguments> ParseArguments(const Command& command,
                                                      std::span<const std::string> words,
                                                      std::string& problem);

// Complains, shows the command's use and gives kWrongUse.
int WrongUse(std::string_view command, std::string_view problem);

// One line of standard input without its end; nothing at its end.
[[nodiscard]] std::optional<std::string> ReadLine();

// Has daybook-work, beside this program, do a command of its own; comes back only where that cannot
// be started. (hand_over.cc)
[[nodiscard]] int HandOver(std::string_view command, const Arguments& arguments);

int RunInit(const Arguments& arguments);
int RunOpen(const Arguments& arguments);
int RunUpgrade(const Arguments& arguments);
int RunBounce(const Arguments& arguments);
int RunDkim(const Arguments& arguments);
int RunImport(const Arguments& arguments);
int RunBackup(const Arguments& arguments);
int RunRestore(const Arguments& arguments);
int RunCheck(const Arguments& arguments);
int RunExport(const Arguments& arguments);
int RunMedia(const Arguments& arguments);
int RunServe(const Arguments& arguments);
int RunSettings(const Arguments& arguments);
int RunComments(const Arguments& arguments);
int RunMigrate(const Arguments& arguments);
int RunVersion(const Arguments& arguments);
int RunEntry(const Arguments& arguments);
int RunMentions(const Arguments& arguments);
int RunWork(const Arguments& arguments);
int RunMail(const Arguments& arguments);
int RunDoctor(const Arguments& arguments);
int RunUser(const Arguments& arguments);
int RunHelp(const Arguments& arguments);

// Where the journal is, or nothing after a complaint.
[[nodiscard]] std::optional<journal::Home> HomeOf(const Arguments& arguments);

// The entry whose address, whole or from the journal's root, somebody typed; nothing after a
// complaint. (entry.cc)
[[nodiscard]] std::optional<journal::Id> EntryNamed(journal::Journal& opened,
                                                    const std::string& named);

}  // namespace daybook::cli
