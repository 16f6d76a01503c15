// `daybook settings list | get NAME | set NAME VALUE`.
#include "journal/settings.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/languages.h"
#include "cli/render_again.h"
#include "journal/journal.h"

namespace daybook::cli {
namespace {

using journal::SettingDef;

int List(journal::Journal& opened, bool json) {
  const journal::Settings settings = opened.Load();
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const SettingDef& def : journal::AllSettings()) {
    std::string value = journal::SettingText(settings, def);
    if (def.kind == SettingDef::Kind::kSecret && !value.empty()) value = "(set)";
    const journal::ConfigLine* lock = opened.config.Find(def.name);
    if (json) {
      all.push_back({{"name", def.name},
                     {"value", value},
                     {"default", def.initial},
                     {"choices", def.choices},
                     {"locked", lock != nullptr},
                     {"help", def.help}});
      continue;
    }
    std::string line = std::string(def.name) + " = " + value;
    if (line.size() < 40) line.resize(40, ' ');
    line += "  # " + std::string(def.help);
    if (lock != nullptr) line += " (set in daybook.conf, line " + std::to_string(lock->line) + ")";
    Print(line);
  }
  if (json) Print(all.dump(1));
  return kDone;
}

int Get(journal::Journal& opened, const std::string& name, bool json) {
  const SettingDef* def = journal::FindSetting(name);
  if (def == nullptr) {
    std::string_view nearest = journal::NearestSetting(name);
    return WrongUse("settings",
                    "There is no setting “" + name + "”." +
                        (nearest.empty() ? " `daybook settings list` shows all."
                                         : " Was “" + std::string(nearest) + "” meant?"));
  }
  std::string value = journal::SettingText(opened.Load(), *def);
  Print(json ? nlohmann::ordered_json(value).dump() : value);
  return kDone;
}

// Whether pages can be in this language: it was shipped, or the owner's theme brings texts of its
// own.
bool PagesSpeak(const journal::Home& home, const std::string& theme, std::string_view tag) {
  if (HasTextsIn(tag)) return true;
  std::error_code error;
  return std::filesystem::exists(home.Theme(theme) / "words.txt", error);
}

int Set(journal::Journal& opened, const std::string& name, std::string value, bool json) {
  const SettingDef* def = journal::FindSetting(name);
  if (def != nullptr && def->kind == SettingDef::Kind::kLanguage) {
    const journal::CheckedValue checked = journal::CheckSetting(*def, value);
    if (checked.problem.empty() && !PagesSpeak(opened.home, opened.Load().theme, checked.value)) {
      Complain(NoTextsIn(checked.value) + ", or put texts of your own into theme/words.txt first.");
      return kWrongUse;
    }
  }
  if (def != nullptr && def->kind == SettingDef::Kind::kSecret && value == "-")
    value = ReadLine().value_or("");
  journal::SetResult result = opened.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    return journal::SetSetting(tx, opened.config, name, value);
  });
  switch (result.outcome) {
    case journal::SetOutcome::kSet:
      break;
    case journal::SetOutcome::kLocked:
      Complain(result.message);
      return kFailed;
    case journal::SetOutcome::kUnknown:
    case journal::SetOutcome::kRefused:
      Complain(result.message);
      return kWrongUse;
  }
  if (result.render_again) RenderAgain(opened);
  if (def == nullptr || def->kind == SettingDef::Kind::kSecret) return kDone;
  // A value may be kept in another form than the one that was typed.
  const std::string kept = journal::SettingText(opened.Load(), *def);
  Print(json ? nlohmann::ordered_json(kept).dump() : name + " = " + kept);
  return kDone;
}

}  // namespace

int RunSettings(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.rest;
  size_t wanted = words[0] == "list" ? 1 : words[0] == "get" ? 2 : words[0] == "set" ? 3 : 0;
  if (wanted == 0) return WrongUse("settings", "“" + words[0] + "” is none of list, get, set.");
  if (words.size() != wanted) {
    return WrongUse("settings", words.size() < wanted ? "`settings " + words[0] + "` needs NAME" +
                                                            (wanted == 3 ? " and VALUE." : ".")
                                                      : "There is one word too many.");
  }
  std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  journal::Journal opened = journal::OpenJournal(*home);
  if (wanted == 1) return List(opened, arguments.Has("json"));
  if (wanted == 2) return Get(opened, words[1], arguments.Has("json"));
  return Set(opened, words[1], words[2], arguments.Has("json"));
}

}  // namespace daybook::cli
