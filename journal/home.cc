// Finds a home by option, variable or the file beside the program, and lays out a new one.
#include "journal/home.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

namespace daybook::journal {
namespace fs = std::filesystem;
namespace {

// "journal-" and 24 digits.
constexpr std::size_t kUnguessable = 32;

fs::path Absolute(const fs::path& path) { return fs::absolute(path).lexically_normal(); }

void MakeFolder(const fs::path& folder, fs::perms mode) {
  bool made = fs::create_directory(folder);
  if (made) fs::permissions(folder, mode);  // whatever the umask says
}

}  // namespace

fs::path ProgramFolder() {
  std::error_code error;
  fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::current_path() : program.parent_path();
}

std::optional<Home> FindHome(const std::string& option) {
  if (!option.empty()) return Home{Absolute(option)};
  const char* variable = std::getenv("DAYBOOK_HOME");
  if (variable != nullptr && *variable != '\0') return Home{Absolute(variable)};
  fs::path folder = ProgramFolder();
  std::ifstream file(folder / "daybook.home");
  std::string line;
  if (file && std::getline(file, line)) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (!line.empty()) return Home{Absolute(folder / line)};
  }
  std::error_code error;
  for (const fs::directory_entry& one : fs::directory_iterator(folder, error)) {
    const std::string name = one.path().filename().string();
    if (name.size() == kUnguessable && name.starts_with("journal-") && one.is_directory(error))
      return Home{one.path()};
  }
  return std::nullopt;
}

void CreateRooms(const Home& home) {
  constexpr fs::perms kOwner = fs::perms::owner_all;
  constexpr fs::perms kOpen = kOwner | fs::perms::group_read | fs::perms::group_exec |
                              fs::perms::others_read | fs::perms::others_exec;
  if (home.root.has_parent_path()) fs::create_directories(home.root.parent_path());
  MakeFolder(home.root, kOpen);
  MakeFolder(home.Private(), kOwner);
  fs::permissions(home.Private(), kOwner);
  for (const char* room : {"theme", "import", "upgrade", "backups"})
    MakeFolder(home.Private() / room, kOwner);
  // Where the home lies below a web root after all, Apache and lighttpd's kin keep it shut.
  const fs::path shut = home.Private() / ".htaccess";
  if (!fs::exists(shut)) std::ofstream(shut) << "Require all denied\n";
  MakeFolder(home.Public(), kOpen);
  for (const char* room : {"media", "static"}) MakeFolder(home.Public() / room, kOpen);
}

void CreateHome(const Home& home) {
  CreateRooms(home);
  // Made here so that it and SQLite's files beside it are the owner's alone whatever the umask is.
  int file = open(home.Database().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0)
    throw fs::filesystem_error("open", home.Database(),
                               std::error_code(errno, std::generic_category()));
  close(file);
}

}  // namespace daybook::journal
