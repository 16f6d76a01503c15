// The public export files of the project's folder of shared material go in, or are refused, as
// their own text says. What is expected was counted by other means than the importer's (a regular
// expression over the file).
#include <algorithm>
#include <regex>

#include "tests/import_fixture.h"

namespace daybook::journal {

std::filesystem::path SourceFolder() { return DAYBOOK_SOURCE_DIR; }

namespace {

class ImportSharedTest : public ImportTest {
 protected:
  std::vector<std::filesystem::path> Files(std::string_view start) {
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::exists(Shared() / "imports")) return files;
    for (const auto& item : std::filesystem::directory_iterator(Shared() / "imports")) {
      if (item.path().filename().string().starts_with(start)) files.push_back(item.path());
    }
    std::sort(files.begin(), files.end());
    return files;
  }
  static std::int64_t Count(const std::string& text, const std::string& what) {
    const std::regex pattern(what);
    return std::distance(std::sregex_iterator(text.begin(), text.end(), pattern),
                         std::sregex_iterator());
  }
};

TEST_F(ImportSharedTest, WordPressExportsGoInWhole) {
  const auto files = Files("wxr--");
  if (files.empty()) GTEST_SKIP() << "no shared folder";
  for (const auto& file : files) {
    SCOPED_TRACE(file.filename());
    NewHome();
    const std::string text = Read(file);
    const ImportResult result = Import(file);
    ASSERT_EQ(result.end, ImportEnd::kDone) << result.refusal;
    const std::string type = "<wp:post_type>(<!\\[CDATA\\[)?";
    EXPECT_EQ(result.report.entries.taken, Count(text, type + "post(\\]\\]>)?<"));
    EXPECT_EQ(result.report.pages.taken, Count(text, type + "page(\\]\\]>)?<"));
    EXPECT_EQ(result.report.comments.taken + result.report.references.taken,
              Count(text, "<wp:comment>"));
    EXPECT_EQ(result.report.references.taken,
              Count(text, "<wp:comment_type>(pingback|trackback)<"));
    EXPECT_GE(result.report.files.found, Count(text, type + "attachment(\\]\\]>)?<"));
    EXPECT_EQ(
        Ask("select count(*) from entry where body_html like '%<!--%' or body like '%<!-- wp:%'"),
        "0");
    const std::string before = Dump();
    (void)Import(file);
    EXPECT_EQ(Dump(), before);
  }
}

TEST_F(ImportSharedTest, BadFilesAreRefusedWithTheirLine) {
  const auto files = Files("bad--");
  if (files.empty()) GTEST_SKIP() << "no shared folder";
  const std::string before = Dump();
  for (const auto& file : files) {
    const ImportResult result = Import(file);
    EXPECT_EQ(result.end, ImportEnd::kRefused) << file;
    EXPECT_NE(result.refusal.find(", line "), std::string::npos) << result.refusal;
  }
  EXPECT_EQ(Dump(), before);
}

TEST_F(ImportSharedTest, MovableTypeFilesGoInWhole) {
  const auto files = Files("mt--");
  if (files.empty()) GTEST_SKIP() << "no shared folder";
  for (const auto& file : files) {
    SCOPED_TRACE(file.filename());
    NewHome();
    const std::string text = Read(file);
    const ImportResult result = Import(file);
    ASSERT_EQ(result.end, ImportEnd::kDone) << result.refusal;
    EXPECT_EQ(result.report.entries.taken, Count(text, "\nTITLE: .*\n(BASENAME|STATUS)"));
    EXPECT_EQ(result.report.comments.taken, Count(text, "\nCOMMENT: ?\r?\n"));
    EXPECT_EQ(result.report.references.taken, Count(text, "\nPING: ?\r?\n"));
    const std::string before = Dump();
    (void)Import(file);
    EXPECT_EQ(Dump(), before);
  }
}

TEST_F(ImportSharedTest, TheThemeTestFileKeepsItsOldAddresses) {
  const auto files = Files("wxr--WPTT");
  if (files.empty()) GTEST_SKIP() << "no shared folder";
  (void)Import(files[0]);
  EXPECT_EQ(journal_->Load().permalink, "/{year}/{month2}/{day2}/{slug}/");
  EXPECT_EQ(Ask("select id > 0 from entry where path = '/2012/01/03/template-comments/'"), "1");
  EXPECT_EQ(Ask("select id > 0 from entry where path = '/level-1/level-2/level-3/'"), "1");
  EXPECT_EQ(Redirect("/?p=1148"), "/2012/01/03/template-comments/ 301");
  EXPECT_EQ(Ask("select count(*) from comment c join comment p on p.id = c.parent_id where "
                "p.parent_id is not null"),
            "0");
}

}  // namespace
}  // namespace daybook::journal
