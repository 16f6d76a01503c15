#include "handlers/legacy.h"

// Every rule is tried only after nothing of our own was found, so it costs live addresses nothing.
#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "text/url.h"

namespace daybook::handlers {
namespace {

using Segments = std::vector<std::string_view>;

Segments Split(std::string_view path) {
  Segments segments;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (!segment.empty()) segments.push_back(segment);
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return segments;
}

std::optional<int> Number(std::string_view s) {
  int value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error != std::errc() || end != s.data() + s.size() || value < 0) return std::nullopt;
  return value;
}

std::string Join(const Segments& segments, std::size_t from, std::size_t to) {
  std::string path;
  for (std::size_t i = from; i < to; ++i) path.append("/").append(segments[i]);
  return path;
}

std::string FeedFile(std::string_view type) { return type == "atom" ? "/atom.xml" : "/rss.xml"; }

// "/2010/05/03" as "/2010/5/3/", if it is a date and nothing else.
std::optional<std::string> DatePath(const Segments& s) {
  if (s.empty() || s.size() > 3 || s[0].size() != 4) return std::nullopt;
  std::string path = "/";
  for (const std::string_view part : s) {
    const auto number = Number(part);
    if (!number || *number == 0) return std::nullopt;
    path.append(std::to_string(*number)).append("/");
  }
  return path;
}

// An archive by its old address, without a page number: "/category/a/b", "/tag/x", "/author/x", a
// date.
std::optional<std::string> ArchivePath(Context& context, const Segments& s) {
  if (const auto date = DatePath(s)) return date;
  if (s.size() < 2) return std::nullopt;
  const std::string_view slug = s.back();
  if (s[0] == "category" && journal::CategoryBySlug(context.tx, slug))
    return "/category/" + std::string(slug);
  if (s[0] == "tag" && s.size() == 2 && journal::TagBySlug(context.tx, slug))
    return "/tag/" + std::string(slug);
  if (s[0] == "author" && s.size() == 2 && journal::AuthorBySlug(context.tx, slug))
    return "/author/" + std::string(slug);
  return std::nullopt;
}

// The entry or page at this address, with or without a slash at its end.
std::optional<std::string> EntryPath(Context& context, const std::string& path) {
  if (path.empty()) return std::nullopt;
  const auto found = journal::FirstAt(context.tx, {path + "/", path, path + ".html"}, context.now);
  if (found) return found->path;
  const auto moved = journal::RedirectOf(context.tx, path + "/", context.now);
  if (moved && moved->path.starts_with('/')) return moved->path;
  return std::nullopt;
}

std::string WithFile(std::string_view archive, std::string_view file) {
  while (archive.ends_with('/')) archive.remove_suffix(1);
  return std::string(archive).append(file);
}

// The feed of whatever lies at these segments.
std::optional<std::string> FeedOf(Context& context, const Segments& s, std::string_view type) {
  if (s.empty()) return FeedFile(type);
  if (s.size() == 1 && s[0] == "comments") return "/comments" + FeedFile(type);
  if (const auto archive = ArchivePath(context, s)) return WithFile(*archive, FeedFile(type));
  if (const auto entry = EntryPath(context, Join(s, 0, s.size())))
    return journal::SubAddress(*entry, "/comments.xml");
  return std::nullopt;
}

bool IsFeedType(std::string_view s) {
  return s == "rss2" || s == "rss" || s == "rdf" || s == "atom" || s == "json";
}

std::optional<std::string> DateFromDigits(std::string_view m) {
  if (m.size() != 4 && m.size() != 6 && m.size() != 8) return std::nullopt;
  Segments segments{m.substr(0, 4)};
  if (m.size() > 4) segments.push_back(m.substr(4, 2));
  if (m.size() > 6) segments.push_back(m.substr(6, 2));
  return DatePath(segments);
}

}  // namespace

