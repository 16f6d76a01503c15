// A mail as bytes: RFC 5322 with MIME, as text and, where there is one, as HTML beside it. What may
// stand in a header is a type, so that no header can be injected, whatever was typed where. It is
// not how it travels (transport.h) nor what is signed (dkim.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "journal/mail.h"
#include "journal/sign.h"
#include "templates/templates.h"
#include "text/safe.h"

namespace daybook::work {

// A line that may stand in a header: no line end but as a fold, no control character, ASCII by RFC
// 2047. At most some 600 bytes of it are kept.
class HeaderText {
 public:
  HeaderText() = default;
  // Any text.
  explicit HeaderText(std::string_view text);
  const std::string& encoded() const { return encoded_; }
  // As a display name: plain words are quoted. Empty without a text.
  [[nodiscard]] std::string Phrase() const;

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
  text::EmailAddress reply_to;  // empty: `from`
  // Where refusals go that come later (the envelope's); empty: `from`.
  text::EmailAddress sender;
  HeaderText from_name, subject;
  HeaderText reply_name;   // before reply_to
  HeaderToken message_id;  // local part; the host is that of `from`
  // Local parts of the mails that this one follows, oldest first; the last one is answered.
  std::vector<HeaderToken> references;
  // Of list mail: what it is about, and the address that leaves it, also with one click.
  HeaderToken list;
  HeaderText list_name;
  HeaderUrl leave;
  journal::Seconds date = 0;
  std::string body;  // plain text, UTF-8
  std::string html;  // a whole document, UTF-8; empty: there is the text only
};

// CRLF line ends, no line over 78 bytes but where one address is longer; each body as
// quoted-printable, so that nothing in it is a lone dot or is changed on the way.
[[nodiscard]] std::string Compose(const Message& message);

// What all mails of the journal have: from, from_name, to, date.
[[nodiscard]] Message NewMessage(const journal::Settings& settings, const text::EmailAddress& to,
                                 journal::Seconds date);
// `settings.mail_bounces` as the sender of one copy: name@host becomes name+ID-MAC@host. Empty
// where no such address is set.
[[nodiscard]] text::EmailAddress BounceSender(const journal::Settings& settings,
                                              const journal::Signer& signer, journal::Id mail,
                                              const text::EmailAddress& to);

// A whole HTML document in the one layout of mails (templates/mail/layout.tpl): the journal's name
// above, then the title (empty: none), then `inside`, which is made from a template or is an
// entry's text with absolute addresses, then the lines as DressText shows them, then those of
// `foot` in small letters.
[[nodiscard]] std::string DressHtml(const templates::Templates& templates,
                                    const journal::Settings& settings, std::string_view title,
                                    const text::SafeHtml& inside, std::string_view lines = "",
                                    std::string_view foot = "");
// The same of plain text: each line a paragraph, and one that is an address alone is a link.
[[nodiscard]] std::string DressText(const templates::Templates& templates,
                                    const journal::Settings& settings, std::string_view title,
                                    std::string_view text, std::string_view foot = "");

// The words of a queued mail, in the journal's language.
[[nodiscard]] Message MessageOf(const journal::QueuedMail& mail, const journal::Settings& settings,
                                const templates::Templates& templates);

}  // namespace daybook::work
