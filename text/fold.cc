// Words in one plain form. See fold.h.
#include "text/fold.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "text/slug.h"
#include "text/utf8.h"

namespace daybook::text {
namespace {

constexpr size_t kWordMax = 64;  // bytes of a word that are kept
constexpr size_t kApart = 4;     // single letters in a row that make a word

bool In(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool IsInvisible(char32_t c) {
  return c == 0xAD || c == 0x34F || c == 0x61C || In(c, 0x115F, 0x1160) || c == 0x17B4 ||
         c == 0x17B5 || In(c, 0x180B, 0x180E) || In(c, 0x200B, 0x200F) || In(c, 0x202A, 0x202E) ||
         In(c, 0x2060, 0x206F) || c == 0x3164 || In(c, 0xFE00, 0xFE0F) || c == 0xFEFF ||
         c == 0xFFA0 || In(c, 0xFFF9, 0xFFFB) || In(c, 0xE0000, 0xE01EF);
}

bool IsUnspaced(char32_t c) {
  return In(c, 0x0E00, 0x0EFF) || In(c, 0x1000, 0x109F) || In(c, 0x1780, 0x17FF) ||
         In(c, 0x3040, 0x30FF) || In(c, 0x3400, 0x4DBF) || In(c, 0x4E00, 0x9FFF) ||
         In(c, 0xAC00, 0xD7AF) || In(c, 0xF900, 0xFAFF) || In(c, 0xFF66, 0xFF9D) ||
         In(c, 0x20000, 0x3FFFF);
}

bool IsPicture(char32_t c) {
  return In(c, 0x2190, 0x2BFF) || In(c, 0x1F000, 0x1FAFF) || In(c, 0x3008, 0x3030);
}

bool IsCyrillic(char32_t c) { return In(c, 0x400, 0x52F); }
bool IsGreek(char32_t c) { return In(c, 0x370, 0x3FF); }

// Letters of other scripts beyond those tested before; signs and punctuation are none.
bool IsOtherLetter(char32_t c) {
  return IsCyrillic(c) || IsGreek(c) || In(c, 0x250, 0x2AF) || In(c, 0x530, 0x5FF) ||
         In(c, 0x620, 0x669) || In(c, 0x66E, 0x6D3) || In(c, 0x6D5, 0x6FF) || In(c, 0x700, 0xDFF) ||
         In(c, 0xF00, 0xFFF) || In(c, 0x10A0, 0x167F) || In(c, 0x1680, 0x1CFF) ||
         In(c, 0x1F00, 0x1FFF) || In(c, 0x2C00, 0x2DFF) || In(c, 0xA000, 0xABFF) ||
         In(c, 0xFB00, 0xFDFF) || In(c, 0xFE70, 0xFEFC) || In(c, 0x10000, 0x1CFFF);
}

// Letters that are Latin ones in another dress; 0 for every other code point.
char Styled(char32_t c) {
  constexpr std::u32string_view kSmallCapitals =
      U"ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ\0ʏᴢ";
  constexpr std::array<std::pair<char32_t, char>, 22> kLetterlike = {
      {{0x2102, 'c'}, {0x210A, 'g'}, {0x210B, 'h'}, {0x210C, 'h'}, {0x210D, 'h'}, {0x2110, 'i'},
       {0x2111, 'i'}, {0x2112, 'l'}, {0x2113, 'l'}, {0x2115, 'n'}, {0x2119, 'p'}, {0x211A, 'q'},
       {0x211B, 'r'}, {0x211C, 'r'}, {0x211D, 'r'}, {0x2124, 'z'}, {0x212C, 'b'}, {0x212F, 'e'},
       {0x2130, 'e'}, {0x2131, 'f'}, {0x2133, 'm'}, {0x2134, 'o'}}};
  if (In(c, 0x1D400, 0x1D6A3)) return static_cast<char>('a' + (c - 0x1D400) % 26);
  if (In(c, 0x1D7CE, 0x1D7FF)) return static_cast<char>('0' + (c - 0x1D7CE) % 10);
  if (In(c, 0x24B6, 0x24E9)) return static_cast<char>('a' + (c - 0x24B6) % 26);
  if (In(c, 0x249C, 0x24B5)) return static_cast<char>('a' + (c - 0x249C));
  if (In(c, 0x1F110, 0x1F129)) return static_cast<char>('a' + (c - 0x1F110));
  if (In(c, 0x1F130, 0x1F149)) return static_cast<char>('a' + (c - 0x1F130));
  if (In(c, 0x1F150, 0x1F169)) return static_cast<char>('a' + (c - 0x1F150));
  if (In(c, 0x1F170, 0x1F189)) return static_cast<char>('a' + (c - 0x1F170));
  if (size_t at = kSmallCapitals.find(c); c != 0 && at != std::u32string_view::npos)
    return static_cast<char>('a' + at);
  for (const auto& [code, letter] : kLetterlike) {
    if (code == c) return letter;
  }
  return 0;
}

// The Latin letter that a Cyrillic, Greek or other lower-case one is drawn like; 0 if none.
char LatinTwin(char32_t c) {
  constexpr std::u32string_view kFrom = U"аеорсухіјѕһԁԛԝкмтнвгӏαορνκιτυχեօսհոցա";
  constexpr std::string_view kTo = "aeopcyxijshdqwkmthbrlaopvkituxeouhnga";
  static_assert(kFrom.size() == kTo.size());
  if (c < 0x370) return '\0';  // where Greek begins; asked for each letter of a text
  const size_t at = kFrom.find(c);
  return at == std::u32string_view::npos ? '\0' : kTo[at];
}

char32_t Lower(char32_t c) {
  if (In(c, 0x410, 0x42F) || In(c, 0x391, 0x3A9)) return c + 32;
  if (In(c, 0x400, 0x40F)) return c + 80;
  if (In(c, 0x460, 0x481) || In(c, 0x48A, 0x4BF) || In(c, 0x4D0, 0x52F)) return c | 1;
  if (c == 0x4C0) return 0x4CF;
  if (In(c, 0x531, 0x556)) return c + 48;
  return c;
}

// What a digit or sign inside a word stands for: "v1agra", "c@sino".
char Leet(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
      return 'i';
    case '3':
      return 'e';
    case '4':
    case '@':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '7':
      return 't';
    default:
      return c;
  }
}

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

class Folder {
 public:
  explicit Folder(std::string_view text) : text_(text) {}
  FoldedText Run();

