// Turns errno into a DbError. SQLite's own codes are translated in connection.cc.
#include "sql/errors.h"

#include <cerrno>
#include <system_error>

namespace daybook::sql {

DbError SystemError(const std::string& doing, int error_number) {
  DbError::Kind kind = DbError::Kind::kOther;
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      kind = DbError::Kind::kFull;
      break;
    case EROFS:
    case EACCES:
    case EPERM:
      kind = DbError::Kind::kReadOnly;
      break;
    case ENOENT:
      kind = DbError::Kind::kMissing;
      break;
  }
  return DbError(kind, doing + ": " + std::generic_category().message(error_number));
}

}  // namespace daybook::sql
