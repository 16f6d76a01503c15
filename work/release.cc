// Unpacking, sums, and the first bytes of a program.
#include "work/release.h"

#include <elf.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <utility>

#include "journal/home.h"
#include "work/zip.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;

constexpr Part kParts[] = {
    // The one that hands over comes last: it finds a daybook-work of its own edition.
    {"web/daybook-work.bin", "daybook-work", "daybook-work", true},
    {"web/daybook.bin", "daybook", "daybook", true},
    {"web/daybook.cgi", "daybook.cgi", "daybook-cgi", false},
    {"web/daybook.fcgi", "daybook.fcgi", "daybook-fcgi", false},
};
constexpr const char* kSums = "SHA256SUMS";
constexpr std::uint64_t kMostBytes = 256 << 20, kMostSums = 1 << 20;

using Take = std::function<void(std::string_view)>;
// Called for each file with its name below the release's own folder; what it takes is read.
using Wanted = std::function<Take(const std::string& name)>;

std::string BelowFirst(const std::string& name) { return name.substr(name.find('/') + 1); }

void ReadZip(const fs::path& file, const Wanted& wanted) {
  try {
    ZipReader zip(file);
    ZipReader::Entry entry;
    while (zip.Next(entry)) {
      const Take take = wanted(BelowFirst(entry.name));
      if (!take) continue;
      if (entry.bytes > kMostBytes) throw UpgradeTrouble{"partial", file.filename()};
      zip.Read(take);
    }
  } catch (const ZipTrouble&) {
    throw UpgradeTrouble{"partial", file.filename()};
  }
}

// ustar, as scripts/release makes it: no long names, no sparse files.
void ReadTar(const fs::path& file, const Wanted& wanted) {
  constexpr std::size_t kBlock = 512, kName = 100, kSize = 124, kPrefix = 345;
  const UpgradeTrouble partial{"partial", file.filename()};
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> in(gzopen(file.c_str(), "rb"), gzclose);
  if (!in) throw partial;
  std::array<char, kBlock> block;
  const auto next = [&] {
    return gzread(in.get(), block.data(), kBlock) == static_cast<int>(kBlock);
  };
  const auto field = [&](std::size_t at, std::size_t most) {
    return std::string(block.data() + at, strnlen(block.data() + at, most));
  };
  bool ended = false;
  while (next()) {
    if (block[0] == '\0') {
      ended = true;
      continue;
    }
    // Never two blocks of nothing before more, and always the mark of this format.
    if (ended || std::memcmp(block.data() + 257, "ustar", 5) != 0) throw partial;
    const std::string prefix = field(kPrefix, 155), name = field(0, kName);
    std::uint64_t left = std::strtoull(field(kSize, 12).c_str(), nullptr, 8);
    if (left > kMostBytes) throw partial;
    const Take take = wanted(BelowFirst(prefix.empty() ? name : prefix + "/" + name));
    while (left > 0) {
      if (!next()) throw partial;
      const std::size_t piece = std::min<std::uint64_t>(left, kBlock);
      if (take) take(std::string_view(block.data(), piece));
      left -= piece;
    }
  }
  int code = Z_OK;
  gzerror(in.get(), &code);
  if (!ended || (code != Z_OK && code != Z_STREAM_END)) throw partial;
}

void ReadFolder(const fs::path& folder, const Wanted& wanted) {
  const auto read = [&](const std::string& name, const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) return;
    const Take take = wanted(name);
    if (!take) return;
    std::ifstream in(file, std::ios::binary);
    std::array<char, 65536> piece;
    while (in.read(piece.data(), piece.size()) || in.gcount() > 0)
      take(std::string_view(piece.data(), static_cast<std::size_t>(in.gcount())));
  };
  read(kSums, folder / kSums);
  for (const Part& part : kParts) {
    // Below web/, or all in one folder as an upload may leave it.
    const fs::path whole = folder / part.from;
    std::error_code error;
    read(part.from, fs::exists(whole, error) ? whole : folder / whole.filename());
  }
}

void ReadRelease(const fs::path& release, const Wanted& wanted) {
  std::error_code error;
  if (fs::is_directory(release, error)) return ReadFolder(release, wanted);
  std::array<char, 4> first{};
  std::ifstream in(release, std::ios::binary);
  if (!in) throw UpgradeTrouble{"unreadable", release.filename()};
  in.read(first.data(), first.size());
  if (std::memcmp(first.data(), "PK\3\4", 4) == 0) return ReadZip(release, wanted);
  if (std::memcmp(first.data(), "\x1f\x8b", 2) == 0) return ReadTar(release, wanted);
  throw UpgradeTrouble{"unreadable", release.filename()};
}

std::string Digest(const fs::path& file) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::ifstream in(file, std::ios::binary);
  std::array<char, 65536> piece;
  while (in.read(piece.data(), piece.size()) || in.gcount() > 0)
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(piece.data()),
                              static_cast<unsigned long long>(in.gcount()));
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256_final(&state, hash.data());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> digits;
  sodium_bin2hex(digits.data(), digits.size(), hash.data(), hash.size());
  return digits.data();
}

Elf64_Ehdr HeadOf(const fs::path& file) {
  Elf64_Ehdr head{};
  std::ifstream(file, std::ios::binary).read(reinterpret_cast<char*>(&head), sizeof head);
  return head;
}

std::string Processor(unsigned machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86_64";
    case EM_AARCH64:
      return "aarch64";
    case EM_RISCV:
      return "riscv64";
    case EM_386:
      return "i686";
    case EM_ARM:
      return "arm";
    default:
      return "?";
  }
}

