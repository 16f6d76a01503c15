// Checks typed values, loads and writes them. The table of what there is: settings_table.cc.
#include "journal/settings.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <string>
#include <utility>

#include "journal/permalink.h"
#include "sql/queries/mail.h"
#include "sql/queries/settings.h"
#include "sql/tx.h"
#include "text/dates.h"
#include "text/email.h"
#include "text/nearest.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

using Kind = SettingDef::Kind;

std::string Lower(std::string_view s) {
  std::string lower(s);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string Trimmed(std::string_view s) {
  constexpr std::string_view kBlank = " \t\r\n";
  size_t first = s.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return "";
  return std::string(s.substr(first, s.find_last_not_of(kBlank) - first + 1));
}

std::vector<std::string_view> Words(std::string_view s) {
  std::vector<std::string_view> words;
  while (true) {
    size_t first = s.find_first_not_of(" \t,");
    if (first == std::string_view::npos) return words;
    s.remove_prefix(first);
    size_t end = std::min(s.find_first_of(" \t,"), s.size());
    words.push_back(s.substr(0, end));
    s.remove_prefix(end);
  }
}

bool IsAlphanumeric(std::string_view s, size_t longest) {
  return !s.empty() && s.size() <= longest && std::all_of(s.begin(), s.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

CheckedValue Good(std::string value) { return {std::move(value)}; }
CheckedValue Bad(std::string problem, std::string_view why, std::string_view about = {}) {
  return {"", std::move(problem), why, std::string(about)};
}

// BCP 47 in short: "de", "pt-BR", "zh-Hant-TW". Parts get the case that is usual for them.
CheckedValue CheckLanguage(std::string_view typed) {
  std::string tag;
  std::string_view rest = typed;
  while (true) {
    size_t end = std::min(rest.find_first_of("-_"), rest.size());
    std::string part = Lower(rest.substr(0, end));
    bool first = tag.empty();
    if (!IsAlphanumeric(part, 8) || (first && (part.size() < 2 || part.size() > 3))) {
      return Bad("This needs a language's short name, as in en, de, pt-BR.", "language");
    }
    if (!first && part.size() == 2) {
      for (char& c : part) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    } else if (!first && part.size() == 4) {
      part[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(part[0])));
    }
    tag += (first ? "" : "-") + part;
    if (end == rest.size()) return Good(tag);
    rest.remove_prefix(end + 1);
  }
}

CheckedValue CheckUrl(std::string_view typed) {
  std::optional<text::SafeUrl> url = text::ParseWebUrl(typed);
  if (!url) return Bad("This needs the form https://example.com.", "url");
  text::UrlParts parts = text::SplitUrl(url->view());
  if (parts.query || parts.fragment)
    return Bad("This needs an address without “?” and “#”.", "url.query");
  std::string value = url->str();
  while (value.ends_with('/')) value.pop_back();
  if (value.find("//", value.find("://") + 3) != std::string::npos) {
    return Bad("This address has two “/” beside each other: take one away.", "slashes");
  }
  return Good(value);
}

CheckedValue CheckHostPort(std::string_view typed) {
  size_t colon = typed.rfind(':');
  unsigned port = 0;
  std::string_view digits = colon == std::string_view::npos ? "" : typed.substr(colon + 1);
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  std::optional<std::string> host =
      colon == std::string_view::npos ? std::nullopt : text::NormalHost(typed.substr(0, colon));
  if (!host || digits.empty() || error != std::errc() || end != digits.data() + digits.size() ||
      port < 1 || port > 65535) {
    return Bad(
        "“" + std::string(typed) + "”: this needs the form HOST:PORT, as in mail.example.org:587.",
        "host", typed);
  }
  return Good(*host + ":" + std::to_string(port));
}

CheckedValue CheckChoice(const SettingDef& def, std::string_view typed) {
  std::string value = Lower(typed);
  std::vector<std::string_view> choices = Words(def.choices);
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return Good(value);
  std::string list;
  for (size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) list += i + 1 == choices.size() ? " or " : ", ";
    list += choices[i];
  }
  return Bad("“" + std::string(typed) + "” is none of its values. Use " + list + ".", "choice",
             typed);
}

CheckedValue CheckNumber(const SettingDef& def, std::string_view typed) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  std::string range = std::to_string(def.min) + " to " + std::to_string(def.max);
  if (typed.empty() || error == std::errc::invalid_argument || end != typed.data() + typed.size()) {
    return Bad("“" + std::string(typed) + "” is no whole number. Use " + range + ".", "number",
               typed);
  }
  if (error != std::errc() || number < def.min || number > def.max)
    return Bad(std::string(typed) + " is out of range. Use " + range + ".", "number", typed);
  return Good(std::to_string(number));
}

