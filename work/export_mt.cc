// Movable Type's text: see export.h. The format knows entries, what is public below them, and
// little else: what it cannot hold is counted for the report.
#include <array>
#include <cstdio>

#include "journal/edit.h"
#include "sql/queries/export.h"
#include "text/absolute.h"
#include "text/dates.h"
#include "text/safe.h"
#include "text/url.h"
#include "work/export.h"

namespace daybook::work {
namespace {

namespace query = sql::query;
using journal::EntryStatus;
using journal::Id;
using journal::Seconds;

std::string OneLine(std::string_view value) {
  std::string line(value);
  for (char& c : line)
    if (c == '\n' || c == '\r') c = ' ';
  return line;
}

std::string Field(std::string_view key, std::string_view value) {
  if (value.empty()) return "";
  return std::string(key) + ": " + OneLine(value) + "\n";
}

std::string MtDate(Seconds at, std::string_view zone) {
  const text::LocalTime t = text::ToLocal(at, zone);
  std::array<char, 64> out;
  const int hour = t.hour % 12 == 0 ? 12 : t.hour % 12;
  std::snprintf(out.data(), out.size(), "%02d/%02d/%04d %02d:%02d:%02d %s", t.month, t.day, t.year,
                hour, t.minute, t.second, t.hour < 12 ? "AM" : "PM");
  return out.data();
}

// A line that would end a part or an entry is written so that it shows the same and does not.
std::string Text(std::string_view value) {
  std::string out;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find('\n'), value.size());
    std::string_view line = value.substr(0, end);
    const std::size_t last = line.find_last_not_of(" \t\r");
    const std::string_view bare = last == line.npos ? "" : line.substr(0, last + 1);
    if (bare.size() >= 5 && bare.find_first_not_of('-') == bare.npos) {
      out += "&#45;";
      line.remove_prefix(1);
    }
    out.append(line).append("\n");
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return out;
}

std::string Part(std::string_view name, std::string_view value) {
  if (value.empty() && name != "BODY") return "";
  return std::string(name) + ":\n" + Text(value) + "-----\n";
}

std::string Quoted(std::string_view tag) {
  const char quote = tag.find('"') == tag.npos ? '"' : '\'';
  return quote + std::string(tag) + quote;
}

class Writer {
 public:
  Writer(sql::Tx& tx, const journal::Settings& settings, Seconds now, const Sink& sink,
         LeftOut& left)
      : tx_(tx), settings_(settings), now_(now), sink_(sink), left_(left) {
    base_ = settings.url;
    while (base_.ends_with('/')) base_.pop_back();
  }

  void Run() {
    sql::Rows ids = tx_.Query(query::kExportEntries);
    while (ids.Step()) Entry(ids.Int(0));
  }

 private:
  std::string StatusOf(const journal::EntryDraft& d) {
    // Whoever takes it in would show to everybody what only some may read.
    const bool secret = d.status == EntryStatus::kPrivate || !d.password.empty();
    if (secret) ++left_["export.left.private"];
    if (secret || d.status == EntryStatus::kDraft) return "Draft";
    if (d.status == EntryStatus::kPending) return "Review";
    return d.visible_at > now_ ? "Future" : "Publish";
  }

