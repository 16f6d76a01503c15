// What a search finds, in which order, and how many it says there are. The pages are tested in
// e2e/site_search_test.py.
#include "journal/search.h"

#include <algorithm>

#include "journal/search_text.h"
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class SearchTest : public JournalTest {
 protected:
  Id Write(std::string title, std::string body, Seconds visible_at = kMarch19) {
    EntryDraft draft = Draft(std::move(title));
    draft.body = std::move(body);
    draft.visible_at = visible_at;
    return Save(draft);
  }
  Results Find(std::string_view typed, std::int64_t page = 1) {
    return Read([&](sql::Tx& tx) { return Search(tx, typed, now_, page); });
  }
  std::string Titles(const Results& results) {
    std::string titles;
    for (const Hit& hit : results.hits) titles += (titles.empty() ? "" : ", ") + hit.title;
    return titles;
  }
};

TEST_F(SearchTest, RanksAsBm25DoesWhereEveryRowIsLookedAt) {
  for (int i = 0; i < 40; ++i) {
    std::string body = "salmon";
    for (int n = 0; n < i % 7; ++n) body += " river";
    for (int n = 0; n < i; ++n) body += " word";
    Write(i % 5 == 0 ? "The river" : "Entry", body);
  }
  EXPECT_EQ(
      Ask("select count(*) || ' ' || (max(abs(r - b)) < 1e-9) from (select relevance(entry_fts, "
          "400, 5, 1) r, "
          "bm25(entry_fts, 5, 1) b from entry_fts where entry_fts match 'salmon river' limit 99)"),
      "36 1");
}

TEST_F(SearchTest, RanksSoManyRowsAndCountsTheRest) {
  for (int i = 0; i < 9; ++i) Write("Entry", "salmon leap");
  EXPECT_EQ(Ask("select count(r) || ' of ' || count(*) from (select relevance(entry_fts, 4) r from "
                "entry_fts "
                "where entry_fts match 'salmon leap' limit 99)"),
            "4 of 9");
}

TEST_F(SearchTest, AWordInTheTitleIsWorthMoreThanOneInTheBody) {
  Write("Of the salmon", "It leaps.");
  Write("Of the river", "It has a salmon.");
  EXPECT_EQ(Titles(Find("salmon")), "Of the salmon, Of the river");
}

TEST_F(SearchTest, ARareWordDecidesBeforeACommonOne) {
  for (int i = 0; i < 20; ++i) Write("Common", "river river river and a plain text about it");
  Write("Twice rare", "salmon salmon river and a plain text about it");
  Write("Once rare", "salmon river river and a plain text about it");
  EXPECT_EQ(Titles(Find("\"river\" \"salmon\"")), "Twice rare, Once rare");
}

TEST_F(SearchTest, ASnippetIsThePieceThatHasMostOfTheWords) {
  std::string body = "A salmon alone.";
  for (int i = 0; i < 50; ++i) body += " filling words";
  body += ". Then a heron, and a salmon. ";
  for (int i = 0; i < 50; ++i) body += " filling words";
  Write("Entry", body);
  const std::string snippet = Find("heron \"salmon\"").hits.at(0).snippet;
  EXPECT_TRUE(snippet.starts_with("…Then a \x01heron\x02, and a \x01salmon\x02. ")) << snippet;
  EXPECT_TRUE(snippet.ends_with("words…")) << snippet;
}

TEST_F(SearchTest, ASnippetMarksAsTheSearchFinds) {
  const auto snippet = [&](std::string_view typed, std::string body) {
    const Id id = Write("Entry", std::move(body));
    const Results results = Find(typed);
    EXPECT_EQ(results.hits.size(), 1U) << typed;
    std::string marked = results.hits.empty() ? "" : results.hits[0].snippet;
    std::replace(marked.begin(), marked.end(), '\x01', '[');
    std::replace(marked.begin(), marked.end(), '\x02', ']');
    JournalTest::Write([&](sql::Tx& tx) { DropEntryText(tx, id); });
    return marked;
  };
  EXPECT_EQ(snippet("cafe", "At the CAFÉ; cafes too."), "At the [CAFÉ]; [cafes] too.");
  EXPECT_EQ(snippet("\"cafe\"", "At the CAFÉ; cafes too."), "At the [CAFÉ]; cafes too.");
  EXPECT_EQ(snippet("\"a b\"", "b a b, a. B a"), "b [a b], [a. B] a");
  EXPECT_EQ(snippet("\"a a\"", "a a a"), "[a a a]");
  EXPECT_EQ(snippet("\"a b\" \"b c\"", "a b c"), "[a b c]");
  EXPECT_EQ(snippet("it’s", "So it's, “it’s”"), "So [it's], “[it’s]”");
  EXPECT_EQ(snippet("\"of * \" w*", "word of what's"), "[word] [of] [what]'s");
}

