// The table of all commands, and how what follows a command's name is taken apart.
#include "cli/command.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>

namespace daybook::cli {
namespace {

constexpr std::array kInit = {Option{"title", "T"},        Option{"url", "https://…"},
                              Option{"owner", "NAME"},     Option{"email", "A"},
                              Option{"language", "en"},    Option{"zone", "Europe/Dublin"},
                              Option{"password-stdin", ""}};
constexpr std::array kJson = {Option{"json", ""}};
constexpr std::array kComments = {Option{"json", ""}, Option{"status", "waiting"},
                                  Option{"limit", "N"}};
constexpr std::array kEntry = {Option{"json", ""}, Option{"title", "T"},
                               Option{"format", "markdown"}, Option{"date", "2007-03-19T08:15"}};
constexpr std::array kWork = {Option{"for", "SECONDS"}, Option{"status", ""}, Option{"json", ""}};

constexpr Option kImport[] = {{"format", "auto|wxr|mt|json"}, {"media", "DIR"}, {"dry-run", ""}};
constexpr Option kServe[] = {{"socket", "PATH"}, {"workers", "N"}};

constexpr std::array kCommands = {
    Command{"init",
            "[--home DIR] --title T --url https://… --owner NAME --email A [--password-stdin]",
            "Make a new journal", kInit, 0, 0, &RunInit},
    Command{"serve", "[--home DIR] --socket PATH [--workers N]", "Answer a web server's requests",
            kServe, 0, 0, &RunServe},
    Command{"import", "[--home DIR] FILE… [--format auto|wxr|mt|json] [--media DIR] [--dry-run]",
            "Take in the export of another journal", kImport, 1, 10'000, &RunImport},
    Command{"settings", "[--home DIR] [--json] list | get NAME | set NAME VALUE",
            "Show and change the settings", kJson, 1, 3, &RunSettings},
    Command{"comments",
            "[--home DIR] [--json] [--status waiting|public|spam|trash|all] [--limit N] list | "
            "show ID | approve ID… | spam ID… | delete ID… | restore ID… | retrain",
            "Show what readers sent, and decide", kComments, 1, 1000, &RunComments},
    Command{
        "entry",
        "[--home DIR] [--json] [--title T] [--format markdown|html|paragraphs|text] "
        "[--date 2007-03-19T08:15] publish FILE | change PATH FILE | delete PATH | restore PATH",
        "Publish, change and delete an entry; FILE - is standard input", kEntry, 2, 3, &RunEntry},
    Command{"mentions", "[--home DIR] [--json] list [PATH] | send PATH…",
            "Show and tell, by webmention, whom the entries link to", kJson, 1, 1000, &RunMentions},
    Command{"work", "[--home DIR] [--for SECONDS] [--status]",
            "Do what waits in the queue, then end", kWork, 0, 0, &RunWork},
    Command{"doctor", "[--home DIR] [--json]", "Check that everything is as it should be", kJson, 0,
            0, &RunDoctor},
    Command{"migrate",
            "[--home DIR]",
            "Bring the database to this program's edition",
            {},
            0,
            0,
            &RunMigrate},
    Command{"version", "", "Show the edition of this program", {}, 0, 0, &RunVersion},
    Command{"help", "[COMMAND]", "Show this list, or how to use one command", {}, 0, 1, &RunHelp},
};

const Option* FindOption(const Command& command, std::string_view name) {
  static constexpr Option kHome{"home", "DIR"};
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

std::string Arguments::Get(std::string_view option, std::string_view otherwise) const {
  auto found = options.find(option);
  return found == options.end() ? std::string(otherwise) : found->second;
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
    problem = "Something is missing.";
    return std::nullopt;
  }
  if (arguments.rest.size() > command.most) {
    problem = "“" + arguments.rest[command.most] +
              "” is one word too many. Put text with spaces in quotes.";
    return std::nullopt;
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

std::optional<journal::Home> HomeOf(const Arguments& arguments) {
  std::optional<journal::Home> home = journal::FindHome(arguments.Get("home"));
  if (!home) Complain("Which journal? Name its folder with --home DIR, or set DAYBOOK_HOME.");
  return home;
}

}  // namespace daybook::cli
