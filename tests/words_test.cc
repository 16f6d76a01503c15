// The catalogue: what words.md of the shared texts says stands in it word for word; plurals, dates,
// numbers, themes.
#include "templates/words.h"

#include <gtest/gtest.h>

#include <cctype>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include "templates/embedded.h"
#include "templates/keys.h"
#include "text/config_error.h"

namespace daybook::templates {
namespace {

TEST(Words, EveryTextOfTheSharedTableStandsInTheEnglishCatalogueExactly) {
  const char* given = std::getenv("DAYBOOK_SHARED");
  std::ifstream in((given != nullptr ? std::string(given) : DAYBOOK_SOURCE_DIR "/../shared") +
                   "/words.md");
  if (!in) GTEST_SKIP() << "no shared texts here";
  const Words words("en");
  std::string line;
  bool inside = false;
  int rows = 0;
  while (std::getline(in, line)) {
    if (line.starts_with("## ")) inside = line.starts_with("## Texts");
    if (!inside || !line.starts_with("| ") || line.starts_with("| key") || line.starts_with("|-"))
      continue;
    const size_t bar = line.find(" | ", 2);
    const std::string key = line.substr(2, bar - 2);
    const std::string text = line.substr(bar + 3, line.rfind(" |") - bar - 3);
    ++rows;
    if (const size_t slash = text.find(" / "); slash != std::string::npos) {
      ASSERT_NE(words.Lookup(key + ".one"), nullptr) << key;
      EXPECT_EQ(*words.Lookup(key + ".one"), text.substr(0, slash));
      EXPECT_EQ(*words.Lookup(key + ".other"), text.substr(slash + 3));
    } else {
      ASSERT_NE(words.Lookup(key), nullptr) << key;
      EXPECT_EQ(*words.Lookup(key), text);
    }
  }
  EXPECT_GE(rows, 30);
}

TEST(Words, LabelsThatReadersKnowAreKept) {
  const Words words("en");
  EXPECT_EQ(words.Get(word::kFormTitle), "Post a New Comment");
  EXPECT_EQ(words.Get(word::kCommentsHeading), "Reader Comments");
  EXPECT_EQ(words.Get(word::kFormCreate), "Create Post");
  EXPECT_EQ(words.Get(word::kFormPreview), "Preview Post");
  EXPECT_EQ(words.Get(word::kEntryPrint), "View Printer Friendly Version");
  EXPECT_EQ(words.Get(word::kEntryMail), "Email Article to Friend");
  EXPECT_EQ(words.Get(word::kFormRespond), "My response is on my own website »");
  EXPECT_EQ(words.Get(word::kFormDirect), "I want to leave a comment directly on this site »");
  EXPECT_EQ(words.Get(word::kSubscribeLabel), "Enter email for blog posts");
  EXPECT_EQ(words.Get(word::kNewsletterLink), "Sign up for our Email Newsletter");
}

TEST(Words, NeverBlamesAndNeverShouts) {
  const Words words("en");
  for (const std::string& key : words.Keys()) {
    const std::string& text = *words.Lookup(key);
    for (const char* never :
         {"invalid", "illegal", "failed to", "Oops", "forgot", "!", "SQL", "HTTP", "token"}) {
      // The doctor names what it found, with the mend.
      if (key.starts_with("admin.doctor.") && std::isupper(never[0]) != 0) continue;
      EXPECT_EQ(text.find(never), std::string::npos) << key << ": " << text;
    }
  }
}

TEST(Words, OneAndMany) {
  const Words words("en");
  EXPECT_EQ(words.Plural(word::kCommentsLabel, 1), "1 Comment");
  EXPECT_EQ(words.Plural(word::kCommentsLabel, 2), "2 Comments");
  EXPECT_EQ(words.Plural(word::kCommentsLabel, 1234), "1,234 Comments");
  EXPECT_EQ(words.Plural(word::kSearchCount, 2, {{"q", "{n} <x>"}}), "2 results for “{n} <x>”");
}

TEST(Words, FollowsThePluralRulesOfEachLanguage) {
  const std::string extra =
      "comments.label.one = one\ncomments.label.many = many\ncomments.label.other = other\n";
  const auto form = [&](const char* language, int64_t n) {
    return Words(language, extra).Plural(word::kCommentsLabel, n);
  };
  for (const char* language : {"en", "de", "es", "fr"}) {
    EXPECT_EQ(form(language, 1), "one") << language;
    EXPECT_EQ(form(language, 2), "other") << language;
  }
  EXPECT_EQ(form("en", 0), "other");
  EXPECT_EQ(form("de", 0), "other");
  EXPECT_EQ(form("fr", 0), "one");
  EXPECT_EQ(form("fr", 1000000), "many");
  EXPECT_EQ(form("es", 2000000), "many");
  EXPECT_EQ(form("de", 1000000), "other");
}

TEST(Words, WritesDatesAsTheLanguageHasThem) {
  const DateParts date{2007, 3, 19, 1, 21, 5};
  const Words american("en");
  EXPECT_EQ(american.Date(date), "March 19, 2007");
  EXPECT_EQ(american.DateTime(date), "March 19, 2007 at 9:05 PM");
  EXPECT_EQ(american.Time(date, 0), "21:05");
  EXPECT_EQ(american.MonthYear(2007, 3), "March 2007");
  EXPECT_EQ(american.Day(date.weekday), "Monday");
  EXPECT_EQ(american.MonthShort(date.month), "Mar");
  const Words british("en-GB");
  EXPECT_EQ(british.language(), "en-GB");
  EXPECT_EQ(british.DateTime(date), "19 March 2007 at 21:05");
  EXPECT_EQ(british.Get(word::kFormTitle), "Post a New Comment");
}

TEST(Words, NoonAndMidnightAreTwelve) {
  const Words words("en");
  EXPECT_EQ(words.Time({2007, 1, 1, 1, 0, 7}), "12:07 AM");
  EXPECT_EQ(words.Time({2007, 1, 1, 1, 12, 0}), "12:00 PM");
  EXPECT_EQ(words.Time({2007, 1, 1, 1, 11, 59}), "11:59 AM");
  EXPECT_EQ(words.Time({2007, 1, 1, 1, 0, 7}, 0), "0:07");
}

TEST(Words, NumbersAreGroupedByThousands) {
  const Words words("en");
  EXPECT_EQ(words.Number(0), "0");
  EXPECT_EQ(words.Number(999), "999");
  EXPECT_EQ(words.Number(1000), "1,000");
  EXPECT_EQ(words.Number(-1234567), "-1,234,567");
}

TEST(Words, AnUnknownLanguageIsEnglish) {
  EXPECT_EQ(Words("tlh").Get(word::kNavArchive), "Archive");
  EXPECT_EQ(Words("").Get(word::kNavArchive), "Archive");
}

TEST(Words, AThemeReplacesSingleTexts) {
  const Words words("en", "# mine\nnav.archive = The shelf\n");
  EXPECT_EQ(words.Get(word::kNavArchive), "The shelf");
  EXPECT_EQ(words.Get(word::kNavMain), "Main");
  EXPECT_THROW(Words("en", "no equals sign\n"), text::ConfigError);
}

TEST(Words, ValuesAreNotLookedAtForFurtherNames) {
  EXPECT_EQ(Fill("{a} {b} {", {{"a", "{b}"}, {"b", "x"}}), "{b} x {");
  EXPECT_EQ(Fill("{unknown}", {}), "{unknown}");
}

// Other languages: words_languages_test.cc.
TEST(Words, ARegionHasOnlyKeysOfEnglish) {
  const Words english("en");
  const std::vector<std::string> keys = english.Keys();
  const std::set<std::string> known(keys.begin(), keys.end());
  for (const EmbeddedCatalogue& catalogue : EmbeddedWords()) {
    for (const EmbeddedWord& word : catalogue.words)
      EXPECT_EQ(known.count(std::string(word.key)), 1u) << catalogue.language << ": " << word.key;
  }
}

}  // namespace
}  // namespace daybook::templates
