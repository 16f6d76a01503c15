// The batches of render_again.h, each its own transaction, and what a terminal sees of them.
#include "cli/render_again.h"

#include "cli/command.h"
#include "journal/edit.h"

namespace daybook::cli {

void RenderAgain(journal::Journal& journal) {
  constexpr int kBatch = 20;  // short enough for readers to get their turn at the lock
  Progress progress;
  const journal::Settings settings = journal.Load();
  long long done = 0;
  journal::Id after = 0;
  do {
    after = journal.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      return journal::RenderEntriesAgain(tx, settings, after, kBatch);
    });
    done += kBatch;
    progress.Show("Preparing the pages again: " + Grouped(done) + " entries");
    journal.db.CheckpointIfDue();
  } while (after != 0);
  do {
    after = journal.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      return journal::RenderCommentsAgain(tx, after, kBatch * 10);
    });
    journal.db.CheckpointIfDue();
  } while (after != 0);
  journal.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) { journal::NoteRenderEdition(tx); });
}

}  // namespace daybook::cli
