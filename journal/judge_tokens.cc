// What a text is made of.
#include "journal/judge_tokens.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <set>

#include "journal/judge_links.h"
#include "journal/judge_manner.h"
#include "journal/judge_weights.h"
#include "text/fold.h"
#include "text/html_clean.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

constexpr size_t kPathWords = 4;    // of each link's path
constexpr size_t kDigestWords = 5;  // fewer say the same by chance

// What is found in longer words and hosts, too. None that an honest word holds: "specialist".
constexpr auto kRoots = std::to_array<std::string_view>(
    {"casino", "viagra", "levitra", "payday", "backlink", "jackpot", "pornhub", "cheap"});

// Tokens in the order of their worth; the first kTokensMax stay.
class Collector {
 public:
  void Add(std::string name) {
    if (full() || !names_.insert(name).second) return;
    const std::int64_t hash = TokenHash(name);
    tokens_.push_back({hash, std::move(name)});
  }
  [[nodiscard]] bool full() const { return tokens_.size() >= kTokensMax; }
  std::vector<Token> Take() { return std::move(tokens_); }

 private:
  std::set<std::string> names_;
  std::vector<Token> tokens_;
};

std::string_view HostPart(std::string_view address) { return address.substr(0, address.find('/')); }

// "cheap-casino-bonus.example", "bestcasinoonline.example": what a host says of itself.
void AddHostWords(std::string_view host, Collector& collector) {
  for (const std::string_view root : kRoots) {
    if (host.find(root) != std::string_view::npos) collector.Add("u:" + std::string(root));
  }
  if (std::count(host.begin(), host.end(), '-') >= 2) collector.Add("m:link_hyphens");
  size_t taken = 0;
  for (const text::FoldedWord& word : text::FoldWords(host.substr(0, host.rfind('.'))).words) {
    if (word.text.size() >= 3 && ++taken <= kPathWords) collector.Add("u:" + word.text);
  }
}

void AddAddress(std::string_view address, std::string_view kind, Collector& collector) {
  std::string_view host = HostPart(address);
  collector.Add(std::string(kind) + std::string(host));
  AddHostWords(host, collector);
  if (kind != "h:") return;
  const text::FoldedText path = text::FoldWords(address.substr(host.size()));
  size_t taken = 0;
  for (const text::FoldedWord& word : path.words) {
    const bool digits = std::any_of(word.text.begin(), word.text.end(), text::IsAsciiDigit);
    if (word.text.size() < 3 || word.text.size() > 16 || digits) continue;
    collector.Add("u:" + word.text);
    if (++taken == kPathWords) break;
  }
}

std::string_view Bucket(size_t value,
                        std::initializer_list<std::pair<size_t, std::string_view>> to) {
  for (const auto& [below, name] : to) {
    if (value < below) return name;
  }
  return (to.end() - 1)->second;
}

// How it is written: what holds for every language.
void AddManner(const Candidate& candidate, std::string_view body, const SeenText& seen,
               const text::FoldedText& text, Reading& reading, Collector& collector) {
  const size_t words = text.words.size();
  collector.Add("m:links" + std::to_string(std::min(seen.links, 3)));
  if (seen.links > 0) {
    collector.Add("m:link" + std::string(Bucket(
                                 words, {{1, "alone"}, {6, "few"}, {25, "some"}, {0, "many"}})));
  }
  if (seen.links == 1 && !seen.addresses.empty()) {
    const std::string& address = seen.addresses[0];
    const auto slashes = std::count(address.begin(), address.end(), '/');
    if (slashes == 0) collector.Add("m:link_root");
    if (slashes >= 2) collector.Add("m:link_deep");
  }
  if (seen.markup > 0) collector.Add("m:markup");
  if (seen.pictures > 0) collector.Add("m:picture");
  if (seen.disguised > 0) collector.Add("m:disguised");
  if (text.invisible + text.lookalike + text.styled > 0) collector.Add("m:hidden");
  if (text.apart > 0) collector.Add("m:apart");
  const Manner manner = MannerOf(seen.words, text.words);
  if (manner.urges > 0) collector.Add(manner.urges > 1 ? "m:urges2" : "m:urges");
  if (manner.own > 0) collector.Add(manner.own > 1 ? "m:own2" : "m:own");
  if (seen.email) collector.Add("m:email");
  if (seen.telephone) collector.Add("m:telephone");
  if (seen.handle) collector.Add("m:handle");
  if (seen.hashtag) collector.Add("m:hashtag");
  collector.Add("m:length" + std::string(Bucket(words, {{1, "0"},
                                                        {3, "1"},
                                                        {6, "3"},
                                                        {12, "6"},
                                                        {25, "12"},
                                                        {60, "25"},
                                                        {150, "60"},
                                                        {0, "150"}})));
  if (text.letters >= 8 && text.capitals * 10 > text.letters * 6) collector.Add("m:shouted");
  const auto marks = std::count(body.begin(), body.end(), '!');
  if (marks > 0) collector.Add(marks > 2 ? "m:calls3" : "m:calls");
  if (body.find('?') != std::string_view::npos) collector.Add("m:asks");
  if (body.find('$') != std::string_view::npos || body.find("€") != std::string_view::npos ||
      body.find("£") != std::string_view::npos || body.find("₿") != std::string_view::npos ||
      body.find("💰") != std::string_view::npos || body.find("💵") != std::string_view::npos ||
      body.find("🤑") != std::string_view::npos)
    collector.Add("m:money");
  if (text.digits * 3 > text.letters && text.digits > 3) collector.Add("m:digits");
  if (text.cyrillic * 2 > text.letters) collector.Add("m:cyrillic");
  if (text.unspaced > text.letters) collector.Add("m:unspaced");
  if (text.pictures > 2) collector.Add("m:pictures");
  if (text.stretched > 0) collector.Add("m:stretched");
  if (!candidate.author_url.empty()) collector.Add("m:author_url");
  reading.links = seen.links;
  reading.hidden = seen.disguised + text.invisible + text.lookalike + text.styled;
  reading.empty = words == 0 && seen.links == 0 && seen.pictures == 0 && text.pictures == 0;
}

