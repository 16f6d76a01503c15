// Categories and tags: their lists, one of them, and what is done to it.
#include "journal/terms.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/site.h"
#include "handlers/comment_pages.h"
#include "journal/audit.h"
#include "templates/admin_keys.h"
#include "text/url.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::Category;
using journal::Id;
using journal::Tag;
using journal::TermChange;
using templates::Block;

namespace {

constexpr std::string_view kCategories = "/admin/categories";
constexpr std::string_view kTags = "/admin/tags";
constexpr std::int64_t kOnAPage = 200;
constexpr std::size_t kNameMax = 200, kAboutMax = 10'000;

constexpr fcgi::FormField kTermFields[] = {{"name", kNameMax},
                                           {"slug", kNameMax},
                                           {"parent", 20},
                                           {"about", kAboutMax},
                                           {"heir", kNameMax}};

// What was typed, and what is wrong with it.
struct Typed {
  std::string name, slug, about, heir;
  Id parent = 0;
  std::string wrong_name, wrong_slug, wrong_parent, wrong_about, wrong_heir;
  bool IsWrong() const {
    return !(wrong_name + wrong_slug + wrong_parent + wrong_about + wrong_heir).empty();
  }
};

std::string At(std::string_view list, Id id) {
  return std::string(list) + "/" + std::to_string(id);
}

std::vector<Choice> Parents(const templates::Words& words, const std::vector<Category>& all,
                            Id without, templates::WordKey none) {
  std::vector<Choice> choices = {{"0", words.Get(none)}};
  int hidden_below = -1;
  for (const Category& one : all) {
    if (hidden_below >= 0 && one.depth > hidden_below) continue;
    hidden_below = one.id == without ? one.depth : -1;
    if (one.id == without) continue;
    std::string name;
    for (int i = 0; i < one.depth; ++i) name += "– ";
    choices.push_back({std::to_string(one.id), name + one.name});
  }
  return choices;
}

Typed Read(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kTermFields);
  Typed typed;
  typed.name = form["name"];
  typed.slug = form["slug"];
  typed.about = form["about"];
  typed.heir = form["heir"];
  typed.parent = std::strtoll(std::string(form["parent"]).c_str(), nullptr, 10);
  const templates::Words& words = visit.context.templates.words();
  const auto check = [&](std::string_view text, std::size_t max) -> std::string {
    if (text.size() <= max) return "";
    return words.Format(word::kErrLongBytes,
                        {{"n", words.Number(static_cast<std::int64_t>(text.size()))},
                         {"max", words.Number(static_cast<std::int64_t>(max))}});
  };
  typed.wrong_name = check(typed.name, kNameMax);
  typed.wrong_slug = check(typed.slug, kNameMax);
  typed.wrong_about = check(typed.about, kAboutMax);
  return typed;
}

void Blame(const templates::Words& words, TermChange change, Typed& typed) {
  if (change == TermChange::kNoName) typed.wrong_name = words.Get(word::kAdminTermNameless);
  if (change == TermChange::kSlugTaken) typed.wrong_slug = words.Get(word::kAdminTermTaken);
  if (change == TermChange::kBelowItself) typed.wrong_parent = words.Get(word::kAdminTermBelow);
  if (change == TermChange::kGone) throw fcgi::HttpError(404);
}

void AddTermFields(Block group, const templates::Words& words, const Typed& typed,
                   std::string_view family, bool old) {
  AddField(group, {.name = "name",
                   .label = words.Get(word::kAdminTermName),
                   .value = typed.name,
                   .wrong = typed.wrong_name});
  AddField(group, {.name = "slug",
                   .label = words.Get(word::kAdminTermSlug),
                   .value = typed.slug,
                   .help = words.Format(old ? word::kAdminTermSlugOld : word::kAdminTermSlugNew,
                                        {{"family", family}}),
                   .wrong = typed.wrong_slug});
}

std::string Counted(const templates::Words& words, std::int64_t entries) {
  return words.Plural(word::kListEntries, entries);
}

