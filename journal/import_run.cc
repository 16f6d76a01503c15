#include "journal/import_run.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <set>

#include "journal/edit.h"
#include "journal/permalink.h"
#include "sql/queries.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr std::size_t kChunkItems = 32;
constexpr std::size_t kMaxTitle = 2000;  // bytes; lists and feeds repeat titles
constexpr std::size_t kChunkBytes = 512 * 1024;
constexpr std::size_t kAnswerChunk = 256;

// The same for the same entry of the same journal, so that a run that was broken off ends as
// another one would.
std::string GuidFor(const std::string& source, const std::string& key) {
  std::array<std::uint64_t, 2> hash = {14695981039346656037u, 0x9E3779B97F4A7C15u};
  for (std::uint64_t& h : hash) {
    for (const std::string* part : {&source, &key}) {
      for (char c : *part) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211u;
      h = (h ^ 0x1FF) * 1099511628211u;
    }
  }
  hash[0] =
      (hash[0] & ~0xF000ull) | 0x8000;  // version 8 of RFC 9562: made as the application likes
  hash[1] = (hash[1] >> 2) | 0x8000000000000000ull;
  std::array<char, 50> text{};
  std::snprintf(text.data(), text.size(), "urn:uuid:%08llx-%04llx-%04llx-%04llx-%012llx",
                static_cast<unsigned long long>(hash[0] >> 32),
                static_cast<unsigned long long>((hash[0] >> 16) & 0xFFFF),
                static_cast<unsigned long long>(hash[0] & 0xFFFF),
                static_cast<unsigned long long>(hash[1] >> 48),
                static_cast<unsigned long long>(hash[1] & 0xFFFFFFFFFFFFull));
  return text.data();
}

std::string AnswerName(const OldAnswer& answer) {
  const std::string& name =
      answer.is_reference ? answer.reference.title : answer.comment.author_name;
  return (answer.is_reference ? "reference “" : "comment by “") +
         std::string(text::CutCodePoints(name, 40)) + "”";
}

}  // namespace

ImportRun::ImportRun(Parts parts, const OldJournal& old, std::string file, ImportReport& report)
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
      files_({parts.journal.home.Media(), parts.folder, parts.options.dry_run}, report),
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
    report_.Drop(
        what + ", for which a journal has no place", times,
        {file_, old_.skipped_lines.contains(what) ? old_.skipped_lines.at(what) : 0, {}, {}});
  }
  for (const ImportTrouble& note : old_.notes) report_.Need(NoteAt(note.line, {}, note.reason));
  if (!parts_.options.dry_run) TakeExtras();
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

void ImportRun::Prepare(std::vector<Prepared>& chunk) {
  const bool dry = parts_.options.dry_run;
  if (!dry) {
    std::vector<OldEntry> entries;
    for (Prepared& p : chunk) entries.push_back(std::move(p.entry));
    terms_.TakeFrom(entries);
    for (std::size_t i = 0; i < chunk.size(); ++i) chunk[i].entry = std::move(entries[i]);
  }
  parts_.journal.db.Read([&](sql::Tx& tx) {
    for (Prepared& p : chunk) {
      p.here = FindItem(tx, "entry", p.entry.key);
      if (p.here != 0 || !p.entry.no_entry) continue;
      const EntryDraft& d = p.entry.draft;
      p.here = tx.Int(query::kImportEntryAtMoment, d.visible_at, d.slug, d.status).value_or(0);
      if (p.here == 0) {
        p.entry.notes.push_back(
            "It says NO ENTRY, but no such entry is here, so it was taken as a new one.");
      }
    }
  });
  for (Prepared& p : chunk) {
    EntryDraft& d = p.entry.draft;
    if (d.guid.empty()) d.guid = GuidFor(old_.identity, p.entry.key);
    if (d.comments == Allow::kClosed && !has_answers_[p.number] && old_.format != "json")
      d.comments = Allow::kNone;
    bodies_.Convert(p.entry, file_);
    if (dry || p.here != 0) continue;
    d.author_id = terms_.Author(p.entry.author);
    for (const OldTerm& term : p.entry.categories) {
      if (const Id id = terms_.Category(term); id != 0) d.categories.push_back(id);
    }
    for (const OldTerm& term : p.entry.tags) {
      if (const Id id = terms_.Tag(term); id != 0) d.tags.push_back(id);
    }
    p.rendered =
        RenderEntry(settings_, d, [&](std::string_view path) { return files_.SizeOf(path); });
  }
  FlushFiles(files_.TakeRows());
}

