// One's own account: name and address, password, second step, sessions. What opens other doors
// (password, address of mail, second step) asks for the password once more, and is throttled like a
// log-in: a browser left open is not enough.
#include "handlers/admin/media.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/profile.h"
#include "handlers/comment_pages.h"
#include "journal/audit.h"
#include "journal/journal.h"
#include "journal/launch.h"
#include "journal/people.h"
#include "journal/second.h"
#include "templates/admin_keys.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;

namespace {

constexpr std::string_view kAccount = "/admin/account", kSecond = "/admin/account/codes";
constexpr fcgi::FormField kFields[] = {{"password", 1000}, {"new-password", 1000}, {"which", 100},
                                       {"secret", 100},    {"code", 50},           {"act", 10}};

AskedField OldPasswordField(const templates::Words& words, std::string error) {
  return {.kind = AskedField::Kind::kPassword,
          .id = "password",
          .label = words.Get(word::kAdminPasswordOld),
          .error = std::move(error),
          .autocomplete = "current-password"};
}

// "" if it is the viewer's; else what is said beside it. Some 50 ms, not in a transaction.
std::string OldPasswordProblem(const Frame& frame, sql::Db& db, const Viewer& viewer,
                               const fcgi::Request& request, std::string_view password,
                               journal::Seconds now) {
  const std::string name = "confirm " + std::to_string(viewer.person.id);
  const journal::Settings& settings = frame.site.settings;
  std::optional<journal::Account> account;
  const auto again =
      db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed,
               [&](sql::Tx& tx) -> std::optional<journal::Seconds> {
                 const auto hash = journal::PasswordOf(tx, viewer.person.id);
                 account = journal::Account{viewer.person, hash.value_or("")};
                 return journal::CountSignIn(tx, settings, name, request.remote, now);
               });
  if (again)
    return frame.words().Format(word::kAdminSignInWait, {{"time", TimeAfter(frame, *again, now)}});
  if (!journal::SignsIn(account, password)) return frame.words().Get(word::kAdminPasswordNot);
  db.Write(sql::Publicity::kPrivate, sql::Durability::kRelaxed,
           [&](sql::Tx& tx) { journal::UncountSignIn(tx, settings, name, request.remote, now); });
  return "";
}

// What a browser calls itself, in two words; whole where nothing of it is known.
std::string AgentText(std::string_view agent) {
  std::string found;
  constexpr std::pair<std::string_view, std::string_view> kBrowsers[] = {
      {"Edg", "Edge"},       {"OPR/", "Opera"},     {"Firefox/", "Firefox"},
      {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}};
  constexpr std::pair<std::string_view, std::string_view> kSystems[] = {
      {"iPhone", "iPhone"},   {"iPad", "iPad"},    {"Android", "Android"},
      {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"Linux", "Linux"}};
  for (const auto& [mark, name] : kBrowsers) {
    if (agent.find(mark) == std::string_view::npos) continue;
    found = name;
    break;
  }
  for (const auto& [mark, name] : kSystems) {
    if (agent.find(mark) == std::string_view::npos) continue;
    found += (found.empty() ? "" : ", ") + std::string(name);
    break;
  }
  return found.empty() ? std::string(agent) : found;
}

struct Wrong {
  std::string old_password, new_password;
};

