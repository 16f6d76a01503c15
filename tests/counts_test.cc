// Kept counts, and what happens to them as time passes.
#include "journal/counts.h"

#include <array>
#include <random>

#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class CountsTest : public JournalTest {
 protected:
  bool SettleAt(Seconds now) {
    now_ = now;
    return Write([&](sql::Tx& tx) { return Settle(tx, now); });
  }
  bool DueAt(Seconds now) {
    return Read([&](sql::Tx& tx) { return IsDue(tx, now); });
  }
  Seconds NextAt(Seconds now) {
    return Read([&](sql::Tx& tx) { return NextMoment(tx, now); });
  }
};

TEST_F(CountsTest, OnlyEntriesThatReadersSeeAreCounted) {
  Save("One");
  EntryDraft draft = Draft("Draft");
  draft.status = EntryStatus::kDraft;
  Save(draft);
  draft.status = EntryStatus::kPrivate;
  Save(draft);
  EntryDraft page = Draft("Page");
  page.kind = EntryKind::kPage;
  Save(page);
  EXPECT_TRUE(Counted("journal 1"));
  EXPECT_TRUE(Counted("author 1 1"));
  EXPECT_TRUE(Counted("month 2007-3 1"));
  ExpectCountsHold();
}

TEST_F(CountsTest, AScheduledEntryComesInWhenItsTimeComes) {
  EntryDraft draft = Draft("Later");
  draft.visible_at = now_ + 100;
  Id id = Save(draft);
  EXPECT_NE(Path(id), "");
  EXPECT_TRUE(Counted("journal 0"));
  EXPECT_EQ(NextAt(now_), now_ + 100);
  EXPECT_FALSE(DueAt(now_ + 99));
  EXPECT_FALSE(SettleAt(now_ + 99));
  EXPECT_TRUE(DueAt(now_ + 1));
  EXPECT_TRUE(SettleAt(now_ + 1));
  EXPECT_TRUE(Counted("journal 1"));
  EXPECT_FALSE(DueAt(now_));
  EXPECT_FALSE(SettleAt(now_));
  EXPECT_EQ(NextAt(now_), kNever);
  ExpectCountsHold();
}

TEST_F(CountsTest, AnExpiringEntryGoesWhenItsTimeComes) {
  EntryDraft draft = Draft("Short-lived");
  draft.expires_at = now_ + 50;
  Save(draft);
  EXPECT_TRUE(Counted("journal 1"));
  EXPECT_TRUE(SettleAt(now_ + 50));
  EXPECT_TRUE(Counted("journal 0"));
  EXPECT_FALSE(Counted("month 2007-3 0"));  // an empty month is no month
  ExpectCountsHold();
}

TEST_F(CountsTest, WhatAppearsAndExpiresBetweenTwoLooksIsNeverCounted) {
  EntryDraft draft = Draft("Blink");
  draft.visible_at = now_ + 10;
  draft.expires_at = now_ + 20;
  Save(draft);
  EXPECT_TRUE(SettleAt(now_ + 30));
  EXPECT_TRUE(Counted("journal 0"));
  ExpectCountsHold();
}

TEST_F(CountsTest, ClosingAndAPageThatComesDueArePublicMoments) {
  Set("comments.close_days", "14");
  Save("Closes");
  Seconds close = kMarch19 + 14 * kDay;
  EXPECT_EQ(NextAt(now_), close);
  std::int64_t rev = Rev();
  now_ = close;
  db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { Settle(tx, now_); });
  EXPECT_EQ(Rev(), rev + 1);
  EntryDraft page = Draft("Page");
  page.kind = EntryKind::kPage;
  page.visible_at = now_ + 5;
  Save(page);
  EXPECT_TRUE(DueAt(now_ + 5));
}

TEST_F(CountsTest, NothingDueIsNoPublicChange) {
  Save("One");
  std::int64_t rev = Rev();
  db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { EXPECT_FALSE(Settle(tx, now_ + 1000)); });
  EXPECT_EQ(Rev(), rev);
}

TEST_F(CountsTest, SavingFoldsInWhatCameDueBefore) {
  EntryDraft draft = Draft("Scheduled");
  draft.visible_at = now_ + 100;
  Save(draft);
  now_ += 200;
  Save("Now");
  EXPECT_TRUE(Counted("journal 2"));
  ExpectCountsHold();
}

TEST_F(CountsTest, AClockThatWentBackTakesNothingAway) {
  EntryDraft draft = Draft("Scheduled");
  draft.visible_at = now_ + 100;
  Save(draft);
  SettleAt(now_ + 100);
  EXPECT_FALSE(SettleAt(now_ - 1000));
  EXPECT_TRUE(Counted("journal 1"));
  Save("Saved in the past");
  EXPECT_TRUE(Counted("journal 2"));
}

TEST_F(CountsTest, ACategoryCountsThoseBelowItAndEachEntryOnce) {
  auto [a, b, c] = Write([](sql::Tx& tx) {
    CategoryDraft draft;
    draft.name = "A";
    Id a = UpsertCategory(tx, draft);
    draft.name = "B";
    draft.parent_id = a;
    Id b = UpsertCategory(tx, draft);
    draft.name = "C";
    draft.parent_id = 0;
    return std::array{a, b, UpsertCategory(tx, draft)};
  });
  auto line = [](Id id, int n) {
    return "category " + std::to_string(id) + " " + std::to_string(n);
  };
  EntryDraft both = Draft("Both");
  both.categories = {b, a};
  Save(both);
  EntryDraft below = Draft("Below");
  below.categories = {b};
  Id moved = Save(below);
  EXPECT_TRUE(Counted(line(a, 2)) && Counted(line(b, 2)) && Counted(line(c, 0)));
  EXPECT_EQ(Load(moved).categories, std::vector<Id>{b});

  Write([&, b = b, c = c](sql::Tx& tx) {  // B moves from A to C
    CategoryDraft draft;
    draft.slug = "b";
    draft.parent_id = c;
    EXPECT_EQ(UpsertCategory(tx, draft), b);
  });
  EXPECT_TRUE(Counted(line(a, 1)) && Counted(line(b, 2)) && Counted(line(c, 2)));
  Write([&, b = b, c = c](sql::Tx& tx) {  // a ring is not made
    CategoryDraft draft;
    draft.slug = "c";
    draft.parent_id = b;
    EXPECT_EQ(UpsertCategory(tx, draft), c);
  });
  EXPECT_EQ(Ask("select count(*) from category where slug = 'c' and parent_id is null"), "1");
  ExpectCountsHold();
}

