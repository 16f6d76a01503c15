// Writes every template in every state with made-up values as files, to look at and to check:
// render_samples DIR. It is a tool for those who work on the templates, not a test; the demo
// journal is scripts/serve's.
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

#include "templates/body.h"
#include "templates/json_ld.h"
#include "templates/keys.h"
#include "templates/print_links.h"
#include "templates/templates.h"
#include "templates/tree.h"
#include "templates/view.h"
#include "text/config_error.h"

namespace daybook::templates {
namespace {

text::SafeHtml Html(std::string s) { return text::SafeHtml::Vouch(std::move(s)); }
text::SafeUrl Url(std::string s) { return text::SafeUrl::Vouch(std::move(s)); }

constexpr char kShort[] =
    "<p>The harbour froze over on Tuesday, which it has not done since the year the "
    "<em>Marigold</em> was sold. "
    "We walked out as far as the second buoy and came back along the wall, talking of nothing.</p>"
    "<ul><li>Bread in the oven by nine.</li><li>Letters answered, all but one.</li></ul>"
    "<blockquote><p>Ice is only water keeping its word.</p></blockquote>"
    "<p>Later, <a href=\"https://example.org/tides?a=1&amp;b=2\">the tide tables</a> – twice – and "
    "soup.</p>";

constexpr char kLong[] =
    "<h2>A heading in the text</h2><p>Some <code>code</code>, a <kbd>Ctrl</kbd>, a footnote<sup "
    "class=\"footnote-ref\">"
    "<a href=\"#fn-1\" id=\"fnref-1\">1</a></sup>, an <abbr title=\"abbreviation\">abbr.</abbr>, "
    "and an address that does "
    "not end: "
    "https://example.org/a/very/long/path/without/any/space/in/it/that/goes/on/and/on/and/on/until/"
    "the/margin.</p>"
    "<p>____________________________________</p>"
    "<pre><code>for (const Leaf&amp; leaf : book.leaves()) { std::printf(\"%s %d\\n\", "
    "leaf.weekday.c_str(), leaf.day); }\n"
    "\treturn 0;</code></pre>"
    "<figure class=\"wide\"><img src=\"picture.svg\" width=\"4000\" height=\"1200\" alt=\"A wide "
    "field\" loading=\"lazy\">"
    "<figcaption>A picture of four thousand pixels.</figcaption></figure>"
    "<div class=\"wp-caption alignright\"><img src=\"picture.svg\" width=\"300\" height=\"200\" "
    "alt=\"A small field\">"
    "<p class=\"wp-caption-text\">Right of the text</p></div><p>A paragraph that has something at "
    "its right, so that it may be "
    "seen whether the lines go around it as they should, and go back to their own width when it is "
    "over. The rest is filling, "
    "and filling is what the rest is, until there are enough lines for the picture to end.</p>"
    "<table><thead><tr><th>Port</th><th>High water</th><th>Low water</th><th>Range in "
    "metres</th><th>Moon</th><th>Wind</th>"
    "<th>Sea</th><th>Remarks</th></tr></thead><tbody><tr><td>Northgate</td><td>04:12</"
    "td><td>10:31</td><td>3.2</td><td>waxing</td>"
    "<td>NE 5</td><td>moderate</td><td>unremarkable</td></tr></tbody></table>"
    "<div class=\"wp-block-gallery\"><figure><img src=\"picture.svg\" width=\"300\" height=\"200\" "
    "alt=\"One\"></figure><figure>"
    "<img src=\"picture.svg\" width=\"300\" height=\"200\" alt=\"Two\"></figure><figure><img "
    "src=\"picture.svg\" width=\"300\" "
    "height=\"200\" alt=\"Three\"></figure></div>"
    "<div class=\"wp-block-columns\"><div><p>Left column with a few words in "
    "it.</p></div><div><p>Right column with some more words "
    "in it.</p></div></div><details><summary>What is folded</summary><p>Unfolded.</p></details>"
    "<section class=\"footnotes\"><ol><li id=\"fn-1\"><p>The note. <a href=\"#fnref-1\" "
    "aria-label=\"Back to the text\">↩</a></p></li>"
    "</ol></section>";

struct Writer {
  const Templates& templates;
  std::filesystem::path folder;

