// Statuses, dates, passwords, meta fields and attachments of WordPress as a journal knows them.
#include "journal/import_wordpress.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "journal/import_blocks.h"
#include "journal/import_report.h"
#include "text/dates.h"
#include "text/html_entities.h"
#include "text/html_escape.h"
#include "text/slug.h"
#include "text/url.h"

namespace daybook::journal {
namespace {

std::string Trim(std::string_view s) {
  const std::size_t first = s.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1));
}

// A name as WordPress keeps it: text in which & and quotes are written as in HTML.
std::string Name(std::string_view s) {
  return text::DecodeHtml(Trim(s), text::References::kTerminated);
}

std::string Lower(std::string_view s) {
  std::string out = Trim(s);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

void Replace(std::string& s, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = s.find(what, at)) != std::string::npos; at += with.size()) {
    s.replace(at, what.size(), with);
  }
}

void SetStatus(const std::string& status, OldEntry& entry) {
  EntryDraft& draft = entry.draft;
  if (status == "publish" || status == "future") {
    draft.status = EntryStatus::kPublished;
  } else if (status == "private") {
    draft.status = EntryStatus::kPrivate;
  } else if (status == "pending") {
    draft.status = EntryStatus::kPending;
  } else if (status == "trash") {
    draft.status = EntryStatus::kTrash;
  } else {
    draft.status = EntryStatus::kDraft;
    if (status != "draft")
      entry.notes.push_back(status.empty() ? "It has no status, so it is a draft now."
                                           : "Its status “" + status.substr(0, 40) +
                                                 "” is not known here; it is a draft now.");
  }
}

void SetTerms(const WxrItem& item, OldEntry& entry) {
  const auto add = [](std::vector<OldTerm>& terms, const WxrTerm& term) {
    OldTerm made{text::DecodePercent(Trim(term.nicename)), Name(term.name), {}, {}, {}};
    if (made.name.empty()) made.name = made.slug;
    if (made.name.empty()) return;
    const auto same = std::find_if(terms.begin(), terms.end(), [&](const OldTerm& t) {
      return made.slug.empty() || t.slug.empty() ? t.name == made.name : t.slug == made.slug;
    });
    if (same == terms.end()) {
      terms.push_back(std::move(made));
    } else if (same->slug.empty()) {
      same->slug = made.slug;
    }
  };
  for (const WxrTerm& term : item.terms) {
    if (term.domain == "category") {
      add(entry.categories, term);
    } else if (term.domain == "post_tag" || term.domain == "tag") {
      add(entry.tags, term);
    } else if (!term.domain.empty() && term.domain != "post_format" && term.domain != "wp_theme") {
      ++entry.dropped[Left("import.left.terms", term.domain.substr(0, 40))];
    }
  }
  const bool any_domain = std::any_of(item.terms.begin(), item.terms.end(),
                                      [](const WxrTerm& t) { return !t.domain.empty(); });
  if (any_domain) return;
  for (const WxrTerm& term : item.terms) add(entry.categories, term);
}