Response Show(const Frame& frame, const Viewer& viewer, sql::Tx& tx, const ProfileTyped* typed,
              const Wrong& wrong, std::string_view notice, journal::Seconds now) {
  const templates::Words& words = frame.words();
  ProfileTyped as_it_is;
  if (!typed) {
    as_it_is.profile = journal::ProfileOf(tx, viewer.person.id).value_or(journal::Profile{});
    typed = &as_it_is;
  }
  std::string alert = typed->First();
  for (const std::string* one : {&wrong.old_password, &wrong.new_password})
    if (alert.empty()) alert = *one;
  Page page(frame, viewer, templates::tpl::kAdminForms, words.Get(word::kAdminAccountTitle),
            kAccount, !alert.empty());
  if (!notice.empty()) page.Notice(notice);
  if (!alert.empty()) page.Alert(alert);
  FillProfile(page, frame.links.To(kAccount), *typed, true);
  // A second field of that name would be the same for browsers and for labels.
  const bool asked = !typed->wrong_password.empty();
  if (!asked) {
    FormBlock(page, frame.links.To("/admin/account/password"), words.Get(word::kAdminPassword),
              "change")
        .Text(words.Get(word::kAdminPasswordOthers))
        .Add(OldPasswordField(words, wrong.old_password))
        .Add(NewPasswordField(words, wrong.new_password))
        .Button(words.Get(word::kAdminPasswordSave));
  }
  const journal::SecondStep second = journal::SecondStepOf(tx, viewer.person.id);
  ListedRow step{words.Get(word::kAdminSecond), frame.links.To(kSecond), {}, ""};
  step.facts = {words.Get(second.on ? word::kAdminSecondOn : word::kAdminSecondOff)};
  if (second.on) step.facts.push_back(words.Plural(word::kAdminSecondLeft, second.recovery_codes));
  FillListed(page, "", {step});
  std::vector<ListedRow> rows;
  for (const journal::Session& session :
       journal::SessionsOf(tx, frame.site.settings, viewer.person.id, now)) {
    const bool here = session.hash == viewer.session;
    rows.push_back(
        {AgentText(session.agent),
         {},
         {here ? words.Get(word::kAdminSessionsHere) : "",
          words.Format(word::kAdminSessionsSince,
                       {{"time", TimeOf(frame, session.created_at, now)}}),
          words.Format(word::kAdminSessionsSeen, {{"time", TimeOf(frame, session.seen_at, now)}})},
         here ? "" : session.hash});
  }
  FillListed(page, words.Get(word::kAdminSessions), rows, frame.links.To("/admin/account/sessions"),
             words.Get(word::kAdminSessionsEnd), words.Get(word::kAdminSessionsOthers));
  return page.Done(alert.empty() ? 200 : 422);
}

// A key as it is read out and typed on a telephone.
std::string InFours(std::string_view key) {
  std::string text;
  for (std::size_t at = 0; at < key.size(); at += 4)
    text.append(at > 0 ? " " : "").append(key.substr(at, 4));
  return text;
}

struct SecondTyped {
  std::string secret, code, wrong_code, wrong_password;
  std::vector<std::string> codes;  // new ones, shown this once
};

