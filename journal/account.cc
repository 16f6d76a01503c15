// Accounts and sessions in the tables `author`, `session` and `rate`.
#include "journal/account.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "journal/journal.h"
#include "journal/rates.h"
#include "sql/queries/account.h"
#include "sql/queries/judge.h"
#include "text/html_clean.h"
#include "text/network.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

// Tries without a wait are for those who do not remember; the rest is slow enough for no list of
// passwords to get anywhere.
constexpr RateLimit kNetworkLimit = {30, 20};
constexpr RateLimit kAccountLimit = {60, 15};
constexpr size_t kAgentMax = 200;
constexpr size_t kTokenBytes = 32;
constexpr Seconds kForgetAfter = Seconds{400} * 86400;  // longer than any session lasts
// Of no password: what is compared where there is no account takes as long.
constexpr char kNobody[] =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdCBvZiBubyBvbmUhIQ$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

std::string Hex(const unsigned char* bytes, size_t size) {
  std::string hex(size * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, size);
  hex.pop_back();
  return hex;
}

std::string Hash(std::string_view text) {
  std::array<unsigned char, 32> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  return Hex(hash.data(), hash.size());
}

std::string NetworkScope(std::string_view address) {
  const std::string network = text::NetworkOf(address);
  return network.empty() ? "" : "in " + network;
}
// Names are not kept: what is typed there may be a password.
std::string AccountScope(std::string_view name) {
  return "in " + Hash(text::AsciiLower(text::TrimHtmlSpace(name))).substr(0, 16);
}

Person PersonAt(const sql::Rows& rows, int column) {
  Person person;
  person.id = rows.Int(column);
  person.name = rows.String(column + 1);
  person.slug = rows.String(column + 2);
  person.email = rows.String(column + 3);
  person.role = rows.As<Role>(column + 4);
  person.may_publish = rows.Bool(column + 5);
  return person;
}

Seconds Oldest(const Settings& settings, Seconds now) {
  return now - settings.session_days * 86400;
}

}  // namespace

std::optional<Person> PersonById(sql::Tx& tx, Id id) {
  sql::Rows rows = tx.Query(query::kPersonById, id);
  return rows.Step() ? std::optional(PersonAt(rows, 0)) : std::nullopt;
}

std::vector<Person> People(sql::Tx& tx) {
  std::vector<Person> people;
  sql::Rows rows = tx.Query(query::kPeople);
  while (rows.Step()) people.push_back(PersonAt(rows, 0));
  return people;
}

std::optional<Account> AccountNamed(sql::Tx& tx, std::string_view name) {
  const std::string typed = text::AsciiLower(text::TrimHtmlSpace(name));
  if (typed.empty()) return std::nullopt;
  sql::Rows rows = tx.Query(query::kAccountNamed, typed);
  if (!rows.Step()) return std::nullopt;
  return Account{PersonAt(rows, 0), rows.String(6)};
}

std::optional<Seconds> CountSignIn(sql::Tx& tx, const Settings& settings, std::string_view name,
                                   std::string_view address, Seconds now) {
  if (!settings.rates) return std::nullopt;
  tx.Exec(query::kRateForget, now);
  const std::string network = NetworkScope(address), account = AccountScope(name);
  Seconds opens = RateOpens(tx, account, kAccountLimit, now);
  if (!network.empty()) opens = std::max(opens, RateOpens(tx, network, kNetworkLimit, now));
  if (opens > now) return opens;
  CountRate(tx, account, kAccountLimit, now);
  if (!network.empty()) CountRate(tx, network, kNetworkLimit, now);
  return std::nullopt;
}

void UncountSignIn(sql::Tx& tx, const Settings& settings, std::string_view name,
                   std::string_view address, Seconds now) {
  if (!settings.rates) return;
  UncountRate(tx, AccountScope(name), kAccountLimit, now);
  if (const std::string network = NetworkScope(address); !network.empty())
    UncountRate(tx, network, kNetworkLimit, now);
}

bool SignsIn(const std::optional<Account>& account, std::string_view password) {
  const bool known = account && !account->password.empty() && account->person.role != Role::kNone;
  const bool fits = PasswordFits(password.substr(0, kPasswordMax + 1),
                                 known ? account->password : std::string(kNobody));
  return known && fits;
}

std::string NewSessionToken() {
  if (sodium_init() < 0) std::abort();  // no randomness: nothing that follows could be trusted
  std::array<unsigned char, kTokenBytes> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return Hex(bytes.data(), bytes.size());
}

std::string HashSessionToken(std::string_view token) { return Hash(token); }

void StartSession(sql::Tx& tx, std::string_view token, Id author, std::string_view agent,
                  Seconds now) {
  tx.Exec(query::kSessionForget, now - kForgetAfter);
  tx.Exec(query::kSessionStart, HashSessionToken(token), author, now,
          text::CutBytes(text::RemoveControls(text::RepairUtf8(agent)), kAgentMax));
}

std::optional<Session> SessionOf(sql::Tx& tx, const Settings& settings, std::string_view token,
                                 Seconds now) {
  if (token.size() != 2 * kTokenBytes) return std::nullopt;
  Session session;
  session.hash = HashSessionToken(token);
  sql::Rows rows = tx.Query(query::kSessionRead, session.hash, Oldest(settings, now));
  if (!rows.Step()) return std::nullopt;
  session.person = PersonAt(rows, 0);
  session.created_at = rows.Int(6);
  session.seen_at = rows.Int(7);
  session.agent = rows.String(8);
  return session;
}

std::optional<Seconds> LastSeen(sql::Tx& tx, std::string_view token) {
  if (token.size() != 2 * kTokenBytes) return std::nullopt;
  return tx.Int(query::kSessionSeen, HashSessionToken(token));
}

void NoteSeen(sql::Tx& tx, std::string_view hash, Seconds now) {
  tx.Exec(query::kSessionNoteSeen, hash, now);
}

std::vector<Session> SessionsOf(sql::Tx& tx, const Settings& settings, Id author, Seconds now) {
  std::vector<Session> sessions;
  sql::Rows rows = tx.Query(query::kSessionsOf, author, Oldest(settings, now));
  while (rows.Step()) {
    Session session;
    session.hash = rows.String(0);
    session.created_at = rows.Int(1);
    session.seen_at = rows.Int(2);
    session.agent = rows.String(3);
    session.person.id = author;
    sessions.push_back(std::move(session));
  }
  return sessions;
}

bool EndSession(sql::Tx& tx, std::string_view hash) {
  return tx.Exec(query::kSessionEnd, hash) > 0;
}

int EndSessions(sql::Tx& tx, Id author, std::string_view but) {
  return tx.Exec(query::kSessionsEnd, author, but);
}

}  // namespace daybook::journal
