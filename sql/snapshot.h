// Whole databases: a copy of one moment while writes go on, proof that a file is sound, and putting
// a file's contents in the place of another's. For backups; what a backup holds beside the database
// is in work/backup.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace daybook::sql {

class FileLock;

// Writes what `database` holds at one moment to `target`, which must not be there: one file,
// synced, without the remains of what was deleted. Readers and writers are not kept waiting; where
// they write so much meanwhile that the log passes 256 MB it gives up and begins again, three times
// at most. False if `stop` said so. Throws DbError.
[[nodiscard]] bool TakeSnapshot(const std::filesystem::path& database,
                                const std::filesystem::path& target,
                                const std::function<bool()>& stop = {});

// Takes out of a copy what lets somebody in or belongs to this machine alone: sessions, the
// password of the mail server, leases of jobs, marks of counted readers. Throws DbError.
void ForgetSecrets(const std::filesystem::path& copy);

// What is wrong with a file that nobody else has open, one sentence each, at most some dozens:
// pages and indexes (integrity_check), rows that point to nothing, search indexes that do not match
// their texts. A file that is no database gives a sentence, too.
[[nodiscard]] std::vector<std::string> Complaints(const std::filesystem::path& file);

// The number of the last migration of a file; nothing if it is no database.
[[nodiscard]] std::optional<std::int64_t> SchemaOf(const std::filesystem::path& file);

// Puts the contents of `source` into `database`, which processes may have open: they see the whole
// of it from their next transaction on. Under the write lock, the page store of `public_folder`
// shut; the copy's `rev` becomes one that no page of either was made from, and the mail server's
// password stays. Throws DbError; then `database` is as it was.
void ReplaceContents(const std::filesystem::path& database, const std::filesystem::path& source,
                     const std::filesystem::path& public_folder);
// The same for whoever holds journal.lock already.
void ReplaceContents(const FileLock& lock, const std::filesystem::path& database,
                     const std::filesystem::path& source,
                     const std::filesystem::path& public_folder);

}  // namespace daybook::sql
