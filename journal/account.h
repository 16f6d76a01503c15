// Who may sign in, and who is signed in: accounts, throttled log-ins, sessions. It knows no cookies
// and no pages (handlers/admin); accounts are written by edit.h, passwords hashed by journal.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "journal/settings.h"

namespace daybook::journal {

enum class Role { kAuthor = 0, kEditor = 1, kOwner = 2, kNone = 3 };  // numbers are stored

// One of the journal's own people.
struct Person {
  Id id = 0;
  std::string name, slug, email;
  Role role = Role::kNone;
  bool may_publish = false;

  [[nodiscard]] bool IsEditor() const { return role == Role::kEditor || role == Role::kOwner; }
  [[nodiscard]] bool IsOwner() const { return role == Role::kOwner; }
  // Editors may, and authors who were told so.
  [[nodiscard]] bool MayPublish() const { return IsEditor() || may_publish; }
};
[[nodiscard]] std::optional<Person> PersonById(sql::Tx& tx, Id id);
[[nodiscard]] std::vector<Person> People(sql::Tx& tx);  // everyone, also those who cannot sign in
// The account of an email address or a slug, in any case; nothing for who may not sign in.
struct Account {
  Person person;
  std::string password;  // argon2id string
};
[[nodiscard]] std::optional<Account> AccountNamed(sql::Tx& tx, std::string_view name);

// --- signing in

// Counts one try with a password, by network and by the name that was typed, whether or not there
// is such an account. Call it, and commit, before the password is looked at. Nothing: go ahead;
// else when to come again. In a private write transaction.
[[nodiscard]] std::optional<Seconds> CountSignIn(sql::Tx& tx, const Settings& settings,
                                                 std::string_view name, std::string_view address,
                                                 Seconds now);
// It was the right password.
void UncountSignIn(sql::Tx& tx, const Settings& settings, std::string_view name,
                   std::string_view address, Seconds now);
// Some 50 ms, also where there is no such account: never in a transaction.
[[nodiscard]] bool SignsIn(const std::optional<Account>& account, std::string_view password);

// --- sessions

struct Session {
  std::string hash;  // of its token; names it
  Person person;
  Seconds created_at = 0, seen_at = 0;
  std::string agent;  // what the browser calls itself
};
// 256 bits that nobody can guess, in hexadecimal. Only the cookie holds them.
[[nodiscard]] std::string NewSessionToken();
[[nodiscard]] std::string HashSessionToken(std::string_view token);

void StartSession(sql::Tx& tx, std::string_view token, Id author, std::string_view agent,
                  Seconds now);
// One query. Nothing for a session that ended, is older than the journal keeps them
// (session_days unused), or whose person may not sign in any more.
[[nodiscard]] std::optional<Session> SessionOf(sql::Tx& tx, const Settings& settings,
                                               std::string_view token, Seconds now);
// When a session was last used that is too old now; nothing if nobody knows.
[[nodiscard]] std::optional<Seconds> LastSeen(sql::Tx& tx, std::string_view token);
inline constexpr Seconds kSeenEvery = 3600;  // as exactly as seen_at is kept
void NoteSeen(sql::Tx& tx, std::string_view hash, Seconds now);
// Newest first; those too old are left out.
[[nodiscard]] std::vector<Session> SessionsOf(sql::Tx& tx, const Settings& settings, Id author,
                                              Seconds now);
bool EndSession(sql::Tx& tx, std::string_view hash);
// All of somebody but one (empty: all). Gives how many.
int EndSessions(sql::Tx& tx, Id author, std::string_view but = {});

}  // namespace daybook::journal
