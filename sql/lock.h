// A lock on a file, kept by the kernel: gone with the process that held it, however that ended.
// journal.lock is held by every write transaction (db.cc), worker.lock by the one worker of a
// journal for its life.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>

namespace daybook::sql {

class FileLock {
 public:
  // Waits at most `wait` (0: does not wait). Nothing if somebody else kept it all that time; throws
  // DbError if the file cannot be opened or made. The descriptor is opened here and lives as long
  // as the lock, so one that is taken after a fork is never shared across it.
  [[nodiscard]] static std::optional<FileLock> Take(const std::filesystem::path& file,
                                                    std::chrono::milliseconds wait);
  // Whether to stand in line behind somebody who has waited for long (kLongWait) already: whoever
  // has others to serve meanwhile gives way at once.
  enum class Line { kStay, kGiveWay };
  static constexpr std::chrono::milliseconds kLongWait{500};
  // The same for a lock that some take again and again, as an import does between its batches:
  // whoever waits is next, because all must first go through a second lock, `file` with the ending
  // .queue, that the next one holds meanwhile. A byte in it says that this one has waited for long.
  [[nodiscard]] static std::optional<FileLock> TakeInTurn(const std::filesystem::path& file,
                                                          std::chrono::milliseconds wait,
                                                          Line line = Line::kStay);
  // Whether any process holds it now. False where the file is not there.
  [[nodiscard]] static bool IsHeld(const std::filesystem::path& file);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  static std::optional<FileLock> Until(const std::filesystem::path& file,
                                       std::chrono::steady_clock::time_point deadline,
                                       Line line = Line::kStay);
  void Mark(bool marked) const;
  FileLock(int descriptor, pid_t owner) : descriptor_(descriptor), owner_(owner) {}

  int descriptor_;
  pid_t owner_;  // a forked child may close its copy, but must not unlock its parent's lock
};

}  // namespace daybook::sql
