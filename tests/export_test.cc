// The doors out: what leaves through one comes back through our own import, with nothing lost.
#include "work/export.h"

#include <fstream>

#include "journal/edit.h"
#include "tests/import_fixture.h"
#include "work/markdown_files.h"
#include "work/zip.h"

namespace daybook::journal {
namespace {

class ExportTest : public ImportTest {
 protected:
  std::string Json() {
    std::string all;
    work::ExportJson(*journal_, [&](std::string_view bytes) { all += bytes; });
    return all;
  }
  std::string Wxr() {
    std::string all;
    work::ExportWxr(*journal_, kNow, [&](std::string_view bytes) { all += bytes; });
    return all;
  }

  void Fill() {
    journal_->db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      const Settings settings = LoadSettings(tx, journal_->config);
      CategoryDraft shore;
      shore.slug = "sea-and-shore";
      shore.name = "Sea & shore";
      const Id category = UpsertCategory(tx, shore);
      const Id tag = UpsertTag(tx, "Über alles", "");
      for (int i = 0; i < 6; ++i) {
        EntryDraft d;
        d.kind = i == 5 ? EntryKind::kPage : EntryKind::kEntry;
        d.status = i < 2 || i == 5 ? EntryStatus::kPublished : static_cast<EntryStatus>(i - 2);
        if (i == 2) d.status = EntryStatus::kDraft;
        d.title = "Entry " + std::to_string(i) + " <&> ]]> end";
        d.format = static_cast<Format>(i % 4);
        d.body = i % 4 == 0 ? "<p>One.</p><p>Two ]]&gt; three.</p>" : "One.\n\nTwo & *three*.";
        d.more = i == 1 ? "And more." : "";
        d.excerpt = i == 0 ? "Short & sweet" : "";
        d.author_id = 1;
        d.visible_at = 1174291200 + i * 86400;
        d.guid = "tag:old.example,2007:" + std::to_string(i);
        d.path = i == 0 ? "/old/Path-0.html" : "";
        d.password = i == 1 ? "open sesame" : "";
        d.pinned = i == 1;
        d.toc = i == 1;
        if (i != 5) {
          d.categories = {category};
          d.tags = {tag};
        }
        const Id id = SaveEntry(tx, settings, d, kNow);
        if (i != 0) continue;
        Id parent = 0;
        for (int c = 0; c < 4; ++c) {
          NewComment comment;
          comment.entry_id = id;
          comment.parent_id = c == 1 ? parent : 0;
          comment.status = static_cast<AnswerStatus>(c == 1 ? 1 : c == 0 ? 1 : c);
          comment.created_at = 1174300000 + c * 60;
          comment.author_name = "Ben <" + std::to_string(c) + ">";
          comment.author_email = "ben@example.org";
          comment.author_url = "https://ben.example/";
          comment.body = "A line.\nAnother & <b>bold</b> one " + std::to_string(c);
          const Id made = AddComment(tx, comment);
          if (c == 0) parent = made;
        }
        NewReference reference;
        reference.entry_id = id;
        reference.via = ReferenceVia::kPingback;
        reference.status = AnswerStatus::kPublic;
        reference.title = "They & us";
        reference.url = "https://them.example/x";
        reference.created_at = 1174300500;
        AddReference(tx, reference);
      }
    });
  }

  // What must survive every door.
  std::string Kept() {
    return Ask(
        "select group_concat(line, char(10)) from (select kind || ' ' || status || ' ' || guid || "
        "' ' || "
        "coalesce(path, '-') || ' ' || slug || ' ' || title || ' ' || visible_at || ' ' || pinned "
        "|| "
        "toc || ' ' || password || ' ' || excerpt || ' ' || (select count(*) from entry_category c "
        "where "
        "c.entry_id = entry.id) || (select count(*) from entry_tag t where t.entry_id = entry.id) "
        "line from entry order by guid)");
  }
  std::string Comments() {
    return Ask(
        "select group_concat(line, char(10)) from (select c.status || ' ' || c.created_at || ' ' "
        "|| "
        "c.author_name || ' ' || c.author_email || ' ' || c.author_url || ' ' || c.body || ' ' || "
        "coalesce((select p.body from comment p where p.id = c.parent_id), '') line from comment c "
        "order by c.created_at)");
  }
  std::string References() {
    return Ask(
        "select group_concat(via || ' ' || status || ' ' || url || ' ' || created_at) from "
        "reference");
  }
};

