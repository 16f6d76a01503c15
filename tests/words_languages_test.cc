// German, French and Spanish beside English: the same texts with the same names in them, each
// language's own plural forms, typography and dates. English itself: words_test.cc.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "templates/embedded.h"
#include "templates/keys.h"
#include "templates/words.h"
#include "text/utf8.h"

namespace daybook::templates {
namespace {

using Texts = std::map<std::string, std::string>;

const std::vector<std::string>& Languages() {
  static const std::vector<std::string> languages = {"de", "fr", "es"};
  return languages;
}

// The file itself: what Words gives falls back to English.
Texts Read(const std::string& language) {
  std::ifstream in(DAYBOOK_SOURCE_DIR "/templates/words/" + language + ".txt");
  EXPECT_TRUE(in.is_open()) << language;
  Texts texts;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    const size_t equals = line.find(" = ");
    EXPECT_NE(equals, std::string::npos) << language << ": " << line;
    if (equals != std::string::npos) texts[line.substr(0, equals)] = line.substr(equals + 3);
  }
  return texts;
}

// The text of English that a key of another language stands for; nullptr: none.
const std::string* EnglishOf(const Texts& english, const std::string& key) {
  auto found = english.find(key);
  if (found == english.end() && key.ends_with(".many"))
    found = english.find(key.substr(0, key.size() - 5) + ".other");
  return found == english.end() ? nullptr : &found->second;
}

std::set<std::string> Names(const std::string& text) {
  static const std::regex name(R"(\{[a-z0-9_]+\})");
  return {std::sregex_token_iterator(text.begin(), text.end(), name), std::sregex_token_iterator()};
}

bool HasLetters(const std::string& text) {
  static const std::regex name(R"(\{[a-z0-9_]+\})");
  const std::string rest = std::regex_replace(text, name, "");
  return std::any_of(rest.begin(), rest.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<signed char>(c) < 0;
  });
}

// Whoever adds a text to en.txt adds it to the other files. One that is missing is English on the
// page, so nothing breaks but this test.
TEST(WordsOfLanguages, HaveEveryTextOfEnglish) {
  const Texts english = Read("en");
  for (const std::string& language : Languages()) {
    const Texts texts = Read(language);
    const Words words(language);
    std::string missing;
    for (const auto& [key, text] : english) {
      ASSERT_NE(words.Lookup(key), nullptr) << language << ": " << key;
      if (texts.count(key) == 1) {
        EXPECT_EQ(texts.at(key), *words.Lookup(key)) << language << ": " << key;
        continue;
      }
      missing += "  " + key + " = " + text + "\n";
      EXPECT_EQ(*words.Lookup(key), text) << language << ": " << key;
    }
    EXPECT_EQ(missing, "") << "templates/words/" << language << ".txt lacks these texts";
  }
}

// A text may stand here before its English one does; a key written wrong is missed above.
TEST(WordsOfLanguages, KeepEveryNameToFillIn) {
  const Texts english = Read("en");
  for (const std::string& language : Languages()) {
    for (const auto& [key, text] : Read(language)) {
      const std::string* theirs = EnglishOf(english, key);
      if (key.starts_with("admin.language.")) continue;  // each called as it calls itself
      if (theirs == nullptr || key == "number.group") continue;
      std::set<std::string> expected = Names(*theirs);
      std::set<std::string> names = Names(text);
      // "1 Comment" is "{n} commentaire", since 0 has the same form there.
      if (key.ends_with(".one")) {
        expected.erase("{n}");
        names.erase("{n}");
      }
      EXPECT_EQ(names, expected) << language << ": " << key << " = " << text;
    }
  }
}

TEST(WordsOfLanguages, EveryCountedTextHasThePluralFormsOfItsLanguage) {
  const Texts english = Read("en");
  for (const std::string& language : Languages()) {
    const Texts texts = Read(language);
    for (const auto& [key, text] : english) {
      if (!key.ends_with(".one")) continue;
      const std::string stem = key.substr(0, key.size() - 4);
      ASSERT_EQ(english.count(stem + ".other"), 1u) << stem;
      if (texts.count(key) == 0 && texts.count(stem + ".other") == 0) continue;  // not yet
      EXPECT_EQ(texts.count(stem + ".one"), 1u) << language << ": " << stem;
      EXPECT_EQ(texts.count(stem + ".other"), 1u) << language << ": " << stem;
      EXPECT_EQ(texts.count(stem + ".many"), language == "de" ? 0u : 1u)
          << language << ": " << stem;
      // French 0 has the form of 1: a 1 that is written out would be wrong.
      if (language == "fr" && text.starts_with("1 ")) {
        EXPECT_NE(texts.at(key).find("{n}"), std::string::npos) << key;
      }
    }
  }
}

