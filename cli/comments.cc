// `daybook comments list | show ID | approve ID… | spam ID… | delete ID… | restore ID… | retrain`:
// the owner's queue by hand. A number is a comment, r and a number a reference.
#include <algorithm>
#include <charconv>
#include <ctime>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "journal/journal.h"
#include "journal/moderate.h"
#include "templates/admin_keys.h"
#include "templates/words.h"
#include "text/dates.h"
#include "text/excerpt.h"
#include "text/utf8.h"

namespace daybook::cli {
namespace {

using journal::AnswerKind;
using journal::AnswerStatus;
using Json = nlohmann::ordered_json;

constexpr std::string_view kStatuses[] = {"waiting", "public", "spam", "trash"};
constexpr int kListed = 50;

std::string_view Name(AnswerStatus status) { return kStatuses[static_cast<int>(status)]; }

struct Which {
  AnswerKind kind = AnswerKind::kComment;
  journal::Id id = 0;
};
std::optional<Which> ParseWhich(std::string_view word) {
  Which which;
  if (word.starts_with('r')) {
    which.kind = AnswerKind::kReference;
    word.remove_prefix(1);
  }
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), which.id);
  if (word.empty() || error != std::errc() || end != word.data() + word.size() || which.id <= 0)
    return std::nullopt;
  return which;
}

std::string Number(const journal::Answered& item) {
  return (item.kind == AnswerKind::kReference ? "r" : "") + std::to_string(item.id);
}

std::vector<std::string> Reasons(const journal::Answered& item, const templates::Words& words) {
  std::vector<std::string> lines;
  for (const journal::JudgeReason& reason : item.reasons) {
    const std::string* text = words.Lookup(reason.key);
    lines.push_back(text ? templates::Fill(*text, {{"what", reason.argument}}) : reason.key);
  }
  return lines;
}

Json AsJson(const journal::Answered& item, const templates::Words& words, const std::string& zone) {
  Json json = {{"id", Number(item)},
               {"kind", item.kind == AnswerKind::kComment ? "comment" : "reference"},
               {"status", Name(item.status)},
               {"date", text::Rfc3339Date(item.created_at, zone)},
               {"author", item.author},
               {"email", item.email},
               {"url", item.url},
               {"title", item.title},
               {"text", item.text},
               {"entry", item.entry_path},
               {"entry_title", item.entry_title},
               {"network", item.network}};
  json["score"] = item.score ? Json(*item.score) : Json(nullptr);
  json["reasons"] = Reasons(item, words);
  return json;
}

std::string Dump(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

std::string NoneSuch(const Which& which) {
  return std::string("There is no ") +
         (which.kind == AnswerKind::kReference ? "reference r" : "comment ") +
         std::to_string(which.id) + ". `daybook comments list --status all` shows the numbers.";
}

// Terminals obey control characters, so what strangers wrote is shown with their names. Forms send
// lines that end in CR LF.
std::string Plain(std::string_view text, bool keep_lines) {
  std::string lines;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r' || text.substr(at + 1, 1) != "\n") lines += text[at];
  }
  return text::ShowControls(lines, keep_lines);
}

int List(journal::Journal& opened, const Arguments& arguments) {
  std::optional<AnswerStatus> status = AnswerStatus::kHeld;
  const std::string wanted = arguments.Get("status", "waiting");
  if (wanted == "all") {
    status.reset();
  } else {
    const auto* found = std::find(std::begin(kStatuses), std::end(kStatuses), wanted);
    if (found == std::end(kStatuses))
      return WrongUse("comments", "--status is one of waiting, public, spam, trash, all.");
    status = static_cast<AnswerStatus>(found - std::begin(kStatuses));
  }
  int limit = kListed;
  if (arguments.Has("limit")) {
    const std::string typed = arguments.Get("limit");
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), limit);
    if (error != std::errc() || end != typed.data() + typed.size() || limit < 1)
      return WrongUse("comments", "--limit needs a whole number above 0.");
  }
  const journal::Settings settings = opened.Load();
  const templates::Words words("en");
  const std::vector<journal::Answered> items = opened.db.Read(
      sql::Reading::kLong, [&](sql::Tx& tx) { return journal::Answers(tx, status, limit); });
  if (arguments.Has("json")) {
    Json all = Json::array();
    for (const journal::Answered& item : items) all.push_back(AsJson(item, words, settings.zone));
    Print(Dump(all));
    return kDone;
  }
  if (items.empty())
    Print(status == AnswerStatus::kHeld ? words.Get(templates::word::kAdminQueueEmpty)
                                        : "There is none.");
  for (const journal::Answered& item : items) {
    const std::string what = item.title.empty() ? item.text : item.title;
    Print(Number(item) + "  " + std::string(Name(item.status)) + "  " +
          text::Rfc3339Date(item.created_at, settings.zone) + "  " + Plain(item.author, false) +
          "  " + Plain(text::MakeExcerpt(what, 80), false));
  }
  return kDone;
}

