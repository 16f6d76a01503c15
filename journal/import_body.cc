// Runs the steps over one text in their order; each step is a file of its own.
#include "journal/import_body.h"

#include <algorithm>
#include <set>
#include <utility>

#include "journal/import_links.h"
#include "journal/import_report.h"
#include "journal/import_shortcodes.h"
#include "text/html_escape.h"
#include "text/url.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

constexpr std::size_t kMaxNamedPages = 20'000;
constexpr std::size_t kMaxForeign = 1000;  // of one text
constexpr std::size_t kMaxHostsNamed = 200;

// Parts of WordPress that no journal has.
bool IsMachinery(std::string_view path) {
  for (std::string_view start : {"/wp-admin", "/wp-login", "/wp-includes", "/wp-json",
                                 "/xmlrpc.php", "/wp-cron", "/wp-signup"}) {
    if (path.starts_with(start)) return true;
  }
  return false;
}

// What the sanitiser will not let through, and the owner may miss.
void CountUnshown(std::string_view text, std::map<std::string, std::int64_t>& dropped) {
  static constexpr std::string_view kTags[] = {"<script", "<object", "<embed",
                                               "<form",   "<style",  "<applet"};
  for (std::string_view tag : kTags) {
    std::int64_t times = 0;
    for (std::size_t at = 0; (at = text.find(tag, at)) != std::string_view::npos;
         at += tag.size()) {
      const char next = at + tag.size() < text.size() ? text[at + tag.size()] : '>';
      times += next == ' ' || next == '>' || next == '\n';
    }
    if (times > 0) dropped[Left("import.left.tag", std::string(tag) + ">")] += times;
  }
}

}  // namespace

std::string ItemName(const OldEntry& entry) {
  const char* kind = entry.draft.kind == EntryKind::kPage ? "page" : "entry";
  const std::string_view title = text::CutCodePoints(entry.draft.title, 60);
  if (title.empty())
    return std::string(kind) + " without a title" +
           (entry.key.size() < 12 ? " (" + entry.key + ")" : "");
  return std::string(kind) + " “" + std::string(title) +
         (title.size() < entry.draft.title.size() ? "…" : "") + "”";
}

ImportBodies::ImportBodies(const OldJournal& journal, const OldHosts& hosts, ImportFiles& files,
                           ImportReport& report)
    : journal_(journal), hosts_(hosts), files_(files), report_(report) {
  for (std::size_t i = 0; i < journal_.files.size(); ++i) {
    by_key_.emplace(journal_.files[i].key, i);
    if (!journal_.files[i].parent.empty() && journal_.files[i].parent != "0") {
      by_parent_[journal_.files[i].parent].push_back(i);
    }
  }
  for (auto& [parent, children] : by_parent_) {
    std::stable_sort(children.begin(), children.end(), [&](std::size_t a, std::size_t b) {
      return journal_.files[a].position < journal_.files[b].position;
    });
  }
}

const OldFile* ImportBodies::FileByKey(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &journal_.files[found->second];
}

std::optional<ImportFiles::Wanted> ImportBodies::WantedOf(const OldFile& file,
                                                          const std::string& export_name) const {
  ImportFiles::Wanted wanted{
      {},           {file.listed_in.empty() ? export_name : file.listed_in, file.line, {}, {}},
      file.title,   file.alt,
      file.caption, true,
      file.at};
  if (file.kept_path) {
    wanted.old_path = "/media/" + file.url;
    return wanted;
  }
  const auto address = hosts_.Find(file.url);
  if (!address || address->path.ends_with('/')) return std::nullopt;
  wanted.old_path = address->path;
  return wanted;
}

