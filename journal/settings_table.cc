// The table of settings: names, defaults, limits, help. What is done with it is in settings.cc.
#include "journal/settings.h"

#include <algorithm>
#include <array>

#include "journal/permalink.h"

namespace daybook::journal {
namespace {

using K = SettingDef::Kind;
using S = Settings;
constexpr std::string_view kOnOff = "";
constexpr std::string_view kFonts = "theme serif sans book human mono";

constexpr std::array kTable = {
    SettingDef{"title", K::kLine, &S::title, "My journal", 1, 200, "",
               "The journal's name, as its header shows it"},
    SettingDef{"tagline", K::kLine, &S::tagline, "", 0, 300, "", "The line below the title"},
    SettingDef{
        "url", K::kUrl, &S::url, "", 1, 500, "",
        "Where readers find the journal, with its folder if it has one: https://example.org/blog"},
    SettingDef{"language", K::kLanguage, &S::language, "en", 2, 35, "",
               "Language of the entries and of the pages' own words: en, en-GB, de, fr, es"},
    SettingDef{"zone", K::kZone, &S::zone, "UTC", 1, 64, "", "Time zone: Europe/Dublin"},
    SettingDef{"owner", K::kLine, &S::owner, "", 0, 100, "", "The owner's name"},
    SettingDef{"email", K::kEmail, &S::email, "", 0, 254, "",
               "Where mail to the owner goes; named in /.well-known/security.txt, nowhere else"},
    SettingDef{"copyright", K::kLine, &S::copyright, "", 0, 300, "",
               "A line for the foot of each page and the feeds"},
    SettingDef{"permalink", K::kPattern, &S::permalink, kDefaultPattern, 1, 200, "",
               "Pattern of new entries' addresses; those that exist stay where they are"},

    SettingDef{"front.entries", K::kNumber, &S::front_entries, "10", 1, 100, "",
               "Entries on a page of the front page"},
    SettingDef{"front.show", K::kChoice, &S::front_show, "full", 0, 0, "full summary",
               "Whether the front page has entries in full or their beginnings"},
    SettingDef{"feed.entries", K::kNumber, &S::feed_entries, "20", 1, 200, "", "Entries in a feed"},
    SettingDef{"feed.show", K::kChoice, &S::feed_show, "full", 0, 0, "full summary",
               "Whether feeds have entries in full or their beginnings"},

    SettingDef{"comments", K::kChoice, &S::comments, "open", 0, 0, "open closed none",
               "open: readers may comment; closed: comments stay, no new ones; none: no comments "
               "anywhere"},
    SettingDef{
        "comments.hold", K::kChoice, &S::comments_hold, "first", 0, 0, "first all none",
        "Whose comments wait for you: whoever has none approved yet, everybody's, or nobody's"},
    SettingDef{"comments.close_days", K::kNumber, &S::comments_close_days, "0", 0, 90, "",
               "Days after which comments on an entry close by themselves; 0 is never"},
    SettingDef{"comments.replies", K::kSwitch, &S::comments_replies, "on", 0, 0, kOnOff,
               "Whether readers can answer a comment, one level deep"},
    SettingDef{"comments.mode", K::kChoice, &S::comments_mode, "html", 0, 0, "html plain markdown",
               "What new comments may hold: a little HTML, plain text, or Markdown"},
    SettingDef{"references.webmention", K::kSwitch, &S::webmention, "on", 0, 0, kOnOff,
               "Receive webmentions; each waits for you"},
    SettingDef{"references.send", K::kSwitch, &S::webmention_send, "on", 0, 0, kOnOff,
               "Tell the pages that an entry links to, by webmention"},
    SettingDef{"references.trackback", K::kSwitch, &S::trackback, "off", 0, 0, kOnOff,
               "Receive trackbacks; each waits for you"},

    SettingDef{"line.posted_by", K::kChoice, &S::line_posted_by, "auto", 0, 0, "auto on off",
               "Name the author below an entry; auto: once there are two"},
    SettingDef{"line.permalink", K::kSwitch, &S::line_permalink, "off", 0, 0, kOnOff,
               "A line “Permalink” below an entry"},
    SettingDef{"line.print", K::kSwitch, &S::line_print, "on", 0, 0, kOnOff,
               "A link to the printer friendly version"},
    SettingDef{"line.categories", K::kSwitch, &S::line_categories, "on", 0, 0, kOnOff,
               "Categories and tags below an entry"},
    SettingDef{"line.mail", K::kSwitch, &S::line_mail, "on", 0, 0, kOnOff,
               "A link that mails an entry to a friend"},
    SettingDef{"related", K::kSwitch, &S::related, "on", 0, 0, kOnOff,
               "Related entries below an entry"},

    SettingDef{"date.order", K::kChoice, &S::date_order, "auto", 0, 0, "auto mdy dmy ymd",
               "Order of a date's parts; auto: as the language has it"},
    SettingDef{"date.clock", K::kChoice, &S::date_clock, "auto", 0, 0, "auto 12 24",
               "12 or 24 hours; auto: as the language has it"},

    SettingDef{"robots.search", K::kSwitch, &S::search_engines, "on", 0, 0, kOnOff,
               "Search engines are welcome"},
    SettingDef{
        "robots.training_away", K::kSwitch, &S::training_crawlers_away, "on", 0, 0, kOnOff,
        "Ask crawlers that train on texts to stay away; it is a request, and some do not heed it"},

    SettingDef{"theme", K::kName, &S::theme, "", 0, 60, "",
               "A folder below private/theme; empty is private/theme itself"},
    SettingDef{"theme.sidebar", K::kChoice, &S::sidebar_side, "end", 0, 0, "end start none",
               "Side of the sidebar: after the text, before it, or no sidebar"},
    SettingDef{"theme.accent", K::kColor, &S::color_accent, "", 0, 7, "",
               "Colour of links and buttons: #1a5fb4"},
    SettingDef{"theme.paper", K::kColor, &S::color_paper, "", 0, 7, "",
               "Colour behind the text: #fcfbf8"},
    SettingDef{"theme.ink", K::kColor, &S::color_ink, "", 0, 7, "", "Colour of the text: #211e1a"},
    SettingDef{"theme.dark.accent", K::kColor, &S::dark_accent, "", 0, 7, "",
               "Colour of links and buttons where the reader's system is dark"},
    SettingDef{"theme.dark.paper", K::kColor, &S::dark_paper, "", 0, 7, "",
               "Colour behind the text where the reader's system is dark"},
    SettingDef{"theme.dark.ink", K::kColor, &S::dark_ink, "", 0, 7, "",
               "Colour of the text where the reader's system is dark"},
    SettingDef{"theme.font", K::kChoice, &S::font_text, "theme", 0, 0, kFonts,
               "Font of the text, of those that readers have"},
    SettingDef{"theme.font.headings", K::kChoice, &S::font_headings, "theme", 0, 0, kFonts,
               "Font of headings, of those that readers have"},

    SettingDef{"mail", K::kChoice, &S::mail, "auto", 0, 0, "auto off sendmail smtp",
               "How mail leaves: auto is the SMTP server below where one is set, else no mail"},
    SettingDef{"mail.from", K::kEmail, &S::mail_from, "", 0, 254, "",
               "Sender's address of the journal's mail"},
    SettingDef{"mail.from_name", K::kLine, &S::mail_from_name, "", 0, 100, "",
               "Sender's name of the journal's mail; empty: the journal's title"},
    SettingDef{"mail.bounces", K::kEmail, &S::mail_bounces, "", 0, 190, "",
               "Address whose mail is given to daybook bounce: name@example.org, each copy with "
               "a sender name+...@example.org; empty: refusals that come later go to mail.from"},
    SettingDef{"mail.per_hour", K::kNumber, &S::mail_per_hour, "100", 1, 100000, "",
               "Messages that your host lets out in an hour"},
    SettingDef{"mail.per_day", K::kNumber, &S::mail_per_day, "0", 0, 1000000, "",
               "Messages that your host lets out in a day; 0: as many as in 24 hours of those"},
    SettingDef{"mail.per_5min", K::kNumber, &S::mail_per_5min, "0", 0, 100000, "",
               "Messages that your host lets out in five minutes; 0: as many as in an hour"},
    SettingDef{"mail.sending", K::kSwitch, &S::mail_sending, "on", 0, 0, kOnOff,
               "Whether mail leaves; off: all of it waits, as after End mail"},
    SettingDef{"mail.program", K::kPath, &S::mail_program, "", 0, 1000, "",
               "Program in place of the machine's sendmail, started with the same words; in "
               "daybook.conf only",
               true},
    SettingDef{"mail.dns", K::kHostPort, &S::mail_dns, "", 0, 260, "",
               "Name server that is asked for the records of mail, in place of the machine's; for "
               "tests only, and in daybook.conf only",
               true},
    SettingDef{"smtp", K::kHostPort, &S::smtp, "", 0, 260, "",
               "The SMTP server: mail.example.org:587"},
    SettingDef{"smtp.tls", K::kChoice, &S::smtp_tls, "auto", 0, 0, "auto implicit starttls",
               "TLS: auto is from the start at port 465, else STARTTLS where the server has it"},
    SettingDef{"smtp.user", K::kLine, &S::smtp_user, "", 0, 254, "", "Name at the SMTP server"},
    SettingDef{"smtp.password", K::kSecret, &S::smtp_password, "", 0, 500, "",
               "Password at the SMTP server"},

    SettingDef{"media.limit", K::kNumber, &S::media_limit, "32", 1, 2000, "",
               "Megabytes that an uploaded file may have"},
    SettingDef{"trash.days", K::kNumber, &S::trash_days, "30", 1, 3650, "",
               "Days for which spam and trash are kept"},
    SettingDef{"network.days", K::kNumber, &S::network_days, "30", 0, 365, "",
               "Days for which the shortened network address of a comment is kept"},
    SettingDef{"session.days", K::kNumber, &S::session_days, "30", 1, 365, "",
               "Days after which you sign in again"},
    SettingDef{
        "backup.daily", K::kSwitch, &S::backup_daily, "on", 0, 0, kOnOff,
        "A backup each day where something runs; 7 days, 4 weeks and 12 months of them stay"},
    SettingDef{"opml", K::kSwitch, &S::opml, "on", 0, 0, kOnOff,
               "/opml.xml: the journal's feeds and the links of its sidebar as a list"},
    SettingDef{"security.contact", K::kContact, &S::security_contact, "", 0, 500, "",
               "Whom /.well-known/security.txt names, a mail or web address; empty: email"},
    SettingDef{"statistics.log", K::kPath, &S::statistics_log, "", 0, 1000, "",
               "The web server's access log, combined format, for the statistics; empty: none"},
    SettingDef{"proxy.trust", K::kSwitch, &S::proxy_trust, "off", 0, 0, kOnOff,
               "Believe X-Forwarded-Proto and X-Forwarded-For: on only where a proxy of your own "
               "sets them"},
    SettingDef{
        "cache.seconds", K::kNumber, &S::cache_seconds, "0", 0, 86400, "",
        "How long a cache in front (a CDN, fastcgi_cache) may hand out a page before it asks; "
        "0: it asks each time"},
    SettingDef{"rates", K::kSwitch, &S::rates, "on", 0, 0, kOnOff,
               "Limits on how often one network may post; off is for tests only"},
    SettingDef{"fetch.allow", K::kHostPorts, &S::fetch_allow, "", 0, 1000, "",
               "Peers of this machine that may be fetched from, 127.0.0.1:8080 …; for tests only, "
               "and in daybook.conf only",
               true},
};

}  // namespace

std::span<const SettingDef> AllSettings() { return kTable; }

const SettingDef* FindSetting(std::string_view name) {
  auto found = std::find_if(kTable.begin(), kTable.end(),
                            [&](const SettingDef& def) { return def.name == name; });
  return found == kTable.end() ? nullptr : &*found;
}

}  // namespace daybook::journal
