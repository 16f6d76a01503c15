// `daybook mentions list [PATH] | send PATH…`: whom the journal told, by webmention, that an entry
// links to them, and telling again. What others tell us is `daybook comments`.
#include <ctime>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "journal/journal.h"
#include "journal/mentions.h"
#include "journal/read.h"
#include "text/dates.h"

namespace daybook::cli {
namespace {

using journal::Id;
using journal::SentMention;

constexpr std::string_view kStates[] = {"waiting", "told", "takes none", "failed"};
constexpr int kListed = 100;

int List(journal::Journal& opened, std::optional<Id> entry, bool json) {
  const auto sent = opened.db.Read([&](sql::Tx& tx) {
    return entry ? journal::SentOf(tx, *entry) : journal::LatestSent(tx, kListed);
  });
  const std::string zone = opened.Load().zone;
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const SentMention& one : sent) {
    const std::string_view state = kStates[static_cast<size_t>(one.state)];
    if (json) {
      nlohmann::ordered_json row = {{"state", state},           {"source", one.source},
                                    {"target", one.target},     {"linked", one.linked},
                                    {"endpoint", one.endpoint}, {"error", one.error}};
      row["date"] = one.sent_at == 0 ? nlohmann::ordered_json(nullptr)
                                     : nlohmann::ordered_json(text::Rfc3339Date(one.sent_at, zone));
      all.push_back(std::move(row));
      continue;
    }
    std::string line(state);
    line.resize(12, ' ');
    line += one.source + " → " + one.target;
    if (!one.linked) line += " (the link is gone)";
    if (!one.error.empty()) line += ": " + one.error;
    Print(line);
  }
  if (json) {
    Print(all.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  } else if (sent.empty()) {
    Print("Nobody was told yet. Publishing, changing or deleting an entry tells whom it links to.");
  }
  return kDone;
}

int Send(journal::Journal& opened, const std::vector<Id>& entries) {
  const journal::Settings settings = opened.Load();
  if (!settings.webmention_send) {
    Complain("Sending is turned off: daybook settings set references.send on");
    return kFailed;
  }
  const std::time_t now = std::time(nullptr);
  for (const Id id : entries) {
    opened.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      const auto entry = journal::EntryById(tx, id);
      if (!entry) return;
      const bool is_public =
          entry->status == journal::EntryStatus::kPublished && entry->password.empty();
      journal::NoteEntryLinks(tx, settings, id, is_public, entry->visible_at, now);
    });
  }
  Print("They are told by the worker; at once by: daybook work");
  return kDone;
}

}  // namespace

int RunMentions(const Arguments& arguments) {
  const std::string& act = arguments.rest[0];
  const size_t named = arguments.rest.size() - 1;
  if (act != "list" && act != "send")
    return WrongUse("mentions", "“" + act + "” is none of list, send.");
  if (act == "list" && named > 1) return WrongUse("mentions", "There is one word too many.");
  if (act == "send" && named == 0) return WrongUse("mentions", "Which entry? Give its address.");
  const std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  journal::Journal opened = journal::OpenJournal(*home);
  std::vector<Id> entries;
  for (size_t i = 1; i <= named; ++i) {
    const auto id = EntryNamed(opened, arguments.rest[i]);
    if (!id) return kFailed;
    entries.push_back(*id);
  }
  if (act == "send") return Send(opened, entries);
  return List(opened, entries.empty() ? std::nullopt : std::optional(entries.front()),
              arguments.Has("json"));
}

}  // namespace daybook::cli
