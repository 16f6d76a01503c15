// The first run, as far as there is no owner: the code, then the journal and its owner, in the
// language of the browser. The host and what is brought along follow in setup_host.cc, where the
// new owner is signed in like any other.
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "handlers/admin/door.h"
#include "handlers/admin/frame.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/setup.h"
#include "handlers/comment_pages.h"
#include "journal/setup.h"
#include "templates/admin_keys.h"
#include "templates/embedded.h"
#include "templates/keys.h"
#include "text/dates.h"
#include "text/email.h"
#include "text/html_clean.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Request;
using fcgi::Response;
using journal::CodeOutcome;
using templates::Block;
using templates::Words;

namespace {

constexpr std::string_view kCodeFile = "private/SETUP-CODE.txt";
constexpr fcgi::FormField kCodeField[] = {{"code", 200}};
constexpr fcgi::FormField kOwnerFields[] = {{"title", 1000}, {"url", 2000},     {"owner", 1000},
                                            {"email", 254},  {"password", 600}, {"language", 20},
                                            {"zone", 100}};

// Pages in `language`, which need not be the journal's yet. `make(frame)` gives the page.
template <typename Make>
Response Speak(const Frame& frame, const std::string& language, Make make) {
  if (language == frame.words().language()) return make(frame);
  const templates::Templates own({.language = language, .lazy = true});
  return make(Frame{own, frame.site, frame.links});
}

const templates::EmbeddedCatalogue* CatalogueOf(std::string_view tag) {
  for (const templates::EmbeddedCatalogue& one : templates::EmbeddedWords()) {
    if (one.language == tag) return &one;
  }
  return nullptr;
}

// Of "de-AT;q=0.8".
int Weight(std::string_view item) {
  const std::size_t at = item.find("q=");
  if (at == std::string_view::npos) return 1000;
  item.remove_prefix(at + 2);
  if (!item.starts_with("0.")) return item.starts_with('0') ? 0 : 1000;
  int weight = 0;
  for (std::size_t i = 2; i < 5; ++i) {
    const char digit = i < item.size() ? item[i] : '0';
    weight = weight * 10 + (digit >= '0' && digit <= '9' ? digit - '0' : 0);
  }
  return weight;
}

struct Spoken {
  std::string language = "en";  // that Daybook has texts in
  std::string asked = "en";     // as the browser named it: "de-AT"
};

// What the browser asks for first among what there is.
Spoken SpokenBy(const Request& request) {
  Spoken spoken;
  int best = 0;
  std::string_view rest = request.Get("accept-language");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view item = text::TrimHtmlSpace(rest.substr(0, end));
    rest.remove_prefix(std::min(rest.size(), end + 1));
    const std::string_view tag = text::TrimHtmlSpace(item.substr(0, item.find(';')));
    if (tag.size() > 20 || Weight(item) <= best) continue;
    const std::string base = text::AsciiLower(tag.substr(0, tag.find('-')));
    if (CatalogueOf(tag) == nullptr && CatalogueOf(base) == nullptr) continue;
    spoken = {CatalogueOf(tag) != nullptr ? std::string(tag) : base, std::string(tag)};
    best = Weight(item);
  }
  return spoken;
}

// For a browser that does not tell: where most of those live who read that language.
std::string ZoneGuess(const std::string& asked) {
  constexpr std::pair<std::string_view, std::string_view> kZones[] = {
      {"de-AT", "Europe/Vienna"},   {"de-CH", "Europe/Zurich"},       {"de", "Europe/Berlin"},
      {"fr-CA", "America/Toronto"}, {"fr-CH", "Europe/Zurich"},       {"fr", "Europe/Paris"},
      {"es-ES", "Europe/Madrid"},   {"es-MX", "America/Mexico_City"}, {"en-GB", "Europe/London"},
      {"en-IE", "Europe/Dublin"}};
  for (const auto& [language, zone] : kZones) {
    if (asked.starts_with(language) && text::ZoneKnown(zone)) return std::string(zone);
  }
  return "UTC";
}