void AddUnspaced(std::string_view run, Collector& collector) {
  std::string before;
  for (size_t at = 0; at < run.size() && !collector.full();) {
    const text::Decoded code = text::DecodeNext(run, at);
    std::string here(run.substr(at, code.length));
    if (!before.empty()) collector.Add("c:" + before + here);
    before = std::move(here);
    at += std::max<size_t>(code.length, 1);
  }
}

void AddWords(const std::vector<text::FoldedWord>& words, size_t first, size_t last,
              Collector& collector) {
  for (size_t i = first; i < last && !collector.full(); ++i) {
    if (words[i].unspaced) {
      AddUnspaced(words[i].text, collector);
      continue;
    }
    // Told, not asked for: a word of its own, of which nothing is known beforehand.
    collector.Add((IsReport(words, i) ? "r:" : "w:") + words[i].text);
    if (const std::string_view meant = MeantWord(words[i].text); !meant.empty())
      collector.Add("w:" + std::string(meant));
    for (const std::string_view root : kRoots) {
      if (words[i].text.size() > root.size() + 1 && words[i].text.find(root) != std::string::npos)
        collector.Add("w:" + std::string(root));
    }
    if (i == 0 || words[i - 1].unspaced) continue;
    std::string pair = words[i - 1].text + " " + words[i].text;
    collector.Add("p:" + pair);
    // Three words only where they are known to go together.
    if (i == 1 || words[i - 2].unspaced) continue;
    std::string three = "s:" + words[i - 2].text + " " + pair;
    if (PriorWeight(three) != 0) collector.Add(std::move(three));
  }
}

void Append(const text::FoldedText& text, Reading& reading) {
  reading.breaks.push_back(reading.words.size());
  for (const text::FoldedWord& word : text.words) reading.words.push_back(word.text);
}

}  // namespace

Reading ReadCandidate(const Candidate& candidate) {
  Reading reading;
  Collector collector;
  const SeenText seen = SeeLinks(candidate.body);
  const text::FoldedText body = text::FoldWords(seen.words);
  const SeenText seen_title = SeeLinks(candidate.title);
  const text::FoldedText title = text::FoldWords(seen_title.words);
  const SeenText seen_name = SeeLinks(candidate.author_name);
  const text::FoldedText name = text::FoldWords(seen_name.words);

  AddManner(candidate, seen.words, seen, body, reading, collector);
  if (body.words.size() >= kDigestWords) {
    std::string all;
    for (const text::FoldedWord& word : body.words) all.append(word.text).append(" ");
    collector.Add("d:" + std::to_string(TokenHash(all)));
  }
  if (seen_name.links > 0) collector.Add("m:name_link");
  if (name.words.size() > 3) collector.Add("m:name_long");

  std::string own = candidate.author_url;
  if (!own.empty() && own.find("://") == std::string::npos) own.insert(0, "https://");
  if (std::string address = ShortAddress(own); !address.empty()) {
    AddAddress(address, "a:", collector);
    reading.addresses.push_back(std::move(address));
  }
  for (const SeenText* from : {&seen, &seen_title, &seen_name}) {
    size_t count = 0;
    for (const std::string& address : from->addresses) {
      if (++count <= 4) AddAddress(address, "h:", collector);
      reading.addresses.push_back(address);
    }
  }
  for (const text::FoldedWord& word : name.words) collector.Add("n:" + word.text);
  AddWords(title.words, 0, std::min<size_t>(title.words.size(), 10), collector);
  // Where there is more than fits, the beginning and the end: who hides something puts it last.
  const size_t count = body.words.size();
  const size_t room = kTokensMax / 4;
  if (count > 2 * room) {
    AddWords(body.words, count - room / 2, count, collector);
    AddWords(body.words, 0, count - room / 2, collector);
  } else {
    AddWords(body.words, 0, count, collector);
  }
  Append(name, reading);
  Append(title, reading);
  Append(body, reading);
  reading.tokens = collector.Take();
  return reading;
}

std::int64_t TokenHash(std::string_view name) {
  // A key of no secrecy: what matters is that nobody finds two names with one hash by chance.
  static constexpr unsigned char kKey[crypto_shorthash_KEYBYTES] = {
      'd', 'a', 'y', 'b', 'o', 'o', 'k', ' ', 'j', 'u', 'd', 'g', 'e', ' ', '1', '.'};
  unsigned char bytes[crypto_shorthash_BYTES];
  crypto_shorthash(bytes, reinterpret_cast<const unsigned char*>(name.data()), name.size(), kKey);
  std::int64_t hash = 0;
  std::memcpy(&hash, bytes, sizeof hash);
  return hash == 0 ? 1 : hash;
}

std::string_view SpokenToken(std::string_view name) {
  if (name.size() < 3 || name.starts_with("m:") || name.starts_with("d:")) return {};
  return name.substr(2);
}

}  // namespace daybook::journal
