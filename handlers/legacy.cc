// Every rule is tried only after nothing of our own was found, so it costs live addresses nothing.
#include "handlers/legacy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "journal/import_media.h"
#include "journal/old_address.h"
#include "text/slug.h"
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

// "/2010/05/03" as "/2010/5/3/", if it is a date and nothing else, and something was written then.
std::optional<std::string> DatePath(Context& context, const Segments& s) {
  using journal::ListKind;
  if (s.empty() || s.size() > 3 || s[0].size() != 4) return std::nullopt;
  std::array<int, 3> date{};
  std::string path = "/";
  for (std::size_t i = 0; i < s.size(); ++i) {
    const auto number = Number(s[i]);
    if (!number || *number == 0 || s[i].size() > 4) return std::nullopt;
    date[i] = *number;
    path.append(std::to_string(*number)).append("/");
  }
  constexpr std::array<ListKind, 3> kKinds = {ListKind::kYear, ListKind::kMonth, ListKind::kDay};
  const journal::ListOf of{kKinds[s.size() - 1], date[0], date[1], date[2], 0};
  if (journal::CountOf(context.tx, of, context.now) == 0) return std::nullopt;
  return path;
}

bool IsArchive(std::string_view path) {
  return path.starts_with("/category/") || path.starts_with("/tag/") ||
         path.starts_with("/author/");
}

// "/category/a/b", "/tag/x", "/author/x": by our names for them, or by an old one.
std::optional<std::string> TermPath(Context& context, const Segments& s) {
  if (s.size() < 2) return std::nullopt;
  const std::string_view slug = s.back();
  if (s[0] == "category" && journal::CategoryBySlug(context.tx, slug))
    return "/category/" + std::string(slug);
  if (s[0] == "tag" && s.size() == 2) {
    const auto tag = journal::TagBySlug(context.tx, slug);
    if (tag && tag->entry_count > 0) return "/tag/" + std::string(slug);
  }
  if (s[0] == "author" && s.size() == 2 && journal::AuthorBySlug(context.tx, slug))
    return "/author/" + std::string(slug);
  if (s[0] != "category" && s[0] != "tag" && s[0] != "author") return std::nullopt;
  const std::string by_name = Join({s[0], slug}, 0, 2);
  const auto renamed = journal::RedirectOf(context.tx, by_name, context.now);
  if (renamed && IsArchive(renamed->path)) return renamed->path;
  return std::nullopt;
}

// Categories and tags under a name that the owner had chosen instead of "category" and "tag":
// "/topics/travel/ireland". What stands between must be categories, too.
std::optional<std::string> TermUnderOwnName(Context& context, const Segments& s) {
  constexpr std::array<std::string_view, 6> kOurs = {"media",  "static",      "wp-content",
                                                     "search", "wp-includes", "admin"};
  if (s.size() < 2 || Number(s[0]) || Number(s.back()) ||
      std::find(kOurs.begin(), kOurs.end(), s[0]) != kOurs.end())
    return std::nullopt;
  for (std::size_t i = 1; i + 1 < s.size(); ++i) {
    if (!journal::CategoryBySlug(context.tx, s[i])) return std::nullopt;
  }
  if (const auto path = TermPath(context, {"category", s.back()})) return path;
  if (s.size() > 2) return std::nullopt;
  return TermPath(context, {"tag", s.back()});
}

// An archive by its old address, without a page number. WordPress put the constant beginning of its
// entries' addresses before them: "/blog/category/a", "/archives/date/2010/05".
std::optional<std::string> ArchivePath(Context& context, const Segments& s) {
  for (std::size_t from = 0; from < std::min<std::size_t>(s.size(), 3); ++from) {
    const Segments rest(s.begin() + static_cast<std::ptrdiff_t>(from), s.end());
    if (const auto date = DatePath(context, rest)) return date;
    if (rest[0] == "date") {
      if (const auto date = DatePath(context, Segments(rest.begin() + 1, rest.end()))) return date;
    }
    if (const auto term = TermPath(context, rest)) return term;
    if (Number(s[from])) break;
  }
  const auto moved = journal::RedirectOf(context.tx, Join(s, 0, s.size()), context.now);
  if (moved && IsArchive(moved->path)) return moved->path;
  return std::nullopt;
}