  void Write(std::string_view name, const View& view) const {
    const std::string text = view.Render();
    const std::filesystem::path path = folder / name;
    if (std::FILE* file = std::fopen(path.c_str(), "wb"); file != nullptr) {
      std::fwrite(text.data(), 1, text.size(), file);
      std::fclose(file);
    }
    std::printf("%s %zu\n", path.c_str(), text.size());
  }
};

text::SafeHtml Sidebar(const Templates& templates) {
  View view(templates, tpl::kSidebar);
  view.Set(key::kRootUrl, Url("./"));
  int id = 0;
  const auto add = [&](std::string_view caption) {
    Block block = view.Add(key::kSideSection);
    block.Set(key::kSectionId, ++id);
    if (!caption.empty()) block.Show(key::kCaption, key::kCaptionText, caption);
    return block;
  };
  add("Subscriptions").Add(key::kSideSubscribe);
  add("").Show(key::kSideHtml, key::kSectionHtml,
               BodyForPage(Html("<p>____________________________________</p>"), templates.words()));
  add("Newsletter").Show(key::kSideNewsletter);
  Block links = add("Elsewhere").Add(key::kSideLinks);
  for (const char* name : {"Read", "Think", "Learn", "Laugh"}) {
    Block link = links.Add(key::kSideLink);
    link.Set(key::kSideLinkTitle, name);
    link.Set(key::kSideLinkUrl, Url("https://example.org/"));
  }
  Block connect = add("Connect").Add(key::kSideConnect);
  for (const char* name : {"Mastodon", "Flickr"}) {
    Block link = connect.Add(key::kSideLink);
    link.Set(key::kSideLinkTitle, name);
    link.Set(key::kSideLinkUrl, Url("https://example.org/"));
  }
  add("Search").Show(key::kSideSearch);
  Block comments = add("Latest comments").Add(key::kSideComments);
  for (const char* name : {"Ines", "Tom Okafor"}) {
    Block comment = comments.Add(key::kSideComment);
    comment.Set(key::kSideCommentDate, "Mar 20");
    comment.Set(key::kSideCommentDatetime, "2026-03-20");
    comment.Set(key::kSideCommentAuthor, name);
    comment.Set(key::kSideCommentEntry, "Ice in the harbour");
    comment.Set(key::kSideCommentUrl, Url("entry.html#comment-1"));
  }
  Block archive = add("Archive").Add(key::kSideArchive);
  for (const char* name : {"March 2026", "February 2026"}) {
    Block link = archive.Add(key::kSideLink);
    link.Set(key::kSideLinkTitle, name);
    link.Set(key::kSideLinkUrl, Url("list.html"));
    link.Set(key::kSideLinkCount, 4);
  }
  add("Categories")
      .Add(key::kSideCategories)
      .Set(key::kCategoryTreeHtml,
           RenderTree(templates,
                      {{"Household", Url("list.html"), 12, {{"Kitchen", Url("list.html"), 7, {}}}},
                       {"Weather", Url("list.html"), 3, {}}}));
  Block tags = add("Tags").Add(key::kSideTags);
  for (const char* name : {"ice", "soup", "walking"}) {
    Block link = tags.Add(key::kSideLink);
    link.Set(key::kSideLinkTitle, name);
    link.Set(key::kSideLinkUrl, Url("list.html"));
    link.Set(key::kSideLinkCount, 2);
  }
  return view.RenderFragment();
}

void Around(View& view, const Templates& templates, std::string_view title) {
  view.Set(key::kLang, "en");
  view.Set(key::kPageTitle, std::string(title) + " | Tidewater Notes");
  view.Set(key::kRootUrl, Url("./"));
  view.Show(key::kCanonical);
  view.Set(key::kCanonicalUrl, Url("https://example.org/2026/3/19/ice.html"));
  view.Set(key::kSiteTitle, "Tidewater Notes");
  view.Show(key::kTagline, key::kSiteTagline, "Boats, bread, and other slow things");
  Block feed = view.Add(key::kFeed);
  feed.Set(key::kFeedTitle, "Tidewater Notes");
  feed.Set(key::kFeedType, "application/atom+xml");
  feed.Set(key::kFeedUrl, Url("atom.xml"));
  view.Show(key::kJsonLd, key::kJsonLdHtml,
            JournalJsonLd({.url = "https://example.org/", .name = "Tidewater </script> Notes"}));
  view.Show(key::kOg);
  view.Set(key::kOgType, "article");
  view.Set(key::kOgTitle, title);
  Block nav = view.Add(key::kNav);
  for (const char* name : {"Journal", "Archive", "About", "Write to me"}) {
    Block item = nav.Add(key::kNavItem);
    item.Set(key::kNavTitle, name);
    item.Set(key::kNavUrl, Url("list.html"));
    item.Show(key::kNavCurrent, name == std::string_view("Journal"));
  }
  view.Show(key::kSidebar, key::kSidebarHtml, Sidebar(templates));
  Block owner = view.Add(key::kOwner);
  owner.Set(key::kCopyrightText, "2004–2026");
  owner.Set(key::kOwnerName, "M. Hale");
  owner.Set(key::kOwnerUrl, Url("https://example.org/"));
}

void EntryValues(Block& block, const Words& words, std::string_view title) {
  const DateParts date{2007, 3, 19, 1, 21, 40};
  block.Set(key::kDatetime, "2007-03-19T21:40:00+11:00");
  block.Set(key::kWeekday, words.Day(date.weekday));
  block.Set(key::kMonth, words.MonthShort(date.month));
  block.Set(key::kDay, date.day);
  block.Set(key::kYear, date.year);
  block.Set(key::kEntryUrl, Url("entry.html"));
  block.Set(key::kEntryTitle, title);
  block.Set(key::kPlainTitle, title);
  block.Set(key::kAuthorName, "M. Hale");
  block.Set(key::kAuthorUrl, Url("list.html"));
  block.Show(key::kPostedLine, key::kPostedText, words.DateTime(date));
  Block filed = block.Add(key::kFiledLine);
  for (const char* name : {"Household", "Weather"}) {
    Block category = filed.Add(key::kFiledCategory);
    category.Set(key::kCategoryName, name);
    category.Set(key::kCategoryUrl, Url("list.html"));
  }
  Block tagged = block.Add(key::kTaggedLine);
  for (const char* name : {"ice", "soup"}) {
    Block tag = tagged.Add(key::kFiledTag);
    tag.Set(key::kTagName, name);
    tag.Set(key::kTagUrl, Url("list.html"));
  }
  Block actions = block.Add(key::kActions);
  actions.Show(key::kPermalinkLine);
  actions.Show(key::kPrintLine, key::kPrintUrl, Url("print.html"));
  actions.Show(key::kMailLine, key::kMailUrl, Url("mailto:?subject=Ice%20%26%20soup"));
  Block count = actions.Add(key::kCommentsLine);
  count.Set(key::kCommentsUrl, Url("entry.html#comments"));
  count.Set(key::kCommentsLabel, words.Plural(word::kCommentsLabel, 2));
}

void CommentValues(Block block, int id, std::string_view name, std::string_view site,
                   std::string html) {
  block.Set(key::kCommentId, id);
  block.Set(key::kCommentDatetime, "2007-03-20T07:05:00+11:00");
  block.Set(key::kCommentDate, "March 20, 2007 at 7:05 AM");
  block.Set(key::kCommentAuthor, name);
  block.Set(key::kCommentHtml, Html(std::move(html)));
  if (site.empty()) {
    block.Show(key::kCommentUnlinked);
  } else {
    block.Show(key::kCommentLinked, key::kCommentAuthorUrl, Url(std::string(site)));
  }
}

void Discussion(View& view, const Words& words) {
  view.Show(key::kComments);
  view.Set(key::kCommentsHeading, words.Format(word::kCommentsHeadingCount, {{"n", "3"}}));
  Block threads = view.Add(key::kThreads);
  Block first = threads.Add(key::kThread);
  CommentValues(first.Add(key::kThreadFirst), 1, "Ines", "https://example.net/",
                "<p>Ours froze, too.<br>Since Sunday.</p>");
  Block replies = first.Add(key::kReplies);
  CommentValues(replies.Add(key::kReply), 2, "M. Hale", "",
                "<p>Then you know about the <code>gulls</code>.</p>");
  CommentValues(threads.Add(key::kThread).Add(key::kThreadFirst), 3, "Tom Okafor & Söhne <3", "",
                "<p>“Keeping its word” – I’ll borrow that.</p>");
  view.Show(key::kCommentsFeed, key::kCommentsFeedUrl, Url("comments.xml"));
  Block references = view.Add(key::kReferences);
  references.Set(key::kReferencesHeading, words.Format(word::kReferencesHeading, {{"n", "2"}}));
  for (const bool source : {true, false}) {
    Block reference = references.Add(key::kReference);
    Block kind = reference.Add(source ? key::kReferenceSource : key::kReferenceResponse);
    if (!source) kind.Set(key::kReferenceKind, words.Get(word::kReferenceResponse));
    kind.Set(key::kReferenceTitle, source ? "Tide tables of the north" : "Ice elsewhere");
    kind.Set(key::kReferenceUrl, Url("https://example.net/ice"));
    reference.Show(key::kReferenceBy, key::kReferenceByline, "Example Notes, A. Writer");
    Block dated = reference.Add(key::kReferenceDated);
    dated.Set(key::kReferenceDatetime, "2007-03-21");
    dated.Set(key::kReferenceDate, "March 21, 2007");
    if (!source)
      reference.Show(key::kReferenceQuoted, key::kReferenceExcerpt, "We had the same cold here…");
  }
}

void Form(View& view, bool errors) {
  Block form = view.Add(key::kCommentForm);
  form.Set(key::kCommentFormUrl, Url("comment"));
  form.Show(key::kModerated);
  form.Show(key::kRespondLine, key::kRespondUrl, Url("respond"));
  form.Show(key::kAllowedHtmlList);
  form.Show(key::kNotifyBox);
  form.Set(key::kPostValue, "\nFirst line\n\n  second & <last>");
  if (!errors) return;
  Block list = form.Add(key::kFormErrors);
  Block error = list.Add(key::kFormError);
  error.Set(key::kErrorField, "c-author");
  error.Set(key::kErrorText, "Enter the name to show with your comment.");
  form.Show(key::kAuthorWrong, key::kAuthorError, "Enter the name to show with your comment.");
  form.Show(key::kAddressWrong, key::kAddressError, "This needs the form https://example.com.");
}

void Neighbours(View& view, bool newer, bool older) {
  Block nav = view.Add(key::kNeighbours);
  if (newer) {
    Block link = nav.Add(key::kNewer);
    link.Set(key::kNewerTitle, "A recipe for rye");
    link.Set(key::kNewerUrl, Url("entry.html"));
  }
  if (older) {
    Block link = nav.Add(key::kOlder);
    link.Set(key::kOlderTitle, "The \"harbour\" & the fog");
    link.Set(key::kOlderUrl, Url("entry.html"));
  }
}

void Entries(const Writer& out) {
  const Words& words = out.templates.words();
  struct State {
    const char* file;
    std::string title;
    std::string body;
    bool comments, form, errors, rtl;
  };
  std::string long_title;
  while (long_title.size() < 190) long_title += "Ice in the harbour, and ";
  const State states[] = {
      {"entry.html", "Ice in the harbour", kShort, true, false, false, false},
      {"entry-form.html", "On keeping a list", kShort, false, true, false, false},
      {"entry-errors.html", "On keeping a list", kShort, true, true, true, false},
      {"entry-long.html", long_title, std::string(kShort) + kLong, true, false, false, false},
      {"entry-emoji.html", "🌊", kShort, false, false, false, false},
      {"entry-rtl.html", "الجليد في الميناء",
       "<p>تجمد الميناء يوم الثلاثاء، ولم يحدث ذلك منذ سنوات.</p><blockquote><p>الماء يفي "
       "بوعده.</p></blockquote>",
       true, false, false, true},
  };
  for (const State& state : states) {
    View view(out.templates, tpl::kEntry);
    Around(view, out.templates, state.title);
    Neighbours(view, true, state.comments);
    EntryValues(view, words, state.title);
    view.Show(key::kLines);
    Block open = view.Add(key::kOpenEntry);
    open.Set(key::kBodyHtml, BodyForPage(Html(state.body), words));
    if (state.rtl) {
      view.Show(key::kEntryLang, key::kEntryLanguage, "ar");
      view.Show(key::kEntryRtl);
    }
    if (state.comments) Discussion(view, words);
    if (!state.comments && state.form) {
      view.Show(key::kComments);
      view.Set(key::kCommentsHeading, words.Get(word::kCommentsHeading));
      view.Show(key::kNoComments);
    }
    if (state.comments && !state.form) view.Show(key::kCommentsClosed);
    if (state.form) Form(view, state.errors);
    if (state.comments) {
      Block update = open.Add(key::kUpdate);
      update.Set(key::kUpdateDatetime, "2007-03-22");
      update.Set(key::kUpdateDate, "March 22, 2007");
      update.Set(key::kUpdateHtml, Html("<p>It has gone again.</p>"));
    }
    out.Write(state.file, view);
  }
  View locked(out.templates, tpl::kEntry);
  Around(locked, out.templates, "Protected");
  Neighbours(locked, false, true);
  EntryValues(locked, words, "What was said at supper");
  Block lock = locked.Add(key::kLocked);
  lock.Set(key::kUnlockUrl, Url("unlock"));
  lock.Show(key::kUnlockWrong);
  out.Write("entry-locked.html", locked);
}

void Lists(const Writer& out) {
  const Words& words = out.templates.words();
  for (const bool front : {true, false}) {
    View view(out.templates, tpl::kList);
    Around(view, out.templates, front ? "Front" : "Household");
    view.Set(key::kListTitle, front ? "Tidewater Notes" : "Category: Household");
    view.Show(key::kFront, front);
    if (!front) {
      view.Show(key::kListAbout, key::kListAboutHtml,
                Html("<p>What happens between the doors.</p>"));
      view.Show(key::kListCount, key::kListCountText, words.Plural(word::kListEntries, 12));
      Block parts = view.Add(key::kListParts);
      Block part = parts.Add(key::kListPart);
      part.Set(key::kPartName, "Kitchen");
      part.Set(key::kPartUrl, Url("list.html"));
      part.Set(key::kPartCount, 7);
      view.Show(key::kListFeed, key::kListFeedUrl, Url("atom.xml"));
    }
    for (int i = 0; i < 3; ++i) {
      Block entry = view.Add(key::kListEntry);
      EntryValues(entry, words,
                  i == 0   ? "Ice in the harbour"
                  : i == 1 ? "On keeping a list"
                           : "Rye");
      entry.Show(key::kPinned, i == 0);
      if (i == 2) {
        entry.Show(key::kEntryLocked);
      } else if (front) {
        entry.Show(key::kEntryFull, key::kBodyHtml, Html(kShort));
      } else {
        entry.Show(key::kEntrySummary, key::kSummaryText,
                   "The harbour froze over on Tuesday, which it has not done since…");
      }
      if (i == 1) entry.Show(key::kReadMore, key::kEntryMoreUrl, Url("entry.html#more"));
    }
    Block paging = view.Add(key::kPaging);
    paging.Set(key::kPageLabel, "Page 2 of 9");
    paging.Show(key::kNewerPage, key::kNewerPageUrl, Url("list.html"));
    paging.Show(key::kOlderPage, key::kOlderPageUrl, Url("list.html"));
    out.Write(front ? "front.html" : "list.html", view);
  }
  View empty(out.templates, tpl::kList);
  Around(empty, out.templates, "Front");
  empty.Set(key::kListTitle, "Tidewater Notes");
  empty.Show(key::kFront);
  empty.Show(key::kFrontEmpty);
  out.Write("front-empty.html", empty);
}

void Others(const Writer& out) {
  const Words& words = out.templates.words();
  View archive(out.templates, tpl::kArchive);
  Around(archive, out.templates, "Archive");
  Block years = archive.Add(key::kArchiveYears);
  for (const int year : {2026, 2025, 2024}) {
    Block block = years.Add(key::kArchiveYear);
    block.Set(key::kYearName, year);
    block.Set(key::kYearUrl, Url("list.html"));
    block.Set(key::kYearCount, 36);
    for (int month = 12; month > 0; --month) {
      Block part = block.Add(key::kArchiveMonth);
      part.Set(key::kMonthName, words.Month(month));
      part.Set(key::kMonthUrl, Url("list.html"));
      part.Set(key::kMonthCount, 3);
    }
  }
  archive.Show(
      key::kArchiveCategories, key::kCategoryTreeHtml,
      RenderTree(out.templates,
                 {{"Household", Url("list.html"), 12, {{"Kitchen", Url("list.html"), 7, {}}}}}));
  Block tags = archive.Add(key::kArchiveTags);
  for (const char* name : {"ice", "soup", "walking", "lists", "barometers", "rye"}) {
    Block tag = tags.Add(key::kArchiveTag);
    tag.Set(key::kTagName, name);
    tag.Set(key::kTagUrl, Url("list.html"));
    tag.Set(key::kTagCount, 2);
  }
  out.Write("archive.html", archive);

  View page(out.templates, tpl::kPage);
  Around(page, out.templates, "About");
  page.Set(key::kEntryTitle, "About this journal");
  page.Set(key::kEntryUrl, Url("page.html"));
  page.Show(key::kOpenEntry, key::kBodyHtml, Html(kShort));
  out.Write("page.html", page);

  View print(out.templates, tpl::kPrint);
  Around(print, out.templates, "Ice in the harbour");
  EntryValues(print, words, "Ice in the harbour");
  print.Set(key::kPrintBodyHtml, WriteOutLinks(Html(kShort)));
  print.Show(key::kByline);
  out.Write("print.html", print);

  View search(out.templates, tpl::kSearch);
  Around(search, out.templates, "Search");
  search.Set(key::kQuery, "ice \"the harbour\"");
  search.Show(key::kSearched, key::kSearchSummary,
              words.Plural(word::kSearchCount, 1234, {{"q", "ice"}}));
  Block results = search.Add(key::kResults);
  for (const bool comment : {false, true}) {
    Block result = results.Add(key::kResult);
    result.Set(key::kResultTitle, "Ice in the harbour");
    result.Set(key::kResultUrl, Url("entry.html"));
    result.Set(key::kResultKind,
               words.Get(comment ? word::kSearchKindComment : word::kSearchKindEntry));
    if (comment) result.Show(key::kResultBy, key::kResultAuthor, "Ines");
    Block dated = result.Add(key::kResultDated);
    dated.Set(key::kResultDatetime, "2007-03-19");
    dated.Set(key::kResultDate, "March 19, 2007");
    result.Set(
        key::kSnippetHtml,
        Html("The harbour froze over, and the <mark>ice</mark> held as far as the second buoy…"));
  }
  out.Write("search.html", search);

  View nothing(out.templates, tpl::kSearch);
  Around(nothing, out.templates, "Search");
  nothing.Set(key::kQuery, "marmalade");
  nothing.Show(key::kSearched, key::kSearchSummary,
               words.Format(word::kSearchNone, {{"q", "marmalade"}}));
  nothing.Show(key::kNothing);
  out.Write("search-none.html", nothing);

  View missing(out.templates, tpl::kError);
  Around(missing, out.templates, words.Get(word::k404Title));
  missing.Set(key::kMessageTitle, words.Get(word::k404Title));
  missing.Set(key::kMessageText, words.Get(word::k404));
  Block list = missing.Add(key::kSuggestions);
  Block one = list.Add(key::kSuggestion);
  one.Set(key::kSuggestionTitle, "Ice in the harbour");
  one.Set(key::kSuggestionUrl, Url("entry.html"));
  missing.Show(key::kFind);
  missing.Set(key::kQuery, "ice");
  out.Write("error-404.html", missing);

  View busy(out.templates, tpl::kError);
  Around(busy, out.templates, words.Get(word::k503Title));
  busy.Set(key::kMessageTitle, words.Get(word::k503Title));
  busy.Set(key::kMessageText, words.Format(word::k503, {{"n", "5"}}));
  out.Write("error-503.html", busy);
}

void Feeds(const Writer& out) {
  for (const bool atom : {true, false}) {
    View feed(out.templates, atom ? tpl::kAtom : tpl::kRss);
    feed.Set(key::kFeedTitle, "Tidewater & \x01Notes");
    feed.Set(key::kFeedLanguage, "en");
    feed.Set(key::kFeedDescription, "Boats, bread, and other slow things");
    feed.Set(key::kFeedId, "tag:example.org,2004:journal");
    feed.Set(key::kFeedUpdated, "2026-03-19T21:40:00Z");
    feed.Show(key::kFeedBuilt, key::kFeedRfc822, "Thu, 19 Mar 2026 21:40:00 +0000");
    feed.Set(key::kFeedPageUrl, Url("https://example.org/"));
    feed.Set(key::kFeedSelfUrl, Url("https://example.org/rss.xml"));
    feed.Set(key::kFeedFirstUrl, Url("https://example.org/rss.xml"));
    feed.Show(key::kFeedNext, key::kFeedNextUrl, Url("https://example.org/rss.xml?page=2"));
    feed.Set(key::kGenerator, "Daybook");
    Block item = feed.Add(key::kFeedItem);
    if (atom) {
      item.Set(key::kItemTitle, "Ice & <soup>");
    } else {
      item.Show(key::kItemTitled, key::kItemTitle, "Ice & <soup>");
    }
    item.Set(key::kItemUrl, Url("https://example.org/2026/3/19/ice.html?a=1&b=2"));
    item.Set(key::kItemGuid, "tag:example.org,2004:1");
    item.Set(key::kItemId, "tag:example.org,2004:1");
    item.Set(key::kGuidIsLink, "false");
    item.Set(key::kItemRfc822, "Thu, 19 Mar 2026 21:40:00 +0000");
    item.Set(key::kItemPublished, "2026-03-19T21:40:00Z");
    item.Set(key::kItemUpdated, "2026-03-19T21:40:00Z");
    item.Set(key::kItemAuthor, "M. Hale");
    item.Set(key::kItemSummary, "The harbour froze over & more < less");
    item.Show(key::kItemFull, key::kItemContentHtml, Html(std::string(kShort) + "<p>]]></p>"));
    Block comments = item.Add(key::kItemComments);
    comments.Set(key::kItemCommentsUrl, Url("https://example.org/2026/3/19/ice.html#comments"));
    comments.Set(key::kItemCommentsFeedUrl, Url("https://example.org/2026/3/19/ice/comments.xml"));
    comments.Set(key::kItemCommentsCount, 3);
    out.Write(atom ? "atom.xml" : "rss.xml", feed);
  }
  View sitemap(out.templates, tpl::kSitemap);
  Block place = sitemap.Add(key::kSitemapPlace);
  place.Set(key::kPlaceUrl, Url("https://example.org/"));
  place.Show(key::kPlaceChanged, key::kPlaceDate, "2026-03-19");
  out.Write("sitemap.xml", sitemap);
  View robots(out.templates, tpl::kRobots);
  robots.Show(key::kNoTraining);
  robots.Show(key::kWelcome);
  robots.Set(key::kRootUrl, Url("/"));
  robots.Set(key::kSitemapUrl, Url("https://example.org/sitemap.xml"));
  out.Write("robots.txt", robots);
}

}  // namespace
}  // namespace daybook::templates

int main(int argc, char** argv) {
  using namespace daybook::templates;
  if (argc < 2) {
    std::fputs("render_samples DIR [LANGUAGE [THEME]]\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder / "static");
  try {
    const Templates templates(
        {.language = argc > 2 ? argv[2] : "en", .theme = argc > 3 ? argv[3] : ""});
    for (const StaticFile& file : templates.static_files()) {
      if (std::FILE* out = std::fopen((folder / "static" / file.hashed).c_str(), "wb");
          out != nullptr) {
        std::fwrite(file.bytes.data(), 1, file.bytes.size(), out);
        std::fclose(out);
      }
    }
    const Writer writer{templates, folder};
    Entries(writer);
    Lists(writer);
    Others(writer);
    Feeds(writer);
  } catch (const daybook::text::ConfigError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
