// The sections of the sidebar in their order, one of them, and the links of the header.
#include "handlers/admin/pages.h"
#include "handlers/admin/site.h"
#include "journal/read.h"
#include "journal/site.h"
#include "templates/admin_keys.h"
#include "text/utf8.h"

#include <charconv>

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using journal::LinkDraft;
using journal::Section;
using journal::SectionKind;
using templates::Block;

namespace {

constexpr std::string_view kPath = "/admin/sidebar";
constexpr std::size_t kContentMax = 65'536, kCaptionMax = 200;
constexpr std::size_t kLinksMax = 200;
constexpr std::int64_t kAmountMax = 50;

// In the order of SectionKind.
constexpr templates::WordKey kKinds[] = {
    word::kAdminSectionHtml,     word::kAdminSectionSubscribe, word::kAdminSectionNewsletter,
    word::kAdminSectionLinks,    word::kAdminSectionConnect,   word::kAdminSectionSearch,
    word::kAdminSectionComments, word::kAdminSectionArchive,   word::kAdminSectionCategories,
    word::kAdminSectionTags,
};
constexpr auto kKindCount = static_cast<std::int64_t>(std::size(kKinds));

constexpr fcgi::FormField kFields[] = {{"id", 20},
                                       {"act", 20},
                                       {"kind", 4},
                                       {"caption", kCaptionMax},
                                       {"amount", 10},
                                       {"content", kContentMax},
                                       {"links", kContentMax}};

bool HasLinks(SectionKind kind) {
  return kind == SectionKind::kLinks || kind == SectionKind::kConnect;
}

std::string KindName(const templates::Words& words, SectionKind kind) {
  const auto n = static_cast<std::int64_t>(kind);
  return n >= 0 && n < kKindCount ? words.Get(kKinds[n]) : "";
}

std::optional<std::int64_t> NumberIn(std::string_view typed) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  if (error != std::errc() || end != typed.data() + typed.size()) return std::nullopt;
  return number;
}

// One a line: the address, a blank, the title.
std::string LinesOf(const std::vector<LinkDraft>& links) {
  std::string lines;
  for (const LinkDraft& link : links) lines += link.url + " " + link.title + "\n";
  return lines;
}

// `wrong` says which line is no link.
std::vector<LinkDraft> LinksIn(std::string_view lines, const templates::Words& words,
                               std::string& wrong) {
  std::vector<LinkDraft> links;
  for (std::int64_t number = 1; !lines.empty(); ++number) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    const auto trim = [](std::string_view s) {
      while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
      while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r'))
        s.remove_suffix(1);
      return s;
    };
    line = trim(line);
    if (line.empty()) continue;
    const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
    LinkDraft link{std::string(trim(line.substr(blank))),
                   journal::LinkAddress(line.substr(0, blank))};
    if (link.url.empty() || link.title.empty() || links.size() == kLinksMax) {
      if (wrong.empty())
        wrong = words.Format(word::kAdminLinksWrong, {{"n", words.Number(number)}});
      continue;
    }
    links.push_back(std::move(link));
  }
  return links;
}

struct TypedSection {
  std::string caption, content, links, amount;
  std::string wrong_caption, wrong_content, wrong_links, wrong_amount;
  bool IsWrong() const {
    return !(wrong_caption + wrong_content + wrong_links + wrong_amount).empty();
  }
};

