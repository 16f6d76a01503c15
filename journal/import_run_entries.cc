// Entries and pages of one checked file: taken, found here already, or, where their files came only
// now, given the new addresses of these.
#include <algorithm>
#include <functional>
#include <utility>

#include "journal/import_guid.h"
#include "journal/import_run.h"
#include "sql/queries/import.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr std::size_t kChunkItems = 32;
constexpr std::size_t kMaxTitle = 2000;  // bytes; lists and feeds repeat titles
constexpr std::size_t kChunkBytes = 512 * 1024;

}  // namespace

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
    if (dry) continue;
    p.mark = MarkOfText(d.body, d.more);
    if (p.here != 0) {
      parts_.journal.db.Read([&](sql::Tx& tx) { PlanToRenew(tx, p); });
      if (p.now)
        p.rendered = RenderEntry(settings_, *p.now,
                                 [&](std::string_view path) { return files_.SizeOf(path); });
      continue;
    }
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
  // What it links to was told long ago; what is still to come was not.
  draft.quiet = draft.visible_at <= parts_.now;
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
    Renew(tx, p);
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
  tx.Exec(query::kImportPutItem, old_.identity, "text", p.entry.key, p.mark);
  for (const OldRedirect& r : p.entry.redirects) AddEntryRedirect(tx, r.from, p.id, r.suffix);
}

// A text that nobody has touched since an import left it follows what this one makes of it: the
// files that were missing have their places now.
void ImportRun::PlanToRenew(sql::Tx& tx, Prepared& p) {
  if (p.entry.no_entry) return;
  p.left = FindItem(tx, "text", p.entry.key);
  if (p.left != 0 && p.left != p.mark) {
    p.now = LoadDraft(tx, p.here);
    if (p.now && MarkOfText(p.now->body, p.now->more) != p.left) p.now.reset();
    if (p.now) {
      p.now->body = p.entry.draft.body;
      p.now->more = p.entry.draft.more;
      return;
    }
  }
  // The text names its files as it did, but how large their pictures are is known only now.
  for (const std::string* text : {&p.entry.draft.body, &p.entry.draft.more}) {
    for (std::size_t at = 0; !p.renew && !new_files_.empty() &&
                             (at = text->find("/media/", at)) != std::string::npos;) {
      at += 7;
      const std::size_t end = std::min(text->find_first_of("\"') \t\n>?#", at), text->size());
      p.renew = new_files_.contains(text::DecodePercent(text->substr(at, end - at)));
    }
  }
}

void ImportRun::Renew(sql::Tx& tx, Prepared& p) {
  p.renewed = false;
  if (p.now) {
    const auto current = LoadDraft(tx, p.here);
    if (!current || MarkOfText(current->body, current->more) != p.left) return;
    EntryDraft draft = *current;
    draft.quiet = true;
    draft.body = p.now->body;
    draft.more = p.now->more;
    p.renewed = ReplaceEntry(tx, settings_, p.here, draft, parts_.now, 0, &p.rendered);
    tx.Exec(query::kImportPutItem, old_.identity, "text", p.entry.key, p.mark);
  } else if (p.renew) {
    p.renewed = RenderEntriesAgain(tx, settings_, p.here - 1, 1) == p.here;
  }
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
        renewed_ += p.renewed;
        // An import that was interrupted may have left it without the page above it.
        if (!p.entry.parent_key.empty()) parents_wanted_.emplace_back(p.id, p.entry.parent_key);
        return;
      }
      for (const std::string& note : p.entry.notes) report_.Need(NoteAt(p.entry.line, name, note));
      if (!p.entry.draft.path.empty() && !p.path.empty() && p.path != p.entry.draft.path) {
        report_.Need(NoteAt(p.entry.line, name,
                            "Its address " + p.entry.draft.path.substr(0, 200) +
                                " was taken; it is at " + p.path + " now."));
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
  if (renewed_ > 0)
    report_.notes.push_back(
        "Texts that were here already and show their files now: " + std::to_string(renewed_) + ".");
}

void ImportRun::LinkParents() {
  for (const auto& [page, parent] : std::exchange(parents_wanted_, {})) {
    parts_.journal.db.Write(sql::Publicity::kPublic, [&, &id = page, &key = parent](sql::Tx& tx) {
      const Id found = FindItem(tx, "entry", key);
      // Two pages below one another would have no beginning.
      Id above = found;
      for (int steps = 0; above != 0 && above != id && steps < 100; ++steps)
        above = tx.Int(query::kImportParent, above).value_or(0);
      if (found != 0 && above == 0) tx.Exec(query::kImportSetParent, id, found);
    });
  }
}

}  // namespace daybook::journal
