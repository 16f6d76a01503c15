// Everything there is, by its headings.
#include "handlers/frame.h"
#include "handlers/pages.h"
#include "templates/keys.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using templates::Block;

namespace {

constexpr std::int64_t kTagsShown = 500;

void FillYears(templates::View& view, const Frame& frame,
               const std::vector<journal::Month>& months) {
  if (months.empty()) return;
  Block years = view.Add(key::kArchiveYears);
  for (std::size_t i = 0; i < months.size();) {
    const std::int64_t year = months[i].year;
    const std::string place = "/" + std::to_string(year) + "/";
    Block block = years.Add(key::kArchiveYear);
    block.Set(key::kYearName, year);
    block.Set(key::kYearUrl, frame.links.To(place));
    std::int64_t total = 0;
    for (; i < months.size() && months[i].year == year; ++i) {
      total += months[i].entries;
      Block month = block.Add(key::kArchiveMonth);
      month.Set(key::kMonthName, frame.words().Month(static_cast<int>(months[i].month)));
      month.Set(key::kMonthUrl, frame.links.To(place + std::to_string(months[i].month) + "/"));
      month.Set(key::kMonthCount, months[i].entries);
    }
    block.Set(key::kYearCount, total);
  }
}

}  // namespace

fcgi::Response ArchivePage(Context& context) {
  const Frame frame = FrameOf(context);
  templates::View view(context.templates, templates::tpl::kArchive);
  const std::vector<journal::Month> months = journal::Months(context.tx);
  FillYears(view, frame, months);
  view.Show(key::kFrontEmpty, months.empty());
  if (const auto tree = journal::CategoryTree(context.tx); !tree.empty())
    view.Show(key::kArchiveCategories, key::kCategoryTreeHtml, RenderTree(frame, tree));
  if (const auto tags = journal::TopTags(context.tx, kTagsShown); !tags.empty()) {
    Block list = view.Add(key::kArchiveTags);
    for (const journal::CountedTerm& tag : tags) {
      Block item = list.Add(key::kArchiveTag);
      item.Set(key::kTagName, tag.term.name);
      item.Set(key::kTagUrl, frame.links.To("/tag/" + tag.term.slug));
      item.Set(key::kTagCount, tag.entries);
    }
  }
  if (const auto authors = journal::Authors(context.tx); authors.size() > 1) {
    Block list = view.Add(key::kArchiveAuthors);
    for (const journal::CountedTerm& author : authors) {
      Block item = list.Add(key::kArchiveAuthor);
      item.Set(key::kAuthorName, author.term.name);
      item.Set(key::kAuthorUrl, frame.links.To("/author/" + author.term.slug));
      item.Set(key::kAuthorCount, author.entries);
    }
  }
  Head head;
  head.title = frame.words().Get(word::kArchiveTitle);
  head.path = "/archive";
  head.feeds = FeedsAt(context.site.settings.title, "");
  FillFrame(view, frame, head);
  return fcgi::Html(view.Render());
}

}  // namespace daybook::handlers
