// What a letter to many says: see mailing_letter.h.
#include "work/mailing_letter.h"

#include <algorithm>
#include <charconv>

#include "journal/sign.h"
#include "sql/tx.h"
#include "text/absolute.h"
#include "text/letter.h"
#include "text/url.h"

namespace daybook::work {

namespace word = templates::word;
using journal::Mailing;
using journal::MailingKind;

std::string WithToken(const std::string& text, const std::string& mark, std::string_view token) {
  std::string out;
  out.reserve(text.size() + 200);
  size_t at = 0;
  for (size_t found; (found = text.find(mark, at)) != std::string::npos; at = found + mark.size()) {
    out.append(text, at, found - at);
    out += token;
  }
  out.append(text, at);
  return out;
}

LetterMaker::LetterMaker(const Tools& tools, const journal::Settings& settings,
                         const Mailing& mailing)
    : tools_(tools), settings_(settings), mailing_(mailing), mark_(journal::RandomName()) {}

const Letter& LetterMaker::For(const journal::Copy& copy) {
  std::vector<journal::Id> entries;
  const bool digest =
      mailing_.kind == MailingKind::kWeekly || mailing_.kind == MailingKind::kMonthly;
  if (digest) {
    if (!news_)
      news_ = tools_.journal.db.Read([&](sql::Tx& tx) { return journal::EntriesOf(tx, mailing_); });
    for (const journal::NewEntry& entry : *news_) {
      if (copy.all_tags || tools_.journal.db.Read([&](sql::Tx& tx) {
            return journal::HasWantedTag(tx, entry.id, copy.subscriber);
          }))
        entries.push_back(entry.id);
    }
  }
  const auto found = letters_.find(entries);
  if (found != letters_.end()) return found->second;
  if (letters_.size() > 50) letters_.clear();
  return letters_[entries] = digest ? Digest(entries) : OfEntry();
}

Letter LetterMaker::Test() {
  test_ = true;
  return OfEntry();
}

std::string LetterMaker::Base() const { return settings_.Origin() + settings_.BasePath(); }

std::string LetterMaker::Get(templates::WordKey key) const {
  return tools_.templates.words().Get(key);
}

Letter LetterMaker::New(std::string_view subject) const {
  Letter letter;
  letter.mark = mark_;
  Message& message = letter.message;
  message = NewMessage(settings_, {}, mailing_.send_at);
  message.subject = HeaderText(subject);
  const bool issue = mailing_.kind == MailingKind::kIssue;
  message.list = HeaderToken((issue ? "newsletter." : "entries.") + text::HostOf(settings_.url));
  message.list_name = HeaderText(settings_.title);
  return letter;
}

// Below each letter: why it came and how to change or end that.
std::string LetterMaker::Ways() const {
  if (test_) return Get(word::kMailListTest) + "\n";
  return Get(word::kMailListPrefs) + "\n" + Base() + "/preferences/" + mark_ + "\n\n" +
         Get(word::kMailListLeave) + "\n" + Base() + "/unsubscribe/" + mark_ + "\n";
}

std::string LetterMaker::Foot() const {
  return "-- \n" + settings_.title + "\n" + settings_.url + "\n\n" + Ways();
}

Letter LetterMaker::OfEntry() const {
  const auto text =
      tools_.journal.db.Read([&](sql::Tx& tx) { return journal::TextOf(tx, mailing_.entry_id); });
  Letter letter = New(text && !text->title.empty() ? text->title : settings_.title);
  letter.empty = !text;
  if (!text) return letter;
  // A page that is public already, or will be when this leaves.
  const bool issue = mailing_.kind == MailingKind::kIssue;
  const bool linked = !text->path.empty() && (!issue || tools_.journal.db.Read([&](sql::Tx& tx) {
    return journal::PageIsOpen(tx, mailing_.entry_id, tools_.clock());
  }));
  const std::string address = Base() + text::EncodePath(text->path);
  std::string& body = letter.message.body;
  if (!text->title.empty()) body += text->title + "\n\n";
  // Places in the text itself have no address here.
  body += text::LetterText(text::AbsoluteHtml(
              text::SafeHtml::Vouch(text->body_html + text->more_html), settings_.Origin())) +
          "\n\n";
  const std::string read = linked ? Get(word::kMailListRead) + "\n" + address + "\n" : "";
  body += read + (linked ? "\n" : "") + Foot();
  // Both were made by the sanitiser when the entry was written.
  const auto whole = text::AbsoluteHtml(text::SafeHtml::Vouch(text->body_html + text->more_html),
                                        settings_.Origin(), linked ? address : "");
  letter.message.html = DressHtml(tools_.templates, settings_, text->title, whole, read, Ways());
  return letter;
}

Letter LetterMaker::Digest(const std::vector<journal::Id>& wanted) const {
  const auto subject =
      mailing_.kind == MailingKind::kWeekly ? word::kMailListWeekly : word::kMailListMonthly;
  const std::string title =
      tools_.templates.words().Format(subject, {{"journal", settings_.title}});
  Letter letter = New(title);
  letter.empty = wanted.empty();
  for (const journal::NewEntry& entry : *news_) {
    if (std::find(wanted.begin(), wanted.end(), entry.id) == wanted.end()) continue;
    if (!entry.title.empty()) letter.message.body += entry.title + "\n";
    letter.message.body += entry.summary + "\n" + Base() + text::EncodePath(entry.path) + "\n\n";
  }
  letter.message.html = DressText(tools_.templates, settings_, title, letter.message.body, Ways());
  letter.message.body += Foot();
  return letter;
}

std::optional<Message> IssueTest(const Tools& tools, const journal::Settings& settings,
                                 const journal::QueuedMail& mail) {
  journal::Id id = 0;
  for (const auto& [name, value] : mail.fields)
    if (name == "mailing") std::from_chars(value.data(), value.data() + value.size(), id);
  auto mailing = tools.journal.db.Read([&](sql::Tx& tx) { return journal::MailingById(tx, id); });
  if (!mailing) return std::nullopt;
  mailing->send_at = mail.created_at;
  Letter letter = LetterMaker(tools, settings, *mailing).Test();
  if (letter.empty) return std::nullopt;
  letter.message.to = mail.to;
  letter.message.message_id = decltype(letter.message.message_id)(
      "daybook." + std::to_string(mail.created_at) + "." + std::to_string(mail.id));
  return letter.message;
}

}  // namespace daybook::work
