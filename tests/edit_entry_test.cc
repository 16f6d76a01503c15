// Saving, moving, throwing away and erasing entries: addresses, redirects, revisions, search.
#include <gtest/gtest.h>

#include <regex>

#include "journal/read.h"
#include "journal/search_text.h"
#include "sql/queries/write_entry.h"
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

class EditEntryTest : public JournalTest {
 protected:
  // "entry|target|status", or empty
  std::string Redirect(const std::string& path) {
    return Ask(
        "select coalesce(entry_id, '') || '|' || target || '|' || status from redirect where path "
        "= '" +
        path + "'");
  }
  bool IsSearched(Id id) {
    return Read([&](sql::Tx& tx) { return HasEntryText(tx, id); });
  }
  void CheckIndex() {
    Write([](sql::Tx& tx) { CheckIndexes(tx); });
  }
  std::string Revisions(Id id) {
    return Ask("select count(*) from revision where entry_id = " + std::to_string(id));
  }
  std::string Column(const std::string& expression, Id id) {
    return Ask("select " + expression + " from entry where id = " + std::to_string(id));
  }
};

TEST_F(EditEntryTest, APublishedEntryGetsTheAddressOfItsLocalDate) {
  EXPECT_EQ(Path(Save("Harbour lights")), "/2007/3/19/harbour-lights.html");
  EntryDraft late = Draft("Late");
  late.visible_at = kMarch19 + 15 * 3600 + 1800;  // 23:30 in UTC
  EXPECT_EQ(Path(Save(late)), "/2007/3/19/late.html");
  late.zone = "Europe/Berlin";
  late.title = "Later";
  EXPECT_EQ(Path(Save(late)), "/2007/3/20/later.html");
}

TEST_F(EditEntryTest, TheGoldenSlugs) {
  EXPECT_EQ(Path(Save("Network: Is it still bullshit if there is a tacit understanding…?")),
            "/2007/3/19/network-is-it-still-bullshit-if-there-is-a-tacit-understandi.html");
  EXPECT_EQ(Path(Save("Success- that elusive thing")),
            "/2007/3/19/success-that-elusive-thing.html");
  EXPECT_EQ(Path(Save("Q&A")), "/2007/3/19/qa.html");
}

TEST_F(EditEntryTest, ACollisionOnTheSamePathGetsANumber) {
  EXPECT_EQ(Path(Save("Same")), "/2007/3/19/same.html");
  EXPECT_EQ(Path(Save("Same")), "/2007/3/19/same-1.html");
  EXPECT_EQ(Path(Save("Same")), "/2007/3/19/same-2.html");
  EntryDraft next_day = Draft("Same");
  next_day.visible_at += kDay;
  EXPECT_EQ(Path(Save(next_day)), "/2007/3/20/same.html");
}

TEST_F(EditEntryTest, ACollisionOfLongSlugsStaysWithinSixty) {
  std::string title(80, 'a');
  EXPECT_EQ(Path(Save(title)), "/2007/3/19/" + std::string(60, 'a') + ".html");
  EXPECT_EQ(Path(Save(title)), "/2007/3/19/" + std::string(58, 'a') + "-1.html");
}

TEST_F(EditEntryTest, ATitleOfWhichNothingIsLeftGivesTheId) {
  Id id = Save("日本語?!");
  EXPECT_EQ(Path(id), "/2007/3/19/" + std::to_string(id) + ".html");
  Id note = Save("");
  EXPECT_EQ(Path(note), "/2007/3/19/" + std::to_string(note) + ".html");
}

TEST_F(EditEntryTest, PatternsWithCategoryAuthorAndIdAreFilled) {
  auto [parent, child] = Write([](sql::Tx& tx) {
    CategoryDraft draft;
    draft.name = "Travel";
    Id parent = UpsertCategory(tx, draft);
    draft.name = "Ireland";
    draft.parent_id = parent;
    return std::pair(parent, UpsertCategory(tx, draft));
  });
  Set("permalink", "/{category}/{author}/{id}-{slug}/");
  EntryDraft draft = Draft("Walk");
  draft.categories = {child, parent};
  Id id = Save(draft);
  EXPECT_EQ(Path(id), "/travel/ireland/ann-bo/" + std::to_string(id) + "-walk/");
  Set("permalink", "/{category}/{slug}");
  EXPECT_EQ(Path(Save("Bare")), "/bare");
}

