// Categories and tags that are merged, moved and removed: entries, counts, and how long it takes.
#include "journal/terms.h"

#include <string>

#include "journal/jobs.h"
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class TermsTest : public JournalTest {
 protected:
  Id Category(std::string name, Id parent = 0) {
    return Write([&](sql::Tx& tx) {
      CategoryDraft category;
      category.name = std::move(name);
      category.parent_id = parent;
      return UpsertCategory(tx, category);
    });
  }
  Id Tag(std::string_view name) {
    return Write([&](sql::Tx& tx) { return UpsertTag(tx, name); });
  }
  Id Filed(std::vector<Id> categories, std::vector<Id> tags = {},
           EntryStatus status = EntryStatus::kPublished) {
    EntryDraft draft = Draft("Entry");
    draft.status = status;
    draft.categories = std::move(categories);
    draft.tags = std::move(tags);
    return Save(draft);
  }
  // Those of the list of a category, as readers see it.
  std::string Listed(Id category) {
    return Ask(
        "select coalesce(group_concat(entry_id, ' '), '') from (select entry_id from"
        " entry_category where category_id = " +
        std::to_string(category) + " order by entry_id)");
  }
  void Run(const std::string& sql) {
    sql::Connection connection(db_.file(), sql::Connection::Access::kReadWrite, false);
    static_cast<void>(connection.Word(sql.c_str()));
  }
  // From now on every row is counted that is inserted, changed or deleted where it matters here.
  void CountRows() {
    Run("create table tally (n integer not null)");
    Run("insert into tally values (0)");
    for (const std::string table : {"entry", "entry_category", "entry_tag", "category", "tag"}) {
      for (const std::string act : {"insert", "update", "delete"})
        Run("create trigger tally_" + table + "_" + act + " after " + act + " on " + table +
            " begin update tally set n = n + 1; end");
    }
  }
  std::int64_t Rows() { return std::stoll(Ask("select n from tally")); }
  // 2,000 entries: half of them in each of two categories, all in a third that is deep; a tag each.
  void FileMany(Id one, Id other, Id deep, Id tag, Id other_tag) {
    Write([&](sql::Tx& tx) {
      EntryDraft draft = Draft("Entry");
      for (int i = 0; i < kMany; ++i) {
        draft.slug = "e" + std::to_string(i);
        draft.categories = {i % 2 == 0 ? one : other, deep};
        draft.tags = {i % 3 == 0 ? other_tag : tag};
        draft.quiet = true;
        SaveEntry(tx, settings_, draft, now_);
      }
      return 0;
    });
  }
  static constexpr int kMany = 2'000;
  // Of one transaction: some 20 a millisecond, so that nobody waits for 50 milliseconds.
  static constexpr std::int64_t kMostRows = 1'000;
};

TEST_F(TermsTest, ACategoryIsMergedIntoAnotherAndWhatLiesBelowGoesUp) {
  const Id old = Category("Old"), heir = Category("Heir"), below = Category("Below", old);
  const Id a = Filed({old}), b = Filed({old, heir}), c = Filed({below});
  Filed({old}, {}, EntryStatus::kDraft);
  EXPECT_TRUE(Write([&](sql::Tx& tx) { return RemoveCategory(tx, old, heir); }));
  EXPECT_EQ(Listed(heir), std::to_string(a) + " " + std::to_string(b) + " 4");
  EXPECT_EQ(Listed(below), std::to_string(c));
  EXPECT_EQ(Listed(old), "");
  EXPECT_EQ(Load(b).categories, std::vector<Id>{heir});
  EXPECT_TRUE(Counted("category " + std::to_string(heir) + " 2"));
  ExpectCountsHold();
}

TEST_F(TermsTest, ACategoryThatMovesTakesItsEntriesToTheListsAbove) {
  const Id a = Category("A"), b = Category("B"), child = Category("Child", a);
  const Id entry = Filed({child});
  EXPECT_EQ(Listed(a), std::to_string(entry));
  EXPECT_EQ(Write([&](sql::Tx& tx) {
              return ChangeCategory(
                  tx, {.id = child, .parent = b, .slug = "child", .name = "Child"}, now_);
            }),
            TermChange::kDone);
  // Whoever changed it does the rest at once; a worker, if that was killed.
  EXPECT_FALSE(Read([&](sql::Tx& tx) { return HasDueJob(tx, now_); }));
  EXPECT_TRUE(Read([&](sql::Tx& tx) { return HasDueJob(tx, now_ + 60); }));
  EXPECT_FALSE(Write([&](sql::Tx& tx) { return HangSomeOfCategory(tx, child, {}); }));
  EXPECT_FALSE(Read([&](sql::Tx& tx) { return HasDueJob(tx, now_ + 60); }));
  EXPECT_EQ(Listed(a), "");
  EXPECT_EQ(Listed(b), std::to_string(entry));
  ExpectCountsHold();
}

