// `daybook init`: a new journal.
#include <ctime>
#include <filesystem>

#include "cli/command.h"
#include "cli/languages.h"
#include "cli/password.h"
#include "journal/journal.h"
#include "journal/setup.h"

namespace daybook::cli {
namespace {

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
    if (checked.problem.empty() && name == "language" && !HasTextsIn(checked.value))
      checked.problem = NoTextsIn(checked.value) + ".";
    if (!checked.problem.empty())
      return WrongUse("init", "--" + std::string(name) + ": " + checked.problem);
    *field = checked.value;
  }
  std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  if (journal::HasJournal(*home) && !journal::IsBlank(*home)) {
    Complain("There is a journal in " + home->root.string() + " already. It was left as it is.");
    return kFailed;
  }
  if (const std::string problem = PlaceProblem(home->root); !problem.empty()) {
    Complain(problem);
    return kFailed;
  }
  std::optional<std::string> password = NewPassword(arguments.Has("password-stdin"));
  if (!password) return kWrongUse;
  fresh.password_hash = journal::HashPassword(*password);
  journal::Journal made = journal::CreateJournal(*home, fresh, std::time(nullptr));
  Print("The journal “" + fresh.title + "” is in " + made.home.root.string() + ".");
  return kDone;
}

}  // namespace daybook::cli