Response ShowSecond(const Frame& frame, const Viewer& viewer, sql::Db& db,
                    const journal::SecondStep& second, const SecondTyped& typed) {
  const templates::Words& words = frame.words();
  const std::string alert = typed.wrong_code.empty() ? typed.wrong_password : typed.wrong_code;
  Page page(frame, viewer, templates::tpl::kAdminForms, words.Get(word::kAdminSecond), kAccount,
            !alert.empty());
  if (!alert.empty()) page.Alert(alert);
  page.view().Show(key::kBack, key::kBackUrl, frame.links.To(kAccount));
  page.view().Set(key::kBackLabel, words.Get(word::kAdminAccountTitle));
  const text::SafeUrl here = frame.links.To(kSecond);
  if (!typed.codes.empty()) {
    page.Notice(words.Get(word::kAdminSecondOn));
    FormBlock(page, frame.links.To("/admin/account/codes/seen"))
        .Text(words.Get(word::kAdminSecondCodes))
        .Codes(typed.codes)
        .Button(words.Get(word::kAdminSecondKept), "primary");
    return page.Done();
  }
  if (!second.on) {
    const std::string account = frame.site.settings.title + ":" + viewer.person.email;
    const std::string address = "otpauth://totp/" + text::EncodeComponent(account) +
                                "?secret=" + typed.secret +
                                "&issuer=" + text::EncodeComponent(frame.site.settings.title);
    // Where it cannot be made, the key does.
    const std::string picture = journal::AskWork(HomeOf(db), "qr", address).value_or("");
    FormBlock(page, here)
        .Text(words.Get(word::kAdminSecondAbout))
        .Text(words.Get(picture.empty() ? word::kAdminSecondHow : word::kAdminSecondScan))
        .Picture(picture, words.Get(word::kAdminSecondPicture))
        .Add({.kind = AskedField::Kind::kReadOnly,
              .id = "secret",
              .label = words.Get(word::kAdminSecondSecret),
              .value = InFours(typed.secret),
              .autocomplete = "off"})
        .Add({.kind = AskedField::Kind::kReadOnly,
              .id = "address",
              .label = words.Get(word::kAdminSecondAddress),
              .value = address,
              .autocomplete = "off"})
        .Add({.id = "code",
              .label = words.Get(word::kAdminSecondCode),
              .value = typed.code,
              .error = typed.wrong_code,
              .autocomplete = "one-time-code"})
        .Add(OldPasswordField(words, typed.wrong_password))
        .Button(words.Get(word::kAdminSecondTurnOn), "primary", "on");
    return page.Done(alert.empty() ? 200 : 422);
  }
  FormBlock(page, here)
      .Text(words.Get(word::kAdminSecondOn))
      .Text(words.Plural(word::kAdminSecondLeft, second.recovery_codes))
      .Add(OldPasswordField(words, typed.wrong_password))
      .Button(words.Get(word::kAdminSecondAnew), "", "anew")
      .Button(words.Get(word::kAdminSecondTurnOff), "danger", "off");
  return page.Done(alert.empty() ? 200 : 422);
}

}  // namespace

Response AccountPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const std::string done = context.request.Param("done").value_or("");
  const templates::Words& words = frame.words();
  const std::string notice = done == "saved"      ? words.Get(word::kAdminAccountSaved)
                             : done == "password" ? words.Get(word::kAdminPasswordDone)
                             : done == "ended"    ? words.Get(word::kAdminSessionsEnded)
                             : done == "off"      ? words.Get(word::kAdminSecondOff)
                                                  : "";
  return Show(frame, visit.viewer, context.tx, nullptr, {}, notice, context.now);
}

Response AccountPost(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const fcgi::Form form = ReadForm(context.request, kProfileFields);
  const auto old = journal::ProfileOf(context.tx, visit.person().id);
  if (!old) throw fcgi::HttpError(404);
  ProfileTyped typed = ReadProfile(frame.words(), form, *old);
  if (!typed.First().empty())
    return Show(frame, visit.viewer, context.tx, &typed, {}, "", context.now);
  context.act = [&request = context.request, frame, viewer = visit.viewer, typed, old,
                 password = std::string(form["password"]), now = context.now](sql::Db& db) mutable {
    if (typed.profile.email != old->email) {
      typed.wrong_password = password.empty()
                                 ? frame.words().Get(word::kAdminPeopleEmailPassword)
                                 : OldPasswordProblem(frame, db, viewer, request, password, now);
    }
    if (typed.wrong_password.empty()) {
      const auto change = db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
        return journal::ChangeProfile(tx, typed.profile, viewer.person.id, now);
      });
      Refused(typed, change, frame.words());
    }
    if (typed.First().empty())
      return fcgi::Redirect(303, frame.links.To(kAccount, "?done=saved").view());
    return db.Read([&](sql::Tx& tx) { return Show(frame, viewer, tx, &typed, {}, "", now); });
  };
  return {};
}

Response PasswordPost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kFields);
  context.act = [&request = context.request, frame = FrameOf(context), viewer = visit.viewer,
                 old = std::string(form["password"]), typed = std::string(form["new-password"]),
                 now = context.now](sql::Db& db) {
    Wrong wrong;
    wrong.new_password = PasswordProblem(frame.words(), typed);
    if (wrong.new_password.empty())
      wrong.old_password = OldPasswordProblem(frame, db, viewer, request, old, now);
    if (!wrong.new_password.empty() || !wrong.old_password.empty())
      return db.Read([&](sql::Tx& tx) { return Show(frame, viewer, tx, nullptr, wrong, "", now); });
    const std::string hash = journal::HashPassword(typed);
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      journal::ChangePassword(tx, viewer.person.id, hash, viewer.session, "password",
                              viewer.person.id, now);
    });
    return fcgi::Redirect(303, frame.links.To(kAccount, "?done=password").view());
  };
  return {};
}

