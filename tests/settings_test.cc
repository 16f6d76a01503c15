// Every setting: defaults, checks, the way into the database and back, and what daybook.conf does
// to it.
#include "journal/settings.h"

#include <set>

#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

// A value that a setting takes and that is not its default.
std::string OtherValue(const SettingDef& def) {
  using Kind = SettingDef::Kind;
  switch (def.kind) {
    case Kind::kLine:
    case Kind::kSecret:
      return "Ännä’s “words” & <more>";
    case Kind::kUrl:
      return "https://example.net/blog";
    case Kind::kEmail:
      return "someone@example.net";
    case Kind::kLanguage:
      return "pt-BR";
    case Kind::kZone:
      return "Europe/Dublin";
    case Kind::kPattern:
      return "/{year}/{slug}/";
    case Kind::kColor:
      return "#1a5fb4";
    case Kind::kName:
      return "night";
    case Kind::kHostPort:
      return "mail.example.net:587";
    case Kind::kHostPorts:
      return "127.0.0.1:8080 [::1]:9090";
    case Kind::kContact:
      return "https://example.net/security";
    case Kind::kPath:
      return "/var/log/nginx/access.log";
    case Kind::kNumber:
      return std::to_string(def.initial == std::to_string(def.max) ? def.min : def.max);
    case Kind::kSwitch:
      return def.initial == "on" ? "off" : "on";
    case Kind::kChoice:
      return std::string(def.choices.substr(def.choices.rfind(' ') + 1));
  }
  return "";
}

class SettingsTest : public JournalTest {
 protected:
  SetResult Try(std::string_view name, std::string_view value) {
    return Write([&](sql::Tx& tx) { return SetSetting(tx, config_, name, value); });
  }
  Settings Loaded() {
    return Read([&](sql::Tx& tx) { return LoadSettings(tx, config_); });
  }
};

TEST_F(SettingsTest, EveryDefaultIsAValueThatItsSettingTakes) {
  std::set<std::string_view> names;
  for (const SettingDef& def : AllSettings()) {
    EXPECT_TRUE(names.insert(def.name).second) << def.name;
    EXPECT_FALSE(def.help.empty()) << def.name;
    EXPECT_EQ(SettingText(DefaultSettings(), def), def.initial) << def.name;
    if (def.name == "url") continue;  // nobody can know it before it is said
    CheckedValue checked = CheckSetting(def, def.initial);
    EXPECT_EQ(checked.problem, "") << def.name;
    EXPECT_EQ(checked.value, def.initial) << def.name;
  }
}

TEST_F(SettingsTest, EverySettingSurvivesTheWayIntoTheDatabaseAndBack) {
  for (const SettingDef& def : AllSettings()) {
    std::string value = OtherValue(def);
    ASSERT_NE(value, def.initial) << def.name;
    SetResult result = Try(def.name, value);
    if (def.file_only) {
      EXPECT_EQ(result.outcome, SetOutcome::kLocked) << def.name;
      EXPECT_EQ(SettingText(Loaded(), def), def.initial) << def.name;
      continue;
    }
    EXPECT_EQ(result.outcome, SetOutcome::kSet) << def.name << ": " << result.message;
    EXPECT_EQ(SettingText(Loaded(), def), value) << def.name;
  }
  Settings all = Loaded();
  for (const SettingDef& def : AllSettings()) {
    if (def.file_only) continue;
    EXPECT_EQ(SettingText(all, def), OtherValue(def)) << def.name;
  }
}

TEST_F(SettingsTest, EveryChoiceCanBeChosen) {
  for (const SettingDef& def : AllSettings()) {
    if (def.kind != SettingDef::Kind::kChoice) continue;
    std::string_view rest = def.choices;
    while (!rest.empty()) {
      std::string choice(rest.substr(0, rest.find(' ')));
      rest.remove_prefix(std::min(choice.size() + 1, rest.size()));
      EXPECT_EQ(Try(def.name, choice).outcome, SetOutcome::kSet) << def.name << " " << choice;
      EXPECT_EQ(SettingText(Loaded(), def), choice);
    }
  }
}

