// Files of an old journal: found in the folder that the owner gave, checked, and copied into
// public/media. It writes no database rows.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/model.h"

namespace daybook::journal {

// An index of a folder. Links that lead out of it are not followed.
class MediaFolder {
 public:
  // Throws ImportTrouble if it is no folder that can be read.
  static MediaFolder Open(const std::filesystem::path& folder);

  // The file for an old address ("/wp-content/uploads/2013/03/x.jpg"): below the folder at that
  // path or at its end, else the only one of that name, or the one whose path agrees longest from
  // the right.
  [[nodiscard]] std::optional<std::filesystem::path> Find(std::string_view old_path) const;
  // The largest file that WordPress could have made of the same picture: "x-300x200.jpg" for
  // "x-150x150.jpg".
  [[nodiscard]] std::optional<std::filesystem::path> FindOtherSize(std::string_view old_path) const;
  // The only file of that name.
  [[nodiscard]] std::optional<std::filesystem::path> FindExact(
      std::string_view relative_path) const;

 private:
  std::filesystem::path folder_;
  std::map<std::string, std::vector<std::string>> by_name_;  // lower case -> paths below the folder
};

// "x-300x200.jpg" -> "x.jpg", "x-scaled.jpg" -> "x.jpg"; nothing for other names.
[[nodiscard]] std::optional<std::string> OriginalName(std::string_view path);

// Where an old file is to live below public/media: "2013/03/x.jpg". Letters of other scripts are
// written in ASCII; what could lead elsewhere or hide goes. Empty if nothing is left.
[[nodiscard]] std::string MediaPathFor(std::string_view old_path);

struct MediaOutcome {
  NewMedia media;       // path, mime, bytes, width, height
  std::string refused;  // why not; empty: it is there
};
// Copies `from` to media_root/wanted, or to the next free name; a file of the same content that is
// there already is taken for it. Refused is what a browser could run and what is not what its name
// says. Throws ImportTrouble if the disk is full or the folder cannot be written. `only_look`: says
// what would be, and copies nothing.
[[nodiscard]] MediaOutcome CopyMedia(const std::filesystem::path& from,
                                     const std::filesystem::path& media_root,
                                     const std::string& wanted, bool only_look);

}  // namespace daybook::journal
