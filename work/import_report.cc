// What an import took and what it leaves to its owner, line by line, in words of the catalogue.
#include "work/import_report.h"

#include "templates/keys.h"
#include "text/utf8.h"

namespace daybook::work {
namespace {

namespace word = templates::word;
using journal::ImportCount;
using journal::ImportNote;
using templates::Words;

// What files and readers brought may hold characters that a terminal obeys.
std::string Line(std::string_view text) { return text::ShowControls(text, false) + "\n"; }

std::string CountLine(const Words& words, templates::WordKey kind, const ImportCount& count) {
  return words.Format(count.here_before > 0 ? word::kImportCountBefore : word::kImportCount,
                      {{"kind", words.Get(kind)},
                       {"found", std::to_string(count.found)},
                       {"taken", std::to_string(count.taken)},
                       {"not", std::to_string(count.found - count.taken)},
                       {"before", std::to_string(count.here_before)}}) +
         "\n";
}

std::string NoteLine(const Words& words, const ImportNote& note) {
  std::string where = note.file;
  const auto add = [&where](const std::string& part) {
    if (!where.empty() && !part.empty()) where += ", ";
    where += part;
  };
  if (note.line > 0)
    add(words.Format(word::kImportWhereLine, {{"line", std::to_string(note.line)}}));
  add(note.item);
  return Line(where.empty()
                  ? note.reason
                  : words.Format(word::kImportNote, {{"where", where}, {"what", note.reason}}));
}

// A text of its own for each kind of what was left out.
std::string LeftText(const Words& words, const std::string& left) {
  const std::size_t end = left.find('\n');
  const std::string* text = words.Lookup(std::string_view(left).substr(0, end));
  if (text == nullptr) return left;
  return templates::Fill(*text, {{"what", std::string_view(left).substr(end + 1)}});
}

}  // namespace

std::string ImportReportText(const journal::ImportReport& report, const Words& words) {
  std::string out = CountLine(words, word::kImportEntries, report.entries) +
                    CountLine(words, word::kImportPages, report.pages) +
                    CountLine(words, word::kImportComments, report.comments) +
                    CountLine(words, word::kImportReferences, report.references) +
                    CountLine(words, word::kImportFiles, report.files);
  const std::int64_t needs = report.Needs();
  out += words.Format(needs == 1 ? word::kImportSingle : word::kImportReport,
                      {{"n", words.Number(needs)},
                       {"a", std::to_string(report.entries.taken)},
                       {"b", std::to_string(report.entries.found)},
                       {"c", std::to_string(report.comments.taken)},
                       {"d", std::to_string(report.comments.found)},
                       {"e", std::to_string(report.files.taken)},
                       {"f", std::to_string(report.files.found)}}) +
         "\n";
  if (report.dry_run) out += words.Get(word::kImportTrial) + "\n";
  if (!report.stopped.empty())
    out += Line(words.Format(word::kImportStopped, {{"why", report.stopped}}));
  if (report.interrupted) out += words.Get(word::kImportInterrupted) + "\n";
  for (const std::string& note : report.notes) out += Line(note);
  if (needs > 0) out += "\n" + words.Get(word::kImportNeeds) + "\n";
  for (const ImportNote& note : report.first) out += NoteLine(words, note);
  for (const auto& [what, dropped] : report.dropped) {
    ImportNote note = dropped.first;
    const bool here = note.line > 0 || !note.item.empty();
    note.reason = words.Plural(here ? word::kImportDroppedHere : word::kImportDropped,
                               dropped.times, {{"what", LeftText(words, what)}});
    out += NoteLine(words, note);
  }
  for (const ImportNote& note : report.needs) out += NoteLine(words, note);
  if (report.more_needs > 0)
    out += words.Format(word::kImportMore, {{"n", words.Number(report.more_needs)}}) + "\n";
  return out;
}

}  // namespace daybook::work
