// Commands that daybook-work does: what one web page needs is in this program, and nothing else.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "cli/command.h"
#include "journal/backups.h"
#include "journal/import.h"
#include "journal/launch.h"

namespace daybook::cli {

int HandOver(std::string_view command, const Arguments& arguments) {
  const auto home = HomeOf(arguments);
  if (!home) return kWrongUse;
  const auto program = journal::WorkProgram(*home);
  if (!program) {
    Complain("`daybook " + std::string(command) +
             "` is done by daybook-work. Put it, of the same " +
             "release, beside this program, with mode 0755.");
    return kFailed;
  }
  Arguments whole = arguments;
  whole.options["home"] = home->root.string();
  std::vector<std::string> words = text::WordsOf(whole);
  words.insert(words.begin(), {program->string(), std::string(command)});
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::fflush(stdout);
  execv(pointers[0], pointers.data());
  Complain(words[0] + ": " + std::strerror(errno));
  return kFailed;
}

int RunImport(const Arguments& arguments) {
  const std::string format = arguments.Get("format", "auto");
  if (format == "markdown" && arguments.rest.size() != 1)
    return WrongUse("import", "--format markdown takes one zip or folder.");
  if (format != "markdown" && !journal::ImportFormatNamed(format))
    return WrongUse("import",
                    "There is no format “" + format + "”: auto, wxr, mt, json or markdown.");
  return HandOver("import", arguments);
}

int RunBackup(const Arguments& arguments) { return HandOver("backup", arguments); }
int RunRestore(const Arguments& arguments) { return HandOver("restore", arguments); }
int RunCheck(const Arguments& arguments) { return HandOver("check", arguments); }

int RunExport(const Arguments& arguments) {
  if (!journal::ExportFormNamed(arguments.Get("format")))
    return WrongUse("export", "--format needs wxr, mt, markdown, json or static.");
  return HandOver("export", arguments);
}

int RunOpen(const Arguments& arguments) {
  Arguments whole = arguments;
  std::error_code error;
  whole.options["program"] = std::filesystem::read_symlink("/proc/self/exe", error).string();
  return HandOver("open", whole);
}

int RunUpgrade(const Arguments& arguments) {
  if (!arguments.rest.empty() && arguments.Has("undo"))
    return WrongUse("upgrade", "`upgrade --undo` takes no file.");
  return HandOver("upgrade", arguments);
}

int RunBounce(const Arguments& arguments) { return HandOver("bounce", arguments); }
int RunDkim(const Arguments& arguments) { return HandOver("dkim", arguments); }

int RunMedia(const Arguments& arguments) {
  if (arguments.rest.front() != "list" && arguments.rest.front() != "check")
    return WrongUse("media", "`media` needs list or check.");
  return HandOver("media", arguments);
}

}  // namespace daybook::cli
