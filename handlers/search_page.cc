// The search page: form, results with snippets, paging.
#include "journal/search.h"

#include <charconv>

#include "handlers/frame.h"
#include "handlers/pages.h"
#include "templates/keys.h"
#include "text/html_escape.h"
#include "text/url.h"

namespace daybook::handlers {

namespace key = templates::key;
namespace word = templates::word;
using journal::Hit;
using templates::Block;

namespace {

// Found words stand between \x01 and \x02.
text::SafeHtml Marked(std::string_view snippet) {
  std::string html;
  bool open = false;
  for (const char c : text::EscapeHtml(snippet)) {
    if (c == '\x01' && !open) {
      html += "<mark>";
      open = true;
    } else if (c == '\x02' && open) {
      html += "</mark>";
      open = false;
    } else if (c != '\x01' && c != '\x02') {
      html += c;
    }
  }
  if (open) html += "</mark>";
  return text::SafeHtml::Vouch(std::move(html));  // escaped text and our own element
}

void FillHit(Block block, const Frame& frame, const Hit& hit) {
  const templates::Words& words = frame.words();
  const bool comment = hit.kind == Hit::Kind::kComment;
  block.Set(key::kResultTitle,
            comment ? words.Format(word::kSearchCommentOn, {{"title", hit.title}}) : hit.title);
  block.Set(key::kResultUrl,
            frame.links.To(hit.path, comment ? "#comment-" + std::to_string(hit.id) : ""));
  block.Set(key::kResultKind, words.Get(comment                        ? word::kSearchKindComment
                                        : hit.kind == Hit::Kind::kPage ? word::kSearchKindPage
                                                                       : word::kSearchKindEntry));
  if (hit.kind != Hit::Kind::kPage) {
    const Moment moment = MomentOf(frame, hit.at, comment ? "" : hit.zone);
    block.Show(key::kResultDated);
    block.Set(key::kResultDatetime, moment.machine);
    block.Set(key::kResultDate, moment.date);
  }
  if (comment) block.Show(key::kResultBy, key::kResultAuthor, hit.author);
  block.Set(key::kSnippetHtml, Marked(hit.snippet));
}

std::string Summary(const templates::Words& words, const std::string& typed, std::int64_t total) {
  if (total == 0) return words.Format(word::kSearchNone, {{"q", typed}});
  if (total > 1000) return words.Format(word::kSearchCountManyMore, {{"q", typed}});
  return words.Plural(word::kSearchCount, total, {{"q", typed}});
}

std::int64_t PageOf(const fcgi::Request& request) {
  const auto written = request.Param("page");
  if (!written) return 1;
  std::int64_t page = 0;
  const auto [end, error] =
      std::from_chars(written->data(), written->data() + written->size(), page);
  if (error != std::errc() || end != written->data() + written->size() || page < 1 ||
      page > journal::kSearchPages)
    throw fcgi::HttpError(404);
  return page;
}

}  // namespace

fcgi::Response SearchPage(Context& context) {
  const Frame frame = FrameOf(context);
  const std::string typed = context.request.Param("q").value_or("");
  const std::int64_t page = PageOf(context.request);
  templates::View view(context.templates, templates::tpl::kSearch);
  view.Set(key::kQuery, typed);
  Head head;
  head.title = frame.words().Get(word::kSearchTitle);
  head.noindex = true;
  if (typed.find_first_not_of(" \t\r\n") != std::string::npos) {
    const journal::Results results = journal::Search(context.tx, typed, context.now, page);
    if (results.hits.empty() && page > 1) throw fcgi::HttpError(404);
    view.Show(key::kSearched, key::kSearchSummary,
              Summary(frame.words(), typed, results.hits.empty() ? 0 : results.total));
    view.Show(key::kNothing, results.hits.empty());
    if (!results.hits.empty()) {
      Block list = view.Add(key::kResults);
      for (const Hit& hit : results.hits) FillHit(list.Add(key::kResult), frame, hit);
    }
    const std::int64_t ranked =
        (std::min<std::int64_t>(results.total, 400) + journal::kSearchPage - 1) /
        journal::kSearchPage;
    FillPaging(view, frame, "/search?q=" + text::EncodeComponent(typed),
               {page, results.more ? std::max(ranked, page + 1) : page});
    head.title = frame.words().Format(word::kSearchTitleFor, {{"q", typed}});
  }
  FillFrame(view, frame, head);
  return fcgi::Html(view.Render());
}

}  // namespace daybook::handlers
