// The owner's side of the site map, with the least role of each address. tests/e2e/admin_roles_test
// walks it with everyone.
#include "handlers/admin/door.h"
#include "handlers/admin/pages.h"

#include <array>
#include <utility>

namespace daybook::handlers::admin {
namespace {

using fcgi::kGet;
using fcgi::kPost;

// What was written while a session ended comes along with the log-in.
constexpr std::size_t kText = 8 << 20;
constexpr std::size_t kSmall = 16384, kMedium = 65536;
constexpr std::size_t kPiece = 512 << 10;
// As much as the web servers' configurations let through; one file's limit is media.limit.
constexpr std::size_t kFiles = 64 << 20;

constexpr Row kRows[] = {
    {kGet, "/admin", EntriesPage, Least::kAuthor},
    {kGet, "/admin/sign-in", SignInPage, Least::kAnyone},
    {kPost, "/admin/sign-in", SignInPost, Least::kAnyone, 2 * kText},
    {kPost, "/admin/sign-out", SignOutPost, Least::kAuthor, kSmall},
    {kGet, "/admin/setup", SetupPage, Least::kAnyone},
    {kPost, "/admin/setup", SetupCodePost, Least::kAnyone, kSmall},
    {kPost, "/admin/setup/code", SetupWritePost, Least::kAnyone, kSmall},
    {kPost, "/admin/setup/owner", SetupOwnerPost, Least::kAnyone, kSmall},
    {kGet, "/admin/setup/host", SetupHostPage, Least::kOwner},
    {kPost, "/admin/setup/host", SetupHostPost, Least::kOwner, kSmall, Proof::kToken},
    {kGet, "/admin/import", ImportPage, Least::kOwner},
    {kPost, "/admin/import", ImportStart, Least::kOwner, kSmall},
    {kPost, "/admin/import/go", ImportGo, Least::kOwner, kSmall},
    {kPost, "/admin/import/close", ImportClose, Least::kOwner, kSmall},
    {kPost, "/admin/import/file", ImportUpload, Least::kOwner, kFiles},
    {kPost, "/admin/import/pieces", ImportPiece, Least::kOwner, kPiece},
    {kGet, "/admin/import/state", ImportState, Least::kOwner},
    {kGet, "/admin/doctor", DoctorPage, Least::kOwner},
    {kGet, "/admin/doctor/authorization", DoctorHeader, Least::kAnyone},
    {kGet, "/admin/entries", EntriesPage, Least::kAuthor},
    {kGet, "/admin/pages", PagesPage, Least::kEditor},
    {kGet, "/admin/write", WritePage, Least::kAuthor},
    {kPost, "/admin/write", WritePost, Least::kAuthor, kText},
    {kGet, "/admin/entries/{id:int}", EditPage, Least::kAuthor},
    {kPost, "/admin/entries/{id:int}", EditPost, Least::kAuthor, kText},
    {kPost, "/admin/entries/{id:int}/trash", TrashPost, Least::kAuthor, kSmall},
    {kPost, "/admin/entries/{id:int}/restore", RestorePost, Least::kAuthor, kSmall},
    {kPost, "/admin/entries/{id:int}/erase", ErasePost, Least::kAuthor, kSmall, Proof::kToken},
    {kPost, "/admin/autosave", AutosavePost, Least::kAuthor, kText},
    {kPost, "/admin/live", LivePost, Least::kAuthor, kText},
    {kGet, "/admin/entries/{id:int}/revisions", RevisionsPage, Least::kAuthor},
    {kGet, "/admin/entries/{id:int}/revisions/{revision:int}", RevisionPage, Least::kAuthor},
    {kPost, "/admin/entries/{id:int}/revisions/{revision:int}/restore", RevisionRestorePost,
     Least::kAuthor, kSmall},
    {kPost, "/admin/entries/{id:int}/links", PreviewLinkPost, Least::kAuthor, kSmall},
    {kPost, "/admin/entries/{id:int}/links/{link}/end", PreviewLinkEndPost, Least::kAuthor, kSmall,
     Proof::kToken},
    {kGet, "/admin/preview/{link}", PreviewLinkPage, Least::kAnyone, 0, Proof::kOrigin, true},
    {kPost, "/admin/preview", PreviewPost, Least::kAuthor, kText, Proof::kOrigin, true},
    {kGet, "/admin/media", MediaPage, Least::kAuthor},
    {kPost, "/admin/media", MediaUpload, Least::kAuthor, kFiles},
    {kGet, "/admin/media/list", MediaPicker, Least::kAuthor},
    {kPost, "/admin/media/pieces", MediaPiece, Least::kAuthor, kPiece},
    {kGet, "/admin/media/pieces/{upload}", MediaPieceState, Least::kAuthor},
    {kGet, "/admin/media/{id:int}", MediaItemPage, Least::kAuthor},
    {kPost, "/admin/media/{id:int}", MediaDescribe, Least::kAuthor, kSmall},
    {kPost, "/admin/media/{id:int}/replace", MediaReplace, Least::kAuthor, kFiles},
    {kPost, "/admin/media/{id:int}/erase", MediaErase, Least::kAuthor, kSmall, Proof::kToken},
    {kGet, "/admin/waiting", WaitingPage, Least::kEditor},
    {kPost, "/admin/waiting", WaitingPost, Least::kEditor, kSmall},
    {kPost, "/admin/waiting/undo", WaitingUndoPost, Least::kEditor, kSmall},
    {kPost, "/admin/waiting/erase", WaitingErasePost, Least::kEditor, kSmall, Proof::kToken},
    {kPost, "/admin/waiting/feed", WaitingFeedPost, Least::kEditor, kSmall, Proof::kToken},
    {kGet, "/admin/feed/{secret}", WaitingFeed, Least::kAnyone},
    {kGet, "/admin/waiting/{item}", WaitingItemPage, Least::kEditor},
    {kPost, "/admin/waiting/{item}/block", WaitingBlockPost, Least::kEditor, kSmall},
    {kPost, "/admin/waiting/{item}/reply", WaitingReplyPost, Least::kEditor, kText},
    {kGet, "/admin/recover", RecoverPage, Least::kAnyone},
    {kPost, "/admin/recover", RecoverPost, Least::kAnyone, kSmall},
    {kGet, "/admin/recover/{link}", RecoverLinkPage, Least::kAnyone},
    {kPost, "/admin/recover/{link}", RecoverLinkPost, Least::kAnyone, kSmall},
    {kGet, "/admin/reset", ResetPage, Least::kAnyone},
    {kPost, "/admin/reset", ResetPost, Least::kAnyone, kSmall},
    {kGet, "/admin/account", AccountPage, Least::kAuthor},
    {kPost, "/admin/account", AccountPost, Least::kAuthor, kMedium, Proof::kToken},
    {kPost, "/admin/account/password", PasswordPost, Least::kAuthor, kSmall, Proof::kToken},
    {kPost, "/admin/account/sessions", SessionsPost, Least::kAuthor, kSmall, Proof::kToken},
    {kGet, "/admin/account/codes", SecondPage, Least::kAuthor},
    {kPost, "/admin/account/codes", SecondPost, Least::kAuthor, kSmall, Proof::kToken},
    {kPost, "/admin/account/codes/seen", SecondSeenPost, Least::kAuthor, kSmall},
    {kGet, "/admin/people", PeoplePage, Least::kOwner},
    {kPost, "/admin/people", PeoplePost, Least::kOwner, kSmall, Proof::kToken},
    {kGet, "/admin/people/{id:int}", PersonPage, Least::kOwner},
    {kPost, "/admin/people/{id:int}", PersonPost, Least::kOwner, kMedium, Proof::kToken},
    {kPost, "/admin/people/{id:int}/role", PersonRolePost, Least::kOwner, kSmall, Proof::kToken},
    {kPost, "/admin/people/{id:int}/remove", PersonRemovePost, Least::kOwner, kSmall,
     Proof::kToken},
    {kPost, "/admin/people/{id:int}/invite", PersonInvitePost, Least::kOwner, kSmall,
     Proof::kToken},
    {kPost, "/admin/people/{id:int}/codes", PersonCodesPost, Least::kOwner, kSmall, Proof::kToken},
    {kGet, "/admin/log", LogPage, Least::kOwner},
    {kGet, "/admin/subscribers", SubscribersPage, Least::kOwner},
    {kGet, "/admin/subscribers.csv", SubscribersFile, Least::kOwner},
    {kPost, "/admin/subscribers", SubscribersPost, Least::kOwner, kText, Proof::kToken},
    {kGet, "/admin/mail", MailPage, Least::kOwner},
    {kPost, "/admin/mail", MailPost, Least::kOwner, kSmall, Proof::kToken},
    {kGet, "/admin/mail/test", MailTestPage, Least::kOwner},
    {kGet, "/admin/messages", MessagesPage, Least::kOwner},
    {kPost, "/admin/messages", MessagesPost, Least::kOwner, kSmall},
    {kGet, "/admin/messages/{id:int}", MessagePage, Least::kOwner},
    {kGet, "/admin/mailings", MailingsPage, Least::kOwner},
    {kPost, "/admin/mailings", MailingsPost, Least::kOwner, kSmall, Proof::kToken},
    {kGet, "/admin/mailings/{id:int}", IssuePage, Least::kOwner},
    {kPost, "/admin/mailings/{id:int}", IssuePost, Least::kOwner, kSmall, Proof::kToken},
    {kGet, "/admin/backup", BackupPage, Least::kOwner},
    {kPost, "/admin/backup", BackupPost, Least::kOwner, kSmall, Proof::kToken},
    {kGet, "/admin/backup/state", BackupState, Least::kOwner},
    {kGet, "/admin/backup/file/{file}", BackupFile, Least::kOwner},
    {kGet, "/admin/upgrade", UpgradePage, Least::kOwner},
    {kPost, "/admin/upgrade", UpgradePost, Least::kOwner, kSmall, Proof::kToken},
    {kPost, "/admin/upgrade/file", UpgradeUpload, Least::kOwner, kFiles},
    {kGet, "/admin/upgrade/state", UpgradeStatus, Least::kOwner},
    {kGet, "/admin/blocks", BlocksPage, Least::kEditor},
    {kPost, "/admin/blocks", BlocksPost, Least::kEditor, kSmall},
    {kPost, "/admin/blocks/{id:int}/remove", BlockRemovePost, Least::kEditor, kSmall},
    {kGet, "/admin/site", SiteIndex, Least::kEditor},
    {kGet, "/admin/settings", SettingsPage, Least::kOwner},
    {kPost, "/admin/settings", SettingsPost, Least::kOwner, kSmall * 4},
    {kGet, "/admin/settings/address", AddressPage, Least::kOwner},
    {kPost, "/admin/settings/address", AddressPost, Least::kOwner, kSmall},
    {kPost, "/admin/settings/address/move", AddressMovePost, Least::kOwner, kSmall, Proof::kToken},
    {kGet, "/admin/sidebar", SidebarPage, Least::kOwner},
    {kPost, "/admin/sidebar", SidebarPost, Least::kOwner, kSmall, Proof::kToken},
    {kGet, "/admin/sidebar/{id:int}", SectionPage, Least::kOwner},
    {kPost, "/admin/sidebar/{id:int}", SectionPost, Least::kOwner, kPiece},
    {kPost, "/admin/navigation", NavigationPost, Least::kOwner, kPiece},
    {kGet, "/admin/categories", CategoriesPage, Least::kEditor},
    {kPost, "/admin/categories", CategoriesPost, Least::kEditor, kSmall * 4},
    {kGet, "/admin/categories/{id:int}", CategoryPage, Least::kEditor},
    {kPost, "/admin/categories/{id:int}", CategoryPost, Least::kEditor, kSmall * 4},
    {kPost, "/admin/categories/{id:int}/remove", CategoryRemovePost, Least::kEditor, kSmall,
     Proof::kToken},
    {kGet, "/admin/tags", TagsPage, Least::kEditor},
    {kGet, "/admin/tags/{id:int}", TagPage, Least::kEditor},
    {kPost, "/admin/tags/{id:int}", TagPost, Least::kEditor, kSmall},
    {kPost, "/admin/tags/{id:int}/merge", TagMergePost, Least::kEditor, kSmall, Proof::kToken},
    {kPost, "/admin/tags/{id:int}/remove", TagRemovePost, Least::kEditor, kSmall, Proof::kToken},
    {kGet, "/admin/redirects", RedirectsPage, Least::kOwner},
    {kPost, "/admin/redirects", RedirectsPost, Least::kOwner, kSmall},
    {kGet, "/admin/look", LookPage, Least::kOwner},
    {kPost, "/admin/look", LookPost, Least::kOwner, kSmall},
    {kPost, "/admin/look/style", StylePost, Least::kOwner, kPiece},
    {kGet, "/admin/look/template", TemplatePage, Least::kOwner},
    {kPost, "/admin/look/template", TemplatePost, Least::kOwner, 2 * kPiece, Proof::kToken},
    {kGet, "/admin/statistics", StatisticsPage, Least::kOwner},
    {kPost, "/admin/statistics", StatisticsPost, Least::kOwner, kSmall},
    {kGet, "/admin/trash", TrashPage, Least::kEditor},
    {kPost, "/admin/trash", TrashActPost, Least::kEditor, kSmall, Proof::kToken},
};

template <std::size_t I>
fcgi::Response Through(Context& context) {
  return Enter(context, kRows[I]);
}

template <std::size_t... I>
constexpr std::array<fcgi::Route<Context>, sizeof...(I)> Make(std::index_sequence<I...>) {
  return {{{kRows[I].methods, kRows[I].pattern, Through<I>,
            kRows[I].methods == kGet ? fcgi::Csrf::kNone : fcgi::Csrf::kSameOrigin,
            kRows[I].body_cap, fcgi::Slash::kRedirect, !kRows[I].sidebar}...}};
}
constexpr auto kRoutes = Make(std::make_index_sequence<std::size(kRows)>());

}  // namespace

std::span<const Row> Rows() { return kRows; }
std::span<const fcgi::Route<Context>> Routes() { return kRoutes; }

}  // namespace daybook::handlers::admin
