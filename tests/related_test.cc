// Which entries are alike, and the table of contents that is kept beside a text.
#include "journal/related.h"

#include "journal/read.h"
#include "sql/queries/related.h"
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class RelatedTest : public JournalTest {
 protected:
  Id Tagged(std::string title, const std::vector<std::string>& tags, int day = 0,
            const std::vector<Id>& categories = {}) {
    EntryDraft draft = Draft(std::move(title));
    draft.visible_at += day * kDay;
    draft.categories = categories;
    Write([&](sql::Tx& tx) {
      for (const std::string& tag : tags) draft.tags.push_back(UpsertTag(tx, tag));
      return 0;
    });
    return Save(draft);
  }
  std::string Related(Id entry) {
    const auto links = Read([&](sql::Tx& tx) { return RelatedTo(tx, entry, now_); });
    std::string titles;
    for (const Link& link : links) titles += (titles.empty() ? "" : " ") + link.title;
    return titles;
  }
};

TEST_F(RelatedTest, SharedTagsCountAndRareOnesMost) {
  for (int i = 0; i < 30; ++i) Tagged("Filler" + std::to_string(i), {"common"}, -100 - i);
  const Id bees = Tagged("Bees", {"common", "bees"}, 0);
  Tagged("Hives", {"bees"}, -50);
  Tagged("Weather", {"common"}, 1);
  Tagged("Both", {"bees", "common"}, -60);
  EXPECT_EQ(Related(bees).substr(0, 18), "Both Hives Weather");
  EXPECT_EQ(Related(Tagged("Alone", {"nothing else"})), "");
}

TEST_F(RelatedTest, AnOlderEntryLearnsOfANewerOne) {
  const Id first = Tagged("First", {"bees"});
  EXPECT_EQ(Related(first), "");
  const Id second = Tagged("Second", {"bees"}, 1);
  EXPECT_EQ(Related(first), "Second");
  EXPECT_EQ(Related(second), "First");
}

TEST_F(RelatedTest, CategoriesRelateToo) {
  const Id garden = Write([](sql::Tx& tx) {
    CategoryDraft category;
    category.name = "Garden";
    return UpsertCategory(tx, category);
  });
  Tagged("Roses", {}, 0, {garden});
  EXPECT_EQ(Related(Tagged("Peas", {}, 1, {garden})), "Roses");
}

TEST_F(RelatedTest, NobodySeesWhatIsNotPublic) {
  const Id one = Tagged("One", {"bees"});
  const Id two = Tagged("Two", {"bees"}, 1);
  EntryDraft draft = Load(two);
  draft.status = EntryStatus::kPrivate;
  Replace(two, draft);
  EXPECT_EQ(Related(one), "");
  EXPECT_EQ(Related(two), "");
  draft.status = EntryStatus::kPublished;
  draft.password = "secret";
  Replace(two, draft);
  EXPECT_EQ(Related(one), "");
  draft.password.clear();
  Replace(two, draft);
  EXPECT_EQ(Related(one), "Two");
  draft.tags.clear();
  Replace(two, draft);
  EXPECT_EQ(Related(one), "");
  const Id later = Tagged("Later", {"bees"}, 20);
  EXPECT_EQ(Related(one), "");
  now_ += 30 * kDay;
  EXPECT_EQ(Related(one), "Later");
  Write([&](sql::Tx& tx) { return EraseEntry(tx, later, now_); });
  EXPECT_EQ(Related(one), "");
}

TEST_F(RelatedTest, AnImportIsLookedThroughAfterwards) {
  std::vector<Id> ids;
  for (int i = 0; i < 120; ++i) {
    EntryDraft draft = Draft("Imported" + std::to_string(i));
    draft.quiet = true;
    draft.visible_at -= i * kDay;
    draft.tags = {
        Write([&](sql::Tx& tx) { return UpsertTag(tx, "old " + std::to_string(i % 2)); })};
    ids.push_back(Save(draft));
  }
  EXPECT_EQ(Related(ids[10]), "");
  EXPECT_TRUE(Read([](sql::Tx& tx) { return RelationsWanted(tx); }));
  int pieces = 1;
  while (Write([](sql::Tx& tx) { return RelateSome(tx); })) ++pieces;
  EXPECT_EQ(pieces, 3);
  EXPECT_FALSE(Read([](sql::Tx& tx) { return RelationsWanted(tx); }));
  EXPECT_EQ(Related(ids[10]), "Imported12 Imported8 Imported14 Imported6");
}

TEST_F(RelatedTest, TheTableOfContentsIsKeptWhereItsWriterWantsOne) {
  EntryDraft draft = Draft("Long");
  draft.body = "## One\n\ntext[^1]\n\n[^1]: a note\n\n### Two";
  draft.more = "## Three";
  draft.guid = NewGuid();
  const Id id = Save(draft);
  const auto toc = [&] { return Read([&](sql::Tx& tx) { return EntryById(tx, id)->toc.str(); }); };
  EXPECT_EQ(toc(), "");
  draft = Load(id);
  draft.toc = true;
  Replace(id, draft);
  EXPECT_TRUE(Load(id).toc);
  const std::string kept = toc();
  const std::string html = Read([&](sql::Tx& tx) {
    const auto entry = EntryById(tx, id);
    return entry->body.str() + entry->more.str();
  });
  std::size_t links = 0;
  for (std::size_t at = kept.find("href=\"#"); at != kept.npos;
       at = kept.find("href=\"#", at + 1)) {
    const std::string address = kept.substr(at + 7, kept.find('"', at + 7) - at - 7);
    EXPECT_NE(html.find(" id=\"" + address + "\""), html.npos) << address;
    ++links;
  }
  EXPECT_EQ(links, 3u);
  draft.format = Format::kHtml;
  draft.body = "<h2>By hand</h2><p>x</p><h3 id=\"mine\">Mine</h3>";
  draft.more.clear();
  Replace(id, draft);
  EXPECT_NE(toc().find(">By hand</a>"), std::string::npos);
  EXPECT_NE(toc().find("mine\">Mine</a>"), std::string::npos);
}

}  // namespace
}  // namespace daybook::journal
