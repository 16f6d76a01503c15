// Transactions, values and errors of the store, on a small schema of its own.
#include "sql/db.h"

#include <gtest/gtest.h>

#include "sql/queries.h"
#include "tests/store_fixture.h"

namespace daybook::sql {

int64_t StoreTest::Rev() {
  return db_.Read([](Tx& tx) { return tx.Int(query::kReadRev).value(); });
}

namespace {

TEST_F(StoreTest, WhatAWriteGaveIsReadByAnotherConnection) {
  const int64_t id =
      db_.Write(Publicity::kPrivate, [](Tx& tx) { return tx.Insert(kAddNote, "first"); });
  Db other = Db::Open(home_.file(), OpenMode::kReadWrite);
  EXPECT_EQ(other.Read([&](Tx& tx) { return tx.Text(kNoteById, id); }), "first");
}

}  // namespace
}  // namespace daybook::sql
