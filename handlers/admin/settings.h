// Settings as fields of a form: what the settings' page and that of the looks share.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/admin/site.h"
#include "journal/config.h"

namespace daybook::handlers::admin {

// What was typed into the fields of settings, and what is wrong with it, by name.
struct TypedSettings {
  std::map<std::string, std::string, std::less<>> typed, wrong;
  std::vector<std::pair<std::string_view, std::string>> changed;  // name, checked value
};

// The fields of a form with these settings (names with blanks between them) and `more`.
std::vector<fcgi::FormField> SettingFields(std::string_view names,
                                           std::initializer_list<std::string_view> more);
// A field that was not sent keeps its setting; a switch is off where its form was sent without it.
TypedSettings ReadSettings(const fcgi::Form& form, std::string_view names, const Frame& frame,
                           const journal::Config& config);
void AddSettings(templates::Block group, std::string_view names, const Frame& frame,
                 const journal::Settings& settings, const journal::Config& config,
                 const TypedSettings& typed);
// Public.
// With a line in the log for each.
void WriteSettings(sql::Tx& tx, const journal::Config& config, const TypedSettings& typed,
                   journal::Id who, journal::Seconds now);

}  // namespace daybook::handlers::admin
