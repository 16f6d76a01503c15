// One comment with everything that is stored of it: for its receipt, its writer and the owner. What
// public pages read of comments is in read.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/model.h"
#include "journal/settings.h"
#include "text/safe.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

struct StoredComment {
  Id id = 0, entry_id = 0, parent_id = 0;
  AnswerStatus status = AnswerStatus::kHeld;
  Seconds created_at = 0;
  std::optional<Seconds> edited_at;
  std::string author_name, author_email;
  text::SafeUrl author_url;
  Id author_id = 0, reader_id = 0;
  CommentMode mode = CommentMode::kLimitedHtml;
  std::string body;
  text::SafeHtml html;
  std::string network;
  std::optional<double> score;
  std::string reasons;
  std::string receipt;
  std::optional<Seconds> decided_at;
  std::string entry_path, entry_title;
};
[[nodiscard]] std::optional<StoredComment> CommentById(sql::Tx& tx, Id id);
[[nodiscard]] std::optional<StoredComment> CommentByReceipt(sql::Tx& tx, std::string_view receipt);

// Whether an entry takes comments at this moment.
enum class Gate { kOpen, kClosed, kNowhere };  // nowhere: not public, or never had comments
struct GateOf {
  Gate gate = Gate::kNowhere;
  std::string path, title;  // of the entry
};
[[nodiscard]] GateOf GateOfEntry(sql::Tx& tx, const Settings& settings, Id entry, Seconds now);

}  // namespace daybook::journal
