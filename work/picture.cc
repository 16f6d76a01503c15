// The job of a picture: its stored file upright and without stories, smaller ones beside it, and
// the entries that show it rendered again so that they offer those.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "journal/media.h"
#include "journal/media_store.h"
#include "sql/tx.h"
#include "text/picture_file.h"
#include "work/drain.h"
#include "work/image.h"

namespace daybook::work {
namespace {

namespace fs = std::filesystem;
using journal::Job;
using journal::Media;
using journal::MediaState;

constexpr int kRenderedAtOnce = 20;

// Hidden files beside the picture that are taken away again where they were not moved to their
// place.
class Hidden {
 public:
  explicit Hidden(const fs::path& picture) : picture_(picture) {}
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;
  ~Hidden() {
    for (const auto& [from, to] : moves_) unlink(from.c_str());
  }
  // A name to write to, whose place will be `to`.
  fs::path For(const fs::path& to) {
    fs::path from = picture_.parent_path() /
                    (".made-" + std::to_string(getpid()) + "-" + std::to_string(moves_.size()) +
                     "-" + picture_.filename().string());
    moves_.emplace_back(from, to);
    return from;
  }
  // The first `count` of those that were written; the others are passed over.
  void Move(std::size_t count) {
    for (std::size_t i = 0; i < std::min(count, moves_.size()); ++i)
      rename(moves_[i].first.c_str(), moves_[i].second.c_str());
  }

 private:
  fs::path picture_;
  std::vector<std::pair<fs::path, fs::path>> moves_;
};

struct Looked {
  bool there = false;
  std::int64_t bytes = 0;
  text::PicturePlan plan;
};

// Also writes the clean copy to `clean`, where that is another file.
Looked Look(const fs::path& file, const Media& media, const fs::path& clean) {
  Looked looked;
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat info {};
  if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    if (fd >= 0) close(fd);
    return looked;
  }
  looked.there = true;
  looked.bytes = info.st_size;
  const text::ReadAt read = journal::ReadAtOfFile(fd, 0, static_cast<std::uint64_t>(info.st_size));
  looked.plan = text::PlanPicture(media.mime, static_cast<std::uint64_t>(info.st_size), read);
  if (looked.plan.state == text::PictureState::kGood && !looked.plan.same &&
      looked.plan.Bytes() != static_cast<std::uint64_t>(info.st_size) &&
      journal::WritePieces(clean, looked.plan.pieces, read))
    looked.bytes = static_cast<std::int64_t>(looked.plan.Bytes());
  close(fd);
  return looked;
}

void Finish(const Tools& tools, const Job& job) {
  tools.journal.db.Write(sql::Publicity::kPrivate,
                         [&](sql::Tx& tx) { static_cast<void>(journal::FinishJob(tx, job)); });
}

void TryAgain(const Tools& tools, const Job& job, const char* why) {
  tools.journal.db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
    static_cast<void>(journal::FailJob(tx, job, why, tools.clock()));
  });
}

MediaState StateOf(PictureOutcome outcome) {
  return outcome == PictureOutcome::kDamaged    ? MediaState::kDamaged
         : outcome == PictureOutcome::kTooLarge ? MediaState::kTooLarge
                                                : MediaState::kDone;
}

}  // namespace

void DoPicture(const Tools& tools, const Job& job) {
  sql::Db& db = tools.journal.db;
  const auto media = db.Read([&](sql::Tx& tx) { return journal::FindMedia(tx, job.subject); });
  if (!media) return Finish(tools, job);
  const fs::path root = tools.journal.home.Media(), file = root / media->path;
  Hidden hidden(file);
  const fs::path clean = hidden.For(file);
  const Looked looked = Look(file, *media, clean);
  if (!looked.there) return Finish(tools, job);

  journal::MadeMedia made;
  made.bytes = looked.bytes;
  made.width = media->width;
  made.height = media->height;
  made.orientation = media->orientation;
  const text::PicturePlan& plan = looked.plan;
  const std::int64_t pixels = std::int64_t{plan.size.width} * plan.size.height;
  if (plan.state != text::PictureState::kGood) {
    made.state = MediaState::kDamaged;
  } else if (pixels > journal::kMaxPixels) {
    made.state = MediaState::kTooLarge;
  } else {
    made.width = plan.Shown().width;
    made.height = plan.Shown().height;
    made.orientation = plan.orientation;
  }
  if (made.state == MediaState::kDone && plan.animated) {
    made.state = MediaState::kMoves;
  } else if (made.state == MediaState::kDone) {
    PictureWanted wanted;
    wanted.source = file;
    wanted.mime = media->mime;
    wanted.orientation = plan.orientation;
    if (plan.orientation != 1) wanted.upright = hidden.For(file);
    for (const int width : journal::WidthsFor(made.width)) {
      const std::string path = journal::SmallerPath(media->path, width, media->edition);
      if (!db.Read([&](sql::Tx& tx) { return journal::FindMediaByPath(tx, path); }))
        wanted.smaller.push_back({width, hidden.For(root / path)});
    }
    PictureMade pictures{PictureOutcome::kDone, false, {}};
    if (!wanted.smaller.empty() || !wanted.upright.empty()) pictures = MakePictures(wanted);
    if (pictures.outcome == PictureOutcome::kDiskFull)
      return TryAgain(tools, job, "the disk is full");
    if (pictures.outcome == PictureOutcome::kUnable)
      return TryAgain(tools, job, "the smaller pictures could not be written");
    made.state = StateOf(pictures.outcome);
    if (made.state == MediaState::kDone) made.widths = pictures.widths;
    if (pictures.upright) {
      std::error_code error;
      made.orientation = 1;
      const auto bytes = fs::file_size(wanted.upright, error);
      if (!error) made.bytes = static_cast<std::int64_t>(bytes);
    }
  }

  const journal::Settings settings = tools.journal.Load();
  journal::Id after = 0;
  bool moved = false, wanted_still = true;
  do {
    after = db.Write(sql::Publicity::kPublic, [&](sql::Tx& tx) -> journal::Id {
      // Under the lock: a file that was replaced meanwhile keeps its new bytes.
      wanted_still = journal::PutMade(tx, job.subject, media->edition, made);
      if (!wanted_still) {
        static_cast<void>(journal::FinishJob(tx, job));
        return 0;
      }
      // Of what did not come out whole nothing is used but the clean copy.
      if (!std::exchange(moved, true)) hidden.Move(made.state == MediaState::kDone ? SIZE_MAX : 1);
      const journal::Id last =
          journal::RenderUsersAgain(tx, settings, media->path, after, kRenderedAtOnce);
      if (last == 0) static_cast<void>(journal::FinishJob(tx, job));
      return last;
    });
    db.CheckpointIfDue();
  } while (after != 0);
  if (wanted_still) journal::DropSmaller(tools.journal.home, media->path, media->edition);
}

}  // namespace daybook::work
