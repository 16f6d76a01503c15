// The table of all commands, and how what follows a command's name is taken apart.
#include "cli/command.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>

#include "text/nearest.h"

namespace daybook::cli {
namespace {

constexpr Option kJsonOption{"json", "", "Answer with JSON, for programs"};
constexpr std::array kInit = {
    Option{"title", "T", "The journal's title"},
    Option{"url", "https://…", "Its address, with the folder if it is in one"},
    Option{"owner", "NAME", "Your name, as readers see it"},
    Option{"email", "A", "Your email address, for signing in and for messages"},
    Option{"language", "en", "The language of the pages; en if not given"},
    Option{"zone", "Europe/Dublin",
           "The time zone; UTC if not given, until an import knows better"},
    Option{"password-stdin", "", "Read the password from standard input instead of asking for it"}};
constexpr std::array kJson = {kJsonOption};
constexpr std::array kComments = {
    kJsonOption,
    Option{"status", "waiting", "List waiting, public, spam, trash or all; waiting if not given"},
    Option{"limit", "N", "List that many at most; 50 if not given"}};
constexpr std::array kEntry = {
    kJsonOption, Option{"title", "T", "The entry's title; none if not given"},
    Option{"format", "markdown", "What FILE is: markdown, html, paragraphs or text"},
    Option{"date", "2007-03-19T08:15",
           "When it is public, in the journal's zone; now if not given"}};
constexpr std::array kUser = {
    Option{"email", "A", "Of somebody new: the address for signing in"},
    Option{"role", "author", "Of somebody new: author, editor or owner; author if not given"},
    Option{"may-publish", "", "An author who publishes; without it, their drafts are handed in"},
    Option{"password-stdin", "", "Read the password from standard input instead of asking for it"},
    kJsonOption};
constexpr std::array kWork = {
    Option{"for", "SECONDS", "Wait that long for more work; end when nothing waits if not given"},
    Option{"status", "", "Only show what waits"}, kJsonOption};
constexpr std::array kImport = {
    Option{"format", "auto",
           "What the files are: auto, wxr, mt, json or markdown; auto if not given"},
    Option{"media", "DIR", "The folder with the old journal's pictures and files"},
    Option{"dry-run", "", "Only report what would be taken; nothing is written"}};
constexpr std::array kExport = {Option{
    "format", "json",
    "json, markdown: everything; wxr: for WordPress; mt: Movable Type; static: pages in a folder"}};
constexpr std::array kBackup = {Option{"list", "", "Only show the backups that there are"},
                                kJsonOption};
constexpr std::array kUpgrade = {
    Option{"undo", "", "Bring back the programs from before the last upgrade"}};
constexpr std::array kServe = {Option{"socket", "PATH", "The socket on which the web server asks"},
                               Option{"workers", "N", "How many processes answer; 2 if not given"}};

constexpr std::array kCommands = {
    Command{"init",
            "[--home DIR] --title T --url https://… --owner NAME --email A [--password-stdin]",
            "Make a new journal", kInit, 0, 0, &RunInit},
    Command{"serve", "[--home DIR] --socket PATH [--workers N]", "Answer a web server's requests",
            kServe, 0, 0, &RunServe},
    Command{"import",
            "[--home DIR] FILE… [--format auto|wxr|mt|json|markdown] [--media DIR] [--dry-run]",
            "Take in the export of another journal", kImport, 1, 10'000, &RunImport},
    Command{"export", "[--home DIR] --format json|markdown|wxr|mt|static OUT",
            "Write the journal in a form that other programs take", kExport, 1, 1, &RunExport},
    Command{"backup", "[--home DIR] [--json] [--list] [FILE or DIR]",
            "Make one file of the whole journal in its backups folder, and a copy where named",
            kBackup, 0, 1, &RunBackup},
    Command{"restore",
            "[--home DIR] FILE",
            "Check a backup and put it in the journal's place; what was there is kept",
            {},
            1,
            1,
            &RunRestore},
    Command{"check", "[--home DIR] [--json] [FILE]",
            "Prove that the journal, or a backup, is whole", kJson, 0, 1, &RunCheck},
    Command{"settings", "[--home DIR] [--json] list | get NAME | set NAME VALUE",
            "Show and change the settings", kJson, 1, 3, &RunSettings},
    Command{"comments",
            "[--home DIR] [--json] [--status waiting|public|spam|trash|all] [--limit N] list | "
            "show ID… | approve ID… | spam ID… | delete ID… | restore ID… | retrain",
            "Show what readers sent, and decide", kComments, 1, 1000, &RunComments},
    Command{"media", "[--home DIR] [--json] list | check",
            "Show the library, and what is missing in it", kJson, 1, 1, &RunMedia},
    Command{
        "entry",
        "[--home DIR] [--json] [--title T] [--format markdown|html|paragraphs|text] "
        "[--date 2007-03-19T08:15] publish FILE | change PATH FILE | delete PATH | restore PATH",
        "Publish, change and delete an entry; FILE - is standard input", kEntry, 2, 3, &RunEntry},
    Command{"user",
            "[--home DIR] [--json] list | add NAME --email A [--role author|editor|owner] "
            "[--may-publish] [--password-stdin] | password WHO | role WHO ROLE | remove WHO | "
            "sessions WHO | sign-out WHO | codes-off WHO",
            "Show and change who may sign in; WHO is an email address or a name of the list", kUser,
            1, 3, &RunUser},
    Command{"mentions", "[--home DIR] [--json] list [PATH] | send PATH…",
            "Show and tell, by webmention, whom the entries link to", kJson, 1, 1000, &RunMentions},
    Command{"work", "[--home DIR] [--for SECONDS] [--status]",
            "Do what waits in the queue, then end", kWork, 0, 0, &RunWork},
    Command{"bounce",
            "[--home DIR] [RECIPIENT]",
            "Read from standard input a mail that says that one of ours did not arrive",
            {},
            0,
            1,
            &RunBounce},
    Command{"dkim",
            "[--home DIR]",
            "Make the key that signs the journal's mail, and show its DNS record",
            {},
            0,
            0,
            &RunDkim},
    Command{"mail",
            "[--home DIR] test ADDRESS | end | begin | records",
            "Send a test mail, end mail or begin again, look up its DNS records",
            {},
            1,
            2,
            &RunMail},
    Command{"doctor", "[--home DIR] [--json]", "Check that everything is as it should be", kJson, 0,
            0, &RunDoctor},
    Command{"upgrade", "[--home DIR] [FILE] | --undo",
            "Put another release's programs in the place of these, or those from before back",
            kUpgrade, 0, 1, &RunUpgrade},
    Command{"migrate",
            "[--home DIR]",
            "Bring the database to this program's edition",
            {},
            0,
            0,
            &RunMigrate},
    Command{"open",
            "[--home DIR]",
            "Show the journal on this machine: start a web server on 127.0.0.1",
            {},
            0,
            0,
            &RunOpen},
    Command{"version", "", "Show the edition of this program", {}, 0, 0, &RunVersion},
    Command{"help", "[COMMAND]", "Show this list, or how to use one command", {}, 0, 1, &RunHelp},
};

// What a command wants that was given too few words.
std::string Missing(const Command& command) {
  if (command.name == "import") return "`import` needs the FILE to read.";
  if (command.name == "export") return "`export` needs the file or folder to write.";
  if (command.name == "restore") return "`restore` needs the FILE to read.";
  if (command.name == "settings") return "`settings` needs list, get or set.";
  if (command.name == "media") return "`media` needs list or check.";
  if (command.name == "mail") return "`mail` needs test, end, begin or records.";
  if (command.name == "user")
    return "`user` needs list, add, password, role, remove, sessions, sign-out or codes-off.";
  if (command.name == "mentions") return "`mentions` needs list or send.";
  if (command.name == "entry")
    return "`entry` needs publish, change, delete or restore, and then a FILE or PATH.";
  return "`comments` needs list, show, approve, spam, delete, restore or retrain.";
}

const Option* FindOption(const Command& command, std::string_view name) {
  static constexpr Option kHome{"home", "DIR", {}};
  if (name == kHome.name) return &kHome;
  auto found = std::find_if(command.options.begin(), command.options.end(),
                            [&](const Option& option) { return option.name == name; });
  return found == command.options.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Command> AllCommands() { return kCommands; }

const Command* FindCommand(std::string_view name) {
  auto found = std::find_if(kCommands.begin(), kCommands.end(),
                            [&](const Command& command) { return command.name == name; });
  return found == kCommands.end() ? nullptr : &*found;
}

std::string NoCommand(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command& command : kCommands) names.push_back(command.name);
  const std::string_view nearest = text::Nearest(name, names);
  return "There is no command “" + std::string(name) + "”." +
         (nearest.empty() ? " `daybook help` shows all."
                          : " Was “" + std::string(nearest) + "” meant?");
}

std::optional<Arguments> ParseArguments(const Command& command, std::span<const std::string> words,
                                        std::string& problem) {
  Arguments arguments;
  bool options_ended = false;
  for (size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    if (!options_ended && word == "--") {
      options_ended = true;
      continue;
    }
    if (options_ended || !word.starts_with("--")) {
      arguments.rest.emplace_back(word);
      continue;
    }
    size_t equals = word.find('=');
    std::string name(word.substr(2, equals == std::string_view::npos ? equals : equals - 2));
    const Option* option = FindOption(command, name);
    if (option == nullptr) {
      problem = "`" + std::string(command.name) + "` has no option --" + name + ".";
      return std::nullopt;
    }
    std::string value;
    if (option->value.empty()) {
      if (equals != std::string_view::npos) {
        problem = "--" + name + " takes no value.";
        return std::nullopt;
      }
    } else if (equals != std::string_view::npos) {
      value = word.substr(equals + 1);
    } else if (i + 1 < words.size()) {
      value = words[++i];
    } else {
      problem = "--" + name + " needs a value: --" + name + " " + std::string(option->value) + ".";
      return std::nullopt;
    }
    arguments.options[name] = value;
  }
  if (arguments.rest.size() < command.least) {
    problem = Missing(command);
    return std::nullopt;
  }
  if (arguments.rest.size() > command.most) {
    problem = "“" + arguments.rest[command.most] +
              "” is one word too many. Put text with spaces in quotes.";
    return std::nullopt;
  }
  return arguments;
}

int WrongUse(std::string_view command, std::string_view problem) {
  Complain(problem);
  const Command* found = FindCommand(command);
  if (found != nullptr) {
    Complain("Use: daybook " + std::string(found->name) + (found->usage.empty() ? "" : " ") +
             std::string(found->usage));
  }
  return kWrongUse;
}

std::optional<std::string> ReadLine() {
  std::string line;
  int c = 0;
  while ((c = std::fgetc(stdin)) != EOF && c != '\n') line += static_cast<char>(c);
  if (c == EOF && line.empty()) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::optional<journal::Home> HomeOf(const Arguments& arguments) {
  std::optional<journal::Home> home = journal::FindHome(arguments.Get("home"));
  if (!home) Complain("Which journal? Name its folder with --home DIR, or set DAYBOOK_HOME.");
  return home;
}

}  // namespace daybook::cli
