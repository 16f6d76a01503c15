// Everything as JSON, entry by entry: see export.h.
#include <nlohmann/json.hpp>

#include "journal/edit.h"
#include "sql/queries/export.h"
#include "sql/queries/settings.h"
#include "text/dates.h"
#include "work/export.h"
#include "work/export_items.h"

namespace daybook::work {
namespace {

namespace query = sql::query;
using Json = nlohmann::ordered_json;
using journal::Id;
using journal::Seconds;

constexpr const char* kKinds[] = {"entry", "page"};
constexpr const char* kEntryStatus[] = {"draft", "published", "private", "pending", "trash"};
constexpr const char* kFormats[] = {"html", "markdown", "paragraphs", "text"};
constexpr const char* kAllow[] = {"default", "open", "closed", "none"};
constexpr const char* kAnswers[] = {"held", "public", "spam", "trash"};
constexpr const char* kModes[] = {"limited", "plain", "markdown"};
constexpr const char* kReferences[] = {"source", "response"};
constexpr const char* kVia[] = {"author", "webmention", "trackback", "pingback", "reader"};
constexpr const char* kSections[] = {"html",   "subscribe", "newsletter", "links",      "connect",
                                     "search", "comments",  "archive",    "categories", "tags"};

template <std::size_t N, typename Which>
std::string Named(const char* const (&names)[N], Which which) {
  const auto at = static_cast<std::size_t>(which);
  return at < N ? names[at] : names[0];
}

std::string Date(Seconds at) { return text::Rfc3339Date(at, "UTC"); }
Json DateOrNull(Seconds at) { return at >= journal::kNever ? Json(nullptr) : Json(Date(at)); }

// Broken UTF-8 would have no place in JSON; it is not in a database of ours, but hardly impossible.
std::string Dump(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

Json SettingsOf(sql::Tx& tx) {
  Json all = Json::object();
  sql::Rows rows = tx.Query(query::kSettingsAll);
  while (rows.Step()) {
    const journal::SettingDef* def = journal::FindSetting(rows.Text(0));
    if (def != nullptr && def->kind != journal::SettingDef::Kind::kSecret && !def->file_only)
      all[rows.String(0)] = rows.String(1);
  }
  return all;
}

Json AuthorsOf(sql::Tx& tx) {
  Json all = Json::array();
  sql::Rows rows = tx.Query(query::kExportAuthors);
  while (rows.Step())
    all.push_back({{"slug", rows.String(1)},
                   {"name", rows.String(2)},
                   {"email", rows.String(3)},
                   {"url", rows.String(4)},
                   {"about", rows.String(5)}});
  return all;
}

Json CategoriesOf(sql::Tx& tx) {
  Json all = Json::array();
  sql::Rows rows = tx.Query(query::kExportCategories);
  while (rows.Step())
    all.push_back({{"slug", rows.String(1)},
                   {"name", rows.String(2)},
                   {"parent", rows.Text(3).empty() ? Json(nullptr) : Json(rows.String(3))},
                   {"description", rows.String(4)}});
  return all;
}

Json TagsOf(sql::Tx& tx) {
  Json all = Json::array();
  sql::Rows rows = tx.Query(query::kExportTags);
  while (rows.Step()) all.push_back({{"slug", rows.String(1)}, {"name", rows.String(2)}});
  return all;
}

Json LinksOf(sql::Rows rows) {
  Json all = Json::array();
  while (rows.Step()) all.push_back({{"title", rows.String(0)}, {"url", rows.String(1)}});
  return all;
}

Json SidebarOf(sql::Tx& tx) {
  Json all = Json::array();
  sql::Rows rows = tx.Query(query::kExportSections);
  while (rows.Step())
    all.push_back({{"kind", Named(kSections, rows.Int(1))},
                   {"caption", rows.String(2)},
                   {"content", rows.String(3)},
                   {"links", LinksOf(tx.Query(query::kExportSectionLinks, rows.Int(0)))},
                   {"count", rows.Int(4)}});
  return all;
}

Json MediaOf(sql::Tx& tx) {
  Json all = Json::array();
  sql::Rows rows = tx.Query(query::kExportMedia);
  while (rows.Step())
    all.push_back({{"path", rows.String(1)},
                   {"title", rows.String(4)},
                   {"alt", rows.String(5)},
                   {"caption", rows.String(6)}});
  return all;
}

Json RedirectsOf(sql::Tx& tx) {
  Json all = Json::array();
  sql::Rows rows = tx.Query(query::kExportRedirects);
  while (rows.Step()) {
    Json one = {{"from", rows.String(0)}, {"status", rows.Int(3)}};
    // Of an entry it is its address, and what follows that.
    if (rows.Int(3) != 410) one["to"] = rows.String(1) + rows.String(2);
    all.push_back(std::move(one));
  }
  return all;
}

Json RepliesOf(sql::Tx& tx, Id entry) {
  Json all = Json::array();
  sql::Rows rows = tx.Query(query::kExportComments, entry);
  while (rows.Step())
    all.push_back({{"id", rows.Int(0)},
                   {"parent", rows.Int(1) == 0 ? Json(nullptr) : Json(rows.Int(1))},
                   {"status", Named(kAnswers, rows.Int(2))},
                   {"date", Date(rows.Int(3))},
                   {"author", rows.String(4)},
                   {"email", rows.String(5)},
                   {"url", rows.String(6)},
                   {"format", Named(kModes, rows.Int(7))},
                   {"body", rows.String(8)}});
  return all;
}

Json ReferencesOf(sql::Tx& tx, Id entry) {
  Json all = Json::array();
  sql::Rows rows = tx.Query(query::kExportReferences, entry);
  while (rows.Step())
    all.push_back({{"kind", Named(kReferences, rows.Int(1))},
                   {"via", Named(kVia, rows.Int(2))},
                   {"status", Named(kAnswers, rows.Int(3))},
                   {"title", rows.String(4)},
                   {"url", rows.String(5)},
                   {"site_name", rows.String(6)},
                   {"site_url", rows.String(7)},
                   {"author", rows.String(8)},
                   {"excerpt", rows.String(9)},
                   {"date", Date(rows.Int(10))}});
  return all;
}

}  // namespace

Json EntryItem(sql::Tx& tx, Id id) {
  const journal::EntryDraft d = journal::LoadDraft(tx, id).value();
  Json categories = Json::array(), tags = Json::array(), updates = Json::array();
  sql::Rows terms = tx.Query(query::kExportEntryCategories, id);
  while (terms.Step()) categories.push_back(terms.String(0));
  sql::Rows names = tx.Query(query::kExportEntryTags, id);
  while (names.Step()) tags.push_back(names.String(1));
  for (const journal::NewUpdate& update : d.updates)
    updates.push_back({{"date", Date(update.at)}, {"body", update.body}});
  Json entry = {{"kind", Named(kKinds, d.kind)},
                {"status", Named(kEntryStatus, d.status)},
                {"slug", d.slug},
                {"path", d.path.empty() ? Json(nullptr) : Json(d.path)},
                {"title", d.title},
                {"date", Date(d.visible_at)},
                {"zone", d.zone},
                {"updated", Date(d.updated_at)},
                {"expires", DateOrNull(d.expires_at)},
                {"format", Named(kFormats, d.format)},
                {"body", d.body},
                {"more", d.more},
                {"excerpt", d.excerpt}};
  sql::Rows about = tx.Query(query::kExportEntry, id);
  if (about.Step()) {
    entry["author"] = about.String(0);
    if (!about.Text(1).empty()) entry["parent"] = about.String(1);
    if (!about.Text(2).empty()) entry["featured"] = about.String(2);
  }
  entry["categories"] = std::move(categories);
  entry["tags"] = std::move(tags);
  entry["lang"] = d.language.empty() ? Json(nullptr) : Json(d.language);
  entry["pinned"] = d.pinned;
  if (d.toc) entry["toc"] = true;
  entry["password"] = d.password.empty() ? Json(nullptr) : Json(d.password);
  entry["comments"] = Named(kAllow, d.comments);
  entry["pings"] = Named(kAllow, d.pings);
  entry["guid"] = d.guid;
  entry["position"] = d.position;
  entry["updates"] = std::move(updates);
  entry["references"] = ReferencesOf(tx, id);
  entry["replies"] = RepliesOf(tx, id);
  return entry;
}

Json SiteItems(sql::Tx& tx) {
  return {{"daybook", 1},
          {"settings", SettingsOf(tx)},
          {"authors", AuthorsOf(tx)},
          {"categories", CategoriesOf(tx)},
          {"tags", TagsOf(tx)},
          {"sidebar", SidebarOf(tx)},
          {"navigation", LinksOf(tx.Query(query::kExportNavigation))},
          {"media", MediaOf(tx)},
          {"redirects", RedirectsOf(tx)}};
}

void ExportJson(journal::Journal& journal, const Sink& sink) {
  journal.db.Read(sql::Reading::kLong, [&](sql::Tx& tx) {
    sink("{");
    const Json site = SiteItems(tx);
    for (const auto& [name, value] : site.items())
      sink((name == "daybook" ? "\n\"" : ",\n\"") + name + "\": " + Dump(value));
    sink(",\n\"entries\": [");
    sql::Rows ids = tx.Query(query::kExportEntries);
    for (bool first = true; ids.Step(); first = false) {
      sink(first ? "\n" : ",\n");
      sink(Dump(EntryItem(tx, ids.Int(0))));
    }
    sink("\n]\n}\n");
  });
}

}  // namespace daybook::work
