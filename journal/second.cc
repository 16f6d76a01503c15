// The second step, in the tables `author`, `recovery_code` and `rate`.
#include "journal/second.h"

#include <sodium.h>

#include <array>
#include <cstdlib>

#include "journal/account.h"
#include "journal/rates.h"
#include "sql/queries/people.h"
#include "sql/tx.h"
#include "text/html_clean.h"
#include "text/totp.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

// Whoever gets here knows the password already. Three codes of a million fit at any moment: so slow
// that guessing takes years, and forgiving enough for slips of the finger.
constexpr RateLimit kCodeLimit = {300, 8};
constexpr std::size_t kSecretBytes = 20, kCodeBytes = 10, kCodes = 10, kDigits = 6;

std::string RandomBytes(std::size_t size) {
  if (sodium_init() < 0) std::abort();
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

bool Same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

// Digits, with whatever spaces apps show between them.
std::string Digits(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (text::IsAsciiDigit(c))
      digits += c;
    else if (c != ' ' && c != '-')
      return "";
  }
  return digits;
}

std::string HashCode(std::string_view typed) {
  const auto bytes = text::FromBase32(text::TrimHtmlSpace(typed));
  return bytes && bytes->size() == kCodeBytes ? HashSessionToken(*bytes) : "";
}

}  // namespace

SecondStep SecondStepOf(sql::Tx& tx, Id author) {
  sql::Rows rows = tx.Query(query::kSecondRead, author);
  if (!rows.Step()) return {};
  return {!rows.Text(0).empty(), rows.Int(2)};
}

std::string NewSecondSecret() { return text::Base32(RandomBytes(kSecretBytes)); }

bool IsSecondSecret(std::string_view secret) {
  const auto bytes = text::FromBase32(secret);
  return bytes && bytes->size() == kSecretBytes && text::Base32(*bytes) == secret;
}

std::optional<std::int64_t> StepOf(std::string_view secret, std::string_view typed, Seconds now) {
  const auto bytes = text::FromBase32(secret);
  const std::string digits = Digits(typed);
  if (!bytes || bytes->empty() || digits.size() != kDigits) return std::nullopt;
  const std::int64_t step = now / text::kTotpSeconds;
  for (const std::int64_t near : {step, step - 1, step + 1})
    if (Same(text::TotpCode(*bytes, near), digits)) return near;
  return std::nullopt;
}

std::vector<std::string> NewRecoveryCodes() {
  std::vector<std::string> codes;
  for (std::size_t n = 0; n < kCodes; ++n) {
    const std::string text = text::AsciiLower(text::Base32(RandomBytes(kCodeBytes)));
    std::string& code = codes.emplace_back();
    for (std::size_t at = 0; at < text.size(); at += 4)
      code += (at == 0 ? "" : "-") + text.substr(at, 4);
  }
  return codes;
}

bool TurnSecondStepOn(sql::Tx& tx, Id author, std::string_view secret, std::string_view typed,
                      const std::vector<std::string>& recovery, Seconds now) {
  const auto step = StepOf(secret, typed, now);
  if (!step || !IsSecondSecret(secret)) return false;
  tx.Exec(query::kSecondSet, author, secret, *step);
  PutRecoveryCodes(tx, author, recovery);
  return true;
}

void PutRecoveryCodes(sql::Tx& tx, Id author, const std::vector<std::string>& codes) {
  tx.Exec(query::kRecoveryClear, author);
  for (const std::string& code : codes) tx.Exec(query::kRecoveryPut, author, HashCode(code));
}

bool TurnSecondStepOff(sql::Tx& tx, Id author) {
  const bool was_on = SecondStepOf(tx, author).on;
  tx.Exec(query::kSecondSet, author, "", 0);
  tx.Exec(query::kRecoveryClear, author);
  return was_on;
}

SecondTried TrySecondStep(sql::Tx& tx, const Settings& settings, Id author, std::string_view typed,
                          Seconds now) {
  const std::string scope = "2 " + std::to_string(author);
  if (settings.rates) {
    const Seconds opens = RateOpens(tx, scope, kCodeLimit, now);
    if (opens > now) return {SecondTry::kWait, opens};
    CountRate(tx, scope, kCodeLimit, now);
  }
  SecondTry result = SecondTry::kWrong;
  std::string secret;
  std::int64_t last = 0;
  {
    sql::Rows rows = tx.Query(query::kSecondRead, author);
    if (rows.Step()) {
      secret = rows.String(0);
      last = rows.Int(1);
    }
  }
  if (secret.empty()) return {};
  const auto step = StepOf(secret, typed, now);
  if (step && *step > last) {
    tx.Exec(query::kSecondSet, author, secret, *step);
    result = SecondTry::kGood;
  } else if (const std::string hash = HashCode(typed);
             !hash.empty() && tx.Exec(query::kRecoveryTake, author, hash) > 0) {
    result = SecondTry::kRecovery;
  }
  if (settings.rates && result != SecondTry::kWrong) UncountRate(tx, scope, kCodeLimit, now);
  return {result, 0};
}

}  // namespace daybook::journal
