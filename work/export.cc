// `daybook export`: the command around export.h.
#include "work/export.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>

#include "sql/descriptor.h"
#include "sql/errors.h"
#include "templates/words.h"
#include "work/backup.h"
#include "work/command.h"
#include "work/markdown_files.h"
#include "work/zip.h"

namespace daybook::work {

using text::Arguments, text::Complain, text::kDone, text::kFailed, text::kWrongUse, text::Print;

namespace {

namespace fs = std::filesystem;

// Appears under its name when it is whole, and is its maker's alone: mail addresses are in it.
void WriteFile(const fs::path& target, const std::function<void(const Sink&)>& make) {
  const fs::path part = target.string() + ".part";
  {
    const sql::Descriptor file(open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file) throw sql::SystemError("writing " + part.string(), errno);
    std::string held;
    const auto flush = [&] {
      for (std::size_t at = 0; at < held.size();) {
        const ssize_t put = write(file.get(), held.data() + at, held.size() - at);
        if (put < 0 && errno != EINTR) throw sql::SystemError("writing " + part.string(), errno);
        if (put > 0) at += static_cast<std::size_t>(put);
      }
      held.clear();
    };
    constexpr std::size_t kPiece = 1 << 20;
    make([&](std::string_view bytes) {
      held += bytes;
      if (held.size() >= kPiece) flush();
    });
    flush();
    if (fsync(file.get()) != 0) throw sql::SystemError("writing " + part.string(), errno);
  }
  fs::rename(part, target);
}

// What of a backup is for readers.
bool IsForReaders(const std::string& name) {
  return name.starts_with("readable/") || name.starts_with("media/");
}

void ZipPages(const fs::path& backup, const fs::path& target) {
  const fs::path part = target.string() + ".part", scratch = target.string() + ".scratch";
  std::error_code ignored;
  fs::remove(part, ignored);
  {
    ZipReader from(backup);
    ZipWriter to(part);
    ZipReader::Entry entry;
    while (from.Next(entry)) {
      if (!IsForReaders(entry.name)) continue;
      std::ofstream out(scratch, std::ios::binary | std::ios::trunc);
      from.Read([&](std::string_view bytes) { out << bytes; });
      out.close();
      if (!out) throw ZipTrouble{"The disk is full, so there is no export."};
      to.AddFile(entry.name, scratch);
    }
    to.Close();
  }
  fs::remove(scratch, ignored);
  fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(part, target);
}

// The pages and media of a backup that is made for it.
int ExportPages(const journal::Home& home, const fs::path& folder) {
  constexpr std::chrono::seconds kSlice(20);
  std::error_code error;
  if (fs::exists(folder, error) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    Complain(folder.string() + " is there already. Name a folder that is new or empty.");
    return kFailed;
  }
  BackupSlice slice;
  do {
    slice = MakeBackupSlice(home, std::time(nullptr), kSlice);
  } while (slice.outcome == BackupSlice::Outcome::kMore);
  if (slice.outcome == BackupSlice::Outcome::kOccupied) {
    Complain("Another process is making a backup just now.");
    return kFailed;
  }
  ZipReader zip(slice.file);
  ZipReader::Entry entry;
  while (zip.Next(entry)) {
    if (!IsForReaders(entry.name)) continue;
    const fs::path target = folder / entry.name;
    fs::create_directories(target.parent_path());
    std::ofstream out(target, std::ios::binary);
    zip.Read([&](std::string_view bytes) { out << bytes; });
    out.close();
    if (!out) throw ZipTrouble{target.string() + " could not be written."};
  }
  Print("Open " + (folder / "readable" / "index.html").string());
  return kDone;
}

}  // namespace

std::string ExportTo(journal::Journal& journal, const journal::ExportForm& form,
                     journal::Seconds now, const fs::path& target, const fs::path& backup) {
  using journal::Keeping;
  if (form.what == Keeping::kStatic) {
    ZipPages(backup, target);
    return "";
  }
  if (form.what == Keeping::kMarkdown) {
    ExportMarkdown(journal, target);
    return "";
  }
  LeftOut left;
  WriteFile(target, [&](const Sink& sink) {
    if (form.what == Keeping::kWxr) return ExportWxr(journal, now, sink);
    if (form.what == Keeping::kMovableType) {
      left = ExportMovableType(journal, now, sink);
      return;
    }
    return ExportJson(journal, sink);
  });
  const templates::Words words(journal.Load().language);
  std::string report;
  for (const auto& [key, count] : left) {
    const std::string* text = words.Lookup(std::string(key));
    report +=
        templates::Fill(text == nullptr ? std::string(key) : *text, {{"n", words.Number(count)}}) +
        "\n";
  }
  return report;
}

int RunExport(const Arguments& arguments) {
  const auto home = journal::FindHome(arguments.Get("home"));
  if (!home) return kWrongUse;
  journal::Journal journal = journal::OpenJournal(*home);
  const journal::ExportForm* form = journal::ExportFormNamed(arguments.Get("format"));
  if (form == nullptr) return kWrongUse;
  const fs::path target = arguments.rest.front();
  std::string report;
  try {
    if (form->what == journal::Keeping::kStatic) return ExportPages(*home, target);
    report = ExportTo(journal, *form, std::time(nullptr), target, "");
  } catch (const ZipTrouble& trouble) {
    Complain(trouble.reason);
    return kFailed;
  }
  Print(target.string());
  if (!report.empty()) Print("\nWhat it does not hold:\n" + report);
  return kDone;
}

}  // namespace daybook::work
