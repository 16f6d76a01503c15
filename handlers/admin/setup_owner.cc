// The second page of the first run: the journal and its owner. Who filled it in is signed in.
#include "handlers/admin/door.h"
#include "handlers/admin/frame.h"
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/setup.h"
#include "handlers/admin/spoken.h"
#include "handlers/comment_pages.h"
#include "journal/setup.h"
#include "templates/admin_keys.h"
#include "templates/keys.h"
#include "text/dates.h"
#include "text/email.h"
#include "text/html_clean.h"
#include "text/utf8.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Request;
using fcgi::Response;
using templates::Block;
using templates::Words;

namespace {

constexpr fcgi::FormField kOwnerFields[] = {{"title", 1000}, {"url", 2000},     {"owner", 1000},
                                            {"email", 254},  {"password", 600}, {"language", 20},
                                            {"zone", 100}};

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
  view.Set(key::kSetupStep, SetupStep(words, 2));
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

}  // namespace

fcgi::Response SetupOwnerForm(const Frame& frame, const Request& request) {
  const Spoken spoken = SpokenBy(request);
  Asked asked;
  asked.url = request.Origin() + request.prefix;
  asked.language = spoken.asked;
  asked.zone = ZoneGuess(spoken.asked);
  asked.zone_guessed = true;
  return Speak(frame, spoken.language, [&](const Frame& own) { return ShowOwner(own, asked, {}); });
}

Response SetupOwnerPost(Visit& visit) {
  Context& context = visit.context;
  if (!journal::SetupIsOpen(context.tx)) return SetupClosed(context);
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
  asked.language = language.problem.empty() && IsSpoken(base) ? language.value : spoken.language;
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
      if (made == Made::kNoCanary) return SetupUnwritable(own, home);
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
