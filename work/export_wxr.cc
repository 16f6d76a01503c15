// WordPress's export format: see export.h. Times twice, in the entry's zone and in UTC; addresses
// of the journal's own files whole, so that WordPress can fetch them.
#include <array>
#include <cstdio>

#include "journal/edit.h"
#include "sql/queries/export.h"
#include "text/absolute.h"
#include "text/dates.h"
#include "text/html_escape.h"
#include "text/safe.h"
#include "text/url.h"
#include "text/utf8.h"
#include "work/export.h"

namespace daybook::work {
namespace {

namespace query = sql::query;
using journal::Id;
using journal::Seconds;

// What XML 1.0 cannot hold, however written, is left out.
std::string Allowed(std::string_view value) {
  std::string kept;
  for (const char c : value) {
    if (static_cast<unsigned char>(c) >= 32 || c == '\n' || c == '\t') kept += c;
  }
  return kept;
}

std::string Cdata(std::string_view value) {
  std::string text = Allowed(value);
  for (std::size_t at = text.find("]]>"); at != std::string::npos; at = text.find("]]>", at + 15))
    text.replace(at, 3, "]]]]><![CDATA[>");
  return "<![CDATA[" + text + "]]>";
}

std::string Element(std::string_view name, std::string_view value) {
  return "<" + std::string(name) + ">" + text::EscapeHtml(Allowed(value)) + "</" +
         std::string(name) + ">\n";
}
std::string Wrapped(std::string_view name, std::string_view value) {
  return "<" + std::string(name) + ">" + Cdata(value) + "</" + std::string(name) + ">\n";
}

std::string SqlDate(Seconds at, std::string_view zone) {
  const text::LocalTime t = text::ToLocal(at, zone);
  std::array<char, 64> out;
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02d %02d:%02d:%02d", t.year, t.month, t.day,
                t.hour, t.minute, t.second);
  return out.data();
}

std::string Meta(std::string_view key, std::string_view value) {
  return "<wp:postmeta>" + Wrapped("wp:meta_key", key) + Wrapped("wp:meta_value", value) +
         "</wp:postmeta>\n";
}

// A comment's number here and there; references have numbers of their own and come after all of
// them.
constexpr Id kReferences = 1'000'000'000;

class Writer {
 public:
  Writer(sql::Tx& tx, const journal::Settings& settings, Seconds now, const Sink& sink)
      : tx_(tx), settings_(settings), now_(now), sink_(sink) {
    base_ = settings.url;
    while (base_.ends_with('/')) base_.pop_back();
  }

  void Run() {
    Open();
    Media();
    sql::Rows ids = tx_.Query(query::kExportEntries);
    while (ids.Step()) Entry(ids.Int(0));
    sink_("</channel>\n</rss>\n");
  }

 private:
  void Open() {
    sink_(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
        "xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" "
        "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
        "xmlns:wfw=\"http://wellformedweb.org/CommentAPI/\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel>\n");
    sink_(Element("title", settings_.title) + Element("link", base_) +
          Element("description", settings_.tagline) +
          Element("pubDate", text::Rfc822Date(now_, "UTC")) +
          Element("language", settings_.language) + Element("wp:wxr_version", "1.2") +
          Element("wp:base_site_url", base_) + Element("wp:base_blog_url", base_));
    sql::Rows authors = tx_.Query(query::kExportAuthors);
    while (authors.Step())
      sink_("<wp:author>" + Element("wp:author_id", authors.Text(0)) +
            Wrapped("wp:author_login", authors.Text(1)) +
            Wrapped("wp:author_email", authors.Text(3)) +
            Wrapped("wp:author_display_name", authors.Text(2)) + "</wp:author>\n");
    sql::Rows categories = tx_.Query(query::kExportCategories);
    while (categories.Step())
      sink_("<wp:category>" + Element("wp:term_id", categories.Text(0)) +
            Wrapped("wp:category_nicename", categories.Text(1)) +
            Wrapped("wp:category_parent", categories.Text(3)) +
            Wrapped("wp:cat_name", categories.Text(2)) +
            Wrapped("wp:category_description", categories.Text(4)) + "</wp:category>\n");
    sql::Rows tags = tx_.Query(query::kExportTags);
    while (tags.Step())
      sink_("<wp:tag>" + Element("wp:term_id", tags.Text(0)) +
            Wrapped("wp:tag_slug", tags.Text(1)) + Wrapped("wp:tag_name", tags.Text(2)) +
            "</wp:tag>\n");
  }

