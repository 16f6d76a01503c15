// Migrations: numbered steps, forward only, by one process, with a copy before them.
#include "sql/migrate.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/store_fixture.h"

namespace daybook::sql {
namespace {

using Kind = DbError::Kind;

constexpr QueryOf<0> kColours{
    {"colours", "select group_concat(colour, ' ') from note", Query::kOne, 0, 1020, nullptr}};

class MigrateTest : public testing::Test {
 protected:
  // The small schema, and after it these steps, numbered from 2.
  static std::vector<Migration> With(std::initializer_list<const char*> steps) {
    std::vector<Migration> all(kSmallSchema.begin(), kSmallSchema.end());
    for (const char* step : steps) {
      all.push_back({static_cast<int>(all.size()) + 1, "step", step});
    }
    return all;
  }
  void MakeSmallJournal() {
    Db db = Db::Open(home_.file(), OpenMode::kCreate);
    Migrate(db, kSmallSchema);
    db.Write(Publicity::kPrivate, [](Tx& tx) { tx.Insert(kAddNote, "kept"); });
  }

  TemporaryHome home_;
};

constexpr const char* kAddColour =
    "alter table note add column colour text not null default 'red';";
constexpr const char* kAllBlue = "update note set colour = 'blue'; create table more (id integer);";

TEST_F(MigrateTest, ANewFileRunsEveryStepAndNeedsNoCopy) {
  Db db = Db::Open(home_.file(), OpenMode::kCreate);
  EXPECT_EQ(StateOfSchema(db, kSmallSchema), SchemaState::kOlder);
  const MigrationReport report = Migrate(db, With({kAddColour, kAllBlue}));
  EXPECT_EQ(report.from, 0);
  EXPECT_EQ(report.to, 3);
  EXPECT_FALSE(report.copy);
  EXPECT_EQ(db.SchemaVersion(), 3);
}

TEST_F(MigrateTest, OnlyTheMissingStepsRunAndACopyIsMadeFirst) {
  MakeSmallJournal();
  Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
  const MigrationReport report = Migrate(db, With({kAddColour, kAllBlue}));
  EXPECT_EQ(report.from, 1);
  EXPECT_EQ(db.Read([](Tx& tx) { return tx.Text(kColours); }), "blue");

  ASSERT_EQ(report.copy, home_.path() / "private" / "backups" / "before-migration-2.db");
  Db copy = Db::Open(*report.copy, OpenMode::kReadWrite);
  EXPECT_EQ(copy.SchemaVersion(), 1);
  EXPECT_EQ(copy.Read([](Tx& tx) { return tx.Text(kNoteById, 1); }), "kept");
}

TEST_F(MigrateTest, ACurrentFileIsLeftAlone) {
  MakeSmallJournal();
  Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
  const MigrationReport report = Migrate(db, kSmallSchema);
  EXPECT_EQ(report.from, 1);
  EXPECT_EQ(report.to, 1);
  EXPECT_FALSE(report.copy);
  EXPECT_FALSE(std::filesystem::exists(home_.path() / "private" / "backups"));
}

TEST_F(MigrateTest, ANewerSchemaIsRefused) {
  {
    Db db = Db::Open(home_.file(), OpenMode::kCreate);
    Migrate(db, With({kAddColour}));
  }
  Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
  EXPECT_EQ(StateOfSchema(db, kSmallSchema), SchemaState::kNewer);
  EXPECT_EQ(KindThrown([&] { Migrate(db, kSmallSchema); }), Kind::kTooNew);
}

TEST_F(MigrateTest, AStepThatFailsLeavesWhatWasThereBeforeTheFirst) {
  MakeSmallJournal();
  Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
  EXPECT_THROW(Migrate(db, With({kAddColour, "create table half (id integer); select nonsense;"})),
               DbError);
  EXPECT_EQ(db.SchemaVersion(), 1);
  EXPECT_THROW(db.Read([](Tx& tx) { return tx.Text(kColours); }), DbError);
  // The next program has a better step 3, and the copy of before is replaced by a new one.
  EXPECT_EQ(Migrate(db, With({kAddColour, kAllBlue})).from, 1);
  EXPECT_EQ(db.Read([](Tx& tx) { return tx.Text(kColours); }), "blue");
}

TEST_F(MigrateTest, AStepMayRebuildATableThatOthersPointTo) {
  MakeSmallJournal();
  Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
  const char* rebuild =
      "insert into answer (note_id) values (1);"
      "create table fresh (id integer primary key, text text not null unique) strict;"
      "insert into fresh select id, text from note;"
      "drop table note; alter table fresh rename to note;";
  Migrate(db, With({rebuild}));
  EXPECT_EQ(db.Read([](Tx& tx) { return tx.Text(kNoteById, 1); }), "kept");
}

TEST_F(MigrateTest, AStepThatLeavesRowsPointingToNothingIsUndone) {
  MakeSmallJournal();
  Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
  EXPECT_EQ(KindThrown([&] { Migrate(db, With({"insert into answer (note_id) values (99);"})); }),
            Kind::kConstraint);
  EXPECT_EQ(db.SchemaVersion(), 1);
  EXPECT_EQ(KindThrown([&] {
              constexpr QueryOf<0> kOrphan{{"orphan", "insert into answer (note_id) values (99)",
                                            Query::kExec, 0, 1021, nullptr}};
              db.Write(Publicity::kPrivate, [&](Tx& tx) { tx.Exec(kOrphan); });
            }),
            Kind::kConstraint)
      << "foreign keys are on again";
}

TEST_F(MigrateTest, TwoProcessesMigrateOnce) {
  MakeSmallJournal();
  // Run twice, this step would fail.
  const std::vector<Migration> steps = With({kAddColour, kAllBlue});
  const auto migrate = [&] {
    Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
    Migrate(db, steps);
    return db.SchemaVersion() == 3;
  };
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      bool good = false;
      try {
        good = migrate();
      } catch (const DbError& error) {
        std::fprintf(stderr, "%s\n", error.what());
      }
      _exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
}

TEST_F(MigrateTest, OldPagesAreShutAway) {
  MakeSmallJournal();
  WriteFile(home_.live() / "index.html", "old");
  Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
  Migrate(db, With({kAddColour}));
  EXPECT_FALSE(std::filesystem::exists(home_.live()));
}

TEST_F(MigrateTest, AProcessThatHadTheOldSchemaOpenReadsTheNewOne) {
  MakeSmallJournal();
  Db old = Db::Open(home_.file(), OpenMode::kReadWrite);
  EXPECT_EQ(old.Read([](Tx& tx) { return tx.Text(kNoteById, 1); }), "kept");
  EXPECT_TRUE(InAnotherProcess([&] {
    Db db = Db::Open(home_.file(), OpenMode::kReadWrite);
    Migrate(db, With({kAddColour}));
    return true;
  }));
  EXPECT_EQ(old.Read([](Tx& tx) { return tx.Text(kNoteById, 1); }), "kept");
  EXPECT_EQ(old.Read([](Tx& tx) { return tx.Text(kColours); }), "red");
}

}  // namespace
}  // namespace daybook::sql
