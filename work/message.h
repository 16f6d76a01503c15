// A mail as bytes: RFC 5322 with MIME. What may stand in a header is a type, so that no header can
// be injected, whatever was typed where. It is not how it travels (transport.h).
#pragma once

#include <string>
#include <string_view>

#include "journal/mail.h"
#include "templates/templates.h"
#include "text/safe.h"

namespace daybook::work {

// A line that may stand in a header: no line end, no control character, ASCII by RFC 2047.
class HeaderText {
 public:
  HeaderText() = default;
  // Any text.
  explicit HeaderText(std::string_view text);
  const std::string& encoded() const { return encoded_; }

 private:
  std::string encoded_;
};

// What may stand between '<' and '>' of a header; empty where the text may not.
class HeaderToken {  // letters, digits, '.', '-'
 public:
  HeaderToken() = default;
  explicit HeaderToken(std::string_view text);
  const std::string& str() const { return value_; }

 private:
  std::string value_;
};
class HeaderUrl {  // http or https, printable ASCII
 public:
  HeaderUrl() = default;
  explicit HeaderUrl(std::string_view url);
  const std::string& str() const { return value_; }

 private:
  std::string value_;
};

struct Message {
  text::EmailAddress from, to;
  HeaderText from_name, subject;
  std::string message_id;  // local part; made by us
  // Of list mail: what it is about, and the address that leaves it, also with one click.
  HeaderToken list;
  HeaderUrl leave;
  journal::Seconds date = 0;
  std::string body;  // plain text, UTF-8
};

// CRLF line ends; the body as quoted-printable, so that no line of it is over 76 bytes or a lone
// dot.
[[nodiscard]] std::string Compose(const Message& message);

// The words of a queued mail, in the journal's language.
[[nodiscard]] Message MessageOf(const journal::QueuedMail& mail, const journal::Settings& settings,
                                const templates::Templates& templates);

}  // namespace daybook::work