// Names of zones, as this machine has them.
std::vector<std::string> Zones() {
  std::vector<std::string> zones;
  std::ifstream file("/usr/share/zoneinfo/zone1970.tab");
  for (std::string line; std::getline(file, line) && zones.size() < 600;) {
    if (line.starts_with('#')) continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = first == line.npos ? line.npos : line.find('\t', first + 1);
    if (second == line.npos) continue;
    zones.push_back(line.substr(second + 1, line.find('\t', second + 1) - second - 1));
  }
  std::sort(zones.begin(), zones.end());
  return zones;
}

std::string StepText(const Words& words, int step) {
  return words.Format(word::kAdminSetupStep, {{"n", std::to_string(step)}});
}

struct CodePage {
  bool missing = false;
  std::string typed, error, notice;
  int status = 200;
};

Response ShowCode(const Frame& frame, const CodePage& shown) {
  const Words& words = frame.words();
  Page page(frame, {}, templates::tpl::kAdminSetupCode, words.Get(word::kAdminSetupTitle),
            kFirstRun, !shown.error.empty());
  templates::View& view = page.view();
  view.Set(key::kSetupStep, StepText(words, 1));
  if (shown.missing) {
    view.Show(key::kCodeMissing, key::kCodeWriteUrl, frame.links.To("/admin/setup/code"));
    page.Alert(words.Format(word::kAdminSetupCodeMissing, {{"file", kCodeFile}}));
    return page.Done(shown.status);
  }
  Block form = view.Add(key::kCodeAsked);
  form.Set(key::kSetupUrl, frame.links.To("/admin/setup"));
  form.Set(key::kCodeHelp, words.Format(word::kAdminSetupCodeHelp, {{"file", kCodeFile}}));
  form.Set(key::kCodeValue, shown.typed);
  form.Show(key::kCodeWrong, key::kCodeError, shown.error);
  if (!shown.error.empty()) page.Alert(shown.error);
  if (!shown.notice.empty()) page.Notice(shown.notice);
  return page.Done(shown.status);
}

struct Asked {
  std::string title, url, owner, email, password, language, zone;
  bool zone_guessed = false;
};
struct Wrong {
  std::string title, url, owner, email, password, zone;
  bool Any() const { return !(title + url + owner + email + password + zone).empty(); }
};

templates::WordKey NameOf(std::string_view language) {
  return language.starts_with("de")   ? word::kAdminSetupLanguageDe
         : language.starts_with("fr") ? word::kAdminSetupLanguageFr
         : language.starts_with("es") ? word::kAdminSetupLanguageEs
                                      : word::kAdminSetupLanguageEn;
}

Response ShowOwner(const Frame& frame, const Asked& asked, const Wrong& wrong) {
  const Words& words = frame.words();
  Page page(frame, {}, templates::tpl::kAdminSetupOwner, words.Get(word::kAdminSetupJournal),
            kFirstRun, wrong.Any());
  templates::View& view = page.view();
  view.Set(key::kSetupStep, StepText(words, 2));
  view.Set(key::kSetupUrl, frame.links.To("/admin/setup/owner"));
  const auto field = [&](std::string_view id, templates::WordKey label, std::string_view type,
                         std::string_view complete, std::string_view value, std::string_view help,
                         std::string_view error) {
    Block block = view.Add(key::kSetupField);
    block.Set(key::kSetupId, id);
    block.Set(key::kSetupLabel, words.Get(label));
    block.Set(key::kSetupType, type);
    block.Set(key::kSetupAuto, complete);
    block.Set(key::kSetupValue, value);
    block.Show(key::kSetupHelped, key::kSetupHelp, help);
    block.Show(key::kSetupWrong, key::kSetupError, error);
  };
  field("title", word::kAdminSetupName, "text", "off", asked.title, "", wrong.title);
  field("url", word::kAdminSetupAddress, "url", "url", asked.url, "", wrong.url);
  field("owner", word::kAdminSetupOwner, "text", "name", asked.owner,
        words.Get(word::kAdminSetupOwnerHelp), wrong.owner);
  field("email", word::kAdminSetupEmail, "email", "username", asked.email,
        words.Get(word::kAdminSetupEmailHelp), wrong.email);
  field(
      "password", word::kAdminSetupPassword, "password", "new-password", asked.password,
      words.Format(word::kAdminSetupPasswordHelp, {{"min", std::to_string(journal::kPasswordMin)}}),
      wrong.password);
  view.Show(key::kPlaceOpen, !wrong.zone.empty());
  view.Set(key::kPlacePattern, words.Get(word::kAdminSetupPlace));
  view.Set(key::kPlaceText,
           words.Format(word::kAdminSetupPlace,
                        {{"language", words.Get(NameOf(asked.language))}, {"zone", asked.zone}}));
  for (const std::string_view tag : {"en", "de", "fr", "es"}) {
    Block block = view.Add(key::kSetupLanguage);
    const bool chosen = asked.language.starts_with(tag);
    block.Set(key::kLanguageTag, chosen ? std::string_view(asked.language) : tag);
    block.Set(key::kLanguageName, words.Get(NameOf(tag)));
    block.Show(key::kLanguageChosen, chosen);
  }
  view.Set(key::kZoneValue, asked.zone);
  view.Show(key::kZoneGuessed, asked.zone_guessed);
  view.Show(key::kZoneWrong, key::kZoneError, wrong.zone);
  for (const std::string& zone : Zones()) view.Add(key::kZoneName).Set(key::kZoneText, zone);
  if (wrong.Any()) page.Alert(words.Get(word::kAdminSetupErrors));
  return page.Done(wrong.Any() ? 422 : 200);
}

