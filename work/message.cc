// Mail as bytes: see message.h.
#include "work/message.h"

#include <sodium.h>

#include <vector>

#include "templates/keys.h"
#include "templates/view.h"
#include "text/dates.h"
#include "text/email.h"
#include "text/html_clean.h"
#include "text/html_page.h"
#include "text/url.h"

namespace daybook::work {
namespace {

namespace key = templates::key;
namespace tpl = templates::tpl;
namespace word = templates::word;

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string Base64(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // NUL
  return out;
}

std::string QuotedPrintable(std::string_view text) {
  constexpr size_t kLine = 73;
  const char* digits = "0123456789ABCDEF";
  std::string out;
  size_t column = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      out += "\r\n";
      column = 0;
      continue;
    }
    const bool last = i + 1 == text.size() || text[i + 1] == '\n';
    const bool plain =
        (c > ' ' && c < 0x7f && c != '=' && !(column == 0 && c == '.')) || (c == ' ' && !last);
    if (column + (plain ? 1 : 3) > kLine) {
      out += "=\r\n";
      column = 0;
    }
    if (plain && !(column == 0 && c == '.')) {
      out += c;
      ++column;
    } else {
      out += '=';
      out += digits[static_cast<unsigned char>(c) >> 4];
      out += digits[static_cast<unsigned char>(c) & 15];
      column += 3;
    }
  }
  return out;
}

std::string Field(const journal::QueuedMail& mail, std::string_view name) {
  for (const auto& [have, value] : mail.fields) {
    if (have == name) return value;
  }
  return "";
}

struct Words {
  templates::TemplateId body;
  templates::WordKey subject;
};
Words WordsOf(journal::MailTemplate kind) {
  switch (kind) {
    case journal::MailTemplate::kTest:
      return {tpl::kMailTest, word::kMailTestSubject};
    case journal::MailTemplate::kFollowUp:
      return {tpl::kMailFollow, word::kMailFollowSubject};
    case journal::MailTemplate::kRecover:
      return {tpl::kMailRecover, word::kMailRecoverSubject};
    case journal::MailTemplate::kInvite:
      return {tpl::kMailInvite, word::kMailInviteSubject};
    case journal::MailTemplate::kConfirmComment:
      break;
  }
  return {tpl::kMailConfirmComment, word::kMailConfirmSubject};
}

}  // namespace

HeaderText::HeaderText(std::string_view text) {
  std::string line = text::CleanSource(text, text::BidiControls::kRemove);
  for (char& c : line) {
    if (IsControl(c)) c = ' ';
  }
  constexpr size_t kPlain = 60, kWord = 39;  // "Subject: " and one word: 73 bytes
  bool plain = line.size() <= kPlain && line.find("=?") == std::string::npos;
  for (const char c : line) plain = plain && c >= ' ' && c < 0x7f;
  if (plain) {
    encoded_ = line;
    return;
  }
  for (size_t begin = 0; begin < line.size();) {
    size_t end = std::min(begin + kWord, line.size());
    while (end < line.size() && end > begin + 1 && IsContinuation(line[end])) --end;
    if (!encoded_.empty()) encoded_ += "\r\n ";
    encoded_ += "=?UTF-8?B?" + Base64(std::string_view(line).substr(begin, end - begin)) + "?=";
    begin = end;
  }
}

HeaderToken::HeaderToken(std::string_view text) {
  for (const char c : text) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '-';
    if (!fits) return;
  }
  value_ = text;
}

HeaderUrl::HeaderUrl(std::string_view url) {
  constexpr size_t kLongest = 900;  // of a line, with the header's name
  if (!text::IsWebUrl(url) || url.size() > kLongest) return;
  for (const char c : url)
    if (c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == ',') return;
  value_ = url;
}

std::string Compose(const Message& message) {
  const std::string& from = message.from.str();
  std::string name = message.from_name.encoded();
  if (!name.empty() && !name.starts_with("=?")) {
    std::string quoted = "\"";
    for (const char c : name) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    name = quoted + "\"";
  }
  std::string out;
  out += "Date: " + text::Rfc822Date(message.date, "UTC") + "\r\n";
  out += "From: " + name + (name.empty() ? "" : " ") + "<" + from + ">\r\n";
  out += "To: <" + message.to.str() + ">\r\n";
  out += "Subject: " + message.subject.encoded() + "\r\n";
  out += "Message-ID: <" + message.message_id + "@" + from.substr(from.find('@') + 1) + ">\r\n";
  out += "Auto-Submitted: auto-generated\r\n";
  if (!message.list.str().empty()) out += "List-Id: <" + message.list.str() + ">\r\n";
  if (!message.leave.str().empty()) {
    out += "List-Unsubscribe: <" + message.leave.str() + ">\r\n";
    out += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
  }
  out += "MIME-Version: 1.0\r\n";
  out += "Content-Type: text/plain; charset=utf-8\r\n";
  out += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
  return out + QuotedPrintable(message.body);
}

Message MessageOf(const journal::QueuedMail& mail, const journal::Settings& settings,
                  const templates::Templates& templates) {
  const Words words = WordsOf(mail.kind);
  Message message;
  message.to = mail.to;
  const std::string& sender = settings.mail_from.empty() ? settings.email : settings.mail_from;
  if (auto from = text::ParseEmail(sender)) message.from = *std::move(from);
  message.from_name = HeaderText(settings.title);
  message.subject = HeaderText(templates.words().Format(
      words.subject, {{"journal", settings.title}, {"entry", Field(mail, "entry")}}));
  message.leave = HeaderUrl(Field(mail, "leave"));
  if (const std::string list = Field(mail, "list"); !list.empty())
    message.list = HeaderToken(list + "." + text::HostOf(settings.url));
  // The same at each attempt: should one be sent twice, it is recognised.
  message.message_id = "daybook." + std::to_string(mail.created_at) + "." + std::to_string(mail.id);
  message.date = mail.created_at;
  templates::View view(templates, words.body);
  view.Set(key::kJournalName, settings.title);
  view.Set(key::kJournalAddress, settings.url);
  view.Set(key::kLinkAddress, Field(mail, "link"));
  view.Set(key::kFollowName, Field(mail, "name"));
  view.Set(key::kFollowText, Field(mail, "text"));
  view.Set(key::kLeaveAddress, Field(mail, "leave"));
  view.Set(key::kEntryName, Field(mail, "entry"));
  view.Set(key::kEntryAddress, Field(mail, "entry_url"));
  // Templates lose their empty lines; here each line is a paragraph.
  for (const char c : view.Render()) message.body += c == '\n' ? "\n\n" : std::string(1, c);
  return message;
}

}  // namespace daybook::work
