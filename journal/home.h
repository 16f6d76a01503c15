// The one folder that a journal is, and where to look for it: private/ (0700, never below a web
// root) and public/ (what the web server serves). It opens nothing: that is journal.h.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace daybook::journal {

struct Home {
  std::filesystem::path root;

  [[nodiscard]] std::filesystem::path Private() const { return root / "private"; }
  [[nodiscard]] std::filesystem::path Public() const { return root / "public"; }
  [[nodiscard]] std::filesystem::path ConfigFile() const { return Private() / "daybook.conf"; }
  [[nodiscard]] std::filesystem::path Database() const { return Private() / "journal.db"; }
  [[nodiscard]] std::filesystem::path LockFile() const { return Private() / "journal.lock"; }
  [[nodiscard]] std::filesystem::path WorkerLock() const { return Private() / "worker.lock"; }
  [[nodiscard]] std::filesystem::path Backups() const { return Private() / "backups"; }
  [[nodiscard]] std::filesystem::path Exports() const { return Private() / "exports"; }
  [[nodiscard]] std::filesystem::path Import() const { return Private() / "import"; }
  // The folder of a theme's files; the unnamed theme lies in theme/ itself.
  std::filesystem::path Theme(const std::string& name = "") const {
    return name.empty() ? Private() / "theme" : Private() / "theme" / name;
  }
  // Files on their way into media/, as they came: nobody but the program sees them.
  [[nodiscard]] std::filesystem::path Uploads() const { return Private() / "uploads"; }
  [[nodiscard]] std::filesystem::path Media() const { return Public() / "media"; }
  [[nodiscard]] std::filesystem::path Live() const { return Public() / "live"; }
};

// Where the home is: `option` (--home), else DAYBOOK_HOME, else the first line of a file
// daybook.home beside the running program (a relative path there is meant from that folder), else
// the folder journal-* with 24 digits beside it, which lies in the web folder because nothing else
// could be had: no file there may say its name.
// Absolute. Nothing if none of them speaks; the folder need not exist.
[[nodiscard]] std::optional<Home> FindHome(const std::string& option);

// The folder of the running program.
[[nodiscard]] std::filesystem::path ProgramFolder();

// Makes what is missing of a home, with its modes: private/ and its folders 0700, public/ 0755.
// Throws std::filesystem::filesystem_error.
void CreateRooms(const Home& home);
// The same, and an empty database file, 0600.
void CreateHome(const Home& home);

}  // namespace daybook::journal