TEST_F(EditEntryTest, AnotherPatternMovesNothingThatIsThere) {
  Id id = Save("First");
  Set("permalink", "/{slug}");
  EntryDraft draft = Load(id);
  draft.body = "changed";
  Replace(id, draft);
  EXPECT_EQ(Path(id), "/2007/3/19/first.html");
  EXPECT_EQ(Path(Save("Second")), "/second");
}

TEST_F(EditEntryTest, ANumberThatWouldBeAnArchiveGetsASuffix) {
  Set("permalink", "/{slug}");
  EXPECT_EQ(Path(Save("1984")), "/1984-1");
  Set("permalink", "/{year}/{slug}");
  EXPECT_EQ(Path(Save("12")), "/2007/12-1");
}

TEST_F(EditEntryTest, APageNeverTakesANameOfTheJournal) {
  EntryDraft page = Draft("About");
  page.kind = EntryKind::kPage;
  EXPECT_EQ(Path(Save(page)), "/about");
  EXPECT_EQ(Path(Save(page)), "/about-1");
  for (const char* title : {"Search", "Admin", "Archive", "2007", "Contact", "Media"}) {
    page.title = title;
    std::string path = Path(Save(page));
    EXPECT_TRUE(path.ends_with("-1")) << path;
  }
}

TEST_F(EditEntryTest, AnAddressFromElsewhereIsKeptAsItIs) {
  EntryDraft draft = Draft("Imported");
  draft.path = "/blog/2005/Ein_Fest!.php";
  draft.slug = "Ein_Fest!";
  Id id = Save(draft);
  EXPECT_EQ(Path(id), "/blog/2005/Ein_Fest!.php");
  EXPECT_EQ(Path(Save(draft)), "/blog/2005/Ein_Fest!-1.php");
  draft.path = "/tag/harbour/";
  EXPECT_EQ(Path(Save(draft)), "/tag-1/harbour/");
  for (const char* bad :
       {"no-slash", "//host/x", "/a//b", "/a/b//", "/a/../b", "/a?b", "/a\nb", "/a\x7F"}) {
    draft.path = bad;
    draft.slug = "";
    EXPECT_TRUE(Path(Save(draft)).starts_with("/2007/3/19/imported")) << bad;
  }
}

TEST_F(EditEntryTest, ALaterTitleDoesNotMoveAnEntryButAnotherSlugDoes) {
  Id id = Save("First title");
  EntryDraft draft = Load(id);
  draft.title = "Second title";
  Replace(id, draft);
  EXPECT_EQ(Path(id), "/2007/3/19/first-title.html");

  draft = Load(id);
  draft.slug = "chosen";
  Replace(id, draft);
  EXPECT_EQ(Path(id), "/2007/3/19/chosen.html");
  EXPECT_EQ(Redirect("/2007/3/19/first-title.html"), std::to_string(id) + "||301");

  draft = Load(id);
  draft.path = "/elsewhere";
  Replace(id, draft);
  EXPECT_EQ(Path(id), "/elsewhere");
  EXPECT_EQ(Redirect("/2007/3/19/chosen.html"), std::to_string(id) + "||301");
  EXPECT_EQ(Redirect("/2007/3/19/first-title.html"), std::to_string(id) + "||301");

  draft = Load(id);
  draft.path = "/2007/3/19/chosen.html";  // back again: no redirect to itself
  Replace(id, draft);
  EXPECT_EQ(Path(id), "/2007/3/19/chosen.html");
  EXPECT_EQ(Redirect("/2007/3/19/chosen.html"), "");
}

