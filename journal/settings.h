// Every setting of a journal: its name, what it means, its default (words.md) and its limits, in
// one table. The owner's pages, `daybook settings`, imports and daybook.conf all go through it. A
// line of daybook.conf beats the database and locks the setting.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "journal/config.h"
#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

// The numbers of choices are their places in the table's `choices`.
enum class CommentPolicy { kOpen = 0, kClosed = 1, kNone = 2 };
enum class Hold { kFirst = 0, kAll = 1, kNone = 2 };
enum class Amount { kFull = 0, kSummary = 1 };
enum class Auto { kAuto = 0, kOn = 1, kOff = 2 };
enum class DateOrder { kAuto = 0, kMonthDayYear = 1, kDayMonthYear = 2, kYearMonthDay = 3 };
enum class HourClock { kAuto = 0, k12 = 1, k24 = 2 };
enum class SidebarSide { kEnd = 0, kStart = 1, kNone = 2 };
enum class Font { kTheme = 0, kSerif = 1, kSans = 2, kBook = 3, kHuman = 4, kMono = 5 };
enum class Transport {
  kAuto = 0,
  kOff = 1,
  kSendmail = 2,
  kSmtp = 3
};                                                               // auto: SMTP where `smtp` is set
enum class SmtpTls { kAuto = 0, kImplicit = 1, kStartTls = 2 };  // auto: implicit at port 465

struct Settings {
  std::string title, tagline, url, language, zone, owner, email, permalink;
  std::string copyright;
  // "urn:uuid:…", made with the journal and nobody's to change: what its feeds are known by. No
  // setting of the table; empty for a journal from before there was one.
  std::string journal_id;
  std::int64_t front_entries = 10;
  Amount front_show = Amount::kFull;
  std::int64_t feed_entries = 20;
  Amount feed_show = Amount::kFull;

  CommentPolicy comments = CommentPolicy::kOpen;
  Hold comments_hold = Hold::kFirst;
  std::int64_t comments_close_days = 0;  // 0: never
  bool comments_replies = true;
  CommentMode comments_mode = CommentMode::kLimitedHtml;
  bool webmention = true;
  bool webmention_send = true;
  bool trackback = false;

  Auto line_posted_by = Auto::kAuto;  // auto: with two or more authors
  bool line_permalink = false;
  bool line_print = true;
  bool line_categories = true;
  bool line_mail = true;
  bool related = true;

  DateOrder date_order = DateOrder::kAuto;
  HourClock date_clock = HourClock::kAuto;

  bool search_engines = true;
  bool training_crawlers_away = true;  // robots.txt asks them to stay away

  std::string theme;
  SidebarSide sidebar_side = SidebarSide::kEnd;
  // "" or #rrggbb; what is empty is as the theme has it (look.h).
  std::string color_paper, color_ink, color_accent;
  std::string dark_paper, dark_ink, dark_accent;
  Font font_text = Font::kTheme, font_headings = Font::kTheme;
  // Grows with every change of the theme's files by the owner's pages, so that all processes read
  // them again. No setting of the table.
  std::string theme_edition;

  Transport mail = Transport::kAuto;
  std::string mail_from, mail_from_name, mail_bounces;
  std::string smtp, smtp_user, smtp_password;
  bool mail_sending = true;          // false: the owner ended mail; nothing leaves
  std::int64_t mail_per_hour = 100;  // what the host lets out; the others 0: no such limit
  std::int64_t mail_per_day = 0, mail_per_5min = 0;
  SmtpTls smtp_tls = SmtpTls::kAuto;
  std::string mail_program;  // in place of the machine's sendmail
  std::string mail_dns;      // HOST:PORT of a name server in place of the machine's

  std::int64_t media_limit = 32;  // MB
  std::int64_t trash_days = 30;
  std::int64_t network_days = 30;
  std::int64_t session_days = 30;
  bool opml = true;
  std::string security_contact;  // "" (then `email`), a mail or web address
  bool backup_daily = true;
  std::string statistics_log;  // the web server's access log; "": no statistics
  bool proxy_trust = false;
  std::int64_t cache_seconds = 0;
  bool rates = true;
  std::string fetch_allow;  // HOST:PORT …

