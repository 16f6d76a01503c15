// `daybook media list | check`: the library for scripts, and what its owner would want to know of:
// pictures that nobody described, files that no entry uses, files that are not there.
#include "journal/media.h"

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "journal/journal.h"
#include "work/command.h"

namespace daybook::work {

using journal::Media;
using text::kDone, text::kFailed, text::kWrongUse, text::Print;
using Json = nlohmann::ordered_json;

namespace {

void EachMedia(journal::Journal& journal, const std::function<void(const Media&)>& see) {
  journal::MediaFilter filter;
  filter.limit = 500;
  while (true) {
    const auto some = journal.db.Read([&](sql::Tx& tx) { return journal::ListMedia(tx, filter); });
    for (const Media& one : some) see(one);
    if (some.size() < static_cast<std::size_t>(filter.limit)) return;
    filter.offset += filter.limit;
  }
}

Json AsJson(const Media& media) {
  Json json = {
      {"id", media.id}, {"path", media.path}, {"type", media.mime}, {"bytes", media.bytes}};
  if (media.width > 0) {
    json["width"] = media.width;
    json["height"] = media.height;
  }
  json["widths"] = media.widths;
  json["alt"] = media.alt;
  json["uses"] = media.uses;
  return json;
}

std::string Text(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

int List(journal::Journal& journal, bool json) {
  Json all = Json::array();
  long long count = 0;
  EachMedia(journal, [&](const Media& media) {
    ++count;
    if (json) {
      all.push_back(AsJson(media));
      return;
    }
    std::string line = media.path + "  " + text::Grouped(media.bytes) + " bytes";
    if (media.width > 0)
      line += "  " + std::to_string(media.width) + " x " + std::to_string(media.height);
    line += "  used by " + text::Grouped(media.uses);
    if (!media.alt.empty()) line += "  “" + media.alt + "”";
    Print(line);
  });
  if (json) Print(Text(all));
  if (!json) Print(text::Grouped(count) + " files");
  return kDone;
}

bool IsThere(const journal::Home& home, const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(home.Media() / path, ignored);
}

// 1 where readers meet a file that is not there; the rest is advice.
int Check(journal::Journal& journal, bool json) {
  std::vector<std::string> undescribed, unused, gone;
  EachMedia(journal, [&](const Media& media) {
    if (!IsThere(journal.home, media.path)) gone.push_back(media.path);
    if (media.IsPicture() && media.alt.empty()) undescribed.push_back(media.path);
    if (media.uses == 0) unused.push_back(media.path);
  });
  Json broken = Json::array();
  std::vector<std::string> broken_lines;
  for (const journal::UnknownMedia& one :
       journal.db.Read([](sql::Tx& tx) { return journal::UnknownMediaOf(tx); })) {
    if (IsThere(journal.home, one.path)) continue;
    broken.push_back({{"path", one.path}, {"entry", one.entry}, {"address", one.entry_path}});
    broken_lines.push_back(
        one.path + "  in " +
        (one.entry_path.empty() ? "draft " + std::to_string(one.entry) : one.entry_path));
  }
  const bool failed = !gone.empty() || !broken.empty();
  if (json) {
    Print(Text(
        {{"missing", gone}, {"broken", broken}, {"undescribed", undescribed}, {"unused", unused}}));
    return failed ? kFailed : kDone;
  }
  const auto show = [](std::string_view what, const std::vector<std::string>& paths) {
    if (paths.empty()) return;
    Print(std::string(what) + ": " + text::Grouped(static_cast<long long>(paths.size())));
    for (const std::string& path : paths) Print("  " + path);
  };
  show("In the library, but not in public/media; put them back or erase them at /admin/media",
       gone);
  show("Shown by entries, but not there", broken_lines);
  show("Without a description for those who do not see them; write one at /admin/media",
       undescribed);
  show("Used by no entry", unused);
  if (!failed && undescribed.empty() && unused.empty()) Print("Nothing is missing.");
  return failed ? kFailed : kDone;
}

}  // namespace

int RunMedia(const text::Arguments& arguments) {
  const auto home = journal::FindHome(arguments.Get("home"));
  if (!home) return kWrongUse;
  journal::Journal journal = journal::OpenJournal(*home);
  return arguments.rest.front() == "check" ? Check(journal, arguments.Has("json"))
                                           : List(journal, arguments.Has("json"));
}

}  // namespace daybook::work