CheckedValue CheckSwitch(std::string_view typed) {
  std::string value = Lower(typed);
  for (std::string_view yes : {"on", "yes", "true", "1"}) {
    if (value == yes) return Good("on");
  }
  for (std::string_view no : {"off", "no", "false", "0"}) {
    if (value == no) return Good("off");
  }
  return Bad("“" + std::string(typed) + "” is none of its values. Use on or off.", "choice", typed);
}

CheckedValue CheckColor(std::string_view typed) {
  std::string color = Lower(typed);
  bool hexadecimal = color.size() == 7 && color[0] == '#' &&
                     color.find_first_not_of("0123456789abcdef", 1) == std::string::npos;
  return hexadecimal ? Good(color) : Bad("This needs the form #1a5fb4.", "color");
}

CheckedValue CheckFolderName(std::string_view typed) {
  bool plain =
      typed.front() != '.' && std::all_of(typed.begin(), typed.end(), [](char c) {
        return IsAlphanumeric(std::string_view(&c, 1), 1) || c == '-' || c == '_' || c == '.';
      });
  return plain ? Good(std::string(typed))
               : Bad("A theme is named by its folder: letters, digits, - _ and . only.", "folder");
}

CheckedValue CheckHostPorts(std::string_view typed) {
  std::string list;
  for (std::string_view word : Words(typed)) {
    CheckedValue one = CheckHostPort(word);
    if (!one.problem.empty()) return one;
    list += (list.empty() ? "" : " ") + one.value;
  }
  return Good(list);
}

CheckedValue CheckText(const SettingDef& def, const std::string& value) {
  auto length = static_cast<std::int64_t>(text::CountCodePoints(value));
  if (length > def.max) {
    return Bad(std::to_string(length) + " characters; at most " + std::to_string(def.max) + ".",
               "long", std::to_string(length));
  }
  switch (def.kind) {
    case Kind::kUrl:
      return CheckUrl(value);
    case Kind::kLanguage:
      return CheckLanguage(value);
    case Kind::kColor:
      return CheckColor(value);
    case Kind::kName:
      return CheckFolderName(value);
    case Kind::kHostPort:
      return CheckHostPort(value);
    case Kind::kHostPorts:
      return CheckHostPorts(value);
    case Kind::kEmail: {
      std::optional<text::EmailAddress> email = text::ParseEmail(value);
      return email ? Good(email->str()) : Bad("This needs the form name@example.com.", "email");
    }
    case Kind::kZone:
      if (text::ZoneKnown(value)) return Good(value);
      return Bad(
          "This machine knows no zone “" + value + "”. Use a name like Europe/Dublin, or UTC.",
          "zone", value);
    case Kind::kPattern: {
      std::optional<PatternProblem> problem = CheckPattern(value);
      return problem ? Bad(problem->text, problem->why, problem->about) : Good(value);
    }
    case Kind::kContact: {
      const std::optional<text::EmailAddress> email = text::ParseEmail(value);
      if (email) return Good(email->str());
      const std::optional<text::SafeUrl> url = text::ParseWebUrl(value);
      return url ? Good(url->str())
                 : Bad("This needs the form name@example.com or https://example.com.", "contact");
    }
    case Kind::kPath:
      if (value.starts_with('/') && value.find("/../") == std::string::npos &&
          value.find('\0') == std::string::npos && !value.ends_with('/'))
        return Good(value);
      return Bad("This needs a file's whole path, as in /var/log/nginx/access.log.", "path");
    default:
      return Good(value);
  }
}

// Puts a value in its one form where it belongs.
void Apply(Settings& settings, const SettingDef& def, const std::string& value) {
  std::visit(
      [&](auto field) {
        auto& place = settings.*field;
        using T = std::remove_reference_t<decltype(place)>;
        if constexpr (std::is_same_v<T, std::string>) {
          place = value;
        } else if constexpr (std::is_same_v<T, bool>) {
          place = value == "on";
        } else if constexpr (std::is_enum_v<T>) {
          std::vector<std::string_view> choices = Words(def.choices);
          auto found = std::find(choices.begin(), choices.end(), value);
          if (found != choices.end()) place = static_cast<T>(found - choices.begin());
        } else {
          std::from_chars(value.data(), value.data() + value.size(), place);
        }
      },
      def.field);
}

}  // namespace

std::string_view NearestSetting(std::string_view name) {
  std::vector<std::string_view> names;
  for (const SettingDef& def : AllSettings()) names.push_back(def.name);
  return text::Nearest(name, names);
}

CheckedValue CheckSetting(const SettingDef& def, std::string_view typed) {
  if (!text::IsUtf8(typed)) return Bad("This is not UTF-8 text.", "text");
  std::string value = Trimmed(typed);
  if (std::any_of(value.begin(), value.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; })) {
    return Bad("This needs one line without control characters.", "text");
  }
  switch (def.kind) {
    case Kind::kNumber:
      return CheckNumber(def, value);
    case Kind::kSwitch:
      return CheckSwitch(value);
    case Kind::kChoice:
      return CheckChoice(def, value);
    default:
      break;
  }
  if (value.empty() && def.min == 0) return Good("");
  // The other kinds say themselves what they need.
  if (value.empty() && def.kind == Kind::kLine)
    return Bad("This cannot be empty. " + std::string(def.help) + ": type that.", "empty");
  return CheckText(def, value);
}

