// How a mail leaves: an SMTP server, or the host's sendmail program. Queue and retries are
// elsewhere (jobs.h, mailer.h).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "journal/settings.h"
#include "work/message.h"

namespace daybook::work {

enum class Delivery {
  kTaken,     // the server has it
  kTryAgain,  // not now
  kRefused,   // never, in this form
  kNoSuchAddress,
};
struct Delivered {
  Delivery outcome = Delivery::kTryAgain;
  std::string detail;  // what the server said, one line
};

// The seam for tests.
class Mailer {
 public:
  virtual ~Mailer() = default;
  [[nodiscard]] virtual Delivered Send(const Message& message) = 0;
};

// Whether a server's answer to RCPT says that there is no such mailbox, and not that it refuses us.
[[nodiscard]] bool SaysNoSuchAddress(std::string_view reply);

// The setting `smtp`, HOST:PORT: TLS from the start on port 465, else STARTTLS where the server
// offers it; with a user name never without TLS. The certificate must be the server's and good. A
// server of this machine (localhost, 127.…, [::1]) is believed as it is. At most a minute.
class SmtpMailer : public Mailer {
 public:
  SmtpMailer(std::string host_port, std::string user, std::string password);
  [[nodiscard]] Delivered Send(const Message& message) override;

 private:
  std::string host_port_, user_, password_;
};

// `sendmail -i -f FROM -- TO`, without a shell.
class SendmailMailer : public Mailer {
 public:
  explicit SendmailMailer(std::filesystem::path program);
  [[nodiscard]] Delivered Send(const Message& message) override;
  // Where the system has it; empty if nowhere.
  [[nodiscard]] static std::filesystem::path Find();

 private:
  std::filesystem::path program_;
};

}  // namespace daybook::work
