// `daybook doctor`: what the doctor finds (handlers/doctor.h), on the terminal or as JSON. What
// only a request can tell is on the owner's page.
#include "handlers/doctor.h"

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "sql/errors.h"
#include "templates/words.h"
#include "text/config_error.h"

namespace daybook::cli {
namespace {

using handlers::Finding;

// English where the journal cannot say what it speaks.
std::string LanguageOf(const journal::Home& home) {
  if (!journal::HasJournal(home)) return "en";
  try {
    return journal::OpenJournal(home).Load().language;
  } catch (const text::ConfigError&) {
  } catch (const sql::DbError&) {
  }
  return "en";
}

}  // namespace

int RunDoctor(const Arguments& arguments) {
  std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  static constexpr std::string_view kStates[] = {"good", "warning", "bad"};
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  bool bad = false;
  const templates::Words words(LanguageOf(*home));
  for (const Finding& finding : handlers::Examine(*home, words)) {
    std::string_view state = kStates[static_cast<size_t>(finding.state)];
    bad = bad || finding.state == Finding::State::kBad;
    if (arguments.Has("json")) {
      list.push_back({{"name", finding.name},
                      {"state", state},
                      {"text", finding.text},
                      {"mend", finding.mend}});
      continue;
    }
    Print(std::string(state) + std::string(9 - state.size(), ' ') + finding.name + ": " +
          finding.text);
    if (!finding.mend.empty()) Print("         " + finding.mend);
  }
  if (arguments.Has("json")) Print(list.dump(1));
  return bad ? kFailed : kDone;
}

}  // namespace daybook::cli