  void Entry(Id id) {
    const journal::EntryDraft d = journal::LoadDraft(tx_, id).value();
    if (d.status == EntryStatus::kTrash) {
      ++left_["export.left.trash"];
      return;
    }
    sql::Rows about = tx_.Query(query::kExportEntry, id);
    if (!about.Step()) return;
    if (d.kind == journal::EntryKind::kPage) ++left_["export.left.pages"];
    const std::string url = d.path.empty() ? "" : base_ + text::EncodePath(d.path);
    if (!d.guid.empty() && d.guid != url) ++left_["export.left.guids"];
    if (!d.language.empty() || d.expires_at < journal::kNever || d.pinned || !d.updates.empty())
      ++left_["export.left.fields"];
    const bool source =
        d.format == journal::Format::kMarkdown || d.format == journal::Format::kParagraphs;
    const auto shown = [&](int column) {
      return std::string(
          text::AbsoluteHtml(text::SafeHtml::Vouch(about.String(column)), settings_.Origin())
              .view());
    };
    std::string more = source ? d.more : shown(4);
    for (const journal::NewUpdate& update : d.updates)
      more += (more.empty() ? "" : "\n\n") + update.body;
    const bool open = d.comments == journal::Allow::kOpen ||
                      (d.comments == journal::Allow::kAsJournal &&
                       settings_.comments == journal::CommentPolicy::kOpen && about.Int(8) > now_);
    sink_(Field("AUTHOR", about.Text(7)) + Field("TITLE", d.title) + Field("BASENAME", d.slug) +
          Field("STATUS", StatusOf(d)) + Field("ALLOW COMMENTS", open ? "1" : "2") +
          Field("ALLOW PINGS", d.pings == journal::Allow::kClosed ? "0" : "1") +
          Field("CONVERT BREAKS", !source                                  ? "0"
                                  : d.format == journal::Format::kMarkdown ? "markdown"
                                                                           : "__default__"));
    sink_(Terms(id) + Field("DATE", MtDate(d.visible_at, settings_.zone)) +
          Field("UNIQUE URL", url) + "-----\n");
    sink_(Part("BODY", source ? d.body : shown(3)) + Part("EXTENDED BODY", more) +
          Part("EXCERPT", d.excerpt));
    Comments(id);
    References(id);
    sink_("--------\n");
  }

  std::string Terms(Id id) {
    std::string lines, tags;
    sql::Rows categories = tx_.Query(query::kExportEntryCategories, id);
    for (bool first = true; categories.Step(); first = false)
      lines += Field(first ? "PRIMARY CATEGORY" : "CATEGORY", categories.Text(1));
    sql::Rows names = tx_.Query(query::kExportEntryTags, id);
    while (names.Step()) tags += (tags.empty() ? "" : ",") + Quoted(names.Text(1));
    return lines + Field("TAGS", tags);
  }

  [[nodiscard]] bool IsPublic(std::int64_t status) {
    const bool shown = status == static_cast<std::int64_t>(journal::AnswerStatus::kPublic);
    if (!shown) ++left_["export.left.answers"];
    return shown;
  }

  void Comments(Id entry) {
    sql::Rows rows = tx_.Query(query::kExportComments, entry);
    while (rows.Step()) {
      if (!IsPublic(rows.Int(2))) continue;
      if (rows.Int(1) != 0) ++left_["export.left.replies"];
      const bool html = rows.As<journal::CommentMode>(7) == journal::CommentMode::kLimitedHtml;
      sink_("COMMENT:\n" + Field("AUTHOR", rows.Text(4)) + Field("EMAIL", rows.Text(5)) +
            Field("URL", rows.Text(6)) + Field("DATE", MtDate(rows.Int(3), settings_.zone)) +
            Text(html ? rows.Text(8) : rows.Text(9)) + "-----\n");
    }
  }

  void References(Id entry) {
    sql::Rows rows = tx_.Query(query::kExportReferences, entry);
    while (rows.Step()) {
      if (!IsPublic(rows.Int(3))) continue;
      sink_("PING:\n" + Field("TITLE", rows.Text(4)) + Field("URL", rows.Text(5)) +
            Field("BLOG NAME", rows.Text(6)) + Field("DATE", MtDate(rows.Int(10), settings_.zone)) +
            Text(rows.Text(9)) + "-----\n");
    }
  }

  sql::Tx& tx_;
  const journal::Settings& settings_;
  Seconds now_;
  const Sink& sink_;
  LeftOut& left_;
  std::string base_;
};

}  // namespace

LeftOut ExportMovableType(journal::Journal& journal, Seconds now, const Sink& sink) {
  const journal::Settings settings = journal.Load();
  LeftOut left;
  journal.db.Read(sql::Reading::kLong,
                  [&](sql::Tx& tx) { Writer(tx, settings, now, sink, left).Run(); });
  return left;
}

}  // namespace daybook::work
