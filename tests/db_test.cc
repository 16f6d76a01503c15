// Transactions, values and errors of the store, on a small schema of its own.
#include "sql/db.h"

#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/store_fixture.h"
#include "text/safe.h"

namespace daybook::sql {
namespace {

using Kind = DbError::Kind;

constexpr QueryOf<5> kAddAll{{"add_all",
                              "insert into note (id, text, size, weight, raw) values ($5, $1, $2, "
                              "$3, $4) returning id",
                              Query::kOne, 5, 1010, nullptr}};
constexpr QueryOf<1> kAllOf{{"all_of", "select text, size, weight, raw from note where id = $1",
                             Query::kOne, 1, 1011, nullptr}};
constexpr QueryOf<2> kSwapped{
    {"swapped", "select $2 || '-' || $1 || '-' || $2", Query::kOne, 2, 1012, nullptr}};
constexpr QueryOf<1> kAddAnswer{
    {"add_answer", "insert into answer (note_id) values ($1)", Query::kExec, 1, 1013, nullptr}};
constexpr QueryOf<2> kRename{
    {"rename", "update note set text = $2 where id = $1", Query::kExec, 2, 1014, nullptr}};
constexpr QueryOf<0> kForEver{{"for_ever",
                               "with recursive n (i) as (select 1 union all select i + 1 from n) "
                               "select count(*) from n",
                               Query::kOne, 0, 1015, nullptr}};
constexpr QueryOf<0> kWrong{
    {"wrong", "select nothing from nowhere", Query::kOne, 0, 1016, nullptr}};
constexpr QueryOf<1> kFill{{"fill", "insert into note (text, raw) values ($1, zeroblob(100000))",
                            Query::kExec, 1, 1017, nullptr}};
constexpr QueryOf<0> kIntegrity{
    {"integrity", "pragma integrity_check", Query::kOne, 0, 1018, nullptr}};

TEST_F(StoreTest, WhatAWriteGaveIsReadByAnotherConnection) {
  const int64_t id = Add("first");
  Db other = Db::Open(home_.file(), OpenMode::kReadWrite);
  EXPECT_EQ(other.Read([&](Tx& tx) { return tx.Text(kNoteById, id); }), "first");
}

TEST_F(StoreTest, ALogThatCannotBeOpenedForAMomentIsWaitedFor) {
  Add("first");
  db_.Close();
  const std::filesystem::path log = home_.file().string() + "-wal";
  std::filesystem::create_symlink("nowhere", log);
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(40));
    std::filesystem::remove(log);
  });
  EXPECT_EQ(Db::Open(home_.file(), OpenMode::kReadWrite).SchemaVersion(), 1);
  other.join();
  std::filesystem::create_symlink("nowhere", log);
  EXPECT_THROW(Db::Open(home_.file(), OpenMode::kReadWrite), DbError);
}

TEST_F(StoreTest, EveryKindOfValueComesBackAsItWentIn) {
  const std::string text("a\0b \xc3\xa9", 6);
  const std::array<std::byte, 3> raw = {std::byte{0}, std::byte{255}, std::byte{7}};
  const int64_t most = std::numeric_limits<int64_t>::max();
  db_.Write(Publicity::kPrivate, [&](Tx& tx) {
    tx.Insert(kAddAll, text, most, 0.1, std::span<const std::byte>(raw), 7);
    tx.Insert(kAddAll, "nulls", nullptr, std::optional<double>(), std::nullopt, int64_t{8});
    tx.Insert(kAddAll, std::string_view(), true, std::optional(1.5), std::span<const std::byte>(),
              9);
  });
  db_.Read([&](Tx& tx) {
    Rows rows = tx.Query(kAllOf, 7);
    ASSERT_TRUE(rows.Step());
    EXPECT_EQ(rows.Text(0), text);
    EXPECT_EQ(rows.Int(1), most);
    EXPECT_EQ(rows.Real(2), 0.1);
    EXPECT_EQ(rows.Blob(3).size(), 3u);
    EXPECT_EQ(rows.Blob(3)[1], std::byte{255});
    EXPECT_FALSE(rows.Step());

    Rows nulls = tx.Query(kAllOf, 8);
    ASSERT_TRUE(nulls.Step());
    for (int column = 1; column < 4; ++column) EXPECT_TRUE(nulls.IsNull(column)) << column;
    EXPECT_EQ(nulls.OptionalInt(1), std::nullopt);
    EXPECT_EQ(nulls.OptionalText(0), "nulls");

    Rows empty = tx.Query(kAllOf, 9);
    ASSERT_TRUE(empty.Step());
    EXPECT_FALSE(empty.IsNull(0)) << "an empty string is not null";
    EXPECT_FALSE(empty.IsNull(3)) << "an empty blob is not null";
    EXPECT_TRUE(empty.Bool(1));
    EXPECT_EQ(empty.OptionalReal(2), 1.5);
  });
}

