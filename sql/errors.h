// The one exception of the store. It is caught in one place (handlers/), where its kind becomes a
// status: kBusy and kTimeout 503 with Retry-After, kFull 507, everything else 500. The text is for
// the log, never for a page.
#pragma once

#include <stdexcept>
#include <string>

namespace daybook::sql {

class DbError : public std::runtime_error {
 public:
  enum class Kind {
    kBusy,        // another writer held the lock for longer than we wait
    kTimeout,     // a read took longer than a request may
    kFull,        // no room on the disk, or over quota
    kCorrupt,     // the file is damaged, or no database at all
    kReadOnly,    // the file or its folder cannot be written
    kMissing,     // the file is not there or cannot be opened
    kConstraint,  // a unique, check, not null or foreign key rule said no
    kTooNew,      // the schema was made by a newer program
    kMisuse,      // a mistake in the calling code: nested transactions, use across fork
    kOther,       // input/output errors and whatever is left
  };

  DbError(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

// The kind of a failed system call: ENOSPC and EDQUOT are kFull, EROFS, EACCES and EPERM kReadOnly,
// ENOENT kMissing.
DbError SystemError(const std::string& doing, int error_number);

}  // namespace daybook::sql
