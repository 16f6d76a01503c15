// The frame of the second pass; terms, entries and answers are in files of their own.
#include "journal/import_run.h"

#include <iterator>
#include <utility>

#include "journal/edit.h"
#include "journal/import_report.h"
#include "journal/permalink.h"
#include "sql/queries/import.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

}  // namespace

ImportRun::ImportRun(Parts parts, const OldJournal& old, std::string file, ImportReport& report,
                     ImportFiles::Counted& counted)
    : parts_(parts),
      old_(old),
      file_(std::move(file)),
      report_(report),
      settings_(parts.journal.Load()),
      hosts_([&] {
        OldHosts hosts(old.home_url, old.site_url);
        for (const OldFile& f : old.files) {
          if (!f.kept_path) hosts.AddFileHost(f.url);
        }
        return hosts;
      }()),
      files_({parts.journal.home.Media(), parts.folder, parts.options.dry_run}, report, counted),
      bodies_(old, hosts_, files_, report),
      batches_(parts.journal.db, [this] { Between("", 0, 0); }),
      terms_(batches_, old.identity, parts.now) {
  parts_.journal.db.Read([&](sql::Tx& tx) { was_empty_ = tx.Int(query::kImportIsEmpty) == 1; });
}

void ImportRun::Between(const char* what, std::size_t done, std::size_t total) const {
  if (parts_.options.interrupted && parts_.options.interrupted()) throw ImportInterrupted();
  if (*what != '\0' && parts_.options.progress) {
    parts_.options.progress(
        {what, static_cast<std::int64_t>(done), static_cast<std::int64_t>(total)});
  }
}

Id ImportRun::FindItem(sql::Tx& tx, std::string_view kind, const std::string& key) const {
  return tx.Int(query::kImportFindItem, old_.identity, kind, key).value_or(0);
}

void ImportRun::Take() {
  TakeSettings();
  if (!parts_.options.dry_run) terms_.Take(old_);
  KnowFiles();
  TakeFiles();
  TakeEntries();
  TakeAnswers();
  for (const auto& [what, times] : old_.skipped) {
    if (report_.dropped.contains(what)) continue;  // said already, at entries
    report_.Drop(
        what, times,
        {file_, old_.skipped_lines.contains(what) ? old_.skipped_lines.at(what) : 0, {}, {}});
  }
  for (const ImportTrouble& note : old_.notes) report_.Need(NoteAt(note.line, {}, note.reason));
}

void ImportRun::Finish() {
  if (parts_.options.dry_run) return;
  LinkParents();
  TakeExtras();
}

void ImportRun::TakeSettings() {
  if (parts_.options.dry_run) return;
  std::vector<std::pair<std::string, std::string>> wanted(old_.settings.begin(),
                                                          old_.settings.end());
  std::erase_if(wanted, [](const auto& setting) {
    return setting.first == "url";
  });  // this journal is where it is
  if (was_empty_ && !old_.permalink.empty() && settings_.permalink == kDefaultPattern) {
    wanted.emplace_back("permalink", old_.permalink);
  }
  for (const auto& [name, value] : wanted) {
    const SetResult result =
        parts_.journal.db.Write(sql::Publicity::kPublic, [&, &n = name, &v = value](sql::Tx& tx) {
          return SetSetting(tx, parts_.journal.config, n, v);
        });
    if (result.outcome == SetOutcome::kSet) {
      if (old_.format != "json")
        report_.notes.push_back("New entries get addresses like the old ones: " + value + ".");
    } else if (old_.format == "json") {
      report_.Need(NoteAt(0, "setting " + name, result.message));
    }
  }
  settings_ = parts_.journal.Load();
}

void ImportRun::KnowFiles() {
  parts_.journal.db.Read(sql::Reading::kLong, [&](sql::Tx& tx) {
    sql::Rows rows = tx.Query(query::kImportFilesHere, old_.identity);
    while (rows.Step()) {
      PictureSize size;
      size.width = rows.Int(3);
      size.height = rows.Int(4);
      size.alt = rows.String(5);
      files_.KnowHere(rows.String(0), rows.String(2), size);
      media_ids_[rows.String(2)] = rows.Int(1);
    }
  });
}

void ImportRun::WriteFileRows(sql::Tx& tx, const FileRows& rows) {
  for (const FileRows::Media& row : rows.media) {
    const Id id = AddMedia(tx, row.media);
    tx.Exec(query::kImportPutItem, old_.identity, "file", row.key, id);
    media_ids_[row.media.path] = id;
    new_files_.insert(row.media.path);
  }
  for (const auto& [from, to] : rows.redirects) AddRedirect(tx, from, to);
}

void ImportRun::FlushFiles(FileRows rows) {
  if (rows.empty() || parts_.options.dry_run) return;
  parts_.journal.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) { WriteFileRows(tx, rows); });
  parts_.journal.db.CheckpointIfDue();
}

void ImportRun::TakeFiles() {
  std::size_t done = 0;
  FileRows rows;
  for (const OldFile& file : old_.files) {
    if (!file.listed_in.empty()) continue;
    const auto wanted = bodies_.WantedOf(file, file_);
    if (!wanted) {
      ++report_.files.found;
      report_.Need(NoteAt(file.line, "file “" + file.title + "”",
                          "Its address “" + file.url.substr(0, 200) + "” cannot be read."));
      continue;
    }
    (void)files_.Find(*wanted);
    FileRows more = files_.TakeRows();
    std::move(more.media.begin(), more.media.end(), std::back_inserter(rows.media));
    std::move(more.redirects.begin(), more.redirects.end(), std::back_inserter(rows.redirects));
    if (++done % 16 == 0) {
      FlushFiles(std::exchange(rows, {}));
      Between("Files", done, old_.files.size());
    }
  }
  FlushFiles(std::move(rows));
}

}  // namespace daybook::journal
