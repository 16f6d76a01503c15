// The form of an entry, filled in: as it is kept, or as it was typed and what to change.
#include "handlers/admin/entry_form.h"
#include "handlers/comment_pages.h"
#include "templates/admin_keys.h"

#include <algorithm>

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::EntryStatus;
using templates::Block;

namespace {

struct ErrorPlace {
  std::string_view field;
  templates::SectionKey wrong;
  templates::TextKey text;
};
constexpr ErrorPlace kErrorPlaces[] = {
    {"title", key::kTitleWrong, key::kTitleError},
    {"body", key::kBodyWrong, key::kBodyError},
    {"excerpt", key::kExcerptWrong, key::kExcerptError},
    {"tags", key::kTagsWrong, key::kTagsError},
    {"category", key::kCategoryWrong, key::kCategoryError},
    {"sources", key::kSourcesWrong, key::kSourcesError},
    {"slug", key::kSlugWrong, key::kSlugError},
    {"language", key::kLanguageWrong, key::kLanguageError},
    {"password", key::kPasswordWrong, key::kPasswordError},
    {"publish_at", key::kDateWrong, key::kDateError},
    {"expires_at", key::kExpiresWrong, key::kExpiresError},
};

void FillErrors(templates::View& view, const Frame& frame, const std::vector<EntryError>& errors) {
  if (errors.empty()) return;
  Block list = view.Add(key::kErrorList);
  std::vector<std::string_view> seen;
  for (const EntryError& error : errors) {
    if (std::find(seen.begin(), seen.end(), error.field) != seen.end()) continue;
    seen.push_back(error.field);
    Block item = list.Add(key::kErrorItem);
    item.Set(key::kErrorFieldId, error.field);
    item.Set(key::kErrorText,
             frame.words().Format(word::kFormErrorItem, {{"field", frame.words().Get(error.label)},
                                                         {"text", error.text}}));
    for (const ErrorPlace& place : kErrorPlaces)
      if (place.field == error.field) view.Show(place.wrong, place.text, error.text);
  }
}

void AddOption(templates::View& view, templates::SectionKey section, std::string_view value,
               std::string_view name, std::string_view chosen) {
  Block option = view.Add(section);
  option.Set(key::kOptionValue, value);
  option.Set(key::kOptionName, name);
  option.Show(key::kOptionChosen, value == chosen);
}

void FillOptions(templates::View& view, const Frame& frame, const EntryPage& page) {
  const templates::Words& words = frame.words();
  const EntryValues& values = page.values;
  const std::string format = values.format.empty() ? "markdown" : values.format;
  AddOption(view, key::kFormatOption, "markdown", words.Get(word::kAdminFormatMarkdown), format);
  AddOption(view, key::kFormatOption, "html", words.Get(word::kAdminFormatHtml), format);
  // Of imported ones; nobody begins in these.
  if (format == "paragraphs")
    AddOption(view, key::kFormatOption, format, words.Get(word::kAdminFormatParagraphs), format);
  if (format == "plain")
    AddOption(view, key::kFormatOption, format, words.Get(word::kAdminFormatPlain), format);
  const templates::WordKey allow[] = {word::kAdminAllowJournal, word::kAdminAllowOpen,
                                      word::kAdminAllowClosed, word::kAdminAllowNone};
  for (std::size_t i = 0; i < std::size(allow); ++i) {
    const std::string number = std::to_string(i);
    const auto chosen = [](const std::string& value) {
      return value.empty() ? std::string_view("0") : std::string_view(value);
    };
    AddOption(view, key::kCommentsOption, number, words.Get(allow[i]), chosen(values.comments));
    if (i < 3)
      AddOption(view, key::kPingsOption, number, words.Get(allow[i]), chosen(values.pings));
  }
  if (values.is_page) {
    const std::string parent = values.parent.empty() ? "0" : values.parent;
    AddOption(view, key::kParentOption, "0", words.Get(word::kAdminParentNone), parent);
    for (const journal::PageChoice& choice : page.choices.pages)
      if (choice.id != page.id)
        AddOption(view, key::kParentOption, std::to_string(choice.id), choice.title, parent);
    return;
  }
  if (page.choices.categories.empty()) return;
  Block list = view.Add(key::kCategoryChoices);
  for (const journal::CategoryChoice& choice : page.choices.categories) {
    Block item = list.Add(key::kCategoryChoice);
    const std::string id = std::to_string(choice.id);
    item.Set(key::kChoiceId, id);
    item.Set(key::kChoiceName, choice.name);
    item.Set(key::kChoiceDepth, std::min(choice.depth, 4));
    item.Show(key::kChoiceChosen, std::find(values.categories.begin(), values.categories.end(),
                                            id) != values.categories.end());
  }
}

void FillButtons(templates::View& view, const Frame& frame, const Viewer& viewer,
                 const EntryPage& page) {
  const templates::Words& words = frame.words();
  const EntryStatus status = page.base.status;
  const bool is_shown = status == EntryStatus::kPublished || status == EntryStatus::kPrivate;
  const bool publishes = viewer.person.MayPublish();
  const std::string id = std::to_string(page.id);
  view.Set(key::kSaveUrl, frame.links.To(page.id == 0 ? "/admin/write" : "/admin/entries/" + id));
  view.Set(key::kPreviewUrl, frame.links.To("/admin/preview"));
  view.Set(key::kSaveLabel, words.Get(is_shown                        ? word::kAdminUpdate
                                      : status == EntryStatus::kTrash ? word::kAdminSave
                                                                      : word::kAdminSaveDraft));
  if (!is_shown && status != EntryStatus::kTrash) {
    Block publish = view.Add(key::kPublishButton);
    publish.Set(key::kPublishLabel, words.Get(!publishes            ? word::kAdminHandIn
                                              : page.values.is_page ? word::kAdminPublishPage
                                                                    : word::kAdminPublish));
    // An issue is saved and then sent; that everybody may read it is another wish.
    publish.Show(key::kPublishFirst, page.issue == 0);
  }
  view.Show(key::kSaveFirst, page.issue != 0);
  view.Show(key::kUnpublishButton, is_shown || status == EntryStatus::kPending);

  const auto time = [&](journal::Seconds at) { return TimeOf(frame, at, page.now); };
  if (page.id != 0) {
    const bool scheduled = is_shown && page.base.visible_at > page.now;
    view.Set(key::kStateLine,
             scheduled ? words.Format(word::kAdminStateWill, {{"time", time(page.base.visible_at)}})
             : is_shown
                 ? words.Format(word::kAdminStateSince, {{"time", time(page.base.visible_at)}})
                 : words.Format(word::kAdminStateSaved, {{"time", time(page.base.updated_at)}}));
    if (is_shown && !scheduled && status == EntryStatus::kPublished)
      view.Show(key::kStateView, key::kViewUrl, frame.links.To(page.base.path));
    if (status == EntryStatus::kTrash) {
      Block gone = view.Add(key::kGoneForm);
      gone.Set(key::kRestoreUrl, frame.links.To("/admin/entries/" + id + "/restore"));
      gone.Set(key::kEraseUrl, frame.links.To("/admin/entries/" + id + "/erase"));
    } else {
      view.Show(key::kTrashForm, key::kTrashUrl, frame.links.To("/admin/entries/" + id + "/trash"));
    }
  } else {
    view.Set(key::kStateLine, words.Get(word::kAdminStateNew));
  }
}

// What was typed and not saved, where the form has another text.
void FillUnsaved(templates::View& view, const Frame& frame, const EntryPage& page) {
  const std::string place = "/admin/entries/" + std::to_string(page.id);
  const auto add = [&](templates::WordKey text, const journal::Revision& revision,
                       std::string_view path, std::string_view query, templates::WordKey link) {
    Block block = view.Add(key::kUnsaved);
    block.Set(key::kUnsavedText,
              frame.words().Format(text, {{"time", TimeOf(frame, revision.at, page.now)}}));
    block.Set(key::kUnsavedUrl, frame.links.To(place + std::string(path), query));
    block.Set(key::kUnsavedLabel, frame.words().Get(link));
  };
  for (std::size_t i = 0; i < page.unsaved.size(); ++i) {
    const journal::Revision& revision = page.unsaved[i];
    if (i == 0 && page.put_in) {
      add(word::kAdminUnsavedHere, revision, "", "?text=saved", word::kAdminUnsavedSaved);
    } else {
      add(word::kAdminUnsavedElsewhere, revision, "/revisions/" + std::to_string(revision.id), "",
          word::kAdminUnsavedShow);
    }
  }
}

void FillAround(templates::View& view, const Frame& frame, const EntryPage& page) {
  if (page.id == 0) return;
  if (page.issue != 0)
    view.Show(key::kIssueOf, key::kIssueUrl,
              frame.links.To("/admin/mailings/" + std::to_string(page.issue)));
  if (!page.mails.empty()) {
    Block mails = view.Add(key::kMailsOf);
    mails.Set(key::kMailsText, page.mails);
    mails.Set(key::kMailsUrl, frame.links.To("/admin/mailings"));
  }
  const std::string place = "/admin/entries/" + std::to_string(page.id);
  Block around = view.Add(key::kAround);
  around.Set(key::kRevisionsUrl, frame.links.To(place + "/revisions"));
  around.Set(key::kLinkUrl, frame.links.To(place + "/links"));
  for (const journal::PreviewLink& link : page.links) {
    Block item = around.Add(key::kPreviewLink);
    const text::SafeUrl address = frame.links.Full("/admin/preview/" + link.token);
    item.Set(key::kPreviewAddress, address.view());
    item.Set(key::kPreviewLinkUrl, frame.links.To("/admin/preview/" + link.token));
    item.Set(key::kPreviewUntil,
             frame.words().Format(word::kAdminLinkUntil,
                                  {{"time", TimeOf(frame, link.expires_at, page.now)}}));
    item.Set(key::kPreviewEndUrl, frame.links.To(place + "/links/" + link.token + "/end"));
  }
}

}  // namespace