TEST_F(ExportTest, JsonComesBackWithNothingLost) {
  Fill();
  const std::string entries = Kept(), comments = Comments(), references = References();
  const std::string bodies =
      Ask("select group_concat(format || body || more, char(10)) from (select * from entry order "
          "by guid)");
  const std::string text = Json();
  NewHome();
  const ImportResult result = Import(File("all.json", text));
  EXPECT_EQ(result.end, ImportEnd::kDone);
  EXPECT_EQ(Kept(), entries);
  EXPECT_EQ(Comments(), comments);
  EXPECT_EQ(References(), references);
  EXPECT_EQ(Ask("select group_concat(format || body || more, char(10)) from (select * from entry "
                "order by guid)"),
            bodies);
  EXPECT_EQ(Ask("select name from tag"), "Über alles");
  EXPECT_EQ(Ask("select name from category"), "Sea & shore");
}

TEST_F(ExportTest, WordPressFormatComesBackWithEntriesCommentsReferencesAndIds) {
  Fill();
  const std::string comments = Comments(), references = References();
  const std::string guids =
      Ask("select group_concat(guid) from (select guid from entry order by guid)");
  const std::string states =
      Ask("select group_concat(status || kind || password || pinned) from (select * from entry "
          "order by guid)");
  const std::string paths =
      Ask("select group_concat(path) from (select path from entry where status = 1 order by guid)");
  const std::string text = Wxr();
  NewHome();
  const ImportResult result = Import(File("all.xml", text));
  EXPECT_EQ(result.end, ImportEnd::kDone);
  EXPECT_EQ(Ask("select group_concat(guid) from (select guid from entry order by guid)"), guids);
  EXPECT_EQ(Ask("select group_concat(status || kind || password || pinned) from (select * from "
                "entry order by guid)"),
            states);
  EXPECT_EQ(
      Ask("select group_concat(path) from (select path from entry where status = 1 order by guid)"),
      paths);
  EXPECT_EQ(Comments(), comments);
  EXPECT_EQ(References(), references);
  EXPECT_EQ(Ask("select name from tag"), "Über alles");
  EXPECT_EQ(Ask("select name from category"), "Sea & shore");
}

TEST_F(ExportTest, MovableTypeHoldsEveryEntryAndWhatIsPublicBelowItAndCountsTheRest) {
  Fill();
  journal_->db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
    EntryDraft d;
    d.status = EntryStatus::kPublished;
    d.title = "Lines";
    d.slug = "lines";
    d.format = Format::kMarkdown;
    d.body = "Above.\n\n-----\n\nBetween.\n\n--------\nCOMMENT:\nBelow.";
    d.author_id = 1;
    d.visible_at = 1174291200 + 9 * 86400;
    SaveEntry(tx, LoadSettings(tx, journal_->config), d, kNow);
  });
  const std::string kShown =
      "select group_concat(line, char(10)) from (select title || ' ' || visible_at || ' ' || path "
      "line from entry where status = 1 and password = '' order by visible_at)";
  const std::string shown = Ask(kShown);
  const std::string public_comments =
      Ask("select group_concat(author_name || author_email || author_url || created_at || body) "
          "from comment where status = 1 order by created_at");
  const std::string references = Ask("select group_concat(url || created_at) from reference");
  std::string text;
  const work::LeftOut left =
      work::ExportMovableType(*journal_, kNow, [&](std::string_view bytes) { text += bytes; });
  EXPECT_EQ(left.at("export.left.pages"), 1);
  EXPECT_EQ(left.at("export.left.replies"), 1);
  EXPECT_EQ(left.at("export.left.answers"), 2);
  NewHome();
  const ImportResult result = Import(File("all.txt", text));
  EXPECT_EQ(result.end, ImportEnd::kDone);
  EXPECT_EQ(Ask(kShown), shown);
  EXPECT_EQ(Ask("select group_concat(author_name || author_email || author_url || created_at || "
                "body) from comment where status = 1 order by created_at"),
            public_comments);
  EXPECT_EQ(Ask("select group_concat(url || created_at) from reference"), references);
  EXPECT_EQ(Ask("select name from tag"), "Über alles");
  EXPECT_EQ(Ask("select name from category"), "Sea & shore");
  EXPECT_EQ(Ask("select body from entry where title = 'Lines'"),
            "Above.\n\n&#45;----\n\nBetween.\n\n&#45;-------\nCOMMENT:\nBelow.");
}