TEST_F(EditEntryTest, AnOldAddressIsNotGivenToAnother) {
  Id id = Save("Same");
  EntryDraft draft = Load(id);
  draft.slug = "moved";
  Replace(id, draft);
  EXPECT_EQ(Path(Save("Same")), "/2007/3/19/same-1.html");
}

TEST_F(EditEntryTest, AnOldAddressOfWhatIsNotPublicLeadsNowhere) {
  for (const EntryStatus hidden :
       {EntryStatus::kDraft, EntryStatus::kPending, EntryStatus::kPrivate, EntryStatus::kTrash}) {
    EntryDraft draft = Draft("Hidden");
    draft.status = hidden;
    const Id id = Save(draft);
    const std::string old = "/?p=" + std::to_string(id);
    ASSERT_TRUE(Write([&](sql::Tx& tx) { return AddEntryRedirect(tx, old, id); }));
    EXPECT_FALSE(Read([&](sql::Tx& tx) { return RedirectOf(tx, old, kMarch19 + kDay); })) << id;
  }
}

TEST_F(EditEntryTest, ADraftHasNoAddressAndItsSlugFollowsItsTitleUntilPublication) {
  EntryDraft draft = Draft("Working title");
  draft.status = EntryStatus::kDraft;
  draft.visible_at = 0;
  Id id = Save(draft);
  EXPECT_EQ(Path(id), "");
  draft = Load(id);
  draft.title = "Final title";
  Replace(id, draft);
  draft = Load(id);
  draft.status = EntryStatus::kPublished;
  draft.visible_at = 0;
  Replace(id, draft);
  EXPECT_EQ(Path(id), "/2007/3/29/final-title.html");
  EXPECT_EQ(Load(id).visible_at, now_);
}

TEST_F(EditEntryTest, ReplacingByWhatWasLoadedChangesNothing) {
  EntryDraft draft = Draft("Everything");
  draft.format = Format::kHtml;
  draft.more = "<p>more</p>";
  draft.excerpt = "short";
  draft.language = "ar";
  draft.zone = "Europe/Dublin";
  draft.created_at = kMarch19 - 5;
  draft.updated_at = kMarch19 + 5;
  draft.expires_at = now_ + kDay;
  draft.pinned = true;
  draft.comments = Allow::kClosed;
  draft.pings = Allow::kOpen;
  draft.guid = "tag:old.example,2007:1";
  draft.position = 3;
  draft.updates = {{kMarch19 + 60, "later"}, {kMarch19 + 120, "again"}};
  draft.tags = {Write([](sql::Tx& tx) { return UpsertTag(tx, "Sea"); })};
  Id id = Save(draft);
  EntryDraft loaded = Load(id);
  EXPECT_EQ(loaded.guid, draft.guid);
  EXPECT_EQ(loaded.updates.size(), 2U);
  EXPECT_EQ(loaded.tags, draft.tags);
  EXPECT_EQ(loaded.updated_at, draft.updated_at);
  auto dump = [&] {
    return Read([&](sql::Tx& tx) {
      std::string all;
      sql::Rows rows = tx.Query(query::kEntryDraft, id);
      EXPECT_TRUE(rows.Step());
      for (int i = 0; i < 27; ++i) all += rows.String(i) + "\x1F";
      return all;
    });
  };
  std::string before = dump();
  std::vector<std::string> counts = Counts();
  Replace(id, loaded);
  EXPECT_EQ(dump(), before);
  EXPECT_EQ(Counts(), counts);
  EXPECT_EQ(Revisions(id), "0");
}

TEST_F(EditEntryTest, EachChangeOfTheTextKeepsTheEarlierOne) {
  Id id = Save("Title");
  EntryDraft draft = Load(id);
  draft.body = "new words";
  Replace(id, draft);
  draft.pinned = true;
  Replace(id, draft);  // no text changed
  EXPECT_EQ(Revisions(id), "1");
}

