// Who may sign in and who is signed in, by the clock of the test.
#include "journal/account.h"

#include <gtest/gtest.h>

#include "journal/desk.h"
#include "journal/drafts.h"
#include "journal/journal.h"
#include "sql/queries/account.h"
#include "tests/journal_fixture.h"

namespace daybook::journal {
namespace {

class AccountTest : public JournalTest {
 protected:
  Id Add(std::string name, std::string email, Role role) {
    AuthorDraft draft;
    draft.name = std::move(name);
    draft.email = std::move(email);
    draft.role = static_cast<int>(role);
    return Write([&](sql::Tx& tx) { return UpsertAuthor(tx, draft, now_); });
  }
  std::string Start(Id author) {
    std::string token = NewSessionToken();
    Write([&](sql::Tx& tx) { StartSession(tx, token, author, "A browser\n", now_); });
    return token;
  }
  bool Open(const std::string& token) {
    return Read([&](sql::Tx& tx) { return SessionOf(tx, settings_, token, now_).has_value(); });
  }
  std::optional<Seconds> Try(std::string_view name, std::string_view address) {
    return Write([&](sql::Tx& tx) { return CountSignIn(tx, settings_, name, address, now_); });
  }
};

TEST_F(AccountTest, ASessionLastsThirtyDaysFromItsLastUseAndEndsForGood) {
  const Id ada = Add("Ada", "ada@example.org", Role::kOwner);
  const std::string token = Start(ada);
  EXPECT_TRUE(Open(token));
  EXPECT_FALSE(Open(NewSessionToken()));
  EXPECT_FALSE(Open(""));
  now_ += 29 * kDay;
  EXPECT_TRUE(Open(token));
  Write([&](sql::Tx& tx) { NoteSeen(tx, HashSessionToken(token), now_); });
  now_ += 29 * kDay;
  EXPECT_TRUE(Open(token));
  now_ += kDay;
  EXPECT_FALSE(Open(token));
  EXPECT_EQ(Read([&](sql::Tx& tx) { return LastSeen(tx, token); }), now_ - 30 * kDay);
  const std::string another = Start(ada), third = Start(ada);
  EXPECT_EQ(Write([&](sql::Tx& tx) { return EndSessions(tx, ada, HashSessionToken(third)); }), 2);
  EXPECT_FALSE(Open(another));
  EXPECT_TRUE(Open(third));
}

TEST_F(AccountTest, WhoIsNobodyAnyMoreIsOut) {
  const Id ed = Add("Ed", "ed@example.org", Role::kEditor);
  const std::string token = Start(ed);
  Write([&](sql::Tx& tx) { tx.Exec(sql::query::kPersonRole, ed, Role::kNone, false); });
  EXPECT_FALSE(Open(token));
  EXPECT_FALSE(Read([&](sql::Tx& tx) { return AccountNamed(tx, "ed@example.org").has_value(); }));
}

TEST_F(AccountTest, AnAccountIsNamedByItsAddressInAnyCaseOrItsSlug) {
  Add("Ada", "Ada@Example.org", Role::kOwner);
  for (const char* name : {"ada@example.org", " ADA@EXAMPLE.ORG ", "ada"})
    EXPECT_TRUE(Read([&](sql::Tx& tx) { return AccountNamed(tx, name).has_value(); })) << name;
  for (const char* name : {"", " ", "ada@example.com", "%", "a"})
    EXPECT_FALSE(Read([&](sql::Tx& tx) { return AccountNamed(tx, name).has_value(); })) << name;
}

TEST_F(AccountTest, TriesAreCountedByNameAndByNetworkAndComeBackWithTime) {
  for (int i = 0; i < 15; ++i)
    EXPECT_EQ(Try("Ada@example.org", "203.0." + std::to_string(i) + ".9"), std::nullopt) << i;
  const auto again = Try(" ada@EXAMPLE.org", "203.0.99.9");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, now_ + 60);
  now_ = *again;
  EXPECT_EQ(Try("ada@example.org", "203.0.99.9"), std::nullopt);
  EXPECT_TRUE(Try("ada@example.org", "203.0.99.9").has_value());
  for (int i = 0; i < 19; ++i)
    EXPECT_EQ(Try("name" + std::to_string(i), "203.0.99.77"), std::nullopt) << i;
  EXPECT_TRUE(Try("one more", "203.0.99.5").has_value());
  EXPECT_EQ(Try("one more", "2001:db8::1"), std::nullopt);
}

TEST_F(AccountTest, ARightPasswordIsNoTry) {
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(Try("ada", "203.0.113.9"), std::nullopt);
    Write([&](sql::Tx& tx) { UncountSignIn(tx, settings_, "ada", "203.0.113.9", now_); });
  }
}

TEST_F(AccountTest, AnAuthorChangesWhatIsTheirOwnAndNotPublic) {
  Person author{author_, "", "", "", Role::kAuthor, false};
  Person publisher = author;
  publisher.may_publish = true;
  const Person other{author_ + 1, "", "", "", Role::kAuthor, true};
  const Person editor{author_ + 2, "", "", "", Role::kEditor, false};
  EntryDraft draft = Draft("Mine");
  for (const EntryStatus status : {EntryStatus::kDraft, EntryStatus::kPending}) {
    draft.status = status;
    EXPECT_TRUE(MayEdit(author, draft));
    EXPECT_FALSE(MayEdit(other, draft));
    EXPECT_TRUE(MayEdit(editor, draft));
  }
  draft.status = EntryStatus::kTrash;  // and back from there
  EXPECT_TRUE(MayEdit(author, draft));
  draft.path = "/2007/3/19/mine.html";
  for (const EntryStatus status :
       {EntryStatus::kPublished, EntryStatus::kPrivate, EntryStatus::kTrash}) {
    draft.status = status;
    EXPECT_FALSE(MayEdit(author, draft));
    EXPECT_TRUE(MayEdit(publisher, draft));
    EXPECT_FALSE(MayEdit(other, draft));
  }
}

TEST_F(AccountTest, AnEditionChangesWithWhateverAWriterCanChange) {
  const EntryDraft draft = Draft("One");
  const std::string edition = EditionOf(draft);
  EXPECT_EQ(EditionOf(draft), edition);
  const auto differs = [&](auto change) {
    EntryDraft other = draft;
    change(other);
    EXPECT_NE(EditionOf(other), edition);
  };
  differs([](EntryDraft& d) { d.title = "Two"; });
  differs([](EntryDraft& d) { d.more = d.body, d.body.clear(); });
  differs([](EntryDraft& d) { d.tags = {1}; });
  differs([](EntryDraft& d) { d.categories = {1}; });
  differs([](EntryDraft& d) { d.pinned = true; });
  differs([](EntryDraft& d) { d.expires_at = 5; });
  differs([](EntryDraft& d) { d.updates.push_back({1, "x"}); });
  EXPECT_NE(EditionOf(draft, "https://example.org/"), edition);
}

TEST_F(AccountTest, ASecretLinkEndsByItself) {
  const Id entry = Save("Not yet");
  const std::string token =
      Write([&](sql::Tx& tx) { return MakePreviewLink(tx, entry, now_, 7 * kDay); });
  const auto opens = [&] {
    return Read([&](sql::Tx& tx) { return PreviewedEntry(tx, token, now_); });
  };
  EXPECT_EQ(opens(), entry);
  now_ += 7 * kDay;
  EXPECT_EQ(opens(), 0);
}

}  // namespace
}  // namespace daybook::journal
