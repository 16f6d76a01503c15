// Mails about comments: see follow.h.
#include "journal/follow.h"

#include <charconv>
#include <cstdint>
#include <limits>
#include <vector>

#include "journal/jobs.h"
#include "sql/queries/follow.h"
#include "sql/tx.h"
#include "text/email.h"
#include "text/excerpt.h"
#include "text/html_escape.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;
constexpr size_t kAtOnce = 50;    // readers in one transaction
constexpr size_t kQuoted = 1000;  // characters of the comment
constexpr Id kAll = std::numeric_limits<Id>::max();

std::string LeaveText(const Leaving& leaving) {
  return std::to_string(leaving.entry_id) + "-" + std::to_string(leaving.reader_id);
}

// The number before the next '-', which is taken off as well.
std::optional<Id> TakeNumber(std::string_view& text) {
  Id id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc() || end == text.data() + text.size() || *end != '-' || id <= 0)
    return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()) + 1);
  return id;
}

Id NumberIn(const QueuedMail& mail, std::string_view name) {
  Id id = 0;
  for (const auto& [have, value] : mail.fields)
    if (have == name) std::from_chars(value.data(), value.data() + value.size(), id);
  return id;
}

}  // namespace

void NoteCommentShown(sql::Tx& tx, Id comment, Id entry, Seconds now) {
  if (tx.Has(query::kFollowAny, entry)) Enqueue(tx, {JobKind::kTellFollowers, comment, now});
}

bool TellFollowers(sql::Tx& tx, const Settings& settings, Id comment, Seconds now) {
  Id entry = 0, told_to = 0, writer = 0;
  std::string email;
  {
    sql::Rows rows = tx.Query(query::kCommentTelling, comment, now);
    if (!rows.Step()) return false;
    entry = rows.Int(0);
    told_to = rows.Int(1);
    writer = rows.Int(2);
    email = rows.String(3);
  }
  struct Follower {
    Id reader;
    std::string email;
  };
  std::vector<Follower> followers;
  {
    sql::Rows rows = tx.Query(query::kFollowersAfter, entry, told_to, kAtOnce);
    while (rows.Step()) followers.push_back({rows.Int(0), rows.String(1)});
  }
  for (const Follower& follower : followers) {
    const auto address = text::ParseEmail(follower.email);
    if (!address || follower.reader == writer || follower.email == email) continue;
    NewMail mail;
    mail.kind = MailTemplate::kFollowUp;
    mail.to = *address;
    mail.fields = {{"comment", std::to_string(comment)},
                   {"reader", std::to_string(follower.reader)}};
    // Without mail, without room in the budget, after "no more": there is no second try.
    static_cast<void>(EnqueueMail(tx, settings, mail, now));
  }
  const bool more = followers.size() == kAtOnce;
  // Whoever comes later follows from the next comment on, also if this one is hidden and shown.
  tx.Exec(query::kCommentToldTo, comment, more ? followers.back().reader : kAll);
  return more;
}

bool FillFollowUp(sql::Tx& tx, const Settings& settings, QueuedMail& mail, Seconds now) {
  const Id comment = NumberIn(mail, "comment"), reader = NumberIn(mail, "reader");
  std::string name, text, path, title;
  Id entry = 0;
  {
    sql::Rows rows = tx.Query(query::kFollowMail, comment, reader, mail.to, now);
    if (!rows.Step()) return false;
    name = rows.String(0);
    text = text::MakeExcerpt(text::PlainText(rows.Text(1)), kQuoted);
    path = rows.String(2);
    title = rows.String(3);
    entry = rows.Int(4);
  }
  const std::string base = settings.Origin() + settings.BasePath();
  const std::string address = base + text::EncodePath(path);
  mail.fields = {
      {"name", name},
      {"text", text},
      {"entry", title.empty() ? path : title},
      {"link", address + "#comment-" + std::to_string(comment)},
      {"list", "comments-" + std::to_string(entry)},
      {"leave", base + "/comment/unfollow/" + LeaveToken(SignerOf(tx), {entry, reader})}};
  return true;
}

std::string LeaveToken(const Signer& signer, const Leaving& leaving) {
  const std::string text = LeaveText(leaving);
  return text + "-" + signer.Mac("leave", text);
}

std::optional<Leaving> ReadLeaveToken(const Signer& signer, std::string_view token) {
  const auto entry = TakeNumber(token);
  const auto reader = entry ? TakeNumber(token) : std::nullopt;
  if (!reader) return std::nullopt;
  const Leaving leaving{*entry, *reader};
  if (!signer.Fits(token, "leave", LeaveText(leaving))) return std::nullopt;
  return leaving;
}

}  // namespace daybook::journal
