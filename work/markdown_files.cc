// Markdown files out and in: see markdown_files.h.
#include "work/markdown_files.h"

#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "sql/queries/export.h"
#include "text/dates.h"
#include "work/export_items.h"
#include "work/zip.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kLine = "---\n";
constexpr std::string_view kMore = "\n<!--more-->\n";
constexpr std::size_t kMost = 64 << 20;  // of one file

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The address below entries/, in letters that every disk takes.
std::string NameOf(const Json& entry, std::int64_t id) {
  std::string name = entry["path"].is_string() ? entry["path"].get<std::string>() : "";
  if (name.ends_with(".html")) name.resize(name.size() - 5);
  std::string safe;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '/';
    safe += plain ? c : '_';
  }
  while (safe.starts_with('/')) safe.erase(0, 1);
  while (safe.ends_with('/')) safe.pop_back();
  // Two addresses may become one name, and what has none has its number.
  if (safe.empty() || safe.size() > 150 || safe.find('_') != safe.npos ||
      safe.find("//") != safe.npos)
    safe = "unnamed/" + std::to_string(id);
  return "entries/" + safe + ".md";
}

// The JSON of everything but the entries, with room for them.
class JsonWriter {
 public:
  explicit JsonWriter(const fs::path& target) : out_(target, std::ios::binary) {
    out_ << "{\n\"daybook\": 1,\n\"entries\": [";
  }
  void Add(const Json& entry) {
    out_ << (first_ ? "\n" : ",\n") << Dump(entry);
    first_ = false;
  }
  void End(const Json& site) {
    out_ << "\n]";
    for (const auto& [key, value] : site.items())
      if (key != "daybook" && key != "entries") out_ << ",\n" << Dump(key) << ": " << Dump(value);
    out_ << "\n}\n";
    out_.close();
    if (!out_) throw ZipTrouble{"The disk is full, so nothing was taken."};
  }

 private:
  std::ofstream out_;
  bool first_ = true;
};

struct Collected {
  JsonWriter writer;
  Json site = Json::object();
  std::size_t entries = 0;

  void Take(const std::string& name, const std::string& text) {
    if (name == "journal.json" || name.ends_with("/journal.json")) {
      site = Json::parse(text, nullptr, false);
      if (!site.is_object()) throw ZipTrouble{name + " is no JSON object."};
    } else if (name.ends_with(".md")) {
      writer.Add(EntryOfFile(text, name));
      ++entries;
    }
  }
};

}  // namespace

std::string MarkdownFile(Json entry) {
  const auto body = entry["body"].get<std::string>();
  const auto more = entry["more"].get<std::string>();
  // Where a line of the text would be taken for the split, the rest stands in the head.
  const bool clear = (body + "\n").find(kMore) == std::string::npos;
  const bool splits = clear && !more.empty();
  entry.erase("body");
  if (clear) entry.erase("more");
  std::string text(kLine);
  for (const auto& [key, value] : entry.items()) text += key + ": " + Dump(value) + "\n";
  text.append(kLine).append(body);
  if (splits) text.append(kMore).append(more);
  return text;
}

Json EntryOfFile(std::string_view text, const std::string& name) {
  const auto wrong = [&](const std::string& what) { return ZipTrouble{name + ": " + what}; };
  if (!text.starts_with(kLine)) throw wrong("Its first line is not “---”.");
  text.remove_prefix(kLine.size());
  Json entry = Json::object();
  while (!text.starts_with(kLine)) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) throw wrong("The second line “---” is missing.");
    const std::string_view line = text.substr(0, end);
    const std::size_t colon = line.find(": ");
    Json value = colon == line.npos ? Json(Json::value_t::discarded)
                                    : Json::parse(line.substr(colon + 2), nullptr, false);
    if (value.is_discarded())
      throw wrong("This line of its head is not of the form NAME: VALUE: " +
                  std::string(line.substr(0, 60)));
    entry[std::string(line.substr(0, colon))] = std::move(value);
    text.remove_prefix(end + 1);
  }
  text.remove_prefix(kLine.size());
  const std::size_t more = entry.contains("more") ? text.npos : text.find(kMore);
  entry["body"] = std::string(text.substr(0, more));
  if (more != text.npos) entry["more"] = std::string(text.substr(more + kMore.size()));
  return entry;
}

void ExportMarkdown(journal::Journal& journal, const fs::path& target) {
  const fs::path part = target.string() + ".part";
  std::error_code ignored;
  fs::remove(part, ignored);
  {
    ZipWriter zip(part);
    journal.db.Read(sql::Reading::kLong, [&](sql::Tx& tx) {
      const Json site = SiteItems(tx);
      zip.AddBytes("journal.json", site.dump(1, ' ', false, Json::error_handler_t::replace));
      std::set<std::string> used;
      sql::Rows ids = tx.Query(sql::query::kExportEntries);
      while (ids.Step()) {
        Json entry = EntryItem(tx, ids.Int(0));
        std::string name = NameOf(entry, ids.Int(0));
        if (!used.insert(name).second)
          name = "entries/unnamed/" + std::to_string(ids.Int(0)) + ".md";
        zip.AddBytes(name, MarkdownFile(std::move(entry)));
      }
    });
    for (const fs::directory_entry& file : fs::recursive_directory_iterator(journal.home.Media())) {
      const std::string name = fs::relative(file.path(), journal.home.Media()).string();
      if (file.is_regular_file() && !file.is_symlink() && !name.starts_with('.'))
        zip.AddFile("media/" + name, file.path());
    }
    zip.Close();
  }
  fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(part, target);
}

void JsonOfMarkdown(const fs::path& source, const fs::path& target) {
  Collected all{JsonWriter(target)};
  if (fs::is_directory(source)) {
    for (const fs::directory_entry& file : fs::recursive_directory_iterator(source)) {
      if (!file.is_regular_file() || file.file_size() > kMost) continue;
      std::ifstream in(file.path(), std::ios::binary);
      std::ostringstream text;
      text << in.rdbuf();
      all.Take(fs::relative(file.path(), source).string(), text.str());
    }
  } else {
    ZipReader zip(source);
    ZipReader::Entry entry;
    while (zip.Next(entry)) {
      if (entry.bytes > kMost) throw ZipTrouble{entry.name + " is too large."};
      std::string text;
      zip.Read([&](std::string_view piece) { text += piece; });
      all.Take(entry.name, text);
    }
  }
  if (all.entries == 0)
    throw ZipTrouble{source.string() + " holds no Markdown file with a head of Daybook's."};
  all.writer.End(all.site);
}

}  // namespace daybook::work
