// The front page and every archive page: a heading, entries newest first, paging.
#include "handlers/entry_parts.h"
#include "handlers/legacy.h"
#include "handlers/pages.h"
#include "journal/setup.h"
#include "templates/body.h"
#include "templates/json_ld.h"
#include "templates/keys.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace tpl = templates::tpl;
namespace word = templates::word;
using fcgi::HttpError;
using fcgi::Response;
using journal::ListKind;
using journal::ListOf;
using templates::Block;
using templates::View;

namespace {

// What a list page is about.
struct Listing {
  ListOf of;
  std::string place;  // path of its first page
  std::string title;
  text::SafeHtml about;
  std::vector<journal::Month> months;  // of a year
  std::int64_t total = 0;
  bool front = false;
};

void FillEntry(Block block, const Frame& frame, const journal::Listed& entry,
               journal::Amount amount, journal::Seconds now) {
  const Moment published = MomentOf(frame, entry.visible_at, entry.zone);
  const std::string title = TitleOf(frame, entry.title, entry.visible_at, entry.zone);
  FillLeaf(block, frame, published);
  FillLanguage(block, frame, entry.language);
  block.Set(key::kEntryUrl, frame.links.To(entry.path));
  block.Set(key::kEntryTitle, title);
  block.Show(key::kUntitled, entry.title.empty());
  block.Show(key::kPinned, entry.pinned);
  bool more = !entry.more.empty();
  if (entry.locked) {
    block.Show(key::kEntryLocked);
    more = false;
  } else if (amount == journal::Amount::kFull) {
    block.Show(key::kEntryFull);
    block.Set(key::kBodyHtml, templates::BodyForPage(entry.body, frame.words()));
  } else {
    block.Show(key::kEntrySummary);
    block.Set(key::kSummaryText, entry.excerpt.empty() ? entry.summary : entry.excerpt);
    more = true;
  }
  if (more) {
    Block link = block.Add(key::kReadMore);
    const bool to_split = amount == journal::Amount::kFull;
    link.Set(key::kEntryMoreUrl, frame.links.To(entry.path, to_split ? "#more" : ""));
    link.Set(key::kPlainTitle, title);
  }
  LinesOf lines;
  lines.path = entry.path;
  lines.title = title;
  lines.published = published;
  lines.visible_at = entry.visible_at;
  lines.updated_at = entry.updated_at;
  lines.zone = entry.zone;
  lines.author = entry.author;
  lines.author_slug = entry.author_slug;
  lines.comment_count = entry.comment_count;
  lines.comments_shown =
      !entry.locked &&
      CommentStateOf(frame.site.settings, entry.comments, entry.comments_close, now).shown;
  lines.terms = entry.terms;
  lines.locked = entry.locked;
  FillLines(block, frame, lines);
}

// The page number of this request, from 1. "/page/1" moves to the page itself.
std::optional<Response> CanonicalPage(const Context& context, const Listing& listing,
                                      std::int64_t& page) {
  const std::string_view written = context.captures["n"];
  if (written.empty()) {
    page = 1;
    return std::nullopt;
  }
  page = context.captures.Int("n");
  if (page < 1) throw HttpError(404);
  if (page == 1 || written.front() == '0')
    return fcgi::Redirect(301, context.links.To(PagePath(listing.place, page)).view());
  return std::nullopt;
}

Response RenderListing(Context& context, const Listing& listing) {
  std::int64_t page = 1;
  if (auto moved = CanonicalPage(context, listing, page)) return *std::move(moved);
  const Frame frame = FrameOf(context);
  const journal::Settings& settings = context.site.settings;
  const std::int64_t size = settings.front_entries;

  std::vector<journal::Listed> entries;
  std::int64_t total = listing.total;
  if (listing.front) {
    const std::int64_t pinned = journal::CountOf(context.tx, {ListKind::kPinned}, context.now);
    total -= pinned;
    if (page == 1 && pinned > 0)
      entries = journal::List(context.tx, {ListKind::kPinned}, context.now, size, 0);
  }
  const std::int64_t pages = std::max<std::int64_t>(1, (total + size - 1) / size);
  if (page > pages) throw HttpError(404);
  ListOf of = listing.of;
  if (listing.front) of.kind = ListKind::kUnpinned;
  for (auto& entry : journal::List(context.tx, of, context.now, size, (page - 1) * size))
    entries.push_back(std::move(entry));

  View view(context.templates, tpl::kList);
  Head head;
  head.title = listing.front ? "" : listing.title;
  if (page > 1)
    head.title = frame.words().Format(
        word::kListPage,
        {{"title", listing.front ? settings.title : listing.title}, {"n", std::to_string(page)}});
  head.description = listing.front ? settings.tagline : "";
  head.path = PagePath(listing.place, page);
  if (page > 1) head.newer = PagePath(listing.place, page - 1);
  if (page < pages) head.older = PagePath(listing.place, page + 1);
  std::string place = listing.place;
  while (place.ends_with('/')) place.pop_back();
  head.feeds = FeedsAt(
      listing.front ? settings.title
                    : frame.words().Format(word::kFeedList,
                                           {{"journal", settings.title}, {"name", listing.title}}),
      place);
  if (listing.front && settings.comments != journal::CommentPolicy::kNone)
    head.feeds.push_back({frame.words().Format(word::kFeedComments, {{"journal", settings.title}}),
                          "application/rss+xml", "/comments/rss.xml"});
  if (listing.front && page == 1)
    head.json_ld =
        templates::JournalJsonLd({.url = frame.links.full_root().str(),
                                  .name = settings.title,
                                  .description = settings.tagline,
                                  .language = frame.words().language(),
                                  .search_url = frame.links.Full("/search", "?q=").str()});
  FillFrame(view, frame, head);

  view.Set(key::kListTitle, listing.title);
  view.Show(key::kFront, listing.front);
  if (page == 1) view.Show(key::kListAbout, key::kListAboutHtml, listing.about);
  if (!listing.front) {
    view.Show(key::kListCount, key::kListCountText,
              frame.words().Plural(word::kListEntries, listing.total));
    view.Show(key::kListFeed, key::kListFeedUrl, frame.links.To(place + "/atom.xml"));
  }
  if (page == 1 && listing.months.size() > 1) {
    Block parts = view.Add(key::kListParts);
    for (const journal::Month& month : listing.months) {
      Block part = parts.Add(key::kListPart);
      part.Set(key::kPartName, frame.words().Month(static_cast<int>(month.month)));
      part.Set(key::kPartUrl, frame.links.To(listing.place + std::to_string(month.month) + "/"));
      part.Set(key::kPartCount, month.entries);
    }
  }
  for (const journal::Listed& entry : entries)
    FillEntry(view.Add(key::kListEntry), frame, entry, settings.front_show, context.now);
  if (entries.empty()) view.Show(listing.front ? key::kFrontEmpty : key::kListEmpty);
  FillPaging(view, frame, listing.place, {page, pages});
  return fcgi::Html(view.Render());
}

std::string DatePlace(const ListOf& of) {
  std::string place = "/" + std::to_string(of.year) + "/";
  if (of.kind == ListKind::kYear) return place;
  place += std::to_string(of.month) + "/";
  if (of.kind == ListKind::kMonth) return place;
  return place + std::to_string(of.day) + "/";
}

bool HasLeadingZero(const Context& context) {
  for (const std::string_view name : {"year", "month", "day"}) {
    const std::string_view written = context.captures[name];
    if (written.size() > 1 && written.front() == '0') return true;
  }
  return false;
}

// A period without an entry is no page: the address may be an entry's, or an old one.
Response DatePage(Context& context, ListKind kind) {
  Listing listing;
  listing.of = {kind, context.captures.Int("year"), context.captures.Int("month"),
                context.captures.Int("day"), 0};
  listing.place = DatePlace(listing.of);
  listing.total = journal::CountOf(context.tx, listing.of, context.now);
  const bool as_written =
      context.captures["year"].size() == 4 || context.captures["year"].front() != '0';
  if (listing.total == 0 || !as_written) return ByPath(context);
  if (HasLeadingZero(context)) return fcgi::Redirect(301, context.links.To(listing.place).view());
  const Frame frame = FrameOf(context);
  const auto year = static_cast<int>(listing.of.year);
  const auto month = static_cast<int>(listing.of.month);
  const auto day = static_cast<int>(listing.of.day);
  if (kind == ListKind::kYear) {
    listing.title = std::to_string(year);
    for (const journal::Month& of_all : journal::Months(context.tx))
      if (of_all.year == year) listing.months.push_back(of_all);
  } else if (kind == ListKind::kMonth) {
    listing.title = frame.words().MonthYear(year, month);
  } else {
    listing.title = frame.words().Date({year, month, day, text::Weekday(year, month, day), 0, 0});
  }
  return RenderListing(context, listing);
}

Response TermPage(Context& context, ListKind kind, const std::optional<journal::FoundTerm>& term,
                  std::string_view folder, templates::WordKey title) {
  // A tag comes with its entries: one that only a draft has tells of it.
  if (!term || (kind == ListKind::kTag && term->entry_count == 0)) return ByPath(context);
  Listing listing;
  listing.of = {kind, 0, 0, 0, term->id};
  listing.place = std::string(folder) + term->slug;
  listing.title = FrameOf(context).words().Format(title, {{"name", term->name}});
  listing.total = term->entry_count;
  if (!term->description.empty())
    listing.about =
        RenderOwned(FrameOf(context), journal::Format::kMarkdown, term->description, "about");
  return RenderListing(context, listing);
}

}  // namespace