TEST_F(SettingsTest, EverySettingIsLockedByItsLineInDaybookConf) {
  for (const SettingDef& def : AllSettings()) {
    config_ =
        ParseConfig(std::string(def.name) + " = \"" + OtherValue(def) + "\"\n", "daybook.conf");
    EXPECT_EQ(SettingText(Loaded(), def), OtherValue(def)) << def.name;
    SetResult result = Try(def.name, def.initial);
    EXPECT_EQ(result.outcome, SetOutcome::kLocked) << def.name;
    EXPECT_NE(result.message.find("line 1"), std::string::npos) << result.message;
  }
}

TEST_F(SettingsTest, ALineOfDaybookConfThatMeansNothingStopsWithItsNumber) {
  for (const char* text : {"\ntitel = x", "\ncomments = perhaps", "\nurl = ftp://x.example"}) {
    config_ = ParseConfig(text, "daybook.conf");
    try {
      (void)Loaded();
      FAIL() << text;
    } catch (const ConfigError& error) {
      EXPECT_TRUE(std::string_view(error.what()).starts_with("daybook.conf, line 2: "))
          << error.what();
    }
  }
}

TEST_F(SettingsTest, WhatASettingDoesNotTakeIsRefusedWithWhatToWriteInstead) {
  const std::pair<const char*, const char*> kRefused[] = {
      {"title", ""},
      {"title", "two\nlines"},
      {"url", "javascript:alert(1)"},
      {"url", "https://x.example/?a"},
      {"url", "not a url"},
      {"url", ""},
      {"url", "https://"},
      {"url", "https://name:word@x.example"},
      {"zone", ""},
      {"permalink", " "},
      {"comments", ""},
      {"rates", ""},
      {"front.entries", ""},
      {"front.entries", "-1"},
      {"front.entries", "99999999999999999999"},
      {"language", "english!"},
      {"language", ""},
      {"zone", "Mars/Olympus"},
      {"zone", "../etc"},
      {"email", "nobody"},
      {"email", "a@b.example\r\nBcc: c@d.example"},
      {"permalink", "/x"},
      {"permalink", "/{nope}"},
      {"front.entries", "0"},
      {"front.entries", "101"},
      {"front.entries", "x"},
      {"front.entries",
       "10 "
       "1"},
      {"comments", "maybe"},
      {"comments.close_days", "91"},
      {"line.print", "perhaps"},
      {"theme", "../other"},
      {"theme", ".hidden"},
      {"theme.accent", "red"},
      {"smtp", "mail.example.org"},
      {"smtp", "mail.example.org:99999"},
      {"fetch.allow", "127.0.0.1"},
      {"title", "\xFF"},
  };
  for (const auto& [name, value] : kRefused) {
    SetResult result = Try(name, value);
    EXPECT_EQ(result.outcome, SetOutcome::kRefused) << name << " = " << value;
    EXPECT_GT(result.message.size(), 10U);
  }
  EXPECT_NE(Try("title", std::string(201, 'x')).message.find("201 characters; at most 200."),
            std::string::npos);
  EXPECT_EQ(Try("title",
                [] {
                  std::string s;
                  for (int i = 0; i < 200; ++i) s += "é";
                  return s;
                }())
                .outcome,
            SetOutcome::kSet);
}

TEST_F(SettingsTest, NoOddValueIsTakenWithoutALimitOrRefusedWithoutAWord) {
  const std::string odd[] = {"",
                             " ",
                             "\t",
                             "\n",
                             "\0x",
                             "\xFF",
                             "\u202E",
                             "'",
                             "\"",
                             "{",
                             "[[x]]",
                             "{{",
                             "<script>",
                             "%s",
                             "../..",
                             "-",
                             "=",
                             "#",
                             "0",
                             "-0",
                             "+1",
                             "1e9",
                             "NaN",
                             "null",
                             "//",
                             "\\",
                             "a b",
                             std::string(100000, 'x'),
                             std::string("a\0b", 3)};
  for (const SettingDef& def : AllSettings()) {
    for (const std::string& value : odd) {
      const CheckedValue checked = CheckSetting(def, value);
      if (checked.problem.empty()) {
        EXPECT_LE(checked.value.size(), 4000U) << def.name;
        EXPECT_EQ(CheckSetting(def, checked.value).value, checked.value) << def.name << value;
        if (value.empty()) {
          EXPECT_EQ(checked.value, "") << def.name;
        }
      } else {
        // What to write instead: two sentences at most, never a bare no.
        EXPECT_GT(checked.problem.size(), 20U) << def.name << ": " << checked.problem;
        EXPECT_TRUE(checked.problem.ends_with('.')) << checked.problem;
      }
    }
    const bool may_be_empty = CheckSetting(def, "").problem.empty();
    using Kind = SettingDef::Kind;
    const bool is_text =
        def.kind != Kind::kNumber && def.kind != Kind::kSwitch && def.kind != Kind::kChoice;
    EXPECT_EQ(may_be_empty, is_text && def.min == 0) << def.name;
  }
  EXPECT_NE(CheckSetting(*FindSetting("url"), "").problem.find("https://"), std::string::npos);
}

