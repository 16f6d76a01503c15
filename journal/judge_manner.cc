// Manners of wooing.
#include "journal/judge_manner.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace daybook::journal {
namespace {

// clang-format off
constexpr auto kUrges = std::to_array<std::string_view>({
    "add", "bookmark", "browse", "buy", "call", "check", "checkout", "choose", "claim", "click",
    "contact", "discover", "dm", "donate", "download", "earn", "enter", "explore", "find", "follow",
    "get", "grab", "help", "hit", "inbox", "invest", "join", "look", "make", "order", "pm", "read",
    "register", "search", "see", "share", "shop", "sign", "sub", "subscribe", "support", "text",
    "try", "tweet", "view", "visit", "vote", "watch", "win",
    // German, French, Spanish, Russian
    "abonniere", "abonniert", "besucht", "besuche", "klick", "klickt", "folgt", "kauft", "kaufen",
    "abonnez", "cliquez", "decouvrez", "visitez", "rejoignez", "suscribete", "suscribanse",
    "visita", "visiten", "compra", "haz", "sigueme", "подпишись", "подписывайтесь", "заходите",
    "жми", "переходи", "переходите",
});
// clang-format on
// What may stand before an urge without taking it away.
// clang-format off
constexpr auto kBeforeUrge = std::to_array<std::string_view>({
    "please", "pls", "plz", "plzz", "pleas", "guys", "everyone", "everybody", "and", "so", "go",
    "just", "now", "also", "kindly", "people", "hey", "hi", "hello", "bitte", "svp", "should",
    "must", "can", "пожалуйста",
});
// clang-format on
// clang-format off
constexpr auto kMine = std::to_array<std::string_view>({
    "my", "our", "mein", "meine", "meinen", "meinem", "meiner", "unser", "unsere", "unseren",
    "unserer", "unserem", "mon", "ma", "mes", "notre", "nos", "mi", "mis", "nuestro", "nuestra",
    "нашем", "наш", "мой", "моем",
});
// clang-format on
// clang-format off
constexpr auto kWares = std::to_array<std::string_view>({
    "acc", "account", "album", "app", "beat", "beats", "band", "blog", "book", "books", "brand",
    "business", "campaign", "channel", "chanel", "channels", "clip", "clips", "collection",
    "company", "contest", "cover", "covers", "course", "design", "ebook", "facebook", "fanpage",
    "forum", "game", "games", "giveaway", "group", "insta", "instagram", "link", "mixtape", "movie",
    "music", "newsletter", "online", "page", "pages", "playlist", "portfolio", "post", "posts",
    "product", "products", "profile", "rap", "remix", "remixes", "service", "services", "shop",
    "site", "soundcloud", "store", "stuff", "team", "track", "tracks", "tutorial", "tutorials",
    "twitter", "vid", "video", "videos", "vids", "web", "webpage", "website", "websites", "work",
    "youtube", "angebot", "angebote", "firma", "kanal", "seite", "webseite", "shop", "boutique",
    "chaine", "site", "page", "canal", "pagina", "sitio", "tienda", "канал", "сайт", "сайте",
});
// clang-format on
// Words of six letters and more that are written wrong on purpose, or by haste.
// clang-format off
constexpr auto kKeyWords = std::to_array<std::string_view>({
    "subscribe", "subscriber", "subscribers", "channel", "website", "giveaway", "viagra", "cialis",
    "casino", "pharmacy", "bitcoin", "facebook", "instagram", "whatsapp", "telegram", "discount",
    "replica", "backlinks",
});
// clang-format on
// Good words that are a letter away from one of those.
// clang-format off
constexpr auto kInnocent = std::to_array<std::string_view>({
    "subscribed", "subscribes", "describe", "channels", "websites", "casinos", "replicas",
    "replicate", "replied", "discounts", "discounted", "discontent", "describer", "chapel",
    "chancel", "casing", "cassino", "miscount", "bitcoins", "giveaways", "telegraph", "telegrams",
    "chanel", "flannel", "replicant",
});
// clang-format on

// Before a verb they make it a report: "I subscribe to two papers" asks nobody for anything.
// clang-format off
constexpr auto kSubjects = std::to_array<std::string_view>({
    "i", "we", "he", "she", "they", "who", "people", "ich", "wir", "je", "nous", "yo", "я", "мы",
});
// clang-format on

bool Has(const auto& list, std::string_view word) {
  return !word.empty() && std::any_of(list.begin(), list.end(), [word](std::string_view one) {
    return one[0] == word[0] && one == word;  // the first letter tells most of them apart
  });
}

// Whether one letter too many, too few, another, or two in the wrong order part them.
bool OneSlip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  const std::string_view rest_a = a.substr(same);
  const std::string_view rest_b = b.substr(same);
  if (rest_b.size() > rest_a.size()) return rest_b.substr(1) == rest_a;
  if (rest_a.empty()) return true;
  if (rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
         rest_a.substr(2) == rest_b.substr(2);
}

bool BeginsSentence(std::string_view source, const std::vector<text::FoldedWord>& words, size_t i) {
  if (i == 0) return true;
  const size_t from = words[i - 1].end;
  if (from > words[i].begin) return false;
  const std::string_view gap = source.substr(from, words[i].begin - from);
  return gap.find_first_of(".!?:\n)>*-") != std::string_view::npos;
}

}  // namespace

Manner MannerOf(std::string_view source, const std::vector<text::FoldedWord>& words) {
  Manner manner;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    if (Has(kUrges, word) &&
        (BeginsSentence(source, words, i) || Has(kBeforeUrge, words[i - 1].text)))
      ++manner.urges;
    if (Has(kMine, word)) {
      for (size_t next = i + 1; next < words.size() && next <= i + 3; ++next) {
        if (BeginsSentence(source, words, next)) break;
        if (!Has(kWares, words[next].text)) continue;
        ++manner.own;
        break;
      }
    }
    if (!MeantWord(word).empty()) ++manner.misspelt;
  }
  return manner;
}

bool IsReport(const std::vector<text::FoldedWord>& words, size_t i) {
  return i > 0 && Has(kUrges, words[i].text) && Has(kSubjects, words[i - 1].text);
}

std::string_view MeantWord(std::string_view word) {
  if (word.size() < 6 || word.size() > 12 || Has(kKeyWords, word) || Has(kInnocent, word))
    return {};
  for (const std::string_view key : kKeyWords) {
    if (key[0] == word[0] && OneSlip(word, key)) return key;
  }
  return {};
}

}  // namespace daybook::journal
