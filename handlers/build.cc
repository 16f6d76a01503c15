// The linker's build id is read from this program's own notes, so that it needs neither a clock nor
// a version by hand.
#include "handlers/build.h"

#include <elf.h>
#include <link.h>

#include <cstring>

namespace daybook::handlers {
namespace {

int FindBuildId(dl_phdr_info* info, std::size_t, void* out) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    // Where the notes were stripped there is a segment that lies nowhere.
    if (segment.p_type != PT_NOTE || segment.p_vaddr == 0) continue;
    const char* at = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
    const char* const end = at + segment.p_memsz;
    while (at + sizeof(ElfW(Nhdr)) <= end) {
      ElfW(Nhdr) note;
      std::memcpy(&note, at, sizeof note);
      const char* const name = at + sizeof note;
      const char* const value = name + ((note.n_namesz + 3) & ~3u);
      if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
          std::memcmp(name, "GNU", 4) == 0) {
        static_cast<std::string*>(out)->assign(value, note.n_descsz);
        return 1;
      }
      at = value + ((note.n_descsz + 3) & ~3u);
    }
  }
  return 1;  // the first object is the program itself
}

}  // namespace

std::string ProgramBuild() {
  std::string id;
  dl_iterate_phdr(FindBuildId, &id);
  return templates::ContentHash(id).substr(0, 8);
}

std::string BuildOf(const templates::Templates& templates, const journal::Config& config) {
  std::string rest = templates.fingerprint();
  for (const journal::ConfigLine& line : config.lines)
    rest.append(line.key).append(1, '=').append(line.value).append(1, '\n');
  return ProgramBuild() + templates::ContentHash(rest).substr(0, 8);
}

std::string EtagOf(std::int64_t rev, std::string_view build) {
  return "\"" + std::to_string(rev) + "-" + std::string(build) + "\"";
}

}  // namespace daybook::handlers
