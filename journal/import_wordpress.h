// What WordPress means by its fields, said in the words of a journal. Text is turned from
// WordPress's blocks to HTML here; shortcodes wait for import_shortcodes.h, addresses for
// import_links.h.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "journal/import_hosts.h"
#include "journal/import_items.h"
#include "journal/import_wxr.h"

namespace daybook::journal {

struct WordPressContext {
  OldHosts hosts;
  ImportClock clock;
};

// The moment of a thing: its date in UTC, else an RFC 822 date near the local one, else the local
// one in `zone`; 0 if all are zeros.
[[nodiscard]] Seconds WordPressTime(std::string_view gmt, std::string_view local,
                                    std::string_view rfc822, std::string_view zone);

// `reusable`: the text of the reusable block with that id, or empty. Throws ImportTrouble.
[[nodiscard]] OldEntry EntryFromWordPress(
    const WxrItem& item, const WordPressContext& context,
    const std::function<std::string(const std::string&)>& reusable);
// Whether what WordPress keeps as a comment of this type is a reference.
[[nodiscard]] bool IsReferenceType(std::string_view type);
[[nodiscard]] OldAnswer AnswerFromWordPress(const WxrComment& comment, const std::string& zone);

}  // namespace daybook::journal
