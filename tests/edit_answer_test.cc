// Comments, references, authors, categories, tags, media, navigation and sidebar as they are
// written.
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class EditAnswerTest : public JournalTest {
 protected:
  Id Add(NewComment comment) {
    return Write([&](sql::Tx& tx) { return AddComment(tx, comment); });
  }
  NewComment Comment(Id entry, AnswerStatus status = AnswerStatus::kPublic) {
    NewComment comment;
    comment.entry_id = entry;
    comment.status = status;
    comment.created_at = now_;
    comment.author_name = "Bo";
    comment.body = "Salmon leap";
    return comment;
  }
  std::string Of(const std::string& table, const std::string& expression, Id id) {
    return Ask("select " + expression + " from " + table + " where id = " + std::to_string(id));
  }
};

TEST_F(EditAnswerTest, OnlyPublicCommentsAreCountedAndSearched) {
  Id entry = Save("Entry");
  Id open = Add(Comment(entry)), held = Add(Comment(entry, AnswerStatus::kHeld));
  EXPECT_EQ(Of("entry", "comment_count", entry), "1");
  EXPECT_EQ(Ask("select group_concat(id) from comment_text"), std::to_string(open));
  Write([&](sql::Tx& tx) { EXPECT_TRUE(SetCommentStatus(tx, held, AnswerStatus::kPublic, now_)); });
  EXPECT_EQ(Of("entry", "comment_count", entry), "2");
  Write([&](sql::Tx& tx) { EXPECT_TRUE(SetCommentStatus(tx, open, AnswerStatus::kSpam, now_)); });
  EXPECT_EQ(Of("entry", "comment_count", entry), "1");
  EXPECT_EQ(Ask("select count(*) from comment_fts where comment_fts match 'salmon'"), "1");
  Write([&](sql::Tx& tx) { EXPECT_TRUE(EraseComment(tx, held)); });
  EXPECT_EQ(Of("entry", "comment_count", entry), "0");
  EXPECT_EQ(Ask("select count(*) from comment_fts where comment_fts match 'salmon'"), "0");
}

TEST_F(EditAnswerTest, AHeldCommentDoesNotEmptyThePageStoreAndAPublicOneDoes) {
  Id entry = Save("Entry");
  std::int64_t rev = Rev();
  Id held = 0;
  db_.Write(sql::Publicity::kPrivate,
            [&](sql::Tx& tx) { held = AddComment(tx, Comment(entry, AnswerStatus::kHeld)); });
  db_.Write(sql::Publicity::kPrivate,
            [&](sql::Tx& tx) { SetCommentStatus(tx, held, AnswerStatus::kSpam, now_); });
  EXPECT_EQ(Rev(), rev);
  db_.Write(sql::Publicity::kPrivate,
            [&](sql::Tx& tx) { SetCommentStatus(tx, held, AnswerStatus::kPublic, now_); });
  EXPECT_EQ(Rev(), rev + 1);
  db_.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) { AddComment(tx, Comment(entry)); });
  EXPECT_EQ(Rev(), rev + 2);
}

TEST_F(EditAnswerTest, AReplyToAReplyHangsBelowTheFirst) {
  Id entry = Save("Entry"), other = Save("Other");
  Id first = Add(Comment(entry));
  NewComment reply = Comment(entry);
  reply.parent_id = first;
  Id second = Add(reply);
  reply.parent_id = second;
  Id third = Add(reply);
  EXPECT_EQ(Of("comment", "parent_id", third), std::to_string(first));
  NewComment stray = Comment(other);
  stray.parent_id = first;
  EXPECT_EQ(Of("comment", "coalesce(parent_id, 'none')", Add(stray)), "none");
  Write([&](sql::Tx& tx) { EXPECT_TRUE(EraseComment(tx, first)); });
  EXPECT_EQ(Of("comment", "coalesce(parent_id, 'none')", third), "none");
}

TEST_F(EditAnswerTest, WhatACommentBringsIsCheckedOnTheWayIn) {
  NewComment comment = Comment(Save("Entry"));
  comment.author_name = " Bo\nthe\x02 second ";
  comment.author_email = "Bo@Example.org\r\nBcc: x@y.example";
  comment.author_url = "javascript:alert(1)";
  comment.body = "<script>x</script>\xFF";
  Id id = Add(comment);
  EXPECT_EQ(Of("comment", "author_name", id), "Bo the second");
  EXPECT_EQ(Of("comment", "author_email || author_url", id), "");
  EXPECT_EQ(Of("comment", "body_html", id).find("<script"), std::string::npos);
  comment.author_url = "example.org";
  EXPECT_EQ(Of("comment", "author_url", Add(comment)), "https://example.org");
  comment.entry_id = 999;
  EXPECT_EQ(Add(comment), 0);
}

