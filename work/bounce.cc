// Refusals that come back as mail: see bounce.h.
#include "work/bounce.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "journal/bounce.h"
#include "journal/journal.h"
#include "journal/mail.h"
#include "sql/tx.h"
#include "work/command.h"
#include "work/transport.h"

namespace daybook::work {
namespace {

constexpr size_t kMailMax = 1 << 20;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string Lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = Lower(c);
  return out;
}

// The first tag of ours after "local+" anywhere in `text`, both in lower case.
std::optional<journal::Id> TagIn(const journal::Signer& signer, const RecipientOf& recipient_of,
                                 std::string_view local, std::string_view text) {
  const std::string mark = std::string(local) + "+";
  constexpr int kTries = 100;
  size_t at = text.find(mark);
  for (int tried = 0; at != std::string_view::npos && tried < kTries; ++tried) {
    const size_t begin = at + mark.size();
    const size_t end = std::min(text.find_first_not_of("0123456789abcdef-", begin), text.size());
    const std::string_view tag = text.substr(begin, end - begin);
    const auto id = tag.size() <= 40 ? journal::IdOfBounceTag(tag) : std::nullopt;
    if (id && journal::FitsBounceTag(signer, tag, recipient_of(*id))) return id;
    at = text.find(mark, begin);
  }
  return std::nullopt;
}

struct Lines {
  std::string_view rest;
  bool Next(std::string_view& line) {
    if (rest.empty()) return false;
    const size_t end = std::min(rest.find('\n'), rest.size());
    line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (!line.empty() && static_cast<unsigned char>(line.back()) <= ' ') line.remove_suffix(1);
    return true;
  }
};

std::string_view ValueOf(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || Lowered(line.substr(0, name.size())) != name) return {};
  line.remove_prefix(name.size());
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  return line;
}

// "550 5.1.1 …" or "550-5.1.1 …" somewhere in a line, as servers print it into plain letters.
std::string_view ReplyIn(std::string_view line) {
  for (size_t i = 0; i + 4 < line.size(); ++i) {
    if (line[i] == '5' && IsDigit(line[i + 1]) && IsDigit(line[i + 2]) &&
        (line[i + 3] == ' ' || line[i + 3] == '-') &&
        (i == 0 || line[i - 1] == ' ' || line[i - 1] == ':' || line[i - 1] == '<'))
      return line.substr(i);
  }
  return {};
}

bool IsNoMailbox(std::string_view status) {
  for (const char* none : {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
    if (status == none) return true;
  return false;
}

}  // namespace

std::optional<Bounce> ReadBounce(const journal::Signer& signer, const RecipientOf& recipient_of,
                                 std::string_view bounces, std::string_view mail,
                                 std::string_view recipient) {
  mail = mail.substr(0, kMailMax);
  const std::string local = Lowered(bounces.substr(0, bounces.find('@')));
  if (local.empty()) return std::nullopt;
  auto id = TagIn(signer, recipient_of, local, Lowered(recipient));
  if (!id) id = TagIn(signer, recipient_of, local, Lowered(mail));
  if (!id) return std::nullopt;
  Bounce bounce{*id, false, ""};
  std::string action, status, plain;
  Lines lines{mail};
  std::string_view line;
  bool report = false;
  while (lines.Next(line)) {
    if (const auto value = ValueOf(line, "content-type:"); !value.empty())
      report = report || Lowered(value).starts_with("message/delivery-status");
    // The mail that came back is not part of what the server says.
    if (const auto value = ValueOf(line, "content-type:");
        report && !value.empty() && Lowered(value).starts_with("message/rfc822"))
      break;
    if (report) {
      if (const auto value = ValueOf(line, "action:"); !value.empty()) action = Lowered(value);
      if (const auto value = ValueOf(line, "status:"); !value.empty() && status.empty())
        status = value.substr(0, value.find(' '));
      if (const auto value = ValueOf(line, "diagnostic-code:"); !value.empty())
        bounce.diagnostic = value;
    } else if (plain.empty()) {
      plain = ReplyIn(line);
    }
  }
  if (report) {
    if (action != "failed" || !status.starts_with("5.")) return std::nullopt;
    bounce.hard = IsNoMailbox(status);
    // Some servers say 5.0.0, and what it was in words only.
    const std::string_view said = ReplyIn(bounce.diagnostic);
    if (status == "5.0.0" && !said.empty()) bounce.hard = SaysNoSuchAddress(said);
    bounce.diagnostic = status + " " + bounce.diagnostic;
    return bounce;
  }
  if (plain.empty()) return std::nullopt;
  if (plain[3] == '-') plain[3] = ' ';
  bounce.hard = SaysNoSuchAddress(plain);
  bounce.diagnostic = plain;
  return bounce;
}

int RunBounce(const text::Arguments& arguments) {
  const auto home = journal::FindHome(arguments.Get("home"));
  if (!home) return text::kWrongUse;
  journal::Journal journal = journal::OpenJournal(*home);
  const journal::Settings settings = journal.Load();
  std::string mail;
  std::array<char, 16384> piece{};
  // Read to its end, or whoever writes it takes us for broken.
  while (const size_t got = std::fread(piece.data(), 1, piece.size(), stdin))
    if (mail.size() < kMailMax) mail.append(piece.data(), got);
  const std::string recipient = arguments.rest.empty() ? "" : arguments.rest.front();
  const journal::Signer signer = journal.db.Read([](sql::Tx& tx) { return journal::SignerOf(tx); });
  const auto recipient_of = [&](journal::Id id) {
    return journal.db.Read([&](sql::Tx& tx) { return journal::RecipientOf(tx, id); });
  };
  const auto bounce = ReadBounce(signer, recipient_of, settings.mail_bounces, mail, recipient);
  if (!bounce) {
    std::puts("This is no refusal of a mail of this journal.");
    return text::kDone;  // and no reason for yet another mail
  }
  journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    journal::NoteBounce(tx, bounce->mail, bounce->diagnostic, bounce->hard, std::time(nullptr));
  });
  std::puts(bounce->hard ? "There is no such address: nothing will be sent there again."
                         : "Noted; the address is tried again with the next mail.");
  return text::kDone;
}

}  // namespace daybook::work
