// Mails of hostile names, subjects and texts: no header that we did not write, nothing that ends a
// message early.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/email.h"
#include "text/utf8.h"
#include "work/message.h"

namespace {

// The parts of the input, which stand between the bytes 0x1F; the last ones may be missing.
std::string_view Next(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\x1F'), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

// What goes into a header as it is, is ours and no longer than an address of the journal.
std::string_view Ours(std::string_view part) { return part.substr(0, 500); }

void Must(bool good) {
  if (!good) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daybook;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  work::Message message;
  message.from = *text::ParseEmail("ann@journal.test");
  message.to = text::ParseEmail(Next(rest)).value_or(*text::ParseEmail("bea@other.test"));
  if (const auto reply = text::ParseEmail(Next(rest))) message.reply_to = *reply;
  message.from_name = work::HeaderText(Next(rest));
  message.subject = work::HeaderText(Next(rest));
  message.reply_name = work::HeaderText(Next(rest));
  message.message_id = work::HeaderToken(Ours(Next(rest)));
  message.references = {work::HeaderToken(Ours(Next(rest))), work::HeaderToken("other")};
  message.list = work::HeaderToken(Ours(Next(rest)));
  message.list_name = work::HeaderText(Next(rest));
  message.leave = work::HeaderUrl(Ours(Next(rest)));
  message.date = 1'700'000'000;
  message.body = text::RepairUtf8(Next(rest));
  message.html = text::RepairUtf8(Next(rest));
  const std::string mail = work::Compose(message);

  static const std::set<std::string_view> kOurs = {"Date",
                                                   "From",
                                                   "To",
                                                   "Reply-To",
                                                   "Subject",
                                                   "Message-ID",
                                                   "In-Reply-To",
                                                   "References",
                                                   "Auto-Submitted",
                                                   "List-Id",
                                                   "List-Unsubscribe",
                                                   "List-Unsubscribe-Post",
                                                   "Precedence",
                                                   "MIME-Version",
                                                   "Content-Type",
                                                   "Content-Transfer-Encoding"};
  Must(mail.find("\r\n.\r\n") == std::string::npos && !mail.starts_with(".\r\n"));
  std::set<std::string_view> had;
  bool in_headers = true;
  for (std::size_t at = 0; at < mail.size();) {
    const std::size_t end = std::min(mail.find("\r\n", at), mail.size());
    Must(!in_headers || end < mail.size());  // what sends it ends the last line
    const std::string_view line(mail.data() + at, end - at);
    at = end + 2;
    Must(line.size() <= 998);
    for (const char c : line) Must((c >= ' ' && c < 0x7f) || (c == '\t' && !in_headers));
    if (!in_headers) continue;
    if (line.empty()) {
      in_headers = false;
      continue;
    }
    if (line.front() == ' ') {
      Must(!had.empty() && line.find_first_not_of(' ') != std::string_view::npos);
      continue;
    }
    const std::string_view name = line.substr(0, line.find(':'));
    Must(kOurs.contains(name) && had.insert(name).second);
  }
  for (const std::string_view name : {"Date", "From", "To", "Subject", "MIME-Version"})
    Must(had.contains(name));
  return 0;
}