TEST(WordsOfLanguages, NoEnglishIsLeftOver) {
  // Words that are the same in both languages.
  const std::map<std::string, std::set<std::string>> the_same = {
      {"de", {"AM",   "PM",   "April",    "August", "September", "November",  "Jan",
              "Feb",  "Apr",  "Aug",      "Nov",    "Feed",      "Permalink", "Newsletter",
              "Name", "Text", "Markdown", "HTML",   "Spam",      "{n} KB",    "{n} MB"}},
      {"fr",
       {"AM", "PM", "Pages", "pages", "Page", "Source", "Public", "{title}, page {n}",
        "Description", "Markdown", "HTML"}},
      {"es", {"Error: {title}", "Markdown", "HTML", "Spam", "{n} MB"}}};
  // Names of things that have one name in the world.
  const std::set<std::string> names = {"SQLite",       "HTTPS",         "daybook.conf",
                                       "fetch.allow",  "comments.hold", "proxy.trust",
                                       "daybook-work", "Movable Type",  "WordPress (WXR)"};
  const Texts english = Read("en");
  for (const std::string& language : Languages()) {
    for (const auto& [key, text] : Read(language)) {
      const std::string* theirs = EnglishOf(english, key);
      if (key.starts_with("admin.language.")) continue;  // each called as it calls itself
      if (theirs == nullptr || *theirs != text || !HasLetters(text)) continue;
      if (names.contains(text)) continue;
      EXPECT_EQ(the_same.at(language).count(text), 1u) << language << ": " << key << " = " << text;
    }
  }
}

TEST(WordsOfLanguages, ButtonsAreNotMuchLongerThanInEnglish) {
  const Texts english = Read("en");
  std::set<std::string> buttons = {"form.forget", "form.reply.stop"};  // made by comment.js
  const std::regex button(R"(<button[^>]*>\[\[([a-z0-9_.]+)[|\]])");
  for (const EmbeddedFile& file : EmbeddedTemplates()) {
    const std::string source(file.bytes());
    for (std::sregex_iterator it(source.begin(), source.end(), button), end; it != end; ++it)
      buttons.insert((*it)[1]);
  }
  ASSERT_GE(buttons.size(), 12u);
  for (const std::string& language : Languages()) {
    const Texts texts = Read(language);
    for (const std::string& key : buttons) {
      const auto found = texts.find(key);
      if (found == texts.end()) continue;
      // A single word is as long as it is.
      const size_t most = std::max<size_t>(english.at(key).size() * 22 / 10, 20);
      EXPECT_LE(text::CountCodePoints(found->second), most)
          << language << ": " << key << " = " << found->second;
    }
  }
}

TEST(WordsOfLanguages, BlameNobodyAndKeepToTheirTypography) {
  const std::map<std::string, std::vector<std::string>> never = {
      {"de", {"ungültig", "unzulässig", "fehlgeschlagen", "falsch", "Sie haben vergessen", "Ups"}},
      {"fr", {"invalide", "illégal", "échoué", "vous avez oublié", "incorrect", "Oups", "'"}},
      {"es", {"inválid", "no válid", "ilegal", "falló", "olvidaste", "incorrect", "¡"}}};
  // A space that may break before a mark, or inside « ».
  const std::regex breaks("( (:|;|!|\\?|»))|(« )");
  const auto count = [](const std::string& text, const std::string& what) {
    int n = 0;
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
    return n;
  };
  for (const std::string& language : Languages()) {
    for (const auto& [key, text] : Read(language)) {
      const std::string where = language + ": " + key + " = " + text;
      for (const std::string& word : never.at(language))
        EXPECT_EQ(text.find(word), std::string::npos) << where;
      // The doctor names what it found, with the mend.
      const bool doctor = key.starts_with("admin.doctor.");
      for (const char* word : {"!", "SQL", "HTTP", "Token", "token", "\"", "..."}) {
        const bool named = doctor && (*word == 'S' || *word == 'H');
        EXPECT_TRUE(named || text.find(word) == std::string::npos) << where;
      }
      if (language == "fr") {
        EXPECT_FALSE(std::regex_search(text, breaks)) << where;
        EXPECT_EQ(count(text, "“"), 0) << where;
      } else if (language == "de") {
        EXPECT_EQ(count(text, "„"), count(text, "“")) << where;
        EXPECT_EQ(count(text, "”"), 0) << where;
      } else {
        EXPECT_EQ(count(text, "“"), 0) << where;
        EXPECT_EQ(count(text, "?"), count(text, "¿")) << where;
      }
    }
  }
}