TEST_F(StoreTest, ParametersGoByTheirNumbersInWhateverOrderTheTextNamesThem) {
  EXPECT_EQ(db_.Read([](Tx& tx) { return tx.Text(kSwapped, "one", "two"); }), "two-one-two");
}

TEST_F(StoreTest, ACheckedTypeIsStoredAsItsText) {
  const int64_t id = db_.Write(
      Publicity::kPrivate, [](Tx& tx) { return tx.Insert(kAddNote, text::Slug::Vouch("a-slug")); });
  EXPECT_EQ(db_.Read([&](Tx& tx) { return tx.Text(kNoteById, id); }), "a-slug");
}

TEST_F(StoreTest, RowsOutliveTheArgumentsOfTheirQuery) {
  const int64_t id = Add("kept");
  db_.Read([&](Tx& tx) {
    Rows rows = tx.Query(kSwapped, std::string(100, 'x'), std::to_string(id));
    ASSERT_TRUE(rows.Step());
    EXPECT_EQ(rows.Text(0).size(), 104u);
  });
}

TEST_F(StoreTest, ALoopMayRunInsideALoopOverTheSameQuery) {
  Add("a");
  Add("b");
  int pairs = 0;
  db_.Read([&](Tx& tx) {
    Rows outer = tx.Query(kAllNotes);
    while (outer.Step()) {
      Rows inner = tx.Query(kAllNotes);
      while (inner.Step()) ++pairs;
    }
  });
  EXPECT_EQ(pairs, 4);
}

TEST_F(StoreTest, AnExceptionUndoesTheWholeTransaction) {
  EXPECT_THROW(db_.Write(Publicity::kPublic,
                         [](Tx& tx) {
                           tx.Insert(kAddNote, "lost");
                           throw std::runtime_error("no");
                         }),
               std::runtime_error);
  EXPECT_EQ(Notes(), 0);
  EXPECT_EQ(Rev(), 1);
  Add("the next one works");
}

