// How a mail leaves: an SMTP server, or the host's sendmail program. Queue and retries are
// elsewhere (jobs.h, mailer.h).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "journal/settings.h"
#include "work/message.h"

namespace daybook::work {

class DkimKey;  // dkim.h

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
  // What was said about the last message, a line each, "> " ours and "< " the other's; names and
  // passwords are left out, the message's text too.
  [[nodiscard]] const std::string& conversation() const { return conversation_; }

 protected:
  std::string conversation_;
};

// As the settings have it: signed with `key` where there is one, which outlives it. Null where no
// way is set up; whether mail is ended is not asked.
[[nodiscard]] std::unique_ptr<Mailer> MailerFor(const journal::Settings& settings,
                                                const DkimKey* key);

// Whether both mean the same way, by which MailerFor would make the same.
[[nodiscard]] bool IsSameWay(const journal::Settings& one, const journal::Settings& other);

// Whether a server's answer to RCPT says that there is no such mailbox, and not that it refuses us.
[[nodiscard]] bool SaysNoSuchAddress(std::string_view reply);

// A message as the bytes that leave: Compose, or one that signs as well (dkim.h).
using Composer = std::function<std::string(const Message&)>;

// The setting `smtp`, HOST:PORT ([::1]:25 too), with TLS as `smtp.tls` says: auto is from the start
// on port 465, else STARTTLS where the server offers it; with a user name never without TLS. The
// certificate must be the server's and good. A server of this machine (localhost, 127.…, [::1]) is
// believed as it is. At most a minute and a half. The connection stays open for the next message;
// where the server ended it meanwhile, a new one is made. Each message has one recipient, so one
// refusal is nobody else's.
class SmtpMailer : public Mailer {
 public:
  SmtpMailer(std::string host_port, std::string user, std::string password,
             Composer composer = Compose, journal::SmtpTls tls = journal::SmtpTls::kAuto);
  ~SmtpMailer() override;
  [[nodiscard]] Delivered Send(const Message& message) override;

 private:
  struct Line;
  Delivered Once(const Message& message, const std::string& bytes, bool& stale);

  std::string host_port_, user_, password_;
  Composer composer_;
  journal::SmtpTls tls_;
  std::unique_ptr<Line> line_;
};

// `sendmail -i -f SENDER -- TO`, without a shell.
class SendmailMailer : public Mailer {
 public:
  explicit SendmailMailer(std::filesystem::path program, Composer composer = Compose);
  [[nodiscard]] Delivered Send(const Message& message) override;

 private:
  std::filesystem::path program_;
  Composer composer_;
};

}  // namespace daybook::work