int Show(journal::Journal& opened, const Which& which, bool json) {
  const journal::Settings settings = opened.Load();
  const auto item =
      opened.db.Read([&](sql::Tx& tx) { return journal::AnswerById(tx, which.kind, which.id); });
  if (!item) {
    Complain(NoneSuch(which));
    return kFailed;
  }
  const templates::Words words("en");
  if (json) {
    Print(Dump(AsJson(*item, words, settings.zone)));
    return kDone;
  }
  const auto line = [](std::string_view name, std::string_view value) {
    if (!value.empty()) Print(std::string(name) + ": " + Plain(value, false));
  };
  line("Number", Number(*item));
  line("Status", Name(item->status));
  line("Date", text::Rfc3339Date(item->created_at, settings.zone));
  line("Author", item->author);
  line("Email", item->email);
  line("URL", item->url);
  line("Entry", item->entry_path);
  line("Network", item->network);
  line("Title", item->title);
  for (const std::string& reason : Reasons(*item, words)) line("Reason", reason);
  Print("");
  Print(Plain(item->text, true));
  return kDone;
}

int Decide(journal::Journal& opened, const std::vector<Which>& all, journal::Decision decision,
           bool json) {
  Json report = Json::array();
  int result = kDone;
  for (const Which& which : all) {
    const std::string number =
        (which.kind == AnswerKind::kReference ? "r" : "") + std::to_string(which.id);
    const auto moderated = opened.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::Moderate(tx, which.kind, which.id, decision, 0, std::time(nullptr));
    });
    if (!moderated) {
      Complain(NoneSuch(which));
      result = kFailed;
      continue;
    }
    report.push_back(
        {{"id", number}, {"before", Name(moderated->before)}, {"status", Name(moderated->after)}});
    if (!json)
      Print(number + ": " + std::string(Name(moderated->before)) + " → " +
            std::string(Name(moderated->after)));
  }
  opened.db.CheckpointIfDue();
  if (json) Print(Dump(report));
  return result;
}

int Retrain(journal::Journal& opened, bool json) {
  const journal::Trained trained = journal::Retrain(opened.db, std::time(nullptr));
  if (json) {
    Print(Dump({{"good", trained.good}, {"spam", trained.spam}}));
  } else {
    Print("The judge has learnt from " + Grouped(trained.good) + " good ones and " +
          Grouped(trained.spam) + " of spam.");
  }
  return kDone;
}

}  // namespace

int RunComments(const Arguments& arguments) {
  const std::string& act = arguments.rest[0];
  std::vector<Which> all;
  for (std::size_t i = 1; i < arguments.rest.size(); ++i) {
    const std::optional<Which> which = ParseWhich(arguments.rest[i]);
    if (!which)
      return WrongUse("comments",
                      "“" + arguments.rest[i] + "” is no number as `comments list` shows them.");
    all.push_back(*which);
  }
  constexpr std::pair<std::string_view, journal::Decision> kDecisions[] = {
      {"approve", journal::Decision::kApprove},
      {"spam", journal::Decision::kSpam},
      {"delete", journal::Decision::kDelete},
      {"restore", journal::Decision::kRestore}};
  const auto* decision = std::find_if(std::begin(kDecisions), std::end(kDecisions),
                                      [&](const auto& pair) { return pair.first == act; });
  const bool decides = decision != std::end(kDecisions);
  if (!decides && act != "list" && act != "show" && act != "retrain")
    return WrongUse(
        "comments",
        "“" + act + "” is none of list, show, approve, spam, delete, restore, retrain.");
  if ((decides && all.empty()) || (act == "show" && all.empty()))
    return WrongUse("comments", "Which one? `daybook comments list` shows the numbers.");
  if ((act == "list" || act == "retrain") && !all.empty())
    return WrongUse("comments", "There is one word too many.");
  const std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  journal::Journal opened = journal::OpenJournal(*home);
  const bool json = arguments.Has("json");
  if (act == "list") return List(opened, arguments);
  if (act == "show") {
    int result = kDone;
    for (const Which& which : all) {
      if (!json && &which != &all.front()) Print("");
      if (Show(opened, which, json) != kDone) result = kFailed;
    }
    return result;
  }
  if (act == "retrain") return Retrain(opened, json);
  return Decide(opened, all, decision->second, json);
}

}  // namespace daybook::cli
