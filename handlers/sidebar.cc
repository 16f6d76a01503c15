// The sidebar, rendered once for each state of the journal.
#include "handlers/frame.h"
#include "templates/keys.h"
#include "templates/tree.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using journal::SectionKind;
using templates::Block;

namespace {

constexpr std::int64_t kTagsShown = 40;
constexpr std::size_t kMonthsShown = 24;

void FillLinks(Block block, const Frame& frame, const std::vector<journal::TitledUrl>& links) {
  for (const journal::TitledUrl& link : links) {
    const text::SafeUrl url = frame.links.Typed(link.url);
    if (url.empty()) continue;
    Block item = block.Add(key::kSideLink);
    item.Set(key::kSideLinkTitle, link.title);
    item.Set(key::kSideLinkUrl, url);
  }
}

void FillComments(Block block, const Frame& frame,
                  const std::vector<journal::CommentInFeed>& comments) {
  for (const journal::CommentInFeed& comment : comments) {
    const Moment moment = MomentOf(frame, comment.created_at, "");
    Block item = block.Add(key::kSideComment);
    item.Set(key::kSideCommentDate, moment.date);
    item.Set(key::kSideCommentDatetime, moment.machine);
    item.Set(key::kSideCommentAuthor, comment.author_name);
    item.Set(key::kSideCommentEntry, comment.entry.title);
    item.Set(key::kSideCommentUrl,
             frame.links.To(comment.entry.path, "#comment-" + std::to_string(comment.id)));
  }
}

void FillMonths(Block block, const Frame& frame, std::vector<journal::Month> months) {
  if (months.size() > kMonthsShown) months.resize(kMonthsShown);
  for (const journal::Month& month : months) {
    Block item = block.Add(key::kSideLink);
    item.Set(key::kSideLinkTitle,
             frame.words().MonthYear(static_cast<int>(month.year), static_cast<int>(month.month)));
    item.Set(key::kSideLinkUrl, frame.links.To("/" + std::to_string(month.year) + "/" +
                                               std::to_string(month.month) + "/"));
    item.Set(key::kSideLinkCount, month.entries);
  }
}

void FillTags(Block block, const Frame& frame, const std::vector<journal::CountedTerm>& tags) {
  for (const journal::CountedTerm& tag : tags) {
    Block item = block.Add(key::kSideLink);
    item.Set(key::kSideLinkTitle, tag.term.name);
    item.Set(key::kSideLinkUrl, frame.links.To("/tag/" + tag.term.slug));
    item.Set(key::kSideLinkCount, tag.entries);
  }
}

// What a section is called where its owner gave it no caption.
std::string CaptionOf(const templates::Words& words, const journal::SidebarSection& section) {
  if (!section.caption.empty()) return section.caption;
  switch (section.kind) {
    case SectionKind::kSubscribe:
      return words.Get(word::kSidebarSubscribe);
    case SectionKind::kNewsletter:
      return words.Get(word::kSidebarNewsletter);
    case SectionKind::kConnect:
      return words.Get(word::kSidebarConnect);
    case SectionKind::kSearch:
      return words.Get(word::kSidebarSearch);
    case SectionKind::kComments:
      return words.Get(word::kSidebarComments);
    case SectionKind::kArchive:
      return words.Get(word::kSidebarArchive);
    case SectionKind::kCategories:
      return words.Get(word::kSidebarCategories);
    case SectionKind::kTags:
      return words.Get(word::kSidebarTags);
    case SectionKind::kHtml:
    case SectionKind::kLinks:
      break;
  }
  return "";
}

void FillSection(sql::Tx& tx, Block block, const Frame& frame,
                 const journal::SidebarSection& section, journal::Seconds now) {
  switch (section.kind) {
    case SectionKind::kHtml:
      block.Show(key::kSideHtml);
      block.Set(key::kSectionHtml, RenderOwned(frame, journal::Format::kHtml, section.content,
                                               "side-" + std::to_string(section.id)));
      break;
    case SectionKind::kSubscribe:
      block.Show(key::kSideSubscribe);
      break;
    case SectionKind::kNewsletter:
      block.Show(key::kSideNewsletter);
      break;
    case SectionKind::kLinks:
      FillLinks(block.Add(key::kSideLinks), frame, section.links);
      break;
    case SectionKind::kConnect:
      FillLinks(block.Add(key::kSideConnect), frame, section.links);
      break;
    case SectionKind::kSearch:
      block.Show(key::kSideSearch);
      break;
    case SectionKind::kComments:
      FillComments(block.Add(key::kSideComments), frame,
                   journal::LatestComments(tx, now, section.amount));
      break;
    case SectionKind::kArchive:
      FillMonths(block.Add(key::kSideArchive), frame, journal::Months(tx));
      break;
    case SectionKind::kCategories:
      block.Show(key::kSideCategories, key::kCategoryTreeHtml,
                 RenderTree(frame, journal::CategoryTree(tx)));
      break;
    case SectionKind::kTags:
      FillTags(block.Add(key::kSideTags), frame, journal::TopTags(tx, kTagsShown));
      break;
  }
}

std::vector<templates::TreeNode> Branch(const Frame& frame,
                                        const std::vector<journal::CategoryNode>& nodes,
                                        std::size_t& at, int depth) {
  std::vector<templates::TreeNode> branch;
  while (at < nodes.size() && nodes[at].depth >= depth) {
    const journal::CategoryNode& node = nodes[at++];
    branch.push_back({node.term.name, frame.links.To("/category/" + node.term.slug), node.entries,
                      Branch(frame, nodes, at, depth + 1)});
  }
  return branch;
}

}  // namespace

text::SafeHtml RenderTree(const Frame& frame, const std::vector<journal::CategoryNode>& nodes) {
  std::size_t at = 0;
  return templates::RenderTree(frame.templates, Branch(frame, nodes, at, 0));
}

text::SafeHtml RenderSidebar(sql::Tx& tx, const templates::Templates& templates, const Site& site,
                             const Links& links, journal::Seconds now) {
  const std::vector<journal::SidebarSection> sections = journal::Sidebar(tx);
  if (sections.empty() || site.settings.sidebar_side == journal::SidebarSide::kNone) return {};
  const Frame frame{templates, site, links};
  templates::View view(templates, templates::tpl::kSidebar);
  view.Set(key::kRootUrl, links.root());
  const bool no_comments = site.settings.comments == journal::CommentPolicy::kNone;
  for (const journal::SidebarSection& section : sections) {
    if (no_comments && section.kind == SectionKind::kComments) continue;
    Block block = view.Add(key::kSideSection);
    block.Set(key::kSectionId, section.id);
    block.Show(key::kCaption, key::kCaptionText, CaptionOf(frame.words(), section));
    FillSection(tx, block, frame, section, now);
  }
  return view.RenderFragment();
}

}  // namespace daybook::handlers