fcgi::Response ShowSidebar(const Frame& frame, const Viewer& viewer, sql::Tx& tx,
                           const fcgi::Request& request, const std::string& links,
                           const std::string& wrong_links) {
  const templates::Words& words = frame.words();
  SitePage page(frame, viewer, words.Get(word::kAdminSiteSidebar), kPath, !wrong_links.empty());
  NoticeDone(page, request);
  const auto sections = journal::AllSections(tx);
  Block panel = AddPanel(
      page, "",
      sections.empty() ? words.Get(word::kAdminSidebarEmpty) : words.Get(word::kAdminSidebarAbout));
  if (!sections.empty()) {
    Block list = panel.Add(key::kItems);
    for (std::size_t i = 0; i < sections.size(); ++i) {
      const Section& section = sections[i];
      const std::string kind = KindName(words, section.kind);
      Item item;
      item.title = section.caption.empty() ? kind : section.caption;
      item.url = frame.links.To(std::string(kPath) + "/" + std::to_string(section.id));
      if (section.hidden) item.state = words.Get(word::kAdminSidebarHidden);
      if (!section.caption.empty()) item.meta.push_back(kind);
      std::vector<Act> acts;
      if (i > 0) acts.push_back({"up", words.Get(word::kAdminSidebarUp)});
      if (i + 1 < sections.size()) acts.push_back({"down", words.Get(word::kAdminSidebarDown)});
      if (section.hidden)
        acts.push_back({"show", words.Get(word::kAdminSidebarShow)});
      else
        acts.push_back({"hide", words.Get(word::kAdminSidebarHide)});
      acts.push_back({"remove", words.Get(word::kAdminSidebarRemove), "quiet danger"});
      AddActs(AddItem(list, item), frame, kPath, std::to_string(section.id), acts);
    }
  }
  Block form = AddForm(AddPanel(page, words.Get(word::kAdminSidebarAdd)), frame, kPath);
  std::vector<Choice> kinds;
  for (std::int64_t i = 0; i < kKindCount; ++i)
    kinds.push_back({std::to_string(i), words.Get(kKinds[i])});
  AddField(AddGroup(form), {.name = "kind",
                            .label = words.Get(word::kAdminSidebarKind),
                            .value = "3",
                            .kind = Field::Kind::kSelect,
                            .choices = std::move(kinds)});
  AddButton(form, words.Get(word::kAdminSidebarAddButton), "add");
  Block nav = AddForm(
      AddPanel(page, words.Get(word::kAdminNavigation), words.Get(word::kAdminNavigationAbout)),
      frame, "/admin/navigation");
  AddField(AddGroup(nav), {.name = "links",
                           .label = words.Get(word::kAdminNavigationLinks),
                           .value = links,
                           .kind = Field::Kind::kCode,
                           .help = words.Get(word::kAdminSidebarLinksHelp),
                           .wrong = wrong_links});
  AddButton(nav, words.Get(word::kAdminNavigationSave));
  return page.Done(wrong_links.empty() ? 200 : 422);
}

std::string NavigationLines(sql::Tx& tx) {
  std::vector<LinkDraft> links;
  for (const journal::TitledUrl& link : journal::Navigation(tx))
    links.push_back({link.title, link.url});
  return LinesOf(links);
}

Section FindSection(Visit& visit) {
  for (const Section& section : journal::AllSections(visit.context.tx))
    if (section.id == visit.context.captures.Int("id")) return section;
  throw fcgi::HttpError(404);
}

fcgi::Response ShowSection(Visit& visit, const Section& section, const TypedSection& typed) {
  const Frame frame = FrameOf(visit.context);
  const templates::Words& words = frame.words();
  SitePage page(frame, visit.viewer, KindName(words, section.kind), kPath, typed.IsWrong());
  Block form =
      AddForm(AddPanel(page), frame, std::string(kPath) + "/" + std::to_string(section.id));
  Block group = AddGroup(form);
  const bool html = section.kind == SectionKind::kHtml;
  AddField(group, {.name = "caption",
                   .label = words.Get(word::kAdminSectionCaption),
                   .value = typed.caption,
                   .help = html || section.kind == SectionKind::kLinks
                               ? std::string()
                               : words.Get(word::kAdminSectionCaptionHelp),
                   .wrong = typed.wrong_caption});
  if (html)
    AddField(group, {.name = "content",
                     .label = words.Get(word::kAdminSectionContent),
                     .value = typed.content,
                     .kind = Field::Kind::kCode,
                     .help = words.Get(word::kAdminSectionContentHelp),
                     .wrong = typed.wrong_content,
                     .rows = 10});
  if (HasLinks(section.kind))
    AddField(group, {.name = "links",
                     .label = words.Get(section.kind == SectionKind::kConnect
                                            ? word::kAdminSectionProfiles
                                            : word::kAdminNavigationLinks),
                     .value = typed.links,
                     .kind = Field::Kind::kCode,
                     .help = words.Get(word::kAdminSidebarLinksHelp),
                     .wrong = typed.wrong_links});
  if (section.kind == SectionKind::kComments)
    AddField(group, {.name = "amount",
                     .label = words.Get(word::kAdminSectionAmount),
                     .value = typed.amount,
                     .kind = Field::Kind::kNumber,
                     .wrong = typed.wrong_amount});
  AddButton(form, words.Get(word::kAdminSectionSave));
  return page.Done(typed.IsWrong() ? 422 : 200);
}

}  // namespace