void SetAddress(const WxrItem& item, const WordPressContext& context, OldEntry& entry) {
  EntryDraft& draft = entry.draft;
  std::string slug = text::DecodePercent(Trim(item.name));
  if (slug.ends_with("__trashed")) slug.resize(slug.size() - 9);
  slug.erase(0, slug.rfind('/') + 1);  // Squarespace puts the date before it
  draft.slug = text::MakeSlug(slug).str();
  const std::string id = Trim(item.id);
  if (!id.empty()) {
    entry.redirects.push_back({"/?p=" + id, {}});
    if (draft.kind == EntryKind::kPage) entry.redirects.push_back({"/?page_id=" + id, {}});
  }
  const bool had_address = Lower(item.status) == "publish" || draft.status == EntryStatus::kPrivate;
  const auto address = context.hosts.Find(Trim(item.link));
  if (!had_address || !address || address->file_host || !address->query.empty() ||
      address->path == "/")
    return;
  draft.path = address->path;
  const auto old_slugs = item.meta.find("_wp_old_slug");
  const std::size_t at = slug.empty() ? std::string::npos : draft.path.rfind(slug);
  std::string_view rest = old_slugs == item.meta.end() ? std::string_view() : old_slugs->second;
  while (at != std::string::npos && !rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string before = text::DecodePercent(Trim(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!before.empty() && before != slug && before.find('/') == std::string::npos)
      entry.redirects.push_back({std::string(draft.path).replace(at, slug.size(), before), {}});
  }
  // Where it was before WordPress.
  if (const auto was = item.meta.find("blogger_permalink"); was != item.meta.end()) {
    std::string path = Trim(was->second);
    if (const std::size_t scheme = path.find("://"); scheme != std::string::npos)
      path.erase(0, std::min(path.find('/', scheme + 3), path.size()));
    path = text::DecodePercent(path.substr(0, path.find_first_of("?#")));
    if (path.size() > 1 && path.front() == '/' && path != draft.path)
      entry.redirects.push_back({path, {}});
  }
}

void SetText(const WxrItem& item, const std::function<std::string(const std::string&)>& reusable,
             OldEntry& entry) {
  EntryDraft& draft = entry.draft;
  std::string body = Trim(item.content);
  Replace(body, "\r\n", "\n");
  draft.format = Format::kParagraphs;
  if (HasBlocks(body)) {
    body = HtmlFromBlocks(body, reusable, entry.dropped);
    draft.format = Format::kHtml;
  }
  if (const auto enclosure = item.meta.find("enclosure"); enclosure != item.meta.end()) {
    const std::string url = Trim(enclosure->second.substr(0, enclosure->second.find('\n')));
    if (url.starts_with("http") && enclosure->second.find("audio/") != std::string::npos &&
        body.find(url) == std::string::npos) {
      body += "\n\n<p><audio controls src=\"" + text::EscapeHtml(url) + "\"></audio></p>";
    }
  }
  Replace(body, "<!--noteaser-->", "");
  int pages = 1;
  for (std::size_t at = 0; (at = body.find("<!--nextpage-->", at)) != std::string::npos; at += 2) {
    body.replace(at, 15, "\n\n");
    ++pages;
  }
  for (int page = 2; page <= pages && page <= 200 && !draft.path.empty(); ++page) {
    const bool slash = draft.path.ends_with('/');
    entry.redirects.push_back(
        {draft.path + (slash ? "" : "/") + std::to_string(page) + (slash ? "/" : ""), {}});
  }
  const std::size_t more = body.find("<!--more");
  const std::size_t more_end = more == std::string::npos ? more : body.find("-->", more);
  if (more_end != std::string::npos) {
    draft.more = Trim(std::string_view(body).substr(more_end + 3));
    body = Trim(std::string_view(body).substr(0, more));
    if (body.ends_with("<p>") && draft.more.starts_with("</p>")) {
      body = Trim(std::string_view(body).substr(0, body.size() - 3));
      draft.more = Trim(std::string_view(draft.more).substr(4));
    }
  }
  draft.body = Trim(body);
  draft.excerpt = text::PlainText(Trim(item.excerpt));
}

}  // namespace