TEST_F(ExportTest, MarkdownFilesComeBackWithNothingLost) {
  Fill();
  const std::string entries = Kept(), comments = Comments(), references = References();
  const std::string bodies =
      Ask("select group_concat(format || body || more, char(10)) from (select * from entry order "
          "by guid)");
  const std::filesystem::path zip = folder_ / "all.zip", json = folder_ / "back.json";
  work::ExportMarkdown(*journal_, zip);
  work::JsonOfMarkdown(zip, json);
  std::ifstream in(json, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  NewHome();
  EXPECT_EQ(Import(File("all.json", text)).end, ImportEnd::kDone);
  EXPECT_EQ(Kept(), entries);
  EXPECT_EQ(Comments(), comments);
  EXPECT_EQ(References(), references);
  EXPECT_EQ(Ask("select group_concat(format || body || more, char(10)) from (select * from entry "
                "order by guid)"),
            bodies);
}

TEST(MarkdownFiles, ATextIsGivenBackAsItWasWhateverStandsInIt) {
  const std::pair<const char*, const char*> texts[] = {{"", ""},
                                                       {"One.", ""},
                                                       {"One.", "Two."},
                                                       {"---\nOne\n---\n", "---\n"},
                                                       {"\nOne\n", "\n"},
                                                       {"One\n<!--more-->\nx", ""},
                                                       {"One\n<!--more-->\nx", "Two"},
                                                       {"a\n<!--more-->", "b"}};
  for (const auto& [body, more] : texts) {
    const nlohmann::ordered_json entry = {{"title", "Ü \"&\n"}, {"body", body}, {"more", more}};
    auto back = work::EntryOfFile(work::MarkdownFile(entry), "x.md");
    if (!back.contains("more")) back["more"] = "";
    EXPECT_EQ(back["body"], body);
    EXPECT_EQ(back["more"], more) << body;
    EXPECT_EQ(back["title"], "Ü \"&\n");
  }
  EXPECT_THROW(static_cast<void>(work::EntryOfFile("No head", "x.md")), work::ZipTrouble);
  EXPECT_THROW(static_cast<void>(work::EntryOfFile("---\nbad\n---\n", "x.md")), work::ZipTrouble);
  EXPECT_THROW(static_cast<void>(work::EntryOfFile("---\na: 1\n", "x.md")), work::ZipTrouble);
}

TEST_F(ExportTest, NoSecretLeavesThroughAnExport) {
  Fill();
  journal_->db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    SetSetting(tx, journal_->config, "smtp.password", "hush hush");
  });
  EXPECT_EQ(Json().find("hush hush"), std::string::npos);
  EXPECT_EQ(Json().find("argon2"), std::string::npos);
  EXPECT_EQ(Wxr().find("hush hush"), std::string::npos);
}

}  // namespace
}  // namespace daybook::journal
