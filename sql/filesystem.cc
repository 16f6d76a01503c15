// statfs and fsync, and the numbers of network file systems.
#include "sql/filesystem.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "sql/errors.h"

namespace daybook::sql {
namespace {

std::filesystem::path Folder(const std::filesystem::path& file) {
  std::filesystem::path folder = file.parent_path();
  return folder.empty() ? std::filesystem::path(".") : folder;
}

}  // namespace

bool IsNetworkType(uint32_t magic) {
  constexpr std::array<uint32_t, 14> kNetwork = {
      0x6969,      // NFS
      0x517b,      // SMB
      0xff534d42,  // CIFS
      0xfe534d42,  // SMB2
      0x65735546,  // FUSE: sshfs and GlusterFS among others
      0x0bd00bd0,  // Lustre
      0x00c36400,  // Ceph
      0x01021997,  // 9p
      0x5346414f,  // AFS
      0x6b414653,  // kAFS
      0x73757245,  // Coda
      0x564c,      // NCP
      0x7461636f,  // OCFS2
      0x47504653,  // GPFS
  };
  return std::find(kNetwork.begin(), kNetwork.end(), magic) != kNetwork.end();
}

bool IsOnNetwork(const std::filesystem::path& file) {
  struct statfs about;
  if (statfs(file.c_str(), &about) != 0 && statfs(Folder(file).c_str(), &about) != 0) return false;
  return IsNetworkType(static_cast<uint32_t>(about.f_type));
}

int64_t FreeBytes(const std::filesystem::path& file) {
  struct statvfs about;
  if (statvfs(file.c_str(), &about) != 0 && statvfs(Folder(file).c_str(), &about) != 0) return -1;
  return static_cast<int64_t>(about.f_bavail) * static_cast<int64_t>(about.f_frsize);
}

void SyncDirectory(const std::filesystem::path& directory) {
  const int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw SystemError("opening " + directory.string(), errno);
  const int result = fsync(descriptor);
  const int error = errno;
  close(descriptor);
  if (result != 0) throw SystemError("writing the folder " + directory.string(), error);
}

}  // namespace daybook::sql
