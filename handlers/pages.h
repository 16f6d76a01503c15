// Every public handler. Each is a function of its Context; which address leads to which is in
// routes.cc.
#pragma once

#include <string>
#include <vector>

#include "handlers/context.h"

namespace daybook::handlers {

// lists.cc
fcgi::Response FrontPage(Context& context);
fcgi::Response YearPage(Context& context);
fcgi::Response MonthPage(Context& context);
fcgi::Response DayPage(Context& context);
fcgi::Response CategoryPage(Context& context);
fcgi::Response PrivacyPage(Context& context);
fcgi::Response TagPage(Context& context);
fcgi::Response AuthorPage(Context& context);
// archive.cc
fcgi::Response ArchivePage(Context& context);
// search_page.cc
fcgi::Response SearchPage(Context& context);
// feeds.cc; {feed} is rss.xml, atom.xml or feed.json
fcgi::Response JournalFeed(Context& context);
fcgi::Response YearFeed(Context& context);
fcgi::Response MonthFeed(Context& context);
fcgi::Response DayFeed(Context& context);
fcgi::Response CategoryFeed(Context& context);
fcgi::Response TagFeed(Context& context);
fcgi::Response AuthorFeed(Context& context);
fcgi::Response CommentsFeed(Context& context);
// site_files.cc
fcgi::Response SitemapFile(Context& context);
fcgi::Response SitemapPart(Context& context);
fcgi::Response RobotsFile(Context& context);
fcgi::Response OpmlFile(Context& context);
fcgi::Response SecurityFile(Context& context);
fcgi::Response FaviconFile(Context& context);
// entry_page.cc
fcgi::Response EntryPage(Context& context, const journal::Entry& entry);
fcgi::Response PrintPage(Context& context, const journal::Entry& entry);
fcgi::Response EntryCommentsFeed(Context& context, const journal::Entry& entry);
// An entry as readers would see it if it were saved like this; `id` 0: it is not kept yet.
fcgi::Response PreviewPage(Context& context, const journal::EntryDraft& draft,
                           const std::vector<std::string>& tags, journal::Id id);
// subscribe.cc
fcgi::Response SubscribePage(Context& context);
fcgi::Response SubscribePost(Context& context);
// subscription.cc
fcgi::Response SubscribeConfirmPage(Context& context);
fcgi::Response SubscribeConfirmPost(Context& context);
fcgi::Response PreferencesPage(Context& context);
fcgi::Response PreferencesPost(Context& context);
fcgi::Response UnsubscribePage(Context& context);
fcgi::Response UnsubscribePost(Context& context);
// friend.cc, friend_link.cc
fcgi::Response FriendPage(Context& context);
fcgi::Response FriendPost(Context& context);
fcgi::Response FriendConfirmPage(Context& context);
fcgi::Response FriendConfirmPost(Context& context);
fcgi::Response NeverPage(Context& context);
fcgi::Response NeverPost(Context& context);
// decide.cc
fcgi::Response DecidePage(Context& context);
fcgi::Response DecidePost(Context& context);
// contact.cc; the signature is in ask.cc
fcgi::Response ContactPage(Context& context);
fcgi::Response ContactPost(Context& context);
fcgi::Response ContactSignature(Context& context);
// comment_pages.cc
fcgi::Response CommentFormPage(Context& context);
fcgi::Response CommentSignature(Context& context);
fcgi::Response CommentReceipt(Context& context);
// comment_post.cc
fcgi::Response PostComment(Context& context);
// comment_own.cc
fcgi::Response ConfirmPage(Context& context);
fcgi::Response ConfirmPost(Context& context);
fcgi::Response OwnComments(Context& context);
fcgi::Response ExportOwn(Context& context);
fcgi::Response EditOwnPage(Context& context);
fcgi::Response EditOwnPost(Context& context);
fcgi::Response LeaveThreadPost(Context& context);
fcgi::Response ErasePage(Context& context);
fcgi::Response ErasePost(Context& context);
fcgi::Response ForgetBrowserPost(Context& context);
// webmention.cc
fcgi::Response WebmentionHelp(Context& context);
fcgi::Response ReceiveWebmention(Context& context);
fcgi::Response LeavePage(Context& context);
fcgi::Response LeavePost(Context& context);
fcgi::Response MentionStatus(Context& context);
// trackback.cc
fcgi::Response ReceiveTrackback(Context& context);
// respond.cc
fcgi::Response RespondPage(Context& context);
fcgi::Response RespondPost(Context& context);
// by_path.cc: whatever no other row of the table takes: entries, pages, what lies below them, old
// addresses
fcgi::Response UnlockedPage(Context& context,
                            const journal::Entry& entry);  // the answer to its password form
fcgi::Response ByPath(Context& context);
fcgi::Response Unlock(Context& context);
fcgi::Response OldQuery(Context& context, const journal::Moved& moved);

}  // namespace daybook::handlers