fcgi::Response ShowCategories(const Frame& frame, const Viewer& viewer, sql::Tx& tx,
                              const fcgi::Request& request, const Typed& typed) {
  const templates::Words& words = frame.words();
  SitePage page(frame, viewer, words.Get(word::kAdminSiteCategories), kCategories, typed.IsWrong());
  NoticeDone(page, request);
  const auto all = journal::AllCategories(tx);
  Block panel = AddPanel(page, "",
                         all.empty() ? words.Get(word::kAdminCategoriesEmpty)
                                     : words.Get(word::kAdminCategoriesAbout));
  if (!all.empty()) {
    Block list = panel.Add(key::kItems);
    for (const Category& one : all)
      AddItem(list, {.title = one.name,
                     .url = frame.links.To(At(kCategories, one.id)),
                     .meta = {Counted(words, one.entries), "/category/" + one.slug},
                     .depth = one.depth});
  }
  Block form = AddForm(AddPanel(page, words.Get(word::kAdminCategoriesAdd)), frame, kCategories);
  Block group = AddGroup(form);
  AddTermFields(group, words, typed, "/category/", false);
  AddField(group, {.name = "parent",
                   .label = words.Get(word::kAdminCategoryParent),
                   .value = std::to_string(typed.parent),
                   .kind = Field::Kind::kSelect,
                   .choices = Parents(words, all, -1, word::kAdminCategoryTop)});
  AddButton(form, words.Get(word::kAdminCategoriesAddButton), "add");
  return page.Done(typed.IsWrong() ? 422 : 200);
}

fcgi::Response ShowCategory(const Frame& frame, const Viewer& viewer, const Category& category,
                            const std::vector<Category>& all, const Typed& typed) {
  const templates::Words& words = frame.words();
  SitePage page(frame, viewer, category.name, kCategories, typed.IsWrong());
  Block form = AddForm(AddPanel(page), frame, At(kCategories, category.id));
  Block group = AddGroup(form);
  AddTermFields(group, words, typed, "/category/", true);
  AddField(group, {.name = "parent",
                   .label = words.Get(word::kAdminCategoryParent),
                   .value = std::to_string(typed.parent),
                   .kind = Field::Kind::kSelect,
                   .wrong = typed.wrong_parent,
                   .choices = Parents(words, all, category.id, word::kAdminCategoryTop)});
  AddField(group, {.name = "about",
                   .label = words.Get(word::kAdminCategoryDescription),
                   .value = typed.about,
                   .kind = Field::Kind::kArea,
                   .help = words.Get(word::kAdminCategoryDescriptionHelp),
                   .wrong = typed.wrong_about,
                   .rows = 4});
  AddButton(form, words.Get(word::kAdminCategorySave));
  Block away = AddForm(AddPanel(page, words.Get(word::kAdminCategoryRemove)), frame,
                       At(kCategories, category.id) + "/remove");
  Block heirs = AddGroup(away, "", words.Get(word::kAdminCategoryRemoveAbout));
  std::vector<Choice> choices = Parents(words, all, -1, word::kAdminCategoryHeirless);
  std::erase_if(choices, [&](const Choice& c) { return c.value == std::to_string(category.id); });
  AddField(heirs, {.name = "heir",
                   .label = words.Get(word::kAdminCategoryHeir),
                   .value = std::to_string(category.parent),
                   .kind = Field::Kind::kSelect,
                   .choices = std::move(choices)});
  AddButton(away, words.Get(word::kAdminCategoryRemove), "remove", "danger");
  return page.Done(typed.IsWrong() ? 422 : 200);
}

const Category& Find(const std::vector<Category>& all, Id id) {
  for (const Category& one : all)
    if (one.id == id) return one;
  throw fcgi::HttpError(404);
}

fcgi::Response ShowTag(const Frame& frame, const Viewer& viewer, const Tag& tag,
                       const Typed& typed) {
  const templates::Words& words = frame.words();
  SitePage page(frame, viewer, tag.name, kTags, typed.IsWrong());
  Block form = AddForm(AddPanel(page, "", Counted(words, tag.entries)), frame, At(kTags, tag.id));
  AddTermFields(AddGroup(form), words, typed, "/tag/", true);
  AddButton(form, words.Get(word::kAdminTagSave));
  Block merge =
      AddForm(AddPanel(page, words.Get(word::kAdminTagMerge)), frame, At(kTags, tag.id) + "/merge");
  AddField(AddGroup(merge, "", words.Get(word::kAdminTagMergeAbout)),
           {.name = "heir",
            .label = words.Get(word::kAdminTagHeir),
            .value = typed.heir,
            .wrong = typed.wrong_heir});
  AddButton(merge, words.Get(word::kAdminTagMergeButton), "merge", "danger");
  Block away = AddForm(AddPanel(page, words.Get(word::kAdminTagRemove)), frame,
                       At(kTags, tag.id) + "/remove");
  AddGroup(away, "", words.Get(word::kAdminTagRemoveAbout));
  AddButton(away, words.Get(word::kAdminTagRemove), "remove", "danger");
  return page.Done(typed.IsWrong() ? 422 : 200);
}

