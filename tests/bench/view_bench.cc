// An entry page of some 15 KB with 31 repetitions, filled and rendered: at most 80 µs. And what a
// CGI run pays to make one template ready.
#include <benchmark/benchmark.h>

#include <string>

#include "templates/keys.h"
#include "templates/templates.h"
#include "templates/view.h"

namespace daybook::templates {
namespace {

text::SafeHtml Html(std::string s) { return text::SafeHtml::Vouch(std::move(s)); }

void EntryPage(benchmark::State& state) {
  const Templates templates({.language = "en", .theme = "", .lazy = false});
  std::string body;
  while (body.size() < 3000)
    body += "<p>The harbour froze over on Tuesday, which it has not done for years.</p>\n";
  const text::SafeHtml comment = Html("<p>Ours froze, too, since Sunday at least.</p>");
  const text::SafeHtml text = Html(body);
  const text::SafeUrl url = text::SafeUrl::Vouch("https://example.org/2007/3/19/ice.html");
  size_t bytes = 0;
  for (auto _ : state) {
    View view(templates, tpl::kEntry);
    view.Set(key::kLang, "en");
    view.Set(key::kPageTitle, "Ice in the harbour | Tidewater Notes");
    view.Set(key::kSiteTitle, "Tidewater Notes");
    view.Set(key::kEntryTitle, "Ice in the harbour");
    view.Set(key::kEntryUrl, url);
    view.Show(key::kCanonical);
    view.Set(key::kCanonicalUrl, url);
    view.Show(key::kOpenEntry, key::kBodyHtml, text);
    view.Show(key::kSidebar, key::kSidebarHtml, comment);
    view.Show(key::kComments);
    Block threads = view.Add(key::kThreads);
    for (int i = 0; i < 20; ++i) {
      Block first = threads.Add(key::kThread).Add(key::kThreadFirst);
      first.Set(key::kCommentId, i);
      first.Set(key::kCommentDatetime, "2007-03-20T07:05:00+11:00");
      first.Set(key::kCommentDate, "March 20, 2007 at 7:05 AM");
      first.Set(key::kCommentAuthor, "Tom Okafor");
      first.Set(key::kCommentHtml, comment);
      first.Show(key::kCommentUnlinked);
    }
    Block nav = view.Add(key::kNav);
    for (int i = 0; i < 11; ++i) {
      Block item = nav.Add(key::kNavItem);
      item.Set(key::kNavTitle, "About");
      item.Set(key::kNavUrl, url);
    }
    std::string page = view.Render();
    bytes = page.size();
    benchmark::DoNotOptimize(page);
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(EntryPage);

void OneTemplateUnderCgi(benchmark::State& state) {
  for (auto _ : state) {
    const Templates templates({.language = "en", .theme = "", .lazy = true});
    benchmark::DoNotOptimize(View(templates, tpl::kEntry).Render());
  }
}
BENCHMARK(OneTemplateUnderCgi)->Unit(benchmark::kMicrosecond);

void AllTemplatesAtStart(benchmark::State& state) {
  for (auto _ : state) {
    const Templates templates({.language = "en", .theme = "", .lazy = false});
    benchmark::DoNotOptimize(&templates);
  }
}
BENCHMARK(AllTemplatesAtStart)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace daybook::templates

BENCHMARK_MAIN();
