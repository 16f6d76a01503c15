// The whole site map. First match wins; the last row takes everything that is left.
#include "handlers/routes.h"

#include "handlers/admin/visit.h"
#include "handlers/pages.h"

namespace daybook::handlers {
namespace {

using fcgi::Csrf;
using fcgi::kGet;
using fcgi::kPost;
using fcgi::Slash;
using Row = fcgi::Route<Context>;

// Of the forms that give back what was typed, however much too long it is: 1 MiB of text takes
// three times that where each of its bytes is an escape.
constexpr std::size_t kTextBody = 4 * 1024 * 1024;

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
    {kGet, "/favicon.ico", FaviconFile},
    {kGet, "/.well-known/security.txt", SecurityFile},
    {kGet, "/privacy", PrivacyPage},
    {kGet, "/subscribe", SubscribePage},
    {kPost, "/subscribe", SubscribePost, Csrf::kReader, 4096},
    {kGet, "/newsletter", SubscribePage},
    // From mails; the token proves it, and one click of a mail program is a POST (RFC 8058).
    {kGet, "/subscribe/confirm/{token}", SubscribeConfirmPage, Csrf::kNone, 0, Slash::kRedirect,
     true},
    {kPost, "/subscribe/confirm/{token}", SubscribeConfirmPost, Csrf::kAnyOrigin, 4096,
     Slash::kRedirect, true},
    {kGet, "/preferences/{token}", PreferencesPage, Csrf::kNone, 0, Slash::kRedirect, true},
    {kPost, "/preferences/{token}", PreferencesPost, Csrf::kAnyOrigin, 8192, Slash::kRedirect,
     true},
    {kGet, "/unsubscribe/{token}", UnsubscribePage, Csrf::kNone, 0, Slash::kRedirect, true},
    {kPost, "/unsubscribe/{token}", UnsubscribePost, Csrf::kAnyOrigin, 8192, Slash::kRedirect,
     true},
    // Below an entry mailed to a friend: no mail of any kind, ever.
    {kGet, "/unsubscribe/all/{token}", NeverPage, Csrf::kNone, 0, Slash::kRedirect, true},
    {kPost, "/unsubscribe/all/{token}", NeverPost, Csrf::kAnyOrigin, 8192, Slash::kRedirect, true},
    {kGet, "/contact", ContactPage},
    {kPost, "/contact", ContactPost, Csrf::kReader, kTextBody},
    {kGet, "/contact/sign", ContactSignature, Csrf::kNone, 0, Slash::kRedirect, true},
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
    {kGet, "/{year:year}/", YearPage},
    {kGet, "/{year:year}/page/{n:int}", YearPage},
    {kGet, "/{year:year}/rss.xml", YearFeed},
    {kGet, "/{year:year}/atom.xml", YearFeed},
    {kGet, "/{year:year}/feed.json", YearFeed},
    {kGet, "/{year:year}/{month:two}/", MonthPage},
    {kGet, "/{year:year}/{month:two}/page/{n:int}", MonthPage},
    {kGet, "/{year:year}/{month:two}/rss.xml", MonthFeed},
    {kGet, "/{year:year}/{month:two}/atom.xml", MonthFeed},
    {kGet, "/{year:year}/{month:two}/feed.json", MonthFeed},
    {kGet, "/{year:year}/{month:two}/{day:two}/", DayPage},
    {kGet, "/{year:year}/{month:two}/{day:two}/page/{n:int}", DayPage},
    {kGet, "/{year:year}/{month:two}/{day:two}/rss.xml", DayFeed},
    {kGet, "/{year:year}/{month:two}/{day:two}/atom.xml", DayFeed},
    {kGet, "/{year:year}/{month:two}/{day:two}/feed.json", DayFeed},
    // The same under two addresses: below the entry's own, and below /comment, where a reader's
    // cookie is sent and where the forms go.
    {kGet, "/comment/sign/{entry:int}", CommentSignature, Csrf::kNone, 0, Slash::kRedirect, true},
    {kGet, "/comment/receipt/{receipt}", CommentReceipt, Csrf::kNone, 0, Slash::kRedirect, true},
    {kGet, "/comment/confirm/{token}", ConfirmPage, Csrf::kNone, 0, Slash::kRedirect, true},
    {kPost, "/comment/confirm/{token}", ConfirmPost, Csrf::kReader, 4096, Slash::kRedirect, true},
    // From the mails about comments, also with one click (RFC 8058); the token proves it.
    {kGet, "/comment/unfollow/{token}", LeavePage, Csrf::kNone, 0, Slash::kRedirect, true},
    {kPost, "/comment/unfollow/{token}", LeavePost, Csrf::kAnyOrigin, 4096, Slash::kRedirect, true},
    {kGet, "/comment/mine", OwnComments, Csrf::kNone, 0, Slash::kRedirect, true},
    {kGet, "/comment/mine.json", ExportOwn, Csrf::kNone, 0, Slash::kRedirect, true},
    {kGet, "/comment/edit/{id:int}", EditOwnPage, Csrf::kNone, 0, Slash::kRedirect, true},
    {kPost, "/comment/edit/{id:int}", EditOwnPost, Csrf::kReader, kTextBody, Slash::kRedirect,
     true},
    {kPost, "/comment/leave/{entry:int}", LeaveThreadPost, Csrf::kReader, 4096, Slash::kRedirect,
     true},
    {kGet, "/comment/erase", ErasePage, Csrf::kNone, 0, Slash::kRedirect, true},
    {kPost, "/comment/erase", ErasePost, Csrf::kReader, 4096, Slash::kRedirect, true},
    {kPost, "/comment/forget", ForgetBrowserPost, Csrf::kReader, 4096, Slash::kRedirect, true},
    {kGet, "/comment/friend/{token}", FriendConfirmPage, Csrf::kNone, 0, Slash::kRedirect, true},
    {kPost, "/comment/friend/{token}", FriendConfirmPost, Csrf::kReader, 4096, Slash::kRedirect,
     true},
    {kGet, "/comment/decide/{token}", DecidePage, Csrf::kNone, 0, Slash::kRedirect, true},
    {kPost, "/comment/decide/{token}", DecidePost, Csrf::kAnyOrigin, 4096, Slash::kRedirect, true},
    {kGet, "/comment/mail/{entry:path}", FriendPage, Csrf::kNone, 0, Slash::kExact},
    {kPost, "/comment/mail/{entry:path}", FriendPost, Csrf::kReader, kTextBody, Slash::kExact},
    {kGet, "/{entry:path}/mail", FriendPage, Csrf::kNone, 0, Slash::kExact},
    {kPost, "/{entry:path}/mail", FriendPost, Csrf::kReader, kTextBody, Slash::kExact},
    {kGet, "/comment/on/{entry:path}", CommentFormPage, Csrf::kNone, 0, Slash::kExact, true},
    {kPost, "/comment/on/{entry:path}", PostComment, Csrf::kReader, kTextBody, Slash::kExact, true},
    {kGet, "/{entry:path}/comment", CommentFormPage, Csrf::kNone, 0, Slash::kExact},
    {kPost, "/{entry:path}/comment", PostComment, Csrf::kReader, kTextBody, Slash::kExact, true},
    {kGet, "/webmention", WebmentionHelp},
    {kPost, "/webmention", ReceiveWebmention, Csrf::kAnyOrigin, 16384, Slash::kRedirect, true},
    {kGet, "/webmention/{token}", MentionStatus},
    {kGet, "/{entry:path}/trackback", ByPath, Csrf::kNone, 0, Slash::kExact},
    {kPost, "/{entry:path}/trackback", ReceiveTrackback, Csrf::kAnyOrigin, 65536, Slash::kExact,
     true},
    {kGet, "/{entry:path}/respond", RespondPage, Csrf::kNone, 0, Slash::kExact},
    {kPost, "/{entry:path}/respond", RespondPost, Csrf::kReader, kTextBody, Slash::kExact},
    {kGet, "/{rest:path}", ByPath, Csrf::kNone, 0, Slash::kExact},
    // Reading an entry behind a password: the form asks with POST so that the word is in no address
    // and no log.
    {kPost, "/{rest:path}", Unlock, Csrf::kAnyOrigin, 4096, Slash::kExact},
};

bool IsOwners(std::string_view path) {
  constexpr std::string_view kOwners = "/admin";
  return path.starts_with(kOwners) &&
         (path.size() == kOwners.size() || path[kOwners.size()] == '/');
}

}  // namespace

std::span<const Row> Routes() { return kRoutes; }

std::span<const Row> RoutesFor(std::string_view path) {
  return IsOwners(path) ? admin::Routes() : Routes();
}

fcgi::Rank RankOf(const fcgi::Request& request, const Row& row) {
  if (row.handler == SearchPage) return fcgi::Rank::kSearch;
  return request.IsRead() || IsOwners(request.path) ? fcgi::Rank::kRead : fcgi::Rank::kWrite;
}

}  // namespace daybook::handlers