 private:
  void Take(char32_t c, size_t begin, size_t end);
  void Latin(char c, bool capital, size_t begin, size_t end);
  void Foreign(char32_t c, bool unspaced, size_t begin, size_t end);
  void Begin(bool unspaced, size_t begin, size_t end);
  void Finish();
  void Plain();
  void JoinApart();
  [[nodiscard]] bool Joins(size_t end) const;

  std::string_view text_;
  FoldedText out_;
  std::u32string word_;
  size_t begin_ = 0, end_ = 0;
  int word_letters_ = 0, word_capitals_ = 0, word_latin_ = 0, word_invisible_ = 0, marks_ = 0;
  bool unspaced_ = false;
  std::vector<size_t> doubtful_;  // words that are wholly twins of Latin letters
  bool really_foreign_ = false;   // some word of that alphabet holds a letter that is no twin
};

FoldedText Folder::Run() {
  size_t at = 0;
  while (at < text_.size()) {
    const Decoded code = DecodeNext(text_, at);
    const size_t begin = at;
    at += std::max<size_t>(code.length, 1);
    if (!code.valid) {
      Finish();
      continue;
    }
    Take(code.code, begin, at);
  }
  Finish();
  if (!really_foreign_ && out_.latin > 0) {
    for (size_t index : doubtful_) {
      std::string plain;
      std::string& word = out_.words[index].text;
      for (size_t i = 0; i < word.size();) {
        const Decoded code = DecodeNext(word, i);
        plain += LatinTwin(code.code);
        i += code.length;
      }
      word = plain;
      ++out_.lookalike;
    }
  }
  JoinApart();
  return std::move(out_);
}

// Whether a letter comes right after the sign that ends at `end`.
bool Folder::Joins(size_t end) const {
  const Decoded next = DecodeNext(text_, end);
  const char32_t c = next.code;
  return next.valid && ((c < 0x80 && IsLetter(static_cast<char>(c | 0x20))) ||
                        (c >= 0xC0 && !IsSpace(c) && !IsPicture(c) && !In(c, 0x2000, 0x206F)));
}

void Folder::Take(char32_t c, size_t begin, size_t end) {
  if (c < 0x80) {
    const char ascii = static_cast<char>(c);
    const bool capital = ascii >= 'A' && ascii <= 'Z';
    const char lower = static_cast<char>(capital ? ascii + 32 : ascii);
    if (IsLetter(lower)) return Latin(lower, capital, begin, end);
    if (IsDigit(ascii)) {
      ++out_.digits;
      Begin(false, begin, end);
      word_ += c;
      return;
    }
    if (ascii == '\'' && !word_.empty() && Joins(end)) return;
    if ((ascii == '@' || ascii == '$') && Joins(end) && (ascii == '$' || !word_.empty())) {
      Begin(false, begin, end);
      word_ += c;
      return;
    }
    return Finish();
  }
  if (IsInvisible(c)) {
    if (c == 0x202D || c == 0x202E) ++out_.invisible;  // turns even Latin words round
    if (word_latin_ > 0 && c != 0xAD && Joins(end)) ++word_invisible_;
    return;
  }
  if (In(c, 0x300, 0x36F) || In(c, 0x1AB0, 0x1AFF) || In(c, 0x1DC0, 0x1DFF) ||
      In(c, 0x20D0, 0x20FF)) {
    if (!word_.empty() && ++marks_ > 3) ++word_invisible_;
    return;
  }
  marks_ = 0;
  if (In(c, 0xFF01, 0xFF5E)) return Take(c - 0xFEE0, begin, end);
  if ((c == 0x2019 || c == 0x2BC || c == 0xB7) && !word_.empty() && Joins(end)) return;
  if (const char plain = Styled(c)) {
    ++out_.styled;
    return IsDigit(plain) ? Take(static_cast<char32_t>(plain), begin, end)
                          : Latin(plain, false, begin, end);
  }
  if (In(c, 0xC0, 0x24F) || In(c, 0x1E00, 0x1EFF)) {
    if (c == 0xD7 || c == 0xF7) return Finish();
    const std::string plain = Transliterate(text_.substr(begin, end - begin));
    for (const char letter : plain) {
      const bool capital = letter >= 'A' && letter <= 'Z';
      const char lower = static_cast<char>(capital ? letter + 32 : letter);
      if (IsLetter(lower)) Latin(lower, capital, begin, end);
    }
    return;
  }
  if (IsUnspaced(c)) {
    ++out_.unspaced;
    return Foreign(c, true, begin, end);
  }
  if (IsPicture(c)) {
    ++out_.pictures;
    return Finish();
  }
  if (IsOtherLetter(c)) {
    const char32_t lower = Lower(c);
    ++out_.letters;
    if (lower != c) ++out_.capitals;
    ++(IsCyrillic(c) ? out_.cyrillic : out_.other_letters);
    Foreign(lower, false, begin, end);
    ++word_letters_;
    if (lower != c) ++word_capitals_;
    return;
  }
  Finish();
}

void Folder::Begin(bool unspaced, size_t begin, size_t end) {
  if (!word_.empty() && unspaced != unspaced_) Finish();
  if (word_.empty()) {
    begin_ = begin;
    unspaced_ = unspaced;
  }
  end_ = end;
}

void Folder::Latin(char c, bool capital, size_t begin, size_t end) {
  Begin(false, begin, end);
  word_ += static_cast<char32_t>(c);
  ++word_letters_;
  ++word_latin_;
  ++out_.letters;
  ++out_.latin;
  if (capital) {
    ++word_capitals_;
    ++out_.capitals;
  }
}

void Folder::Foreign(char32_t c, bool unspaced, size_t begin, size_t end) {
  Begin(unspaced, begin, end);
  word_ += c == U'ё' ? U'е' : c;
}

// Brings word_ into its one form.
void Folder::Plain() {
  if (word_latin_ > 0) {
    bool foreign = false;
    for (char32_t& c : word_) {
      if (c < 0x80) continue;
      if (const char twin = LatinTwin(c)) c = static_cast<char32_t>(twin);
      foreign = true;
    }
    if (foreign) ++out_.lookalike;
    // A digit or sign needs a letter on either side, else "4th" and "mp3" would be read wrong; "$"
    // may begin a word.
    const auto letter = [&](size_t at) {
      return at < word_.size() && word_[at] < 0x80 && IsLetter(static_cast<char>(word_[at]));
    };
    const auto stands_for = [&](size_t at) {
      const char c = word_[at] < 0x80 ? static_cast<char>(word_[at]) : '\0';
      return Leet(c) == c ? '\0' : Leet(c);
    };
    bool leet = false;
    for (size_t i = 0; i < word_.size();) {
      size_t stop = i;
      while (stop < word_.size() && stands_for(stop) != 0) ++stop;
      const bool first = i == 0 && word_[0] == '$';
      if (stop > i && letter(stop) && (first || (i > 0 && letter(i - 1)))) {
        for (; i < stop; ++i) word_[i] = static_cast<char32_t>(stands_for(i));
        leet = true;
      }
      i = stop + 1;
    }
    if (leet) ++out_.lookalike;
  }
  if (unspaced_) return;
  std::u32string shorter;
  bool stretched = false;
  for (size_t i = 0; i < word_.size();) {
    size_t stop = i + 1;
    while (stop < word_.size() && word_[stop] == word_[i]) ++stop;
    const bool digit = word_[i] < 0x80 && IsDigit(static_cast<char>(word_[i]));
    const bool long_run = stop - i >= 3 && !digit;
    shorter.append(long_run ? 1 : stop - i, word_[i]);
    stretched = stretched || long_run;
    i = stop;
  }
  if (stretched) {
    word_ = std::move(shorter);
    ++out_.stretched;
  }
}

void Folder::Finish() {
  marks_ = 0;
  if (!word_.empty()) {
    Plain();
    FoldedWord word;
    bool twins = word_latin_ == 0 && !unspaced_;
    for (const char32_t c : word_) {
      if (word.text.size() + 4 <= kWordMax || unspaced_) AppendUtf8(word.text, c);
      if (LatinTwin(c) == 0) {
        twins = false;
        if (IsCyrillic(c) || IsGreek(c)) really_foreign_ = really_foreign_ || word_latin_ == 0;
      }
    }
    word.begin = begin_;
    word.end = end_;
    word.unspaced = unspaced_;
    word.shouted = word_letters_ >= 2 && word_capitals_ == word_letters_;
    if (twins) doubtful_.push_back(out_.words.size());
    if (word_latin_ > 1) out_.invisible += word_invisible_;
    out_.words.push_back(std::move(word));
  }
  word_.clear();
  word_letters_ = word_capitals_ = word_latin_ = word_invisible_ = 0;
  unspaced_ = false;
}

// "v i a g r a" and "v.i.a.g.r.a" become one word.
void Folder::JoinApart() {
  std::vector<FoldedWord>& words = out_.words;
  const auto single = [](const FoldedWord& word) {
    return !word.unspaced && word.text.size() == 1 && IsLetter(word.text[0]);
  };
  const auto gap = [&](size_t before) {
    return text_.substr(words[before].end, words[before + 1].begin - words[before].end);
  };
  std::vector<FoldedWord> joined;
  joined.reserve(words.size());
  for (size_t i = 0; i < words.size();) {
    size_t stop = i;
    while (stop < words.size() && single(words[stop]) &&
           (stop == i || (words[stop].begin - words[stop - 1].end <= 2 && gap(stop - 1) == gap(i))))
      ++stop;
    // "D-D-D-Drop" is no word in disguise.
    const bool stutter = stop - i >= 2 && words[i].text == words[i + 1].text;
    if (stop - i < kApart || stutter) {
      stop = std::max(stop, i + 1);
      while (i < stop) joined.push_back(std::move(words[i++]));
      continue;
    }
    FoldedWord word = std::move(words[i]);
    for (size_t part = i + 1; part < stop; ++part) {
      if (word.text.size() < kWordMax) word.text += words[part].text;
      word.end = words[part].end;
    }
    ++out_.apart;
    joined.push_back(std::move(word));
    i = stop;
  }
  words = std::move(joined);
}

}  // namespace

FoldedText FoldWords(std::string_view text) { return Folder(text).Run(); }

}  // namespace daybook::text