void ImportRun::WriteEntry(sql::Tx& tx, Prepared& p) {
  if (std::exchange(p.twin, false)) p.here = 0;
  EntryDraft draft = p.entry.draft;
  const OldFile* featured =
      p.entry.featured_key.empty() ? nullptr : bodies_.FileByKey(p.entry.featured_key);
  if (featured != nullptr) {
    if (const auto wanted = bodies_.WantedOf(*featured, file_)) {
      const auto id = media_ids_.find(files_.Find(*wanted).media_path);
      if (id != media_ids_.end()) draft.featured_id = id->second;
    }
  }
  if (p.here != 0) {
    if (draft.featured_id != 0) tx.Exec(query::kImportSetFeatured, p.here, draft.featured_id);
    if (p.entry.no_entry)
      tx.Exec(query::kImportPutItem, old_.identity, "entry", p.entry.key, p.here);
    p.id = p.here;
    return;
  }
  // The same thing twice in one file, and in one chunk.
  if (const Id twin = FindItem(tx, "entry", p.entry.key); twin != 0) {
    p.id = p.here = twin;
    p.twin = true;
    return;
  }
  p.parent_missing = false;
  if (!p.entry.parent_key.empty()) {
    draft.parent_id = FindItem(tx, "entry", p.entry.parent_key);
    p.parent_missing = draft.parent_id == 0;
  }
  p.id = SaveEntry(tx, settings_, draft, parts_.now, &p.rendered);
  if (p.id == 0) throw ImportTrouble{p.entry.line, "The journal did not take it."};
  p.path = PathOf(tx, p.id);
  tx.Exec(query::kImportPutItem, old_.identity, "entry", p.entry.key, p.id);
  for (const OldRedirect& r : p.entry.redirects) AddEntryRedirect(tx, r.from, p.id, r.suffix);
}

// Two different things of one name are two; the second is the second on every run, as the order is
// always the same.
void ImportRun::NameApart(OldEntry& entry) {
  const EntryDraft& d = entry.draft;
  const std::hash<std::string_view> hash;
  std::size_t content = hash(d.title);
  for (const std::string_view part :
       {std::string_view(d.body), std::string_view(d.more), std::string_view(d.slug)})
    content = content * 31 + hash(part);
  content = content * 31 + static_cast<std::size_t>(d.visible_at);
  std::vector<std::size_t>& seen = contents_of_[hash(entry.key)];
  const auto found = std::find(seen.begin(), seen.end(), content);
  const auto number = found - seen.begin();
  if (found == seen.end()) seen.push_back(content);
  if (number > 0) entry.key += "#" + std::to_string(number + 1);
}

void ImportRun::TakeEntries() {
  entry_ids_.assign(old_.entries.size(), 0);
  has_answers_.assign(old_.entries.size(), false);
  for (const ItemPlace& answer : old_.answers) has_answers_[answer.owner] = true;
  std::vector<Prepared> chunk;
  std::size_t bytes = 0;
  const auto flush = [&] {
    Prepare(chunk);
    const auto done = [&](std::size_t i, const std::string* why) {
      Prepared& p = chunk[i];
      ImportCount& count = CountOf(p.entry);
      ++count.found;
      const std::string name = ItemName(p.entry);
      if (why != nullptr) {
        report_.Need(NoteAt(p.entry.line, name, *why + " It was not taken."));
        return;
      }
      ++count.taken;
      entry_ids_[p.number] = p.id;
      if (p.here != 0) {
        ++count.here_before;
        return;
      }
      for (const std::string& note : p.entry.notes) report_.Need(NoteAt(p.entry.line, name, note));
      if (!p.entry.draft.path.empty() && !p.path.empty() && p.path != p.entry.draft.path) {
        report_.Need(NoteAt(
            p.entry.line, name,
            "Its address " + p.entry.draft.path + " was taken; it is at " + p.path + " now."));
      }
      if (p.parent_missing) parents_wanted_.emplace_back(p.id, p.entry.parent_key);
    };
    if (parts_.options.dry_run) {
      for (std::size_t i = 0; i < chunk.size(); ++i) done(i, nullptr);
      Between("", 0, 0);
    } else {
      batches_.Run(
          chunk.size(), [&](sql::Tx& tx, std::size_t i) { WriteEntry(tx, chunk[i]); }, done);
    }
    chunk.clear();
    bytes = 0;
  };
  for (std::size_t i = 0; i < old_.entries.size(); ++i) {
    try {
      Prepared p;
      p.number = i;
      p.entry = old_.read_entry(old_.entries[i], parts_.clock);
      if (!p.entry.no_entry) NameApart(p.entry);
      OldEntry& entry = p.entry;
      if (entry.draft.title.size() > kMaxTitle) {
        entry.draft.title = std::string(text::CutBytes(entry.draft.title, kMaxTitle));
        entry.notes.push_back("Its title is very long, and only its beginning was taken.");
      }
      bytes += p.entry.draft.body.size() + p.entry.draft.more.size();
      chunk.push_back(std::move(p));
    } catch (const ImportTrouble& trouble) {
      ++report_.entries.found;
      report_.Need(NoteAt(trouble.line > 0 ? trouble.line : old_.entries[i].line, "entry",
                          trouble.reason + " It was not taken."));
    }
    if (chunk.size() >= kChunkItems || bytes >= kChunkBytes) {
      flush();
      Between("Entries", i + 1, old_.entries.size());
    }
  }
  flush();
  for (const auto& [page, parent] : std::exchange(parents_wanted_, {})) {
    if (parts_.options.dry_run) break;
    parts_.journal.db.Write(sql::Publicity::kPublic, [&, &id = page, &key = parent](sql::Tx& tx) {
      if (const Id found = FindItem(tx, "entry", key); found != 0)
        tx.Exec(query::kImportSetParent, id, found);
    });
  }
}