bool IsReferenceType(std::string_view type) {
  // The last ones come from the plugins that receive webmentions.
  static constexpr std::string_view kTypes[] = {"pingback", "trackback", "webmention", "mention",
                                                "like",     "repost",    "bookmark",   "favorite"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

Seconds WordPressTime(std::string_view gmt, std::string_view local, std::string_view rfc822,
                      std::string_view zone) {
  if (const auto time = text::ParseSqlDate(Trim(gmt))) return text::FromOffset(*time, 0);
  const auto shown = text::ParseSqlDate(Trim(local));
  const auto feed = text::ParseRfc822Date(Trim(rfc822));
  if (!shown) return feed && *feed > 0 ? *feed : 0;
  // The feed's date names its zone, but some tools write there when the file was made.
  if (feed && std::llabs(text::FromOffset(*shown, 0) - *feed) <= 14 * 3600) return *feed;
  return text::FromLocal(*shown, zone);
}

OldEntry EntryFromWordPress(const WxrItem& item, const WordPressContext& context,
                            const std::function<std::string(const std::string&)>& reusable) {
  OldEntry entry;
  EntryDraft& draft = entry.draft;
  entry.line = item.line;
  entry.wordpress = true;
  entry.old_type = Lower(item.type);
  entry.key = Trim(item.id);
  draft.guid = Trim(item.guid);
  if (entry.key.empty()) entry.key = "guid:" + draft.guid;
  draft.kind = entry.old_type == "page" ? EntryKind::kPage : EntryKind::kEntry;
  draft.title = text::PlainText(Trim(item.title));
  std::replace(draft.title.begin(), draft.title.end(), '\n', ' ');
  SetStatus(Lower(item.status), entry);
  draft.visible_at = WordPressTime(item.date_gmt, item.date, item.pub_date, context.clock.zone);
  const Seconds modified = WordPressTime(item.modified_gmt, item.modified, "", context.clock.zone);
  if (draft.visible_at == 0) draft.visible_at = modified;
  if (draft.visible_at == 0 && draft.status == EntryStatus::kPublished)
    entry.notes.push_back("It has no date that can be read, and got that of this import.");
  draft.updated_at = std::max(draft.visible_at, modified);
  const auto local = text::ParseSqlDate(Trim(item.date));
  if (local && draft.visible_at != 0)
    draft.zone = ZoneShowing(draft.visible_at, *local, context.clock.zone, !context.clock.is_old);
  draft.password = Trim(item.password);
  draft.pinned = Trim(item.sticky) == "1";
  draft.comments = Trim(item.comment_status) == "closed" ? Allow::kClosed : Allow::kAsJournal;
  draft.pings = Trim(item.ping_status) == "closed" ? Allow::kClosed : Allow::kAsJournal;
  draft.position = std::atoll(item.menu_order.c_str());
  entry.author = Trim(item.creator);
  if (draft.kind == EntryKind::kPage && Trim(item.parent) != "0")
    entry.parent_key = Trim(item.parent);
  if (const auto picture = item.meta.find("_thumbnail_id"); picture != item.meta.end()) {
    entry.featured_key = Trim(picture->second);
  }
  SetTerms(item, entry);
  SetAddress(item, context, entry);
  SetText(item, reusable, entry);
  if (entry.key == "guid:" && draft.title.empty() && draft.body.empty()) {
    throw ImportTrouble{item.line, "It has neither an id nor a title nor a text."};
  }
  return entry;
}

OldAnswer AnswerFromWordPress(const WxrComment& c, const std::string& zone) {
  OldAnswer answer;
  answer.line = c.line;
  answer.key = Trim(c.id);
  const std::string type = Trim(c.type), approved = Trim(c.approved);
  answer.is_reference = IsReferenceType(type);
  if (!answer.is_reference && !type.empty() && type != "comment" && type != "review") {
    throw ImportTrouble{
        c.line, "It is of the kind “" + type.substr(0, 40) + "”, which a journal does not have."};
  }
  const AnswerStatus status = approved == "1" || approved.starts_with("approve")
                                  ? AnswerStatus::kPublic
                              : approved == "spam"                          ? AnswerStatus::kSpam
                              : approved.find("trash") != std::string::npos ? AnswerStatus::kTrash
                                                                            : AnswerStatus::kHeld;
  const Seconds at = WordPressTime(c.date_gmt, c.date, "", zone);
  const auto url = text::ParseWebUrl(Trim(c.url));
  if (answer.is_reference) {
    NewReference& r = answer.reference;
    r.status = status;
    r.via = type == "pingback"    ? ReferenceVia::kPingback
            : type == "trackback" ? ReferenceVia::kTrackback
                                  : ReferenceVia::kWebmention;
    r.created_at = at;
    if (!url) throw ImportTrouble{c.line, "It has no address to link to."};
    r.url = url->str();
    std::string text = Trim(c.content);
    // A trackback begins with its title in <strong>, then the excerpt.
    if (text.starts_with("<strong>") && text.find("</strong>") != std::string::npos) {
      const std::size_t end = text.find("</strong>");
      r.title = text::PlainText(std::string_view(text).substr(8, end - 8));
      r.site_name = Name(c.author);
      text.erase(0, end + 9);
    } else {
      r.title = Name(c.author);
    }
    r.excerpt = text::PlainText(text);
    if (r.title.empty()) r.title = r.site_name.empty() ? r.url : r.site_name;
    return answer;
  }
  NewComment& comment = answer.comment;
  comment.status = status;
  comment.created_at = at;
  comment.author_name = Name(c.author);
  if (comment.author_name.empty()) comment.author_name = "Anonymous";
  comment.author_email = Trim(c.email);
  if (url) comment.author_url = url->str();
  comment.mode = CommentMode::kLimitedHtml;
  comment.body = Trim(c.content);
  Replace(comment.body, "\r\n", "\n");
  if (Trim(c.parent) != "0") answer.parent_key = Trim(c.parent);
  if (Trim(c.user_id) != "0") answer.author = Trim(c.user_id);
  return answer;
}

}  // namespace daybook::journal
