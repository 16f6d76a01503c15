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

// A section of which nothing is to be seen has no heading either.
void FillSection(sql::Tx& tx, templates::View& view, const Frame& frame,
                 const journal::SidebarSection& section, journal::Seconds now) {
  const auto open = [&] {
    Block block = view.Add(key::kSideSection);
    block.Set(key::kSectionId, section.id);
    block.Show(key::kCaption, key::kCaptionText, CaptionOf(frame.words(), section));
    return block;
  };
  switch (section.kind) {
    case SectionKind::kHtml: {
      const text::SafeHtml html = RenderOwned(frame, journal::Format::kHtml, section.content,
                                              "side-" + std::to_string(section.id));
      if (html.empty()) return;
      Block block = open();
      block.Show(key::kSideHtml);
      block.Set(key::kSectionHtml, html);
      return;
    }
    case SectionKind::kSubscribe:
      return open().Show(key::kSideSubscribe);
    case SectionKind::kNewsletter:
      return open().Show(key::kSideNewsletter);
    case SectionKind::kLinks:
      if (!section.links.empty()) FillLinks(open().Add(key::kSideLinks), frame, section.links);
      return;
    case SectionKind::kConnect:
      if (!section.links.empty()) FillLinks(open().Add(key::kSideConnect), frame, section.links);
      return;
    case SectionKind::kSearch:
      return open().Show(key::kSideSearch);
    case SectionKind::kComments: {
      const auto comments = journal::LatestComments(tx, now, section.amount);
      if (!comments.empty()) FillComments(open().Add(key::kSideComments), frame, comments);
      return;
    }
    case SectionKind::kArchive: {
      const auto months = journal::Months(tx);
      if (!months.empty()) FillMonths(open().Add(key::kSideArchive), frame, months);
      return;
    }
    case SectionKind::kCategories: {
      const auto tree = journal::CategoryTree(tx);
      if (!tree.empty())
        open().Show(key::kSideCategories, key::kCategoryTreeHtml, RenderTree(frame, tree));
      return;
    }
    case SectionKind::kTags: {
      const auto tags = journal::TopTags(tx, kTagsShown);
      if (!tags.empty()) FillTags(open().Add(key::kSideTags), frame, tags);
      return;
    }
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
    FillSection(tx, view, frame, section, now);
  }
  return view.RenderFragment();
}

}  // namespace daybook::handlers
