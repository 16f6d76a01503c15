// The page store: rendered public pages as files in public/live, never older than the database
// (protocols 1). It knows file names and bytes. What is in a page and which pages may be stored is
// decided by handlers/; the lock and the committed rev come from Db (db.h), through which opening
// and shutting go.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sql/lock.h"

namespace daybook::sql {

// What the pages of one live folder were rendered from. Kept in live/.gen as "rev build mtime".
struct Generation {
  int64_t rev = 0;
  std::string build;  // of the program and its theme; no white space
  int64_t mtime = 0;  // of every file: grows by a second at least from one generation to the next
};

class PageStore {
 public:
  // An empty path or a folder that is not there: there is no store, and nothing happens.
  // `limit`: bytes after which a generation takes no more pages.
  explicit PageStore(std::filesystem::path public_folder, int64_t limit = 512 << 20);

  // Takes what is published out of the web server's sight, for good, by renaming live, and makes
  // that survive a power cut. The lock shows that the caller holds journal.lock. Throws DbError;
  // then the transaction must not be committed.
  void Shut(const FileLock& lock);

  // Whether anything is being served.
  [[nodiscard]] bool IsLive() const;
  // What is being served; nothing if the store is shut.
  [[nodiscard]] std::optional<Generation> Live() const;

  // The file in which a page is kept: the path without its first slash, index.html after a last
  // one. The path is decoded, from the journal's root. Nothing for paths that are never stored:
  // with an empty or hidden segment, control characters, or too long.
  [[nodiscard]] static std::optional<std::string> FileFor(std::string_view path);

  enum class Published {
    kStored,   // it is there now
    kNotLive,  // the store is shut, or open for another rev or build
    kRefused,  // not a path to be stored, or a file is where a folder would have to be
    kFull,     // the generation or the disk
  };
  // Stores a page that was rendered in a transaction that read `rev`. No lock: if live is shut
  // meanwhile, the file lands where nobody is served from. `gzip` makes the page's second file, for
  // servers that hand out compressed ones as they are; null or an empty result: there is none.
  // Never throws; every failure leaves no page.
  using Compress = std::string (*)(std::string_view);
  Published Publish(int64_t rev, std::string_view build, std::string_view path,
                    std::string_view bytes, Compress gzip);

  // A page as it is served, with what it was rendered from.
  struct Stored {
    Generation generation;
    std::string bytes;
  };
  [[nodiscard]] std::optional<Stored> Read(std::string_view path) const;

  // True if live is absent and the last shut was at least two seconds before `now`: storms of
  // writes do not churn.
  [[nodiscard]] bool MayOpen(int64_t now) const;
  // Makes an empty live folder of this rev and build. The caller holds journal.lock and has read,
  // under it, that the committed rev is `rev`. False if it could not be made.
  [[nodiscard]] bool Open(const FileLock& lock, int64_t rev, std::string_view build, int64_t now);

  // Deletes what was shut or left behind, at most `files` of them. True if there is more.
  bool Sweep(int files = 200);

 private:
  // When a folder's names last changed, and which folder that is.
  using Change = std::array<int64_t, 3>;
  [[nodiscard]] std::optional<Change> LastChange() const;

  std::filesystem::path folder_;
  int64_t limit_;
  std::optional<Change> synced_;  // without live, by this process
};

}  // namespace daybook::sql