TEST_F(EditAnswerTest, ApprovalMakesAConfirmedReaderTrusted) {
  Id held = Add(Comment(Save("Entry"), AnswerStatus::kHeld));
  {
    sql::Connection outside(db_.file(), sql::Connection::Access::kReadWrite, false);
    outside.Execute(
        "insert into reader (id, email, confirmed_at, created_at) values (1, 'a@b.example', 5, 5)");
    outside.Execute("update comment set reader_id = 1");
  }
  Write([&](sql::Tx& tx) { SetCommentStatus(tx, held, AnswerStatus::kPublic, now_); });
  EXPECT_EQ(Of("reader", "trusted_at", 1), std::to_string(now_));
}

TEST_F(EditAnswerTest, ReferencesAreCountedWhilePublic) {
  Id entry = Save("Entry");
  NewReference reference;
  reference.entry_id = entry;
  reference.status = AnswerStatus::kHeld;
  reference.url = "https://example.net/a";
  reference.site_url = "data:text/html,x";
  Id id = Write([&](sql::Tx& tx) { return AddReference(tx, reference); });
  EXPECT_EQ(Of("reference", "title || '|' || site_url", id), "https://example.net/a|");
  EXPECT_EQ(Of("entry", "reference_count", entry), "0");
  Write([&](sql::Tx& tx) { EXPECT_TRUE(SetReferenceStatus(tx, id, AnswerStatus::kPublic, now_)); });
  EXPECT_EQ(Of("entry", "reference_count", entry), "1");
  Write([&](sql::Tx& tx) { EXPECT_TRUE(EraseReference(tx, id)); });
  EXPECT_EQ(Of("entry", "reference_count", entry), "0");
}

TEST_F(EditAnswerTest, AnAuthorIsFoundAgainAndKeepsRoleAndPassword) {
  AuthorDraft author;
  author.name = "Chris";
  author.role = 2;
  author.email = "chris@example.org";
  Id id = Write([&](sql::Tx& tx) {
    Id made = UpsertAuthor(tx, author, now_);
    SetPassword(tx, made, "hash");
    return made;
  });
  author.role = 3;
  author.email = "";
  author.url = "chris.example";
  EXPECT_EQ(Write([&](sql::Tx& tx) { return UpsertAuthor(tx, author, now_); }), id);
  EXPECT_EQ(
      Of("author", "slug || '|' || role || '|' || password || '|' || email || '|' || url", id),
      "chris|2|hash|chris@example.org|https://chris.example");
}

TEST_F(EditAnswerTest, NamesBeyondASlugGetAStableOne) {
  Id one = Write([](sql::Tx& tx) { return UpsertTag(tx, "日本"); });
  EXPECT_EQ(Write([](sql::Tx& tx) { return UpsertTag(tx, "日本"); }), one);
  EXPECT_NE(Write([](sql::Tx& tx) { return UpsertTag(tx, "中国"); }), one);
  EXPECT_TRUE(Of("tag", "slug", one).starts_with("tag-"));
  EXPECT_EQ(Of("tag", "name", one), "日本");
}

TEST_F(EditAnswerTest, MediaNavigationAndSidebarAreReplaced) {
  Write([](sql::Tx& tx) {
    NewMedia media;
    media.path = "a.jpg";
    media.mime = "image/jpeg";
    media.alt = "Boats";
    Id id = AddMedia(tx, media);
    media.alt = "";
    media.width = 5;
    media.height = 4;
    EXPECT_EQ(AddMedia(tx, media), id);
    std::optional<PictureSize> picture = PictureFromMedia(tx, "a.jpg");
    EXPECT_TRUE(picture && picture->width == 5 && picture->alt == "Boats");
    ReplaceNavigation(tx, {{"Old", "/old"}});
    ReplaceNavigation(tx, {{"About", "/about"}, {"Else", "example.org"}, {"Bad", "javascript:x"}});
    SectionDraft links;
    links.kind = SectionKind::kLinks;
    links.caption = "Read";
    links.links = {{"A", "https://a.example"}, {"B", "/b"}};
    ReplaceSidebar(tx, {links, links});
    ReplaceSidebar(tx, {links});
  });
  EXPECT_EQ(Ask("select group_concat(title || ' ' || url, ';') from (select * from nav_link order "
                "by position)"),
            "About /about;Else https://example.org;Bad ");
  EXPECT_EQ(
      Ask("select count(*) || '|' || (select count(*) from sidebar_link) from sidebar_section"),
      "1|2");
}

}  // namespace
}  // namespace daybook::journal
