// The lists of entries and of pages: what is written, by state, to be found by its title.
#include "handlers/admin/frame.h"
#include "handlers/admin/pages.h"
#include "handlers/comment_pages.h"
#include "journal/desk.h"
#include "journal/setup.h"
#include "templates/admin_keys.h"
#include "text/url.h"

#include <charconv>

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::DeskEntry;
using journal::DeskList;
using journal::EntryKind;
using journal::EntryStatus;
using templates::Block;

namespace {

constexpr std::int64_t kOnAPage = 50;

struct ListName {
  std::string_view name;
  templates::WordKey label;
};
constexpr ListName kLists[journal::kDeskLists] = {
    {"all", word::kAdminListAll},
    {"drafts", word::kAdminListDrafts},
    {"scheduled", word::kAdminListScheduled},
    {"published", word::kAdminListPublished},
    {"private", word::kAdminListPrivate},
    {"trash", word::kAdminListTrash},
};

DeskList ListNamed(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kLists); ++i)
    if (kLists[i].name == name) return static_cast<DeskList>(i);
  return DeskList::kAll;
}

std::int64_t PageNumber(const std::string& typed) {
  std::int64_t number = 1;
  std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return std::clamp<std::int64_t>(number, 1, 1'000'000);
}

templates::WordKey StatusOf(const DeskEntry& entry, journal::Seconds now) {
  switch (entry.status) {
    case EntryStatus::kDraft:
      return word::kAdminStateDraft;
    case EntryStatus::kPending:
      return word::kAdminStatePending;
    case EntryStatus::kPrivate:
      return word::kAdminStatePrivate;
    case EntryStatus::kTrash:
      return word::kAdminStateTrash;
    case EntryStatus::kPublished:
      break;
  }
  if (entry.visible_at > now) return word::kAdminStateScheduled;
  return entry.expires_at <= now ? word::kAdminStateExpired : word::kAdminStatePublished;
}

// "?show=drafts&q=…", without what is as it would be anyway.
std::string QueryOf(std::string_view list, const std::string& words) {
  std::string query;
  if (list != "all") query += "?show=" + std::string(list);
  if (!words.empty()) query += (query.empty() ? "?q=" : "&q=") + text::EncodeComponent(words);
  return query;
}

void FillRow(Block row, const Visit& visit, const Frame& frame, const DeskEntry& entry) {
  const templates::Words& words = frame.words();
  const bool dated =
      entry.status == EntryStatus::kPublished || entry.status == EntryStatus::kPrivate;
  const journal::Seconds at = dated ? entry.visible_at : entry.updated_at;
  const Moment moment = MomentOf(frame, at, "");
  row.Set(key::kRowTitle, !entry.title.empty()     ? entry.title
                          : !entry.summary.empty() ? entry.summary
                                                   : words.Get(word::kAdminUntitled));
  row.Set(key::kRowUrl, frame.links.To("/admin/entries/" + std::to_string(entry.id)));
  row.Set(key::kRowStatus, words.Get(StatusOf(entry, visit.context.now)));
  row.Set(key::kRowDatetime, moment.machine);
  row.Set(key::kRowDate, TimeOf(frame, at, visit.context.now));
  if (visit.person().IsEditor()) row.Show(key::kRowAuthored, key::kRowAuthor, entry.author);
  const auto mark = [&](const std::string& text) {
    row.Add(key::kRowMark).Set(key::kMarkText, text);
  };
  if (entry.pinned) mark(words.Get(word::kEntryPinned));
  if (entry.locked) mark(words.Get(word::kAdminMarkLocked));
  if (entry.comment_count > 0) mark(words.Plural(word::kCommentsLabel, entry.comment_count));
  if (entry.status == EntryStatus::kPublished && entry.visible_at <= visit.context.now &&
      entry.expires_at > visit.context.now)
    row.Show(key::kRowView, key::kViewUrl, frame.links.To(entry.path));
}