  // Files have numbers that no entry has.
  static constexpr Id kFiles = 2'000'000'000;

  void Media() {
    sql::Rows rows = tx_.Query(query::kExportMedia);
    while (rows.Step()) {
      const std::string url = base_ + "/media/" + text::EncodePath(rows.Text(1));
      const Seconds at = rows.Int(7);
      std::string item = "<item>\n" + Element("title", rows.Text(4)) + Element("link", url) +
                         "<guid isPermaLink=\"false\">" + text::EscapeHtml(url) + "</guid>\n" +
                         Wrapped("content:encoded", "") + Wrapped("excerpt:encoded", rows.Text(6)) +
                         Element("wp:post_id", std::to_string(kFiles + rows.Int(0))) +
                         Element("wp:post_date", SqlDate(at, settings_.zone)) +
                         Element("wp:post_date_gmt", SqlDate(at, "UTC")) +
                         Element("wp:status", "inherit") + Element("wp:post_parent", "0") +
                         Element("wp:post_type", "attachment") + Wrapped("wp:attachment_url", url) +
                         Meta("_wp_attached_file", rows.Text(1));
      if (!rows.Text(5).empty()) item += Meta("_wp_attachment_image_alt", rows.Text(5));
      sink_(item + "</item>\n");
    }
  }

  // Text with paragraphs as WordPress keeps it leaves as it is; all other kinds as what was made of
  // them.
  std::string Body(const journal::EntryDraft& draft, sql::Rows& about) const {
    if (draft.format == journal::Format::kParagraphs)
      return draft.body + (draft.more.empty() ? "" : "\n<!--more-->\n" + draft.more);
    const auto whole = [&](std::string_view html) {
      return std::string(
          text::AbsoluteHtml(text::SafeHtml::Vouch(std::string(html)), settings_.Origin()).view());
    };
    return whole(about.Text(3)) +
           (about.Text(4).empty() ? "" : "\n<!--more-->\n" + whole(about.Text(4)));
  }

  static std::string StatusOf(const journal::EntryDraft& draft, Seconds now) {
    switch (draft.status) {
      case journal::EntryStatus::kDraft:
        return "draft";
      case journal::EntryStatus::kPublished:
        return draft.visible_at > now ? "future" : "publish";
      case journal::EntryStatus::kPrivate:
        return "private";
      case journal::EntryStatus::kPending:
        return "pending";
      case journal::EntryStatus::kTrash:
        return "trash";
    }
    return "draft";
  }

  void Entry(Id id) {
    const journal::EntryDraft d = journal::LoadDraft(tx_, id).value();
    sql::Rows about = tx_.Query(query::kExportEntry, id);
    if (!about.Step()) return;
    const bool page = d.kind == journal::EntryKind::kPage;
    const bool open = d.comments == journal::Allow::kOpen ||
                      (d.comments == journal::Allow::kAsJournal && !page &&
                       settings_.comments == journal::CommentPolicy::kOpen && about.Int(8) > now_);
    const std::string zone = d.zone.empty() ? settings_.zone : d.zone;
    const std::string link =
        d.path.empty() ? base_ + "/?p=" + std::to_string(id) : base_ + text::EncodePath(d.path);
    std::string body = Body(d, about);
    for (const journal::NewUpdate& update : d.updates) body += "\n\n" + update.body;
    sink_("<item>\n" + Element("title", d.title) + Element("link", link) +
          Element("pubDate", text::Rfc822Date(d.visible_at, "UTC")) +
          Wrapped("dc:creator", about.Text(0)) + "<guid isPermaLink=\"false\">" +
          text::EscapeHtml(d.guid) + "</guid>\n" + Element("description", ""));
    sink_(Wrapped("content:encoded", body) + Wrapped("excerpt:encoded", d.excerpt) +
          Element("wp:post_id", std::to_string(id)) +
          Element("wp:post_date", SqlDate(d.visible_at, zone)) +
          Element("wp:post_date_gmt", SqlDate(d.visible_at, "UTC")) +
          Element("wp:post_modified", SqlDate(d.updated_at, zone)) +
          Element("wp:post_modified_gmt", SqlDate(d.updated_at, "UTC")) +
          Element("wp:comment_status", open ? "open" : "closed") +
          Element("wp:ping_status", d.pings == journal::Allow::kClosed ? "closed" : "open") +
          Element("wp:post_name", d.slug) + Element("wp:status", StatusOf(d, now_)) +
          Element("wp:post_parent", std::to_string(d.parent_id)) +
          Element("wp:menu_order", std::to_string(d.position)) +
          Element("wp:post_type", page ? "page" : "post") +
          Element("wp:post_password", d.password) + Element("wp:is_sticky", d.pinned ? "1" : "0"));
    Terms(id);
    if (d.featured_id != 0) sink_(Meta("_thumbnail_id", std::to_string(kFiles + d.featured_id)));
    Comments(id, zone);
    References(id, zone);
    sink_("</item>\n");
  }