TEST_F(StoreTest, ABrokenRuleIsAConstraintErrorThatNamesQueryAndPlace) {
  Add("same");
  try {
    Add("same");
    FAIL();
  } catch (const DbError& error) {
    EXPECT_EQ(error.kind(), Kind::kConstraint);
    EXPECT_NE(std::string(error.what()).find("add_note"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("store_fixture.h:"), std::string::npos)
        << error.what();
  }
  EXPECT_EQ(
      KindThrown([&] { db_.Write(Publicity::kPrivate, [](Tx& tx) { tx.Exec(kAddAnswer, 99); }); }),
      Kind::kConstraint)
      << "foreign keys are enforced";
}

TEST_F(StoreTest, APartMayFailAlone) {
  Add("taken");
  const bool failed = db_.Write(Publicity::kPrivate, [](Tx& tx) {
    tx.Insert(kAddNote, "before");
    const std::optional<DbError> error = tx.Try([&] {
      tx.Insert(kAddNote, "undone with its part");
      tx.Insert(kAddNote, "taken");
    });
    EXPECT_FALSE(tx.Try([&] { tx.Insert(kAddNote, "after"); }).has_value());
    return error.has_value() && error->kind() == Kind::kConstraint;
  });
  EXPECT_TRUE(failed);
  EXPECT_EQ(Notes(), 3);
}

TEST_F(StoreTest, AnExceptionInAPartUndoesThePartAndGoesOn) {
  db_.Write(Publicity::kPrivate, [](Tx& tx) {
    tx.Insert(kAddNote, "kept");
    EXPECT_THROW((void)tx.Try([&] {
      tx.Insert(kAddNote, "undone");
      throw std::runtime_error("no");
    }),
                 std::runtime_error);
  });
  EXPECT_EQ(Notes(), 1);
}

TEST_F(StoreTest, ExecGivesTheNumberOfChangedRows) {
  const int64_t id = Add("old");
  db_.Write(Publicity::kPrivate, [&](Tx& tx) {
    EXPECT_EQ(tx.Exec(kRename, id, "new"), 1);
    EXPECT_EQ(tx.Exec(kRename, id + 1, "nobody"), 0);
  });
}

TEST_F(StoreTest, InsertWithoutARowIsAMistakeOfTheCaller) {
  EXPECT_EQ(KindThrown([&] {
              db_.Write(Publicity::kPrivate, [](Tx& tx) { tx.Insert(kAddAnswer, nullptr); });
            }),
            Kind::kConstraint);
  const int64_t id = Add("x");
  EXPECT_EQ(KindThrown([&] {
              db_.Write(Publicity::kPrivate, [&](Tx& tx) { tx.Insert(kAddAnswer, id); });
            }),
            Kind::kMisuse);
}

TEST_F(StoreTest, AReadCannotWrite) {
  EXPECT_EQ(KindThrown([&] { db_.Read([](Tx& tx) { tx.Insert(kAddNote, "x"); }); }),
            Kind::kReadOnly);
}

TEST_F(StoreTest, AReadSeesOneMoment) {
  Add("one");
  db_.Read([&](Tx& tx) {
    EXPECT_EQ(tx.Int(kCountNotes), 1);
    EXPECT_TRUE(InAnotherProcess([&] {
      Db other = Db::Open(home_.file(), OpenMode::kReadWrite);
      other.Write(Publicity::kPrivate, [](Tx& t) { t.Insert(kAddNote, "two"); });
      return true;
    }));
    EXPECT_EQ(tx.Int(kCountNotes), 1);
  });
  EXPECT_EQ(Notes(), 2);
}

TEST_F(StoreTest, ARequestDoesNotReadForEver) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(KindThrown([&] { db_.Read([](Tx& tx) { return tx.Int(kForEver); }); }), Kind::kTimeout);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  EXPECT_EQ(Notes(), 0) << "and the next read works";
}

TEST_F(StoreTest, TransactionsDoNotNestAndDoNotCrossAFork) {
  EXPECT_EQ(KindThrown([&] { db_.Read([&](Tx&) { return Notes(); }); }), Kind::kMisuse);
  EXPECT_TRUE(InAnotherProcess([&] { return KindThrown([&] { Notes(); }) == Kind::kMisuse; }));
}

TEST_F(StoreTest, AQueryThatDoesNotFitTheSchemaFailsByName) {
  try {
    (void)db_.Read([](Tx& tx) { return tx.Int(kWrong); });
    FAIL();
  } catch (const DbError& error) {
    EXPECT_NE(std::string(error.what()).find("wrong"), std::string::npos);
  }
}

TEST_F(StoreTest, OnlyPublicTransactionsBumpTheRev) {
  Add("held");
  EXPECT_EQ(Rev(), 1);
  Add("seen by everyone", Publicity::kPublic);
  EXPECT_EQ(Rev(), 2);
  db_.Write(Publicity::kPrivate, [](Tx& tx) { tx.MarkPublic(); });
  EXPECT_EQ(Rev(), 3);
}

TEST_F(StoreTest, WhatAPowerCutMayTakeBackIsNeverPublic) {
  EXPECT_EQ(KindThrown([&] {
              db_.Write(Publicity::kPrivate, Durability::kRelaxed, [](Tx& tx) { tx.MarkPublic(); });
            }),
            Kind::kMisuse);
  db_.Write(Publicity::kPrivate, Durability::kRelaxed,
            [](Tx& tx) { tx.Insert(kAddNote, "lease"); });
  EXPECT_EQ(Notes(), 1);
}

TEST_F(StoreTest, APublicTransactionShutsThePageStoreBeforeItCommits) {
  WriteFile(home_.live() / "index.html", "old");
  Add("held");
  EXPECT_TRUE(std::filesystem::exists(home_.live()));
  Add("new", Publicity::kPublic);
  EXPECT_FALSE(std::filesystem::exists(home_.live()));
}

