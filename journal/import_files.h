// What became of every file that the old journal held or named: where it is now, or why it is not
// here. It asks the media folder and copies; the rows that follow from it are handed out to be
// written with the entry that wanted them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "journal/import_hosts.h"
#include "journal/import_media.h"
#include "journal/import_report.h"
#include "journal/model.h"
#include "journal/render.h"

namespace daybook::journal {

// A file that was just copied, and the old addresses that lead to it.
struct FileRows {
  struct Media {
    std::string key;
    NewMedia media;
  };
  std::vector<Media> media;
  std::vector<std::pair<std::string, std::string>> redirects;  // old path -> address
  [[nodiscard]] bool empty() const { return media.empty() && redirects.empty(); }
};

class ImportFiles {
 public:
  struct Place {
    std::filesystem::path media_root;
    const MediaFolder* folder = nullptr;  // null: the owner gave none
    bool dry_run = false;
  };
  // Old paths that the report has counted, and whether their files are here. Two exports of one
  // journal share it.
  using Counted = std::map<std::string, bool, std::less<>>;
  // Both must live as long as this.
  ImportFiles(Place place, ImportReport& report, Counted& counted)
      : place_(std::move(place)), report_(report), counted_(counted) {}

  // Taken by an earlier import, by its old path.
  void KnowHere(const std::string& old_path, const std::string& media_path,
                const PictureSize& size);

  struct Wanted {
    std::string old_path;  // "/wp-content/uploads/2013/03/x.jpg"
    ImportNote where;      // for the report
    std::string title, alt, caption;
    bool attachment = false;  // the old journal listed it
    Seconds at = 0;
  };
  // Where the file is now, relative to the journal. If there is none: where it was, if it may yet
  // come; counted and reported once.
  struct Found {
    std::string url;  // percent-encoded
    bool here = false;
    bool exact = true;  // it, and not another size of it
    std::string media_path;
  };
  [[nodiscard]] Found Find(const Wanted& wanted);

  // Rows for what Find copied since the last call.
  [[nodiscard]] FileRows TakeRows() { return std::exchange(rows_, {}); }

  // Whether the path's last part looks like a file's name and not like a page's.
  [[nodiscard]] static bool LooksLikeFile(std::string_view path);
  [[nodiscard]] std::optional<PictureSize> SizeOf(std::string_view media_path) const;

 private:
  struct Known {
    std::string media_path;  // empty: it is not here
    bool before = false;     // an earlier import took it
  };
  Known& Seek(const Wanted& wanted, const std::string& old_path, bool is_original);
  Found FoundAt(const Known& known, const std::string& old_path, bool exact) const;

  Place place_;
  ImportReport& report_;
  std::map<std::string, Known, std::less<>> known_;
  std::map<std::string, PictureSize, std::less<>> sizes_;
  Counted& counted_;
  FileRows rows_;
};

}  // namespace daybook::journal
