// The files of a theme's folder as the owner's pages change them: each whole or not at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::journal {

// Nothing: there is no such file (or none that can be read).
[[nodiscard]] std::optional<std::string> ReadThemeFile(const std::filesystem::path& folder,
                                                       std::string_view name);
// `name` is one that the program knows ("parts/open.tpl", "own.css"); folders are made. False: the
// disk is full or the folder not ours; what was there still is.
[[nodiscard]] bool WriteThemeFile(const std::filesystem::path& folder, std::string_view name,
                                  std::string_view bytes);
[[nodiscard]] bool RemoveThemeFile(const std::filesystem::path& folder, std::string_view name);

}  // namespace daybook::journal