TEST_F(SearchTest, ASnippetOfWhatStandsInTheTitleIsTheBeginning) {
  Write("Salmon", "It leaps.");
  EXPECT_EQ(Find("salmon").hits.at(0).snippet, "It leaps.");
}

TEST_F(SearchTest, CountsToAThousandAndNoFurther) {
  const Id entry = Save("Entry");
  JournalTest::Write([&](sql::Tx& tx) {
    for (int i = 0; i < 1100; ++i) {
      NewComment comment;
      comment.entry_id = entry;
      comment.status = AnswerStatus::kPublic;
      comment.created_at = now_ + i;
      comment.author_name = "Bo";
      comment.body = i < 700 ? "salmon" : "salmon leap";
      AddComment(tx, comment);
    }
  });
  EXPECT_EQ(Find("\"leap\"").total, 400);
  const Results many = Find("\"salmon\"");
  EXPECT_EQ(many.total, 1001);
  EXPECT_EQ(many.hits.size(), 10U);
  EXPECT_TRUE(many.more);
  const Results last = Find("\"salmon\"", kSearchPages);
  EXPECT_EQ(last.hits.size(), 10U);
  EXPECT_FALSE(last.more);
}

TEST_F(SearchTest, ABeginningMayBeOneLetterButIsThatOnlyWhereItIsMeant) {
  Write("Entry", "It stays.");
  EXPECT_EQ(Find("s*").total, 1);
  EXPECT_EQ(Find("i* s*").total, 1);
  EXPECT_EQ(Find("it's").total, 0);
  EXPECT_EQ(Find("it's*").total, 1);
}

TEST_F(SearchTest, AWholeSentenceFindsWhereItStands) {
  const std::string sentence =
      "we went to the river and then back over the hill to the old house by the sea again";
  Write("Entry", "Once " + sentence + ", it rained.");
  Write("Another", "Once we went to the river and then home.");
  EXPECT_EQ(Titles(Find('"' + sentence + '"')), "Entry");
  EXPECT_EQ(Titles(Find(sentence)), "Entry");
}

TEST_F(SearchTest, CommentsAreFoundByWhoWroteThem) {
  const Id entry = Save("Entry");
  Id id = 0;
  JournalTest::Write([&](sql::Tx& tx) {
    NewComment comment;
    comment.entry_id = entry;
    comment.status = AnswerStatus::kPublic;
    comment.created_at = now_;
    comment.author_name = "Ottilie Ferńandez";
    comment.body = "A heron stood there.";
    id = AddComment(tx, comment);
  });
  for (const char* typed : {"ottilie", "fernandez heron", "\"heron\" otti*"}) {
    const Results results = Find(typed);
    ASSERT_EQ(results.hits.size(), 1U) << typed;
    EXPECT_EQ(results.hits[0].author, "Ottilie Ferńandez");
    EXPECT_EQ(results.hits[0].snippet.find("Ottilie"), std::string::npos) << "it stands beside it";
  }
  JournalTest::Write(
      [&](sql::Tx& tx) { EditComment(tx, id, CommentMode::kPlain, "Two storks.", now_); });
  EXPECT_EQ(Find("ottilie storks").total, 1);
  EXPECT_EQ(Find("ottilie heron").total, 0);
  JournalTest::Write([&](sql::Tx& tx) { SetCommentStatus(tx, id, AnswerStatus::kHeld, now_); });
  EXPECT_EQ(Find("ottilie").total, 0);
  JournalTest::Write([](sql::Tx& tx) { CheckIndexes(tx); });
}

TEST_F(SearchTest, AnEntryThatShowsNoCommentsHasNoneFoundOrCounted) {
  const Id entry = Save("Entry");
  const auto comment = [&](const std::string& body) {
    JournalTest::Write([&](sql::Tx& tx) {
      NewComment comment;
      comment.entry_id = entry;
      comment.status = AnswerStatus::kPublic;
      comment.created_at = now_;
      comment.author_name = "Bo";
      comment.body = body;
      AddComment(tx, comment);
    });
  };
  comment("salmon");
  EntryDraft draft = Load(entry);
  draft.comments = Allow::kNone;
  Replace(entry, draft);
  comment("salmon and later");
  EXPECT_TRUE(Find("salmon").hits.empty());
  EXPECT_EQ(Find("salmon").total, 0);
  draft.comments = Allow::kClosed;
  Replace(entry, draft);
  EXPECT_EQ(Find("salmon").total, 2);
  JournalTest::Write([](sql::Tx& tx) { CheckIndexes(tx); });
}

TEST_F(SearchTest, WhatIsToComeIsNeitherShownNorCounted) {
  Write("Now", "salmon");
  Write("Later", "salmon", now_ + kDay);
  const Results results = Find("salmon");
  EXPECT_EQ(Titles(results), "Now");
  EXPECT_EQ(results.total, 1);
  Write("Only later", "heron", now_ + kDay);
  EXPECT_EQ(Find("heron").total, 0);
}

}  // namespace
}  // namespace daybook::journal
