// A new journal on the disk to import into, and questions about what is in it afterwards.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/import.h"
#include "journal/journal.h"
#include "sql/connection.h"
#include "templates/words.h"
#include "work/import_report.h"

namespace daybook::journal {

std::filesystem::path SourceFolder();  // import_shared_test.cc

class ImportTest : public testing::Test {
 protected:
  ImportTest() : folder_(MakeFolder()) { NewHome(); }
  ~ImportTest() override {
    journal_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  // Another journal, empty again.
  void NewHome() {
    journal_.reset();
    const std::filesystem::path home = folder_ / ("home" + std::to_string(++homes_));
    NewJournal wanted;
    wanted.title = "Mine";
    wanted.url = "https://mine.example";
    wanted.owner = "Ann";
    wanted.email = "ann@mine.example";
    journal_.emplace(CreateJournal({home}, wanted, kNow));
  }

  std::filesystem::path File(const std::string& name, std::string_view content) const {
    const std::filesystem::path file = folder_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
    return file;
  }
  static std::string Read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static std::filesystem::path Fixture(const std::string& name) {
    return SourceFolder() / "tests" / "fixtures" / name;
  }
  static std::filesystem::path Shared() {
    if (const char* shared = std::getenv("DAYBOOK_SHARED")) return shared;
    return SourceFolder() / ".." / "shared";
  }

  ImportResult Import(const std::filesystem::path& file,
                      std::optional<std::filesystem::path> media = {}) {
    ImportOptions options;
    options.files = {file};
    options.media = std::move(media);
    return journal::Import(*journal_, options, kNow);
  }
  ImportResult ImportText(const std::string& name, std::string_view content) {
    return Import(File(name, content));
  }

  // The first value that a query gives, as text.
  std::string Ask(const std::string& sql) {
    sql::Connection connection(journal_->db.file(), sql::Connection::Access::kReader, false);
    return connection.Word(sql.c_str());
  }
  std::string Entry(const std::string& column, const std::string& title) {
    return Ask("select " + column + " from entry where title = '" + title + "'");
  }
  // "path of its entry" or target, and status.
  std::string Redirect(const std::string& from) {
    return Ask(
        "select coalesce((select path from entry where id = entry_id), '') || target || ' ' || "
        "status "
        "from redirect where path = '" +
        from + "'");
  }
  // All that an import decides, in one text: two journals with the same are the same.
  std::string Dump() {
    std::string all;
    for (const char* part : {"select group_concat(id || kind || status || coalesce(path, '') || "
                             "slug || title || body || more || body_html || "
                             "visible_at || guid || comment_count || reference_count || "
                             "coalesce(featured_id, '') || coalesce(parent_id, ''), "
                             "char(10)) from (select * from entry order by id)",
                             "select group_concat(id || ',' || entry_id || ',' || "
                             "coalesce(parent_id, '') || status || created_at || author_name "
                             "|| body, char(10)) from (select * from comment order by id)",
                             "select group_concat(id || url || title || entry_id, char(10)) from "
                             "(select * from reference order by id)",
                             "select group_concat(path || coalesce(entry_id, '') || target || "
                             "status, char(10)) from (select * from redirect "
                             "order by path)",
                             "select group_concat(slug || name || coalesce(parent_id, '') || "
                             "entry_count, char(10)) from (select * from "
                             "category order by id)",
                             "select group_concat(slug || name || entry_count, char(10)) from "
                             "(select * from tag order by id)",
                             "select group_concat(slug || name || entry_count, char(10)) from "
                             "(select * from author order by id)",
                             "select group_concat(path || mime || bytes, char(10)) from (select * "
                             "from media order by id)"}) {
      all += Ask(part) + "\n--\n";
    }
    return all;
  }
  static std::string ReportText(const ImportReport& report) {
    return work::ImportReportText(report, templates::Words("en"));
  }
  static bool Needs(const ImportReport& report, std::string_view words) {
    return ReportText(report).find(words) != std::string::npos;
  }

  static constexpr Seconds kNow = 1735689600;  // 2025-01-01
  std::filesystem::path folder_;
  std::optional<Journal> journal_;

 private:
  static std::filesystem::path MakeFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "daybook-XXXXXX").string();
    return mkdtemp(name.data());
  }
  int homes_ = 0;
};

}  // namespace daybook::journal