// Every address of the first run once there is an owner.
Response Closed(const Context& context) {
  return fcgi::Redirect(303, context.links.To("/admin/sign-in").view());
}

// What is wrong with a line; `needed` says it of an empty one.
std::string LineProblem(const Words& words, std::string_view setting, std::string& value,
                        templates::WordKey needed) {
  const journal::SettingDef& def = *journal::FindSetting(setting);
  const journal::CheckedValue checked = journal::CheckSetting(def, value);
  if (text::TrimHtmlSpace(value).empty()) return words.Get(needed);
  const auto length = static_cast<std::int64_t>(text::CountCodePoints(value));
  if (length > def.max)
    return words.Format(word::kErrLong,
                        {{"n", words.Number(length)}, {"max", words.Number(def.max)}});
  if (!checked.problem.empty()) return words.Get(word::kAdminSetupErrLine);
  value = checked.value;
  return "";
}

Wrong Check(const Words& words, Asked& asked) {
  Wrong wrong;
  wrong.title = LineProblem(words, "title", asked.title, word::kAdminSetupErrTitle);
  wrong.owner = LineProblem(words, "owner", asked.owner, word::kAdminSetupErrOwner);
  const auto url = journal::CheckSetting(*journal::FindSetting("url"), asked.url);
  if (asked.url.empty() || !url.problem.empty()) {
    wrong.url = words.Get(word::kErrUrl);
  } else {
    asked.url = url.value;
  }
  const auto email = text::ParseEmail(text::TrimHtmlSpace(asked.email));
  if (!email) {
    wrong.email = words.Get(word::kErrEmail);
  } else {
    asked.email = email->view();
  }
  const std::size_t length = text::CountCodePoints(asked.password);
  if (length < journal::kPasswordMin) {
    wrong.password = words.Format(
        word::kAdminSetupErrPassword,
        {{"n", std::to_string(length)}, {"min", std::to_string(journal::kPasswordMin)}});
  } else if (asked.password.size() > journal::kPasswordMax) {
    wrong.password = words.Format(word::kAdminSetupErrPasswordLong,
                                  {{"max", std::to_string(journal::kPasswordMax)}});
  }
  const auto zone = journal::CheckSetting(*journal::FindSetting("zone"), asked.zone);
  if (asked.zone.empty() || !zone.problem.empty() || !text::ZoneKnown(zone.value)) {
    wrong.zone = words.Get(word::kAdminSetupErrZone);
  } else {
    asked.zone = zone.value;
  }
  return wrong;
}

