// What the store must know of the disk under it.
#pragma once

#include <cstdint>
#include <filesystem>

namespace daybook::sql {

// True on NFS, SMB, FUSE, Ceph, Lustre, 9p and their like, where shared memory of a write-ahead log
// does not work and the rollback journal is used instead. Asks the folder if the file is not there
// yet. False if nothing can be asked.
[[nodiscard]] bool IsOnNetwork(const std::filesystem::path& file);

// Whether this file system type (statfs f_type) is one of them.
[[nodiscard]] bool IsNetworkType(uint32_t magic);

// Bytes that an ordinary user may still write there; -1 if unknown.
[[nodiscard]] int64_t FreeBytes(const std::filesystem::path& file);

// Writes a directory's entries to the disk: what makes a rename in it survive a power cut. Throws
// DbError.
void SyncDirectory(const std::filesystem::path& directory);

}  // namespace daybook::sql
