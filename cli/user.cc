// `daybook user list | add NAME | password WHO | role WHO ROLE | remove WHO | sessions WHO |
// sign-out WHO | codes-off WHO`: the journal's own people from a shell, as the owner's pages have
// them. WHO is an address of mail or the name in their address.
#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/password.h"
#include "journal/account.h"
#include "journal/audit.h"
#include "journal/edit.h"
#include "journal/journal.h"
#include "journal/people.h"
#include "journal/second.h"
#include "journal/setup.h"
#include "text/dates.h"
#include "text/email.h"
#include "text/html_clean.h"
#include "text/slug.h"
#include "text/utf8.h"

namespace daybook::cli {
namespace {

using journal::Person;
using journal::Role;
using Json = nlohmann::ordered_json;

constexpr std::string_view kRoles[] = {"author", "editor", "owner", "none"};

std::string_view Name(Role role) { return kRoles[static_cast<int>(role)]; }

std::optional<Role> RoleNamed(std::string_view name) {
  const auto* found = std::find(std::begin(kRoles), std::end(kRoles), name);
  if (found == std::end(kRoles)) return std::nullopt;
  return static_cast<Role>(found - std::begin(kRoles));
}

// `codes`: signing in asks for a code from an app, too.
Json AsJson(const Person& person, bool codes) {
  return {{"id", person.id},
          {"name", person.name},
          {"slug", person.slug},
          {"email", person.email},
          {"role", Name(person.role)},
          {"publishes", person.MayPublish() && person.role != Role::kNone},
          {"codes", codes}};
}

std::string Dump(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

std::string Line(const Person& person, bool codes) {
  return text::ShowControls(person.slug + "  " + person.name + "  " + person.email + "  ", false) +
         std::string(Name(person.role)) +
         (person.role == Role::kAuthor && person.may_publish ? ", publishes" : "") +
         (codes ? ", codes from an app" : "");
}

// Nobody who may not sign in is left out here: a role can be given back.
std::optional<Person> Find(sql::Tx& tx, std::string_view who) {
  const std::string wanted = text::AsciiLower(who);
  for (Person& person : journal::People(tx)) {
    if (person.slug == wanted ||
        (!person.email.empty() && text::AsciiLower(person.email) == wanted))
      return std::move(person);
  }
  return std::nullopt;
}

int Say(journal::Journal& opened, const Person& person, bool json) {
  const bool codes =
      opened.db.Read([&](sql::Tx& tx) { return journal::SecondStepOf(tx, person.id).on; });
  Print(json ? Dump(AsJson(person, codes)) : Line(person, codes));
  return kDone;
}

int TurnCodesOff(journal::Journal& opened, const Person& person, bool json) {
  opened.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    if (journal::TurnSecondStepOff(tx, person.id))
      journal::Log(tx, 0, "second.off", person.name, std::time(nullptr));
  });
  return Say(opened, person, json);
}

int Add(journal::Journal& opened, const Arguments& arguments) {
  const auto role = RoleNamed(arguments.Get("role", "author"));
  if (!role || *role == Role::kNone)
    return WrongUse("user", "--role is one of author, editor, owner.");
  journal::AuthorDraft draft;
  draft.name = arguments.rest[1];
  draft.role = static_cast<int>(*role);
  draft.may_publish = arguments.Has("may-publish");
  const auto email = text::ParseEmail(arguments.Get("email"));
  if (!email) return WrongUse("user", "--email needs the form name@example.com.");
  draft.email = email->view();
  const bool taken = opened.db.Read([&](sql::Tx& tx) { return Find(tx, draft.email).has_value(); });
  if (taken) {
    Complain("Somebody has the address " + draft.email +
             " already. `daybook user list` shows who.");
    return kFailed;
  }
  const auto password = NewPassword(arguments.Has("password-stdin"));
  if (!password) return kWrongUse;
  const std::string hash = journal::HashPassword(*password);
  const auto added = opened.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    const auto people = journal::People(tx);
    const auto taken = [&](const text::Slug& slug) {
      return std::any_of(people.begin(), people.end(),
                         [&](const Person& person) { return person.slug == slug.view(); });
    };
    // A name that is taken, be it by somebody imported, stays theirs.
    text::Slug slug = text::MakeSlug(draft.name);
    const text::Slug first = slug.empty() ? text::MakeSlug("author") : slug;
    slug = first;
    for (unsigned n = 2; taken(slug); ++n) slug = text::WithSuffix(first, n);
    draft.slug = slug.str();
    const journal::Id id = journal::UpsertAuthor(tx, draft, std::time(nullptr));
    journal::SetPassword(tx, id, hash);
    return journal::PersonById(tx, id);
  });
  if (added->IsOwner()) journal::RemoveSetupCode(opened.home);
  return Say(opened, *added, arguments.Has("json"));
}

