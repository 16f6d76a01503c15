// What a file is: by its first bytes, by its name, and how large a picture in it shows. Decodes no
// picture.
#pragma once

#include <optional>
#include <string_view>

namespace daybook::text {

// By magic numbers: jpeg, png, gif, webp, avif, heic, svg, pdf, mp3, m4a, ogg, wav, mp4, mov, webm,
// zip. 4 KiB from the beginning are enough. Empty: none of these.
[[nodiscard]] std::string_view MimeByContent(std::string_view head);
// By the ending of a name, for serving; "application/octet-stream" where it is not known.
[[nodiscard]] std::string_view MimeByName(std::string_view file_name);
// The usual ending with its dot (".jpg"), empty where the type is not one of MimeByContent's.
[[nodiscard]] std::string_view ExtensionFor(std::string_view mime);

struct ImageSize {
  int width = 0;
  int height = 0;
  friend bool operator==(const ImageSize&, const ImageSize&) = default;
};
// As a browser shows it: a JPEG that is to be turned by its EXIF Orientation has its sides
// exchanged. jpeg, png, gif, webp; 64 KiB usually do, and a JPEG with large profiles may need more.
// Hostile bytes give nothing or a size from 1 to 65,535 a side.
[[nodiscard]] std::optional<ImageSize> ReadImageSize(std::string_view bytes);
// The Orientation of an EXIF block that begins with its TIFF header: 1 upright … 8; 1 where there
// is none.
[[nodiscard]] int ExifOrientation(std::string_view tiff);

}  // namespace daybook::text