TEST(WordsOfLanguages, WriteDatesAsTheLanguageHasThem) {
  const DateParts date{2007, 3, 19, 1, 21, 5};
  const DateParts first{2007, 3, 1, 4, 9, 5};
  const Words german("de");
  EXPECT_EQ(german.Date(date), "19. März 2007");
  EXPECT_EQ(german.DateTime(date), "19. März 2007 um 21:05 Uhr");
  EXPECT_EQ(german.DayOfMonth(19), "19.");
  EXPECT_EQ(german.Day(1), "Montag");
  EXPECT_EQ(german.MonthYear(2007, 3), "März 2007");
  const Words french("fr");
  EXPECT_EQ(french.Date(date), "19 mars 2007");
  EXPECT_EQ(french.Date(first), "1er mars 2007");
  EXPECT_EQ(french.DateTime(first), "1er mars 2007 à 9\u00a0h\u00a005");
  EXPECT_EQ(french.DayOfMonth(2), "2");
  EXPECT_EQ(french.Day(1), "lundi");
  const Words spanish("es");
  EXPECT_EQ(spanish.Date(date), "19 de marzo de 2007");
  EXPECT_EQ(spanish.DateTime(date), "19 de marzo de 2007, 21:05");
  EXPECT_EQ(spanish.MonthYear(2007, 3), "marzo de 2007");
  EXPECT_EQ(spanish.Time(date, 1), "9:05 p.\u00a0m.");
  EXPECT_EQ(Words("de", {}, "ymd").Date(date), "2007, 19. März");
  EXPECT_EQ(Words("fr", {}, "mdy").Date(date), "mars 19, 2007");
}

TEST(WordsOfLanguages, GroupNumbersAsTheLanguageDoes) {
  EXPECT_EQ(Words("de").Number(1234), "1.234");
  EXPECT_EQ(Words("de").Number(-1234567), "-1.234.567");
  EXPECT_EQ(Words("fr").Number(12345), "12\u202f345");
  EXPECT_EQ(Words("es").Number(1234), "1234");
  EXPECT_EQ(Words("es").Number(12345), "12.345");
}

TEST(WordsOfLanguages, CountAsTheLanguageDoes) {
  const auto counted = [](const char* language, int64_t n) {
    return Words(language).Plural(word::kCommentsLabel, n);
  };
  EXPECT_EQ(counted("de", 1), "1 Kommentar");
  EXPECT_EQ(counted("de", 0), "0 Kommentare");
  EXPECT_EQ(counted("de", 1000000), "1.000.000 Kommentare");
  EXPECT_EQ(counted("fr", 0), "0 commentaire");
  EXPECT_EQ(counted("fr", 1), "1 commentaire");
  EXPECT_EQ(counted("fr", 2), "2 commentaires");
  EXPECT_EQ(counted("fr", 1000000), "1\u202f000\u202f000 de commentaires");
  EXPECT_EQ(counted("es", 1), "1 comentario");
  EXPECT_EQ(counted("es", 0), "0 comentarios");
  EXPECT_EQ(counted("es", 3000000), "3.000.000 de comentarios");
}

TEST(WordsOfLanguages, ARegionThatIsNotThereSpeaksItsLanguage) {
  const std::map<std::string, std::string> regions = {
      {"de-AT", "Archiv"}, {"de-CH", "Archiv"}, {"fr-CA", "Archives"}, {"es-MX", "Archivo"}};
  for (const auto& [region, archive] : regions) {
    const Words words(region);
    EXPECT_EQ(words.language(), region);
    EXPECT_EQ(words.Get(word::kNavArchive), archive);
    EXPECT_EQ(Words(region.substr(0, 2)).Keys(), words.Keys());
  }
  EXPECT_EQ(Words("fr-CA").Plural(word::kListEntries, 0), "0 billet");
}

TEST(WordsOfLanguages, ThemesReplaceTextsOfEveryLanguage) {
  const Words words("de", "nav.archive = Regal\n");
  EXPECT_EQ(words.Get(word::kNavArchive), "Regal");
  EXPECT_EQ(words.Get(word::kNavSearch), "Suche");
  const Words copy = words;
  EXPECT_EQ(copy.Get(word::kNavMain), "Startseite");
}

}  // namespace
}  // namespace daybook::templates