TEST_F(StoreTest, APublicTransactionThatCannotShutThePageStoreIsUndone) {
  if (geteuid() == 0) {
    // Root may write everywhere, so the shut is made to fail by a mount in its way.
    std::filesystem::create_directories(home_.live());
    if (mount("tmpfs", home_.live().c_str(), "tmpfs", 0, nullptr) != 0) GTEST_SKIP();
    EXPECT_THROW(Add("x", Publicity::kPublic), DbError);
    umount(home_.live().c_str());
  } else {
    std::filesystem::create_directories(home_.live());
    std::filesystem::permissions(home_.path() / "public", std::filesystem::perms::owner_read |
                                                              std::filesystem::perms::owner_exec);
    EXPECT_THROW(Add("x", Publicity::kPublic), DbError);
    std::filesystem::permissions(home_.path() / "public", std::filesystem::perms::owner_all);
  }
  EXPECT_EQ(Notes(), 0);
  EXPECT_EQ(Rev(), 1);
}

TEST_F(StoreTest, CountsAndNamesTheQueriesOfATransaction) {
  std::vector<std::string> names;
  db_.Observe([&](const Query& query) { names.push_back(query.name); });
  db_.Read([](Tx& tx) {
    (void)tx.Int(kCountNotes);
    return tx.Has(kNoteById, 1);
  });
  EXPECT_EQ(db_.last_queries(), 2);
  EXPECT_EQ(names, (std::vector<std::string>{"count_notes", "note_by_id"}));
}

TEST_F(StoreTest, AnotherWriterIsWaitedForAndThenTheJournalIsBusy) {
  Db impatient = Db::Open(home_.file(), OpenMode::kReadWrite,
                          {.lock_wait = std::chrono::milliseconds(30), .on_network = {}});
  std::optional<FileLock> lock = FileLock::Take(db_.lock_file(), std::chrono::seconds(1));
  ASSERT_TRUE(lock);
  EXPECT_EQ(KindThrown([&] { impatient.Write(Publicity::kPrivate, [](Tx&) {}); }), Kind::kBusy);
  lock.reset();
  impatient.Write(Publicity::kPrivate, [](Tx&) {});
}