// The entry or page at this address, with or without a slash at its end.
std::optional<std::string> EntryPath(Context& context, const std::string& path) {
  if (path.empty()) return std::nullopt;
  const auto found = journal::FirstAt(context.tx, {path + "/", path, path + ".html"}, context.now);
  if (found) return found->path;
  for (const std::string& old : {path + "/", path}) {
    const auto moved = journal::RedirectOf(context.tx, old, context.now);
    if (moved && moved->path.size() > 1 && moved->path.starts_with('/') && !IsArchive(moved->path))
      return moved->path;
  }
  return std::nullopt;
}

std::optional<std::string> EntryByDateAndSlug(Context& context, const Segments& s) {
  return journal::EntryByDateAndSlug(context.tx, s, context.now);
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
  if (const auto entry = EntryByDateAndSlug(context, s))
    return journal::SubAddress(*entry, "/comments.xml");
  if (const auto term = TermUnderOwnName(context, s)) return WithFile(*term, FeedFile(type));
  if (s.size() >= 2 && s[0] == "search")
    return "/search?q=" + text::EncodeComponent(s[1]);  // results have no feed
  return std::nullopt;
}

bool IsFeedType(std::string_view s) {
  return s == "rss2" || s == "rss" || s == "feed" || s == "rdf" || s == "atom" || s == "json";
}

std::optional<std::string> DateFromDigits(Context& context, std::string_view m) {
  if (m.size() != 4 && m.size() != 6 && m.size() != 8) return std::nullopt;
  Segments segments{m.substr(0, 4)};
  if (m.size() > 4) segments.push_back(m.substr(4, 2));
  if (m.size() > 6) segments.push_back(m.substr(6, 2));
  return DatePath(context, segments);
}

