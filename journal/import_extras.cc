// After everything is in: what of the old journal's addresses, menus and sidebar follows from the
// whole.
#include <algorithm>

#include "journal/edit.h"
#include "journal/import_run.h"
#include "journal/old_address.h"
#include "journal/permalink.h"
#include "sql/queries/import.h"
#include "text/html_escape.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr std::size_t kMaxNavigation = 8;

// Addresses that every journal answers, with or without what the import brought.
bool IsGeneral(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::string_view rest = path.substr(1); !rest.empty();) {
    const std::size_t slash = rest.find('/');
    if (slash != 0) parts.push_back(rest.substr(0, slash));
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  if (parts.empty()) return true;
  const std::string_view first = parts[0];
  if (parts.back() == "feed" || first == "page" || first == "author") return true;
  if (first == "archive" || first == "search" || first == "rss.xml" || first == "atom.xml" ||
      first == "feed.json")
    return true;
  const auto digits = [](std::string_view s) {
    return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return std::all_of(parts.begin(), parts.end(), digits) && parts.size() <= 3 && first.size() == 4;
}

}  // namespace

void ImportRun::TakeExtras() {
  RedirectFilePages();
  if (old_.format == "wxr") RedirectFeedFiles();
  if (!hosts_.base().empty()) {
    // Whoever asks this host for the folder in which the old journal was: what is below it, the
    // rules for old addresses find.
    parts_.journal.db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) {
      AddRedirect(tx, hosts_.base(), "/");
      AddRedirect(tx, hosts_.base() + "/", "/");
    });
  }
  if (!old_.redirects.empty()) {
    batches_.Run(
        old_.redirects.size(),
        [&](sql::Tx& tx, std::size_t i) {
          const auto& [from, to] = old_.redirects[i];
          AddRedirect(tx, from, to.first, to.second);
        },
        [](std::size_t, const std::string*) {});
  }
  TakeNavigation();
  TakeSidebar();
  CheckNamedPages();
}

// The old journal had a page for each file: it leads to the entry on which the file hangs, else to
// the file.
void ImportRun::RedirectFilePages() {
  std::vector<const OldFile*> files;
  for (const OldFile& file : old_.files) {
    if (!file.kept_path && file.listed_in.empty()) files.push_back(&file);
  }
  batches_.Run(
      files.size(),
      [&](sql::Tx& tx, std::size_t i) {
        const OldFile& file = *files[i];
        std::vector<std::string> from;
        if (!file.key.empty()) {
          from.push_back("/?attachment_id=" + file.key);
          from.push_back("/?p=" + file.key);
        }
        if (const auto page = hosts_.Find(file.link);
            page && !page->file_host && page->query.empty() && page->path != "/") {
          from.push_back(page->path);
        }
        const Id parent =
            file.parent.empty() || file.parent == "0" ? 0 : FindItem(tx, "entry", file.parent);
        const bool lives = parent != 0 && !PathOf(tx, parent).empty();
        const auto wanted = bodies_.WantedOf(file, file_);
        const ImportFiles::Found found = wanted ? files_.Find(*wanted) : ImportFiles::Found{};
        for (const std::string& path : from) {
          if (lives) {
            AddEntryRedirect(tx, path, parent);
          } else {
            AddRedirect(tx, path, found.here ? found.url : "/");
          }
        }
      },
      [](std::size_t, const std::string*) {});
}

// Files of WordPress that were feeds or lists of pages; the other old addresses of feeds and
// archives need no knowledge of the journal.
void ImportRun::RedirectFeedFiles() {
  constexpr std::pair<std::string_view, std::string_view> kFiles[] = {
      {"/wp-rss.php", "/rss.xml"},         {"/wp-rdf.php", "/rss.xml"},
      {"/wp-feed.php", "/rss.xml"},        {"/wp-commentsrss2.php", "/comments/rss.xml"},
      {"/wp-sitemap.xml", "/sitemap.xml"}, {"/sitemap_index.xml", "/sitemap.xml"}};
  batches_.Run(
      std::size(kFiles),
      [&](sql::Tx& tx, std::size_t i) { AddRedirect(tx, kFiles[i].first, kFiles[i].second); },
      [](std::size_t, const std::string*) {});
}