std::optional<journal::Moved> MovedByQuery(Context& context) {
  if (context.request.query.empty()) return std::nullopt;
  const auto query = text::ParseQuery(context.request.query);
  const auto value = [&](std::string_view name) { return text::QueryValue(query, name); };

  // What is named by a number or an old name, the import knows.
  constexpr std::array<std::string_view, 9> kKeys = {
      "p", "page_id", "attachment_id", "cat", "author", "tag", "name", "pagename", "post_type"};
  std::optional<journal::Moved> moved;
  for (const std::string_view key : kKeys) {
    const auto named = value(key);
    if (!named || named->empty()) continue;
    moved = journal::RedirectOf(context.tx, "/?" + std::string(key) + "=" + std::string(*named),
                                context.now);
    if (!moved && (key == "name" || key == "pagename")) {
      if (const auto link = journal::WithSlug(context.tx, *named, context.now))
        moved = {301, link->path};
    }
    if (!moved && key == "tag" && journal::TagBySlug(context.tx, *named))
      moved = {301, "/tag/" + std::string(*named)};
    if (moved) break;
  }
  const auto feed = value("feed");
  if (moved) {
    if (feed && moved->status != 410 && moved->path.starts_with('/')) {
      const bool archive = moved->path.starts_with("/category/") ||
                           moved->path.starts_with("/tag/") || moved->path.starts_with("/author/");
      moved->path = archive ? moved->path + FeedFile(*feed)
                            : journal::SubAddress(moved->path, "/comments.xml");
    }
    return moved;
  }
  const auto to = [](std::string path) { return journal::Moved{301, std::move(path)}; };
  if (const auto words = value("s")) return to("/search?q=" + text::EncodeComponent(*words));
  if (const auto slug = value("category_name"); slug && journal::CategoryBySlug(context.tx, *slug))
    return to("/category/" + std::string(*slug) + (feed ? FeedFile(*feed) : ""));
  if (const auto slug = value("author_name"); slug && journal::AuthorBySlug(context.tx, *slug))
    return to("/author/" + std::string(*slug) + (feed ? FeedFile(*feed) : ""));
  if (const auto m = value("m")) {
    if (const auto date = DateFromDigits(*m)) return to(*date);
  }
  if (const auto year = value("year")) {
    Segments parts{*year};
    if (const auto month = value("monthnum")) {
      parts.push_back(*month);
      if (const auto day = value("day")) parts.push_back(*day);
    }
    if (const auto date = DatePath(parts)) return to(*date);
  }
  if (feed) {
    if (feed->starts_with("comments-")) return to("/comments" + FeedFile(feed->substr(9)));
    return to(FeedFile(*feed));
  }
  if (const auto page = value("paged")) {
    if (const auto n = Number(*page); n && *n > 1) return to("/page/" + std::to_string(*n));
  }
  // Something that is hidden or never was: the front page would be a wrong answer to who asks for
  // it.
  for (const char* key : {"p", "page_id", "attachment_id"}) {
    if (const auto named = value(key); named && Number(*named)) throw fcgi::HttpError(404);
  }
  return std::nullopt;
}

std::optional<std::string> MovedByRule(Context& context) {
  Segments s = Split(context.request.path);
  if (s.empty()) return std::nullopt;
  if (s[0] == "index.php" || (s.size() == 1 && s[0] == "index.html")) {
    s.erase(s.begin());
    if (s.empty()) return "/";
    if (const auto entry = EntryPath(context, Join(s, 0, s.size()))) return entry;
  }
  const auto feed = std::find(s.begin(), s.end(), "feed");
  if (feed != s.end() && s.end() - feed <= 2) {
    const std::string_view type = feed + 1 == s.end() ? "rss2" : *(feed + 1);
    if (IsFeedType(type)) return FeedOf(context, Segments(s.begin(), feed), type);
  }
  if (s.size() == 1 &&
      (s[0] == "rss" || s[0] == "atom" || s[0] == "index.xml" || s[0] == "index.rdf" ||
       s[0] == "rss2" || s[0] == "feed.xml" || s[0] == "wp-rss2.php" || s[0] == "wp-atom.php"))
    return FeedFile(s[0].find("atom") != std::string_view::npos ? "atom" : "rss2");

  if (s.size() >= 2 && s[s.size() - 2] == "page") {
    if (const auto n = Number(s.back())) {
      const Segments before(s.begin(), s.end() - 2);
      const std::string page = *n > 1 ? "/page/" + std::to_string(*n) : "/";
      if (before.empty()) return page;
      if (const auto archive = ArchivePath(context, before))
        return *n > 1 ? WithFile(*archive, page) : *archive;
    }
  }
  if (const auto archive = ArchivePath(context, s); archive && *archive != context.request.path)
    return archive;

  // An entry's address with or without its slash or ".html", or what other engines hang below it.
  std::string path = Join(s, 0, s.size());
  if (path.ends_with("/index.html")) path.resize(path.size() - 11);
  if (const auto entry = EntryPath(context, path)) return entry;
  if (path.ends_with(".html")) {
    if (const auto entry = EntryPath(context, path.substr(0, path.size() - 5))) return entry;
  }
  if (s.size() >= 2) {
    const std::string_view last = s.back();
    const bool below = last == "trackback" || last == "amp" || last == "embed" || Number(last) ||
                       last.starts_with("comment-page-");
    if (below) return EntryPath(context, Join(s, 0, s.size() - 1));
  }
  return std::nullopt;
}

}  // namespace daybook::handlers