TEST_F(EditEntryTest, GuidsAreMadeKeptAndNeverDoubled) {
  std::regex uuid("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  Id id = Save("One");
  std::string guid = Load(id).guid;
  EXPECT_TRUE(std::regex_match(guid, uuid)) << guid;
  EntryDraft draft = Load(id);
  draft.guid = "";
  draft.title = "Other";
  Replace(id, draft);
  EXPECT_EQ(Load(id).guid, guid);
  EntryDraft doubled = Draft("Two");
  doubled.guid = guid;
  EXPECT_NE(Load(Save(doubled)).guid, guid);
}

TEST_F(EditEntryTest, TheTrashAnswersGoneAndRestoringTakesThatBack) {
  Id id = Save("Gone soon");
  std::string path = Path(id);
  ASSERT_TRUE(Write([&](sql::Tx& tx) { return DeleteEntry(tx, settings_, id, now_); }));
  EXPECT_EQ(Redirect(path), std::to_string(id) + "||410");
  EXPECT_FALSE(IsSearched(id));
  EXPECT_TRUE(Counted("journal 0"));
  ASSERT_TRUE(Write(
      [&](sql::Tx& tx) { return RestoreEntry(tx, settings_, id, EntryStatus::kPublished, now_); }));
  EXPECT_EQ(Path(id), path);
  EXPECT_EQ(Redirect(path), "");
  EXPECT_TRUE(IsSearched(id));
  EXPECT_TRUE(Counted("journal 1"));
  CheckIndex();
}

TEST_F(EditEntryTest, WhatIsErasedAnswersGoneAtEveryAddressItEverHad) {
  Id id = Save("Old");
  EntryDraft draft = Load(id);
  draft.slug = "new";
  Replace(id, draft);
  Write([&](sql::Tx& tx) {
    AddEntryRedirect(tx, "/?p=7", id);
    NewComment comment;
    comment.entry_id = id;
    comment.status = AnswerStatus::kPublic;
    comment.author_name = "Bo";
    comment.body = "hello";
    Id first = AddComment(tx, comment);
    comment.parent_id = first;
    AddComment(tx, comment);
  });
  ASSERT_TRUE(Write([&](sql::Tx& tx) { return EraseEntry(tx, id, now_); }));
  for (const char* path : {"/2007/3/19/old.html", "/2007/3/19/new.html", "/?p=7"})
    EXPECT_EQ(Redirect(path), "||410") << path;
  EXPECT_FALSE(Write([&](sql::Tx& tx) { return EraseEntry(tx, id, now_); }));
  CheckIndex();
  ExpectCountsHold();
  EXPECT_EQ(Path(Save("New")), "/2007/3/19/new.html");  // a gone address may be used again
  EXPECT_EQ(Redirect("/2007/3/19/new.html"), "");
}

TEST_F(EditEntryTest, OnlyWhatEveryoneMayReadIsSearched) {
  for (EntryStatus status :
       {EntryStatus::kDraft, EntryStatus::kPrivate, EntryStatus::kPending, EntryStatus::kTrash}) {
    EntryDraft draft = Draft("Hidden");
    draft.status = status;
    EXPECT_FALSE(IsSearched(Save(draft)));
  }
  EntryDraft locked = Draft("Locked");
  locked.password = "x";
  Id id = Save(locked);
  EXPECT_FALSE(IsSearched(id));
  locked = Load(id);
  locked.password = "";
  Replace(id, locked);
  EXPECT_TRUE(IsSearched(id));
  locked.password = "y";
  Replace(id, locked);
  EXPECT_FALSE(IsSearched(id));
  CheckIndex();
}

TEST_F(EditEntryTest, APasswordKeepsSummaryAndPictureBack) {
  EntryDraft draft = Draft("Locked");
  draft.password = "x";
  draft.excerpt = "the secret";
  draft.body = "![a](https://img.example/a.png) secret";
  Id id = Save(draft);
  auto derived = [&] { return Column("summary || '|' || image", id); };
  EXPECT_EQ(derived(), "|");
  draft = Load(id);
  draft.password = "";
  Replace(id, draft);
  EXPECT_EQ(derived(), "the secret|https://img.example/a.png");
}

TEST_F(EditEntryTest, BrokenBytesAndControlCharactersDoNotGetIn) {
  EntryDraft draft = Draft("Ti\xFFtle\r\nwith\tlines\x01");
  draft.body = "a\r\nb\x00 c\xC3";
  Id id = Save(draft);
  EntryDraft loaded = Load(id);
  EXPECT_EQ(loaded.title, "Ti\xEF\xBF\xBDtle with lines");
  EXPECT_EQ(loaded.body.find('\r'), std::string::npos);
}

TEST_F(EditEntryTest, SizesOfKnownPicturesAndTheMountAreRendered) {
  Set("url", "https://example.org/blog");
  Id media = Write([](sql::Tx& tx) {
    NewMedia media;
    media.path = "2019/harbour one.jpg";
    media.mime = "image/jpeg";
    media.width = 640;
    media.height = 480;
    return AddMedia(tx, media);
  });
  EntryDraft draft = Draft("Picture");
  draft.body = "![Boats](/media/2019/harbour%20one.jpg) and [this](/2019/3/4/x.html)";
  Id id = Save(draft);
  std::string html = Column("body_html", id);
  EXPECT_NE(html.find("src=\"/blog/media/2019/harbour%20one.jpg\""), std::string::npos) << html;
  EXPECT_NE(html.find("width=\"640\" height=\"480\""), std::string::npos) << html;
  EXPECT_NE(html.find("href=\"/blog/2019/3/4/x.html\""), std::string::npos) << html;
  draft = Load(id);
  draft.featured_id = media;
  Replace(id, draft);

  // Another mount: everything is rendered again.
  Set("url", "https://example.org");
  Id last = Write([&](sql::Tx& tx) { return RenderEntriesAgain(tx, settings_, 0, 10); });
  EXPECT_EQ(last, id);
  EXPECT_EQ(Write([&](sql::Tx& tx) { return RenderEntriesAgain(tx, settings_, last, 10); }), 0);
  html = Column("body_html", id);
  EXPECT_EQ(html.find("/blog"), std::string::npos) << html;
  CheckIndex();
}

TEST_F(EditEntryTest, CommentsCloseByThemselvesUnlessTheEntrySaysOtherwise) {
  Set("comments.close_days", "14");
  auto close = [&](Id id) { return std::stoll(Column("comments_close", id)); };
  EntryDraft open = Draft("Open for ever");
  open.comments = Allow::kOpen;
  Id as_journal = Save("As the journal"), for_ever = Save(open);
  EXPECT_EQ(close(as_journal), kMarch19 + 14 * kDay);
  EXPECT_EQ(close(for_ever), kNever);
  Set("comments.close_days", "30");
  EXPECT_EQ(close(as_journal), kMarch19 + 30 * kDay);
  EXPECT_EQ(close(for_ever), kNever);
  Set("comments.close_days", "0");
  EXPECT_EQ(close(as_journal), kNever);
}

TEST_F(EditEntryTest, ARedirectNeverHidesAnEntry) {
  Id id = Save("Here");
  Write([&](sql::Tx& tx) {
    EXPECT_FALSE(AddRedirect(tx, "/2007/3/19/here.html", "/other"));
    EXPECT_FALSE(AddRedirect(tx, "/same", "/same"));
    EXPECT_FALSE(AddRedirect(tx, "relative", "/x"));
    EXPECT_TRUE(AddRedirect(tx, "/old", "/new"));
    EXPECT_TRUE(AddRedirect(tx, "/taken-down", "", 410));
    EXPECT_TRUE(AddEntryRedirect(tx, "/old/feed/", id, "/comments.xml"));
  });
  EXPECT_EQ(Redirect("/old"), "|/new|301");
  EXPECT_EQ(Redirect("/taken-down"), "||410");
  EXPECT_EQ(Redirect("/old/feed/"), std::to_string(id) + "|/comments.xml|301");
}

}  // namespace
}  // namespace daybook::journal