fcgi::Response SidebarPage(Visit& visit) {
  return ShowSidebar(FrameOf(visit.context), visit.viewer, visit.context.tx, visit.context.request,
                     NavigationLines(visit.context.tx), "");
}

fcgi::Response SidebarPost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  const std::string act(form["act"]);
  const journal::Id id = NumberIn(form["id"]).value_or(0);
  if (act == "add") {
    const std::int64_t kind = NumberIn(form["kind"]).value_or(-1);
    if (kind < 0 || kind >= kKindCount) throw fcgi::HttpError(400, "kind");
    visit.context.act = [frame = FrameOf(visit.context), kind](sql::Db& db) {
      journal::Id made = 0;
      db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
        made = journal::AddSection(tx, static_cast<SectionKind>(kind));
      });
      return fcgi::Redirect(303,
                            frame.links.To(std::string(kPath) + "/" + std::to_string(made)).view());
    };
    return {};
  }
  return Write(visit, sql::Publicity::kPublic, std::string(kPath),
               [id, act](sql::Tx& tx) -> std::string {
                 bool done = false;
                 if (act == "up") done = journal::MoveSection(tx, id, -1);
                 if (act == "down") done = journal::MoveSection(tx, id, 1);
                 if (act == "hide") done = journal::HideSection(tx, id, true);
                 if (act == "show") done = journal::HideSection(tx, id, false);
                 if (act == "remove") return journal::RemoveSection(tx, id) ? "removed" : "";
                 return done ? "saved" : "";
               });
}

fcgi::Response NavigationPost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  std::string wrong;
  auto links = LinksIn(form["links"], visit.context.templates.words(), wrong);
  if (!wrong.empty())
    return ShowSidebar(FrameOf(visit.context), visit.viewer, visit.context.tx,
                       visit.context.request, std::string(form["links"]), wrong);
  return Write(visit, sql::Publicity::kPublic, std::string(kPath),
               [links = std::move(links)](sql::Tx& tx) -> std::string {
                 journal::ReplaceNavigation(tx, links);
                 return "saved";
               });
}

fcgi::Response SectionPage(Visit& visit) {
  const Section section = FindSection(visit);
  TypedSection typed;
  typed.caption = section.caption;
  typed.content = section.content;
  typed.amount = std::to_string(section.amount);
  if (HasLinks(section.kind))
    typed.links = LinesOf(journal::LinksOfSection(visit.context.tx, section.id));
  return ShowSection(visit, section, typed);
}

fcgi::Response SectionPost(Visit& visit) {
  Section section = FindSection(visit);
  const templates::Words& words = visit.context.templates.words();
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  TypedSection typed;
  typed.caption = form["caption"];
  typed.content = form["content"];
  typed.links = form["links"];
  typed.amount = form["amount"];
  const auto long_text = [&](std::string_view name, std::size_t max) -> std::string {
    if (!form.TooLong(name)) return "";
    return words.Format(word::kErrLongBytes,
                        {{"n", words.Number(static_cast<std::int64_t>(form[name].size()))},
                         {"max", words.Number(static_cast<std::int64_t>(max))}});
  };
  typed.wrong_caption = long_text("caption", kCaptionMax);
  typed.wrong_content = long_text("content", kContentMax);
  section.caption = typed.caption;
  if (section.kind == SectionKind::kHtml) section.content = typed.content;
  std::vector<LinkDraft> links;
  if (HasLinks(section.kind)) links = LinksIn(typed.links, words, typed.wrong_links);
  if (section.kind == SectionKind::kComments) {
    const auto amount = NumberIn(typed.amount);
    if (!amount || *amount < 1 || *amount > kAmountMax)
      typed.wrong_amount = templates::Fill(WordNamed(words, "admin.setting.err.number"),
                                           {{"min", "1"}, {"max", words.Number(kAmountMax)}});
    else
      section.amount = *amount;
  }
  if (typed.IsWrong()) return ShowSection(visit, section, typed);
  return Write(visit, sql::Publicity::kPublic, std::string(kPath),
               [section, links = std::move(links)](sql::Tx& tx) -> std::string {
                 return journal::ChangeSection(tx, section, links) ? "saved" : "";
               });
}

}  // namespace daybook::handlers::admin
