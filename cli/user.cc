// `daybook user list | add NAME | password WHO | role WHO ROLE | remove WHO | sessions WHO |
// sign-out WHO`: the journal's own people from a shell, as the owner's pages have them. WHO is an
// address of mail or the name in their address.
#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/password.h"
#include "journal/account.h"
#include "journal/edit.h"
#include "journal/journal.h"
#include "sql/queries/account.h"
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

Json AsJson(const Person& person) {
  return {{"id", person.id},
          {"name", person.name},
          {"slug", person.slug},
          {"email", person.email},
          {"role", Name(person.role)},
          {"publishes", person.MayPublish() && person.role != Role::kNone}};
}

std::string Dump(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

std::string Line(const Person& person) {
  return text::ShowControls(person.slug + "  " + person.name + "  " + person.email + "  ", false) +
         std::string(Name(person.role)) +
         (person.role == Role::kAuthor && person.may_publish ? ", publishes" : "");
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

// The last one who may do everything cannot be shut out by mistake.
bool IsLastOwner(sql::Tx& tx, const Person& person) {
  const auto people = journal::People(tx);
  return person.IsOwner() && std::count_if(people.begin(), people.end(),
                                           [](const Person& one) { return one.IsOwner(); }) == 1;
}

int Say(const Person& person, bool json) {
  Print(json ? Dump(AsJson(person)) : Line(person));
  return kDone;
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
  return Say(*added, arguments.Has("json"));
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
    if (*role != Role::kOwner && IsLastOwner(tx, person)) return std::optional<Person>();
    tx.Exec(sql::query::kPersonRole, person.id, *role, arguments.Has("may-publish"));
    if (*role == Role::kNone) journal::EndSessions(tx, person.id);
    return journal::PersonById(tx, person.id);
  });
  if (!changed) {
    Complain("This is the only owner. Make somebody else an owner first.");
    return kFailed;
  }
  return Say(*changed, arguments.Has("json"));
}

int SetNewPassword(journal::Journal& opened, const Person& person, const Arguments& arguments) {
  const auto password = NewPassword(arguments.Has("password-stdin"));
  if (!password) return kWrongUse;
  const std::string hash = journal::HashPassword(*password);
  opened.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    journal::SetPassword(tx, person.id, hash);
    journal::EndSessions(tx, person.id);
  });
  return Say(person, arguments.Has("json"));
}

}  // namespace

int RunUser(const Arguments& arguments) {
  const std::string& act = arguments.rest[0];
  constexpr std::pair<std::string_view, std::size_t> kActs[] = {
      {"list", 1},   {"add", 2},      {"password", 2}, {"role", 3},
      {"remove", 2}, {"sessions", 2}, {"sign-out", 2}};
  const auto* known = std::find_if(std::begin(kActs), std::end(kActs),
                                   [&](const auto& pair) { return pair.first == act; });
  if (known == std::end(kActs))
    return WrongUse(
        "user", "“" + act + "” is none of list, add, password, role, remove, sessions, sign-out.");
  if (arguments.rest.size() != known->second)
    return WrongUse("user", arguments.rest.size() < known->second
                                ? "`user " + act + "` needs a word more."
                                : "There is one word too many. Put names in quotes.");
  const std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  journal::Journal opened = journal::OpenJournal(*home);
  const bool json = arguments.Has("json");
  if (act == "list") {
    const auto people = opened.db.Read([](sql::Tx& tx) { return journal::People(tx); });
    Json all = Json::array();
    for (const Person& person : people) {
      all.push_back(AsJson(person));
      if (!json) Print(Line(person));
    }
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
  if (act == "sessions") return Sessions(opened, *person, json);
  opened.db.Write(sql::Publicity::kPrivate,
                  [&](sql::Tx& tx) { journal::EndSessions(tx, person->id); });
  return Say(*person, json);
}

}  // namespace daybook::cli
