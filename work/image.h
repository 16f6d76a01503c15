// Pictures upright and in smaller widths. Decoding strangers' bytes happens in a child process with
// limits on memory and time, so that a picture which is meant to break the decoder breaks that
// alone. What of a file is metadata is text/picture_file.h; which widths there are is
// journal/media.h.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::work {

struct SmallerWanted {
  int width = 0;
  std::filesystem::path file;  // where it is written; no file if it would not be smaller in bytes
};

struct PictureWanted {
  std::filesystem::path source;
  std::string_view mime;  // image/jpeg, image/png, image/webp, or image/gif: then WebP is made
  int orientation = 1;    // of the source, EXIF
  // Where the picture goes turned upright and without its EXIF; empty, or an orientation of 1: it
  // stays as it is. A JPEG is turned without loss where its sides allow that.
  std::filesystem::path upright;
  std::vector<SmallerWanted> smaller;
};

struct PictureLimits {
  std::size_t memory = 512u << 20;  // address space of the child
  int cpu_seconds = 30;
};

enum class PictureOutcome {
  kDone,
  kDamaged,   // it cannot be decoded whole
  kTooLarge,  // it needs more memory or time than the limits allow
  kDiskFull,
  kUnable,  // no child could be made, or a file could not be written
};

struct PictureMade {
  PictureOutcome outcome = PictureOutcome::kUnable;
  bool upright = false;     // it was written
  std::vector<int> widths;  // that were written, ascending
};

// Waits for the child. Files that exist are written over.
[[nodiscard]] PictureMade MakePictures(const PictureWanted& wanted,
                                       const PictureLimits& limits = {});

}  // namespace daybook::work
