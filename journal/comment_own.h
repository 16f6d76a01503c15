// Comments that belong to somebody: a reader who confirmed an address by mail edits, withdraws,
// follows, exports and erases. Nobody has an account; who the reader is a signed cookie says
// (handlers/reader_cookie.h), and an address that was only typed proves nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/comment_read.h"
#include "journal/model.h"
#include "journal/settings.h"
#include "journal/sign.h"
#include "text/safe.h"

namespace daybook::sql {
class Tx;
}

namespace daybook::journal {

inline constexpr Seconds kEditWindow = 15 * 60;
inline constexpr Seconds kConfirmLife = 7 * 86400;

struct Reader {
  Id id = 0;
  std::string email, name;
  std::optional<Seconds> confirmed_at, trusted_at;
  Seconds created_at = 0;
};
[[nodiscard]] std::optional<Reader> ReaderById(sql::Tx& tx, Id id);

// --- the one mail

struct ConfirmRequest {
  Id comment_id = 0, entry_id = 0;
  std::string email;  // as typed, or empty
  std::string name;
  Id reader_id = 0;  // whose cookie came along
  bool notify = false;
  std::string network;
  std::string confirm;  // absolute address to which the token is added
};
// Sends the mail that asks whether the address is the writer's, where one was typed and mail works.
// A reader whose cookie has that address needs none, and follows at once if asked to.
void AskToConfirm(sql::Tx& tx, const Settings& settings, const Signer& signer,
                  const ConfirmRequest& request, Seconds now);

struct Confirmation {
  TokenState state = TokenState::kForged;
  Id comment_id = 0;
  std::string email;
  bool notify = false;
};
// Reads only: what a token of such a mail stands for. A comment that is gone makes it forged.
[[nodiscard]] Confirmation CheckConfirmation(sql::Tx& tx, const Signer& signer,
                                             std::string_view token, Seconds now);
// The press of the button: the reader is confirmed, the comment theirs, the thread followed if that
// was asked. Nothing where the token is not good.
[[nodiscard]] std::optional<Reader> Confirm(sql::Tx& tx, const Settings& settings,
                                            const Signer& signer, std::string_view token,
                                            Seconds now);

// The address is proved, by whatever mail: its reader, made if need be.
[[nodiscard]] std::optional<Reader> ConfirmReader(sql::Tx& tx, const text::EmailAddress& email,
                                                  std::string_view name, Seconds now);

// --- own comments

// Whether this reader may change it now.
[[nodiscard]] bool MayEdit(const StoredComment& comment, Id reader, Seconds now);
// Everything under this reader's address, newest first: what was confirmed and what was only typed.
[[nodiscard]] std::vector<StoredComment> CommentsOfReader(sql::Tx& tx, const Reader& reader);

// Judged again; what is no longer to be published waits. False: not theirs, or too late.
[[nodiscard]] bool EditOwn(sql::Tx& tx, const Settings& settings, Id comment, Id reader,
                           std::string_view body, std::string_view address, Seconds now);
// Gone for ever; that it was withdrawn is all that its receipt still tells.
[[nodiscard]] bool WithdrawOwn(sql::Tx& tx, Id comment, Id reader, Seconds now);
[[nodiscard]] bool WasWithdrawn(sql::Tx& tx, std::string_view receipt);

struct Follow {
  Id entry_id = 0;
  std::string path, title;
  Seconds created_at = 0;
};
[[nodiscard]] std::vector<Follow> FollowsOf(sql::Tx& tx, Id reader);
void FollowThread(sql::Tx& tx, Id entry, Id reader, Seconds now);
bool LeaveThread(sql::Tx& tx, Id entry, Id reader);

// All of it as JSON, for the reader to keep.
[[nodiscard]] std::string ExportReader(sql::Tx& tx, const Reader& reader);
// Comments, followed threads, the address itself. The caller runs ForgetDeletedWords
// (search_text.h) in a transaction of its own afterwards.
void EraseReader(sql::Tx& tx, const Reader& reader);

}  // namespace daybook::journal
