// Mail as bytes: see message.h.
#include "work/message.h"

#include <sodium.h>

#include <vector>

#include "journal/bounce.h"
#include "journal/sign.h"
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

constexpr const char* kEnd = "\r\n";
// "=_" stands in no quoted-printable text.
constexpr const char* kBoundary = "=_daybook_letter";

std::string Named(const HeaderText& name, const std::string& inside) {
  const std::string phrase = name.Phrase();
  return phrase + (phrase.empty() ? "<" : phrase.size() > 40 ? "\r\n <" : " <") + inside + ">";
}
std::string Mailbox(const HeaderText& name, const text::EmailAddress& address) {
  return Named(name, address.str());
}

std::string Part(const char* kind, std::string_view text) {
  return std::string("Content-Type: text/") + kind +
         "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
         QuotedPrintable(text);
}

void Frame(templates::View& view, const templates::Templates& templates,
           const journal::Settings& settings, std::string_view title) {
  view.Set(key::kLang, templates.words().language());
  view.Set(key::kJournalName, settings.title);
  if (const auto url = text::ParseWebUrl(settings.url)) view.Set(key::kJournalUrl, *url);
  view.Set(key::kLetterTitle, title);
  view.Show(key::kLetterHeading, !title.empty());
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Each a paragraph, and one that is an address alone is a link.
template <typename Into>
void AddLines(Into& view, const std::vector<std::string_view>& lines) {
  for (const std::string_view line : lines) {
    templates::Block piece = view.Add(key::kLetterLine);
    const auto url = line.starts_with("http") && line.find(' ') == std::string_view::npos
                         ? text::ParseWebUrl(line)
                         : std::nullopt;
    if (url) {
      templates::Block link = piece.Add(key::kLetterLink);
      link.Set(key::kLetterUrl, *url);
      link.Set(key::kLetterText, line);
    } else {
      piece.Show(key::kLetterWords, key::kLetterText, line);
    }
  }
}

void AddFoot(templates::View& view, std::string_view foot) {
  if (foot.empty()) return;
  templates::Block block = view.Add(key::kLetterFoot);
  AddLines(block, LinesOf(foot));
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
    case journal::MailTemplate::kConfirmSubscription:
      return {tpl::kMailConfirmSubscription, word::kMailListConfirmSubject};
    case journal::MailTemplate::kConfirmFriend:
      return {tpl::kMailConfirmFriend, word::kMailFriendConfirmSubject};
    case journal::MailTemplate::kFriend:
      return {tpl::kMailFriend, word::kMailFriendSubject};
    case journal::MailTemplate::kMessage:
      return {tpl::kMailMessage, word::kMailMessageSubject};
    case journal::MailTemplate::kAlert:
      return {tpl::kMailAlert, word::kMailAlertSubject};
    case journal::MailTemplate::kApproved:
      return {tpl::kMailApproved, word::kMailApprovedSubject};
    case journal::MailTemplate::kMailing:  // mailing.cc makes these
    case journal::MailTemplate::kIssueTest:
    case journal::MailTemplate::kConfirmComment:
      break;
  }
  return {tpl::kMailConfirmComment, word::kMailConfirmSubject};
}

}  // namespace