// What the rules make of a path; nothing if none fits.
std::optional<std::string> MovedPath(Context& context, std::string_view request_path) {
  Segments s = Split(request_path);
  if (s.empty()) return std::nullopt;
  if (s[0] == "index.php" || (s.size() == 1 && s[0] == "index.html")) {
    s.erase(s.begin());
    const std::string& query = context.request.query;
    if (s.empty()) return query.empty() ? "/" : "/?" + query;
    if (const auto entry = EntryPath(context, Join(s, 0, s.size()))) return entry;
  }
  const auto feed = std::find(s.begin(), s.end(), "feed");
  if (feed != s.end() && s.end() - feed <= 2) {
    const std::string_view type = feed + 1 == s.end() ? "rss2" : *(feed + 1);
    if (IsFeedType(type)) {
      if (const auto found = FeedOf(context, Segments(s.begin(), feed), type)) return found;
    }
  }
  constexpr std::array<std::string_view, 10> kFeedNames = {
      "rss",       "atom",     "rdf",         "rss2",        "index.xml",
      "index.rdf", "feed.xml", "wp-rss2.php", "wp-atom.php", "atom.php"};
  if (s.size() == 1 && std::find(kFeedNames.begin(), kFeedNames.end(), s[0]) != kFeedNames.end())
    return FeedFile(s[0].find("atom") != std::string_view::npos ? "atom" : "rss2");
  if (s.size() >= 2 && s[0] == "search") return "/search?q=" + text::EncodeComponent(s[1]);

  if (s.size() >= 2 && s[s.size() - 2] == "page") {
    if (const auto n = Number(s.back())) {
      const Segments before(s.begin(), s.end() - 2);
      const std::string page = *n > 1 ? "/page/" + std::to_string(*n) : "/";
      if (before.empty()) return page;
      auto archive = ArchivePath(context, before);
      if (!archive) archive = TermUnderOwnName(context, before);
      if (archive) return *n > 1 ? WithFile(*archive, page) : *archive;
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
  if (const auto entry = EntryByDateAndSlug(context, s)) return entry;
  if (s.size() >= 2) {
    const std::string_view last = s.back();
    const bool below = last == "trackback" || last == "amp" || last == "embed" || Number(last) ||
                       last.starts_with("comment-page-");
    const Segments above(s.begin(), s.end() - 1);
    if (below) {
      if (const auto entry = EntryPath(context, Join(above, 0, above.size()))) return entry;
      if (const auto entry = EntryByDateAndSlug(context, above)) return entry;
    }
  }
  // Another size of a picture that is here: "/wp-content/uploads/2010/05/x-300x200.jpg".
  if (const auto whole = journal::OriginalName(path)) {
    const auto file = journal::RedirectOf(context.tx, *whole, context.now);
    if (file && file->path.starts_with("/media/")) return file->path;
  }
  // The old journal was in a folder, and this one is not.
  for (std::size_t depth = 1; depth <= 2 && depth < s.size(); ++depth) {
    const auto folder = journal::RedirectOf(context.tx, Join(s, 0, depth), context.now);
    if (!folder || folder->path != "/") continue;
    std::string below = Join(s, depth, s.size()) + (request_path.ends_with('/') ? "/" : "");
    if (journal::EntryByPath(context.tx, below)) return below;
    if (const auto moved = journal::RedirectOf(context.tx, below, context.now)) return moved->path;
    return MovedPath(context, below);
  }
  return TermUnderOwnName(context, s);
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
      if (const auto page = EntryPath(context, "/" + std::string(*named)); page && key != "name") {
        moved = {301, *page};
      } else {
        const std::string slug = text::MakeSlug(named->substr(named->rfind('/') + 1)).str();
        if (const auto link = journal::WithSlug(context.tx, slug, context.now))
          moved = {301, link->path};
      }
    }
    if (!moved && key == "tag" && journal::TagBySlug(context.tx, *named))
      moved = {301, "/tag/" + std::string(*named)};
    if (moved) break;
  }
  const auto feed = value("feed");
  if (moved) {
    if (feed && moved->status != 410 && moved->path.starts_with('/')) {
      moved->path = IsArchive(moved->path) ? moved->path + FeedFile(*feed)
                                           : journal::SubAddress(moved->path, "/comments.xml");
    }
    return moved;
  }
  const auto to = [](std::string path) { return journal::Moved{301, std::move(path)}; };
  if (const auto words = value("s")) return to("/search?q=" + text::EncodeComponent(*words));
  const auto archive = [&](const std::optional<std::string>& path) {
    if (!path) throw fcgi::HttpError(404);
    return to(feed ? WithFile(*path, FeedFile(*feed)) : *path);
  };
  if (const auto name = value("category_name"); name && !name->empty())
    return archive(TermPath(context, {"category", name->substr(name->rfind('/') + 1)}));
  if (const auto name = value("author_name"); name && !name->empty())
    return archive(TermPath(context, {"author", *name}));
  if (const auto m = value("m"); m && Number(*m)) return archive(DateFromDigits(context, *m));
  if (const auto year = value("year"); year && Number(*year)) {
    Segments parts{*year};
    if (const auto month = value("monthnum")) {
      parts.push_back(*month);
      if (const auto day = value("day")) parts.push_back(*day);
    }
    return archive(DatePath(context, parts));
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
  for (const char* key : {"p", "page_id", "attachment_id", "cat", "author"}) {
    if (const auto named = value(key); named && Number(*named)) throw fcgi::HttpError(404);
  }
  for (const char* key : {"name", "pagename", "tag"}) {
    if (const auto named = value(key); named && !named->empty()) throw fcgi::HttpError(404);
  }
  return std::nullopt;
}

std::optional<journal::Moved> MovedToFeed(Context& context) {
  const std::string& query = context.request.query;
  if (query.find("feed=") == std::string::npos || context.request.path == "/" ||
      !context.request.IsRead())
    return std::nullopt;
  const auto type = text::QueryValue(text::ParseQuery(query), "feed");
  if (!type || !IsFeedType(*type)) return std::nullopt;
  Segments s = Split(context.request.path);
  if (s.size() > 1 && s[0] == "index.php") s.erase(s.begin());
  if (!s.empty() && (s[0] == "index.php" || s.back().ends_with(".xml"))) return std::nullopt;
  const auto feed = FeedOf(context, s, *type);
  if (!feed || s.empty()) return std::nullopt;
  return journal::Moved{301, *feed};
}

std::optional<std::string> MovedByRule(Context& context) {
  return MovedPath(context, context.request.path);
}

}  // namespace daybook::handlers