std::string Settings::BasePath() const {
  std::string path(text::SplitUrl(url).path);
  while (path.ends_with('/')) path.pop_back();
  return path;
}

std::string Settings::Origin() const {
  text::UrlParts parts = text::SplitUrl(url);
  if (!parts.scheme || !parts.authority) return "";
  return std::string(*parts.scheme) + "://" + std::string(*parts.authority);
}

Settings DefaultSettings() {
  Settings settings;
  for (const SettingDef& def : AllSettings()) Apply(settings, def, std::string(def.initial));
  return settings;
}

Settings LoadSettings(sql::Tx& tx, const Config& config) {
  Settings settings = DefaultSettings();
  sql::Rows rows = tx.Query(sql::query::kSettingsAll);
  while (rows.Step()) {
    const SettingDef* def = FindSetting(rows.Text(0));
    if (rows.Text(0) == kJournalId) settings.journal_id = rows.String(1);
    if (rows.Text(0) == kThemeEdition) settings.theme_edition = rows.String(1);
    if (def != nullptr && !def->file_only)
      Apply(settings, *def, rows.String(1));  // a newer program's settings are left alone
  }
  for (const ConfigLine& line : config.lines) {
    const SettingDef* def = FindSetting(line.key);
    std::string where = config.file + ", line " + std::to_string(line.line) + ": ";
    if (def == nullptr) {
      std::string_view nearest = NearestSetting(line.key);
      throw ConfigError(where + "there is no setting “" + line.key + "”." +
                        (nearest.empty() ? " `daybook settings list` shows all."
                                         : " Was “" + std::string(nearest) + "” meant?"));
    }
    CheckedValue checked = CheckSetting(*def, line.value);
    if (!checked.problem.empty()) throw ConfigError(where + line.key + ": " + checked.problem);
    Apply(settings, *def, checked.value);
  }
  return settings;
}

bool IsSettingSet(sql::Tx& tx, const Config& config, std::string_view name) {
  return config.Find(name) != nullptr || tx.Has(sql::query::kSettingIsSet, name);
}

std::string SettingText(const Settings& settings, const SettingDef& def) {
  return std::visit(
      [&](auto field) -> std::string {
        const auto& value = settings.*field;
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::string>) {
          return value;
        } else if constexpr (std::is_same_v<T, bool>) {
          return value ? "on" : "off";
        } else if constexpr (std::is_enum_v<T>) {
          return std::string(Words(def.choices)[static_cast<size_t>(value)]);
        } else {
          return std::to_string(value);
        }
      },
      def.field);
}

void NoteThemeChanged(sql::Tx& tx) {
  tx.MarkPublic();
  tx.Exec(sql::query::kSettingCountUp, kThemeEdition);
}

SetResult SetSetting(sql::Tx& tx, const Config& config, std::string_view name,
                     std::string_view value) {
  const SettingDef* def = FindSetting(name);
  if (def == nullptr) {
    std::string_view nearest = NearestSetting(name);
    std::string message = "There is no setting “" + std::string(name) + "”.";
    message += nearest.empty() ? " `daybook settings list` shows all."
                               : " Was “" + std::string(nearest) + "” meant?";
    return {SetOutcome::kUnknown, message};
  }
  if (const ConfigLine* line = config.Find(name)) {
    return {SetOutcome::kLocked, std::string(name) + " is set in " + config.file + ", line " +
                                     std::to_string(line->line) +
                                     ". Change it there, or take that line out."};
  }
  CheckedValue checked = CheckSetting(*def, value);
  if (!checked.problem.empty())
    return {SetOutcome::kRefused, std::string(name) + ": " + checked.problem};
  if (def->file_only) {
    return {SetOutcome::kLocked, std::string(name) + " is set only by a line of daybook.conf, " +
                                     "where nobody but this machine's owner can write."};
  }

  Settings before = LoadSettings(tx, config);
  Settings after = before;
  Apply(after, *def, checked.value);
  tx.Exec(sql::query::kSettingPut, name, checked.value);
  if (after.comments_close_days != before.comments_close_days) {
    tx.Exec(sql::query::kSettingCloseEntries, after.comments_close_days * 86400);
  }
  if (after.mail_sending && !before.mail_sending)
    tx.Exec(sql::query::kMailWake, static_cast<Seconds>(std::time(nullptr)));
  return {SetOutcome::kSet, "", after.BasePath() != before.BasePath()};
}

}  // namespace daybook::journal