TEST_F(StoreTest, AWriteIsTriedAgainWhileAnotherProgramHasTheFileBusy) {
  // Not one of our writers: it ignores the lock, as a shell would.
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t stranger = fork();
  if (stranger == 0) {
    Connection connection(home_.file(), Connection::Access::kReadWrite, false);
    connection.Execute("begin immediate");
    if (write(pipe_ends[1], "x", 1) != 1) _exit(1);
    usleep(400'000);
    connection.Execute("commit");
    _exit(0);
  }
  char byte;
  ASSERT_EQ(read(pipe_ends[0], &byte, 1), 1);
  Add("patient");
  EXPECT_EQ(Notes(), 1);
  waitpid(stranger, nullptr, 0);
}

TEST_F(StoreTest, TheLogIsEmptiedOnceItIsLong) {
  EXPECT_TRUE(db_.CheckpointIfDue()) << "nothing to do yet";
  for (int i = 0; i < 60; ++i) {
    db_.Write(Publicity::kPrivate, [&](Tx& tx) { tx.Exec(kFill, std::to_string(i)); });
  }
  EXPECT_GT(db_.LogBytes(), 4'000'000) << "no checkpoint of SQLite's own came in between";
  db_.Read([&](Tx& tx) {
    (void)tx.Int(kCountNotes);
    EXPECT_TRUE(InAnotherProcess([&] {
      Db other = Db::Open(home_.file(), OpenMode::kReadWrite);
      for (int i = 100; i < 102; ++i) {
        other.Write(Publicity::kPrivate, [&](Tx& t) { t.Exec(kFill, std::to_string(i)); });
      }
      const auto start = std::chrono::steady_clock::now();
      return !other.CheckpointIfDue() &&  // a reader stands in the way, and it gives up soon
             std::chrono::steady_clock::now() - start < std::chrono::seconds(1);
    }));
  });
  EXPECT_TRUE(db_.CheckpointIfDue());
  EXPECT_EQ(db_.LogBytes(), 0);
  EXPECT_EQ(Notes(), 62);
}

TEST_F(StoreTest, OnANetworkTheRollbackJournalIsUsed) {
  TemporaryHome far;
  Db db = Db::Open(far.file(), OpenMode::kCreate,
                   {.lock_wait = std::chrono::seconds(10), .on_network = true});
  Migrate(db, kSmallSchema);
  db.Write(Publicity::kPublic, [](Tx& tx) { tx.Insert(kAddNote, "x"); });
  EXPECT_FALSE(db.uses_log());
  EXPECT_FALSE(std::filesystem::exists(far.file().string() + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(far.file().string() + "-shm"));
  EXPECT_TRUE(db.CheckpointIfDue());
}

TEST_F(StoreTest, AFileThatIsNotThereIsMissing) {
  EXPECT_EQ(KindThrown([&] { Db::Open(home_.path() / "none.db", OpenMode::kReadWrite); }),
            Kind::kMissing);
}

TEST_F(StoreTest, AFileThatIsNoDatabaseIsCorrupt) {
  const auto file = home_.path() / "noise.db";
  WriteFile(file, std::string(10'000, 'n'));
  EXPECT_EQ(KindThrown([&] {
              Db db = Db::Open(file, OpenMode::kReadWrite);
              (void)db.SchemaVersion();
            }),
            Kind::kCorrupt);
}

TEST_F(StoreTest, OpenedForReadingItRefusesToWrite) {
  Add("x");
  Db reader = Db::Open(home_.file(), OpenMode::kReadOnly);
  EXPECT_FALSE(reader.writable());
  EXPECT_EQ(reader.Read([](Tx& tx) { return tx.Int(kCountNotes); }), 1);
  EXPECT_EQ(KindThrown([&] { reader.Write(Publicity::kPrivate, [](Tx&) {}); }), Kind::kReadOnly);
}

TEST_F(StoreTest, AFolderThatCannotBeWrittenIsReadAllTheSame) {
  TemporaryHome other;
  {
    Db db = Db::Open(other.file(), OpenMode::kCreate);
    Migrate(db, kSmallSchema);
    db.Write(Publicity::kPrivate, [](Tx& tx) { tx.Insert(kAddNote, "x"); });
  }
  std::filesystem::permissions(other.file(), std::filesystem::perms(0444));
  std::filesystem::permissions(other.path() / "private", std::filesystem::perms(0555));
  std::filesystem::permissions(other.path(), std::filesystem::perms(0755));
  EXPECT_TRUE(InAnotherProcess([&] {
    if (geteuid() == 0 && setuid(65534) != 0) return true;  // root may write everywhere
    Db db = Db::Open(other.file(), OpenMode::kReadWrite);
    return !db.writable() && db.Read([](Tx& tx) { return tx.Int(kCountNotes); }) == 1 &&
           KindThrown([&] { db.Write(Publicity::kPrivate, [](Tx&) {}); }) == Kind::kReadOnly;
  }));
  std::filesystem::permissions(other.path() / "private", std::filesystem::perms::owner_all);
}

TEST_F(StoreTest, APathMayHoldWhatAnUriWouldReadOtherwise) {
  const auto file = home_.path() / "a?mode=memory#b%41.db";
  {
    Db db = Db::Open(file, OpenMode::kCreate);
    Migrate(db, kSmallSchema);
  }
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST_F(StoreTest, AFullDiskIsToldApartAndLeavesTheJournalWhole) {
  TemporaryHome small;
  if (geteuid() != 0 ||
      mount("tmpfs", (small.path() / "private").c_str(), "tmpfs", 0, "size=400k") != 0) {
    GTEST_SKIP() << "needs a small file system";
  }
  {
    Db db = Db::Open(small.file(), OpenMode::kCreate);
    Migrate(db, kSmallSchema);
    db.Write(Publicity::kPublic, [](Tx& tx) { tx.Insert(kAddNote, "kept"); });
    const auto fill = [&] {
      for (int i = 0; i < 10; ++i) {
        db.Write(Publicity::kPublic, [&](Tx& tx) { tx.Exec(kFill, std::to_string(i)); });
      }
    };
    EXPECT_EQ(KindThrown(fill), Kind::kFull);
    EXPECT_EQ(db.Read([](Tx& tx) { return tx.Text(kNoteById, 1); }), "kept");
    EXPECT_EQ(db.Read([](Tx& tx) { return tx.Text(kIntegrity); }), "ok");
  }
  umount((small.path() / "private").c_str());
}

}  // namespace
}  // namespace daybook::sql
