// Rules that every template file keeps; what the escaping of ctemplate does not see is kept out
// here.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "templates/embedded.h"
#include "templates/load.h"
#include "templates/words.h"

namespace daybook::templates {
namespace {

bool IsHtml(std::string_view bytes) {
  return bytes.starts_with("{{%AUTOESCAPE context=\"HTML\"}}\n");
}
bool IsXml(std::string_view bytes) {
  return bytes.starts_with("{{%AUTOESCAPE context=\"XML\"}}\n");
}

std::string WithoutComments(std::string_view bytes) {
  return std::regex_replace(std::string(bytes), std::regex(R"(\{\{![^}]*\}\})"), "");
}

std::vector<std::string> All(const std::string& text, const char* pattern, int group = 0) {
  std::vector<std::string> found;
  const std::regex regex(pattern, std::regex::icase);
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it)
    found.push_back((*it)[group]);
  return found;
}

struct File {
  std::string name;
  std::string text;
};

std::vector<File> Files(bool html) {
  std::vector<File> files;
  for (const EmbeddedFile& file : EmbeddedTemplates()) {
    if (IsHtml(file.bytes()) == html)
      files.push_back({std::string(file.name), WithoutComments(file.bytes())});
  }
  return files;
}

TEST(TemplateFiles, BeginWithTheirContextAndSayWhatTheyTake) {
  for (const EmbeddedFile& file : EmbeddedTemplates()) {
    const bool text = file.name == "robots.tpl" || file.name == "security.tpl" ||
                      (file.name.starts_with("mail/") && !IsHtml(file.bytes()));
    if (text) {
      EXPECT_TRUE(file.bytes().starts_with("{{%AUTOESCAPE context=\"TEXT\"}}\n{{! ")) << file.name;
    } else {
      EXPECT_TRUE(IsHtml(file.bytes()) || IsXml(file.bytes())) << file.name;
    }
    EXPECT_NE(file.bytes().find("}}\n{{! "), std::string_view::npos)
        << file.name << " does not say what it takes";
  }
}

TEST(TemplateFiles, HoldNoInlineStyleScriptOrEventHandler) {
  for (const File& file : Files(true)) {
    // A mail can load no style sheet.
    const std::string text =
        file.name == "mail/layout.tpl"
            ? std::regex_replace(file.text, std::regex(R"(<style>[^<{]*\{[^<]*</style>)"), "")
            : file.text;
    EXPECT_TRUE(All(text, R"(\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:)").empty()) << file.name;
    for (const std::string& tag : All(file.text, "<script[^>]*>[^<]*")) {
      EXPECT_TRUE(tag == "<script type=\"application/ld+json\">{{JSON_LD_HTML}}" ||
                  tag == "<script src=\"[[static:comment.js]]\" defer>" ||
                  tag == "<script src=\"[[static:ask.js]]\" defer>" ||
                  tag == "<script src=\"[[static:admin.js]]\" defer>" ||
                  tag == "<script src=\"[[static:admin-media.js]]\" defer>" ||
                  tag == "<script src=\"[[static:admin-queue.js]]\" defer>" ||
                  tag == "<script src=\"[[static:admin-setup.js]]\" defer>" ||
                  tag == "<script src=\"[[static:admin-canary.js]]\" defer>" ||
                  tag == "<script src=\"[[static:admin-import.js]]\" defer>" ||
                  tag == "<script src=\"[[static:admin-doctor.js]]\" defer>")
          << file.name << ": " << tag;
    }
  }
}

TEST(TemplateFiles, HoldNoAttributeThatAutoEscapeDoesNotGuard) {
  // Where no script runs, a page that shows progress comes again; nothing in it varies.
  const std::regex again(R"(<noscript><meta http-equiv="refresh" content="3"></noscript>)");
  for (const File& file : Files(true)) {
    const std::string varies = std::regex_replace(file.text, again, "");
    EXPECT_TRUE(All(varies, R"(\s(poster|xlink:href|srcset|srcdoc|http-equiv)\s*=)").empty())
        << file.name;
    // Our own modifier guards what ends in _URL, wherever it stands.
    EXPECT_TRUE(All(file.text, R"re(\sformaction\s*=(?!"\{\{[A-Z_]+_URL\}\}"))re").empty())
        << file.name;
    EXPECT_TRUE(All(file.text, R"(</?\{\{[A-Z])").empty())
        << file.name << ": a variable as the name of a tag";
    EXPECT_TRUE(All(file.text, R"(\s[a-z-]+=\{\{[A-Z])").empty())
        << file.name << ": a variable without quotes";
    EXPECT_TRUE(All(file.text, R"(="[^"]*\{\{[A-Z_]+_HTML)").empty())
        << file.name << ": HTML in an attribute";
  }
}

TEST(TemplateFiles, AddressesAreSafeUrlsFromTheirFirstByte) {
  for (const File& file : Files(true)) {
    const std::string text = std::regex_replace(file.text, std::regex(R"(<code>[^<]*</code>)"), "");
    for (const std::string& start :
         All(text, R"re(\s(?:href|src|action|cite)="([^"]{0,40}))re", 1)) {
      const bool checked =
          std::regex_search(start, std::regex(R"(^(\{\{[A-Z_]*_URL\}\}|#|\[\[static:))"));
      EXPECT_TRUE(checked) << file.name << ": " << start;
    }
  }
}

TEST(TemplateFiles, KeepNewlinesWhereTheyCount) {
  for (const File& file : Files(true)) {
    for (const std::string& inside : All(file.text, R"re(<(?:textarea|pre)[^>]*>([^<]*)</)re", 1)) {
      for (const std::string& variable : All(inside, R"re(\{\{[A-Z_]+[^}]*\}\})re")) {
        EXPECT_TRUE(variable.ends_with(":p}}")) << file.name << ": " << variable;
      }
      EXPECT_TRUE(inside.starts_with("\n"))
          << file.name << ": the first newline of the text would be lost";
    }
  }
}

TEST(TemplateFiles, FeedsHoldNoCdata) {
  for (const File& file : Files(false))
    EXPECT_EQ(file.text.find("CDATA"), std::string::npos) << file.name;
}

TEST(TemplateFiles, FieldsHaveLabelsAndTypes) {
  for (const File& file : Files(true)) {
    for (const std::string& input : All(file.text, "<input [^>]*>")) {
      EXPECT_NE(input.find("type="), std::string::npos) << file.name << ": " << input;
      if (input.find("type=\"hidden\"") != std::string::npos) continue;
      const std::vector<std::string> id = All(input, R"re( id="([^"]+)")re", 1);
      ASSERT_EQ(id.size(), 1u) << file.name << ": " << input;
      EXPECT_NE(file.text.find("for=\"" + id[0] + "\""), std::string::npos)
          << file.name << ": no label for " << id[0];
    }
  }
}

// Every text of the catalogue in brackets: letters outside of them were not taken from it.
TEST(TemplateFiles, NoTextStandsOutsideTheCatalogue) {
  std::string pseudo;
  const Words english("en");
  for (const std::string& key : english.Keys())
    pseudo += key + " = ⟦" + *english.Lookup(key) + "⟧\n";
  const Words words("en", pseudo);
  const LoadSources sources{
      [](std::string_view name) -> std::optional<std::string_view> {
        for (const EmbeddedFile& file : EmbeddedTemplates()) {
          if (file.name == name) return file.bytes();
        }
        return std::nullopt;
      },
      [](std::string_view) -> std::optional<std::string_view> { return "x"; }};
  for (const EmbeddedFile& file : EmbeddedTemplates()) {
    if (!IsHtml(file.bytes()) || file.name == "parts/lang.tpl")
      continue;  // that one is attributes only
    std::string page = Prepare(file.name, sources, words);
    page = std::regex_replace(page, std::regex(R"(<code>[^<]*</code>)"),
                              "");  // the allowed HTML, printed literally
    for (const std::string& value :
         All(page, R"re(\s(?:aria-label|title|alt|placeholder|summary)="([^"]*)")re", 1)) {
      const std::string rest = std::regex_replace(value, std::regex(R"(⟦.*⟧|\{\{[^}]*\}\})"), "");
      EXPECT_TRUE(All(rest, "[a-z]").empty()) << file.name << ": " << value;
    }
    page = std::regex_replace(page, std::regex("<style>[^<]*</style>"), "");
    page = std::regex_replace(page, std::regex("<[^>]*>"), "");
    page = std::regex_replace(page, std::regex(R"(\{\{[^}]*\}\}|&[a-z#0-9]+;)"), "");
    int depth = 0;
    std::string outside;
    for (size_t i = 0; i < page.size(); ++i) {
      if (page.compare(i, 3, "⟦") == 0) ++depth;
      if (page.compare(i, 3, "⟧") == 0) --depth;
      if (depth == 0) outside.push_back(page[i]);
    }
    EXPECT_EQ(depth, 0) << file.name;
    EXPECT_TRUE(All(outside, "[a-z]+").empty())
        << file.name << ": " << All(outside, "[a-z][^\\n]*")[0];
  }
}

TEST(TemplateFiles, EveryTextIsUsedOrBelongsToPagesToCome) {
  // Pages that post, mail or belong to the owner come with later issues; their texts are fixed
  // already.
  const std::regex later(
      "^(admin|comment|err|form|import|ref|subscribe|unsubscribe|newsletter|sidebar|comments.label."
      "none|40|41|42)\\b.*");
  std::string sources;
  for (const EmbeddedFile& file : EmbeddedTemplates()) sources += file.bytes();
  for (const char* folder : {"templates", "handlers", "work", "cli", "journal"}) {
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(DAYBOOK_SOURCE_DIR) / folder, error)) {
      if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      sources += text.str();
    }
  }
  for (const std::string& key : Words("en").Keys()) {
    if (std::regex_match(key, later) || key.starts_with("month.") || key.starts_with("day."))
      continue;
    const size_t dot = key.rfind('.');
    const std::string stem =
        key.ends_with(".one") || key.ends_with(".other") ? key.substr(0, dot) : key;
    std::string constant = "kX";
    constant.pop_back();
    bool upper = true;
    for (const char c : stem) {
      if (c == '.' || c == '_') {
        upper = true;
      } else {
        constant.push_back(upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
        upper = false;
      }
    }
    static const std::regex order("date\\..*\\.(mdy|dmy|ymd)");  // in the place of its stem
    const bool used = std::regex_match(key, order) ||
                      sources.find("[[" + key) != std::string::npos ||
                      sources.find("word::" + constant) != std::string::npos ||
                      sources.find('"' + key + '"') != std::string::npos;
    EXPECT_TRUE(used) << key << " is used nowhere";
  }
}

}  // namespace
}  // namespace daybook::templates