void ImportRun::TakeAnswers() {
  struct Answer {
    OldAnswer old;
    Id entry = 0;
    bool here = false;
  };
  std::vector<Answer> chunk;
  LaterWords later;
  const auto count_of = [&](const OldAnswer& a) -> ImportCount& {
    return a.is_reference ? report_.references : report_.comments;
  };
  const auto kind_of = [](const OldAnswer& a) {
    return std::string_view(a.is_reference ? "reference" : "comment");
  };
  const auto done = [&](std::size_t i, const std::string* why) {
    const Answer& a = chunk[i];
    ImportCount& count = count_of(a.old);
    ++count.found;
    if (why != nullptr) {
      report_.Need(NoteAt(a.old.line, AnswerName(a.old), *why + " It was not taken."));
      return;
    }
    ++count.taken;
    if (a.here) ++count.here_before;
  };
  const auto flush = [&] {
    if (parts_.options.dry_run) {
      parts_.journal.db.Read([&](sql::Tx& tx) {
        for (Answer& a : chunk) a.here = FindItem(tx, kind_of(a.old), a.old.key) != 0;
      });
      for (std::size_t i = 0; i < chunk.size(); ++i) done(i, nullptr);
      Between("", 0, 0);
      chunk.clear();
      return;
    }
    batches_.Run(
        chunk.size(),
        [&](sql::Tx& tx, std::size_t i) {
          Answer& a = chunk[i];
          a.here = FindItem(tx, kind_of(a.old), a.old.key) != 0;
          if (a.here) return;
          if (a.entry == 0)
            throw ImportTrouble{a.old.line, "The entry that it belongs to was not taken."};
          Id id = 0;
          if (a.old.is_reference) {
            NewReference reference = a.old.reference;
            reference.entry_id = a.entry;
            id = AddReference(tx, reference);
          } else {
            NewComment comment = a.old.comment;
            comment.entry_id = a.entry;
            if (!a.old.parent_key.empty())
              comment.parent_id = FindItem(tx, "comment", a.old.parent_key);
            if (!a.old.author.empty()) comment.author_id = terms_.KnownAuthor(a.old.author);
            id = AddComment(tx, comment, &later);
          }
          if (id == 0) throw ImportTrouble{a.old.line, "The journal did not take it."};
          tx.Exec(query::kImportPutItem, old_.identity, kind_of(a.old), a.old.key, id);
        },
        done, [&] { later.comments.clear(); }, [&](sql::Tx& tx) { IndexLater(tx, later); });
    chunk.clear();
  };
  for (std::size_t i = 0; i < old_.answers.size(); ++i) {
    const ItemPlace& place = old_.answers[i];
    try {
      Answer a;
      a.old = old_.read_answer(place, parts_.clock);
      a.entry = entry_ids_[place.owner];
      if (a.old.key.empty())
        a.old.key =
            GuidFor(std::to_string(a.entry), a.old.comment.author_name + std::to_string(place.at) +
                                                 a.old.comment.body + a.old.reference.url);
      chunk.push_back(std::move(a));
    } catch (const ImportTrouble& trouble) {
      const bool ping = place.kind == 1;
      ++(ping ? report_.references : report_.comments).found;
      report_.Need(NoteAt(trouble.line > 0 ? trouble.line : place.line,
                          ping ? "reference" : "comment", trouble.reason + " It was not taken."));
    }
    if (chunk.size() >= kAnswerChunk) {
      flush();
      Between("Comments", i + 1, old_.answers.size());
    }
  }
  flush();
  for (const auto& [lost, count] : {std::pair(&old_.lost_comments, &report_.comments),
                                    std::pair(&old_.lost_references, &report_.references)}) {
    for (const ItemPlace& place : *lost) {
      ++count->found;
      report_.Need(NoteAt(place.line, count == &report_.comments ? "comment" : "reference",
                          "It belongs to a file's page or to a kind of item that a journal does "
                          "not have. It was not taken."));
    }
  }
}

}  // namespace daybook::journal