  // There is a way for mail, whether or not it is ended.
  [[nodiscard]] bool MailHasWay() const {
    return mail == Transport::kSendmail ||
           ((mail == Transport::kAuto || mail == Transport::kSmtp) && !smtp.empty());
  }
  // Mail leaves.
  [[nodiscard]] bool MailIsSet() const { return mail_sending && MailHasWay(); }
  // "" or "/blog": the path of `url` without a slash at its end, percent-encoded.
  [[nodiscard]] std::string BasePath() const;
  // `url` without its path: "https://example.org"; empty without one.
  [[nodiscard]] std::string Origin() const;
};

using SettingField =
    std::variant<std::string Settings::*, std::int64_t Settings::*, bool Settings::*,
                 CommentPolicy Settings::*, Hold Settings::*, Amount Settings::*, Auto Settings::*,
                 DateOrder Settings::*, HourClock Settings::*, SidebarSide Settings::*,
                 Transport Settings::*, CommentMode Settings::*, Font Settings::*,
                 SmtpTls Settings::*>;

struct SettingDef {
  enum class Kind {
    kLine,
    kUrl,
    kEmail,
    kLanguage,
    kZone,
    kPattern,
    kColor,
    kName,
    kHostPort,
    kHostPorts,
    kContact,  // a mail or web address
    kPath,     // of a file of this machine
    kSecret,
    kNumber,
    kSwitch,
    kChoice
  };
  std::string_view name;  // comments.hold
  Kind kind;
  SettingField field;
  std::string_view initial;  // as text
  std::int64_t min, max;     // of a number; of a text: characters
  std::string_view choices;  // "first all none", in the order of the enum
  std::string_view help;     // one line, for the command line
  bool file_only = false;    // only a line of daybook.conf sets it, never the database
};

// The row of Settings::journal_id.
inline constexpr std::string_view kJournalId = "journal.id";
// The row of Settings::theme_edition.
inline constexpr std::string_view kThemeEdition = "theme.edition";

[[nodiscard]] std::span<const SettingDef> AllSettings();
[[nodiscard]] const SettingDef* FindSetting(std::string_view name);
// The nearest name to a mistyped one; empty if none is near.
[[nodiscard]] std::string_view NearestSetting(std::string_view name);

// Checks a value as somebody typed it. Gives its one form ("ON" -> "on", "Example.org" ->
// "https://example.org"), or in `problem` one or two sentences on what to write instead.
struct CheckedValue {
  std::string value;
  std::string problem = {};  // in English, for a terminal; empty: good
  // The same for pages, which have a text of the catalogue for each: "number" of
  // admin.setting.err.number, and what it is about.
  std::string_view why = {};
  std::string about = {};
};
[[nodiscard]] CheckedValue CheckSetting(const SettingDef& def, std::string_view typed);

// Everything at its default.
[[nodiscard]] Settings DefaultSettings();
// What the database says, then what daybook.conf says. One query. Throws ConfigError for a line of
// daybook.conf that names no setting or holds what its setting does not take.
[[nodiscard]] Settings LoadSettings(sql::Tx& tx, const Config& config);

// The value as text, as `daybook settings get` prints it.
[[nodiscard]] std::string SettingText(const Settings& settings, const SettingDef& def);

// Whether somebody chose a value, be it the default one.
[[nodiscard]] bool IsSettingSet(sql::Tx& tx, const Config& config, std::string_view name);

// Files of the theme have changed. Public.
void NoteThemeChanged(sql::Tx& tx);

enum class SetOutcome { kSet, kUnknown, kRefused, kLocked };
struct SetResult {
  SetOutcome outcome = SetOutcome::kSet;
  std::string message;  // what to do, unless set
  bool render_again =
      false;  // the mount prefix changed: RenderEntriesAgain and RenderCommentsAgain (edit.h)
};
// Writes one setting and what follows from it (comments.close_days moves entry.comments_close).
// Public.
SetResult SetSetting(sql::Tx& tx, const Config& config, std::string_view name,
                     std::string_view value);

}  // namespace daybook::journal