HeaderText::HeaderText(std::string_view text) {
  std::string line = text::CleanSource(text, text::BidiControls::kRemove);
  constexpr size_t kMost = 600;
  if (line.size() > kMost) {
    size_t end = kMost;
    while (end > 0 && IsContinuation(line[end])) --end;
    line.resize(end);
  }
  for (char& c : line) {
    if (IsControl(c)) c = ' ';
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  line.erase(0, line.find_first_not_of(' '));
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

std::string HeaderText::Phrase() const {
  if (encoded_.empty() || encoded_.starts_with("=?")) return encoded_;
  std::string quoted = "\"";
  for (const char c : encoded_) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
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
  for (const char c : url) {
    if (c <= ' ' || c >= 0x7f || c == '<' || c == '>') {
      value_.clear();
      return;
    }
    // Between addresses it would end one (RFC 2369); in a path it means the same so.
    if (c == ',')
      value_ += "%2C";
    else
      value_ += c;
  }
}

std::string Compose(const Message& message) {
  const std::string& from = message.from.str();
  const std::string here = "@" + from.substr(from.find('@') + 1) + ">";
  std::string out;
  out += "Date: " + text::Rfc822Date(message.date, "UTC") + kEnd;
  out += "From: " + Mailbox(message.from_name, message.from) + kEnd;
  if (!message.reply_to.empty())
    out += "Reply-To: " + Mailbox(message.reply_name, message.reply_to) + kEnd;
  out += "To: <" + message.to.str() + ">" + kEnd;
  out += "Subject: " + message.subject.encoded() + kEnd;
  out += "Message-ID: <" + message.message_id.str() + here + kEnd;
  if (!message.references.empty()) {
    out += "In-Reply-To: <" + message.references.back().str() + here + kEnd + "References:";
    for (const HeaderToken& reference : message.references)
      out += (&reference == message.references.data() ? " <" : "\r\n <") + reference.str() + here;
    out += kEnd;
  }
  out += std::string("Auto-Submitted: auto-generated") + kEnd;
  if (!message.list.str().empty())
    out += "List-Id: " + Named(message.list_name, message.list.str()) + kEnd;
  if (!message.leave.str().empty()) {
    // The one header that programs follow: its address is never cut.
    out += "List-Unsubscribe: <" + message.leave.str() + ">" + kEnd;
    out += std::string("List-Unsubscribe-Post: List-Unsubscribe=One-Click") + kEnd;
  }
  out += std::string("MIME-Version: 1.0") + kEnd;
  if (message.html.empty()) return out + Part("plain", message.body);
  out += std::string("Content-Type: multipart/alternative;\r\n boundary=\"") + kBoundary +
         "\"\r\n\r\n";
  const std::string edge = std::string("--") + kBoundary;
  out += edge + kEnd + Part("plain", message.body) + kEnd;
  out += edge + kEnd + Part("html", message.html) + kEnd;
  return out + edge + "--" + kEnd;
}

Message NewMessage(const journal::Settings& settings, const text::EmailAddress& to,
                   journal::Seconds date) {
  Message message;
  message.to = to;
  const std::string& sender = settings.mail_from.empty() ? settings.email : settings.mail_from;
  if (auto from = text::ParseEmail(sender)) message.from = *std::move(from);
  message.from_name =
      HeaderText(settings.mail_from_name.empty() ? settings.title : settings.mail_from_name);
  message.date = date;
  return message;
}

text::EmailAddress BounceSender(const journal::Settings& settings, const journal::Signer& signer,
                                journal::Id mail, const text::EmailAddress& to) {
  const std::string& base = settings.mail_bounces;
  const size_t at = base.find('@');
  if (base.empty() || at == std::string::npos) return {};
  return text::ParseEmail(base.substr(0, at) + "+" + journal::BounceTag(signer, mail, to.view()) +
                          base.substr(at))
      .value_or(text::EmailAddress());
}

std::string DressHtml(const templates::Templates& templates, const journal::Settings& settings,
                      std::string_view title, const text::SafeHtml& inside, std::string_view lines,
                      std::string_view foot) {
  templates::View view(templates, tpl::kMailLayout);
  Frame(view, templates, settings, title);
  view.Show(key::kLetterWhole, key::kLetterHtml, inside);
  AddLines(view, LinesOf(lines));
  AddFoot(view, foot);
  return view.Render();
}

std::string DressText(const templates::Templates& templates, const journal::Settings& settings,
                      std::string_view title, std::string_view text, std::string_view foot) {
  templates::View view(templates, tpl::kMailLayout);
  Frame(view, templates, settings, title);
  std::vector<std::string_view> lines = LinesOf(text);
  // The layout names the journal itself.
  for (const std::string_view last :
       {std::string_view(settings.url), std::string_view(settings.title)})
    if (!lines.empty() && lines.back() == last) lines.pop_back();
  AddLines(view, lines);
  AddFoot(view, foot);
  return view.Render();
}

Message MessageOf(const journal::QueuedMail& mail, const journal::Settings& settings,
                  const templates::Templates& templates) {
  const Words words = WordsOf(mail.kind);
  Message message = NewMessage(settings, mail.to, mail.created_at);
  const std::string subject = templates.words().Format(
      words.subject, {{"journal", settings.title}, {"entry", Field(mail, "entry")}});
  message.subject = HeaderText(subject);
  message.leave = HeaderUrl(Field(mail, "leave"));
  if (const std::string list = Field(mail, "list"); !list.empty()) {
    message.list = HeaderToken(list + "." + text::HostOf(settings.url));
    // A thread for the reader's program; the mail that begins it was never sent.
    message.references.emplace_back("daybook.thread." + list);
  }
  // The same at each attempt: should one be sent twice, it is recognised.
  message.message_id =
      HeaderToken("daybook." + std::to_string(mail.created_at) + "." + std::to_string(mail.id));
  if (auto reply = text::ParseEmail(Field(mail, "reply"))) {
    message.reply_to = *std::move(reply);
    message.reply_name = HeaderText(Field(mail, "name"));
  }
  templates::View view(templates, words.body);
  view.Set(key::kFriendName, Field(mail, "name"));
  view.Set(key::kFriendAddress, Field(mail, "reply"));
  view.Show(key::kEntryExcerpt, key::kExcerptText, Field(mail, "excerpt"));
  const std::string note = Field(mail, "note");
  view.Show(key::kFriendNote, key::kNoteText, note);
  // A value holds no line ends.
  for (const std::string_view line : LinesOf(note))
    view.Add(key::kMessageClean).Set(key::kMessageWords, line);
  view.Show(key::kMessageHeld, note.empty());
  view.Set(key::kJournalName, settings.title);
  view.Set(key::kJournalAddress, settings.url);
  view.Set(key::kLinkAddress, Field(mail, "link"));
  view.Set(key::kFollowName, Field(mail, "name"));
  view.Set(key::kFollowText, Field(mail, "text"));
  view.Set(key::kLeaveAddress, Field(mail, "leave"));
  view.Set(key::kEntryName, Field(mail, "entry"));
  view.Set(key::kEntryAddress, Field(mail, "entry_url"));
  // Made in work/alert.cc from the same template, of which one value cannot hold so much.
  const std::string ready = Field(mail, "ready");
  const std::string lines = ready.empty() ? view.Render() : ready;
  // Templates lose their empty lines; here each line is a paragraph.
  for (const char c : lines) message.body += c == '\n' ? "\n\n" : std::string(1, c);
  message.html = DressText(templates, settings, subject, lines);
  return message;
}

}  // namespace daybook::work
