// Counts and lines, in the order in which an owner wants to read them.
#include "journal/import_report.h"

#include <utility>

namespace daybook::journal {

std::string Left(std::string_view key, std::string_view what) {
  return std::string(key).append("\n").append(what);
}

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

}  // namespace daybook::journal