fcgi::Response ShowEntryPage(const Frame& frame, const Viewer& viewer, const EntryPage& page,
                             int status) {
  const templates::Words& words = frame.words();
  const EntryValues& values = page.values;
  const bool wrong = !page.errors.empty() || !page.alert.empty();
  const templates::WordKey title =
      values.is_page ? (page.id == 0 ? word::kAdminNewPage : word::kAdminEditPage)
                     : (page.id == 0 ? word::kAdminNewEntry : word::kAdminEditEntry);
  const std::string_view place = values.is_page ? "/admin/pages"
                                 : page.id == 0 ? "/admin/write"
                                                : "/admin/entries";
  Page out(frame, viewer, templates::tpl::kAdminWrite, words.Get(title), place, wrong);
  templates::View& view = out.view();
  if (!page.alert.empty()) out.Alert(page.alert);
  if (!page.notice.empty()) out.Notice(page.notice);
  FillErrors(view, frame, page.errors);
  const std::pair<templates::TextKey, const std::string&> texts[] = {
      {key::kDraftGuid, values.guid},          {key::kDraftEdition, values.edition},
      {key::kDraftTitle, values.title},        {key::kDraftBody, values.body},
      {key::kDraftExcerpt, values.excerpt},    {key::kDraftTags, values.tags},
      {key::kDraftLanguage, values.language},  {key::kDraftSlug, values.slug},
      {key::kDraftPassword, values.password},  {key::kDraftDate, values.publish_at},
      {key::kDraftExpires, values.expires_at}, {key::kDraftPosition, values.position},
      {key::kDraftCategory, values.category},  {key::kDraftSources, values.sources},
      {key::kDraftUpdate, values.update}};
  for (const auto& [name, text] : texts) view.Set(name, text);
  view.Set(key::kDraftKind, values.is_page ? "page" : "entry");
  view.Show(values.is_page ? key::kForPage : key::kForEntry);
  view.Show(key::kDraftPinned, values.pinned);
  view.Show(key::kDraftToc, values.toc);
  for (std::size_t i = 0; i < values.updates.size(); ++i) {
    Block update = view.Add(key::kUpdateField);
    update.Set(key::kUpdateNumber, i);
    update.Set(key::kUpdateText, values.updates[i]);
    const journal::Seconds at = i < page.base.updates.size() ? page.base.updates[i].at : page.now;
    update.Set(key::kUpdateLabel,
               words.Format(word::kAdminFieldUpdateOf, {{"time", TimeOf(frame, at, page.now)}}));
  }
  view.Show(key::kUpdateNew, !page.base.path.empty());
  view.Show(key::kDraftPrivate, values.is_private);
  view.Set(
      key::kDateHelp,
      words.Format(word::kAdminFieldDateHelp,
                   {{"zone", page.base.zone.empty() ? frame.site.settings.zone : page.base.zone}}));
  view.Set(key::kSlugHelp,
           page.base.path.empty()
               ? words.Get(word::kAdminFieldSlugHelp)
               : words.Format(word::kAdminFieldSlugNow,
                              {{"address", frame.links.Full(page.base.path).view()}}));
  FillOptions(view, frame, page);
  FillButtons(view, frame, viewer, page);
  FillUnsaved(view, frame, page);
  FillAround(view, frame, page);
  view.Set(key::kNowSeconds, page.now);
  view.Set(key::kTypedSeconds, page.asked_for ? page.now
                               : page.put_in  ? page.unsaved.front().at
                               : page.id == 0 ? journal::Seconds{0}
                                              : page.base.updated_at);
  view.Set(key::kAutosaveUrl, frame.links.To("/admin/autosave"));
  view.Set(key::kLiveUrl, frame.links.To("/admin/live"));
  view.Set(key::kSignInUrl, frame.links.To("/admin/sign-in"));
  if (page.other) {
    Block conflict = view.Add(key::kConflict);
    conflict.Set(key::kOtherLabel,
                 words.Format(word::kAdminConflictTheirs,
                              {{"time", TimeOf(frame, page.other->updated_at, page.now)}}));
    conflict.Set(key::kOtherTitle, page.other->title);
    conflict.Set(key::kOtherText, EntryValuesOf(*page.other, {}, frame.site.settings).body);
  }
  return out.Done(status);
}

}  // namespace daybook::handlers::admin
