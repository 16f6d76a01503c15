// What is signed with the journal's own secret: forms, links in mails, readers' cookies. A
// signature proves that this journal made a text for one purpose, and nothing about who sends it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/model.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

class Signer {
 public:
  explicit Signer(std::string secret) : secret_(std::move(secret)) {}
  // 32 hexadecimal digits of HMAC-SHA-512-256. What is signed for one purpose fits no other.
  [[nodiscard]] std::string Mac(std::string_view purpose, std::string_view text) const;
  // Compares in constant time.
  [[nodiscard]] bool Fits(std::string_view mac, std::string_view purpose,
                          std::string_view text) const;
  // A text that only this journal can read again, in letters that may stand in an address; each
  // time another one. Nothing for what was not sealed here for this purpose.
  [[nodiscard]] std::string Seal(std::string_view purpose, std::string_view text) const;
  [[nodiscard]] std::optional<std::string> Open(std::string_view purpose,
                                                std::string_view sealed) const;

 private:
  [[nodiscard]] std::string KeyFor(std::string_view purpose) const;  // 32 bytes
  std::string secret_;
};
// One query.
[[nodiscard]] Signer SignerOf(sql::Tx& tx);

// 16 hexadecimal digits that nobody can guess.
[[nodiscard]] std::string RandomName();

// The stamp of a comment form: which entry it is for, when this writer first got it, and how.
struct FormStamp {
  // kUnproved: given with the preview to a browser that does not say where its form was sent from;
  // only that one may post with it.
  enum class Kind : char { kProved = 's', kUnproved = 'u' };
  Kind kind = Kind::kProved;
  Seconds first_at = 0;
  std::string nonce;
};
[[nodiscard]] FormStamp NewStamp(FormStamp::Kind kind, Seconds now);
[[nodiscard]] std::string WriteStamp(const Signer& signer, Id entry, const FormStamp& stamp);

inline constexpr Seconds kStampLife = 86400;
struct ReadStamp {
  enum class State { kAbsent, kGood, kExpired, kForged };
  State state = State::kAbsent;
  FormStamp stamp;  // of a good or expired one
};
[[nodiscard]] ReadStamp CheckStamp(const Signer& signer, Id entry, std::string_view text,
                                   Seconds now);

// A short-lived proof in a form or mail: "TIME.MAC" over `text`.
[[nodiscard]] std::string WriteToken(const Signer& signer, std::string_view purpose,
                                     std::string_view text, Seconds now);
enum class TokenState { kGood, kExpired, kForged };
[[nodiscard]] TokenState CheckToken(const Signer& signer, std::string_view purpose,
                                    std::string_view text, std::string_view token, Seconds now,
                                    Seconds life);

}  // namespace daybook::journal