Response SessionsPost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer,
                       which = std::string(form["which"]), now = visit.context.now](sql::Db& db) {
    db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      const journal::Id id = viewer.person.id;
      int ended = 0;
      if (which == "others") {
        ended = journal::EndSessions(tx, id, viewer.session);
      } else {
        for (const journal::Session& session :
             journal::SessionsOf(tx, frame.site.settings, id, now))
          if (session.hash == which && journal::EndSession(tx, which)) ++ended;
      }
      if (ended > 0) journal::Log(tx, id, "sessions.end", std::to_string(ended), now);
    });
    return fcgi::Redirect(303, frame.links.To(kAccount, "?done=ended").view());
  };
  return {};
}

Response SecondPage(Visit& visit) {
  SecondTyped typed;
  const auto second = journal::SecondStepOf(visit.context.tx, visit.person().id);
  if (!second.on) typed.secret = journal::NewSecondSecret();
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer, second,
                       typed](sql::Db& db) { return ShowSecond(frame, viewer, db, second, typed); };
  return {};
}

Response SecondPost(Visit& visit) {
  Context& context = visit.context;
  const fcgi::Form form = ReadForm(context.request, kFields);
  SecondTyped typed;
  typed.secret = form["secret"];
  std::erase(typed.secret, ' ');
  typed.code = form["code"];
  if (!journal::IsSecondSecret(typed.secret)) typed.secret = journal::NewSecondSecret();
  const auto second = journal::SecondStepOf(context.tx, visit.person().id);
  const std::string act(form["act"]);
  // The button of a page that was made before it was turned on or off elsewhere.
  if ((act == "on") == second.on) return fcgi::Redirect(303, context.links.To(kSecond).view());
  context.act = [&request = context.request, frame = FrameOf(context), viewer = visit.viewer, typed,
                 second, act, password = std::string(form["password"]),
                 now = context.now](sql::Db& db) mutable {
    const templates::Words& words = frame.words();
    const journal::Id id = viewer.person.id;
    if (act == "on" && !journal::StepOf(typed.secret, typed.code, now))
      typed.wrong_code = words.Get(word::kAdminSecondNot);
    else
      typed.wrong_password = OldPasswordProblem(frame, db, viewer, request, password, now);
    if (!typed.wrong_code.empty() || !typed.wrong_password.empty())
      return ShowSecond(frame, viewer, db, second, typed);
    const std::vector<std::string> codes = journal::NewRecoveryCodes();
    const bool off = act == "off";
    const bool done = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      if (journal::SecondStepOf(tx, id).on == (act == "on")) return false;
      if (off) {
        journal::TurnSecondStepOff(tx, id);
      } else if (act == "on") {
        if (!journal::TurnSecondStepOn(tx, id, typed.secret, typed.code, codes, now)) return false;
      } else {
        journal::PutRecoveryCodes(tx, id, codes);
      }
      journal::Log(tx, id,
                   off           ? "second.off"
                   : act == "on" ? "second.on"
                                 : "second.codes",
                   "", now);
      return true;
    });
    if (!done) return fcgi::Redirect(303, frame.links.To(kSecond).view());
    if (off) return fcgi::Redirect(303, frame.links.To(kAccount, "?done=off").view());
    typed.codes = codes;
    return ShowSecond(frame, viewer, db, {true, static_cast<std::int64_t>(codes.size())}, typed);
  };
  return {};
}

Response SecondSeenPost(Visit& visit) {
  return fcgi::Redirect(303, visit.context.links.To(kAccount).view());
}

}  // namespace daybook::handlers::admin
