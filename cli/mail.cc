// `daybook mail test ADDRESS | end | begin | records`.
#include "cli/command.h"
#include "journal/settings.h"
#include "sql/tx.h"
#include "text/email.h"

namespace daybook::cli {

int RunMail(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.rest;
  const std::string& what = words[0];
  if (what != "test" && what != "end" && what != "begin" && what != "records")
    return WrongUse("mail", "“" + what + "” is none of test, end, begin, records.");
  if (words.size() != (what == "test" ? 2u : 1u))
    return WrongUse("mail", what == "test" ? "`mail test` needs the ADDRESS to write to."
                                           : "There is one word too many.");
  if (what == "test" && !text::ParseEmail(words[1]))
    return WrongUse("mail", "“" + words[1] + "”: this needs the form name@example.com.");
  if (what == "test" || what == "records") return HandOver("mail", arguments);
  const auto home = HomeOf(arguments);
  if (!home) return kWrongUse;
  journal::Journal opened = journal::OpenJournal(*home);
  const journal::SetResult result = opened.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    return journal::SetSetting(tx, opened.config, "mail.sending", what == "end" ? "off" : "on");
  });
  if (result.outcome != journal::SetOutcome::kSet) {
    Complain(result.message);
    return kFailed;
  }
  Print(what == "end" ? "Mail is ended. Nothing leaves until `daybook mail begin`."
                      : "Mail leaves again.");
  return kDone;
}

}  // namespace daybook::cli