// A change that may turn out to be impossible only when it is tried: then the page comes again.
template <typename Change, typename Again>
fcgi::Response Try(Visit& visit, std::string_view back, Typed typed, std::string_view done,
                   Change change, Again again) {
  visit.context.act = [frame = FrameOf(visit.context), back = std::string(back),
                       typed = std::move(typed), done = std::string(done), change, again,
                       who = visit.person().id, now = visit.context.now](sql::Db& db) mutable {
    TermChange changed = TermChange::kGone;
    // What is refused has written nothing.
    db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      changed = change(tx, typed);
      if (changed == TermChange::kDone) journal::Log(tx, who, "site", back, now);
    });
    if (changed == TermChange::kDone)
      return fcgi::Redirect(303, frame.links.To(back, "?done=" + done).view());
    Blame(frame.words(), changed, typed);
    return db.Read([&](sql::Tx& tx) { return again(tx, typed); });
  };
  return {};
}

// Before what `act` does in one transaction, the bulk of it in short ones, so that readers and
// writers get their turns.
fcgi::Response InPieces(Visit& visit, bool (*some)(sql::Tx&, Id, Id), Id id, Id heir) {
  visit.context.act = [some, id, heir, last = std::move(visit.context.act)](sql::Db& db) {
    while (db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) { return some(tx, id, heir); }))
      db.CheckpointIfDue();
    return last(db);
  };
  return {};
}

}  // namespace

fcgi::Response CategoriesPage(Visit& visit) {
  return ShowCategories(FrameOf(visit.context), visit.viewer, visit.context.tx,
                        visit.context.request, {});
}

fcgi::Response CategoriesPost(Visit& visit) {
  Typed typed = Read(visit);
  const auto again = [frame = FrameOf(visit.context), viewer = visit.viewer,
                      &request = visit.context.request](sql::Tx& tx, const Typed& typed) {
    return ShowCategories(frame, viewer, tx, request, typed);
  };
  if (typed.IsWrong()) return again(visit.context.tx, typed);
  return Try(
      visit, kCategories, std::move(typed), "added",
      [now = visit.context.now](sql::Tx& tx, const Typed& typed) {
        return journal::ChangeCategory(
            tx, {.parent = typed.parent, .slug = typed.slug, .name = typed.name}, now);
      },
      again);
}

fcgi::Response CategoryPage(Visit& visit) {
  const auto all = journal::AllCategories(visit.context.tx);
  const Category& category = Find(all, visit.context.captures.Int("id"));
  Typed typed;
  typed.name = category.name;
  typed.slug = category.slug;
  typed.about = category.description;
  typed.parent = category.parent;
  return ShowCategory(FrameOf(visit.context), visit.viewer, category, all, typed);
}

fcgi::Response CategoryPost(Visit& visit) {
  Typed typed = Read(visit);
  const Id id = visit.context.captures.Int("id");
  const auto again = [frame = FrameOf(visit.context), viewer = visit.viewer, id](
                         sql::Tx& tx, const Typed& typed) {
    const auto all = journal::AllCategories(tx);
    return ShowCategory(frame, viewer, Find(all, id), all, typed);
  };
  if (typed.IsWrong()) return again(visit.context.tx, typed);
  Try(
      visit, kCategories, std::move(typed), "saved",
      [id, now = visit.context.now](sql::Tx& tx, const Typed& typed) {
        return journal::ChangeCategory(tx,
                                       {.id = id,
                                        .parent = typed.parent,
                                        .slug = typed.slug,
                                        .name = typed.name,
                                        .description = typed.about},
                                       now);
      },
      again);
  visit.context.act = [id, change = std::move(visit.context.act)](sql::Db& db) {
    fcgi::Response response = change(db);
    for (std::optional<journal::HangCursor> at = journal::HangCursor(); at; db.CheckpointIfDue())
      at = db.Write(sql::Publicity::kPublic,
                    [&](sql::Tx& tx) { return journal::HangSomeOfCategory(tx, id, *at); });
    return response;
  };
  return {};
}