void CheckProgram(const fs::path& file, const std::string& shown) {
  const Elf64_Ehdr theirs = HeadOf(file), ours = HeadOf("/proc/self/exe");
  if (std::memcmp(theirs.e_ident, ELFMAG, SELFMAG) != 0) throw UpgradeTrouble{"program", shown};
  if (theirs.e_ident[EI_CLASS] != ours.e_ident[EI_CLASS] || theirs.e_machine != ours.e_machine)
    throw UpgradeTrouble{"machine", Processor(theirs.e_machine)};
  // The list of its sections stands at a program's end, and says where that is.
  std::error_code error;
  const std::uint64_t end = theirs.e_shoff + std::uint64_t{theirs.e_shnum} * theirs.e_shentsize;
  if (fs::file_size(file, error) < end || theirs.e_shoff == 0)
    throw UpgradeTrouble{"partial", shown};
}

void Clear(const Place& place) {
  std::error_code ignored;
  for (const Part& part : kParts) fs::remove(place.Aside(part, "new"), ignored);
}

// Modes and owner of what it replaces.
void Dress(const fs::path& file, const fs::path& like) {
  struct stat was {};
  if (stat(like.c_str(), &was) != 0) return;
  if (geteuid() == 0) static_cast<void>(!chown(file.c_str(), was.st_uid, was.st_gid));
  chmod(file.c_str(), (was.st_mode & 07777) | 0700);
}

void Unpack(const fs::path& release, const Place& place) {
  std::map<std::string, std::string> sums;
  std::string text;
  std::map<std::string, std::ofstream> made;
  ReadRelease(release, [&](const std::string& name) -> Take {
    if (name == kSums) {
      return [&](std::string_view piece) {
        if (text.size() < kMostSums) text += piece;
      };
    }
    for (const Part& part : kParts) {
      if (name != part.from || !place.Has(part)) continue;
      std::ofstream& out = made[name];
      out = std::ofstream(place.Aside(part, "new"), std::ios::binary | std::ios::trunc);
      return [&out](std::string_view piece) { out << piece; };
    }
    return nullptr;
  });
  std::istringstream lines(text);
  std::string digest, of;
  while (lines >> digest >> of) sums[of] = digest;
  for (const Part& part : kParts) {
    if (!place.Has(part)) continue;
    const auto file = made.find(part.from);
    if (file == made.end() || !sums.contains(part.from))
      throw UpgradeTrouble{"missing", sums.empty() ? kSums : fs::path(part.from).filename()};
    file->second.close();
    if (!file->second) throw UpgradeTrouble{"disk", ""};
    const fs::path target = place.Aside(part, "new");
    const std::string shown = fs::path(part.from).filename();
    if (Digest(target) != sums[part.from]) throw UpgradeTrouble{"sums", shown};
    if (part.program) CheckProgram(target, shown);
  }
}

}  // namespace

std::span<const Part> Parts() { return kParts; }

fs::path Place::Of(const Part& part) const {
  return folder / (part.program ? part.name + ending : part.name);
}

fs::path Place::Aside(const Part& part, const char* which) const {
  return folder / (std::string(part.aside) + "." + which + (part.program ? ending : ".bin"));
}

bool Place::Has(const Part& part) const {
  std::error_code error;
  return part.program || fs::exists(Of(part), error);
}

Place PlaceOfPrograms() {
  Place place{journal::ProgramFolder(), ""};
  if (!fs::exists(place.folder / "daybook")) place.ending = ".bin";
  for (const Part& part : kParts) {
    if (part.program && !fs::exists(place.Of(part))) throw UpgradeTrouble{"beside", place.folder};
  }
  return place;
}

void BringRelease(const fs::path& release, const Place& place) {
  std::error_code error;
  if (fs::equivalent(release, place.Aside(kParts[1], "new"), error)) {
    for (const Part& part : kParts) {
      if (!part.program) continue;
      const fs::path file = place.Aside(part, "new");
      if (!fs::exists(file)) throw UpgradeTrouble{"missing", file.filename()};
      CheckProgram(file, file.filename());
    }
  } else {
    try {
      Unpack(release, place);
    } catch (...) {
      Clear(place);
      throw;
    }
  }
  for (const Part& part : kParts) {
    const fs::path file = place.Aside(part, "new");
    const int opened = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) continue;
    fsync(opened);
    close(opened);
    Dress(file, place.Of(part));
  }
}

bool RunProgram(const std::vector<std::string>& words, std::string& said) {
  constexpr std::size_t kMost = 8192;
  std::array<int, 2> ends;
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    // Not one of the web server's requests, whoever asked for the upgrade.
    for (const char* name : {"GATEWAY_INTERFACE", "REQUEST_METHOD", "DAYBOOK_HOME"}) unsetenv(name);
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    execv(pointers[0], pointers.data());
    _exit(127);
  }
  close(ends[1]);
  std::array<char, 4096> piece;
  for (ssize_t got; (got = read(ends[0], piece.data(), piece.size())) > 0;) {
    if (said.size() < kMost) said.append(piece.data(), static_cast<std::size_t>(got));
  }
  close(ends[0]);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) < 0) return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string EditionOf(const fs::path& program) {
  std::string said;
  constexpr std::string_view kName = "daybook ";
  if (!RunProgram({program.string(), "version"}, said) || !said.starts_with(kName))
    throw UpgradeTrouble{"starts", program.filename()};
  return said.substr(kName.size(), said.find('\n') - kName.size());
}

}  // namespace daybook::work