TEST_F(SettingsTest, ValuesGetTheirOneForm) {
  EXPECT_EQ(CheckSetting(*FindSetting("rates"), " YES ").value, "on");
  EXPECT_EQ(CheckSetting(*FindSetting("url"), "Example.org/blog/").value,
            "https://example.org/blog");
  EXPECT_EQ(CheckSetting(*FindSetting("language"), "PT_br").value, "pt-BR");
  EXPECT_EQ(CheckSetting(*FindSetting("language"), "zh-hant-tw").value, "zh-Hant-TW");
  EXPECT_EQ(CheckSetting(*FindSetting("smtp"), "Mail.Example.ORG:0587").value,
            "mail.example.org:587");
  EXPECT_EQ(CheckSetting(*FindSetting("theme.accent"), "#1A5FB4").value, "#1a5fb4");
}

TEST_F(SettingsTest, AMistypedNameIsAnsweredByTheNearest) {
  SetResult result = Try("comment.hold", "all");
  EXPECT_EQ(result.outcome, SetOutcome::kUnknown);
  EXPECT_NE(result.message.find("comments.hold"), std::string::npos);
  EXPECT_EQ(NearestSetting("completely different"), "");
}

TEST_F(SettingsTest, TheMountIsThePathOfTheAddress) {
  Set("url", "https://example.org/blog/");
  EXPECT_EQ(settings_.BasePath(), "/blog");
  EXPECT_EQ(settings_.Origin(), "https://example.org");
  Set("url", "http://127.0.0.1:8080");
  EXPECT_EQ(settings_.BasePath(), "");
  EXPECT_EQ(settings_.Origin(), "http://127.0.0.1:8080");
}

TEST_F(SettingsTest, OnlyAnotherMountAsksForRenderingAgain) {
  EXPECT_FALSE(Try("url", "https://other.example").render_again);
  EXPECT_TRUE(Try("url", "https://other.example/blog").render_again);
  EXPECT_FALSE(Try("title", "x").render_again);
}

TEST_F(SettingsTest, DefaultsAreThoseOfWords) {
  const Settings s = DefaultSettings();
  EXPECT_EQ(s.permalink, "/{year}/{month}/{day}/{slug}.html");
  EXPECT_EQ(s.front_entries, 10);
  EXPECT_EQ(s.feed_entries, 20);
  EXPECT_EQ(s.comments, CommentPolicy::kOpen);
  EXPECT_EQ(s.comments_hold, Hold::kFirst);
  EXPECT_EQ(s.comments_close_days, 0);
  EXPECT_EQ(s.comments_mode, CommentMode::kLimitedHtml);
  EXPECT_TRUE(s.comments_replies && s.webmention && s.line_print && s.line_categories &&
              s.line_mail);
  EXPECT_FALSE(s.trackback || s.line_permalink || s.MailIsSet());
  EXPECT_EQ(s.line_posted_by, Auto::kAuto);
}

TEST_F(SettingsTest, AnSmtpServerAloneTurnsMailOn) {
  Set("smtp", "127.0.0.1:2525");
  EXPECT_TRUE(settings_.MailIsSet());
  Set("mail", "off");
  EXPECT_FALSE(settings_.MailIsSet());
}

}  // namespace
}  // namespace daybook::journal