TEST_F(CountsTest, ManyRandomChangesLeaveTheCountsThatARecountFinds) {
  std::mt19937 random(42);
  auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<Id> authors{author_}, categories, tags, entries, comments, references;
  Write([&](sql::Tx& tx) {
    AuthorDraft author;
    author.name = "Second";
    authors.push_back(UpsertAuthor(tx, author, now_));
    for (int i = 0; i < 6; ++i) {
      CategoryDraft draft;
      draft.name = "Category " + std::to_string(i);
      draft.parent_id = i > 0 && pick(2) == 0 ? categories[static_cast<size_t>(pick(i))] : 0;
      categories.push_back(UpsertCategory(tx, draft));
      tags.push_back(UpsertTag(tx, "Tag " + std::to_string(i)));
    }
  });
  auto one_of = [&](const std::vector<Id>& ids) {
    return ids[static_cast<size_t>(pick(static_cast<int>(ids.size())))];
  };
  auto shake = [&](EntryDraft& draft) {
    draft.kind = pick(6) == 0 ? EntryKind::kPage : EntryKind::kEntry;
    draft.status = pick(3) > 0 ? EntryStatus::kPublished : static_cast<EntryStatus>(pick(5));
    draft.visible_at = now_ + (pick(200) - 150) * kDay / 4;
    draft.expires_at = pick(4) == 0 ? now_ + (pick(20) - 5) * kDay / 4 : kNever;
    draft.password = pick(8) == 0 ? "x" : "";
    draft.author_id = one_of(authors);
    draft.categories.clear();
    draft.tags.clear();
    for (int i = pick(4); i > 0; --i) draft.categories.push_back(one_of(categories));
    for (int i = pick(4); i > 0; --i) draft.tags.push_back(one_of(tags));
  };
  for (int step = 0; step < 400; ++step) {
    now_ += pick(20000);
    Write([&](sql::Tx& tx) {
      int act = pick(12);
      if (act < 3 || entries.empty()) {
        EntryDraft draft = Draft("Entry " + std::to_string(step));
        shake(draft);
        entries.push_back(SaveEntry(tx, settings_, draft, now_));
      } else if (act < 5) {
        Id id = one_of(entries);
        if (std::optional<EntryDraft> draft = LoadDraft(tx, id)) {
          shake(*draft);
          ReplaceEntry(tx, settings_, id, *draft, now_);
        }
      } else if (act == 5) {
        DeleteEntry(tx, settings_, one_of(entries), now_);
      } else if (act == 6 && pick(3) == 0) {
        EraseEntry(tx, one_of(entries), now_);
      } else if (act == 7) {
        CategoryDraft draft;
        draft.name = "Category " + std::to_string(pick(6));
        draft.parent_id = one_of(categories);
        UpsertCategory(tx, draft);
      } else if (act == 8) {
        NewComment comment;
        comment.entry_id = one_of(entries);
        comment.status = static_cast<AnswerStatus>(pick(4));
        comment.body = "words";
        comment.parent_id = comments.empty() ? 0 : one_of(comments);
        comments.push_back(AddComment(tx, comment));
      } else if (act == 9 && !comments.empty()) {
        SetCommentStatus(tx, one_of(comments), static_cast<AnswerStatus>(pick(4)), now_);
        if (pick(3) == 0) EraseComment(tx, one_of(comments));
      } else if (act == 10) {
        NewReference reference;
        reference.entry_id = one_of(entries);
        reference.status = static_cast<AnswerStatus>(pick(4));
        reference.url = "https://example.net/";
        references.push_back(AddReference(tx, reference));
      } else if (act == 11 && !references.empty()) {
        SetReferenceStatus(tx, one_of(references), static_cast<AnswerStatus>(pick(4)), 0);
        if (pick(3) == 0) EraseReference(tx, one_of(references));
      } else {
        Settle(tx, now_);
      }
    });
    if (step % 40 == 0) {
      Write([&](sql::Tx& tx) { Settle(tx, now_); });
      ASSERT_NO_FATAL_FAILURE(ExpectCountsHold()) << "after step " << step;
    }
  }
  Write([&](sql::Tx& tx) { Settle(tx, now_); });
  ExpectCountsHold();
  EXPECT_EQ(Ask("select count(*) from comment_text t join comment c on c.id = t.id join entry e on "
                "e.id = c.entry_id "
                "where c.status <> 1 or e.status <> 1 or e.password <> ''"),
            "0");
  EXPECT_EQ(Ask("select count(*) from comment c join entry e on e.id = c.entry_id left join "
                "comment_text t on t.id = c.id "
                "where c.status = 1 and e.status = 1 and e.password = '' and t.id is null"),
            "0");
  EXPECT_EQ(Ask("select count(*) from entry e left join entry_text t on t.id = e.id "
                "where (e.status = 1 and e.password = '') <> (t.id is not null)"),
            "0");
}

}  // namespace
}  // namespace daybook::journal
