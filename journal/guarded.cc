// The one place where errors of a command become an exit code: see guarded.h.
#include "journal/guarded.h"

#include <filesystem>
#include <new>
#include <string>

#include "sql/errors.h"
#include "text/config_error.h"
#include "text/console.h"

namespace daybook::journal {

int Guarded(const std::function<int()>& run) {
  using text::Complain;
  try {
    return run();
  } catch (const text::ConfigError& error) {
    Complain(error.what());
  } catch (const sql::DbError& error) {
    Complain(std::string("the database did not do it: ") + error.what());
    Complain("`daybook doctor` may know more.");
  } catch (const std::filesystem::filesystem_error& error) {
    Complain(error.path1().string() + ": " + error.code().message());
  } catch (const std::bad_alloc&) {
    Complain("there is not enough memory for this.");
  }
  return text::kFailed;
}

}  // namespace daybook::journal
