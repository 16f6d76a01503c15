// `daybook dkim`: makes the key that signs the journal's mail, and says what has to stand in DNS.
#include <cstdio>

#include "journal/journal.h"
#include "text/email.h"
#include "work/command.h"
#include "work/dkim.h"

namespace daybook::work {

int RunDkim(const text::Arguments& arguments) {
  const auto home = journal::FindHome(arguments.Get("home"));
  if (!home) return text::kWrongUse;
  journal::Journal journal = journal::OpenJournal(*home);
  const journal::Settings settings = journal.Load();
  const std::string& from = settings.mail_from.empty() ? settings.email : settings.mail_from;
  if (!text::ParseEmail(from)) {
    text::Complain("Set mail.from first: its domain is what is signed for.");
    return text::kFailed;
  }
  const auto key = DkimKey::Make(*home);
  if (!key) {
    text::Complain("The key cannot be kept in " + home->Private().string() + ".");
    return text::kFailed;
  }
  std::printf("Put this TXT record into the DNS of %s:\n%s._domainkey.%s\n%s\n",
              from.substr(from.find('@') + 1).c_str(), key->selector().c_str(),
              from.substr(from.find('@') + 1).c_str(), key->record().c_str());
  return text::kDone;
}

}  // namespace daybook::work
