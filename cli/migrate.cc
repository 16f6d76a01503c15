// `daybook migrate`: the database to this program's edition, and the HTML to this pipeline's.
#include "sql/migrate.h"

#include "cli/command.h"
#include "cli/render_again.h"
#include "journal/edit.h"
#include "journal/journal.h"
#include "sql/query.h"

namespace daybook::cli {

int RunMigrate(const Arguments& arguments) {
  std::optional<journal::Home> home = HomeOf(arguments);
  if (!home) return kWrongUse;
  if (journal::HasJournal(*home)) {
    sql::Db db = sql::Db::Open(home->Database(), sql::OpenMode::kReadWrite);
    sql::MigrationReport report = sql::Migrate(db, sql::kMigrations);
    if (report.from == report.to) {
      Print("The database is up to date (schema " + std::to_string(report.to) + ").");
    } else {
      Print("The database went from schema " + std::to_string(report.from) + " to " +
            std::to_string(report.to) + ".");
    }
    if (report.copy) Print("A copy from before is " + report.copy->string() + ".");
  }
  journal::Journal opened = journal::OpenJournal(*home);
  bool other = opened.db.Read([](sql::Tx& tx) { return journal::IsRenderedByOther(tx); });
  if (other) RenderAgain(opened);
  return kDone;
}

}  // namespace daybook::cli
