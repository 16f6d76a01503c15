// The whole site map. First match wins; the last row takes everything that is left.
#include "handlers/routes.h"

#include "handlers/pages.h"

namespace daybook::handlers {
namespace {

using fcgi::Csrf;
using fcgi::kGet;
using fcgi::kPost;
using fcgi::Slash;
using Row = fcgi::Route<Context>;

constexpr Row kRoutes[] = {
    {kGet, "/", FrontPage},
    {kGet, "/page/{n:int}", FrontPage, Csrf::kNone, 0, Slash::kExact},
    {kGet, "/archive", ArchivePage},
    {kGet, "/search", SearchPage},
    {kGet, "/rss.xml", JournalFeed},
    {kGet, "/atom.xml", JournalFeed},
    {kGet, "/feed.json", JournalFeed},
    {kGet, "/comments/rss.xml", CommentsFeed},
    {kGet, "/comments/atom.xml", CommentsFeed},
    {kGet, "/comments/feed.json", CommentsFeed},
    {kGet, "/sitemap.xml", SitemapFile},
    {kGet, "/sitemap-{n:int}.xml", SitemapPart},
    {kGet, "/robots.txt", RobotsFile},
    {kGet, "/opml.xml", OpmlFile},
    {kGet, "/.well-known/security.txt", SecurityFile},
    {kGet, "/subscribe", SubscribePage},
    {kPost, "/subscribe", SubscribePost, Csrf::kReader, 4096},
    {kGet, "/newsletter", SubscribePage},
    {kGet, "/category/{slug}", CategoryPage, Csrf::kNone, 0, Slash::kExact},
    {kGet, "/category/{slug}/page/{n:int}", CategoryPage, Csrf::kNone, 0, Slash::kExact},
    {kGet, "/category/{slug}/rss.xml", CategoryFeed},
    {kGet, "/category/{slug}/atom.xml", CategoryFeed},
    {kGet, "/category/{slug}/feed.json", CategoryFeed},
    {kGet, "/tag/{slug}", TagPage, Csrf::kNone, 0, Slash::kExact},
    {kGet, "/tag/{slug}/page/{n:int}", TagPage, Csrf::kNone, 0, Slash::kExact},
    {kGet, "/tag/{slug}/rss.xml", TagFeed},
    {kGet, "/tag/{slug}/atom.xml", TagFeed},
    {kGet, "/tag/{slug}/feed.json", TagFeed},
    {kGet, "/author/{slug}", AuthorPage, Csrf::kNone, 0, Slash::kExact},
    {kGet, "/author/{slug}/page/{n:int}", AuthorPage, Csrf::kNone, 0, Slash::kExact},
    {kGet, "/author/{slug}/rss.xml", AuthorFeed},
    {kGet, "/author/{slug}/atom.xml", AuthorFeed},
    {kGet, "/author/{slug}/feed.json", AuthorFeed},
    {kGet, "/{year:int}/", YearPage},
    {kGet, "/{year:int}/page/{n:int}", YearPage},
    {kGet, "/{year:int}/rss.xml", YearFeed},
    {kGet, "/{year:int}/atom.xml", YearFeed},
    {kGet, "/{year:int}/feed.json", YearFeed},
    {kGet, "/{year:int}/{month:int}/", MonthPage},
    {kGet, "/{year:int}/{month:int}/page/{n:int}", MonthPage},
    {kGet, "/{year:int}/{month:int}/rss.xml", MonthFeed},
    {kGet, "/{year:int}/{month:int}/atom.xml", MonthFeed},
    {kGet, "/{year:int}/{month:int}/feed.json", MonthFeed},
    {kGet, "/{year:int}/{month:int}/{day:int}/", DayPage},
    {kGet, "/{year:int}/{month:int}/{day:int}/page/{n:int}", DayPage},
    {kGet, "/{year:int}/{month:int}/{day:int}/rss.xml", DayFeed},
    {kGet, "/{year:int}/{month:int}/{day:int}/atom.xml", DayFeed},
    {kGet, "/{year:int}/{month:int}/{day:int}/feed.json", DayFeed},
    {kGet, "/{rest:path}", ByPath, Csrf::kNone, 0, Slash::kExact},
    // Reading an entry behind a password: the form asks with POST so that the word is in no address
    // and no log.
    {kPost, "/{rest:path}", Unlock, Csrf::kAnyOrigin, 4096, Slash::kExact},
};

}  // namespace

std::span<const Row> Routes() { return kRoutes; }

}  // namespace daybook::handlers