int Sessions(journal::Journal& opened, const Person& person, bool json) {
  const journal::Settings settings = opened.Load();
  const auto sessions = opened.db.Read([&](sql::Tx& tx) {
    return journal::SessionsOf(tx, settings, person.id, std::time(nullptr));
  });
  Json all = Json::array();
  for (const journal::Session& session : sessions) {
    const std::string began = text::Rfc3339Date(session.created_at, settings.zone);
    const std::string seen = text::Rfc3339Date(session.seen_at, settings.zone);
    all.push_back({{"began", began}, {"seen", seen}, {"agent", session.agent}});
    if (!json) Print(began + "  " + seen + "  " + text::ShowControls(session.agent, false));
  }
  if (json) Print(Dump(all));
  if (!json && sessions.empty()) Print("There is none.");
  return kDone;
}

int SetRole(journal::Journal& opened, const Person& person, const Arguments& arguments,
            std::string_view name) {
  const auto role = RoleNamed(name);
  if (!role) return WrongUse("user", "A role is one of author, editor, owner, none.");
  const auto changed = opened.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    const auto change = journal::ChangeRole(tx, person.id, *role, arguments.Has("may-publish"), 0,
                                            std::time(nullptr));
    return change == journal::RoleChange::kLastOwner ? std::nullopt
                                                     : journal::PersonById(tx, person.id);
  });
  if (!changed) {
    Complain("This is the only owner. Make somebody else an owner first.");
    return kFailed;
  }
  return Say(opened, *changed, arguments.Has("json"));
}

int SetNewPassword(journal::Journal& opened, const Person& person, const Arguments& arguments) {
  const auto password = NewPassword(arguments.Has("password-stdin"));
  if (!password) return kWrongUse;
  const std::string hash = journal::HashPassword(*password);
  opened.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    journal::ChangePassword(tx, person.id, hash, "", "password.shell", 0, std::time(nullptr));
  });
  return Say(opened, person, arguments.Has("json"));
}

}  // namespace

int RunUser(const Arguments& arguments) {
  const std::string& act = arguments.rest[0];
  constexpr std::pair<std::string_view, std::size_t> kActs[] = {
      {"list", 1},   {"add", 2},      {"password", 2}, {"role", 3},
      {"remove", 2}, {"sessions", 2}, {"sign-out", 2}, {"codes-off", 2}};
  const auto* known = std::find_if(std::begin(kActs), std::end(kActs),
                                   [&](const auto& pair) { return pair.first == act; });
  if (known == std::end(kActs))
    return WrongUse(
        "user",
        "“" + act +
            "” is none of list, add, password, role, remove, sessions, sign-out, codes-off.");
  if (arguments.rest.size() != known->second)
    return WrongUse("user", arguments.rest.size() < known->second
                                ? "`user " + act + "` needs a word more."
                                : "There is one word too many. Put names in quotes.");
  const std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  journal::Journal opened = journal::OpenJournal(*home);
  const bool json = arguments.Has("json");
  if (act == "list") {
    Json all = Json::array();
    opened.db.Read([&](sql::Tx& tx) {
      for (const Person& person : journal::People(tx)) {
        const bool codes = journal::SecondStepOf(tx, person.id).on;
        all.push_back(AsJson(person, codes));
        if (!json) Print(Line(person, codes));
      }
    });
    if (json) Print(Dump(all));
    return kDone;
  }
  if (act == "add") return Add(opened, arguments);
  const auto person = opened.db.Read([&](sql::Tx& tx) { return Find(tx, arguments.rest[1]); });
  if (!person) {
    Complain("Nobody here is called “" + arguments.rest[1] +
             "”. `daybook user list` shows everyone.");
    return kFailed;
  }
  if (act == "password") return SetNewPassword(opened, *person, arguments);
  if (act == "role") return SetRole(opened, *person, arguments, arguments.rest[2]);
  if (act == "remove") return SetRole(opened, *person, arguments, "none");
  if (act == "codes-off") return TurnCodesOff(opened, *person, json);
  if (act == "sessions") return Sessions(opened, *person, json);
  opened.db.Write(sql::Publicity::kPrivate,
                  [&](sql::Tx& tx) { journal::EndSessions(tx, person->id); });
  return Say(opened, *person, json);
}

}  // namespace daybook::cli
