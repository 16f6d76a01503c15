// Text as an eye reads it: words in one plain form, whatever case, accents, fonts or disguises they
// wear ("Ѕ𝗎b\u200Bscríbe" -> "subscribe"). For judging what strangers write; it is not the folding
// of the search index, and nothing that it gives is ever shown as the writer's text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::text {

struct FoldedWord {
  std::string text;  // UTF-8, lower case
  size_t begin = 0;  // bytes in the source
  size_t end = 0;
  bool unspaced = false;  // of a script that is written without spaces: a run, not a word
  bool shouted = false;   // two or more letters, all of them capitals
};

struct FoldedText {
  std::vector<FoldedWord> words;  // in their order
  // How often something looked like one thing and was another.
  int invisible = 0;  // characters without a width inside a Latin word
  int lookalike = 0;  // letters of another alphabet, digits or signs in a word's place
  int styled = 0;     // letters of mathematics, in circles, small capitals
  int apart = 0;      // words written with a space or dot after each letter
  int stretched = 0;  // words with a letter three or more times: "pleeease"
  // Code points by class.
  int letters = 0, capitals = 0, digits = 0, latin = 0, cyrillic = 0, unspaced = 0, pictures = 0,
      other_letters = 0;
};

// Linear. Bad UTF-8 ends a word.
[[nodiscard]] FoldedText FoldWords(std::string_view text);

}  // namespace daybook::text