Response FrontPage(Context& context) {
  if (context.captures["n"].empty()) {
    if (const auto moved = MovedByQuery(context)) return OldQuery(context, *moved);
  }
  Listing listing;
  listing.place = "/";
  listing.title = context.site.settings.title;
  listing.total = context.site.entry_count;
  listing.front = true;
  if (listing.total == 0 && journal::IsBlank(context.tx)) {
    context.cacheable = false;
    return fcgi::Redirect(303, context.links.To("/admin/setup").view());
  }
  return RenderListing(context, listing);
}

Response YearPage(Context& context) { return DatePage(context, ListKind::kYear); }
Response MonthPage(Context& context) { return DatePage(context, ListKind::kMonth); }
Response DayPage(Context& context) { return DatePage(context, ListKind::kDay); }

Response CategoryPage(Context& context) {
  return TermPage(context, ListKind::kCategory,
                  journal::CategoryBySlug(context.tx, context.captures["slug"]), "/category/",
                  word::kListCategory);
}

Response TagPage(Context& context) {
  return TermPage(context, ListKind::kTag, journal::TagBySlug(context.tx, context.captures["slug"]),
                  "/tag/", word::kListTag);
}

Response AuthorPage(Context& context) {
  return TermPage(context, ListKind::kAuthor,
                  journal::AuthorBySlug(context.tx, context.captures["slug"]), "/author/",
                  word::kListAuthor);
}

}  // namespace daybook::handlers