  void Terms(Id id) {
    const auto term = [&](const char* domain, std::string_view slug, std::string_view name) {
      sink_("<category domain=\"" + std::string(domain) + "\" nicename=\"" +
            text::EscapeHtml(slug) + "\">" + Cdata(name) + "</category>\n");
    };
    sql::Rows categories = tx_.Query(query::kExportEntryCategories, id);
    while (categories.Step()) term("category", categories.Text(0), categories.Text(1));
    sql::Rows tags = tx_.Query(query::kExportEntryTags, id);
    while (tags.Step()) term("post_tag", tags.Text(0), tags.Text(1));
  }

  static const char* Approved(std::int64_t status) {
    constexpr std::array kWords = {"0", "1", "spam", "trash"};
    return status >= 0 && status < 4 ? kWords[static_cast<std::size_t>(status)] : "0";
  }

  void Answer(Id id, Id parent, std::string_view author, std::string_view email,
              std::string_view url, Seconds at, const std::string& zone, std::string_view content,
              std::int64_t status, std::string_view type) {
    sink_("<wp:comment>\n" + Element("wp:comment_id", std::to_string(id)) +
          Wrapped("wp:comment_author", author) + Element("wp:comment_author_email", email) +
          Element("wp:comment_author_url", url) + Element("wp:comment_date", SqlDate(at, zone)) +
          Element("wp:comment_date_gmt", SqlDate(at, "UTC")) +
          Wrapped("wp:comment_content", content) +
          Element("wp:comment_approved", Approved(status)) + Element("wp:comment_type", type) +
          Element("wp:comment_parent", std::to_string(parent)) +
          Element("wp:comment_user_id", "0") + "</wp:comment>\n");
  }

  void Comments(Id entry, const std::string& zone) {
    sql::Rows rows = tx_.Query(query::kExportComments, entry);
    while (rows.Step()) {
      const bool html = rows.As<journal::CommentMode>(7) == journal::CommentMode::kLimitedHtml;
      Answer(rows.Int(0), rows.Int(1), rows.Text(4), rows.Text(5), rows.Text(6), rows.Int(3), zone,
             html ? rows.Text(8) : rows.Text(9), rows.Int(2), "comment");
    }
  }

  // The nearest that WordPress has: what comes from elsewhere is a pingback there.
  void References(Id entry, const std::string& zone) {
    sql::Rows rows = tx_.Query(query::kExportReferences, entry);
    while (rows.Step()) {
      const std::string content =
          "<strong>" + text::EscapeHtml(rows.Text(4)) + "</strong>\n\n" + rows.String(9);
      const std::string_view site = rows.Text(6).empty() ? rows.Text(4) : rows.Text(6);
      Answer(kReferences + rows.Int(0), 0, site, "", rows.Text(5), rows.Int(10), zone, content,
             rows.Int(3),
             rows.As<journal::ReferenceVia>(2) == journal::ReferenceVia::kTrackback ? "trackback"
                                                                                    : "pingback");
    }
  }

  sql::Tx& tx_;
  const journal::Settings& settings_;
  Seconds now_;
  const Sink& sink_;
  std::string base_;
};

}  // namespace

void ExportWxr(journal::Journal& journal, Seconds now, const Sink& sink) {
  const journal::Settings settings = journal.Load();
  journal.db.Read(sql::Reading::kLong, [&](sql::Tx& tx) { Writer(tx, settings, now, sink).Run(); });
}

}  // namespace daybook::work
