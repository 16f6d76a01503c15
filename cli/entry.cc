// `daybook entry publish FILE | change PATH FILE | delete PATH | restore PATH`: an owner's entry by
// hand, through the same operations as the owner's pages. What it links to is told afterwards, by
// webmention, as `daybook mentions` shows. It is no import: nothing old comes in here.
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "journal/edit.h"
#include "journal/journal.h"
#include "journal/read.h"
#include "sql/queries/import.h"
#include "text/dates.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::cli {
namespace {

using journal::EntryDraft;
using journal::EntryStatus;
using journal::Id;

constexpr size_t kMostBytes = 1 << 20;

// A file, or standard input for "-". Nothing after a complaint.
std::optional<std::string> ReadSource(const std::string& file) {
  std::string bytes;
  if (file == "-") {
    for (int c = std::fgetc(stdin); c != EOF && bytes.size() <= kMostBytes; c = std::fgetc(stdin))
      bytes += static_cast<char>(c);
  } else {
    std::error_code error;
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file, error)) {
      Complain(file + " cannot be read.");
      return std::nullopt;
    }
    bytes.resize(kMostBytes + 1);
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<size_t>(in.gcount()));
  }
  const std::string named = file == "-" ? "Standard input" : file;
  if (bytes.size() > kMostBytes) {
    Complain("The text is larger than 1 MiB, which is the most an entry may hold.");
  } else if (bytes.find_first_not_of(" \t\r\n\f") == std::string::npos) {
    Complain(named + " is empty. Write the entry's text into it, then give the command again.");
  } else if (bytes.find('\0') != std::string::npos || !text::IsUtf8(bytes)) {
    Complain(named + " is no text. Save it as plain text in UTF-8, then give the command again.");
  } else {
    return bytes;
  }
  return std::nullopt;
}

std::optional<journal::Format> FormatNamed(std::string_view name) {
  if (name == "markdown") return journal::Format::kMarkdown;
  if (name == "html") return journal::Format::kHtml;
  if (name == "paragraphs") return journal::Format::kParagraphs;
  if (name == "text") return journal::Format::kPlain;
  return std::nullopt;
}

// What the options say about an entry, put into a draft. Gives a problem, or nothing.
std::string Put(const Arguments& arguments, const journal::Settings& settings, EntryDraft& draft) {
  if (arguments.Has("title")) draft.title = arguments.Get("title");
  if (arguments.Has("format")) {
    const auto format = FormatNamed(arguments.Get("format"));
    if (!format) return "--format needs markdown, html, paragraphs or text.";
    draft.format = *format;
  }
  if (arguments.Has("date")) {
    const auto date = text::ParseIsoDate(arguments.Get("date"));
    if (!date) return "--date needs the form 2007-03-19T08:15, in the journal's zone.";
    draft.visible_at = date->offset_s ? text::FromOffset(date->local, *date->offset_s)
                                      : text::FromLocal(date->local, settings.zone);
  }
  return "";
}

int Report(journal::Journal& opened, const journal::Settings& settings, Id id, bool json) {
  opened.db.CheckpointIfDue();
  const auto entry = opened.db.Read([&](sql::Tx& tx) { return journal::EntryById(tx, id); });
  const std::string address =
      entry ? settings.Origin() + settings.BasePath() + text::EncodePath(entry->path) : "";
  if (json) {
    Print(nlohmann::ordered_json({{"id", id}, {"path", entry ? entry->path : ""}, {"url", address}})
              .dump());
  } else {
    Print(address);
  }
  return kDone;
}

int Publish(journal::Journal& opened, const Arguments& arguments) {
  const journal::Settings settings = opened.Load();
  EntryDraft draft;
  draft.status = EntryStatus::kPublished;
  if (const std::string problem = Put(arguments, settings, draft); !problem.empty())
    return WrongUse("entry", problem);
  auto source = ReadSource(arguments.rest[1]);
  if (!source) return kFailed;
  draft.body = *std::move(source);
  const Id id = opened.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) -> Id {
    draft.author_id = tx.Int(sql::query::kImportFirstAuthor).value_or(0);
    if (draft.author_id == 0) return 0;
    return journal::SaveEntry(tx, settings, draft, std::time(nullptr));
  });
  if (id == 0) {
    Complain("This journal has no author yet.");
    return kFailed;
  }
  return Report(opened, settings, id, arguments.Has("json"));
}

int Change(journal::Journal& opened, Id id, const Arguments& arguments) {
  const journal::Settings settings = opened.Load();
  auto draft = opened.db.Read([&](sql::Tx& tx) { return journal::LoadDraft(tx, id); });
  if (!draft) return kFailed;
  draft->updated_at = 0;
  if (const std::string problem = Put(arguments, settings, *draft); !problem.empty())
    return WrongUse("entry", problem);
  auto source = ReadSource(arguments.rest[2]);
  if (!source) return kFailed;
  draft->body = *std::move(source);
  draft->more.clear();
  opened.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    return journal::ReplaceEntry(tx, settings, id, *draft, std::time(nullptr));
  });
  return Report(opened, settings, id, arguments.Has("json"));
}

int SetStatus(journal::Journal& opened, Id id, bool there, bool json) {
  const journal::Settings settings = opened.Load();
  opened.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    const std::time_t now = std::time(nullptr);
    return there ? journal::RestoreEntry(tx, settings, id, EntryStatus::kPublished, now)
                 : journal::DeleteEntry(tx, settings, id, now);
  });
  return Report(opened, settings, id, json);
}

}  // namespace

std::optional<Id> EntryNamed(journal::Journal& opened, const std::string& named) {
  const journal::Settings settings = opened.Load();
  std::string_view rest = named;
  const std::string base = settings.Origin() + settings.BasePath();
  if (!base.empty() && rest.starts_with(base)) rest.remove_prefix(base.size());
  const auto path = text::DecodePath(rest.substr(0, rest.find_first_of("?#")));
  std::optional<journal::Entry> entry;
  if (path) entry = opened.db.Read([&](sql::Tx& tx) { return journal::EntryByPath(tx, *path); });
  if (entry) return entry->id;
  Complain("There is no entry at “" + named + "”. Give its address, as in /2007/3/19/hello.html.");
  return std::nullopt;
}

int RunEntry(const Arguments& arguments) {
  const std::string& act = arguments.rest[0];
  const size_t wanted = act == "publish" ? 2 : act == "change" ? 3 : 2;
  if (act != "publish" && act != "change" && act != "delete" && act != "restore")
    return WrongUse("entry", "“" + act + "” is none of publish, change, delete, restore.");
  if (arguments.rest.size() != wanted)
    return WrongUse("entry", arguments.rest.size() < wanted ? "`entry change` needs PATH and FILE."
                                                            : "There is one word too many.");
  const std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  journal::Journal opened = journal::OpenJournal(*home);
  if (act == "publish") return Publish(opened, arguments);
  const auto id = EntryNamed(opened, arguments.rest[1]);
  if (!id) return kFailed;
  if (act == "change") return Change(opened, *id, arguments);
  return SetStatus(opened, *id, act == "restore", arguments.Has("json"));
}

}  // namespace daybook::cli
