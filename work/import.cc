// `daybook import FILE…`: the command around journal/import.h. Ctrl-C ends it between two
// transactions.
#include "journal/import.h"

#include <algorithm>
#include <csignal>
#include <ctime>

#include "journal/import_slices.h"
#include "journal/setup.h"
#include "templates/words.h"
#include "work/command.h"
#include "work/import_report.h"
#include "work/markdown_files.h"
#include "work/zip.h"

namespace daybook::work {

using text::Complain, text::kDone, text::kFailed, text::kWrongUse;

namespace {

volatile std::sig_atomic_t interrupted = 0;

void OnInterrupt(int) { interrupted = 1; }

// The old handlers come back; a second Ctrl-C ends the program at once.
class CatchInterrupt {
 public:
  CatchInterrupt() {
    struct sigaction action {};
    action.sa_handler = OnInterrupt;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, &interrupt_);
    sigaction(SIGTERM, &action, &terminate_);
  }
  CatchInterrupt(const CatchInterrupt&) = delete;
  CatchInterrupt& operator=(const CatchInterrupt&) = delete;
  ~CatchInterrupt() {
    sigaction(SIGINT, &interrupt_, nullptr);
    sigaction(SIGTERM, &terminate_, nullptr);
  }

 private:
  struct sigaction interrupt_ {
  }, terminate_{};
};

// For a shell, to be pasted.
std::string Quoted(const std::string& word) {
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("/._-+").find(c) != std::string_view::npos;
  });
  if (plain && !word.empty()) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// A command that a note names, as it has to be typed for this program and this journal.
void NameHome(std::vector<journal::ImportNote>& notes, const journal::Home& home) {
  constexpr std::string_view kShort = "daybook settings set ";
  const std::string whole = Quoted((journal::ProgramFolder() / "daybook").string()) +
                            " settings --home " + Quoted(home.root.string()) + " set ";
  for (journal::ImportNote& note : notes) {
    const std::size_t at = note.reason.find(kShort);
    if (at != std::string::npos) note.reason.replace(at, kShort.size(), whole);
  }
}

}  // namespace

int RunImport(const text::Arguments& arguments) {
  const auto home = journal::FindHome(arguments.Get("home"));
  if (!home) return kWrongUse;
  journal::Journal journal = journal::OpenJournal(*home);
  if (journal.db.Read([](sql::Tx& tx) { return journal::IsBlank(tx); })) {
    Complain(
        "Nobody owns this journal yet, so nobody could have written in it. Open its address in "
        "a browser, or run `daybook init`.");
    return kFailed;
  }
  journal::ImportOptions options;
  options.format = journal::ImportFormatNamed(arguments.Get("format", "auto"))
                       .value_or(journal::ImportFormat::kAuto);
  options.dry_run = arguments.Has("dry-run");
  options.files.assign(arguments.rest.begin(), arguments.rest.end());
  // Markdown is taken in as the JSON that it is made of.
  const std::filesystem::path made = home->Private() / "import-markdown.json";
  if (arguments.Get("format") == "markdown") {
    try {
      JsonOfMarkdown(options.files.front(), made);
    } catch (const ZipTrouble& trouble) {
      Complain(trouble.reason);
      return kFailed;
    }
    options.files = {made};
    options.format = journal::ImportFormat::kJson;
  }
  if (arguments.Has("media")) options.media = arguments.Get("media");
  const CatchInterrupt catch_interrupt;
  options.interrupted = [] { return interrupted != 0; };
  journal::ImportResult result;
  {
    text::Progress progress;
    std::time_t shown = 0;
    options.progress = [&](const journal::ImportProgress& p) {
      if (std::time(nullptr) == shown) return;
      shown = std::time(nullptr);
      progress.Show(p.what + " " + text::Grouped(p.done) + " of " + text::Grouped(p.total));
    };
    result = journal::Import(journal, options, std::time(nullptr));
  }
  std::error_code ignored;
  std::filesystem::remove(made, ignored);
  if (result.end == journal::ImportEnd::kRefused) {
    Complain(result.refusal);
    return kFailed;
  }
  if (arguments.Has("home")) NameHome(result.report.first, *home);
  std::string report = ImportReportText(result.report, templates::Words(journal.Load().language));
  while (report.ends_with('\n')) report.pop_back();
  text::Print(report);
  if (!result.report.stopped.empty()) Complain(result.report.stopped);
  return result.ExitCode();
}

int RunImportSlice(const text::Arguments& arguments) {
  const auto home = journal::FindHome(arguments.Get("home"));
  if (!home) return kWrongUse;
  const templates::Words words(journal::OpenJournal(*home).Load().language);
  journal::RunImportSlice(*home, std::time(nullptr), [&](const journal::ImportReport& report) {
    return ImportReportText(report, words);
  });
  return kDone;
}

}  // namespace daybook::work
