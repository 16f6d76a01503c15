// The second step of signing in: a code of an authenticator app, or one of ten recovery codes. Each
// code is good once. Codes themselves are text/totp.h, the pages handlers/admin.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"
#include "journal/settings.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

struct SecondStep {
  bool on = false;
  std::int64_t recovery_codes = 0;  // that are left
};
[[nodiscard]] SecondStep SecondStepOf(sql::Tx& tx, Id author);

// 160 bits in base32, to be typed into an app.
[[nodiscard]] std::string NewSecondSecret();
// Whether it is one as NewSecondSecret gives it.
[[nodiscard]] bool IsSecondSecret(std::string_view secret);
// The step of time of which `typed` is the code, the one before or after counted in: clocks differ.
[[nodiscard]] std::optional<std::int64_t> StepOf(std::string_view secret, std::string_view typed,
                                                 Seconds now);

// Ten of 80 bits, "abcd-efgh-ijkl-mnop". Only what they hash to is stored.
[[nodiscard]] std::vector<std::string> NewRecoveryCodes();

// `typed` was a code of that secret: the app knows it. False if it was not; then nothing changes.
[[nodiscard]] bool TurnSecondStepOn(sql::Tx& tx, Id author, std::string_view secret,
                                    std::string_view typed,
                                    const std::vector<std::string>& recovery, Seconds now);
void PutRecoveryCodes(sql::Tx& tx, Id author, const std::vector<std::string>& codes);
bool TurnSecondStepOff(sql::Tx& tx, Id author);  // false: it was off

enum class SecondTry { kGood, kRecovery, kWrong, kWait };
struct SecondTried {
  SecondTry result = SecondTry::kWrong;
  Seconds again_at = 0;  // of kWait
};
// Counts the try and takes the code if it is right: never a second time. In a private write
// transaction.
[[nodiscard]] SecondTried TrySecondStep(sql::Tx& tx, const Settings& settings, Id author,
                                        std::string_view typed, Seconds now);

}  // namespace daybook::journal