Response Unwritable(const Frame& frame, const journal::Home& home) {
  // Its owner has the log and sees the place; a stranger does not.
  return Said(frame, {}, word::kAdminSetupTitle,
              frame.words().Format(word::kAdminSetupUnwritable,
                                   {{"folder", home.Private().filename().string()}}),
              507);
}

}  // namespace

std::string SetupNote() {
  std::string note;
  for (const templates::EmbeddedCatalogue& one : templates::EmbeddedWords()) {
    if (one.language.find('-') != std::string_view::npos) continue;
    note += Words(one.language).Get(word::kAdminSetupFile) + "\n\n";
  }
  return note;
}

Response SetupPage(Visit& visit) {
  Context& context = visit.context;
  if (!journal::SetupIsOpen(context.tx)) {
    const bool unchecked = visit.person().IsOwner() && journal::HostIsUnchecked(context.tx);
    return unchecked ? fcgi::Redirect(303, context.links.To("/admin/setup/host").view())
                     : Closed(context);
  }
  const Spoken spoken = SpokenBy(context.request);
  const std::string token = SetupToken(context.request);
  if (journal::IsSettingUp(context.tx, token, context.now)) {
    Asked asked;
    asked.url = context.request.Origin() + context.request.prefix;
    asked.language = spoken.asked;
    asked.zone = ZoneGuess(spoken.asked);
    asked.zone_guessed = true;
    return Speak(FrameOf(context), spoken.language,
                 [&](const Frame& frame) { return ShowOwner(frame, asked, {}); });
  }
  const auto elsewhere = journal::SetUpElsewhere(context.tx, token, context.now);
  const bool written = context.request.Param("written").has_value();
  context.act = [frame = FrameOf(context), spoken, token, elsewhere, written,
                 now = context.now](sql::Db& db) {
    return Speak(frame, spoken.language, [&](const Frame& own) {
      CodePage page;
      page.missing = !journal::HasSetupCode(HomeOf(db));
      const Words& words = own.words();
      if (written) {
        page.notice = words.Get(word::kAdminSetupCodeWritten);
      } else if (!token.empty()) {
        page.notice = elsewhere ? words.Format(word::kAdminSetupCodeElsewhere,
                                               {{"time", TimeOf(own, *elsewhere, now)}})
                                : words.Get(word::kAdminSetupCodeLate);
      }
      return ShowCode(own, page);
    });
  };
  return {};
}

Response SetupCodePost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kCodeField);
  context.act = [&request = context.request, frame = FrameOf(context),
                 typed = std::string(form["code"]), now = context.now](sql::Db& db) {
    const journal::Home home = HomeOf(db);
    const std::string note = SetupNote();
    return Speak(frame, SpokenBy(request).language, [&](const Frame& own) {
      const Words& words = own.words();
      journal::CodeAnswer answer;
      if (!text::TrimHtmlSpace(typed).empty()) {
        try {
          answer = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
            return journal::TakeSetupCode(tx, home, frame.site.settings, typed, request.remote,
                                          note, now);
          });
        } catch (const std::system_error&) {
          return Unwritable(own, home);
        }
      }
      CodePage page;
      page.typed = typed;
      page.status = 422;
      switch (answer.outcome) {
        case CodeOutcome::kTaken:
          return fcgi::Redirect(303, frame.links.To("/admin/setup").view())
              .Set("Set-Cookie", SetupCookie(request, answer.token));
        case CodeOutcome::kClosed:
          return fcgi::Redirect(303, frame.links.To("/admin/sign-in").view());
        case CodeOutcome::kNoFile:
          page.missing = true;
          break;
        case CodeOutcome::kUsed:
          page.error =
              words.Format(word::kAdminSetupCodeUsed, {{"time", TimeOf(own, answer.at, now)}});
          break;
        case CodeOutcome::kWait:
          page.status = 429;
          page.error =
              words.Format(word::kAdminSetupCodeWait, {{"time", TimeAfter(own, answer.at, now)}});
          break;
        case CodeOutcome::kWrong:
          page.error = words.Get(text::TrimHtmlSpace(typed).empty() ? word::kAdminSetupCodeEmpty
                                                                    : word::kAdminSetupCodeWrong);
      }
      Response response = ShowCode(own, page);
      if (answer.outcome == CodeOutcome::kWait)
        response.Set("Retry-After", std::to_string(answer.at - now));
      return response;
    });
  };
  return {};
}

