// A comment as it comes from a form, and what becomes of it: taken once, judged, stored, and its
// writer asked by mail whether the address is theirs. What the form looks like is in handlers/.
#pragma once

#include <optional>
#include <string>

#include "journal/model.h"
#include "journal/settings.h"
#include "journal/sign.h"
#include "text/safe.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

inline constexpr std::size_t kAuthorMax = 50;          // characters
inline constexpr std::size_t kCommentMax = 64 * 1024;  // bytes

// Already checked: name and body are not empty and not too long, address and email are right or
// empty.
struct CommentPost {
  Id entry_id = 0, parent_id = 0;
  std::string author_name, author_email, author_url;
  std::string body;     // source
  text::SafeHtml html;  // RenderComment of it
  std::string address;  // of the sender's network, whole; only its beginning is kept
  bool honeypot = false;
  bool notify = false;
  FormStamp stamp;
  Id reader_id = 0;     // whose cookie came along
  std::string confirm;  // absolute address, ending in '/', of the pages that confirm an address
};

enum class PostOutcome {
  kTaken,
  kRepeated,  // this very form was taken before, or the same words within a minute in another one:
              // the receipt that is there is given once more
  kTooMany,   // see again_at
  kClosed,
  kNowhere,  // the entry is not there any more, or has no comments
};
struct Posted {
  PostOutcome outcome = PostOutcome::kNowhere;
  std::string receipt;  // unguessable part of the receipt page's address
  Seconds again_at = 0;
};
// In one private write transaction; it marks itself public where the comment is.
[[nodiscard]] Posted PostComment(sql::Tx& tx, const Settings& settings, const Signer& signer,
                                 const CommentPost& post, Seconds now);

}  // namespace daybook::journal
