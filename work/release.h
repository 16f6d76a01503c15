// A release as somebody brought it: a .zip, a .tar.gz, or the folder of one that was unpacked. What
// is in it is put beside the programs that run, and checked there; nothing is replaced here
// (upgrade.h).
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace daybook::work {

// Why an upgrade or its undo came to nothing: a text of the catalogue, admin.upgrade.why.NAME, and
// what it is about.
struct UpgradeTrouble {
  std::string why, what;
};

// A file of a release that has its place beside the running program.
struct Part {
  const char* from;   // its name in the release
  const char* name;   // in its place; the programs have an ending there, or none
  const char* aside;  // while it waits and when it is kept: daybook.new.bin, daybook-cgi.old.bin
  bool program;       // must be in every release and in its place; of the others what is there
};
[[nodiscard]] std::span<const Part> Parts();

// The folder of the running programs, under the names that they have there.
struct Place {
  std::filesystem::path folder;
  std::string ending;  // "" or ".bin", as releases have them
  [[nodiscard]] std::filesystem::path Of(const Part& part) const;
  // `which`: "new", "old"
  [[nodiscard]] std::filesystem::path Aside(const Part& part, const char* which) const;
  [[nodiscard]] bool Has(const Part& part) const;
};
// Of this process. Throws UpgradeTrouble.
[[nodiscard]] Place PlaceOfPrograms();

// Puts what is wanted of the release beside the programs as "new" and checks it: whether all of it
// came, its sums, the kind of processor. Throws UpgradeTrouble; then none of it is left there.
// Where `release` is daybook.new beside the program, as an upload program may have put it, that is
// checked as it lies there.
void BringRelease(const std::filesystem::path& release, const Place& place);

// The edition that a program says it is, "0.1.0". Throws UpgradeTrouble where it does not start.
[[nodiscard]] std::string EditionOf(const std::filesystem::path& program);

// Runs a program to its end; `said` gets what it wrote, at most some KB. False if it did not end
// well.
[[nodiscard]] bool RunProgram(const std::vector<std::string>& words, std::string& said);

}  // namespace daybook::work
