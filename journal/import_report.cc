#include "journal/import_report.h"

#include <utility>

namespace daybook::journal {
namespace {

void AddCount(std::string& out, std::string_view name, const ImportCount& count) {
  out.append(name).append(": ").append(std::to_string(count.found)).append(" found = ");
  out.append(std::to_string(count.taken)).append(" taken + ");
  out.append(std::to_string(count.found - count.taken)).append(" not taken");
  if (count.here_before > 0)
    out.append(" (").append(std::to_string(count.here_before)).append(" were here already)");
  out += '\n';
}

std::string Of(const ImportCount& a, const ImportCount* b = nullptr) {
  return std::to_string(a.taken + (b == nullptr ? 0 : b->taken)) + " of " +
         std::to_string(a.found + (b == nullptr ? 0 : b->found));
}

void AddNote(std::string& out, const ImportNote& note) {
  if (!note.file.empty()) out += note.file;
  if (note.line > 0)
    out.append(note.file.empty() ? "line " : ", line ").append(std::to_string(note.line));
  if (!note.item.empty()) {
    if (!note.file.empty() || note.line > 0) out += ", ";
    out += note.item;
  }
  if (!out.empty() && out.back() != '\n') out += ": ";
  out.append(note.reason).append("\n");
}

}  // namespace

void ImportReport::Need(ImportNote note) {
  if (needs.size() < kMaxNotes) {
    needs.push_back(std::move(note));
  } else {
    ++more_needs;
  }
}

void ImportReport::Drop(const std::string& what, std::int64_t times, const ImportNote& where) {
  Dropped& dropped_here = dropped[what];
  if (dropped_here.times == 0) dropped_here.first = where;
  dropped_here.times += times;
}

bool ImportReport::AnyFailed() const {
  for (const ImportCount* count : {&entries, &pages, &comments, &references}) {
    if (count->taken < count->found) return true;
  }
  return false;
}

std::int64_t ImportReport::Needs() const {
  return static_cast<std::int64_t>(first.size() + needs.size() + dropped.size()) + more_needs;
}

std::string ReportText(const ImportReport& report) {
  std::string out;
  AddCount(out, "entries", report.entries);
  AddCount(out, "pages", report.pages);
  AddCount(out, "comments", report.comments);
  AddCount(out, "references", report.references);
  AddCount(out, "files", report.files);
  const std::int64_t needs = report.Needs();
  out += Of(report.entries, &report.pages) + " entries, " +
         Of(report.comments, &report.references) + " comments, " + Of(report.files) + " files. " +
         (needs == 1 ? "1 thing needs you." : std::to_string(needs) + " things need you.") + "\n";
  if (report.dry_run) out += "This was a trial: nothing was written.\n";
  if (report.interrupted)
    out += "Interrupted. What was taken is kept; give the same command again to go on.\n";
  for (const std::string& note : report.notes) out += note + "\n";
  if (needs > 0) out += "\nWhat needs you:\n";
  for (const ImportNote& note : report.first) AddNote(out, note);
  for (const auto& [what, dropped] : report.dropped) {
    ImportNote note = dropped.first;
    const std::string times =
        dropped.times == 1 ? "once" : std::to_string(dropped.times) + " times";
    note.reason =
        what + ", " + times + (note.line > 0 || !note.item.empty() ? ", first here." : ".");
    AddNote(out, note);
  }
  for (const ImportNote& note : report.needs) AddNote(out, note);
  if (report.more_needs > 0) out += "… and " + std::to_string(report.more_needs) + " more.\n";
  return out;
}

}  // namespace daybook::journal
