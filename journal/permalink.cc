// Patterns of addresses: checked, filled in, and which names nobody may take.
#include "journal/permalink.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

namespace daybook::journal {
namespace {

// The first segments of every page in journal.md 3, of the files that the web server serves, of the
// owner's side and of protocols that have addresses of their own. tests/permalink_test.cc holds the
// site map against it.
constexpr std::array<std::string_view, 39> kReserved = {
    ".well-known", "admin",     "apple-touch-icon.png",
    "archive",     "atom.xml",  "author",
    "category",    "comment",   "comments",
    "confirm",     "contact",   "erase",
    "favicon.ico", "feed",      "feed.json",
    "index.html",  "index.php", "live",
    "media",       "micropub",  "newsletter",
    "opml.xml",    "page",      "preferences",
    "preview",     "privacy",   "receipt",
    "robots.txt",  "rss.xml",   "search",
    "sitemap.xml", "static",    "subscribe",
    "tag",         "trackback", "unsubscribe",
    "webmention",  "websub",    "xmlrpc.php",
};

constexpr std::array<std::string_view, 11> kVariables = {
    "year", "month", "day", "month2", "day2", "hour", "minute", "second", "slug", "id", "author",
};

bool IsDigits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string TwoDigits(int n) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%02d", n);
  return buffer;
}

std::string Expand(std::string_view name, const PermalinkParts& parts) {
  const text::LocalTime& at = parts.date;
  if (name == "year") return std::to_string(at.year);
  if (name == "month") return std::to_string(at.month);
  if (name == "day") return std::to_string(at.day);
  if (name == "month2") return TwoDigits(at.month);
  if (name == "day2") return TwoDigits(at.day);
  if (name == "hour") return TwoDigits(at.hour);
  if (name == "minute") return TwoDigits(at.minute);
  if (name == "second") return TwoDigits(at.second);
  if (name == "id") return std::to_string(parts.id);
  if (name == "author") return parts.author;
  if (name == "category") return parts.category;
  return parts.slug;
}

std::vector<std::string_view> Segments(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // its '/'
    size_t end = std::min(path.find('/'), path.size());
    if (end > 0) segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

}  // namespace

std::optional<PatternProblem> CheckPattern(std::string_view pattern) {
  if (!pattern.starts_with('/'))
    return PatternProblem{"An address pattern begins with “/”, as in /{year}/{month}/{slug}.html.",
                          "pattern.start"};
  if (pattern.size() > 200)
    return PatternProblem{"An address pattern has at most 200 characters.", "pattern.long"};
  bool named = false;
  std::string literal;
  for (size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    if (c == '{') {
      size_t end = pattern.find('}', i);
      std::string_view name =
          pattern.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
      bool known = name == "category" ||
                   std::find(kVariables.begin(), kVariables.end(), name) != kVariables.end();
      if (end == std::string_view::npos || !known) {
        return PatternProblem{
            "“{" + std::string(name) +
                "}” means nothing here. Use {year} {month} {day} {month2} {day2} {hour} {minute} "
                "{second} {slug} {id} "
                "{author} {category}.",
            "pattern.unknown", std::string(name)};
      }
      named = named || name == "slug" || name == "id";
      literal += 'x';
      i = end;
      continue;
    }
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 std::string_view("/-_.~").find(c) != std::string_view::npos;
    if (!plain)
      return PatternProblem{
          "Between its variables an address pattern has letters, digits, and / - _ . ~ only.",
          "pattern.plain"};
    literal += c;
  }
  if (!named)
    return PatternProblem{
        "An address pattern needs {slug} or {id}, so that no two entries get the same address.",
        "pattern.named"};
  if (literal.find("//") != std::string::npos)
    return PatternProblem{"Two “/” beside each other: take one away.", "slashes"};
  std::vector<std::string_view> segments = Segments(literal);
  for (std::string_view segment : segments) {
    if (segment == "." || segment == "..")
      return PatternProblem{"“.” and “..” cannot be a part of an address.", "pattern.plain"};
  }
  if (!segments.empty() && IsReservedName(segments.front())) {
    return PatternProblem{"Addresses that begin with “/" + std::string(segments.front()) +
                              "” are the journal's own. Choose another word.",
                          "pattern.own", std::string(segments.front())};
  }
  // A date alone is an archive's address: "/{year}/{id}" would be taken for a month.
  std::string numbers =
      MakePath(pattern, {.date = {}, .slug = "x", .id = 7, .author = "x", .category = "x"});
  if (IsReservedPath(numbers))
    return PatternProblem{
        "An address of numbers alone is that of an archive. Put a word into the pattern.",
        "pattern.numbers"};
  return std::nullopt;
}

std::string MakePath(std::string_view pattern, const PermalinkParts& parts) {
  std::string path;
  for (size_t i = 0; i < pattern.size(); ++i) {
    size_t end = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      if (pattern[i] != '/' || !path.ends_with('/')) path += pattern[i];
      continue;
    }
    std::string value = Expand(pattern.substr(i + 1, end - i - 1), parts);
    path += path.ends_with('/') && value.starts_with('/') ? value.substr(1) : value;
    i = end;
  }
  return path;
}

std::string PathWithSuffix(std::string_view path, unsigned n) {
  size_t end = path.size();
  while (end > 1 && path[end - 1] == '/') --end;
  size_t slash = path.rfind('/', end - 1);
  size_t dot = path.rfind('.', end - 1);
  bool has_extension = dot != std::string_view::npos && dot > slash + 1 && end - dot <= 6 &&
                       end - dot > 1 && !(path[dot + 1] >= '0' && path[dot + 1] <= '9');
  size_t at = has_extension ? dot : end;
  return std::string(path.substr(0, at)) + "-" + std::to_string(n) + std::string(path.substr(at));
}

bool IsReservedName(std::string_view first_segment) {
  return std::find(kReserved.begin(), kReserved.end(), first_segment) != kReserved.end();
}

bool IsReservedPath(std::string_view path) {
  std::vector<std::string_view> segments = Segments(path);
  if (segments.empty()) return true;  // the front page
  if (IsReservedName(segments.front())) return true;
  // An archive's feeds and further pages.
  const std::string_view last = segments.back();
  if (last == "rss.xml" || last == "atom.xml" || last == "feed.json") {
    segments.pop_back();
  } else if (segments.size() > 2 && IsDigits(last) && segments[segments.size() - 2] == "page") {
    segments.resize(segments.size() - 2);
  }
  if (segments.size() > 3 || segments.front().size() != 4 || !IsDigits(segments.front()))
    return false;
  return std::all_of(segments.begin() + 1, segments.end(),
                     [](std::string_view s) { return s.size() <= 2 && IsDigits(s); });
}

}  // namespace daybook::journal