fcgi::Response CategoryRemovePost(Visit& visit) {
  const Id id = visit.context.captures.Int("id");
  const Id heir = std::strtoll(Read(visit).heir.c_str(), nullptr, 10);
  Write(visit, sql::Publicity::kPublic, std::string(kCategories),
        [id, heir](sql::Tx& tx) -> std::string {
          return journal::RemoveCategory(tx, id, heir) ? "removed" : "";
        });
  return InPieces(visit, journal::MoveSomeOfCategory, id, heir);
}

fcgi::Response TagsPage(Visit& visit) {
  Context& context = visit.context;
  const Frame frame = FrameOf(context);
  const templates::Words& words = frame.words();
  SitePage page(frame, visit.viewer, words.Get(word::kAdminSiteTags), kTags);
  NoticeDone(page, context.request);
  const std::string asked = context.request.Param("q").value_or("");
  const std::string like = LikePattern(asked);
  const std::int64_t count = journal::CountTags(context.tx, like);
  Paging paging;
  paging.pages = std::max<std::int64_t>(1, (count + kOnAPage - 1) / kOnAPage);
  paging.page = PageAsked(context.request, paging.pages);
  Block panel =
      AddPanel(page, "",
               count == 0 ? words.Get(asked.empty() ? word::kAdminTagsEmpty : word::kAdminTagsNone)
                          : words.Get(word::kAdminTagsAbout));
  if (count > 0 || !asked.empty()) {
    Block find = panel.Add(key::kPanelFind);
    find.Set(key::kFindUrl, frame.links.To(kTags));
    find.Set(key::kQuery, asked);
  }
  if (count > 0) {
    Block list = panel.Add(key::kItems);
    for (const Tag& tag : journal::Tags(context.tx, like, kOnAPage, (paging.page - 1) * kOnAPage))
      AddItem(list, {.title = tag.name,
                     .url = frame.links.To(At(kTags, tag.id)),
                     .meta = {Counted(words, tag.entries), "/tag/" + tag.slug}});
  }
  FillPaging(page.view(), frame, std::string(kTags) + "?q=" + text::EncodeComponent(asked), paging);
  return page.Done();
}

fcgi::Response TagPage(Visit& visit) {
  const Tag tag = journal::TagById(visit.context.tx, visit.context.captures.Int("id"));
  if (tag.id == 0) throw fcgi::HttpError(404);
  Typed typed;
  typed.name = tag.name;
  typed.slug = tag.slug;
  return ShowTag(FrameOf(visit.context), visit.viewer, tag, typed);
}

fcgi::Response TagPost(Visit& visit) {
  Typed typed = Read(visit);
  const Id id = visit.context.captures.Int("id");
  const Tag tag = journal::TagById(visit.context.tx, id);
  if (tag.id == 0) throw fcgi::HttpError(404);
  const auto again = [frame = FrameOf(visit.context), viewer = visit.viewer, tag](
                         sql::Tx&, const Typed& typed) {
    return ShowTag(frame, viewer, tag, typed);
  };
  if (typed.IsWrong()) return again(visit.context.tx, typed);
  return Try(
      visit, kTags, std::move(typed), "saved",
      [id](sql::Tx& tx, const Typed& typed) {
        return journal::ChangeTag(tx, {.id = id, .slug = typed.slug, .name = typed.name});
      },
      again);
}

fcgi::Response TagMergePost(Visit& visit) {
  Typed typed = Read(visit);
  const Id id = visit.context.captures.Int("id");
  const Tag tag = journal::TagById(visit.context.tx, id);
  if (tag.id == 0) throw fcgi::HttpError(404);
  const Id heir = journal::TagNamed(visit.context.tx, typed.heir);
  if (heir == 0 || heir == id) {
    typed.name = tag.name;
    typed.slug = tag.slug;
    typed.wrong_heir = visit.context.templates.words().Get(word::kAdminTagHeirless);
    return ShowTag(FrameOf(visit.context), visit.viewer, tag, typed);
  }
  Write(visit, sql::Publicity::kPublic, std::string(kTags), [id, heir](sql::Tx& tx) -> std::string {
    return journal::RemoveTag(tx, id, heir) ? "merged" : "";
  });
  return InPieces(visit, journal::MoveSomeOfTag, id, heir);
}

fcgi::Response TagRemovePost(Visit& visit) {
  const Id id = visit.context.captures.Int("id");
  Write(visit, sql::Publicity::kPublic, std::string(kTags), [id](sql::Tx& tx) -> std::string {
    return journal::RemoveTag(tx, id, 0) ? "removed" : "";
  });
  return InPieces(visit, journal::MoveSomeOfTag, id, 0);
}

}  // namespace daybook::handlers::admin