void ImportRun::TakeNavigation() {
  std::vector<LinkDraft> links;
  bool has_navigation = false;
  std::size_t left_out = 0;
  std::string from;
  parts_.journal.db.Read([&](sql::Tx& tx) {
    has_navigation = tx.Has(query::kImportHasNavigation);
    if (old_.format == "json") {
      for (const auto& [title, url] : old_.navigation) links.push_back({title, url});
      return;
    }
    // The menu that looks most like the one at the top of every page.
    std::map<std::string, std::size_t> sizes;
    for (const OldMenuItem& item : old_.menu) {
      if (item.parent.empty() || item.parent == "0") ++sizes[item.menu];
    }
    std::string chosen;
    int best = 0;
    for (const auto& [menu, size] : sizes) {
      int score = size >= 2 && size <= kMaxNavigation ? 2 : 0;
      for (std::string_view word : {"main", "primary", "header", "top", "nav"}) {
        if (menu.find(word) != std::string::npos && size <= kMaxNavigation) score += 3;
      }
      for (std::string_view word : {"social", "footer", "test"}) {
        if (menu.find(word) != std::string::npos) score = 0;
      }
      if (score > best) {
        best = score;
        chosen = menu;
      }
    }
    std::vector<const OldMenuItem*> items;
    for (const OldMenuItem& item : old_.menu) {
      const bool top = item.parent.empty() || item.parent == "0";
      if (best > 0 && top && item.menu == chosen) {
        items.push_back(&item);
      } else {
        ++left_out;
      }
    }
    std::stable_sort(items.begin(), items.end(),
                     [](auto a, auto b) { return a->position < b->position; });
    for (const OldMenuItem* item : items) {
      LinkDraft link{text::PlainText(item->title), {}};
      if (!item->object_id.empty()) {
        const Id id = FindItem(tx, "entry", item->object_id);
        if (id != 0) link.url = text::EncodePath(PathOf(tx, id));
        if (id != 0 && link.title.empty())
          link.title = tx.Text(query::kImportEntryTitle, id).value_or("");
      } else if (!item->term_slug.empty()) {
        if (const auto slug = terms_.CategorySlug(item->term_slug)) link.url = "/category/" + *slug;
      } else if (const auto own = hosts_.Find(item->url)) {
        link.url = text::EncodePath(own->path) + (own->query.empty() ? "" : "?" + own->query);
      } else if (const auto web = text::ParseWebUrl(item->url)) {
        link.url = web->str();
      }
      if (!link.url.empty() && !link.title.empty()) links.push_back(std::move(link));
    }
    from = "the menu “" + chosen + "”";
    if (links.empty()) {
      from = "the pages";
      sql::Rows pages = tx.Query(query::kImportTopPages);
      while (pages.Step() && links.size() < kMaxNavigation) {
        if (!pages.Text(0).empty())
          links.push_back({pages.String(0), text::EncodePath(pages.Text(1))});
      }
    }
  });
  if (old_.format == "json" ? links.empty() : has_navigation || links.empty() || !was_empty_)
    return;
  parts_.journal.db.Write(sql::Publicity::kPublic,
                          [&](sql::Tx& tx) { ReplaceNavigation(tx, links); });
  if (old_.format == "json") return;
  report_.notes.push_back(
      "Navigation: " + std::to_string(links.size()) +
      (links.size() == 1 ? " link from " : " links from ") + from +
      (left_out > 0 ? "; " + std::to_string(left_out) + " other menu items were left out." : "."));
}

void ImportRun::TakeSidebar() {
  if (!old_.has_sidebar) return;
  std::vector<SectionDraft> sections;
  for (const OldSection& old : old_.sidebar) {
    SectionDraft section;
    section.kind = old.kind;
    section.caption = old.caption;
    section.content = old.content;
    section.amount = old.amount;
    for (const auto& [title, url] : old.links) section.links.push_back({title, url});
    sections.push_back(std::move(section));
  }
  parts_.journal.db.Write(sql::Publicity::kPublic,
                          [&](sql::Tx& tx) { ReplaceSidebar(tx, sections); });
}

// Every address of the old journal that a text names must lead somewhere, or be in the report.
void ImportRun::CheckNamedPages() {
  std::vector<std::pair<std::string, const ImportNote*>> named;
  for (const auto& [path, where] : bodies_.named_pages()) named.emplace_back(path, &where);
  std::vector<bool> lost(named.size());
  batches_.Run(
      named.size(),
      [&](sql::Tx& tx, std::size_t i) {
        std::string path = named[i].first;
        lost[i] = false;
        const std::size_t question = path.find('?');
        if (question != std::string::npos && tx.Has(query::kImportRedirectAtPath, path)) return;
        const bool by_query = question != std::string::npos && path.substr(0, question) == "/";
        path.resize(std::min(question, path.size()));
        const auto there = [&](const std::string& p) {
          return tx.Has(query::kImportEntryAtPath, p) || tx.Has(query::kImportRedirectAtPath, p);
        };
        if (by_query) {  // of others, such as "/?s=word", the front page thinks of something
          const auto query = text::ParseQuery(std::string_view(named[i].first).substr(2));
          for (const char* key : {"p", "page_id", "attachment_id", "cat", "author"}) {
            const auto value = text::QueryValue(query, key);
            if (!value || value->empty()) continue;
            lost[i] = !tx.Has(query::kImportRedirectAtPath,
                              "/?" + std::string(key) + "=" + std::string(*value));
            return;
          }
          return;
        }
        if (IsGeneral(path) || there(path)) return;
        if (there(path.ends_with('/') ? path.substr(0, path.size() - 1) : path + "/")) return;
        // What the rule for dates and slugs answers (old_address.h).
        std::vector<std::string_view> segments;
        for (std::string_view rest = path; !rest.empty();) {
          const std::string_view segment = rest.substr(0, rest.find('/'));
          if (!segment.empty()) segments.push_back(segment);
          rest.remove_prefix(std::min(segment.size() + 1, rest.size()));
        }
        if (EntryByDateAndSlug(tx, segments, parts_.now)) return;
        // Category and tag pages, also below a name of the owner's own: /topics/travel/ireland/.
        std::string bare = path;
        while (bare.size() > 1 && bare.ends_with('/')) bare.pop_back();
        if (tx.Has(query::kImportEntryAtPath, bare + ".html")) return;
        const std::string last = bare.substr(bare.rfind('/') + 1);
        const bool deep = bare.rfind('/') > 0;
        const auto category = terms_.CategorySlug(last), tag = terms_.TagSlug(last);
        if (deep && (path.starts_with("/category/") ? category.has_value()
                                                    : path.starts_with("/tag/") && tag.has_value()))
          return;
        if (deep && (category || tag)) {
          const std::string to = category ? "/category/" + *category : "/tag/" + *tag;
          for (const char* end : {"", "/"}) AddRedirect(tx, bare + end, to);
          return;
        }
        lost[i] = true;
      },
      [&](std::size_t i, const std::string*) {
        if (!lost[i]) return;
        ImportNote note = *named[i].second;
        note.reason = "It links to " + named[i].first + ", and nothing is at that address.";
        report_.Need(std::move(note));
      });
}

}  // namespace daybook::journal
