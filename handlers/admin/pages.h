// Every handler of the owner's side. Which address leads to which, and for whom, is in routes.cc.
#pragma once

#include "handlers/admin/visit.h"

namespace daybook::handlers::admin {

// sign_in.cc
fcgi::Response SignInPage(Visit& visit);
fcgi::Response SignInPost(Visit& visit);
fcgi::Response SignOutPost(Visit& visit);
// setup.cc, setup_host.cc
fcgi::Response SetupPage(Visit& visit);
fcgi::Response SetupCodePost(Visit& visit);
fcgi::Response SetupWritePost(Visit& visit);
fcgi::Response SetupOwnerPost(Visit& visit);
fcgi::Response SetupHostPage(Visit& visit);
fcgi::Response SetupHostPost(Visit& visit);
// import.cc, import_files.cc
fcgi::Response ImportPage(Visit& visit);
fcgi::Response ImportStart(Visit& visit);
fcgi::Response ImportGo(Visit& visit);
fcgi::Response ImportClose(Visit& visit);
fcgi::Response ImportState(Visit& visit);
fcgi::Response ImportUpload(Visit& visit);
fcgi::Response ImportPiece(Visit& visit);
// doctor.cc
fcgi::Response DoctorPage(Visit& visit);
fcgi::Response DoctorHeader(Visit& visit);
// entries.cc
fcgi::Response EntriesPage(Visit& visit);
fcgi::Response PagesPage(Visit& visit);
// write.cc
fcgi::Response WritePage(Visit& visit);
fcgi::Response WritePost(Visit& visit);
fcgi::Response EditPage(Visit& visit);
fcgi::Response EditPost(Visit& visit);
fcgi::Response TrashPost(Visit& visit);
fcgi::Response RestorePost(Visit& visit);
fcgi::Response ErasePost(Visit& visit);
fcgi::Response PreviewPost(Visit& visit);
// drafts.cc
fcgi::Response AutosavePost(Visit& visit);
fcgi::Response LivePost(Visit& visit);
fcgi::Response RevisionsPage(Visit& visit);
fcgi::Response RevisionPage(Visit& visit);
fcgi::Response RevisionRestorePost(Visit& visit);
fcgi::Response PreviewLinkPost(Visit& visit);
fcgi::Response PreviewLinkEndPost(Visit& visit);
fcgi::Response PreviewLinkPage(Visit& visit);
// media.cc, media_item.cc, media_upload.cc
fcgi::Response MediaPage(Visit& visit);
fcgi::Response MediaItemPage(Visit& visit);
fcgi::Response MediaDescribe(Visit& visit);
fcgi::Response MediaReplace(Visit& visit);
fcgi::Response MediaErase(Visit& visit);
fcgi::Response MediaUpload(Visit& visit);
fcgi::Response MediaPiece(Visit& visit);
fcgi::Response MediaPieceState(Visit& visit);
fcgi::Response MediaPicker(Visit& visit);
// queue.cc, queue_item.cc
fcgi::Response WaitingPage(Visit& visit);
fcgi::Response WaitingPost(Visit& visit);
fcgi::Response WaitingUndoPost(Visit& visit);
fcgi::Response WaitingErasePost(Visit& visit);
fcgi::Response WaitingItemPage(Visit& visit);
fcgi::Response WaitingBlockPost(Visit& visit);
fcgi::Response WaitingReplyPost(Visit& visit);
// queue_feed.cc
fcgi::Response WaitingFeedPost(Visit& visit);
fcgi::Response WaitingFeed(Visit& visit);
// blocks.cc
fcgi::Response BlocksPage(Visit& visit);
fcgi::Response BlocksPost(Visit& visit);
fcgi::Response BlockRemovePost(Visit& visit);
// site.cc
fcgi::Response SiteIndex(Visit& visit);
// settings.cc
fcgi::Response SettingsPage(Visit& visit);
fcgi::Response SettingsPost(Visit& visit);
fcgi::Response AddressPage(Visit& visit);
fcgi::Response AddressPost(Visit& visit);
fcgi::Response AddressMovePost(Visit& visit);
// sidebar.cc
fcgi::Response SidebarPage(Visit& visit);
fcgi::Response SidebarPost(Visit& visit);
fcgi::Response NavigationPost(Visit& visit);
fcgi::Response SectionPage(Visit& visit);
fcgi::Response SectionPost(Visit& visit);
// terms.cc
fcgi::Response CategoriesPage(Visit& visit);
fcgi::Response CategoriesPost(Visit& visit);
fcgi::Response CategoryPage(Visit& visit);
fcgi::Response CategoryPost(Visit& visit);
fcgi::Response CategoryRemovePost(Visit& visit);
fcgi::Response TagsPage(Visit& visit);
fcgi::Response TagPage(Visit& visit);
fcgi::Response TagPost(Visit& visit);
fcgi::Response TagMergePost(Visit& visit);
fcgi::Response TagRemovePost(Visit& visit);
// redirects.cc
fcgi::Response RedirectsPage(Visit& visit);
fcgi::Response RedirectsPost(Visit& visit);
fcgi::Response TrashPage(Visit& visit);
fcgi::Response TrashActPost(Visit& visit);
// recover.cc
fcgi::Response RecoverPage(Visit& visit);
fcgi::Response RecoverPost(Visit& visit);
fcgi::Response RecoverLinkPage(Visit& visit);
fcgi::Response RecoverLinkPost(Visit& visit);
fcgi::Response ResetPage(Visit& visit);
fcgi::Response ResetPost(Visit& visit);
// account.cc
fcgi::Response AccountPage(Visit& visit);
fcgi::Response AccountPost(Visit& visit);
fcgi::Response PasswordPost(Visit& visit);
fcgi::Response SessionsPost(Visit& visit);
fcgi::Response SecondPage(Visit& visit);
fcgi::Response SecondPost(Visit& visit);
fcgi::Response SecondSeenPost(Visit& visit);
// people.cc, log.cc
fcgi::Response PeoplePage(Visit& visit);
fcgi::Response PeoplePost(Visit& visit);
fcgi::Response PersonPage(Visit& visit);
fcgi::Response PersonPost(Visit& visit);
fcgi::Response PersonRolePost(Visit& visit);
fcgi::Response PersonRemovePost(Visit& visit);
fcgi::Response PersonInvitePost(Visit& visit);
fcgi::Response PersonCodesPost(Visit& visit);
fcgi::Response LogPage(Visit& visit);
// subscribers.cc
fcgi::Response SubscribersPage(Visit& visit);
fcgi::Response SubscribersFile(Visit& visit);
fcgi::Response SubscribersPost(Visit& visit);
// mail.cc
fcgi::Response MailPage(Visit& visit);
fcgi::Response MailPost(Visit& visit);
fcgi::Response MailTestPage(Visit& visit);
// messages.cc
fcgi::Response MessagesPage(Visit& visit);
fcgi::Response MessagePage(Visit& visit);
fcgi::Response MessagesPost(Visit& visit);
// mailings.cc
fcgi::Response MailingsPage(Visit& visit);
fcgi::Response MailingsPost(Visit& visit);
// issue.cc
fcgi::Response IssuePage(Visit& visit);
fcgi::Response IssuePost(Visit& visit);
// upgrade.cc
fcgi::Response UpgradePage(Visit& visit);
fcgi::Response UpgradeStatus(Visit& visit);
fcgi::Response UpgradePost(Visit& visit);
fcgi::Response UpgradeUpload(Visit& visit);
// backup.cc
fcgi::Response BackupPage(Visit& visit);
fcgi::Response BackupPost(Visit& visit);
fcgi::Response BackupState(Visit& visit);
fcgi::Response BackupFile(Visit& visit);
// look.cc
fcgi::Response LookPage(Visit& visit);
fcgi::Response LookPost(Visit& visit);
fcgi::Response StylePost(Visit& visit);
fcgi::Response TemplatePage(Visit& visit);
fcgi::Response TemplatePost(Visit& visit);
// statistics.cc
fcgi::Response StatisticsPage(Visit& visit);
fcgi::Response StatisticsPost(Visit& visit);

}  // namespace daybook::handlers::admin