fcgi::Response List(Visit& visit, EntryKind kind) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  const bool pages = kind == EntryKind::kPage;
  const std::string path = pages ? "/admin/pages" : "/admin/entries";
  journal::DeskFilter filter;
  filter.kind = kind;
  filter.list = ListNamed(context.request.Param("show").value_or(""));
  filter.author = visit.person().IsEditor() ? 0 : visit.person().id;
  filter.words = context.request.Param("q").value_or("").substr(0, 200);
  const std::string_view name = kLists[static_cast<int>(filter.list)].name;

  const journal::DeskCounts counts = journal::CountDesk(context.tx, filter, context.now);
  const std::int64_t count = counts[static_cast<std::size_t>(filter.list)];
  Paging paging;
  paging.pages = std::max<std::int64_t>(1, (count + kOnAPage - 1) / kOnAPage);
  paging.page = std::min(PageNumber(context.request.Param("page").value_or("1")), paging.pages);

  Page page(frame, visit.viewer, templates::tpl::kAdminEntries,
            words.Get(pages ? word::kAdminNavPages : word::kAdminNavEntries), path);
  if (context.request.Param("done").value_or("") == "trashed")
    page.Notice(words.Format(word::kAdminDoneTrashed,
                             {{"n", words.Number(context.site.settings.trash_days)}}));
  templates::View& view = page.view();
  for (std::size_t i = 0; i < std::size(kLists); ++i) {
    const bool current = i == static_cast<std::size_t>(filter.list);
    if (counts[i] == 0 && i != 0 && !current) continue;
    Block link = view.Add(key::kListLink);
    link.Set(key::kListName, words.Get(kLists[i].label));
    link.Set(key::kListNumber, words.Number(counts[i]));
    link.Set(key::kListUrl, frame.links.To(path, QueryOf(kLists[i].name, filter.words)));
    link.Show(key::kListCurrent, current);
  }
  view.Set(key::kFindUrl, frame.links.To(path));
  view.Set(key::kFindList, name);
  view.Set(key::kQuery, filter.words);
  const auto entries =
      journal::DeskEntries(context.tx, filter, context.now, kOnAPage, (paging.page - 1) * kOnAPage);
  if (entries.empty()) {
    Block none = view.Add(key::kNoEntries);
    const bool searched = !filter.words.empty();
    none.Set(key::kEmptyText,
             searched ? words.Format(word::kAdminFindNone, {{"q", filter.words}})
             : filter.list != DeskList::kAll
                 ? words.Get(word::kAdminListNone)
                 : words.Get(pages ? word::kAdminPagesEmpty : word::kAdminEntriesEmpty));
    if (!searched) {
      none.Show(key::kEmptyWrite, key::kWriteUrl,
                frame.links.To("/admin/write", pages ? "?kind=page" : ""));
      none.Set(key::kEmptyLabel,
               words.Get(pages ? word::kAdminPagesWrite : word::kAdminEntriesWrite));
    }
  } else {
    Block rows = view.Add(key::kEntryRows);
    for (const DeskEntry& entry : entries) FillRow(rows.Add(key::kEntryRow), visit, frame, entry);
  }
  std::string place = path + QueryOf(name, filter.words);
  if (place.find('?') == std::string::npos) place += "?show=all";
  FillPaging(view, frame, place, paging);
  return page.Done();
}

}  // namespace

fcgi::Response EntriesPage(Visit& visit) {
  // A first run that was broken off before the host was checked goes on there.
  Context& context = visit.context;
  if (context.request.path == "/admin" && visit.person().IsOwner() &&
      journal::HostIsUnchecked(context.tx))
    return fcgi::Redirect(303, context.links.To("/admin/setup/host").view());
  return List(visit, EntryKind::kEntry);
}
fcgi::Response PagesPage(Visit& visit) { return List(visit, EntryKind::kPage); }

}  // namespace daybook::handlers::admin