TEST_F(TermsTest, ATagIsMergedAndNoEntryHasItTwice) {
  const Id old = Tag("Old"), heir = Tag("Heir");
  Filed({}, {old});
  Filed({}, {old, heir});
  Filed({}, {heir, old}, EntryStatus::kDraft);
  EXPECT_TRUE(Write([&](sql::Tx& tx) { return RemoveTag(tx, old, heir); }));
  EXPECT_EQ(Ask("select count(*) from entry_tag"), "3");
  EXPECT_TRUE(Counted("tag " + std::to_string(heir) + " 2"));
  ExpectCountsHold();
}

TEST_F(TermsTest, MergingManyEntriesHoldsTheLockBrieflyAndCountsHoldInBetween) {
  const Id old = Category("Old"), heir = Category("Heir"), top = Category("Top"),
           below = Category("Below", top);
  const Id old_tag = Tag("Old"), heir_tag = Tag("Heir");
  FileMany(old, heir, below, old_tag, heir_tag);
  CountRows();
  int pieces = 0;
  const auto merge = [&](auto some, Id from, Id to) {
    for (bool more = true; more; ++pieces) {
      const std::int64_t before = Rows();
      more = Write([&](sql::Tx& tx) { return some(tx, from, to); });
      EXPECT_LE(Rows() - before, kMostRows);
      if (pieces == 3) ExpectCountsHold();
    }
  };
  merge(MoveSomeOfCategory, old, heir);
  merge(MoveSomeOfTag, old_tag, heir_tag);
  EXPECT_GT(pieces, 10);
  const std::int64_t before = Rows();
  EXPECT_TRUE(Write([&](sql::Tx& tx) { return RemoveCategory(tx, old, heir); }));
  EXPECT_TRUE(Write([&](sql::Tx& tx) { return RemoveTag(tx, old_tag, heir_tag); }));
  EXPECT_LE(Rows() - before, 10);
  EXPECT_TRUE(Counted("category " + std::to_string(heir) + " 2000"));
  EXPECT_TRUE(Counted("tag " + std::to_string(heir_tag) + " 2000"));
  ExpectCountsHold();
}

TEST_F(TermsTest, MovingACategoryOfManyEntriesHoldsTheLockBrieflyAndEndsWhoeverDoesIt) {
  const Id old = Category("Old"), heir = Category("Heir"), top = Category("Top"),
           below = Category("Below", top), other = Category("Other"), tag = Tag("T"),
           tags = Tag("U");
  FileMany(old, heir, below, tag, tags);
  CountRows();
  const auto move = [&](Id parent) {
    return Write([&](sql::Tx& tx) {
      return ChangeCategory(tx, {.id = below, .parent = parent, .slug = "below", .name = "Below"},
                            now_);
    });
  };
  EXPECT_EQ(move(other), TermChange::kDone);
  EXPECT_LE(Rows(), 5);
  int pieces = 0;
  const auto step = [&](HangCursor at) {
    const std::int64_t before = Rows();
    const auto next = Write([&](sql::Tx& tx) { return HangSomeOfCategory(tx, below, at); });
    EXPECT_LE(Rows() - before, kMostRows);
    ++pieces;
    return next;
  };
  std::optional<HangCursor> at = HangCursor();
  for (int i = 0; i < 5 && at; ++i) at = step(*at);
  ExpectCountsHold();
  EXPECT_EQ(Ask("select count(*) from entry_category where category_id = " + std::to_string(other)),
            "500");
  // Whoever was at it is gone, and the one who goes on begins anew.
  for (at = HangCursor(); at;) at = step(*at);
  EXPECT_EQ(pieces, 5 + kMany / 100 + 1);
  EXPECT_EQ(Ask("select count(*) from entry_category where category_id = " + std::to_string(other)),
            std::to_string(kMany));
  EXPECT_EQ(Listed(top), "");
  ExpectCountsHold();
  EXPECT_EQ(move(other), TermChange::kDone);  // another name, the same place: nothing to hang
  EXPECT_FALSE(step({}));
}

}  // namespace
}  // namespace daybook::journal