std::string ImportBodies::ConvertText(const std::string& text, const Where& where,
                                      std::map<std::string, std::int64_t>& dropped) {
  if (text.empty()) return text;
  std::string html = text;
  if (where.entry.wordpress) {
    const GalleryOf gallery = [&](const GalleryRequest& request) {
      std::vector<std::size_t> chosen;
      for (const std::string& id : request.ids) {
        if (const auto found = by_key_.find(id); found != by_key_.end())
          chosen.push_back(found->second);
      }
      if (request.ids.empty()) {
        const auto children =
            by_parent_.find(request.parent.empty() ? where.entry.key : request.parent);
        if (children != by_parent_.end()) chosen = children->second;
        std::erase_if(chosen, [&](std::size_t i) {
          const auto& skip = request.exclude;
          return std::find(skip.begin(), skip.end(), journal_.files[i].key) != skip.end();
        });
      }
      std::vector<GalleryPicture> pictures;
      for (std::size_t i : chosen) {
        const OldFile& file = journal_.files[i];
        std::string lower = file.url.substr(std::min(file.url.rfind('.'), file.url.size()));
        for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        static constexpr std::string_view kPictures[] = {".jpg",  ".jpeg", ".png", ".gif",
                                                         ".webp", ".avif", ".bmp"};
        if (std::find(std::begin(kPictures), std::end(kPictures), lower) == std::end(kPictures))
          continue;
        pictures.push_back({file.url, file.alt.empty() ? file.title : file.alt, file.caption});
      }
      return pictures;
    };
    html = HtmlFromShortcodes(html, gallery, dropped);
  }
  std::set<std::string, std::less<>> foreign;
  const AddressOf address_of = [&](std::string_view url, bool shown) -> std::optional<NewAddress> {
    const auto address = hosts_.Find(url);
    if (!address) {
      // The old pages loaded it from there, and these do not.
      const std::string host = shown ? text::HostOf(url) : std::string();
      if (!host.empty() && foreign.size() < kMaxForeign && foreign.emplace(url).second) {
        std::string what = Left("import.left.foreign", host);
        if (report_.dropped.size() > kMaxHostsNamed && !report_.dropped.contains(what))
          what = Left("import.left.foreign.many");
        ++dropped[what];
      }
      return std::nullopt;
    }
    const std::string tail = address->fragment.empty() ? std::string() : "#" + address->fragment;
    if (ImportFiles::LooksLikeFile(address->path) && !IsMachinery(address->path)) {
      const ImportFiles::Found found =
          files_.Find({address->path, where.note, {}, {}, {}, false, where.entry.draft.visible_at});
      return NewAddress{found.url + tail, found.exact};
    }
    if (address->file_host || shown || IsMachinery(address->path)) return std::nullopt;
    const std::string named = address->path + (address->query.empty() ? "" : "?" + address->query);
    if (named_pages_.size() < kMaxNamedPages && !named_pages_.contains(named))
      named_pages_.emplace(named, where.note);
    return NewAddress{text::EncodePath(address->path) +
                          (address->query.empty() ? "" : "?" + address->query) + tail,
                      true};
  };
  html = where.entry.draft.format == Format::kMarkdown ? RewriteMarkdown(html, address_of) : html;
  html = RewriteHtml(html, address_of);
  CountUnshown(html, dropped);
  return html;
}

void ImportBodies::AddFeatured(OldEntry& entry, const std::string& file) {
  const OldFile* picture = entry.featured_key.empty() ? nullptr : FileByKey(entry.featured_key);
  const auto wanted = picture == nullptr ? std::nullopt : WantedOf(*picture, file);
  if (!wanted) return;
  const ImportFiles::Found found = files_.Find(*wanted);
  // The text may show it already, in this or another size.
  const std::size_t dot = found.url.rfind('.');
  const std::string stem = found.url.substr(0, dot);
  for (const std::string* text : {&entry.draft.body, &entry.draft.more}) {
    if (text->find(stem) != std::string::npos) return;
  }
  const std::string alt = picture->alt.empty() ? picture->title : picture->alt;
  std::string figure = "<figure class=\"featured\"><img src=\"" + text::EscapeHtml(found.url) +
                       "\" alt=\"" + text::EscapeHtml(alt) + "\">";
  if (!picture->caption.empty()) figure += "<figcaption>" + picture->caption + "</figcaption>";
  entry.draft.body = figure + "</figure>\n\n" + entry.draft.body;
}

void ImportBodies::Convert(OldEntry& entry, const std::string& file) {
  if (journal_.format == "json") return;  // its addresses are a journal's already
  const Where where{entry, {file, entry.line, ItemName(entry), {}}};
  entry.draft.body = ConvertText(entry.draft.body, where, entry.dropped);
  entry.draft.more = ConvertText(entry.draft.more, where, entry.dropped);
  if (entry.wordpress) AddFeatured(entry, file);
  for (const auto& [what, times] : entry.dropped) report_.Drop(what, times, where.note);
}

}  // namespace daybook::journal