Response SetupWritePost(Visit& visit) {
  Context& context = visit.context;
  if (!journal::SetupIsOpen(context.tx)) return Closed(context);
  context.act = [&request = context.request, frame = FrameOf(context)](sql::Db& db) {
    const journal::Home home = HomeOf(db);
    // One that is there stays: nobody can spoil the code that its owner is just copying.
    const bool written = db.Write(sql::Publicity::kPrivate, [&](sql::Tx&) {
      return journal::HasSetupCode(home) || journal::WriteSetupCode(home, SetupNote());
    });
    if (!written)
      return Speak(frame, SpokenBy(request).language,
                   [&](const Frame& own) { return Unwritable(own, home); });
    return fcgi::Redirect(303, frame.links.To("/admin/setup", "?written=1").view());
  };
  return {};
}

Response SetupOwnerPost(Visit& visit) {
  Context& context = visit.context;
  if (!journal::SetupIsOpen(context.tx)) return Closed(context);
  const std::string setup = SetupToken(context.request);
  // The page says why it does not go on.
  if (!journal::IsSettingUp(context.tx, setup, context.now))
    return fcgi::Redirect(303, context.links.To("/admin/setup").view());
  const fcgi::Form form = ReadForm(context.request, kOwnerFields);
  Asked asked;
  const std::pair<std::string_view, std::string*> fields[] = {
      {"title", &asked.title}, {"url", &asked.url},           {"owner", &asked.owner},
      {"email", &asked.email}, {"password", &asked.password}, {"language", &asked.language},
      {"zone", &asked.zone}};
  for (const auto& [name, value] : fields) *value = form[name];
  const Spoken spoken = SpokenBy(context.request);
  const auto language = journal::CheckSetting(*journal::FindSetting("language"), asked.language);
  const std::string base = text::AsciiLower(language.value.substr(0, language.value.find('-')));
  asked.language =
      language.problem.empty() && CatalogueOf(base) != nullptr ? language.value : spoken.language;
  context.act = [&request = context.request, frame = FrameOf(context), now = context.now, setup,
                 asked, spoken](sql::Db& db) mutable {
    return Speak(frame, spoken.language, [&](const Frame& own) {
      const Wrong wrong = Check(own.words(), asked);
      if (wrong.Any()) return ShowOwner(own, asked, wrong);
      const journal::Home home = HomeOf(db);
      const journal::NewJournal fresh{asked.title,
                                      asked.url,
                                      asked.owner,
                                      asked.email,
                                      asked.language,
                                      asked.zone,
                                      journal::HashPassword(asked.password)};
      const std::string token = journal::NewSessionToken();
      enum class Made { kYes, kElsewhere, kLate, kNoCanary };
      const Made made = db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
        if (!journal::SetupIsOpen(tx)) return Made::kElsewhere;
        if (!journal::IsSettingUp(tx, setup, now)) return Made::kLate;
        if (!journal::PutCanary(tx, home)) return Made::kNoCanary;
        const auto id = journal::SetUpOwner(tx, journal::LoadConfig(home.ConfigFile()), fresh, now);
        journal::StartSession(tx, token, *id, request.Get("user-agent"), now);
        return Made::kYes;
      });
      if (made == Made::kNoCanary) return Unwritable(own, home);
      if (made == Made::kLate) return fcgi::Redirect(303, frame.links.To("/admin/setup").view());
      if (made == Made::kElsewhere)
        return Said(own, {}, word::kAdminSetupTitle,
                    own.words().Format(word::kAdminSetupTaken, {{"time", TimeOf(own, now, now)}}),
                    409);
      journal::RemoveSetupCode(home);
      return fcgi::Redirect(303, frame.links.To("/admin/setup/host").view())
          .Set("Set-Cookie", SessionCookie(request, token, frame.site.settings))
          .Set("Set-Cookie", NoSetupCookie(request));
    });
  };
  return {};
}

}  // namespace daybook::handlers::admin
